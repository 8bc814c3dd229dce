package tourism

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// park is a published area with a street of spots: the gate at 0 m, then a to d at
// 100 m each; from b to c there are 30 steps. f stands aside and no path leads there.
type park struct {
	*world
	known
	area AreaID
}

// known are the stops of a test by the names that it gave them.
type known struct {
	id   map[string]StopID
	name map[StopID]string
}

func newKnown() known { return known{id: map[string]StopID{}, name: map[StopID]string{}} }

func (k known) know(name, id string) { k.id[name], k.name[StopID(id)] = StopID(id), name }

// stops are the names of the stops of a plan, in its order.
func (k known) stops(plan *Plan) []string {
	out := []string{}
	for _, s := range plan.Stops {
		out = append(out, k.name[s.SpotID])
	}
	return out
}

// why is the reason for which a plan leaves something out, "" when it does not.
func (k known) why(plan *Plan, name string) route.Code {
	for _, l := range plan.Left {
		if l.SpotID == k.id[name] {
			return l.Why.Code
		}
	}
	return ""
}

func newPark(t *testing.T, w *world, area string) *park {
	t.Helper()
	p := &park{world: w, known: newKnown(), area: AreaID(area)}
	if area == "" {
		a := w.area("园")
		if _, err := w.Areas.Publish(t.Context(), manager, a.ID, a.Rev); err != nil {
			t.Fatal(err)
		}
		p.area = AreaID(a.ID)
	}
	for i, name := range []string{"gate", "a", "b", "c", "d"} {
		p.show(name, float64(i)*100, func(f *SpotFields) {
			f.Order = i + 1
			if name == "gate" {
				f.Kind = "gate"
			}
		})
	}
	p.show("f", 450, func(f *SpotFields) { f.Order = 0 })
	p.path("gate", "a", 0, AccessYes)
	p.path("a", "b", 0, AccessYes)
	p.path("b", "c", 30, AccessNo)
	p.path("c", "d", 0, AccessYes)
	return p
}

// show publishes a sight that takes 10 minutes, so many metres east of the gate.
func (p *park) show(name string, east float64, edit func(*SpotFields)) {
	p.t.Helper()
	ten := 10
	f := SpotFields{AreaID: p.area, Name: heritage.Text{ZH: name}, Kind: "sight", Minutes: &ten, Wheelchair: AccessYes, Pushchair: AccessYes,
		Location: &heritage.GeoPoint{Lon: 113 + east/91300, Lat: 34.8, PrecisionM: 5}}
	edit(&f)
	s, err := p.Spots.Create(p.t.Context(), manager, NewRecord[SpotFields]{Org: org, Fields: f})
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.Spots.Publish(p.t.Context(), manager, s.ID, 0); err != nil {
		p.t.Fatal(err)
	}
	p.know(name, s.ID)
}

func (p *park) path(from, to string, steps int, access Code) {
	p.t.Helper()
	at := func(name string) Position {
		s, err := p.Spots.Public(p.t.Context(), string(p.id[name]))
		if err != nil {
			p.t.Fatal(err)
		}
		return Position{Lon: s.Fields.Location.Lon, Lat: s.Fields.Location.Lat}
	}
	a, b := at(from), at(to)
	d, err := p.Paths.Create(p.t.Context(), manager, NewRecord[PathFields]{Org: org, Fields: PathFields{AreaID: p.area, FromSpot: SpotID(p.id[from]), ToSpot: SpotID(p.id[to]),
		Line: []Position{a, b}, PrecisionM: 5, LengthM: metres(a, b), Steps: &steps, Accessible: access}})
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.Paths.Publish(p.t.Context(), manager, d.ID, 0); err != nil {
		p.t.Fatal(err)
	}
}

// tomorrow is so many o'clock on the day after the store's.
func (w *world) tomorrow(hour int) time.Time {
	zone, _ := time.LoadLocation("Asia/Shanghai")
	y, m, d := w.st.Now().In(zone).Date()
	return time.Date(y, m, d+1, hour, 0, 0, 0, zone)
}

