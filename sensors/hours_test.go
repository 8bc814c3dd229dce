package sensors

import (
	"fmt"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// hoursRule lets nobody be in a zone but from 09:00 to 17:00; the world begins at 10:00 in Shanghai.
func hoursRule(change ...func(*RuleFields)) *Rule {
	r := &Rule{Meta: store.Meta{ID: "rule-1", Org: "demo-area"}, Fields: RuleFields{Name: heritage.Text{ZH: "闭馆清场"}, ZoneID: "hall", Rule: alarm.Rule{
		Kind: alarm.Hours, Hours: []alarm.Span{{From: "09:00", To: "17:00"}}, Severity: 2, Source: alarm.Source{Text: "演示依据", EN: "Made up"}}}}
	for _, fn := range change {
		fn(&r.Fields)
	}
	return r
}

// presenceWorld has an instrument that knows whether somebody is there, and a gate.
func presenceWorld(w *ingestWorld) *ingestWorld {
	w.ground("hall")
	w.ground("yard")
	w.device("eye", Instrument, "hall", func(f *DeviceFields) {
		f.Channels = []Channel{{Name: "there", Quantity: alarm.Presence, Unit: "1", Max: 100}}
	})
	w.device("turnstile", Gate, "yard")
	return w
}

// there lets time pass for each number and says how many are present.
func (w *ingestWorld) there(every time.Duration, numbers ...float64) {
	w.Helper()
	for _, n := range numbers {
		w.pass(every)
		w.stores(w.says("eye", ReadingKind, w.measured(0, 7, "there", n, "1")))
	}
}

// look lets the watch look once a minute for so long.
func (w *ingestWorld) look(long time.Duration) {
	w.Helper()
	for ; long > 0; long -= time.Minute {
		w.pass(min(long, time.Minute))
		w.must(w.st.Update(w.Context(), ingest, func(tx *store.Tx) error { return w.s.climateDueIn(tx, tx.Now(), time.Time{}) }))
	}
}

func TestWhoIsThereOutsideTheHoursIsAnAlarm(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { outsideTheHours(t, presenceWorld(newIngestWorld(t))) })
	t.Run("mongodb", func(t *testing.T) { outsideTheHours(t, presenceWorld(newMongoWorld(t))) })
}

func outsideTheHours(t *testing.T, w *ingestWorld) {
	put(w, ruleDocs, hoursRule())
	w.there(6*time.Hour, 3) // 16:00
	if w.openClimate() != nil {
		t.Fatal("visitors within the hours are an alarm")
	}
	w.look(59 * time.Minute)
	if w.openClimate() != nil {
		t.Fatal("an alarm before the end of the hours")
	}
	w.look(2 * time.Minute)
	a := w.openClimate()
	if a == nil || a.Severity != 2 || a.ZoneID != "hall" || a.OccurredAt.Format("15:04:05") != "09:00:00" || a.Measure.Kind != alarm.Hours || a.Measure.Value != 3 {
		t.Fatalf("who has stayed is no alarm: %+v", a)
	}
	if a.Ground.ZH == "" || a.Ground.EN[len(a.Ground.EN)-len("Source: Made up"):] != "Source: Made up" {
		t.Errorf("the ground is %q", a.Ground)
	}
	w.there(time.Minute, 0)
	if w.openClimate() != nil {
		t.Error("nobody is there any more, and the alarm is open")
	}
	w.there(3*time.Hour, 1)
	if w.openClimate() == nil {
		t.Error("somebody came at night, and nobody is told")
	}
	w.look(13 * time.Hour)
	if a := w.openClimate(); a != nil {
		t.Errorf("the hours have begun, and the alarm is open: %+v", a)
	}
	if n := len(w.alarms()); n != 2 {
		t.Errorf("%d alarms, want 2", n)
	}
}

func TestWhoPassesAGateOutsideTheHoursIsAnAlarm(t *testing.T) {
	w := presenceWorld(newIngestWorld(t))
	put(w, ruleDocs, hoursRule(func(f *RuleFields) { f.ZoneID = "yard" }))
	count := func(in, out int) {
		t.Helper()
		w.stores(w.says("turnstile", CountKind, w.counted(0, 7, in, out)))
	}
	w.pass(time.Hour)
	count(5, 2)
	w.pass(time.Minute)
	count(0, 0)
	w.pass(8 * time.Hour)
	count(0, 0)
	if w.openClimate() != nil {
		t.Fatal("a gate that nobody passes is an alarm")
	}
	w.pass(time.Minute)
	count(1, 1)
	if a := w.openClimate(); a == nil || a.DeviceID != "turnstile" || a.Measure.Value != 2 {
		t.Fatalf("the alarm is %+v", a)
	}
	w.pass(time.Minute)
	count(0, 0)
	if w.openClimate() != nil {
		t.Error("nobody passes any more, and the alarm is open")
	}
}

func TestARuleOfHoursIsTriedOnWhatWasCountedAndMeasured(t *testing.T) {
	w := presenceWorld(newIngestWorld(t))
	start := w.now()
	w.there(6*time.Hour, 3)
	w.there(4*time.Hour, 0) // 20:00
	w.stores(w.says("turnstile", CountKind, w.counted(0, 7, 1, 0)))
	w.pass(time.Minute)
	w.stores(w.says("turnstile", CountKind, w.counted(0, 8, 0, 0)))
	by := actor.SystemPart("test")
	for device, want := range map[DeviceID]string{"eye": "09:00 to 12:00", "turnstile": "12:00 to 12:01"} {
		got, err := w.s.DryRun(t.Context(), by, device, hoursRule().Fields.Rule, start, w.now().Add(time.Hour))
		w.must(err)
		if len(got.Episodes) != 1 || got.Episodes[0].EndedAt == nil {
			t.Fatalf("%s: the trial says %+v", device, got)
		}
		if e := got.Episodes[0]; fmt.Sprintf("%s to %s", e.Since.Format("15:04"), e.EndedAt.Format("15:04")) != want {
			t.Errorf("%s: out from %v to %v, want %s", device, e.Since, e.EndedAt, want)
		}
	}
}
