package sensors

import (
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// device registers a device with a state that is due.
func (w *alarmWorld) device(id DeviceID, f DeviceFields) *DeviceState {
	w.Helper()
	due := w.now()
	d, st := &Device{Fields: f}, &DeviceState{DueAt: &due}
	d.ID, d.Org, st.ID, st.Org = string(id), "demo-museum", string(id), "demo-museum"
	w.in(func(tx *store.Tx) error {
		if err := deviceDocs.Put(tx, d); err != nil {
			return err
		}
		return deviceStates.Put(tx, st)
	})
	return st
}

// silent is what the watch does when the device is due.
func (w *alarmWorld) silent(id DeviceID) *DeviceState {
	w.Helper()
	var st *DeviceState
	w.in(func(tx *store.Tx) (err error) {
		if st, err = deviceStates.Get(tx.Context(), tx, string(id)); err != nil {
			return err
		}
		return w.s.deviceDueIn(tx, st)
	})
	return st
}

func (w *alarmWorld) escalate() {
	w.Helper()
	w.in(func(tx *store.Tx) error { return w.s.escalateIn(tx, tx.Now()) })
}

func (w *alarmWorld) overdue() {
	w.Helper()
	w.in(func(tx *store.Tx) error { return w.s.overdueIn(tx, tx.Now()) })
}

func TestAReaderThatIsDownIsOneAlarmForAllItsTags(t *testing.T) {
	w := newAlarmWorld(t)
	w.device("reader-1", DeviceFields{Kind: Reader, SilentAfterS: 120, Simulated: true})
	w.relics["r2"] = "grade-2"
	w.in(func(tx *store.Tx) error {
		for _, id := range []string{"aa01", "aa02", "aa03"} {
			st := &TagState{LastDevice: "reader-1"}
			st.ID, st.Org = id, "demo-museum"
			if id == "aa02" {
				st.RelicID = "r2"
			}
			if err := tagStates.Put(tx, st); err != nil {
				return err
			}
		}
		return nil
	})
	st := w.silent("reader-1")
	if !st.Down || st.DueAt != nil {
		t.Fatalf("state %+v", st)
	}
	page, err := alarmDocs.Find(t.Context(), w.st, store.Query{Index: "byOrg", Equal: []any{"demo-museum"}})
	w.must(err)
	if len(page.Items) != 1 {
		t.Fatalf("%d alarms, want 1", len(page.Items))
	}
	a := page.Items[0]
	if a.Kind != DeviceDown || a.Affected != 3 || a.Certainty != Certain || !a.Simulated || a.Severity != 3 || !strings.Contains(a.Ground.ZH, "3 个") {
		t.Fatalf("alarm %+v: one lower than the grade 二级 of what hangs on it is 3", a)
	}
	w.silent("reader-1")
	if n := w.alarms(); n != 1 {
		t.Fatalf("%d alarms after it was due again", n)
	}
	w.in(func(tx *store.Tx) error { return w.s.deviceHeardIn(tx, "reader-1") })
	if got := w.stored(a.ID); got.State != Resolved || got.Open {
		t.Fatalf("heard again, the alarm is %s", got.State)
	}
}

func TestWhatIsBeingWorkedOnRaisesNothing(t *testing.T) {
	w := newAlarmWorld(t)
	w.device("reader-1", DeviceFields{Kind: Reader, SilentAfterS: 60, Maintenance: true})
	if st := w.silent("reader-1"); !st.Down || st.DueAt == nil || !st.DueAt.Equal(w.now().Add(time.Minute)) {
		t.Fatalf("in maintenance: %+v; it must be asked again, or the end of the maintenance goes unnoticed", st)
	}
	w.device("reader-2", DeviceFields{Kind: Reader, SilentAfterS: 60, Retired: true})
	if st := w.silent("reader-2"); st.Down || st.DueAt != nil {
		t.Fatalf("retired: %+v", st)
	}
	if n := w.alarms(); n != 0 {
		t.Fatalf("%d alarms", n)
	}
	w.in(func(tx *store.Tx) error {
		d, err := deviceDocs.Get(tx.Context(), tx, "reader-1")
		if err != nil {
			return err
		}
		d.Fields.Maintenance = false
		return deviceDocs.Put(tx, d)
	})
	w.silent("reader-1")
	if n := w.alarms(); n != 1 {
		t.Fatalf("%d alarms after the maintenance, want 1", n)
	}
}

func TestAPortalThatIsDownLeavesTheWayOutUnwatched(t *testing.T) {
	w := newAlarmWorld(t)
	w.device("portal-1", DeviceFields{Kind: Portal, SilentAfterS: 60})
	w.silent("portal-1")
	page, err := alarmDocs.Find(t.Context(), w.st, store.Query{Index: "byOrg", Equal: []any{"demo-museum"}})
	w.must(err)
	if len(page.Items) != 1 || page.Items[0].Severity != 3 {
		t.Fatalf("alarms %+v", page.Items)
	}
}

func TestWhoDoesNotAnswerIsPassedBy(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "unknown") // severity 1: dispatcher 3 min, approver 5, admin 15
	w.pass(3*time.Minute - time.Second)
	w.escalate()
	if got := w.stored(a.ID); got.Escalation != 0 {
		t.Fatal("escalated before its time")
	}
	want := []struct {
		after time.Duration
		duty  actor.Role
		last  bool
	}{{time.Second, actor.Approver, false}, {5 * time.Minute, actor.Admin, true}}
	for i, step := range want {
		w.pass(step.after)
		w.escalate()
		got := w.stored(a.ID)
		if got.Escalation != i+1 || got.Duty != string(step.duty) || (got.EscalateAt == nil) != step.last {
			t.Fatalf("step %d: %+v", i+1, got)
		}
		if last := got.Steps[len(got.Steps)-1]; last.Action != StepEscalate || last.By != raiser {
			t.Fatalf("step %d is not written down: %+v", i+1, got.Steps)
		}
	}
	w.pass(24 * time.Hour)
	w.escalate()
	if got := w.stored(a.ID); got.Escalation != 2 || !got.Open {
		t.Fatalf("after the last step: %+v", got)
	}
}

