package searchhttp

import (
	"context"
	"slices"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// shelfView is the first hits of one kind.
type shelfView struct {
	Kind  string    `json:"kind"`
	Label string    `json:"label"`
	Total int       `json:"total"`
	Items []hitView `json:"items" nullable:"false" doc:"for more of them search with this kind"`
}

// apart returns the first n hits of each kind that has any, in the order in which
// screens show kinds. res answers q and has counted kinds; its counts are the totals,
// because a question asked of one kind alone may find more of it.
func apart(ctx context.Context, at where, q search.Query, res search.Result, n int, lang fault.Lang) ([]shelfView, error) {
	total := make(map[search.Kind]int)
	for _, c := range res.Facets["kind"] {
		total[search.Kind(c.Value)] = c.Count
	}
	shelves := []shelfView{}
	for _, kind := range search.Kinds {
		if total[kind] == 0 || len(q.Kinds) > 0 && !slices.Contains(q.Kinds, kind) {
			continue
		}
		one := q
		one.Kinds, one.Limit, one.Cursor, one.Count, one.Spans = []search.Kind{kind}, min(n, total[kind]), "", nil, nil
		found, err := at.Search(ctx, one, nil)
		if err != nil {
			return nil, err
		}
		shelves = append(shelves, shelfView{Kind: string(kind), Label: kind.Label(lang), Total: total[kind], Items: hitViews(found.Items)})
	}
	return shelves, nil
}
