package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

const writers = 8

// together runs fn in n goroutines that start at once.
func together(n int, fn func(i int)) {
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-gate
			fn(i)
		})
	}
	close(gate)
	wg.Wait()
}

// increments: none of 8 × 1,000 concurrent increments is lost (8 × 250 on a
// slow engine).
func (s *suite) increments(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	each := s.slower(100, 250, 1000)
	update(t, st, func(tx *store.Tx) error { return counters.Put(tx, &counter{Meta: store.Meta{ID: "c"}}) })
	together(writers, func(int) {
		for range each {
			if err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
				c, err := counters.Get(tx.Context(), tx, "c")
				if err != nil {
					return err
				}
				c.N++
				return counters.Put(tx, c)
			}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	c, err := counters.Get(t.Context(), st, "c")
	must(t, err)
	if want := int64(writers * each); c.N != want || c.Rev != want+1 {
		t.Errorf("count %d at revision %d, want %d at %d", c.N, c.Rev, want, want+1)
	}
}

// oneWinner: of 8 writers who saw one revision, one may replace it.
func (s *suite) oneWinner(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	d := &thing{Name: name{ZH: "鼎"}}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, d) })
	for round := range size(5, 30) {
		seen, err := things.Get(t.Context(), st, d.ID)
		must(t, err)
		var won atomic.Int64
		together(writers, func(i int) {
			mine := *seen
			mine.N = int64(i + 1)
			err := st.Update(t.Context(), tester, func(tx *store.Tx) error { return things.Put(tx, &mine) })
			switch {
			case err == nil:
				if mine.Rev != seen.Rev+1 {
					t.Errorf("the winner's revision is %d, want %d", mine.Rev, seen.Rev+1)
				}
				won.Add(1)
			case !errors.Is(err, store.ErrConflict):
				t.Error(err)
			case mine.Rev != seen.Rev:
				t.Errorf("a loser's revision became %d", mine.Rev)
			}
		})
		if won.Load() != 1 {
			t.Fatalf("round %d: %d winners", round, won.Load())
		}
	}
	// The same for deleting.
	seen, err := things.Get(t.Context(), st, d.ID)
	must(t, err)
	var won atomic.Int64
	together(writers, func(int) {
		err := st.Update(t.Context(), tester, func(tx *store.Tx) error { return things.Delete(tx, d.ID, seen.Rev, "重复登记") })
		if err == nil {
			won.Add(1)
		} else if !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrConflict) {
			t.Error(err)
		}
	})
	if won.Load() != 1 {
		t.Errorf("%d writers deleted one document", won.Load())
	}
}

// uniqueWinner: a unique index lets one of 8 concurrent inserts through and
// names itself to the others.
func (s *suite) uniqueWinner(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	for round := range size(5, 30) {
		code := fmt.Sprintf("豫博-%03d", round)
		var won atomic.Int64
		together(writers, func(i int) {
			err := st.Update(t.Context(), tester, func(tx *store.Tx) error { return things.Put(tx, &thing{Code: code, N: int64(i)}) })
			if err == nil {
				won.Add(1)
			} else {
				wantDuplicate(t, err, "byCode")
			}
		})
		if won.Load() != 1 {
			t.Fatalf("round %d: %d winners", round, won.Load())
		}
	}
	n, err := things.Count(t.Context(), st, store.Query{Index: "byCode"}, 1000)
	must(t, err)
	if n != size(5, 30) {
		t.Errorf("%d documents, want %d", n, size(5, 30))
	}
}

func wantDuplicate(t *testing.T, err error, index string) {
	t.Helper()
	if !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("got %v, want ErrDuplicate", err)
	} else if text := fault.Of(err).Text(fault.English); !strings.Contains(text, index) {
		t.Errorf("the text %q does not name the index %s", text, index)
	}
}

// uniqueRules: what a unique index allows and refuses, one transaction after
// the other and within one.
func (s *suite) uniqueRules(t *testing.T) {
	st, _ := s.fresh(t, store.Options{RunTwice: true})
	put := func(d *thing) error {
		return st.Update(t.Context(), tester, func(tx *store.Tx) error { return things.Put(tx, d) })
	}
	a, b := &thing{Code: "A"}, &thing{Code: "B"}
	must(t, put(a))
	must(t, put(b))
	must(t, put(&thing{})) // absent: not in the index
	must(t, put(&thing{}))
	wantDuplicate(t, put(&thing{Code: "A"}), "byCode")
	b.Code = "A"
	wantDuplicate(t, put(b), "byCode")
	b.Code = "B"
	b.N = 7
	must(t, put(b)) // its own key is no obstacle
	// Two in one transaction.
	wantDuplicate(t, st.Update(t.Context(), tester, func(tx *store.Tx) error {
		if err := things.Put(tx, &thing{Code: "C"}); err != nil {
			return err
		}
		return things.Put(tx, &thing{Code: "C"})
	}), "byCode")
	// A key that the transaction itself has freed.
	update(t, st, func(tx *store.Tx) error {
		if err := things.Delete(tx, a.ID, a.Rev, "合并"); err != nil {
			return err
		}
		return things.Put(tx, &thing{Code: "A"})
	})
	if n, err := things.Count(t.Context(), st, store.Query{Index: "byCode", Equal: []any{"C"}}, 9); err != nil || n != 0 {
		t.Errorf("%d documents of a transaction that failed, %v", n, err)
	}
}

// guard: a rule over documents that are only read holds when both
// transactions guard one key.
func (s *suite) guard(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	for round := range size(10, 60) {
		ids := []string{fmt.Sprintf("%d-a", round), fmt.Sprintf("%d-b", round)}
		update(t, st, func(tx *store.Tx) error {
			for _, id := range ids {
				if err := counters.Put(tx, &counter{Meta: store.Meta{ID: id}, N: 1}); err != nil {
					return err
				}
			}
			return nil
		})
		// At least one keeper must stay on duty; each leaves if the other is there.
		together(2, func(i int) {
			err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
				for range 2 { // the second time does nothing more
					if err := tx.Guard(fmt.Sprintf("duty-%d", round)); err != nil {
						return err
					}
				}
				other, err := counters.Get(tx.Context(), tx, ids[1-i])
				if err != nil || other.N == 0 {
					return err
				}
				me, err := counters.Get(tx.Context(), tx, ids[i])
				if err != nil {
					return err
				}
				me.N = 0
				return counters.Put(tx, me)
			})
			if err != nil {
				t.Error(err)
			}
		})
		left, err := counters.GetMany(t.Context(), st, ids)
		must(t, err)
		if sum := left[0].N + left[1].N; sum != 1 {
			t.Fatalf("round %d: %d on duty, want 1", round, sum)
		}
	}
}

// classes: bulk and interactive transactions both get through.
func (s *suite) classes(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	each := size(10, 50)
	together(writers, func(i int) {
		for range each {
			var opts []store.UpdateOption
			if i%2 == 0 {
				opts = append(opts, store.AsBulk)
			}
			if err := st.Update(context.WithoutCancel(t.Context()), tester, func(tx *store.Tx) error {
				return things.Put(tx, &thing{N: int64(i)})
			}, opts...); err != nil {
				t.Error(err)
				return
			}
		}
	})
	n, err := things.Count(t.Context(), st, store.Query{Index: "byN"}, 10000)
	must(t, err)
	if n != writers*each {
		t.Errorf("%d documents, want %d", n, writers*each)
	}
}
