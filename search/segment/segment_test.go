package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"
	segments "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var testLayout = &Layout{Fields: []string{"plain", "counted"}, Counted: "counted", Columns: []string{"a", "b"}}

// content is all that a segment tells, by key.
type content map[string]told

type told struct {
	Columns []string
	Times   [2]map[string]int // by field: term -> how often
	Length  int
}

// want is the content of documents.
func want(docs []*Document) content {
	out := content{}
	for _, d := range docs {
		t := told{Columns: d.Columns, Times: [2]map[string]int{{}, {}}, Length: len(d.Terms[1])}
		for f, terms := range d.Terms {
			for _, term := range terms {
				if t.Times[f][term]++; f == 0 {
					t.Times[f][term] = 1
				}
			}
		}
		out[d.Key] = t
	}
	return out
}

// read reads everything of a segment in every way there is, and checks that the ways agree.
func read(t testing.TB, s *Segment) content {
	out := content{}
	for i := range s.Size() {
		doc := s.InOrder(i)
		key := s.Key(doc)
		if found, ok := s.Find(key); !ok || found != doc || s.Place(key) != i {
			t.Fatalf("%q is document %d at place %d, found as %d (%v)", key, doc, i, found, ok)
		}
		out[key] = told{Columns: []string{s.Column(0).Of(doc), s.Column(1).Of(doc)}, Times: [2]map[string]int{{}, {}}, Length: int(s.Terms(1).Length(doc))}
	}
	for f := range 2 {
		terms := s.Terms(f)
		for i := range terms.Len() {
			term := terms.Term(i)
			if i > 0 && terms.Term(i-1) >= term || terms.Seek(term) != i {
				t.Fatalf("term %q stands at %d and is sought at %d", term, i, terms.Seek(term))
			}
			p, ok := terms.Find(term)
			var each []uint32
			p.EachCounted(func(doc, times uint32) {
				each = append(each, doc)
				out[s.Key(doc)].Times[f][term] = int(times)
			})
			var plain, filled []uint32
			p.Each(func(doc uint32) { plain = append(plain, doc) })
			for _, first := range []uint32{0, 64, 3} {
				set := make([]uint64, (s.Size()+int(first))/64+1)
				p.Fill(set, first)
				filled = filled[:0]
				for doc := range uint32(64 * len(set)) {
					if set[doc>>6]&(1<<(doc&63)) != 0 {
						filled = append(filled, doc-first)
					}
				}
				if !slices.Equal(filled, each) {
					t.Fatalf("%q fills %v from %d, want %v", term, filled, first, each)
				}
			}
			if !ok || !slices.IsSorted(each) || len(each) == 0 || p.Count() != len(each) || !slices.Equal(each, plain) {
				t.Fatalf("%q of %v: found %v, %d said, each %v, plain %v", term, testLayout.Fields[f], ok, p.Count(), each, plain)
			}
		}
	}
	return out
}

// documents draws documents with keys from first on: one has nothing in a field, others
// have what all have, beginnings of each other, bytes of no text.
func documents(r *rand.Rand, first, n int) []*Document {
	docs := make([]*Document, n)
	few := []string{"", "a", "a\x00", "ab", "abcdefg", "abcdefg\x00", "abcdefgh", "abcdefghi", "abcdefgh\x00", "\x00", "\xff", "\xff\xfe", "\xe9", "鹤", "鹤壶"}
	for i := range docs {
		d := &Document{Key: fmt.Sprintf("k%d", first+i), Columns: []string{strings.Repeat("鼎\xff", r.IntN(3)), few[r.IntN(len(few))]}, Terms: make([][]string, 2)}
		for f := range d.Terms {
			if r.IntN(9) == 0 {
				continue
			}
			d.Terms[f] = append(d.Terms[f], "all")
			for range r.IntN(6) {
				d.Terms[f] = append(d.Terms[f], append(few, fmt.Sprint(r.IntN(400)))[r.IntN(len(few)+1)])
			}
		}
		docs[i] = d
	}
	return docs
}

func parsed(t testing.TB, docs []*Document) *Segment {
	data, err := build(testLayout, docs)
	if err != nil {
		t.Fatal(err)
	}
	s, err := parse(testLayout, data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASegmentTellsWhatItWasTold(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 7, 64, 65, 700} {
		docs := documents(r, 0, n)
		rand.Shuffle(n, func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		s := parsed(t, docs)
		if diff := cmp.Diff(want(docs), read(t, s)); diff != "" {
			t.Errorf("%d documents: %s", n, diff)
		}
		if _, ok := s.Terms(0).Find("ac"); ok {
			t.Error("a term is found that no document has")
		}
	}
}

// TestMergingIsBuildingAtOnce: whatever segments documents lie in, of one or several
// merges, with some dropped.
func TestMergingIsBuildingAtOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 3))
		var list []*Segment
		var drops []*roaring.Bitmap
		var left []*Document
		var first int
		for range rapid.IntRange(1, 6).Draw(rt, "segments") {
			docs := documents(r, first, rapid.SampledFrom([]int{0, 1, 3, 63, 64, 130}).Draw(rt, "documents"))
			first += len(docs)
			s, gone := parsed(t, docs), roaring.New()
			share := rapid.SampledFrom([]float64{0, 0, 0.5, 1}).Draw(rt, "dropped")
			for doc, d := range docs { // build has sorted them
				if r.Float64() < share {
					gone.Add(uint32(doc))
				} else {
					left = append(left, d)
				}
			}
			if gone.IsEmpty() && r.IntN(2) == 0 {
				gone = nil
			}
			list, drops = append(list, s), append(drops, gone)
		}
		if len(list) > 2 { // the first two beforehand
			two, _ := merged(t, list[:2], drops[:2])
			list, drops = append([]*Segment{two}, list[2:]...), append([]*roaring.Bitmap{nil}, drops[2:]...)
		}
		s, from := merged(t, list, drops)
		if diff := cmp.Diff(want(left), read(t, s)); diff != "" {
			rt.Fatal(diff)
		}
		for i, src := range from {
			for doc, number := range src.numbers {
				gone := drops[i] != nil && drops[i].Contains(uint32(doc))
				if gone != (number == dropped) || !gone && s.Key(uint32(number)) != src.Key(uint32(doc)) {
					rt.Fatalf("document %d of segment %d has the new number %d", doc, i, number)
				}
			}
		}
	})
}