// planned makes a plan, tomorrow at an hour unless it says when.
func (w *world) planned(req PlanRequest, hour int) *Plan {
	w.t.Helper()
	if req.StartAt.IsZero() {
		req.StartAt = w.tomorrow(hour)
	}
	plan, err := w.Plan(w.t.Context(), req)
	if err != nil {
		w.t.Fatal(err)
	}
	return plan
}

func (p *park) tomorrow() time.Time { return p.world.tomorrow(10) }

func (p *park) plan(req PlanRequest) *Plan {
	p.t.Helper()
	req.AreaID = p.area
	return p.planned(req, 10)
}

func (p *park) ids(names ...string) (out []StopID) {
	for _, n := range names {
		out = append(out, p.id[n])
	}
	return out
}

func TestAPlanFollowsThePublishedPaths(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	plan := p.plan(PlanRequest{Minutes: 120})
	if got := p.stops(plan); len(got) != 5 || plan.Gate != p.id["gate"] {
		t.Fatalf("%v from %s", got, p.name[plan.Gate])
	}
	if !plan.Estimated || plan.WalkM < 900 || plan.WalkM > 1000 {
		t.Errorf("%d m, estimated %v: the way to f follows no path", plan.WalkM, plan.Estimated)
	}
	for _, s := range plan.Stops {
		if guessed := p.name[s.SpotID] == "f"; guessed != s.Guessed && p.name[s.SpotID] != "d" && p.name[s.SpotID] != "c" {
			t.Errorf("the way to %s: %+v", p.name[s.SpotID], s)
		}
		if s.LeaveAt.Sub(s.BeginAt) != 10*time.Minute || len(s.Why) == 0 || s.Why[0].Text.ZH == "" || s.Why[0].Text.EN == "" {
			t.Errorf("%s: %+v", p.name[s.SpotID], s)
		}
	}
	if plan.EndAt.Sub(plan.StartAt) > 120*time.Minute {
		t.Errorf("back at %v", plan.EndAt)
	}
	if again := p.plan(PlanRequest{Minutes: 120}); !reflect.DeepEqual(again.Stops, plan.Stops) {
		t.Errorf("asked again: %v, before %v", p.stops(again), p.stops(plan))
	}
}

func TestWhatDoesNotFitIsLeftOutWithAReason(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	plan := p.plan(PlanRequest{Minutes: 30, Must: p.ids("d"), Avoid: p.ids("a")})
	if !slices.Contains(p.stops(plan), "d") {
		t.Errorf("d was asked for: %v", p.stops(plan))
	}
	for _, l := range plan.Left {
		if l.Why.Text.ZH == "" || l.Why.Text.EN == "" {
			t.Errorf("%s without words: %+v", p.name[l.SpotID], l.Why)
		}
	}
	if p.why(plan, "a") != leftAvoided {
		t.Errorf("a: %s", p.why(plan, "a"))
	}
	if len(plan.Stops)+len(plan.Left) != 5 {
		t.Errorf("%v and %+v", p.stops(plan), plan.Left)
	}
	gone := StopID(ids.New())
	never := p.plan(PlanRequest{Minutes: 120, Avoid: []StopID{gone}})
	if n := len(never.Left); n != 1 || never.Left[0].SpotID != gone || never.Left[0].Why.Code != leftGone || never.Left[0].Must {
		t.Errorf("what is not there cannot be avoided: %+v", never.Left)
	}
	far := p.plan(PlanRequest{Minutes: 15, Must: []StopID{p.id["d"], gone}})
	musts := 0
	for i, l := range far.Left {
		if l.Must {
			if musts++; i > 1 {
				t.Error("what was asked for comes first")
			}
		}
		if l.SpotID == gone && l.Why.Code != leftGone || l.SpotID == p.id["d"] && l.Why.Code != route.LeftTooFar {
			t.Errorf("%s: %+v", p.name[l.SpotID], l.Why)
		}
	}
	if musts != 2 {
		t.Errorf("%d of 2 musts are named: %+v", musts, far.Left)
	}
}

