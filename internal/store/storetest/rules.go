package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/store"
)

// documents: put, get, replace, delete and their errors.
func (s *suite) documents(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2026, 3, 4, 5, 6, 7, 891_234_567, time.FixedZone("CST", 8*3600))
	st, _ := s.fresh(t, store.Options{RunTwice: true, Now: func() time.Time { return now }})
	d := &thing{Meta: store.Meta{Org: "henan"}, Code: "0001", Name: name{ZH: "莲鹤方壶", EN: "Square Hu"}, Tags: []string{"铜器", "春秋"},
		N: -670, On: true, At: time.Date(1923, 8, 25, 0, 0, 0, 0, time.UTC)}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, d) })
	at := now.UTC().Truncate(time.Millisecond)
	if d.ID == "" || d.Rev != 1 || d.Schema != 1 || !d.CreatedAt.Equal(at) || !d.UpdatedAt.Equal(at) {
		t.Errorf("meta after the insert: %+v", d.Meta)
	}
	got, err := things.Get(ctx, st, d.ID)
	must(t, err)
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("read back (-put +got):\n%s", diff)
	}
	now = now.Add(time.Hour)
	got.Tags = nil
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, got) })
	if got.Rev != 2 || !got.CreatedAt.Equal(at) || !got.UpdatedAt.Equal(at.Add(time.Hour)) {
		t.Errorf("meta after the change: %+v", got.Meta)
	}
	put := func(d *thing) error {
		return st.Update(ctx, tester, func(tx *store.Tx) error { return things.Put(tx, d) })
	}
	remove := func(id string, rev int64, reason string) error {
		return st.Update(ctx, tester, func(tx *store.Tx) error { return things.Delete(tx, id, rev, reason) })
	}
	for _, c := range []struct {
		rule string
		err  error
		want error
	}{
		{"a stale revision", put(d), store.ErrConflict},
		{"an insert over an existing id", put(&thing{Meta: store.Meta{ID: d.ID}}), store.ErrConflict},
		{"a change of what is not there", put(&thing{Meta: store.Meta{ID: "none", Rev: 3}}), store.ErrConflict},
		{"a delete with a stale revision", remove(d.ID, 1, "x"), store.ErrConflict},
		{"a delete of what is not there", remove("none", 1, "x"), store.ErrNotFound},
		{"a delete without a reason", remove(d.ID, 2, ""), store.ErrReason},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: got %v, want %v", c.rule, c.err, c.want)
		}
	}
	must(t, remove(d.ID, 2, "重复登记"))
	if _, err := things.Get(ctx, st, d.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a deleted document: %v", err)
	}
	// GetMany keeps the order asked for and leaves out what is missing.
	var ids []string
	update(t, st, func(tx *store.Tx) error {
		ids = nil
		for i := range 5 {
			id := fmt.Sprintf("k%d", i)
			ids = append([]string{id}, ids...)
			if err := counters.Put(tx, &counter{Meta: store.Meta{ID: id}, N: int64(i)}); err != nil {
				return err
			}
		}
		return nil
	})
	many, err := counters.GetMany(ctx, st, append(ids[:3:3], "none", ids[4]))
	must(t, err)
	var order []int64
	for _, c := range many {
		order = append(order, c.N)
	}
	if diff := cmp.Diff([]int64{4, 3, 2, 0}, order); diff != "" {
		t.Errorf("GetMany (-want +got):\n%s", diff)
	}
}

