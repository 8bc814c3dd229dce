package heritage_test

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// TestAHiddenMuseumIsNamedToThoseOnlyWhoMayReadIt: whoever knows an id learns no
// draft name by it.
func TestAHiddenMuseumIsNamedToThoseOnlyWhoMayReadIt(t *testing.T) {
	w := newWorld(t)
	m := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("未公开馆")})
	label := func(by actor.Actor) string {
		return w.Labels(by).Label(t.Context(), "museum", m.ID, fault.Chinese)
	}
	for who, c := range map[string]struct {
		by   actor.Actor
		want string
	}{"a tourist": {tourist, m.ID}, "another museum": {stranger, m.ID}, "its registrar": {registrar, "未公开馆"}, "the auditor": {auditor, "未公开馆"}} {
		if got := label(c.by); got != c.want {
			t.Errorf("%s: %q, want %q", who, got, c.want)
		}
	}
	publish(w, w.Museums, m.ID)
	f := m.Fields
	f.Name = name("未公开的新名")
	_, err := w.Museums.Change(t.Context(), registrar, m.ID, 0, f, "")
	must(t, err)
	for _, by := range []actor.Actor{tourist, stranger, registrar} {
		if got := label(by); got != "未公开馆" {
			t.Errorf("a published museum is called %q", got)
		}
	}
	_, err = w.Museums.Withdraw(t.Context(), reviewer, m.ID, 0, "整改")
	must(t, err)
	if got := label(tourist); got != m.ID {
		t.Errorf("a withdrawn museum is called %q", got)
	}
}
