package index

import (
	"context"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search"
)

// Search answers q. Labels name the values of facets, the same for all who have
// the scope of q, and are kept until the index changes; nil leaves the values as
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
		if res, err = g.search(ctx, q, x.opts.Lexicon); err != nil {
			return search.Result{}, err
		}
		if time.Since(began) > worthKeeping {
			x.results.keep(version, key, res)
		}
	}
	res.Facets = x.labelled(ctx, version, res.Facets, q, labels)
	res.Took = time.Since(began)
	return res, nil
}

// labelled returns the facets with the labels of their values.
func (x *Index) labelled(ctx context.Context, version uint64, facets map[string][]search.FacetCount, q search.Query, labels search.Labels) map[string][]search.FacetCount {
	out := make(map[string][]search.FacetCount, len(facets))
	scope := scopeKey(q.Scope())
	for name, counts := range facets {
		counts = slices.Clone(counts)
		for i := range counts {
			c := &counts[i]
			switch {
			case name == "kind":
				c.Label = search.Kind(c.Value).Label(q.Lang)
			case labels != nil:
				c.Label = x.labels.of(version, labelKey{scope, name, c.Value, q.Lang}, func() string { return labels.Label(ctx, name, c.Value, q.Lang) })
			}
			if c.Label == "" {
				c.Label = c.Value
			}
		}
		out[name] = counts
	}
	return out
}

func (g *generation) search(ctx context.Context, q search.Query, lexicon search.Lexicon) (search.Result, error) {
	s, err := g.snapshot(ctx)
	if err != nil {
		return search.Result{}, err
	}
	defer s.Close()
	p := analyse(q.Text, planFields{guarded: guardedIn(q.Scope())}, lexicon)
	res, err := s.answer(q, p)
	if err != nil {
		return res, err
	}
	if res.Total > 0 {
		res.Weaker, err = s.weaker(q, p, res)
		return res, err
	}
	cut := res.Cut
	near, err := s.meantTitles(q)
	if err != nil {
		return res, err
	}
	if lax, ok := p.lax(q, near, lexicon); ok {
		if lax.loose, err = s.respelt(lax.loose); err != nil {
			return res, err
		}
		if res, err = s.answer(q, lax); err != nil {
			return res, err
		}
		res.Partial, res.Cut = res.Total > 0, res.Cut || cut
	}
	res.Help, err = s.help(q, p, near)
	return res, err
}

// answer is the page of what q and p find.
func (s *snapshot) answer(q search.Query, p plan) (search.Result, error) {
	s.cut = false
	c, err := s.run(q, p)
	if err != nil {
		return search.Result{}, err
	}
	cut := s.cut
	res, err := c.result()
	res.Cut = cut
	return res, err
}

// run collects everything that q and p find.
func (s *snapshot) run(q search.Query, p plan) (*collector, error) {
	c, err := s.newCollector(q, p)
	if err != nil {
		return nil, err
	}
	allowed, err := s.allowed(q, c.sideways)
	if err != nil {
		return nil, err
	}
	if q.Text == "" {
		return c, s.list(c, allowed)
	}
	found, err := s.found(q, p, allowed)
	if err != nil {
		return nil, err
	}
	return c, c.take(found)
}

// take collects candidates.
func (c *collector) take(found []candidate) error {
	for i, f := range found {
		if i%stepsBetweenLooks == 0 {
			if err := c.s.ctx.Err(); err != nil {
				return err
			}
		}
		if err := c.collect(f); err != nil {
			return err
		}
	}
	return nil
}

// found returns the documents that p finds among the allowed ones (nil: all) of the
// scope of q, ascending; with scores when they are asked for.
func (s *snapshot) found(q search.Query, p plan, allowed *roaring.Bitmap) ([]candidate, error) {
	guarded, err := s.guardedDocs(q.Scope(), allowed)
	if err != nil {
		return nil, err
	}
	s.budget = maxExpansions
	found, err := s.match(p, allowed, guarded, q.Sort == search.Relevance)
	if err != nil || len(p.phrases) == 0 {
		return found, err
	}
	return s.saying(found, p.phrases, guarded)
}

// list collects all that is allowed (nil: all).
func (s *snapshot) list(c *collector, allowed *roaring.Bitmap) (err error) {
	if allowed == nil {
		if allowed, err = s.everything(); err != nil {
			return err
		}
	}
	var buf [stepsBetweenLooks]uint32
	many := allowed.ManyIterator()
	for n := many.NextMany(buf[:]); n > 0; n = many.NextMany(buf[:]) {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		for _, doc := range buf[:n] {
			if err := c.collect(candidate{doc: doc}); err != nil {
				return err
			}
		}
	}
	return nil
}
