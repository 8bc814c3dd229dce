package index

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search"
	"yijianyou/search/segment"
)

// facet counts the values of one facet.
type facet struct {
	name     string          // as asked
	stored   string          // as in the index
	selected map[string]bool // nil when nothing is chosen
	counts   map[string]int
}

// collector turns candidates, which come in ascending order, into the page, the
// total and the counts.
type collector struct {
	s        *snapshot
	q        search.Query
	plan     plan
	size     float64 // characters of plan.key
	ascii    bool    // all of them are
	rank     *ranking
	sideways map[string]bool // facets that are both chosen and counted
	counted  []*facet
	choosers []*facet // those of counted in which something is chosen, at most 32
	spans    []int    // hits in each of q.Spans, whatever years are asked
	total    int
	seen     *roaring.Bitmap // what the scope sees; nil until known asks

	// The part at hand.
	at      int // in s.parts, -1 before the first
	part    *part
	filters *filterColumns
	names   nameColumns
	sorts   segment.Column // the keys by which names sort
	points  *pointColumn   // nil unless they matter
	counts  []int          // by place in filters.terms; nil when nothing is counted
	chooser []uint32       // likewise: the bit of the chooser in which it is chosen, 0 none; nil without choosers
	hits    mask           // those whose common values are not counted yet

	local uint32 // the document at hand
}

func (s *snapshot) newCollector(q search.Query, p plan) (*collector, error) {
	c := &collector{s: s, q: q, plan: p, size: float64(runes(p.key)), ascii: isASCII(p.key), sideways: map[string]bool{}, at: -1}
	seen := make(map[string]bool)
	for _, name := range q.Count {
		if seen[name] {
			continue
		}
		seen[name] = true
		f := &facet{name: name, stored: name, counts: map[string]int{}}
		chosen := q.Facets[name]
		if name == "kind" {
			f.stored, chosen = filterKind, texts(q.Kinds)
		}
		if len(chosen) > 0 {
			c.sideways[name] = true
			f.selected = make(map[string]bool, len(chosen))
			for _, v := range chosen {
				f.selected[v] = true
				f.counts[v] = 0
			}
			c.choosers = append(c.choosers, f)
		}
		c.counted = append(c.counted, f)
	}
	c.countSpans()
	var err error
	c.rank, err = newRanking(s, q)
	return c, err
}

// enter goes on to the part of a document.
func (c *collector) enter(doc uint32) (err error) {
	c.endPart()
	c.at = c.s.at(doc, max(c.at, 0))
	p := &c.s.parts[c.at]
	c.part = p
	if c.filters, err = p.filters(); err != nil {
		return err
	}
	c.rank.orders[c.at] = p.order()
	c.names = nameColumns{ascii: p.Column(columnASCII), other: p.Column(columnOther)}
	c.sorts = p.Column(columnSort)
	if placed(c.q) {
		c.points = p.points()
	}
	if len(c.counted) == 0 {
		return nil
	}
	c.counts = make([]int, len(c.filters.terms))
	c.hits = c.hits.reset(p.Size())
	if len(c.choosers) > 0 {
		c.chooser = make([]uint32, len(c.filters.terms))
		for i, t := range c.filters.terms {
			for bit, f := range c.choosers {
				if t.facet == f.stored && f.selected[t.value] {
					c.chooser[i] = 1 << bit
				}
			}
		}
	}
	return nil
}

// endPart adds the counts of the part at hand to the facets.
func (c *collector) endPart() {
	if c.counts == nil {
		return
	}
	for i, has := range c.filters.common {
		c.counts[c.filters.rare+i] += has.common(c.hits)
	}
	of := make(map[string]*facet, len(c.counted))
	for _, f := range c.counted {
		of[f.stored] = f
	}
	for i, n := range c.counts {
		if n == 0 {
			continue
		}
		if f := of[c.filters.terms[i].facet]; f != nil {
			f.counts[c.filters.terms[i].value] += n
		}
	}
	c.counts = nil
}

