package sensors

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// climateWorld is a world with two instruments in one room and one in another.
func climateWorld(t *testing.T) *ingestWorld { return climateWorldIn(newIngestWorld(t)) }

func climateWorldIn(w *ingestWorld) *ingestWorld {
	w.ground("hall")
	w.ground("yard")
	w.device("a", Instrument, "hall")
	w.device("b", Instrument, "hall")
	w.device("c", Instrument, "yard")
	return w
}

func humidRule(change ...func(*RuleFields)) *Rule {
	high := 60.0
	r := &Rule{Meta: store.Meta{ID: "rule-1", Org: "demo-area"}, Fields: RuleFields{Name: heritage.Text{ZH: "湿度上限"}, ZoneID: "hall", Rule: alarm.Rule{
		Kind: alarm.Limit, Quantity: alarm.Humidity, Unit: "%", High: &high, Hysteresis: 2, HoldS: 1200, ClearS: 600, Severity: 2,
		Source: alarm.Source{Text: "演示依据"}}}}
	for _, fn := range change {
		fn(&r.Fields)
	}
	return r
}

// humid lets a minute pass for each value and stores it.
func (w *ingestWorld) humid(device string, every time.Duration, values ...float64) {
	w.Helper()
	for _, v := range values {
		w.pass(every)
		w.stores(w.says(device, ReadingKind, w.measured(0, 7, "rh", v, "%")))
	}
}

func (w *ingestWorld) alarms() (list []*Alarm) {
	w.Helper()
	w.must(alarmDocs.Each(w.Context(), w.st, store.Query{}, func(a *Alarm) error {
		list = append(list, a)
		return nil
	}))
	return list
}

// open returns the open alarm; nil for none.
func (w *ingestWorld) openClimate() *Alarm {
	w.Helper()
	var open *Alarm
	for _, a := range w.alarms() {
		if a.Open {
			if open != nil {
				w.Fatal("two alarms are open")
			}
			open = a
		}
	}
	return open
}

const tenMinutes = 10 * time.Minute

func TestARuleRaisesAfterItsHoldAndClearsAfterItsTime(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { raisesAndClears(t, climateWorld(t)) })
	t.Run("mongodb", func(t *testing.T) { raisesAndClears(t, climateWorldIn(newMongoWorld(t))) })
}

func raisesAndClears(t *testing.T, w *ingestWorld) {
	put(w, ruleDocs, humidRule())
	w.humid("a", tenMinutes, 55, 66)
	since := w.now()
	w.humid("a", tenMinutes, 66)
	if w.openClimate() != nil {
		t.Fatal("an alarm before the hold has passed")
	}
	w.humid("a", tenMinutes, 67)
	a := w.openClimate()
	if a == nil || a.Kind != Climate || a.State != Raised || a.Severity != 2 || a.ZoneID != "hall" || a.DeviceID != "a" || !a.OccurredAt.Equal(since) || a.Duty == "" {
		t.Fatalf("the alarm is %+v", a)
	}
	if m := a.Measure; m == nil || m.Value != 67 || m.Bound != 60 || !m.Above || m.Unit != "%" || m.Quantity != alarm.Humidity {
		t.Errorf("it measures %+v", m)
	}
	w.humid("a", tenMinutes, 72, 59, 57)
	if w.openClimate() == nil {
		t.Fatal("cleared before its time")
	}
	w.humid("a", tenMinutes, 57)
	list := w.alarms()
	if len(list) != 1 || list[0].State != Resolved {
		t.Fatalf("alarms are %+v", list)
	}
	last := list[0].Steps[len(list[0].Steps)-1]
	if last.Action != StepResolve || last.Note == "" {
		t.Errorf("the last step is %+v", last)
	}
}

