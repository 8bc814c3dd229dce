package feed

import (
	"slices"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/search"
)

// TestChangesThatTouchNoDocumentCostNoWrite: the index keeps its token until a
// page of them has come, or a document changes, and misses nothing.
func TestChangesThatTouchNoDocumentCostNoWrite(t *testing.T) {
	st := storetest.New(t, items, museums, signals)
	public, staff := pair(t, t.TempDir())
	var written []store.Token
	f := newFeed(t, st, &fakeSource{}, Options{Applied: func(a search.Audience, token store.Token) {
		if a == search.Public {
			written = append(written, token)
		}
	}}, public, staff)
	put(t, st, items, many(0, 10, "m")...)
	mustAgree(t, f)
	built := len(written)
	signal := func(n int) {
		t.Helper()
		for range n {
			put(t, st, signals, &museum{Meta: store.Meta{Org: "m"}})
		}
		if err := f.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	head := func() store.Token {
		t.Helper()
		token, err := st.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	before, _ := public.Token()
	for range 5 {
		signal(1)
	}
	if after, ok := public.Token(); !ok || after != before || len(written) != built {
		t.Errorf("%d writes for changes of no document", len(written)-built)
	}

	it := &item{Meta: store.Meta{Org: "m"}, Title: "新发现", Published: true}
	put(t, st, items, it)
	signal(1)
	if len(written) != built+1 || written[built] != head() || !slices.Contains(found(t, public, it.Title), it.ID) {
		t.Errorf("%d writes for a document among them", len(written)-built)
	}

	for range 4 { // a restart goes on from the index
		signal(pageSize / 5)
		f = newFeed(t, st, &fakeSource{}, f.opts, public, staff)
	}
	if len(written) != built+1 {
		t.Errorf("%d writes for less than a page since the last", len(written)-built)
	}
	signal(pageSize / 5)
	if token, _ := public.Token(); len(written) != built+2 || token != head() {
		t.Errorf("%d writes when a page of changes has come", len(written)-built)
	}
	if err := f.Reindex(t.Context(), search.Public); err != nil {
		t.Fatal(err)
	}
	mustAgree(t, f)
	for _, s := range f.Status() {
		if s.Lag != 0 || !s.Ready {
			t.Errorf("%+v", s)
		}
	}
}