func merged(t testing.TB, list []*Segment, drops []*roaring.Bitmap) (*Segment, []source) {
	var out bytes.Buffer
	from, docs := sources(list, drops)
	if err := merge(testLayout, &out, from, docs, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	s, err := parse(testLayout, out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return s, from
}

// TestBleveFindsSegmentsInFiles: written, opened, merged and closed by the plugin.
func TestBleveFindsSegmentsInFiles(t *testing.T) {
	p, dir := NewPlugin("test", testLayout), t.TempDir()
	docs := documents(rand.New(rand.NewPCG(4, 5)), 0, 100)
	var list []segments.Segment
	for part := range slices.Chunk(slices.Clone(docs), 40) {
		var carried []bleve.Document
		for _, d := range part {
			carried = append(carried, Carry(d))
		}
		inMemory, _, err := p.New(carried)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, fmt.Sprint(len(list)))
		if err := inMemory.(segments.UnpersistedSegment).Persist(path); err != nil {
			t.Fatal(err)
		}
		s, err := p.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	path := filepath.Join(dir, "merged")
	if _, size, err := p.Merge(list, make([]*roaring.Bitmap, len(list)), path, nil, nil); err != nil || size == 0 {
		t.Fatal(size, err)
	}
	all, err := p.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	s, ok := Of(all)
	if !ok {
		t.Fatalf("a %T", all)
	}
	if diff := cmp.Diff(want(docs), read(t, s)); diff != "" {
		t.Error(diff)
	}
	found, err := all.DocNumbers([]string{"k7", "k8", "none"})
	if err != nil || found.GetCardinality() != 2 {
		t.Errorf("%v, %v", found, err)
	}
	closed := make(chan struct{})
	close(closed)
	if _, _, err := p.Merge(list, nil, filepath.Join(dir, "stopped"), closed, nil); err != segments.ErrClosed {
		t.Errorf("a merge whose index is closed ends with %v, by which Bleve does not know it", err)
	}
	stop := make(chan struct{})
	if _, _, err := p.Merge(list, nil, filepath.Join(dir, "missing", "file"), stop, nil); err == nil {
		t.Error("a merge into a folder that is not there succeeds")
	}
	if _, err := os.Stat(filepath.Join(dir, "stopped")); !os.IsNotExist(err) {
		t.Error("a merge that was stopped leaves a file")
	}
	for _, s := range append(list, all) {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestADamagedFileIsNotOpened(t *testing.T) {
	p, path := NewPlugin("test", testLayout), filepath.Join(t.TempDir(), "f")
	data, err := build(testLayout, documents(rand.New(rand.NewPCG(6, 7)), 0, 20))
	if err != nil {
		t.Fatal(err)
	}
	open := func(b []byte) error {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := p.Open(path)
		if err == nil {
			err = s.Close()
		}
		return err
	}
	if err := open(data); err != nil {
		t.Fatal(err)
	}
	for at := range data {
		b := bytes.Clone(data)
		b[at] ^= 0x20
		if open(b) == nil {
			t.Errorf("a wrong byte at %d of %d is not seen", at, len(data))
		}
		if open(data[:at]) == nil {
			t.Errorf("a file that ends at %d of %d is opened", at, len(data))
		}
	}
	other := &Layout{Fields: testLayout.Fields, Counted: "plain", Columns: testLayout.Columns}
	if _, err := parse(other, data); err == nil {
		t.Error("a file of another layout is opened")
	}
}

// FuzzParse: whatever stands before a right checksum, parse returns.
func FuzzParse(f *testing.F) {
	data, err := build(testLayout, documents(rand.New(rand.NewPCG(8, 9)), 0, 3))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data[:len(data)-footBytes], uint32(3), uint32(14))
	f.Add([]byte{}, uint32(0), uint32(0))
	f.Add(bytes.Repeat([]byte{0}, 8*16), uint32(1<<31), uint32(14))
	wrong := bytes.Clone(data[:len(data)-footBytes])
	for i := range wrong[:len(wrong)/2] { // where terms begin, among them
		if i%4 == 3 {
			wrong[i] = 0xFF
		}
	}
	f.Add(wrong, uint32(3), uint32(14))
	f.Fuzz(func(t *testing.T, body []byte, docs, sections uint32) {
		for _, n := range []uint32{docs, sections, testLayout.print(), version} {
			body = binary.LittleEndian.AppendUint32(body, n)
		}
		body = binary.LittleEndian.AppendUint32(body, crc32.Checksum(body, castagnoli))
		if s, err := parse(testLayout, append(body, mark...)); err == nil && (s.Size() != int(docs) || s.Terms(0).Len() < 0) {
			t.Fatalf("%d documents of %d", s.Size(), docs)
		}
	})
}
