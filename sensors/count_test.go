package sensors

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// TestDaysOfAZone: the day of a moment, with resets on the hour and off it, in
// zones that put clocks forward and back, that are off the hour or left out a day.
func TestDaysOfAZone(t *testing.T) {
	var l locations
	for _, c := range []struct{ zone, reset, at, name, from, before string }{
		{"Asia/Shanghai", "04:00", "2026-11-28T03:59:59.999+08:00", "2026-11-27", "2026-11-26T20:00:00Z", "2026-11-27T20:00:00Z"},
		{"Asia/Shanghai", "04:00", "2026-11-28T04:00:00+08:00", "2026-11-28", "2026-11-27T20:00:00Z", "2026-11-28T20:00:00Z"},
		{"", "", "2026-11-28T12:00:00+08:00", "2026-11-28", "2026-11-27T20:00:00Z", "2026-11-28T20:00:00Z"},
		{"Asia/Urumqi", "00:00", "2026-11-28T23:59:59+06:00", "2026-11-28", "2026-11-27T18:00:00Z", "2026-11-28T18:00:00Z"},
		{"Asia/Kolkata", "04:00", "2026-11-28T04:10:00+05:30", "2026-11-28", "2026-11-27T22:30:00Z", "2026-11-28T22:30:00Z"},
		{"America/New_York", "04:00", "2026-03-08T12:00:00-04:00", "2026-03-08", "2026-03-08T08:00:00Z", "2026-03-09T08:00:00Z"},
		{"America/New_York", "04:00", "2026-03-08T03:30:00-04:00", "2026-03-07", "2026-03-07T09:00:00Z", "2026-03-08T08:00:00Z"}, // 23 hours
		{"America/New_York", "04:00", "2026-11-01T03:59:00-05:00", "2026-10-31", "2026-10-31T08:00:00Z", "2026-11-01T09:00:00Z"}, // 25 hours
		{"Pacific/Apia", "04:00", "2011-12-31T05:00:00+14:00", "2011-12-31", "2011-12-30T14:00:00Z", "2011-12-31T14:00:00Z"},     // the day after the one that was left out
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		d, err := l.dayOf(ZoneFields{TimeZone: c.zone, ResetAt: c.reset}, at)
		if err != nil || d.name != c.name || d.from.Format(time.RFC3339) != c.from || d.before.Format(time.RFC3339) != c.before {
			t.Errorf("%s in %s: %s from %s to %s (%v), want %+v", c.at, c.zone, d.name, d.from, d.before, err, c)
		}
	}
	if _, err := l.dayOf(ZoneFields{TimeZone: "Mars/Olympus"}, time.Now()); err == nil {
		t.Error("a zone that does not exist has days")
	}
}

// TestDaysFollowEachOther: whatever the zone and the time of reset, each moment is
// in one day, and the next begins where one ends.
func TestDaysFollowEachOther(t *testing.T) {
	var l locations
	zones := []string{"Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca"}
	rapid.Check(t, func(t *rapid.T) {
		f := ZoneFields{TimeZone: rapid.SampledFrom(zones).Draw(t, "zone"), ResetAt: fmt.Sprintf("%02d:%02d", rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))}
		at := time.UnixMilli(rapid.Int64Range(1262304000000, 1893456000000).Draw(t, "at")).UTC()
		d, err := l.dayOf(f, at)
		if err != nil || at.Before(d.from) || !at.Before(d.before) {
			t.Fatalf("%v in %v: %+v, %v", at, f, d, err)
		}
		for _, next := range []time.Time{d.before, d.from.Add(-time.Millisecond)} {
			e, err := l.dayOf(f, next)
			if err != nil || e.name == d.name || !e.from.Equal(d.before) && !e.before.Equal(d.from) {
				t.Fatalf("%v: %+v is followed by %+v (%v)", f, d, e, err)
			}
		}
	})
}