// twice: a func runs twice without a trace of the first run, and a failed
// Update leaves the documents in memory as they were.
func (s *suite) twice(t *testing.T) {
	st, _ := s.fresh(t, store.Options{RunTwice: true})
	runs := 0
	d, p := &thing{Code: "A"}, &part{}
	update(t, st, func(tx *store.Tx) error {
		runs++
		if d.ID != "" || d.Rev != 0 || p.ID != "" || p.Rev != 0 {
			t.Errorf("run %d begins with %+v, %+v", runs, d.Meta, p.Meta)
		}
		if err := things.Put(tx, d); err != nil {
			return err
		}
		p.Thing = d.ID
		return parts.Put(tx, p)
	})
	if runs != 2 || d.Rev != 1 || p.Rev != 1 {
		t.Errorf("%d runs, revisions %d and %d", runs, d.Rev, p.Rev)
	}
	h, err := things.Revisions(t.Context(), st, d.ID, 10, "")
	must(t, err)
	if len(h.Items) != 1 {
		t.Errorf("%d entries of history, want 1", len(h.Items))
	}
	changes, err := st.Changes(t.Context(), start(t, st), 100)
	must(t, err)
	if len(changes) != 2 {
		t.Errorf("%d changes, want 2", len(changes))
	}
	was := d.Meta
	boom := errors.New("boom")
	err = st.Update(t.Context(), tester, func(tx *store.Tx) error {
		if err := things.Put(tx, d); err != nil {
			return err
		}
		if err := things.Put(tx, d); err != nil { // twice in one run
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("got %v, want the error of the func", err)
	}
	if diff := cmp.Diff(was, d.Meta); diff != "" {
		t.Errorf("meta after an abort (-was +is):\n%s", diff)
	}
	update(t, st, func(tx *store.Tx) error {
		if err := things.Put(tx, d); err != nil {
			return err
		}
		return things.Put(tx, d)
	})
	if d.Rev != was.Rev+2 {
		t.Errorf("revision %d after two puts in one transaction, want %d", d.Rev, was.Rev+2)
	}
}

// atomic: an error undoes every collection, history and feed; a neighbour that
// commits at the same time is not hurt.
func (s *suite) atomic(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	boom := errors.New("boom")
	each := size(20, 100)
	together(writers, func(i int) {
		for n := range each {
			fails := (i+n)%3 == 0
			err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
				d := &thing{Code: fmt.Sprintf("%d-%d", i, n), N: int64(i)}
				if err := things.Put(tx, d); err != nil {
					return err
				}
				if err := parts.Put(tx, &part{Thing: d.ID}); err != nil {
					return err
				}
				if fails {
					return boom
				}
				return nil
			})
			if fails != errors.Is(err, boom) || !fails && err != nil {
				t.Errorf("fails %t: %v", fails, err)
			}
		}
	})
	want := 0
	for i := range writers {
		for n := range each {
			if (i+n)%3 != 0 {
				want++
			}
		}
	}
	things1, parts1, revisions := 0, 0, 0
	must(t, things.Each(t.Context(), st, store.Query{}, func(d *thing) error {
		things1++
		_, err := parts.One(t.Context(), st, store.Query{Index: "byThing", Equal: []any{d.ID}})
		return err
	}))
	must(t, parts.Each(t.Context(), st, store.Query{}, func(*part) error { parts1++; return nil }))
	must(t, store.History.Each(t.Context(), st, store.Query{Index: "byTime"}, func(*store.Revision) error { revisions++; return nil }))
	changes := follow(t.Context(), t, st, start(t, st), 2*want, 1000)
	if things1 != want || parts1 != want || revisions != 2*want || len(changes) != 2*want {
		t.Errorf("%d things, %d parts, %d revisions, %d changes; want %d, %d, %d, %d",
			things1, parts1, revisions, len(changes), want, want, 2*want, 2*want)
	}
}

// panics: a panic in a func reaches the caller, writes nothing and leaves the
// engine working.
func (s *suite) panics(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic did not reach the caller")
			}
		}()
		_ = st.Update(t.Context(), tester, func(tx *store.Tx) error {
			if err := counters.Put(tx, &counter{Meta: store.Meta{ID: "p"}}); err != nil {
				t.Error(err)
			}
			panic("a mistake")
		})
	}()
	if _, err := counters.Get(t.Context(), st, "p"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what a panicking func wrote: %v", err)
	}
	update(t, st, func(tx *store.Tx) error { return counters.Put(tx, &counter{Meta: store.Meta{ID: "p"}}) })
}

// nested: an Update inside an Update is refused, whichever context it gets.
func (s *suite) nested(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	update(t, st, func(tx *store.Tx) error {
		for _, ctx := range []context.Context{tx.Context(), t.Context()} {
			if err := st.Update(ctx, tester, func(*store.Tx) error { return nil }); err == nil {
				t.Error("not refused")
			}
		}
		return counters.Put(tx, &counter{Meta: store.Meta{ID: "outer"}})
	})
	if _, err := counters.Get(t.Context(), st, "outer"); err != nil {
		t.Errorf("the outer transaction: %v", err)
	}
}

