package segment

import (
	"errors"
	"os"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/document"
	bleve "github.com/blevesearch/bleve_index_api"
	segments "github.com/blevesearch/scorch_segment_api/v2"
)

// errOurs is told to Bleve's own queries.
var errOurs = errors.New("segment: terms are read by Segment.Terms")

// Of returns the segment that Bleve holds.
func Of(s segments.Segment) (*Segment, bool) {
	switch s := s.(type) {
	case *inMemory:
		return s.Segment, true
	case *onDisk:
		return s.Segment, true
	}
	return nil, false
}

// facade is what Bleve asks of a segment to keep snapshots of it. Its queries are
// not answered.
type facade struct{ *Segment }

func (f facade) Count() uint64    { return uint64(f.size) }
func (f facade) Size() int        { return len(f.data) }
func (f facade) Fields() []string { return f.layout.Fields }
func (f facade) Close() error     { return f.DecRef() }

// DocNumbers returns the documents with these keys.
func (f facade) DocNumbers(keys []string) (*roaring.Bitmap, error) {
	found := roaring.New()
	for _, k := range keys {
		if doc, ok := f.Segment.Find(k); ok {
			found.Add(doc)
		}
	}
	return found, nil
}

// DocID returns the key of a document.
func (f facade) DocID(doc uint64) ([]byte, error) { return []byte(f.Key(uint32(doc))), nil }

func (f facade) Dictionary(string) (segments.TermDictionary, error) { return nil, errOurs }

func (f facade) VisitStoredFields(uint64, segments.StoredFieldValueVisitor) error { return errOurs }

func (f facade) BytesRead() uint64     { return 0 }
func (f facade) ResetBytesRead(uint64) {}
func (f facade) BytesWritten() uint64  { return 0 }

// inMemory is a segment that is in no file yet.
type inMemory struct{ facade }

// Persist writes the segment to a file.
func (m *inMemory) Persist(path string) error {
	_, err := create(path, func(f *os.File) error {
		_, err := f.Write(m.data)
		return err
	})
	return err
}

// onDisk is a segment in a file.
type onDisk struct {
	facade
	path string
}

// Path is that of the file.
func (d *onDisk) Path() string { return d.path }

// carrier brings a Document to the plugin, through a document of Bleve.
type carrier struct{ doc *Document }

// Carry returns a document of Bleve that brings d to the plugin.
func Carry(d *Document) *document.Document {
	out := document.NewDocument(d.Key)
	out.AddField(&carrier{doc: d})
	return out
}

func (c *carrier) Name() string                                     { return "" }
func (c *carrier) Value() []byte                                    { return nil }
func (c *carrier) ArrayPositions() []uint64                         { return nil }
func (c *carrier) EncodedFieldType() byte                           { return 0 }
func (c *carrier) Analyze()                                         {}
func (c *carrier) Options() bleve.FieldIndexingOptions              { return 0 }
func (c *carrier) AnalyzedLength() int                              { return 0 }
func (c *carrier) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return nil }
func (c *carrier) Size() int                                        { return c.doc.weight() }
func (c *carrier) NumPlainTextBytes() uint64                        { return 0 }
