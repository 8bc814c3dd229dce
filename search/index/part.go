package index

import (
	"context"
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"yijianyou/search/segment"
)

// part is one segment of a snapshot. A segment never changes; what has been
// removed from it since is said beside it.
type part struct {
	*segment.Segment
	gone  mask   // its removed documents, nil when there are none
	first uint32 // number in the snapshot of its document 0
	cols  *columns
}

// removed reports whether a document of p is there no more.
func (p *part) removed(local uint32) bool { return p.gone != nil && p.gone.has(local) }

// snapshot is one state of the index while a query runs over it. Its documents
// are numbered through all parts.
type snapshot struct {
	*scorch.IndexSnapshot
	ctx     context.Context
	parts   []part
	fields  [fieldCount]*reading
	docs    float64                    // documents in it
	slots   int                        // document numbers in it, removed ones included
	budget  int                        // expansions left
	cut     bool                       // the budget was spent before all terms of a prefix were read
	faceted map[string]*roaring.Bitmap // beginning of filter terms -> what has one, as far as it was asked
}

func newSnapshot(ctx context.Context, r *scorch.IndexSnapshot, known *columnCache) (*snapshot, error) {
	n, err := r.DocCount()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	s := &snapshot{IndexSnapshot: r, ctx: ctx, docs: float64(n), budget: maxExpansions, faceted: make(map[string]*roaring.Bitmap)}
	for _, of := range r.Segments() {
		seg, ok := segment.Of(of.Segment())
		if !ok {
			return nil, fmt.Errorf("index: unexpected segment %T", of.Segment())
		}
		p := part{Segment: seg, first: uint32(s.slots), cols: known.of(seg)}
		if gone := of.Deleted(); gone != nil && !gone.IsEmpty() {
			p.gone = newMask(seg.Size())
			gone.WriteDenseTo(p.gone)
		}
		s.parts = append(s.parts, p)
		s.slots += seg.Size()
	}
	return s, nil
}

// at returns the place in parts of a document; from is a place not behind it.
func (s *snapshot) at(doc uint32, from int) int {
	for from+1 < len(s.parts) && s.parts[from+1].first <= doc {
		from++
	}
	return from
}

// load reads the name and the stored part of a document.
func (s *snapshot) load(doc uint32) (key string, st stored, err error) {
	p := &s.parts[s.at(doc, 0)]
	return p.load(doc - p.first)
}

// load reads the name and the stored part of a document of p.
func (p *part) load(local uint32) (key string, st stored, err error) {
	if err = st.decode(p.Column(columnStored).Of(local)); err != nil {
		err = fmt.Errorf("index: document %d: %w", local, err)
	}
	return strings.Clone(p.Key(local)), st, err
}
