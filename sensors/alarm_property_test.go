package sensors

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// TestNoSequenceOfStepsLosesAnAlarmOrReopensOne draws what devices, people and the
// clock do to the alarms of two tags and a device, in any order.
func TestNoSequenceOfStepsLosesAnAlarmOrReopensOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newAlarmWorld(t)
		w.relics["two"] = "grade-2"
		ended := map[string]int64{} // revision at which an alarm was resolved
		known := 0
		about := []Alarm{{Kind: UnlawfulExit, TagID: "aa01", RelicID: "two"}, {Kind: UnlawfulExit, TagID: "aa02"}, {Kind: DeviceDown, DeviceID: "reader-1"}}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			w.pass(time.Duration(rapid.IntRange(0, 400).Draw(rt, "seconds")) * time.Second)
			switch rapid.IntRange(0, 3).Draw(rt, "who") {
			case 0: // a sample, now or late
				a := rapid.SampledFrom(about).Draw(rt, "about")
				a.OccurredAt = w.now().Add(-time.Duration(rapid.IntRange(0, 600).Draw(rt, "late")) * time.Second)
				got := w.stored(w.raiseAs(a).ID)
				if !got.Open || got.OccurredAt.After(a.OccurredAt) || a.OccurredAt.Sub(got.LastAt) >= countEvery || got.Kind != a.Kind || got.subject() != a.subject() {
					rt.Fatalf("a sample of %s at %v is in no open alarm but in %+v", a.subject(), a.OccurredAt, got)
				}
			case 1: // the cause is gone
				a := rapid.SampledFrom(about).Draw(rt, "clears")
				w.in(func(tx *store.Tx) error { return w.s.clearIn(tx, OpenKey(a.Kind, a.subject()), "恢复") })
			case 2:
				w.escalate()
			case 3: // a person does something with one of them, allowed or not
				page := w.all()
				if len(page) == 0 {
					continue
				}
				a := rapid.SampledFrom(page).Draw(rt, "alarm")
				by := rapid.SampledFrom([]actor.Actor{zhang, li, foreign}).Draw(rt, "by")
				step := rapid.SampledFrom([]AlarmAction{StepAcknowledge, StepVerify, StepResolve, StepNote}).Draw(rt, "step")
				if _, err := w.take(by, a.ID, step); err == nil && by.ID == foreign.ID {
					rt.Fatal("somebody of another museum took a step")
				}
			}
			page := w.all()
			if len(page) < known {
				rt.Fatalf("%d alarms after %d", len(page), known)
			}
			known = len(page)
			open := map[string]bool{}
			for _, a := range page {
				w.sound(rt, a)
				if a.OpenKey != "" {
					if open[a.OpenKey] {
						rt.Fatalf("two open alarms of %s", a.OpenKey)
					}
					open[a.OpenKey] = true
				}
				if rev, ok := ended[a.ID]; ok && a.Rev != rev {
					rt.Fatalf("a resolved alarm changed: %+v", a)
				}
				if a.State == Resolved {
					ended[a.ID] = a.Rev
				}
			}
		}
	})
}

// sound fails unless the parts of a say the same.
func (w *alarmWorld) sound(rt *rapid.T, a *Alarm) {
	verified := a.verifier() != ""
	switch {
	case a.Open != (a.State != Resolved),
		a.OpenKey != "" && a.State == Resolved,
		a.Steps[0].Action != StepRaise,
		(a.Verdict != "") != verified,
		a.State == Verified && !verified,
		a.EscalateAt != nil && (a.State == Verified || a.State == Resolved),
		a.State == Resolved && a.Steps[len(a.Steps)-1].Action != StepResolve,
		a.LastAt.Before(a.OccurredAt),
		a.StepRev > a.Rev:
		rt.Fatalf("unsound: %+v", a)
	}
	if a.State == Resolved && a.Severity == 1 && verified && a.Steps[len(a.Steps)-1].By.ID == a.verifier() {
		rt.Fatalf("two eyes only: %+v", a.Steps)
	}
}

// all returns the alarms of the demo museum, oldest first.
func (w *alarmWorld) all() []*Alarm {
	page, err := alarmDocs.Find(w.Context(), w.st, store.Query{Index: "byOrg", Equal: []any{"demo-museum"}, Limit: 1000})
	w.must(err)
	return page.Items
}
