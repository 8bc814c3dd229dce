package store

import (
	"errors"
	"fmt"
	"testing"
)

// meter is a Marker that is set by hand.
type meter struct {
	mark   uint64
	moving bool
}

func (m *meter) Mark() (uint64, bool) { return m.mark, !m.moving }

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
	at.mark = 1
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
