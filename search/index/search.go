package index

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	api "github.com/blevesearch/bleve_index_api"

	"yijianyou/search"
)

// Search answers q. Labels name the values of facets; nil leaves the values as
// labels.
//
// Errors: search.ErrScope when the scope does not open this index,
// fault.ErrInvalid with the fields at fault, search.ErrBuilding, the error of ctx.
func (x *Index) Search(ctx context.Context, q search.Query, labels search.Labels) (search.Result, error) {
	began := time.Now()
	if q.Scope().Audience() != x.audience {
		return search.Result{}, search.ErrScope.New()
	}
	q, err := q.Normal()
	if err != nil {
		return search.Result{}, err
	}
	version, key := x.version.Load(), cacheKey(q)
	res, ok := x.results.lookup(version, key)
	if !ok {
		g, release, err := x.acquire()
		if err != nil {
			return search.Result{}, err
		}
		defer release()
		if res, err = g.search(ctx, q); err != nil {
			return search.Result{}, err
		}
		if time.Since(began) > worthKeeping {
			x.results.keep(version, key, res)
		}
	}
	res.Facets = labelled(ctx, res.Facets, q, labels)
	res.Took = time.Since(began)
	return res, nil
}

func labelled(ctx context.Context, facets map[string][]search.FacetCount, q search.Query, labels search.Labels) map[string][]search.FacetCount {
	out := make(map[string][]search.FacetCount, len(facets))
	for name, counts := range facets {
		counts = slices.Clone(counts)
		for i, c := range counts {
			switch {
			case name == "kind":
				counts[i].Label = search.Kind(c.Value).Label(q.Lang)
			case labels != nil:
				counts[i].Label = labels.Label(ctx, name, c.Value, q.Lang)
			}
			if counts[i].Label == "" {
				counts[i].Label = c.Value
			}
		}
		out[name] = counts
	}
	return out
}

func (g *generation) search(ctx context.Context, q search.Query) (search.Result, error) {
	r, err := g.reader()
	if err != nil {
		return search.Result{}, err
	}
	defer r.Close()
	s, err := newSnapshot(ctx, r)
	if err != nil {
		return search.Result{}, err
	}
	c, err := s.run(q, analyse(q.Text, planFields{guarded: guardedIn(q.Scope())}))
	if err != nil {
		return search.Result{}, err
	}
	return c.result()
}

