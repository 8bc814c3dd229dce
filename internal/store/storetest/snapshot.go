package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// snapshot: what a snapshot reads does not change while others write.
func (s *suite) snapshot(t *testing.T) {
	ctx := t.Context()
	st, _ := s.fresh(t, store.Options{})
	d := &thing{Code: "A", N: 1}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, d) })
	err := st.Snapshot(ctx, func(r store.Reader) error {
		check := func(when string) {
			got, err := things.Get(ctx, r, d.ID)
			must(t, err)
			n, err := things.Count(ctx, r, store.Query{Index: "byN"}, 10)
			must(t, err)
			_, lost := parts.One(ctx, r, store.Query{Index: "byThing"})
			if got.N != 1 || n != 1 || !errors.Is(lost, store.ErrNotFound) {
				t.Errorf("%s: N %d, %d things, parts %v", when, got.N, n, lost)
			}
		}
		check("before")
		update(t, st, func(tx *store.Tx) error {
			now := *d
			now.N = 2
			if err := things.Put(tx, &now); err != nil {
				return err
			}
			if err := parts.Put(tx, &part{Thing: d.ID}); err != nil {
				return err
			}
			return things.Put(tx, &thing{N: 3})
		})
		check("after")
		if now, err := things.Get(ctx, st, d.ID); err != nil || now.N != 2 {
			t.Errorf("outside: %+v, %v", now, err)
		}
		return nil
	})
	must(t, err)
	boom := errors.New("boom")
	if err := st.Snapshot(ctx, func(store.Reader) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("the error of the func: %v", err)
	}
}

// snapshotSum: two counters whose sum never changes, read while 4 writers
// move amounts between them.
func (s *suite) snapshotSum(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	update(t, st, func(tx *store.Tx) error {
		if err := counters.Put(tx, &counter{Meta: store.Meta{ID: "a"}, N: 100}); err != nil {
			return err
		}
		return things.Put(tx, &thing{Meta: store.Meta{ID: "b"}, N: 100})
	})
	each := size(20, 100)
	var stop atomic.Bool
	read := make(chan int)
	go func() {
		n := 0
		for ; !stop.Load() || n < 3; n++ {
			err := st.Snapshot(t.Context(), func(r store.Reader) error {
				a, err := counters.Get(t.Context(), r, "a")
				if err != nil {
					return err
				}
				b, err := things.Get(t.Context(), r, "b")
				if err == nil && a.N+b.N != 200 {
					err = fmt.Errorf("sum %d", a.N+b.N)
				}
				return err
			})
			if err != nil {
				t.Error(err)
				break
			}
		}
		read <- n
	}()
	together(4, func(i int) {
		for range each {
			err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
				a, err := counters.Get(tx.Context(), tx, "a")
				if err != nil {
					return err
				}
				b, err := things.Get(tx.Context(), tx, "b")
				if err != nil {
					return err
				}
				a.N, b.N = a.N-int64(i+1), b.N+int64(i+1)
				if err := counters.Put(tx, a); err != nil {
					return err
				}
				return things.Put(tx, b)
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
	stop.Store(true)
	t.Logf("%d snapshots", <-read)
}

// load: documents are loaded as they are, found by every index, without
// history or feed.
func (s *suite) load(t *testing.T) {
	ctx := t.Context()
	st, e := s.fresh(t, store.Options{})
	at := time.UnixMilli(1_700_000_000_123).UTC()
	var docs []bson.Raw
	for i := range 1200 {
		raw, err := bson.Marshal(&thing{Meta: store.Meta{ID: fmt.Sprintf("%04d", i), Org: "henan", Rev: int64(i + 1), Schema: 1, CreatedAt: at, UpdatedAt: at},
			Code: fmt.Sprint(i), N: int64(i % 7), Tags: []string{"x"}})
		must(t, err)
		docs = append(docs, raw)
	}
	must(t, e.Load(ctx, "things", docs))
	got, err := things.One(ctx, st, store.Query{Index: "byCode", Equal: []any{"700"}})
	must(t, err)
	if got.ID != "0700" || got.Rev != 701 || !got.CreatedAt.Equal(at) {
		t.Errorf("loaded: %+v", got.Meta)
	}
	n, err := things.Count(ctx, st, store.Query{Index: "byTag", Equal: []any{"x"}}, 5000)
	must(t, err)
	h, err := store.History.Count(ctx, st, store.Query{Index: "byTime"}, 10)
	must(t, err)
	changes, err := st.Changes(ctx, start(t, st), 10)
	must(t, err)
	if n != 1200 || h != 0 || len(changes) != 0 {
		t.Errorf("%d documents, %d revisions, %d changes; want 1200, 0, 0", n, h, len(changes))
	}
	got.N = 100
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, got) })
	if got.Rev != 702 {
		t.Errorf("revision %d after a change, want 702", got.Rev)
	}
}

// twoProcesses: a second engine on the same database sees what the first
// writes, is woken by it, and shares revisions and unique keys with it.
func (s *suite) twoProcesses(t *testing.T) {
	if s.again == nil {
		t.Skip("the engine gives no second way into its database")
	}
	first, e := s.fresh(t, store.Options{})
	e2 := s.again(t, e)
	t.Cleanup(func() { must(t, e2.Close()) })
	second := openOn(t, e2, store.Options{}, counters, things, parts)
	head, err := second.Head(t.Context())
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	woken := make(chan error, 1)
	go func() { woken <- second.Wait(ctx, head) }()
	d := &thing{Code: "A"}
	update(t, first, func(tx *store.Tx) error { return things.Put(tx, d) })
	must(t, <-woken)
	got, err := second.Changes(ctx, head, 10)
	must(t, err)
	if len(got) != 1 || got[0].ID != d.ID {
		t.Errorf("changes %+v", got)
	}
	err = second.Update(ctx, tester, func(tx *store.Tx) error { return things.Put(tx, &thing{Code: "A"}) })
	wantDuplicate(t, err, "byCode")
	each := size(20, 100)
	update(t, first, func(tx *store.Tx) error { return counters.Put(tx, &counter{Meta: store.Meta{ID: "c"}}) })
	together(4, func(i int) {
		st := []*store.Store{first, second}[i%2]
		for range each {
			err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
				c, err := counters.Get(tx.Context(), tx, "c")
				if err != nil {
					return err
				}
				c.N++
				return counters.Put(tx, c)
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
	c, err := counters.Get(ctx, second, "c")
	must(t, err)
	if c.N != int64(4*each) {
		t.Errorf("count %d, want %d", c.N, 4*each)
	}
}
