package feed

import (
	"cmp"
	"context"
	"slices"

	"yijianyou/search"
	"yijianyou/search/index"
)

// Difference is a document in which an index disagrees with the store.
type Difference struct {
	Audience search.Audience
	Kind     search.Kind
	ID       string
	What     What
}

// What is the sort of a Difference.
type What string

const (
	Missing  What = "missing"  // the store has it, the index does not
	Surplus  What = "surplus"  // the index has it, the store does not
	Outdated What = "outdated" // both have it, and differ
)

// verifyRounds is how often Verify begins again because records changed while
// it compared.
const verifyRounds = 5

// Verify settles the indexes and compares them with the store, document by
// document. It returns the differences in the order of audience, kind and id;
// none means agreement. Records that change meanwhile make it begin again.
func (f *Feed) Verify(ctx context.Context) ([]Difference, error) {
	for round := 1; ; round++ {
		if err := f.Settle(ctx); err != nil {
			return nil, err
		}
		before, err := f.st.Head(ctx)
		if err != nil {
			return nil, err
		}
		diffs, err := f.compare(ctx)
		if err != nil || len(diffs) == 0 {
			return diffs, err
		}
		after, err := f.st.Head(ctx)
		if err != nil || before == after || round == verifyRounds {
			return diffs, err
		}
	}
}

func (f *Feed) compare(ctx context.Context) ([]Difference, error) {
	want := make([]map[index.Ref]string, len(f.followers))
	for i := range want {
		want[i] = map[index.Ref]string{}
	}
	err := f.everyRef(ctx, func(refs []search.Ref) error {
		mapped, _, err := f.entries(ctx, refs)
		if err != nil {
			return err
		}
		for _, list := range mapped {
			for _, e := range list {
				for i, w := range f.followers {
					doc, err := wanted(e, w.index.Audience())
					if err != nil || doc == nil {
						continue // a refused document is rightly absent
					}
					digest, err := index.Digest(doc)
					if err != nil {
						return err
					}
					want[i][index.Ref{Kind: e.Kind, ID: e.ID}] = digest
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	diffs := []Difference{}
	for i, w := range f.followers {
		add := func(ref index.Ref, what What) {
			diffs = append(diffs, Difference{Audience: w.index.Audience(), Kind: ref.Kind, ID: ref.ID, What: what})
		}
		err := w.index.Digests(ctx, func(ref index.Ref, digest string) error {
			expected, ok := want[i][ref]
			switch {
			case !ok:
				add(ref, Surplus)
			case expected != digest:
				add(ref, Outdated)
			}
			delete(want[i], ref)
			return nil
		})
		if err != nil {
			return nil, err
		}
		for ref := range want[i] {
			add(ref, Missing)
		}
	}
	slices.SortFunc(diffs, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Audience, b.Audience), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return diffs, nil
}