func TestInstrumentsOfOneRoomAreOneAlarm(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.HoldS, f.Rule.ClearS = 0, 0 }))
	w.humid("a", time.Minute, 66)
	w.humid("b", time.Minute, 67)
	w.humid("c", time.Minute, 90) // of another room
	if a := w.openClimate(); a == nil || len(a.Members) != 2 || a.Affected != 2 {
		t.Fatalf("the alarm is %+v", a)
	}
	w.humid("a", time.Minute, 50)
	if a := w.openClimate(); a == nil || len(a.Members) != 1 || a.Members[0].Name != "b" {
		t.Fatalf("after one is well the alarm is %+v", a)
	}
	w.humid("b", time.Minute, 50)
	if a := w.openClimate(); a != nil {
		t.Errorf("after both are well the alarm is %+v", a)
	}
	if n := len(w.alarms()); n != 1 {
		t.Errorf("%d alarms", n)
	}
}

func TestAStateIsWrittenSeldomAndAnotherNodeGoesOnFromIt(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule())
	w.humid("a", 20*time.Second, slices.Repeat([]float64{66}, 30)...)
	st, err := climateStates.Get(t.Context(), w.st, "a")
	w.must(err)
	if st.Rev > 4 {
		t.Errorf("the state was written %d times for 30 samples of ten minutes", st.Rev)
	}
	w.serve()
	w.s.track = w.track
	w.humid("a", 20*time.Second, slices.Repeat([]float64{66}, 31)...)
	if a := w.openClimate(); a == nil {
		t.Error("the second node did not raise it")
	}
}

func TestALateReadingTakesBackAnAlarm(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.GapS = 7200 }))
	w.humid("a", 20*time.Minute, 66, 66)
	if w.openClimate() == nil {
		t.Fatal("no alarm")
	}
	w.stores(w.says("a", ReadingKind, w.measured(10*60*1000, 7, "rh", 50, "%")))
	if a := w.openClimate(); a != nil {
		t.Errorf("the alarm stays: %+v", a)
	}
	w.stores(w.says("a", ReadingKind, w.measured(15*60*1000, 7, "rh", 51, "%"))) // and nothing is told twice
	if n := len(w.alarms()); n != 1 {
		t.Errorf("%d alarms", n)
	}
}

func TestAMaintenanceWindowOnlyRecords(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.HoldS = 0 }))
	put(w, maintenanceDocs, &Maintenance{Meta: store.Meta{ID: "m", Org: "demo-area"}, Fields: MaintenanceFields{ZoneID: "hall", From: w.now(), Until: w.now().Add(time.Hour), Reason: "换灯"}})
	w.humid("a", tenMinutes, 70)
	list := w.alarms()
	if len(list) != 1 || list[0].State != Resolved || list[0].Open || list[0].EscalateAt != nil {
		t.Fatalf("in the window: %+v", list)
	}
	w.humid("a", tenMinutes, 70, 70, 70, 70, 70) // until the end of the window
	if a := w.openClimate(); a == nil || len(w.alarms()) != 2 {
		t.Errorf("after the window nobody is told")
	}
}

func TestARuleThatIsChangedOrRemovedEndsItsAlarm(t *testing.T) {
	w := climateWorld(t)
	rule := humidRule(func(f *RuleFields) { f.Rule.HoldS = 0 })
	put(w, ruleDocs, rule)
	w.humid("a", tenMinutes, 70)
	w.must(w.st.Update(t.Context(), ingest, func(tx *store.Tx) error {
		r, err := ruleDocs.Get(tx.Context(), tx, "rule-1")
		if err != nil {
			return err
		}
		high := 75.0
		r.Fields.Rule.High = &high
		if err := ruleDocs.Put(tx, r); err != nil {
			return err
		}
		return ruleRules{w.s}.changedIn(tx, r)
	}))
	if a := w.openClimate(); a != nil {
		t.Fatalf("after the change: %+v", a)
	}
	w.humid("a", tenMinutes, 70)
	if a := w.openClimate(); a != nil {
		t.Fatalf("by the new bound: %+v", a)
	}
	w.humid("a", tenMinutes, 76)
	if a := w.openClimate(); a == nil {
		t.Fatal("above the new bound nobody is told")
	}
	w.must(w.st.Update(t.Context(), ingest, func(tx *store.Tx) error { return ruleRules{w.s}.removeIn(tx, rule) }))
	if a := w.openClimate(); a != nil {
		t.Errorf("after it is removed: %+v", a)
	}
}

