package sensors

import (
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

func TestOneThingHasOneOpenAlarm(t *testing.T) {
	w := newAlarmWorld(t)
	w.relics["r1"] = "grade-2"
	first := w.raise("aa01", "r1")
	if first.State != Raised || first.Severity != 2 || first.Certainty != Probable || first.Samples != 1 || first.Duty != "dispatcher" {
		t.Fatalf("raised as %+v", first)
	}
	if len(first.Steps) != 1 || first.Steps[0].Action != "raise" || first.EscalateAt == nil || !first.AnswerBy.Equal(*first.EscalateAt) {
		t.Fatalf("first step %+v, escalation %v", first.Steps, first.EscalateAt)
	}
	w.pass(time.Second)
	second := w.raise("aa01", "r1")
	if second.ID != first.ID || second.Samples != 2 || second.Certainty != Certain || !second.LastAt.Equal(w.now()) {
		t.Fatalf("extended to %+v", second)
	}
	w.pass(time.Second) // too soon to count
	if rev := w.raise("aa01", "r1").Rev; rev != second.Rev {
		t.Fatalf("revision %d after %d: a tag beside a portal fills the history", rev, second.Rev)
	}
	w.pass(countEvery)
	if third := w.raise("aa01", "r1"); third.Samples != 3 {
		t.Fatalf("samples %d, want 3", third.Samples)
	}
	if other := w.raise("aa02", "r1"); other.ID == first.ID {
		t.Fatal("another tag belongs to the same alarm")
	}
	if n := w.alarms(); n != 2 {
		t.Fatalf("%d alarms, want 2", n)
	}
}

func TestALateSampleMovesTheBeginning(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "")
	early := w.now().Add(-time.Minute)
	w.raiseAs(Alarm{Kind: UnlawfulExit, TagID: "aa01", OccurredAt: early})
	if got := w.stored(a.ID); !got.OccurredAt.Equal(early) || !got.LastAt.Equal(w.now()) {
		t.Fatalf("from %v to %v", got.OccurredAt, got.LastAt)
	}
}

func TestWhatClearsByItselfIsResolvedUnlessJudged(t *testing.T) {
	w := newAlarmWorld(t)
	down := Alarm{Kind: DeviceDown, DeviceID: "reader-1", Affected: 3}
	a := w.raiseAs(down)
	w.in(func(tx *store.Tx) error { return w.s.clearIn(tx, OpenKey(DeviceDown, "reader-1"), "恢复") })
	got := w.stored(a.ID)
	if got.State != Resolved || got.OpenKey != "" || got.EscalateAt != nil || got.Steps[len(got.Steps)-1].Action != "resolve" {
		t.Fatalf("cleared to %+v", got)
	}
	w.in(func(tx *store.Tx) error { return w.s.clearIn(tx, OpenKey(DeviceDown, "reader-1"), "恢复") })
	if again := w.stored(a.ID); again.Rev != got.Rev {
		t.Fatal("a resolved alarm was cleared again")
	}
	if next := w.raiseAs(down); next.ID == a.ID {
		t.Fatal("a resolved alarm was opened again")
	}
}

func TestSeverityFollowsGradeRiskAndEvent(t *testing.T) {
	w := newAlarmWorld(t)
	w.in(func(tx *store.Tx) error {
		for id, risk := range map[string]RiskLevel{"z1": 1, "z2": 2, "z3": 3, "z0": 0} {
			z := &Zone{Fields: ZoneFields{Risk: risk, Simulated: id == "z2"}}
			z.ID, z.Org = id, "demo-museum"
			if err := zoneDocs.Put(tx, z); err != nil {
				return err
			}
		}
		return nil
	})
	w.relics["one"], w.relics["two"], w.relics["three"], w.relics["general"] = "grade-1", "grade-2", "grade-3", "general"
	w.relics["ungraded"], w.relics["blank"] = "ungraded", ""
	for _, c := range []struct {
		a    Alarm
		want Severity
	}{
		{Alarm{Kind: UnlawfulExit, RelicID: "one"}, 1},
		{Alarm{Kind: UnlawfulExit, RelicID: "ungraded"}, 1},
		{Alarm{Kind: UnlawfulExit, RelicID: "blank"}, 1},
		{Alarm{Kind: UnlawfulExit, RelicID: "gone"}, 1},
		{Alarm{Kind: UnlawfulExit, RelicID: "two"}, 2},
		{Alarm{Kind: UnlawfulExit, RelicID: "two", ZoneID: "z1"}, 1},
		{Alarm{Kind: UnlawfulExit, RelicID: "general", FromZoneID: "z2"}, 2},
		{Alarm{Kind: UnlawfulExit, RelicID: "general"}, 3},
		{Alarm{Kind: UnlawfulMove, RelicID: "general", ZoneID: "z0"}, 4},
		{Alarm{Kind: TagSilent, RelicID: "one"}, 2},
		{Alarm{Kind: LowBattery, RelicID: "one"}, 3},
		{Alarm{Kind: Overdue, RelicID: "three", MovementID: "m"}, 4},
		{Alarm{Kind: UnlawfulExit}, 3},
	} {
		c.a.TagID, c.a.Org, c.a.OccurredAt = "aa01", "demo-museum", w.now()
		w.in(func(tx *store.Tx) error {
			got, err := w.s.severityIn(tx, &c.a, alarm.Least)
			if got != c.want {
				t.Errorf("%s of relic %q in zone %q is %d, want %d", c.a.Kind, c.a.RelicID, c.a.ZoneID+c.a.FromZoneID, got, c.want)
			}
			return err
		})
		if c.a.Simulated != (c.a.FromZoneID == "z2") {
			t.Errorf("simulated is %v in zone %q", c.a.Simulated, c.a.FromZoneID)
		}
	}
}
