package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/store"
)

// refusedWrite: after ErrConflict or ErrDuplicate the transaction is over. A
// func that makes light of it gets the same error from everything that it still
// does and from its Update, and nothing is written.
func (s *suite) refusedWrite(t *testing.T) {
	ctx := t.Context()
	st, e := s.fresh(t, store.Options{})
	a, b := &thing{Code: "A", N: 1}, &thing{Code: "B", N: 1}
	for _, d := range []*thing{a, b} {
		update(t, st, func(tx *store.Tx) error { return things.Put(tx, d) })
		d.N = 2
		update(t, st, func(tx *store.Tx) error { return things.Put(tx, d) })
	}
	head, err := st.Head(ctx)
	must(t, err)
	for _, c := range []struct {
		rule string
		want error
		fail func(tx *store.Tx) error
	}{
		{"an insert of a key that is taken", store.ErrDuplicate, func(tx *store.Tx) error {
			return things.Put(tx, &thing{Meta: store.Meta{ID: "torn"}, Code: "A", Tags: []string{"torn"}})
		}},
		{"a change to a key that is taken", store.ErrDuplicate, func(tx *store.Tx) error {
			d := *b
			d.Code = "A"
			return things.Put(tx, &d)
		}},
		{"a change of a stale revision", store.ErrConflict, func(tx *store.Tx) error {
			d := *b
			d.Rev = 1
			return things.Put(tx, &d)
		}},
		{"an insert over an id", store.ErrConflict, func(tx *store.Tx) error {
			return things.Put(tx, &thing{Meta: store.Meta{ID: a.ID}})
		}},
		{"a delete of a stale revision", store.ErrConflict, func(tx *store.Tx) error { return things.Delete(tx, b.ID, 1, "试") }},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := map[string]error{}
			err := st.Update(ctx, tester, func(tx *store.Tx) error {
				if err := counters.Put(tx, &counter{Meta: store.Meta{ID: "before"}}); err != nil {
					return err
				}
				got["itself"] = c.fail(tx)
				_, got["get"] = things.Get(tx.Context(), tx, a.ID)
				_, got["find"] = things.Find(tx.Context(), tx, store.Query{Index: "byN"})
				_, got["count"] = things.Count(tx.Context(), tx, store.Query{Index: "byN"}, 10)
				got["put"] = counters.Put(tx, &counter{Meta: store.Meta{ID: "after"}})
				got["delete"] = things.Delete(tx, a.ID, 2, "试")
				got["guard"] = tx.Guard("x")
				got["audit"] = tx.Audit("henan", "things", a.ID, "look", "")
				return nil
			})
			got["update"] = err
			for what, err := range got {
				if !errors.Is(err, c.want) {
					t.Errorf("%s: got %v, want %v", what, err, c.want)
				}
			}
		})
	}
	for _, id := range []string{"before", "after"} {
		if _, err := counters.Get(ctx, st, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("counter %s: %v", id, err)
		}
	}
	for index, want := range map[string]int{"byCode": 2, "byN": 2, store.ByID: 2} {
		if n, err := things.Count(ctx, st, store.Query{Index: index}, 10); err != nil || n != want {
			t.Errorf("index %q holds %d documents, want %d, %v", index, n, want, err)
		}
	}
	if n, err := store.History.Count(ctx, st, store.Query{Index: "byTime"}, 10); err != nil || n != 4 {
		t.Errorf("%d revisions, want 4, %v", n, err)
	}
	if changes, err := st.Changes(ctx, head, 10); err != nil || len(changes) != 0 {
		t.Errorf("%d changes, %v", len(changes), err)
	}
	if c, ok := e.(store.Checker); ok {
		must(t, c.Check(ctx))
	}
	// Not a refusal: there was nothing to write.
	update(t, st, func(tx *store.Tx) error {
		if err := things.Delete(tx, "none", 1, "试"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
		return counters.Put(tx, &counter{Meta: store.Meta{ID: "kept"}})
	})
}