func TestASpotThatNobodyCanPlaceIsNoStop(t *testing.T) {
	w := newWorld(t)
	p := newPark(t, w, "")
	p.show("lost", 0, func(f *SpotFields) { f.Location = nil })
	p.show("lost gate", 0, func(f *SpotFields) { f.Location, f.Kind, f.Order = nil, "gate", 0 })
	plan := p.plan(PlanRequest{Minutes: 240, Must: p.ids("lost")})
	if p.why(plan, "lost") != leftNoPlace || len(plan.Stops) != 5 || plan.Gate != p.id["gate"] {
		t.Errorf("%v from %s, lost: %q", p.stops(plan), p.name[plan.Gate], p.why(plan, "lost"))
	}
}

func TestWheelchairsAndPushchairsKeepToAccessiblePaths(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	p.show("no", 150, func(f *SpotFields) { f.Wheelchair, f.Pushchair = AccessNo, AccessNo })
	p.show("unsaid", 160, func(f *SpotFields) { f.Wheelchair, f.Pushchair = "", "" })
	for _, access := range []Code{AccessWheelchair, AccessPushchair} {
		plan := p.plan(PlanRequest{Minutes: 240, Access: access})
		if got := p.stops(plan); !slices.Equal(got, []string{"a", "b"}) || plan.Estimated {
			t.Errorf("%s: %v, estimated %v", access, got, plan.Estimated)
		}
		for name, want := range map[string]route.Code{"c": route.LeftNoWay, "d": route.LeftNoWay, "f": route.LeftNoWay, "no": leftAccess, "unsaid": leftUnknown} {
			if got := p.why(plan, name); got != want {
				t.Errorf("%s: %s is left out for %q, want %q", access, name, got, want)
			}
		}
	}
	if got := p.stops(p.plan(PlanRequest{Minutes: 240})); len(got) != 7 {
		t.Errorf("on foot: %v", got)
	}
}

