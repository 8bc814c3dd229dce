package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijianyou/internal/store"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// leases: one holder at a time, until its time is over or it gives it back.
func (s *suite) leases(t *testing.T) {
	ctx := t.Context()
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now, RunTwice: true})
	a, err := st.Lease(ctx, "retention", "a", time.Minute)
	must(t, err)
	if _, err := st.Lease(ctx, "retention", "b", time.Minute); !errors.Is(err, store.ErrLeaseHeld) {
		t.Errorf("a held lease: %v", err)
	}
	if _, err := st.Lease(ctx, "another", "b", time.Minute); err != nil {
		t.Errorf("another lease: %v", err)
	}
	clk.pass(50 * time.Second)
	must(t, a.Renew(ctx))
	clk.pass(50 * time.Second)
	if _, err := st.Lease(ctx, "retention", "b", time.Minute); !errors.Is(err, store.ErrLeaseHeld) {
		t.Errorf("a renewed lease: %v", err)
	}
	clk.pass(11 * time.Second)
	must(t, a.Renew(ctx)) // late, but nobody took it
	clk.pass(61 * time.Second)
	b, err := st.Lease(ctx, "retention", "b", time.Minute)
	must(t, err)
	if b.Fence <= a.Fence {
		t.Errorf("fence %d after %d", b.Fence, a.Fence)
	}
	if err := a.Renew(ctx); !errors.Is(err, store.ErrLeaseLost) {
		t.Errorf("renewing a lease that was taken over: %v", err)
	}
	must(t, a.Release(ctx))
	if _, err := st.Lease(ctx, "retention", "c", time.Minute); !errors.Is(err, store.ErrLeaseHeld) {
		t.Errorf("after the release by one who had lost it: %v", err)
	}
	must(t, b.Release(ctx))
	if _, err := st.Lease(ctx, "retention", "c", time.Minute); err != nil {
		t.Errorf("a lease given back: %v", err)
	}
	var held atomic.Int64
	together(writers, func(i int) {
		_, err := st.Lease(ctx, "race", string(rune('a'+i)), time.Minute)
		if err == nil {
			held.Add(1)
		} else if !errors.Is(err, store.ErrLeaseHeld) {
			t.Error(err)
		}
	})
	if held.Load() != 1 {
		t.Errorf("%d hold one lease", held.Load())
	}
}

// leaseFence: a writer whose lease was taken over writes nothing, not even
// when the taking happens at the same moment.
func (s *suite) leaseFence(t *testing.T) {
	ctx := t.Context()
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now})
	a, err := st.Lease(ctx, "plan", "a", time.Minute)
	must(t, err)
	write := func(l *store.Lease, id string) error {
		return st.Update(ctx, tester, func(tx *store.Tx) error {
			if err := tx.Fence(l); err != nil {
				return err
			}
			return counters.Put(tx, &counter{Meta: store.Meta{ID: id}, N: l.Fence})
		})
	}
	must(t, write(a, "1"))
	clk.pass(2 * time.Minute)
	b, err := st.Lease(ctx, "plan", "b", time.Minute)
	must(t, err)
	if err := write(a, "2"); !errors.Is(err, store.ErrLeaseLost) {
		t.Errorf("the former holder writes: %v", err)
	}
	must(t, write(b, "2"))
	if c, err := counters.Get(ctx, st, "2"); err != nil || c.N != b.Fence {
		t.Errorf("written by fence %+v, %v", c, err)
	}
	// The writer stamps the fence on one document; whoever takes over reads it
	// in the transaction that takes. After that no older fence may appear.
	for round := range size(5, 25) {
		name := "race" + string(rune('a'+round))
		old, err := st.Lease(ctx, name, "old", time.Minute)
		must(t, err)
		clk.pass(2 * time.Minute)
		var takenFirst atomic.Bool
		together(2, func(i int) {
			if i == 0 {
				if _, err := st.Lease(ctx, name, "new", time.Hour); err != nil {
					t.Error(err)
				}
				takenFirst.Store(true)
				return
			}
			before := takenFirst.Load()
			if err := write(old, name); err == nil && before {
				t.Error("a write began after the taking and went through")
			} else if err != nil && !errors.Is(err, store.ErrLeaseLost) {
				t.Error(err)
			}
		})
		if err := write(old, name+"-after"); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("after the taking: %v", err)
		}
	}
}
