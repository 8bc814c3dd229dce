package index

import (
	"cmp"
	"context"
	"slices"

	"yijianyou/search"
)

// maxCorrections is how many titles are named that may have been meant.
const maxCorrections = 5

// help says what may be done when nothing has all that q wants; nil when nothing helps.
func (g *generation) help(ctx context.Context, q search.Query, lexicon search.Lexicon) (*search.Help, error) {
	var h search.Help
	plain := search.NewQuery(q.Scope())
	plain.Text, plain.Lang, plain.Limit, plain.Sort = q.Text, q.Lang, q.Limit, search.Relevance
	if q.Text != "" {
		s, err := g.snapshot(ctx)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		near, err := s.nearly(plain)
		if err != nil {
			return nil, err
		}
		h.Corrections = completions(near, marker{}, q.Lang, maxCorrections)
	}
	for _, r := range relaxed(q) {
		r.query.Count, r.query.Limit = nil, 1
		total, err := g.strict(ctx, r.query, lexicon)
		if err != nil {
			return nil, err
		}
		if total > 0 {
			h.Without = append(h.Without, search.Relaxed{Filter: r.filter, Total: total})
		}
	}
	slices.SortStableFunc(h.Without, func(a, b search.Relaxed) int { return cmp.Compare(b.Total, a.Total) })
	if len(h.Corrections)+len(h.Without) == 0 {
		return nil, nil
	}
	return &h, nil
}

// without is a query that lacks one filter of another.
type without struct {
	filter string
	query  search.Query
}

// relaxed returns a query for each filter of q, the text among them when there are
// others.
func relaxed(q search.Query) []without {
	var out []without
	add := func(filter string, edit func(*search.Query)) {
		other := q
		edit(&other)
		out = append(out, without{filter, other})
	}
	if len(q.Kinds) > 0 {
		add("kind", func(o *search.Query) { o.Kinds = nil })
	}
	for _, name := range search.FacetNames {
		if len(q.Facets[name]) == 0 {
			continue
		}
		add("facet."+name, func(o *search.Query) {
			o.Facets = make(map[string][]string, len(q.Facets))
			for n, values := range q.Facets {
				if n != name {
					o.Facets[n] = values
				}
			}
		})
	}
	if q.FromYear != nil || q.ToYear != nil {
		add("period", func(o *search.Query) { o.FromYear, o.ToYear = nil, nil })
	}
	if placed(q) {
		add("place", func(o *search.Query) {
			o.Near, o.Box, o.Within = nil, nil, nil
			if o.Sort == search.ByDistance {
				o.Sort = search.Relevance
			}
		})
	}
	if len(out) > 0 && q.Text != "" {
		add("text", func(o *search.Query) { o.Text = "" })
	}
	return out
}