func TestAPlanKeepsToOpeningHours(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	day := heritage.DayOf(p.tomorrow())
	on := func(opens, closes heritage.Clock, closed bool) *heritage.OpeningHours {
		return &heritage.OpeningHours{Exceptions: []heritage.HoursDay{{Day: day, Opens: opens, Closes: closes, Closed: closed}}}
	}
	p.show("shut", 120, func(f *SpotFields) { f.Hours = on("", "", true) })
	p.show("late", 130, func(f *SpotFields) { f.Hours = on("11:00", "12:00", false) })
	p.show("early", 140, func(f *SpotFields) { f.Hours = on("08:00", "10:15", false) })
	plan := p.plan(PlanRequest{Minutes: 100, Must: p.ids("late", "early")})
	if p.why(plan, "shut") != leftShut {
		t.Errorf("shut: %q", p.why(plan, "shut"))
	}
	zone, _ := time.LoadLocation("Asia/Shanghai")
	seen := 0
	for _, s := range plan.Stops {
		begin, leave := s.BeginAt.In(zone).Format("15:04"), s.LeaveAt.In(zone).Format("15:04")
		switch p.name[s.SpotID] {
		case "late":
			seen++
			if begin < "11:00" || leave > "12:00" {
				t.Errorf("late: %s to %s", begin, leave)
			}
		case "early":
			seen++
			if leave > "10:15" {
				t.Errorf("early: left at %s", leave)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%v, left %+v", p.stops(plan), plan.Left)
	}

	// The area itself closes at half past ten: everybody is at the gate by
	// then, and nobody comes in any more.
	a, err := p.Areas.Record(t.Context(), manager, string(p.area))
	if err != nil {
		t.Fatal(err)
	}
	f := a.Fields
	f.Visiting = &heritage.Visiting{Hours: on("08:00", "10:30", false)}
	f.Visiting.Hours.Exceptions[0].LastEntry = "09:30"
	if _, err := p.Areas.Change(t.Context(), manager, a.ID, 0, f); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Areas.Publish(t.Context(), manager, a.ID, 0); err != nil {
		t.Fatal(err)
	}
	if plan = p.plan(PlanRequest{Minutes: 240}); len(plan.Stops) != 0 || p.why(plan, "a") != leftShut {
		t.Errorf("who comes to the gate after the last entry sees %v", p.stops(plan))
	}
	plan = p.plan(PlanRequest{Minutes: 240, StartSpot: p.id["a"]})
	if end := plan.EndAt.In(zone).Format("15:04"); end > "10:30" || len(plan.Stops) == 0 {
		t.Errorf("back at %s after %v", end, p.stops(plan))
	}
	if p.why(plan, "late") != leftShut {
		t.Errorf("late in an area that closes before: %q", p.why(plan, "late"))
	}
}

func TestAPositionThatNoSpotIsNearIsNotEverywhere(t *testing.T) {
	w := newWorld(t)
	a := w.area("园")
	if _, err := w.Areas.Publish(t.Context(), manager, a.ID, a.Rev); err != nil {
		t.Fatal(err)
	}
	p := &park{world: w, known: newKnown(), area: AreaID(a.ID)}
	for i, name := range []string{"gate", "a"} { // only a path tells where they are
		p.show(name, 0, func(f *SpotFields) {
			f.Location, f.Order = nil, i+1
			if name == "gate" {
				f.Kind = "gate"
			}
		})
	}
	d, err := p.Paths.Create(t.Context(), manager, NewRecord[PathFields]{Org: org, Fields: PathFields{AreaID: p.area, FromSpot: SpotID(p.id["gate"]), ToSpot: SpotID(p.id["a"]),
		Line: []Position{{Lon: 113, Lat: 34.8}, {Lon: 113.001, Lat: 34.8}}, PrecisionM: 5, LengthM: 91}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Paths.Publish(t.Context(), manager, d.ID, 0); err != nil {
		t.Fatal(err)
	}
	if plan := p.plan(PlanRequest{Minutes: 60}); !slices.Equal(p.stops(plan), []string{"a"}) || plan.Stops[0].WalkM != 91 {
		t.Errorf("from the gate: %+v", plan.Stops)
	}
	plan := p.plan(PlanRequest{Minutes: 60, Start: &Position{Lon: 114, Lat: 35}, Must: p.ids("a")})
	if len(plan.Stops) != 0 || p.why(plan, "a") != route.LeftNoWay || !plan.EndAt.Equal(plan.StartAt) {
		t.Errorf("from afar: %+v, left %+v, back at %v", plan.Stops, plan.Left, plan.EndAt)
	}
}

func TestAPlanSaysOnWhichLevelItWasMade(t *testing.T) {
	w, g := newCountedWorld(t)
	says := Counted{State: comfort.Live, Inside: 850, Entered: 900, AsOf: w.st.Now(), Simulated: true}
	p := newPark(t, w, w.counted(g, limited(1000, 50000), says))
	now := p.plan(PlanRequest{Minutes: 120, StartAt: w.st.Now()})
	if now.Crowd.Kind != "now" || now.Crowd.AsOf.IsZero() || !now.Crowd.Simulated || len(now.Stops) == 0 || now.Stops[0].Level != comfort.Crowded {
		t.Errorf("now: %+v %+v", now.Crowd, now.Stops)
	}
	later := p.plan(PlanRequest{Minutes: 120})
	if later.Crowd.Kind != "now" || len(later.Stops) == 0 || later.Stops[0].Level != comfort.NotAssessed && later.StartAt.Sub(w.st.Now()) > presentHolds {
		t.Errorf("the present level is not that of tomorrow: %+v", later.Stops)
	}
	if len(now.Stops) != len(later.Stops) || now.Score >= later.Score {
		t.Errorf("a crowd takes nothing: %d of %d stops and %d of %d", now.Score, len(now.Stops), later.Score, len(later.Stops))
	}
}

// tide is busy in the first hour of a plan and crowded afterwards.
type tide struct{ from time.Time }

func (o tide) Outlook(context.Context, AreaID, *AreaFields, closing) (Outlook, error) { return o, nil }
func (o tide) Basis() ExpectedBasis                                                   { return ExpectedBasis{Kind: "forecast", AsOf: o.from} }
func (o tide) Expected(_ SpotID, at time.Time) (comfort.Level, bool) {
	if at.Before(o.from.Add(time.Hour)) {
		return comfort.Busy, true
	}
	return comfort.Crowded, true
}

func TestAPlanGoesByWhatIsExpectedOnArrival(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	p.expectations = tide{p.tomorrow()}
	plan := p.plan(PlanRequest{Minutes: 120})
	if plan.Crowd.Kind != "forecast" || len(plan.Stops) != 5 {
		t.Fatalf("%+v %v", plan.Crowd, p.stops(plan))
	}
	quiet := func(s PlanStop) bool {
		return slices.ContainsFunc(s.Why, func(r PlanReason) bool { return r.Code == route.ByQuiet })
	}
	for _, s := range plan.Stops {
		early := s.BeginAt.Before(plan.StartAt.Add(time.Hour))
		if early != (s.Level == comfort.Busy) || early != quiet(s) {
			t.Errorf("%s at %v: %s, %+v", p.name[s.SpotID], s.BeginAt, s.Level, s.Why)
		}
	}
	p.expectations = tide{p.tomorrow().Add(-2 * time.Hour)} // crowded all the time: no time is quieter than another
	for _, s := range p.plan(PlanRequest{Minutes: 120}).Stops {
		if quiet(s) {
			t.Errorf("%s is said to be quieter: %+v", p.name[s.SpotID], s)
		}
	}
}

func TestAPlanMadeAnewKeepsWhatItCan(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	before := p.ids("d", "c", "b") // an order that nobody would choose who begins at a
	plan := p.plan(PlanRequest{Minutes: 120, StartSpot: p.id["a"], Done: p.ids("a"), Before: before, Avoid: nil})
	got := p.stops(plan)
	if slices.Contains(got, "a") {
		t.Errorf("a was seen: %v", got)
	}
	kept := slices.DeleteFunc(slices.Clone(got), func(n string) bool { return n == "f" })
	if !slices.Equal(kept, []string{"d", "c", "b"}) {
		t.Errorf("the order of before: %v", got)
	}
	gone := StopID(ids.New())
	hurry := p.plan(PlanRequest{Minutes: 15, StartSpot: p.id["a"], Done: p.ids("a"), Before: append(before, gone)})
	if !slices.ContainsFunc(hurry.Changes, func(c PlanChange) bool {
		return c.SpotID == gone && c.How == route.Dropped && c.Why != nil && c.Why.Code == leftGone
	}) {
		t.Errorf("what is no longer public is dropped without a word: %+v", hurry.Changes)
	}
	dropped := 0
	for _, c := range hurry.Changes {
		if c.How == route.Dropped {
			if dropped++; c.Why == nil || c.Why.Text.ZH == "" {
				t.Errorf("dropped without a reason: %+v", c)
			}
		}
	}
	if dropped < 2 {
		t.Errorf("%+v", hurry.Changes)
	}
}

func TestAPlanMadeAnewKeepsItsMeal(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	eats := func(f *SpotFields) { f.Kind = "restaurant" }
	p.show("near", 110, eats)
	p.show("far", 390, eats)
	hungry := PlanRequest{Minutes: 240, Interests: []Code{"food"}}
	if got := p.stops(p.plan(hungry)); !slices.Contains(got, "near") || slices.Contains(got, "far") {
		t.Errorf("from the gate: %v", got)
	}
	hungry.StartSpot, hungry.Done, hungry.Before = p.id["a"], p.ids("a"), p.ids("d", "far")
	if got := p.stops(p.plan(hungry)); slices.Contains(got, "near") || !slices.Contains(got, "far") {
		t.Errorf("made anew beside another: %v", got)
	}
}

func TestAPlanKnowsOnlyWhatIsPublic(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	hidden := p.spot(string(p.area), "未公开")
	plan := p.plan(PlanRequest{Minutes: 240, Must: []StopID{StopID(hidden.ID)}})
	for _, l := range plan.Left {
		if l.SpotID == StopID(hidden.ID) && (l.Why.Code != leftGone || l.Name.ZH != "") {
			t.Errorf("a hidden spot shows: %+v", l)
		}
	}
	if _, err := p.Spots.Withdraw(t.Context(), manager, string(p.id["b"]), 0, "维修"); err != nil {
		t.Fatal(err)
	}
	if got := p.stops(p.plan(PlanRequest{Minutes: 240})); slices.Contains(got, "b") {
		t.Errorf("a withdrawn spot is a stop: %v", got)
	}
	if _, err := p.Areas.Withdraw(t.Context(), manager, string(p.area), 0, "闭园"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Plan(t.Context(), PlanRequest{AreaID: p.area, Minutes: 60}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an area that is withdrawn: %v", err)
	}
}

func TestAWrongRequestIsRefusedFieldByField(t *testing.T) {
	p := newPark(t, newWorld(t), "")
	if _, err := p.Plan(t.Context(), PlanRequest{AreaID: "x", Minutes: 60}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an area that is no id: %v", err)
	}
	many := make([]StopID, maxMust+1)
	for i := range many {
		many[i] = StopID(ids.New())
	}
	for name, c := range map[string]struct {
		req  PlanRequest
		path string
	}{
		"must no id":     {PlanRequest{AreaID: p.area, Minutes: 60, Must: []StopID{"x"}}, "must[0]"},
		"no area":        {PlanRequest{Minutes: 60}, "areaId"},
		"no time":        {PlanRequest{AreaID: p.area}, "budgetMinutes"},
		"too much time":  {PlanRequest{AreaID: p.area, Minutes: 721}, "budgetMinutes"},
		"pace":           {PlanRequest{AreaID: p.area, Minutes: 60, Pace: "run"}, "pace"},
		"access":         {PlanRequest{AreaID: p.area, Minutes: 60, Access: "bicycle"}, "accessible"},
		"interest":       {PlanRequest{AreaID: p.area, Minutes: 60, Interests: []Code{"cars"}}, "interests[0]"},
		"many musts":     {PlanRequest{AreaID: p.area, Minutes: 60, Must: many}, "must"},
		"no id":          {PlanRequest{AreaID: p.area, Minutes: 60, Avoid: []StopID{"x"}}, "avoid[0]"},
		"twice":          {PlanRequest{AreaID: p.area, Minutes: 60, Done: p.ids("a", "a")}, "done[1]"},
		"both":           {PlanRequest{AreaID: p.area, Minutes: 60, Must: p.ids("a"), Avoid: p.ids("a")}, "must[0]"},
		"yesterday":      {PlanRequest{AreaID: p.area, Minutes: 60, StartAt: p.st.Now().Add(-25 * time.Hour)}, "startAt"},
		"nowhere":        {PlanRequest{AreaID: p.area, Minutes: 60, Start: &Position{Lat: 91}}, "start.lat"},
		"two starts":     {PlanRequest{AreaID: p.area, Minutes: 60, Start: &Position{}, StartSpot: p.id["a"]}, "start"},
		"start is gone":  {PlanRequest{AreaID: p.area, Minutes: 60, StartSpot: StopID(ids.New())}, "startSpot"},
		"start is no id": {PlanRequest{AreaID: p.area, Minutes: 60, StartSpot: "x"}, "startSpot"},
	} {
		_, err := p.Plan(t.Context(), c.req)
		var f *fault.Fault
		if !errors.As(err, &f) || len(f.Fields()) != 1 || f.Fields()[0].Path != c.path {
			t.Errorf("%s: %v %+v", name, err, f)
		}
	}
}

func TestEveryReasonHasWordsInBothLanguages(t *testing.T) {
	for code, text := range words {
		if text.ZH == "" || text.EN == "" {
			t.Errorf("%s: %+v", code, text)
		}
	}
	for _, code := range []route.Code{route.ByMust, route.ByWorth, route.ByWay, route.ByQuiet, route.ByKept, route.ByFitting, route.ByWaiting, route.ByDeadline,
		route.LeftWorthless, route.LeftNoWay, route.LeftTooFar, route.LeftClosed, route.LeftNoTime, route.LeftWorthLess, route.LeftMust, route.LeftCrowd, route.LeftKept} {
		if _, ok := words[code]; !ok {
			t.Errorf("%s has no words", code)
		}
	}
}