func TestARuleThatIsDisabledOrOfOthersJudgesNothing(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.HoldS, f.Disabled = 0, true }))
	foreign := humidRule(func(f *RuleFields) { f.Rule.HoldS, f.ZoneID = 0, "" })
	foreign.ID, foreign.Org = "rule-2", "demo-museum"
	put(w, ruleDocs, foreign)
	other := humidRule(func(f *RuleFields) { f.Rule.HoldS, f.DeviceID = 0, "b" })
	other.ID = "rule-3"
	put(w, ruleDocs, other)
	w.humid("a", tenMinutes, 90)
	if list := w.alarms(); len(list) != 0 {
		t.Errorf("alarms are %+v", list)
	}
	w.humid("b", tenMinutes, 90)
	if a := w.openClimate(); a == nil || a.RuleID != "rule-3" {
		t.Errorf("the alarm is %+v", a)
	}
}

func TestSilenceIsFoundByTheWatchAndNotWhileNobodyListened(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) {
		f.Rule = alarm.Rule{Kind: alarm.Silence, Quantity: alarm.Humidity, SpanS: 1800, Severity: 3, Source: alarm.Source{Text: "演示依据"}}
	}))
	w.humid("a", tenMinutes, 50)
	due := func(hearing time.Time) {
		w.must(w.st.Update(t.Context(), ingest, func(tx *store.Tx) error { return w.s.climateDueIn(tx, w.now(), hearing) }))
	}
	w.pass(40 * time.Minute)
	due(w.now().Add(-time.Minute)) // we began to listen a minute ago
	if a := w.openClimate(); a != nil {
		t.Fatalf("silent though nobody listened: %+v", a)
	}
	w.pass(30 * time.Minute)
	due(w.now().Add(-31 * time.Minute))
	if a := w.openClimate(); a == nil {
		t.Fatal("nobody is told of the silence")
	}
	w.humid("a", time.Minute, 50)
	if a := w.openClimate(); a != nil {
		t.Errorf("it speaks, and the alarm stays: %+v", a)
	}
}

func TestABatchThatIsStoredTwiceRaisesOnce(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.HoldS = 0 }))
	failures := 2
	w.failWith(func() error { // the commit is done and its answer is lost, as when the program is killed
		if failures--; failures >= 0 {
			return store.ErrUnavailable.Wrap(errDown)
		}
		return nil
	}, true)
	w.humid("a", tenMinutes, 70)
	if n := len(w.alarms()); n != 1 {
		t.Errorf("%d alarms", n)
	}
}

