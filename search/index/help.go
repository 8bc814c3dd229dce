package index

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search"
)

// maxCorrections is how many titles are named that may have been meant.
const maxCorrections = 5

// meantTitles returns the titles in the scope of q that are spelt or sound nearly
// like its text, whatever else it wants.
func (s *snapshot) meantTitles(q search.Query) ([]titled, error) {
	if q.Text == "" {
		return nil, nil
	}
	plain := search.NewQuery(q.Scope())
	plain.Text, plain.Sort = q.Text, search.Relevance
	return s.nearly(plain)
}

// help says what may be done when nothing has all that q and its plan want; nil
// when nothing helps.
func (s *snapshot) help(q search.Query, p plan, near []titled) (*search.Help, error) {
	h := search.Help{Corrections: completions(near, marker{}, q.Lang, maxCorrections)}
	var err error
	if h.Without, err = s.without(q, p); err != nil {
		return nil, err
	}
	if len(h.Corrections)+len(h.Without) == 0 {
		return nil, nil
	}
	return &h, nil
}

// without returns the filters of q, the text among them when there are others,
// without which something is found.
func (s *snapshot) without(q search.Query, p plan) ([]search.Relaxed, error) {
	alone := filtersOf(q)
	if len(alone) == 0 {
		return nil, nil
	}
	passing := make([]*roaring.Bitmap, len(alone))
	for i, f := range alone {
		var err error
		if passing[i], err = s.passing(f.query); err != nil {
			return nil, err
		}
	}
	visible, err := s.passing(search.NewQuery(q.Scope()))
	if err != nil {
		return nil, err
	}
	rest := make([]*roaring.Bitmap, len(alone)) // what all the others let pass
	for i := range alone {
		rest[i] = roaring.FastAnd(append(slices.Delete(slices.Clone(passing), i, i+1), visible)...)
	}
	totals, err := s.saidIn(q, p, rest)
	if err != nil {
		return nil, err
	}
	var out []search.Relaxed
	for i, n := range totals {
		if n > 0 {
			out = append(out, search.Relaxed{Filter: alone[i].name, Total: n})
		}
	}
	if n := roaring.FastAnd(passing...).GetCardinality(); q.Text != "" && n > 0 {
		out = append(out, search.Relaxed{Filter: "text", Total: int(n)})
	}
	slices.SortStableFunc(out, func(a, b search.Relaxed) int { return cmp.Compare(b.Total, a.Total) })
	return out, nil
}

// saidIn returns how many documents of each set the text of q finds. It is looked
// for once, unless it asks: what is answered then is the best of each set.
func (s *snapshot) saidIn(q search.Query, p plan, sets []*roaring.Bitmap) ([]int, error) {
	out := make([]int, len(sets))
	said, err := s.said(q, p, roaring.FastOr(sets...))
	for i, set := range sets {
		if p.asks && err == nil {
			said, err = s.said(q, p, set)
		}
		if err != nil {
			return nil, err
		}
		out[i] = int(said.AndCardinality(set))
	}
	return out, nil
}

// said returns the documents of a set that the text of q finds.
func (s *snapshot) said(q search.Query, p plan, set *roaring.Bitmap) (*roaring.Bitmap, error) {
	if q.Text == "" || set.IsEmpty() {
		return set, nil
	}
	found, err := s.found(q, p, set)
	if err != nil {
		return nil, err
	}
	out := roaring.New()
	for _, f := range found {
		out.Add(f.doc)
	}
	return out, nil
}

// filter is one filter of a query, and the query that has it alone.
type filter struct {
	name  string // as in search.Relaxed
	query search.Query
}

// filtersOf returns the filters of q.
func filtersOf(q search.Query) []filter {
	var out []filter
	add := func(name string, edit func(*search.Query)) {
		alone := search.NewQuery(q.Scope())
		edit(&alone)
		out = append(out, filter{name, alone})
	}
	if len(q.Kinds) > 0 {
		add("kind", func(o *search.Query) { o.Kinds = q.Kinds })
	}
	for _, name := range search.FacetNames {
		if values := q.Facets[name]; len(values) > 0 {
			add("facet."+name, func(o *search.Query) { o.Facets = map[string][]string{name: values} })
		}
	}
	if q.Placed {
		add("placed", func(o *search.Query) { o.Placed = true })
	}
	if dated(q) {
		add("period", func(o *search.Query) { o.FromYear, o.ToYear = q.FromYear, q.ToYear })
	}
	if placed(q) {
		add("place", func(o *search.Query) { o.Near, o.Box, o.Within = q.Near, q.Box, q.Within })
	}
	return out
}

// passing returns the documents that the scope and the filters of q let pass.
func (s *snapshot) passing(q search.Query) (*roaring.Bitmap, error) {
	some, err := s.allowed(q, nil)
	if err == nil && some == nil {
		some, err = s.everything()
	}
	if err != nil || !dated(q) && !placed(q) {
		return some, err
	}
	out := roaring.New()
	for i := range s.parts {
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
		p := &s.parts[i]
		filters, err := p.filters()
		if err != nil {
			return nil, err
		}
		points := p.points()
		for local := range uint32(p.Size()) {
			if y := filters.years[local]; dated(q) && (!y.known || !within(q, y)) || !some.Contains(p.first+local) {
				continue
			}
			if placed(q) {
				if _, ok := lies(q, points.at[local]); !ok || !points.placed[local] {
					continue
				}
			}
			out.Add(p.first + local)
		}
	}
	return out, nil
}