// collect takes in one candidate.
func (c *collector) collect(f candidate) error {
	if c.at < 0 || c.at+1 < len(c.s.parts) && f.doc >= c.s.parts[c.at+1].first {
		if err := c.enter(f.doc); err != nil {
			return err
		}
	}
	c.local = f.doc - c.part.first
	asked := c.inYears()
	if !asked && c.spans == nil {
		return nil
	}
	var distance float64
	if c.points != nil {
		if !c.points.placed[c.local] {
			return nil
		}
		var ok bool
		if distance, ok = lies(c.q, c.points.at[c.local]); !ok {
			return nil
		}
	}
	if !asked {
		c.elsewhen()
		return nil
	}
	if !c.count() {
		return nil
	}
	c.inSpans()
	c.total++
	c.rank.add(c, f, distance)
	return nil
}

// count counts the values of the document at hand and reports whether it is a
// hit. One that a single facet rejects counts in that facet only, for it would
// be a hit if its value were chosen there too.
func (c *collector) count() bool {
	if c.counts == nil {
		return true
	}
	values := c.filters.values[c.filters.start[c.local]:c.filters.start[c.local+1]]
	if c.chooser != nil {
		switch missed := c.missed(values); bits.OnesCount32(missed) {
		case 0:
		case 1:
			c.countIn(c.choosers[bits.TrailingZeros32(missed)].stored, values)
			return false
		default:
			return false
		}
	}
	c.hits.add(c.local)
	for _, v := range values {
		c.counts[v]++
	}
	return true
}

// missed returns the bits of the choosers in which no value of the document at
// hand is chosen.
func (c *collector) missed(values []uint32) uint32 {
	missed := uint32(1)<<len(c.choosers) - 1
	for _, v := range values {
		missed &^= c.chooser[v]
	}
	for i, has := range c.filters.common {
		if bit := c.chooser[c.filters.rare+i]; bit&missed != 0 && has.has(c.local) {
			missed &^= bit
		}
	}
	return missed
}

// countIn counts the values of the document at hand in one facet.
func (c *collector) countIn(stored string, values []uint32) {
	for _, v := range values {
		if c.filters.terms[v].facet == stored {
			c.counts[v]++
		}
	}
	for i, has := range c.filters.common {
		if at := c.filters.rare + i; c.filters.terms[at].facet == stored && has.has(c.local) {
			c.counts[at]++
		}
	}
}

// known reports whether some document in scope has a chosen value that no hit
// has. A value that nothing visible has is not answered: its label could be the
// name of something hidden.
func (c *collector) known(f *facet, value string) (bool, error) {
	if !f.selected[value] {
		return false, nil
	}
	has, err := c.s.anyOf(f.stored, []string{value})
	if err != nil || has.IsEmpty() {
		return false, err
	}
	if c.seen == nil {
		if c.seen, err = c.s.passing(search.NewQuery(c.q.Scope())); err != nil {
			return false, err
		}
	}
	return c.seen.Intersects(has), nil
}

// result reads what the page shows.
func (c *collector) result() (search.Result, error) {
	c.endPart()
	res := search.Result{Total: c.total, Spans: c.spans, Items: []search.Hit{}, Facets: map[string][]search.FacetCount{}}
	for _, f := range c.counted {
		list := []search.FacetCount{}
		for value, n := range f.counts {
			known := n > 0
			if !known {
				var err error
				if known, err = c.known(f, value); err != nil {
					return res, err
				}
			}
			if known {
				list = append(list, search.FacetCount{Value: value, Count: n})
			}
		}
		slices.SortFunc(list, func(a, b search.FacetCount) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return strings.Compare(a.Value, b.Value)
		})
		res.Facets[f.name] = list
	}
	entries, more := c.rank.page()
	m := newMarker(c.q.Text)
	for _, e := range entries {
		key, st, err := c.s.load(e.doc)
		if err != nil {
			return res, err
		}
		kind, id, _ := strings.Cut(key, "/")
		h := search.Hit{Kind: search.Kind(kind), ID: id, Title: st.Title, Summary: st.Summary, Score: e.score, Image: st.Image,
			Point: st.Point, FromYear: st.FromYear, ToYear: st.ToYear, Show: st.Show, Highlight: m.highlight(st, c.q.Lang)}
		if c.q.Near != nil {
			h.DistanceM = &e.distance
		}
		res.Items = append(res.Items, h)
	}
	if !more {
		return res, nil
	}
	var err error
	res.Cursor, err = c.rank.cursor(entries[len(entries)-1])
	return res, err
}