func TestAPolicyThatWasShortenedEndsTheEscalation(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "unknown")
	p := defaultPolicy("demo-museum")
	p.Rules[0].Steps = p.Rules[0].Steps[:1]
	w.in(func(tx *store.Tx) error { return alarmPolicies.Put(tx, p) })
	w.pass(time.Hour)
	w.escalate()
	if got := w.stored(a.ID); got.Escalation != 0 || got.EscalateAt != nil || !got.Open {
		t.Fatalf("%+v", got)
	}
}

func TestAnOrderThatIsOverdueRaisesOnceAndIsClearedByTheReturn(t *testing.T) {
	w := newAlarmWorld(t)
	back := w.now()
	o := &heritage.Movement{Number: "提用-2026-0001", DueBack: w.now().Add(time.Hour), State: heritage.Out, Simulated: true, Items: []heritage.MovementItem{
		{RelicID: "r1", Weight: "general"}, {RelicID: "r2", Weight: "grade-2"}, {RelicID: "r3", Weight: "grade-1", BackAt: &back}}}
	o.ID, o.Org = "m1", "demo-museum"
	w.loans["m1"] = o
	w.relics["r2"] = "grade-2"
	w.overdue()
	if n := w.alarms(); n != 0 {
		t.Fatalf("%d alarms before the day of return", n)
	}
	w.pass(time.Hour + time.Minute)
	w.overdue()
	page, err := alarmDocs.Find(t.Context(), w.st, store.Query{Index: "byOrg", Equal: []any{"demo-museum"}})
	w.must(err)
	if len(page.Items) != 1 {
		t.Fatalf("%d alarms, want 1", len(page.Items))
	}
	a := page.Items[0]
	if a.Kind != Overdue || a.MovementID != "m1" || a.RelicID != "r2" || a.Severity != 3 || a.Affected != 2 || !a.OccurredAt.Equal(o.DueBack) || !a.Simulated {
		t.Fatalf("alarm %+v", a)
	}
	w.pass(2 * time.Minute)
	w.overdue()
	if got := w.stored(a.ID); got.Rev != a.Rev {
		t.Fatal("raised again")
	}
	o.State = heritage.Returned
	w.pass(time.Second)
	w.overdue()
	if got := w.stored(a.ID); got.State == Resolved {
		t.Fatal("orders are asked for more often than once a minute")
	}
	w.pass(time.Minute)
	w.overdue()
	if got := w.stored(a.ID); got.State != Resolved || got.Open {
		t.Fatalf("returned, the alarm is %s", got.State)
	}
}