func TestLateCountsChangeTheDayTheyAreOf(t *testing.T) {
	w := newIngestWorld(t) // 10:00 in Shanghai
	w.ground("g")
	w.device("gate", Gate, "g")
	w.stores(w.says("gate", CountKind, w.counted(0, 9, 5, 2)))
	w.stores(w.says("gate", CountKind, w.counted(7*3600, 1, 40, 0), w.counted(6*3600, 2, 1, 3))) // 03:00 and 04:00
	today, yesterday := w.occupancy("g", "2026-11-28"), w.occupancy("g", "2026-11-27")
	if today.EnteredToday != 6 || today.Inside != 1 || !today.AsOf.Equal(w.now()) || len(today.Gates[0].Hours) != 2 {
		t.Errorf("today %+v", today)
	}
	if yesterday.EnteredToday != 40 || yesterday.Inside != 40 || !yesterday.AsOf.Equal(w.now().Add(-7*time.Hour)) {
		t.Errorf("yesterday %+v", yesterday)
	}
	rev := today.Rev
	w.stores(w.says("gate", CountKind, w.counted(0, 9, 5, 2), w.counted(7*3600, 1, 40, 0)))
	if w.occupancy("g", "2026-11-28").Rev != rev {
		t.Error("a sample that was sent again has written the day")
	}
}

// TestAResetWithinAnHourCutsTheHour: 04:30 in Kolkata is 23:00 UTC; 04:10 is not.
func TestAResetWithinAnHourCutsTheHour(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g", func(f *ZoneFields) { f.ResetAt = "09:50" }) // ten minutes ago
	w.device("gate", Gate, "g")
	w.stores(w.says("gate", CountKind, w.counted(601, 1, 100, 0), w.counted(600, 2, 20, 0), w.counted(5, 3, 3, 0)))
	if o := w.occupancy("g", "2026-11-28"); o.EnteredToday != 23 {
		t.Errorf("today %+v", o)
	}
	if o := w.occupancy("g", "2026-11-27"); o.EnteredToday != 100 {
		t.Errorf("yesterday %+v", o)
	}
}

func TestGatesThatMissPeopleShowAsDrift(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate", Gate, "g")
	w.stores(w.says("gate", CountKind, w.counted(10, 1, 5, 12)))
	if o := w.occupancy("g", "2026-11-28"); o.Inside != 0 || o.Drift != 7 || o.EnteredToday != 5 {
		t.Errorf("%+v", o)
	}
	w.stores(w.says("gate", CountKind, w.counted(20, 0, 10, 0)))
	if o := w.occupancy("g", "2026-11-28"); o.Inside != 3 || o.Drift != 0 {
		t.Errorf("%+v", o)
	}
}

func TestACorrectionCountsFromItsMoment(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate-a", Gate, "g")
	w.device("gate-b", Gate, "g")
	w.pass(20 * time.Minute) // within the hour of samples of before and after
	w.stores(w.says("gate-a", CountKind, w.counted(600, 1, 50, 0)), w.says("gate-b", CountKind, w.counted(7200, 1, 9, 0)))
	dispatcher := regStaff("dispatcher", actor.Dispatcher, "demo-area")
	o, err := w.s.Correct(t.Context(), dispatcher, "g", 200, " 清点 ")
	w.must(err)
	if o.Inside != 200 || o.EnteredToday != 59 || len(o.Corrections) != 1 || o.Corrections[0].By != "dispatcher" || o.Corrections[0].Reason != "清点" || !o.Corrections[0].At.Equal(w.now()) {
		t.Errorf("%+v", o)
	}
	corrected := w.now()
	w.pass(5 * time.Minute)
	w.stores(w.says("gate-a", CountKind, w.counted(400, 2, 7, 0), w.counted(10, 3, 1, 4)), w.says("gate-b", CountKind, w.counted(8000, 0, 5, 0)))
	if o := w.occupancy("g", "2026-11-28"); o.Inside != 197 || o.EnteredToday != 72 {
		t.Errorf("%d inside, %d entered: what came late is of before the correction", o.Inside, o.EnteredToday)
	}
	w.pass(time.Hour)
	w.stores(w.says("gate-b", CountKind, w.counted(0, 5, 10, 0)))
	if o := w.occupancy("g", "2026-11-28"); o.Inside != 207 {
		t.Errorf("%d inside", o.Inside)
	}
	o, err = w.s.Correct(t.Context(), regStaff("manager", actor.AreaManager, "demo-area"), "g", 0, "清场")
	w.must(err)
	if o.Inside != 0 || o.EnteredToday != 82 || len(o.Corrections) != 2 || !o.Corrections[0].At.Equal(corrected) {
		t.Errorf("%+v", o)
	}
	audit, err := store.History.One(t.Context(), w.st, store.Query{Index: "byDoc", Equal: []any{"occupancies", "g/2026-11-28"}, Reverse: true})
	if err != nil || audit.Action != "occupancy.correct" {
		t.Errorf("%+v %v", audit, err)
	}
}

