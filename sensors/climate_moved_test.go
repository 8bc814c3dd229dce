package sensors

import (
	"slices"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// change changes a device as its register does.
func (w *ingestWorld) change(id string, edit func(*DeviceFields)) {
	w.Helper()
	w.must(w.st.Update(w.Context(), ingest, func(tx *store.Tx) error {
		d, err := deviceDocs.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		edit(&d.Fields)
		if err := deviceDocs.Put(tx, d); err != nil {
			return err
		}
		return deviceRules{w.s}.changedIn(tx, d)
	}))
}

func TestAnInstrumentThatLeavesItsLastRuleLeavesItsAlarm(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.HoldS, f.Rule.ClearS = 0, 0 }))
	w.humid("a", tenMinutes, 70)
	w.humid("b", tenMinutes, 70)
	w.change("a", func(f *DeviceFields) { f.ZoneID = "yard" }) // where there is no rule
	if a := w.openClimate(); a == nil || len(a.Members) != 1 || a.Members[0].Name != "b" {
		t.Fatalf("after it was moved: %+v", a)
	}
	w.humid("a", tenMinutes, 90)
	w.change("b", func(f *DeviceFields) { f.Channels = slices.Clone(f.Channels[:0]) })
	if a := w.openClimate(); a != nil {
		t.Errorf("nobody measures it any more: %+v", a)
	}
	w.change("a", func(f *DeviceFields) { f.ZoneID = "hall" })
	w.humid("a", tenMinutes, 71)
	if a := w.openClimate(); a == nil || len(a.Members) != 1 {
		t.Errorf("back in the hall: %+v", a)
	}
	w.change("a", func(f *DeviceFields) { f.Retired = true })
	if w.openClimate() == nil {
		t.Error("whoever retired it has answered the alarm")
	}
}

func TestWhatComesTooLateToBeJudgedWritesNothing(t *testing.T) {
	w := climateWorld(t)
	put(w, ruleDocs, humidRule(func(f *RuleFields) { f.Rule.GapS = 7200 }))
	w.humid("a", time.Hour, 50, 50, 50, 50, 50)
	was, err := climateStates.Get(t.Context(), w.st, "a")
	w.must(err)
	for i := range 20 {
		w.stores(w.says("a", ReadingKind, w.measured(24*3600*1000+i*1000, 7, "rh", 90, "%")))
	}
	st, err := climateStates.Get(t.Context(), w.st, "a")
	w.must(err)
	if st.Rev != was.Rev {
		t.Errorf("the state was written %d times", st.Rev-was.Rev)
	}
	if n := len(w.values("a", "rh")); n != 25 {
		t.Errorf("%d readings are stored, not 25", n)
	}
}

func TestADryRunGoesByTheClockOfTheRuleAndNotIntoTheFuture(t *testing.T) {
	w := climateWorld(t)
	w.humid("a", time.Hour, 90)
	from := w.now().Add(-30 * time.Minute)
	try := func(to time.Time, change func(*alarm.Rule)) *DryRun {
		t.Helper()
		rule := humidRule().Fields.Rule
		change(&rule)
		out, err := w.s.DryRun(t.Context(), regStaff("area-keeper", actor.Keeper, "demo-area"), "a", rule, from, to)
		w.must(err)
		return out
	}
	silence := func(r *alarm.Rule) {
		*r = alarm.Rule{Kind: alarm.Silence, Quantity: alarm.Humidity, SpanS: 1800, Severity: 2, Source: r.Source}
	}
	if out := try(w.now().Add(24*time.Hour), silence); len(out.Episodes) != 0 {
		t.Errorf("silence in the time to come: %+v", out.Episodes)
	}
	w.pass(time.Hour)
	if out := try(w.now(), silence); len(out.Episodes) != 1 {
		t.Errorf("silence of an hour: %+v", out.Episodes)
	}
	watched := func(zone string) func(*alarm.Rule) {
		return func(r *alarm.Rule) {
			at := from.Add(30 * time.Minute).In(mustLocation(t, zone))
			r.HoldS, r.TimeZone = 0, "Asia/Shanghai"
			r.Hours = []alarm.Span{{From: at.Add(-time.Minute).Format("15:04"), To: at.Add(time.Minute).Format("15:04")}}
		}
	}
	if here, there := try(w.now(), watched("Asia/Shanghai")), try(w.now(), watched("America/New_York")); len(here.Episodes) != 1 || len(there.Episodes) != 0 {
		t.Errorf("by the clock of the rule %d, by another %d", len(here.Episodes), len(there.Episodes))
	}
	put(w, zoneDocs, &Zone{Meta: store.Meta{ID: "far", Org: "demo-area"}, Fields: ZoneFields{Kind: Ground, TimeZone: "America/New_York"}})
	w.change("a", func(f *DeviceFields) { f.ZoneID = "far" })
	if out := try(w.now(), watched("Asia/Shanghai")); len(out.Episodes) != 1 {
		t.Errorf("the clock of the zone goes before that of the rule: %+v", out.Episodes)
	}
}

func mustLocation(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}
