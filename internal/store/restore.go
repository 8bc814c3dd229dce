package store

import (
	"context"
	"errors"
	"io"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/fault"
)

// How much Restore gives the engine at a time.
const (
	restoreDocuments = 500
	restoreBytes     = 4 << 20
)

// Restore reads a dump into the empty database of engine and begins a new
// epoch of the feed. When r can seek, the whole dump is verified before the
// first document is loaded; otherwise, and when loading itself fails, an error
// may leave a part of the documents behind, and the database must be thrown away.
//
// Errors: ErrNotEmpty, ErrDumpFormat, ErrDumpDamaged, ErrDumpNewer,
// ErrDumpCollection, and those of the engine.
func Restore(ctx context.Context, engine Engine, collections []Declared, r io.Reader) (Summary, error) {
	specs, err := specsOf(collections)
	if err != nil {
		return Summary{}, err
	}
	if s, ok := r.(io.Seeker); ok {
		start, err := s.Seek(0, io.SeekCurrent)
		if err == nil {
			if _, err := VerifyDump(r); err != nil {
				return Summary{}, err
			}
			if _, err := s.Seek(start, io.SeekStart); err != nil {
				return Summary{}, err
			}
		}
	}
	if err := engine.Prepare(ctx, specs); err != nil {
		return Summary{}, err
	}
	for _, spec := range specs {
		n, err := engine.Count(ctx, Scan{Collection: spec.Name, Limit: 1}, 1)
		if err != nil {
			return Summary{}, err
		}
		if n > 0 {
			return Summary{}, ErrNotEmpty.New()
		}
	}
	l := &loader{ctx: ctx, engine: engine, specs: specs}
	sum, err := readDump(r, dumpSink{header: l.header, document: l.document, end: l.end})
	if err != nil {
		return Summary{}, err
	}
	return sum, engine.NewEpoch(ctx)
}

// loader gives an engine the documents of a dump in portions.
type loader struct {
	ctx    context.Context
	engine Engine
	specs  []Spec
	docs   []bson.Raw
	bytes  int
}

// header refuses what this program could not read afterwards.
func (l *loader) header(h dumpHeader) error {
	schemas := make(map[string]int)
	for _, spec := range l.specs {
		schemas[spec.Name] = spec.Schema
	}
	for _, c := range h.Collections {
		schema, ok := schemas[c.Name]
		if !ok && collectionName.MatchString(c.Name) {
			return ErrDumpCollection.New(fault.P("collection", c.Name))
		}
		if c.Schema > schema {
			return ErrDumpNewer.New()
		}
	}
	return nil
}

func (l *loader) document(collection string, raw bson.Raw) error {
	l.docs = append(l.docs, raw)
	l.bytes += len(raw)
	if len(l.docs) >= restoreDocuments || l.bytes >= restoreBytes {
		return l.flush(collection)
	}
	return nil
}

func (l *loader) flush(collection string) error {
	docs := l.docs
	l.docs, l.bytes = nil, 0
	if len(docs) == 0 {
		return nil
	}
	err := l.engine.Load(l.ctx, collection, docs)
	if errors.Is(err, ErrConflict) || errors.Is(err, ErrDuplicate) {
		return ErrDumpDamaged.Wrap(err, fault.P("offset", "-")) // two documents of one id or key
	}
	return err
}

// end compares what the database has with what the dump says.
func (l *loader) end(c dumpCollection) error {
	if err := l.flush(c.Name); err != nil {
		return err
	}
	n, err := l.engine.Count(l.ctx, Scan{Collection: c.Name, Limit: 1}, int(c.Count)+1)
	if err == nil && int64(n) != c.Count {
		err = errors.New("store: " + c.Name + ": the database does not hold what was loaded")
	}
	return err
}