func TestWhoMayCorrect(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	for _, c := range []struct {
		by     actor.Actor
		zone   ZoneID
		inside int
		reason string
		want   error
	}{
		{regStaff("a", actor.Dispatcher, "demo-museum"), "g", 1, "x", ErrNotFound},
		{actor.Nobody(), "g", 1, "x", ErrNotFound},
		{regStaff("a", actor.Auditor, "demo-area"), "g", 1, "x", ErrDenied},
		{regStaff("a", actor.Registrar, "demo-area"), "g", 1, "x", ErrDenied},
		{regStaff("a", actor.Dispatcher, "demo-area"), "h", 1, "x", ErrNotFound},
		{regStaff("a", actor.Dispatcher, "demo-area"), "g", -1, "x", ErrInside},
		{regStaff("a", actor.Dispatcher, "demo-area"), "g", maxInside + 1, "x", ErrInside},
		{regStaff("a", actor.Dispatcher, "demo-area"), "g", 1, "  ", ErrCorrectionReason},
		{regStaff("a", actor.Dispatcher, "demo-area"), "g", 1, string(make([]rune, maxReason+1)), ErrCorrectionReason},
		{regStaff("a", actor.Dispatcher, "demo-area"), "g", maxInside, "x", nil},
	} {
		_, err := w.s.Correct(t.Context(), c.by, c.zone, c.inside, c.reason)
		if !errors.Is(err, c.want) && !hasField(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for range maxCorrections - 1 {
		w.pass(time.Second)
		_, err := w.s.Correct(t.Context(), ingest, "g", 1, "x")
		w.must(err)
	}
	if _, err := w.s.Correct(t.Context(), ingest, "g", 1, "x"); !errors.Is(err, ErrCorrections) {
		t.Errorf("one too many: %v", err)
	}
}

func TestWhatACountIsWorth(t *testing.T) {
	w := newIngestWorld(t)
	state := func(want CountState) Counted {
		t.Helper()
		c, err := w.s.OccupancyNow(t.Context(), w.st, "area-g")
		w.must(err)
		if c.State != want {
			t.Errorf("%s, want %s: %+v", c.State, want, c)
		}
		return c
	}
	if c := state(CountUnknown); c.Today.ZoneID != "" {
		t.Error("no zone stands for the area, but it has a count")
	}
	w.ground("g")
	state(CountUnknown)
	w.device("gate-a", Gate, "g")
	w.device("gate-b", Gate, "g")
	w.device("gone", Gate, "g", func(f *DeviceFields) { f.Retired = true })
	w.device("thermo", Instrument, "g")
	if c := state(CountUnknown); len(c.Gates) != 2 || c.Gates[0].HeardAt != nil || c.Today.ZoneID != "g" || c.Today.Day != "2026-11-28" {
		t.Errorf("%+v", c)
	}
	w.stores(w.says("gate-a", StatusKind, fmt.Sprintf(`{"at":%d}`, w.now().UnixMilli())))
	state(CountStale) // the other was never heard
	w.stores(w.says("gate-b", CountKind, w.counted(0, 1, 0, 0)))
	if c := state(CountLive); c.Today.Inside != 0 || c.Today.AsOf.IsZero() || c.Gates[1].Today.LastAt.IsZero() || c.Gates[0].HeardAt == nil {
		t.Errorf("nobody is inside, which is known: %+v", c)
	}
	w.pass(300 * time.Second)
	state(CountLive)
	w.pass(time.Second)
	state(CountStale)
	w.stores(w.says("gate-a", CountKind, w.counted(0, 1, 3, 0)))
	state(CountStale)
	d, err := deviceDocs.Get(t.Context(), w.st, "gate-b")
	w.must(err)
	d.Fields.Maintenance = true
	put(w, deviceDocs, d)
	if c := state(CountLive); c.Today.Inside != 3 || c.Gates[0].Today.Hours[0].In != 3 {
		t.Errorf("%+v", c)
	}
	w.pass(18*time.Hour + time.Minute) // past the reset
	w.stores(w.says("gate-a", StatusKind, fmt.Sprintf(`{"at":%d}`, w.now().UnixMilli())))
	if c := state(CountLive); c.Today.Inside != 0 || c.Today.Day != "2026-11-29" || !c.Today.AsOf.IsZero() {
		t.Errorf("after the reset: %+v", c)
	}
}

// TestOrderAndRepeatsChangeNoCountAndNoReading: whatever the order, the batches
// and the repeats in which messages come, the end is the same.
func TestOrderAndRepeatsChangeNoCountAndNoReading(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { anyOrderEndsInTheSame(t, newIngestWorldWith(t, store.Options{}), 100) })
	t.Run("MongoDB", func(t *testing.T) { anyOrderEndsInTheSame(t, newMongoWorld(t), 15) })
}

// anyOrderEndsInTheSame looks at most at so many cases.
func anyOrderEndsInTheSame(t *testing.T, w *ingestWorld, most int) {
	ignore := cmpopts.IgnoreFields(store.Meta{}, "Rev", "CreatedAt", "UpdatedAt")
	cases := 0
	rapid.Check(t, func(rt *rapid.T) {
		if cases++; cases > most {
			return
		}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 3))
		var ends []any
		var messages []func(world string) Message
		for n := range rapid.IntRange(1, 30).Draw(rt, "messages") {
			kind, unit := random.IntN(3), random.IntN(2)
			ago := random.IntN(40) * 3600 / (1 + random.IntN(20))
			in, out, value, seq := random.IntN(9), random.IntN(9), float64(random.IntN(100)), random.IntN(3)
			messages = append(messages, func(world string) Message {
				switch kind {
				case 0:
					return w.says(fmt.Sprintf("gate-%d-%s", unit, world), CountKind, w.counted(ago, n, in, out), w.counted(ago+1800, n, 1, 0))
				case 1:
					return w.says("thermo-"+world, ReadingKind, w.measured(ago*1000, 100*seq+n, []string{"t", "rh"}[unit], value/3, []string{"Cel", "%"}[unit]))
				}
				return w.says("thermo-"+world, StatusKind, fmt.Sprintf(`{"at":%d,"battery":%d}`, w.now().UnixMilli()-int64(ago), in), fmt.Sprintf(`{"at":%d,"firmware":"1.%d"}`, w.now().UnixMilli()-int64(ago), out))
			})
		}
		for _, order := range []string{"straight", "shuffled"} {
			world := fmt.Sprintf("%d-%s", cases, order)
			w.ground(world, func(f *ZoneFields) { f.AreaID = "" })
			for i := range 2 {
				w.device(fmt.Sprintf("gate-%d-%s", i, world), Gate, world)
			}
			w.device("thermo-"+world, Instrument, world)
			sent := make([]Message, len(messages))
			for i, m := range messages {
				sent[i] = m(world)
			}
			if order == "shuffled" {
				sent = append(sent, sent[:random.IntN(len(sent))]...)
				random.Shuffle(len(sent), func(a, b int) { sent[a], sent[b] = sent[b], sent[a] })
			}
			for len(sent) > 0 {
				n := 1 + random.IntN(len(sent))
				w.stores(sent[:n]...)
				sent = sent[n:]
			}
			ends = append(ends, w.end(world))
		}
		if diff := cmp.Diff(ends[0], ends[1], ignore); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// end is what is stored of a world, without its name and what tells when things
// were written.
func (w *ingestWorld) end(world string) any {
	type end struct {
		Days    []*Occupancy
		T, RH   []string
		Last    []LastValue
		Battery *int
		Version string
	}
	e := end{T: w.values("thermo-"+world, "t"), RH: w.values("thermo-"+world, "rh")}
	w.must(occupancyDocs.Each(w.Context(), w.st, store.Query{Index: "byZone", Equal: []any{world}}, func(o *Occupancy) error {
		o.ID, o.ZoneID = "", ""
		for i := range o.Gates {
			o.Gates[i].Device = o.Gates[i].Device[:6]
		}
		e.Days = append(e.Days, o)
		return nil
	}))
	if st, err := deviceStates.Get(w.Context(), w.st, "thermo-"+world); err == nil {
		e.Last, e.Battery, e.Version = slices.Clone(st.Last), st.BatteryPercent, st.Firmware
	}
	return e
}

func hasField(err, code error) bool {
	if err == nil {
		return false
	}
	for _, f := range fault.Of(err).Fields() {
		if errors.Is(f.Code, code) {
			return true
		}
	}
	return false
}