// ownWrites: a transaction sees what it wrote, by id and by index; nobody else
// does before the commit.
func (s *suite) ownWrites(t *testing.T) {
	ctx := t.Context()
	st, _ := s.fresh(t, store.Options{})
	old := &thing{Code: "old", N: 1, Tags: []string{"x"}}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, old) })
	byN := func(r store.Reader, ctx context.Context, n int64) int {
		found, err := things.Count(ctx, r, store.Query{Index: "byN", Equal: []any{n}}, 10)
		must(t, err)
		return found
	}
	update(t, st, func(tx *store.Tx) error {
		d, err := things.Get(tx.Context(), tx, old.ID)
		if err != nil {
			return err
		}
		d.N = 2
		if err := things.Put(tx, d); err != nil {
			return err
		}
		if err := things.Put(tx, &thing{Code: "new", N: 2}); err != nil {
			return err
		}
		if in, out := byN(tx, tx.Context(), 2), byN(st, ctx, 2); in != 2 || out != 0 {
			t.Errorf("inside %d, outside %d; want 2, 0", in, out)
		}
		if in, out := byN(tx, tx.Context(), 1), byN(st, ctx, 1); in != 0 || out != 1 {
			t.Errorf("the old key: inside %d, outside %d; want 0, 1", in, out)
		}
		return nil
	})
	if n := byN(st, ctx, 2); n != 2 {
		t.Errorf("%d after the commit, want 2", n)
	}
}

// contextEnded: an ended context runs nothing, and one that ends inside the
// func commits nothing.
func (s *suite) contextEnded(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := st.Update(ctx, tester, func(*store.Tx) error { t.Error("it ran"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of the context", err)
	}
	if _, err := counters.Get(ctx, st, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: got %v, want the error of the context", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	err = st.Update(ctx, tester, func(tx *store.Tx) error {
		if err := counters.Put(tx, &counter{Meta: store.Meta{ID: "x"}}); err != nil {
			return err
		}
		cancel()
		return counters.Put(tx, &counter{Meta: store.Meta{ID: "y"}})
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of the context", err)
	}
	for _, id := range []string{"x", "y"} {
		if _, err := counters.Get(t.Context(), st, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", id, err)
		}
	}
}

// contextAnyMoment: nil means written; the error of the context means not
// written; ErrOutcomeUnknown means either. Nothing else comes back.
func (s *suite) contextAnyMoment(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	each := size(30, 150)
	outcome := make([][]error, writers)
	together(writers, func(i int) {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		for n := range each {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.Int64N(int64(4*time.Millisecond))))
			err := st.Update(ctx, tester, func(tx *store.Tx) error {
				return things.Put(tx, &thing{Meta: store.Meta{ID: fmt.Sprintf("%d-%d", i, n)}})
			})
			cancel()
			outcome[i] = append(outcome[i], err)
		}
	})
	var known, unknown int
	for i := range outcome {
		for n, err := range outcome[i] {
			id := fmt.Sprintf("%d-%d", i, n)
			if errors.Is(err, store.ErrOutcomeUnknown) {
				unknown++
				continue
			}
			known++
			_, got := things.Get(t.Context(), st, id)
			switch {
			case err == nil && got != nil:
				t.Errorf("%s was acknowledged: %v", id, got)
			case err != nil && !errors.Is(err, context.DeadlineExceeded):
				t.Errorf("%s: %v", id, err)
			case err != nil && !errors.Is(got, store.ErrNotFound):
				t.Errorf("%s was refused with %v and is there (%v)", id, err, got)
			}
		}
	}
	t.Logf("%d known, %d unknown", known, unknown)
}

// readingAnyMoment: a reading whose context ends at any moment gives a whole
// answer or the error of the context, and the next one works.
func (s *suite) readingAnyMoment(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	const docs = 400
	update(t, st, func(tx *store.Tx) error {
		for i := range docs {
			if err := things.Put(tx, &thing{N: int64(i), Name: name{ZH: "鼎"}}); err != nil {
				return err
			}
		}
		return nil
	})
	each := size(20, 80)
	together(4, func(i int) {
		random := rand.New(rand.NewPCG(2, uint64(i)))
		for range each {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.Int64N(int64(6*time.Millisecond))))
			page, found := things.Find(ctx, st, store.Query{Index: "byN", Limit: docs})
			n, counted := things.Count(ctx, st, store.Query{Index: "byName", Equal: []any{"鼎"}}, docs)
			snapped := st.Snapshot(ctx, func(r store.Reader) error {
				_, err := things.Find(ctx, r, store.Query{Limit: docs})
				return err
			})
			cancel()
			for what, err := range map[string]error{"find": found, "count": counted, "snapshot": snapped} {
				if err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%s: %v", what, err)
				}
			}
			if found == nil && len(page.Items) != docs || counted == nil && n != docs {
				t.Errorf("%d found, %d counted, want %d", len(page.Items), n, docs)
			}
		}
	})
	if n, err := things.Count(t.Context(), st, store.Query{Index: "byN"}, docs); err != nil || n != docs {
		t.Errorf("afterwards: %d, %v", n, err)
	}
}