// refusedPlace: of many writes the one that is refused gets the error, also
// when an engine sends them together.
func (s *suite) refusedPlace(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	taken := &thing{Code: "taken"}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, taken) })
	for _, at := range []int{0, 7, 1199} {
		refused := -1
		err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
			refused = -1
			for i := range 1200 {
				d := &thing{Code: fmt.Sprint(i), N: int64(i)}
				if i == at {
					d.Code = "taken"
				}
				if err := things.Put(tx, d); err != nil {
					refused = i
					return err
				}
			}
			return nil
		}, store.AsBulk)
		wantDuplicate(t, err, "byCode")
		if refused != at {
			t.Errorf("write %d was refused, want %d", refused, at)
		}
	}
	if n, err := things.Count(t.Context(), st, store.Query{Index: "byCode"}, 10); err != nil || n != 1 {
		t.Errorf("%d documents, %v; want the first one only", n, err)
	}
}

// manyWrites: a transaction of many writes over several collections, some of
// them to one document again and again, reads at each moment what it has
// written, and commits the last state with all revisions.
func (s *suite) manyWrites(t *testing.T) {
	ctx := t.Context()
	st, _ := s.fresh(t, store.Options{RunTwice: true})
	const docs = 700
	moved := &thing{Code: "moves"}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, moved) })
	var last store.Meta
	update(t, st, func(tx *store.Tx) error {
		d, err := things.Get(tx.Context(), tx, moved.ID)
		if err != nil {
			return err
		}
		for i := range docs {
			if err := counters.Put(tx, &counter{Meta: store.Meta{ID: fmt.Sprintf("%04d", i)}, N: int64(i)}); err != nil {
				return err
			}
			if i%100 != 0 {
				continue
			}
			d.N, d.Tags = int64(i), []string{fmt.Sprint(i)}
			if err := things.Put(tx, d); err != nil {
				return err
			}
			found, err := things.Find(tx.Context(), tx, store.Query{Index: "byTag", Equal: []any{fmt.Sprint(i)}})
			if err != nil {
				return err
			}
			n, err := counters.Count(tx.Context(), tx, store.Query{}, docs)
			if err != nil {
				return err
			}
			if len(found.Items) != 1 || found.Items[0].Rev != d.Rev || n != i+1 {
				t.Errorf("after %d: found %d, %d counters", i, len(found.Items), n)
			}
		}
		// Removed and made again under the same id, the same unique key.
		if err := things.Delete(tx, d.ID, d.Rev, "试"); err != nil {
			return err
		}
		if _, err := things.Get(tx.Context(), tx, d.ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("what the transaction has removed: %v", err)
		}
		again := &thing{Meta: store.Meta{ID: d.ID}, Code: "moves", N: -1}
		if err := things.Put(tx, again); err != nil {
			return err
		}
		last = again.Meta
		return nil
	})
	got, err := things.Get(ctx, st, moved.ID)
	must(t, err)
	if diff := cmp.Diff(&thing{Meta: last, Code: "moves", N: -1, At: got.At}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n, err := counters.Count(ctx, st, store.Query{}, 2*docs); err != nil || n != docs {
		t.Errorf("%d counters, %v", n, err)
	}
	var revs []int64
	h, err := things.Revisions(ctx, st, moved.ID, 100, "")
	must(t, err)
	for _, r := range h.Items {
		revs = append(revs, r.DocRev)
	}
	if diff := cmp.Diff([]int64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, revs); diff != "" {
		t.Errorf("revisions (-want +got):\n%s", diff)
	}
}

// closeEndsWaiting: whoever waits for a change is told when the store closes.
func (s *suite) closeEndsWaiting(t *testing.T) {
	st, e := s.fresh(t, store.Options{})
	head, err := st.Head(t.Context())
	must(t, err)
	waited := make(chan error, 1)
	go func() { waited <- st.Wait(context.WithoutCancel(t.Context()), head) }()
	must(t, st.Ping(t.Context()))
	must(t, e.Close())
	if err := <-waited; !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable", err)
	}
}
