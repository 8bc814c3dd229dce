package index

import (
	"context"
	"slices"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/search/chinese"
)

// kinship says how much it counts that two records share a value of a facet; the
// rarer the value, the more. A facet that is not named says nothing of kinship.
var kinship = map[string]float64{"category": 20, "material": 20, "era": 40, "museum": 20, "county": 40, "city": 20, "class": 20, "type": 40, "area": 40, "theme": 40, "batch": 10}

// What a shared word of the names counts, by its rarity, and what lying wholly in
// the years of the other does.
const (
	kinName  = 50
	kinYears = 100
)

// leastKin is how many things two related records share at least.
const leastKin = 2

// Related returns the records of scope that have most in common with one: period,
// kind of thing, material, holder, place, words of the name. limit is 1 to
// search.MaxLimit; 0 means 8. Total counts all of them.
//
// Errors: search.ErrNotThere when the scope does not see the record; as of Search.
func (x *Index) Related(ctx context.Context, scope search.Scope, ref Ref, lang fault.Lang, limit int) (search.Result, error) {
	began := time.Now()
	if scope.Audience() != x.audience {
		return search.Result{}, search.ErrScope.New()
	}
	q := search.NewQuery(scope)
	q.Lang, q.Limit = lang, limit
	if limit == 0 {
		q.Limit = 8
	}
	q, err := q.Normal()
	if err != nil {
		return search.Result{}, err
	}
	g, release, err := x.acquire()
	if err != nil {
		return search.Result{}, err
	}
	defer release()
	s, err := g.snapshot(ctx)
	if err != nil {
		return search.Result{}, err
	}
	defer s.Close()
	res, err := s.related(q, ref)
	res.Took = time.Since(began)
	return res, err
}

func (s *snapshot) related(q search.Query, ref Ref) (search.Result, error) {
	doc, ok := s.find(Key(ref.Kind, ref.ID))
	allowed, err := s.visible(q.Scope())
	if err != nil {
		return search.Result{}, err
	}
	if !ok || allowed != nil && !allowed.Contains(doc) {
		return search.Result{}, search.ErrNotThere.New()
	}
	p, err := s.kin(doc)
	if err != nil {
		return search.Result{}, err
	}
	found, err := s.match(p, allowed, nil, true)
	if err != nil {
		return search.Result{}, err
	}
	c, err := s.newCollector(q, p)
	if err != nil {
		return search.Result{}, err
	}
	found = slices.DeleteFunc(found, func(f candidate) bool { return f.doc == doc })
	if err := c.take(found); err != nil {
		return search.Result{}, err
	}
	return c.result()
}

// find returns the document with a key.
func (s *snapshot) find(key string) (doc uint32, ok bool) {
	for i := range s.parts {
		p := &s.parts[i]
		if local, ok := p.Find(key); ok && !p.removed(local) {
			return p.first + local, true
		}
	}
	return 0, false
}

// kin is the plan that finds what has something in common with a document.
func (s *snapshot) kin(doc uint32) (plan, error) {
	_, st, err := s.load(doc)
	if err != nil {
		return plan{}, err
	}
	p := &s.parts[s.at(doc, 0)]
	f, err := p.filters()
	if err != nil {
		return plan{}, err
	}
	var c clause
	shared := func(t facetTerm) {
		if w := kinship[t.facet]; w > 0 && len(c.units) < maxKin {
			c.units = append(c.units, unit{{field: fieldFilter, term: t.facet + "=" + t.value, weight: w}})
		}
	}
	local := doc - p.first
	for _, v := range f.values[f.start[local]:f.start[local+1]] {
		shared(f.terms[v])
	}
	for i, has := range f.common {
		if has.has(local) {
			shared(f.terms[f.rare+i])
		}
	}
	seen := make(map[string]bool)
	for _, term := range wholeTerms(chinese.Fold(bare(firstOf(st.Title.ZH, st.Title.EN)))) {
		if !seen[term] && !stopWords[term] && len(c.units) < 2*maxKin {
			seen[term] = true
			c.units = append(c.units, unit{{field: fieldNames, term: term, weight: kinName}})
		}
	}
	if y := f.years[local]; y.known {
		c.units = append(c.units, unit{{years: &search.Span{From: int(y.from), To: int(y.to)}, weight: kinYears}})
	}
	c.need = min(leastKin, len(c.units))
	if len(c.units) == 0 {
		return plan{}, nil
	}
	return plan{ways: []way{{c}}}, nil
}

// maxKin is how many values of facets of a record are compared, and how many words
// of its name at least.
const maxKin = 48
