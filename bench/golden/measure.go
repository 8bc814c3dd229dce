package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yijianyou/search"
	"yijianyou/search/index"
)

// shelves is every set of records that queries are asked of, by name.
type shelves map[string]*shelf

// openShelves makes both sets in dir.
func openShelves(ctx context.Context, dir string) (shelves, error) {
	all := shelves{}
	for name, fill := range map[string]func(context.Context, *shelf) error{"demo": fillDemo, "cmoa": fillCarnegie} {
		s, err := openShelf(ctx, name, dir, fill)
		if err != nil {
			return nil, errors.Join(err, all.close())
		}
		all[name] = s
	}
	return all, nil
}

func (all shelves) close() error {
	var errs []error
	for _, s := range all {
		errs = append(errs, s.close())
	}
	return errors.Join(errs...)
}

// answer is what a query has found, best first.
type answer struct {
	*judged
	keys, titles []string
	total        int
	ndcg         float64
	recall       float64
	counted      bool // recall is that of something
}

// ask runs q as a person would type it, with no filter.
func (all shelves) ask(ctx context.Context, q *judged) (*answer, error) {
	name, audience, x := q.shelf, search.Public, (*index.Index)(nil)
	if base, ok := strings.CutSuffix(q.shelf, "/staff"); ok {
		name, audience = base, search.Staff
	}
	s := all[name]
	if s == nil {
		return nil, fmt.Errorf("query %s: no shelf %q", q.id, q.shelf)
	}
	if x = s.public; audience == search.Staff {
		x = s.staff
	}
	sq := search.NewQuery(scopeOf(audience))
	sq.Text, sq.Limit = q.text, recallDepth
	res, err := x.Search(ctx, sq, nil)
	if err != nil {
		return nil, fmt.Errorf("query %s %q: %w", q.id, q.text, err)
	}
	a := &answer{judged: q, total: res.Total}
	for _, h := range append(res.Items, res.Weaker...) {
		a.keys, a.titles = append(a.keys, index.Key(h.Kind, h.ID)), append(a.titles, cmp.Or(h.Title.ZH, h.Title.EN))
	}
	a.ndcg = ndcg(a.keys, q.grades)
	a.recall, a.counted = recall(a.keys, q.grades)
	return a, nil
}

// figures are those of a set of answers.
type figures struct {
	queries      int
	ndcg, recall mean
}

func (f *figures) add(a *answer) {
	f.queries++
	f.ndcg.add(a.ndcg)
	if a.counted {
		f.recall.add(a.recall)
	}
}

// batches are the ids of the first query of each batch (data/README.md), ascending.
var batches = []string{"001", "367", "431"}

// byBatch returns the figures of the answers of each batch.
func byBatch(answers []*answer) []figures {
	out := make([]figures, len(batches))
	for _, a := range answers {
		i := len(batches) - 1
		for i > 0 && a.id < batches[i] {
			i--
		}
		out[i].add(a)
	}
	return out
}

// measure asks everything and returns the answers, the worst first, and the
// figures of all and of each class.
func (all shelves) measure(ctx context.Context, list []*judged) (answers []*answer, whole figures, classes map[string]*figures, err error) {
	classes = make(map[string]*figures)
	for _, q := range list {
		a, err := all.ask(ctx, q)
		if err != nil {
			return nil, whole, nil, err
		}
		answers = append(answers, a)
		whole.add(a)
		if classes[q.class] == nil {
			classes[q.class] = &figures{}
		}
		classes[q.class].add(a)
	}
	slices.SortStableFunc(answers, func(a, b *answer) int { return cmp.Compare(a.ndcg+a.recall, b.ndcg+b.recall) })
	return answers, whole, classes, nil
}