func TestShuffledReadingsEndAsOrderedOnes(t *testing.T) {
	end := func(order []int) string {
		w := climateWorld(t)
		put(w, ruleDocs, humidRule())
		w.humid("a", tenMinutes, 50) // where both begin
		w.pass(time.Hour)
		for _, i := range order {
			w.stores(w.says("a", ReadingKind, w.measured((60-i*5)*60*1000, 7, "rh", []float64{66, 66, 66, 66, 66, 50, 50, 50, 66, 66}[i], "%")))
		}
		w.humid("a", tenMinutes, 66)
		open := w.openClimate()
		if open == nil {
			return "none"
		}
		return fmt.Sprint(open.OccurredAt.Sub(w.now()), len(open.Members))
	}
	want := end([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	for _, order := range [][]int{{9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, {4, 0, 9, 2, 7, 1, 8, 3, 6, 5}, {0, 2, 4, 6, 8, 1, 3, 5, 7, 9}} {
		if got := end(order); got != want {
			t.Errorf("in the order %v it ends as %s, in that of time as %s", order, got, want)
		}
	}
}

func TestRulesAreOfOneOrganisation(t *testing.T) {
	w := newRegisterWorld(t)
	zone := w.zone(Gallery)
	f := humidRule().Fields
	f.ZoneID = zone
	r, err := w.Rules.Create(t.Context(), regKeeper, NewThing[RuleFields]{Org: "demo-museum", Fields: f})
	w.must(err)
	_, err = w.Rules.Record(t.Context(), regStranger, r.ID)
	w.want(err, ErrNotFound)
	_, err = w.Rules.Change(t.Context(), regStranger, r.ID, r.Rev, f)
	w.want(err, ErrNotFound)
	w.want(w.Rules.Remove(t.Context(), regStranger, r.ID, r.Rev, "x"), ErrNotFound)
	_, err = w.Rules.Change(t.Context(), regAuditor, r.ID, r.Rev, f)
	w.want(err, ErrDenied)
	_, err = w.Rules.Create(t.Context(), regStranger, NewThing[RuleFields]{Org: "demo-museum-b", Fields: f})
	w.wantFields(err, "zoneId heritage.reference")
	bad := f
	bad.DeviceID = "reader-1"
	_, err = w.Rules.Create(t.Context(), regKeeper, NewThing[RuleFields]{Org: "demo-museum", Fields: bad})
	w.wantFields(err, "deviceId heritage.reference")
	bad = f
	bad.Rule.Unit = "Cel"
	_, err = w.Rules.Create(t.Context(), regKeeper, NewThing[RuleFields]{Org: "demo-museum", Fields: bad})
	w.wantFields(err, "rule.unit sensors.rule_unit")
	m := MaintenanceFields{ZoneID: zone, From: w.at, Until: w.at.Add(-time.Hour), Reason: "换灯"}
	_, err = w.Windows.Create(t.Context(), regKeeper, NewThing[MaintenanceFields]{Org: "demo-museum", Fields: m})
	w.wantFields(err, "until sensors.maintenance_span")
	m.Until = w.at.Add(time.Hour)
	for range maxMaintenances {
		_, err = w.Windows.Create(t.Context(), regKeeper, NewThing[MaintenanceFields]{Org: "demo-museum", Fields: m})
		w.must(err)
	}
	_, err = w.Windows.Create(t.Context(), regKeeper, NewThing[MaintenanceFields]{Org: "demo-museum", Fields: m})
	w.want(err, ErrMaintenanceMany)
	past := m
	past.From, past.Until = w.at.Add(-2*time.Hour), w.at.Add(-time.Hour) // is no burden
	_, err = w.Windows.Create(t.Context(), regKeeper, NewThing[MaintenanceFields]{Org: "demo-museum", Fields: past})
	w.must(err)
}

func TestWhoIsNotShownAStoreDoesNotWidenItsRule(t *testing.T) {
	w := newRegisterWorld(t)
	zone := w.zone(Store)
	f := humidRule().Fields
	f.ZoneID = zone
	r, err := w.Rules.Create(t.Context(), regKeeper, NewThing[RuleFields]{Org: "demo-museum", Fields: f})
	w.must(err)
	seen, err := w.Rules.Record(t.Context(), regManager, r.ID)
	w.must(err)
	if seen.Fields.ZoneID != "" {
		t.Error("the store is shown")
	}
	seen.Fields.Rule.HoldS = 60
	_, err = w.Rules.Change(t.Context(), regManager, r.ID, r.Rev, seen.Fields)
	w.must(err)
	kept, err := w.Rules.Record(t.Context(), regKeeper, r.ID)
	w.must(err)
	if kept.Fields.ZoneID != zone || kept.Fields.Rule.HoldS != 60 {
		t.Errorf("the rule is %+v", kept.Fields)
	}
}