// run collects everything that q and p find.
func (s *snapshot) run(q search.Query, p plan) (*collector, error) {
	c, err := s.newCollector(q, p)
	if err != nil {
		return nil, err
	}
	found, err := s.candidates(c)
	if err != nil {
		return nil, err
	}
	for i, f := range found {
		if i%512 == 511 {
			if err := s.ctx.Err(); err != nil {
				return nil, err
			}
		}
		if err := c.collect(f); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// candidates returns what matches the text among what is allowed, ascending.
func (s *snapshot) candidates(c *collector) ([]candidate, error) {
	q := c.q
	allowed, err := s.allowed(q, c.sideways)
	if err != nil {
		return nil, err
	}
	if q.Text != "" {
		guarded, err := s.guardedDocs(q.Scope())
		if err != nil {
			return nil, err
		}
		return s.match(c.plan, allowed, guarded)
	}
	if allowed == nil {
		if allowed, err = s.anyOf(filterKind, texts(search.Kinds)); err != nil {
			return nil, err
		}
	}
	out := make([]candidate, 0, allowed.GetCardinality())
	for it := allowed.Iterator(); it.HasNext(); {
		out = append(out, candidate{doc: it.Next()})
	}
	return out, nil
}

// facet counts the values of one facet.
type facet struct {
	name     string
	selected map[string]bool // nil when nothing is chosen
	counts   map[string]*int
	hit      bool   // the document at hand has a chosen value
	values   []*int // counters of its values
}

// collector turns candidates into the page, the total and the counts.
type collector struct {
	s        *snapshot
	q        search.Query
	plan     plan
	rank     *ranking
	sideways map[string]bool // facets that are both chosen and counted
	facets   map[string]*facet
	counted  []*facet
	total    int

	filters, points, names, keys api.DocValueReader
	id                           api.IndexInternalID

	// of the document at hand
	from, to       int
	dated          bool
	weight         float64
	visit, visitXY api.DocValueVisitor
	point          search.Point
	placed         bool
}

func (s *snapshot) newCollector(q search.Query, p plan) (*collector, error) {
	c := &collector{s: s, q: q, plan: p, sideways: map[string]bool{}, facets: map[string]*facet{}}
	for _, name := range q.Count {
		stored := name
		if name == "kind" {
			stored = filterKind
		}
		if c.facets[stored] != nil {
			continue
		}
		f := &facet{name: name, counts: map[string]*int{}}
		chosen := q.Facets[name]
		if name == "kind" {
			chosen = texts(q.Kinds)
		}
		if len(chosen) > 0 {
			c.sideways[name] = true
			f.selected = make(map[string]bool, len(chosen))
			for _, v := range chosen {
				f.selected[v] = true
				f.counts[v] = new(int)
			}
		}
		c.facets[stored], c.counted = f, append(c.counted, f)
	}
	var err error
	if c.rank, err = newRanking(s, q); err != nil {
		return nil, err
	}
	for name, at := range map[string]*api.DocValueReader{fieldFilter: &c.filters, fieldPoint: &c.points, fieldExact: &c.names, fieldSort: &c.keys} {
		if *at, err = s.DocValueReader([]string{name}); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
	}
	c.visit = c.filterTerm
	c.visitXY = func(_ string, term []byte) { c.point, c.placed = parsePoint(string(term)) }
	return c, nil
}

// filterTerm takes in one name=value of the document at hand.
func (c *collector) filterTerm(_ string, term []byte) {
	i := bytes.IndexByte(term, '=')
	if i < 0 {
		return
	}
	name, value := term[:i], term[i+1:]
	switch string(name) {
	case filterYears:
		c.from, c.to, c.dated = parseYears(string(value))
		return
	case filterWeight:
		if n, err := strconv.Atoi(string(value)); err == nil {
			c.weight = float64(n) / 100
		}
		return
	}
	f := c.facets[string(name)]
	if f == nil {
		return
	}
	n := f.counts[string(value)]
	if n == nil {
		n = new(int)
		f.counts[string(value)] = n
	}
	f.values = append(f.values, n)
	f.hit = f.hit || f.selected[string(value)]
}

// collect takes in one candidate.
func (c *collector) collect(f candidate) error {
	c.id = api.NewIndexInternalID(c.id, uint64(f.doc))
	c.dated, c.weight, c.placed = false, 0, false
	for _, fc := range c.counted {
		fc.hit, fc.values = fc.selected == nil, fc.values[:0]
	}
	if err := c.filters.VisitDocValues(c.id, c.visit); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if (c.q.FromYear != nil || c.q.ToYear != nil) && !(c.dated && within(c.q, c.from, c.to)) {
		return nil
	}
	var distance float64
	if c.q.Near != nil {
		if err := c.points.VisitDocValues(c.id, c.visitXY); err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if !c.placed {
			return nil
		}
		if distance = Distance(c.point, c.q.Near.Point); distance > c.q.Near.KM*1000 {
			return nil
		}
	}
	var missed *facet
	for _, fc := range c.counted {
		if !fc.hit {
			if missed != nil {
				return nil // two facets reject it: it counts nowhere
			}
			missed = fc
		}
	}
	if missed != nil {
		for _, n := range missed.values {
			*n++
		}
		return nil
	}
	for _, fc := range c.counted {
		for _, n := range fc.values {
			*n++
		}
	}
	c.total++
	return c.rank.add(c, f, distance)
}

// known reports whether some document in scope has a chosen value that no hit
// has. A value that nothing visible has is not answered: its label could be the
// name of something hidden.
func (c *collector) known(f *facet, value string) (bool, error) {
	if !f.selected[value] {
		return false, nil
	}
	name := f.name
	if name == "kind" {
		name = filterKind
	}
	has, err := c.s.anyOf(name, []string{value})
	if err != nil {
		return false, err
	}
	seen, err := c.s.visible(c.q.Scope())
	if err != nil {
		return false, err
	}
	return seen == nil && !has.IsEmpty() || seen != nil && seen.Intersects(has), nil
}

// result reads what the page shows.
func (c *collector) result() (search.Result, error) {
	res := search.Result{Total: c.total, Items: []search.Hit{}, Facets: map[string][]search.FacetCount{}}
	for _, f := range c.counted {
		list := []search.FacetCount{}
		for value, n := range f.counts {
			known := *n > 0
			if !known {
				var err error
				if known, err = c.known(f, value); err != nil {
					return res, err
				}
			}
			if known {
				list = append(list, search.FacetCount{Value: value, Count: *n})
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
	entries, more, err := c.rank.page()
	if err != nil {
		return res, err
	}
	m := newMarker(c.q.Text)
	for _, e := range entries {
		key, st, err := load(c.s, api.NewIndexInternalID(nil, uint64(e.doc)))
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
	if more {
		res.Cursor, err = c.rank.cursor(entries[len(entries)-1])
	}
	return res, err
}
