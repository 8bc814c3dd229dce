package index

import (
	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search"
)

// leastShare is the share of the years of a document that must lie in a time that
// is meant. What is dated no better than "唐" is not found by 开元, nor what is
// dated from 汉 to 清 by 唐; a filter of years finds both.
const leastShare = 0.2

// terms are the terms that a wants.
func (a alt) terms() []string {
	if len(a.all) > 0 {
		return a.all
	}
	return []string{a.term}
}

// allOf adds the documents that have every term of a.
func (s *snapshot) allOf(sc *scratch, a alt) error {
	set, err := s.withAll(a)
	if err != nil || set.IsEmpty() {
		return err
	}
	score := float32(a.weight * s.rare(set.GetCardinality()))
	eachOf(set, func(doc uint32) {
		if sc.wanted.has(doc) {
			sc.add(doc, score, a)
		}
	})
	return nil
}

// withAll returns the documents that have every term of a.
func (s *snapshot) withAll(a alt) (*roaring.Bitmap, error) {
	r := s.read(a.field)
	var all *roaring.Bitmap
	for _, term := range a.terms() {
		next := roaring.New()
		r.find(term)
		if err := r.addTo(next); err != nil {
			return nil, err
		}
		if all = narrow(all, next); all.IsEmpty() {
			break
		}
	}
	return all, nil
}

// madeIn adds the documents that were made in the years of a, as far as is known.
func (s *snapshot) madeIn(sc *scratch, a alt) error {
	return s.eachMade(a, func(doc uint32, share float64) {
		if sc.wanted.has(doc) {
			of := a
			of.bonus *= share
			sc.add(doc, float32(a.weight*share), of)
		}
	})
}

// eachMade calls fn for each document that was made in the years of a and has its
// facet, ascending, with the share of its years in them.
func (s *snapshot) eachMade(a alt, fn func(doc uint32, share float64)) error {
	in, having := *a.years, (*roaring.Bitmap)(nil)
	if a.facet != "" {
		var err error
		if having, err = s.having(a.facet); err != nil {
			return err
		}
	}
	for i := range s.parts {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		p := &s.parts[i]
		f, err := p.filters()
		if err != nil {
			return err
		}
		for local, y := range f.years {
			if !y.known || int(y.from) > in.To || int(y.to) < in.From || p.removed(uint32(local)) {
				continue
			}
			doc := p.first + uint32(local)
			if share := y.share(in); share >= leastShare && (having == nil || having.Contains(doc)) {
				fn(doc, share)
			}
		}
	}
	return nil
}

// having returns the documents that have any value of a facet. Its values are few and
// not what a query begins with, so they cost nothing of its budget.
func (s *snapshot) having(facet string) (*roaring.Bitmap, error) {
	return s.beginning(facet + "=")
}

// positioned returns the documents that have a position: each lies in a cell of the
// coarsest grid.
func (s *snapshot) positioned() (*roaring.Bitmap, error) {
	return s.beginning(filterCell + "=" + grids[0].letter)
}

// beginning returns the documents that have a term of the filter field that begins
// with prefix, read once; it must not be changed.
func (s *snapshot) beginning(prefix string) (*roaring.Bitmap, error) {
	if known := s.faceted[prefix]; known != nil {
		return known, nil
	}
	r := s.read(fieldFilter)
	left, out := s.budget, roaring.New()
	s.budget = maxExpansions
	err := r.expand(prefix, func() error { return r.addTo(out) })
	s.budget, s.faceted[prefix] = left, out
	return out, err
}

// closeYears is how many years a date may span to be one all the same: what is dated
// 1770–1790 is meant by 1775, as closely as one can tell.
const closeYears, closeShare = 30, 0.5

// share is how much of y lies in a span that it meets, 0 to 1.
func (y years) share(of search.Span) float64 {
	from, to := max(int(y.from), of.From), min(int(y.to), of.To)
	span := int(y.to) - int(y.from) + 1
	share := float64(to-from+1) / float64(span)
	if span <= closeYears {
		share = max(share, closeShare)
	}
	return share
}
