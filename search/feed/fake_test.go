package feed

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/search"
	"yijianyou/search/index"
)

// item is a record that may be a draft; museum names who holds it.
type item struct {
	store.Meta `bson:",inline"`
	Title      string `bson:"title"`
	Place      string `bson:"place"` // store location, for the staff only
	Museum     string `bson:"museum"`
	Published  bool   `bson:"published"`
}

type museum struct {
	store.Meta `bson:",inline"`
	Title      string `bson:"title"`
}

var (
	items = store.Define[item](store.Spec{Name: "items", Schema: 1, Feed: true, Indexes: []store.Index{
		{Name: "byMuseum", Parts: []store.Part{{Path: "museum"}}}}})
	museums = store.Define[museum](store.Spec{Name: "museums", Schema: 1, Feed: true})
	signals = store.Define[museum](store.Spec{Name: "signals", Schema: 1, Feed: true}) // of no source
)

// fakeSource maps items and museums and counts what it maps.
type fakeSource struct {
	maps   atomic.Int64
	failOn string // id whose mapping fails for good
}

func (*fakeSource) Collections() []string { return []string{"items", "museums"} }

func (s *fakeSource) Map(ctx context.Context, r store.Reader, collection, id string) ([]search.Entry, error) {
	s.maps.Add(1)
	if id == s.failOn {
		return nil, errors.New("cannot be mapped")
	}
	if collection == "museums" {
		e := search.Entry{Kind: search.Museum, ID: id}
		m, err := museums.Get(ctx, r, id)
		if errors.Is(err, store.ErrNotFound) {
			return []search.Entry{e}, nil
		} else if err != nil {
			return nil, err
		}
		e.Public = &search.Document{Kind: search.Museum, ID: id, Org: m.Org, Title: search.Text{ZH: m.Title}}
		e.Staff = e.Public
		return []search.Entry{e}, nil
	}
	e := search.Entry{Kind: search.Relic, ID: id}
	it, err := items.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return []search.Entry{e}, nil
	} else if err != nil {
		return nil, err
	}
	doc := search.Document{Kind: search.Relic, ID: id, Org: it.Org, Title: search.Text{ZH: it.Title}}
	if m, err := museums.Get(ctx, r, it.Museum); err == nil {
		doc.Body = []string{m.Title}
	} else if !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	staff := doc
	staff.Guarded = []string{it.Place}
	e.Staff = &staff
	if it.Published {
		e.Public = &doc
	}
	return []search.Entry{e}, nil
}

func (*fakeSource) Dependents(ctx context.Context, r store.Reader, ch store.Change) ([]search.Ref, error) {
	if ch.Collection != "museums" {
		return nil, nil
	}
	var refs []search.Ref
	err := items.Each(ctx, r, store.Query{Index: "byMuseum", Equal: []any{ch.ID}}, func(it *item) error {
		refs = append(refs, search.Ref{Collection: "items", ID: it.ID})
		return nil
	})
	return refs, err
}

// pair opens both indexes under dir.
func pair(t testing.TB, dir string) (public, staff *index.Index) {
	t.Helper()
	open := func(a search.Audience) *index.Index {
		x, err := index.Open(filepath.Join(dir, a.String()), a, index.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := x.Close(); err != nil {
				t.Error(err)
			}
		})
		return x
	}
	return open(search.Public), open(search.Staff)
}

func put[T any](t testing.TB, st *store.Store, c *store.Collection[T], docs ...*T) {
	t.Helper()
	err := st.Update(context.Background(), actor.SystemPart("test"), func(tx *store.Tx) error {
		for _, d := range docs {
			if err := c.Put(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func found(t testing.TB, x *index.Index, text string) []string {
	t.Helper()
	scope := search.PublicScope()
	if x.Audience() == search.Staff {
		scope = search.StaffScope(actor.SystemPart("test"))
	}
	q := search.NewQuery(scope)
	q.Text, q.Limit = text, 200
	res, err := x.Search(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, h := range res.Items {
		ids = append(ids, h.ID)
	}
	return ids
}

func mustAgree(t testing.TB, f *Feed) {
	t.Helper()
	diffs, err := f.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range diffs {
		if i == 10 {
			break
		}
		t.Errorf("%+v", d)
	}
	if len(diffs) > 0 {
		t.Fatalf("%d differences", len(diffs))
	}
}

func newFeed(t testing.TB, st *store.Store, src search.Source, opts Options, indexes ...*index.Index) *Feed {
	t.Helper()
	f, err := New(st, indexes, []search.Source{src}, opts)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func many(from, to int, org actor.OrgID) []*item {
	var out []*item
	for i := from; i < to; i++ {
		out = append(out, &item{Meta: store.Meta{ID: fmt.Sprintf("item-%06d", i), Org: org}, Title: fmt.Sprintf("演示藏品第%d号", i), Place: fmt.Sprintf("库房%d架", i%40), Published: i%2 == 0})
	}
	return out
}
