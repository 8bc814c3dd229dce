package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// meter is a Marker that is set by hand.
type meter struct {
	mark   atomic.Uint64
	moving bool
}

func (m *meter) Mark() (uint64, bool) { return m.mark.Load(), !m.moving }

func TestMemoRemembersWhileNothingIsWritten(t *testing.T) {
	at := &meter{}
	m := &Memo[int]{marker: at, max: 8, byKey: make(map[string]remembered[int])}
	made := 0
	read := func(key string) int {
		t.Helper()
		v, err := m.Of(key, func() (int, error) { made++; return made, nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if a, b := read("x"), read("x"); a != 1 || b != 1 {
		t.Errorf("%d, then %d: read again though nothing was written", a, b)
	}
	if v, ok := m.Known("x"); !ok || v != 1 {
		t.Errorf("%d %v: not known", v, ok)
	}
	if _, ok := m.Known("other"); ok {
		t.Error("what was never made is known")
	}
	at.mark.Store(1)
	if _, ok := m.Known("x"); ok {
		t.Error("known though something was written")
	}
	if v := read("x"); v != 2 {
		t.Errorf("%d: not read again after a write", v)
	}
	at.moving = true
	if _, ok := m.Known("x"); ok {
		t.Error("known while somebody writes")
	}
	if a, b := read("x"), read("x"); a != 3 || b != 4 {
		t.Errorf("%d, then %d: remembered while somebody writes", a, b)
	}
	at.moving = false
	bad := errors.New("bad")
	for range 2 {
		if _, err := m.Of("y", func() (int, error) { made++; return 0, bad }); !errors.Is(err, bad) {
			t.Error(err)
		}
	}
	if made != 6 {
		t.Errorf("made %d times: an error was remembered", made)
	}
	for i := range 100 {
		read(fmt.Sprint(i))
	}
	if len(m.byKey) > 8 {
		t.Errorf("%d values are kept", len(m.byKey))
	}
	none := &Memo[int]{}
	for want := range 3 {
		if v, err := none.Of("x", func() (int, error) { return want, nil }); v != want || err != nil {
			t.Errorf("%d %v: remembered without a Marker", v, err)
		}
	}
}

func TestMemoReadsOnceForAllWhoAskBetweenTwoWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := &meter{}
		m := &Memo[int]{marker: at, max: 8, byKey: make(map[string]remembered[int])}
		var made atomic.Int64
		gate := make(chan struct{})
		var all sync.WaitGroup
		ask := func(want int) {
			for range 16 {
				all.Go(func() {
					v, err := m.Of("x", func() (int, error) {
						n := made.Add(1)
						<-gate
						return int(n), nil
					})
					if v != want || err != nil {
						t.Errorf("%d %v, not %d", v, err, want)
					}
				})
			}
			synctest.Wait()
		}
		ask(1)
		at.mark.Store(1) // written meanwhile: who asks now is not content with what began before
		ask(2)
		if n := made.Load(); n != 2 {
			t.Errorf("read %d times for two states", n)
		}
		close(gate)
		all.Wait()
	})
}

func TestMemoDoesNotGiveOneCallersFailureToAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &Memo[int]{marker: &meter{}, max: 8, byKey: make(map[string]remembered[int])}
		gone := errors.New("the caller has gone")
		gate := make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() {
			_, _ = m.Of("x", func() (int, error) { <-gate; return 0, gone })
		})
		synctest.Wait()
		all.Go(func() {
			if v, err := m.Of("x", func() (int, error) { return 7, nil }); v != 7 || err != nil {
				t.Errorf("%d %v: the failure of another", v, err)
			}
		})
		synctest.Wait()
		close(gate)
		all.Wait()
	})
}
