package tourism

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// cityCatalogue is a catalogue with museums and sites of one city.
type cityCatalogue struct {
	catalogue
	list []heritage.Landmark
}

func (c cityCatalogue) City(_ context.Context, _ store.Reader, city string, _ int) ([]heritage.Landmark, error) {
	if city != "甲市" {
		return nil, nil
	}
	return c.list, nil
}

// town is 甲市: museums and sites along a street that leads east, so many metres from
// its begin, and an area. near and mid are 400 m apart, far is 5 km away.
type town struct {
	*world
	known
}

func newTown(t *testing.T, more ...heritage.Landmark) *town {
	t.Helper()
	w := newWorld(t)
	p := &town{world: w, known: newKnown()}
	list := append([]heritage.Landmark{
		landmark("near", heritage.KindMuseum, 0, nil),
		landmark("mid", heritage.KindSite, 400, nil),
		landmark("far", heritage.KindMuseum, 5000, func(l *heritage.Landmark) { l.Notable = 1 }),
	}, more...)
	for _, l := range list {
		p.know(l.Name.ZH, l.ID)
	}
	w.Service = New(Options{Store: w.st, Assets: w.pictures, Catalogue: cityCatalogue{w.records, list}, SortKey: func(s string) string { return s }})
	return p
}

func eastOf(metres float64) *heritage.PublicPoint {
	return &heritage.PublicPoint{Lon: 113 + metres/91300, Lat: 34.8, PrecisionM: 50}
}

func landmark(name string, kind heritage.Kind, east float64, edit func(*heritage.Landmark)) heritage.Landmark {
	l := heritage.Landmark{Kind: kind, ID: ids.New(), Name: heritage.Text{ZH: name, EN: name}, Division: heritage.Division{City: heritage.Text{ZH: "甲市", EN: "Jia"}}, Location: eastOf(east), Open: true}
	if edit != nil {
		edit(&l)
	}
	return l
}

// show publishes an area of the city.
func (p *town) show(name string, east float64, edit func(*AreaFields)) {
	p.t.Helper()
	at := eastOf(east)
	f := AreaFields{Name: heritage.Text{ZH: name}, Division: heritage.Division{City: heritage.Text{ZH: "甲市", EN: "Jia"}}, Location: &heritage.GeoPoint{Lon: at.Lon, Lat: at.Lat, PrecisionM: 50}}
	if edit != nil {
		edit(&f)
	}
	a, err := p.Areas.Create(p.t.Context(), manager, NewRecord[AreaFields]{Org: org, Fields: f})
	if err != nil {
		p.t.Fatal(err)
	}
	p.know(name, a.ID)
	if _, err := p.Areas.Publish(p.t.Context(), manager, a.ID, 0); err != nil {
		p.t.Fatal(err)
	}
}

func (p *town) tomorrow() time.Time { return p.world.tomorrow(9) }

func (p *town) plan(req PlanRequest) *Plan {
	p.t.Helper()
	req.City = "甲市"
	return p.planned(req, 9)
}

// stops are the names of the stops of a plan, sorted.
func (p *town) stops(plan *Plan) []string {
	out := p.known.stops(plan)
	slices.Sort(out)
	return out
}

func TestADayInACityGoesOverItsAreasMuseumsAndSites(t *testing.T) {
	p := newTown(t)
	p.show("park", 4800, nil)
	plan := p.plan(PlanRequest{Minutes: 480})
	if got := p.stops(plan); !slices.Equal(got, []string{"far", "mid", "near", "park"}) {
		t.Fatalf("%v, left %+v", got, plan.Left)
	}
	if plan.AreaID != "" || plan.City.EN != "Jia" || plan.TimeZone != "Asia/Shanghai" || plan.Gate != "" || plan.Simulated || plan.Unlisted != 0 {
		t.Errorf("%+v", plan)
	}
	kinds := map[string]StopKind{"far": StopMuseum, "near": StopMuseum, "mid": StopSite, "park": StopArea}
	for i, s := range plan.Stops {
		name := p.name[s.SpotID]
		if s.Kind != kinds[name] || s.At == nil || !slices.ContainsFunc(s.Why, func(r PlanReason) bool { return r.Code == byDaytime }) {
			t.Errorf("%s: %+v", name, s)
		}
		if i == 0 && (s.WalkM != 0 || s.RideM != 0 || s.Guessed) {
			t.Errorf("who says not where he is begins at the first stop: %+v", s)
		}
	}
	// Between near and mid and between far and park one walks; once one rides.
	if plan.WalkM < 800 || plan.WalkM > 900 || plan.RideM < 6000 || plan.RideM > 7000 || !plan.Estimated {
		t.Errorf("%d m on foot and %d m ridden", plan.WalkM, plan.RideM)
	}
	if again := p.plan(PlanRequest{Minutes: 480}); !slices.Equal(again.Stops[0].Why, plan.Stops[0].Why) || again.Score != plan.Score {
		t.Error("asked again it is another plan")
	}
	if e := plan.Estimate; e == nil || e.Name == "" || e.Version == 0 || !strings.Contains(e.Text.ZH, "无实测路网，按直线距离估算") || e.Text.EN == "" {
		t.Errorf("the assumption: %+v", e)
	}
}

// TestThePlaceForWhichOneComesIsNotLeftForSmallerOnes: fame decides between places
// that take as long, and a famous one that fills half a day is worth more than four
// lesser ones in the same time, unless it is not wanted.
func TestThePlaceForWhichOneComesIsNotLeftForSmallerOnes(t *testing.T) {
	p := newTown(t)
	if got := p.stops(p.plan(PlanRequest{Minutes: 125})); !slices.Equal(got, []string{"far"}) {
		t.Errorf("time for one museum: %v", got)
	}
	half, short := 240, 40
	p = newTown(t)
	p.show("famous", 100_000, func(f *AreaFields) { f.Notable, f.Minutes = 1, &half })
	for i, name := range []string{"a", "b", "c", "d"} {
		p.show(name, 60_000+float64(i)*300, func(f *AreaFields) { f.Notable, f.Minutes = 0.5, &short })
	}
	avoid := []StopID{p.id["near"], p.id["mid"], p.id["far"]}
	if got := p.stops(p.plan(PlanRequest{Minutes: 245, Avoid: avoid})); !slices.Equal(got, []string{"famous"}) {
		t.Errorf("time for the famous one or for four small ones: %v", got)
	}
	if got := p.stops(p.plan(PlanRequest{Minutes: 245, Avoid: append(avoid, p.id["famous"])})); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("the famous one is not wanted: %v", got)
	}
}

func TestADayInACityBeginsWhereTheVisitorStands(t *testing.T) {
	p := newTown(t)
	east := func(m float64) *Position { at := eastOf(m); return &Position{Lon: at.Lon, Lat: at.Lat} }
	first := p.plan(PlanRequest{Minutes: 480, Start: east(5100)}).Stops[0]
	if p.name[first.SpotID] != "far" || first.WalkM < 130 || first.WalkM > 150 || !first.Guessed {
		t.Errorf("from beside far: %+v", first)
	}
	outside := p.plan(PlanRequest{Minutes: 480, Start: east(-30_000)})
	if len(outside.Stops) == 0 || outside.Stops[0].RideM < 40_000 || outside.Stops[0].ArriveAt.Sub(outside.StartAt) < time.Hour {
		t.Errorf("from 30 km outside: %+v", outside.Stops)
	}
	lost := p.plan(PlanRequest{Minutes: 480, Start: &Position{Lon: 87.6, Lat: 43.8}, Must: []StopID{p.id["near"]}})
	if len(lost.Stops) != 0 || p.why(lost, "near") != route.LeftTooFar || p.why(lost, "far") != route.LeftTooFar || !lost.EndAt.Equal(lost.StartAt) {
		t.Errorf("from another end of the country: %+v, left %+v", lost.Stops, lost.Left)
	}
}

func TestADayInACityKeepsToOpeningHours(t *testing.T) {
	p := newTown(t,
		landmark("shut", heritage.KindMuseum, 100, func(l *heritage.Landmark) { l.Hours = shut() }),
		landmark("late", heritage.KindMuseum, 200, func(l *heritage.Landmark) {
			l.Hours = &heritage.OpeningHours{Seasons: []heritage.Season{{Week: []heritage.WeekDay{{Days: []int{1, 2, 3, 4, 5, 6, 7}, Opens: "18:00", Closes: "22:00"}}}}}
		}))
	day := p.plan(PlanRequest{Minutes: 480, Must: []StopID{p.id["shut"]}})
	if p.why(day, "shut") != leftShut || p.why(day, "late") != leftShut || !day.Left[0].Must {
		t.Errorf("by day: %+v", day.Left)
	}
	evening := p.plan(PlanRequest{Minutes: 240, StartAt: p.tomorrow().Add(9 * time.Hour)})
	if got := p.stops(evening); !slices.Equal(got, []string{"late"}) {
		t.Errorf("in the evening: %v", got)
	}
	for _, name := range []string{"near", "mid", "far"} {
		if p.why(evening, name) != leftNight {
			t.Errorf("%s, of unknown hours, in the evening: %q", name, p.why(evening, name))
		}
	}
	if s := evening.Stops[0]; slices.ContainsFunc(s.Why, func(r PlanReason) bool { return r.Code == byDaytime }) {
		t.Errorf("published hours are said to be assumed: %+v", s.Why)
	}
	night := p.plan(PlanRequest{Minutes: 120, StartAt: p.tomorrow().Add(14 * time.Hour)})
	if len(night.Stops) != 0 || len(night.Left) != 5 || night.EndAt != night.StartAt {
		t.Errorf("when nothing is open: %+v, left %+v", night.Stops, night.Left)
	}
	for _, s := range p.plan(PlanRequest{Minutes: 720, StartAt: p.tomorrow().Add(-2 * time.Hour)}).Stops {
		if zone := p.tomorrow().Location(); p.name[s.SpotID] != "late" && (s.BeginAt.In(zone).Format("15:04") < "09:00" || s.LeaveAt.In(zone).Format("15:04") > "17:00") {
			t.Errorf("%s from %v to %v", p.name[s.SpotID], s.BeginAt, s.LeaveAt)
		}
	}
}

func TestACityPlansOnlyWhatHasAPositionAndIsOpen(t *testing.T) {
	p := newTown(t,
		landmark("lost", heritage.KindMuseum, 0, func(l *heritage.Landmark) { l.Location = nil }),
		landmark("rough", heritage.KindMuseum, 0, func(l *heritage.Landmark) { l.Location.PrecisionM = roughM }),
		landmark("buried", heritage.KindSite, 100, func(l *heritage.Landmark) { l.Open = false }))
	plan := p.plan(PlanRequest{Minutes: 720})
	if got := p.stops(plan); !slices.Equal(got, []string{"far", "mid", "near"}) || plan.Unlisted != 3 || len(plan.Left) != 0 {
		t.Errorf("%v, %d are not listed, left %+v", got, plan.Unlisted, plan.Left)
	}
	gone := StopID(ids.New())
	asked := p.plan(PlanRequest{Minutes: 480, Must: []StopID{p.id["lost"], p.id["buried"], gone}, Avoid: []StopID{p.id["near"], "0190a000-0000-7000-8000-000000000001"}})
	if p.why(asked, "lost") != leftNoPlace || p.why(asked, "near") != leftAvoided || !slices.Contains(p.stops(asked), "buried") {
		t.Errorf("%v, left %+v", p.stops(asked), asked.Left)
	}
	for _, l := range asked.Left {
		if p.name[l.SpotID] == "" && (l.Why.Code != leftGone || l.Kind != "" || l.Must != (l.SpotID == gone)) {
			t.Errorf("what is not there: %+v", l)
		}
	}
}

// TestACityCountsOnePlaceOnce: a protected unit inside an area is the area, and the
// grounds of a museum are the museum, with what the area says of them.
func TestACityCountsOnePlaceOnce(t *testing.T) {
	p := newTown(t)
	p.records["site"+string(p.id["mid"])], p.records["museum"+string(p.id["near"])] = true, true
	p.show("park", 4800, func(f *AreaFields) { f.SiteIDs = []heritage.SiteID{heritage.SiteID(p.id["mid"])} })
	p.show("grounds", 10, func(f *AreaFields) {
		minutes := 30
		f.MuseumID, f.Minutes = heritage.MuseumID(p.id["near"]), &minutes
	})
	plan := p.plan(PlanRequest{Minutes: 480})
	if got := p.stops(plan); !slices.Equal(got, []string{"far", "near", "park"}) || len(plan.Left) != 0 {
		t.Errorf("%v, left %+v", got, plan.Left)
	}
	for _, s := range plan.Stops {
		if stay := s.LeaveAt.Sub(s.BeginAt); p.name[s.SpotID] == "near" && stay != 30*time.Minute || p.name[s.SpotID] == "far" && stay != 2*time.Hour {
			t.Errorf("%s takes %v", p.name[s.SpotID], stay)
		}
	}
}

func TestMadeUpPlacesAreNotPlannedAmongRealOnes(t *testing.T) {
	p := newTown(t, landmark("model", heritage.KindMuseum, 300, func(l *heritage.Landmark) { l.Simulated = true }))
	plan := p.plan(PlanRequest{Minutes: 480})
	if p.why(plan, "model") != leftDemo || plan.Simulated {
		t.Errorf("%v, left %+v", p.stops(plan), plan.Left)
	}
	asked := p.plan(PlanRequest{Minutes: 720, Must: []StopID{p.id["model"]}})
	if !slices.Contains(p.stops(asked), "model") || !asked.Simulated {
		t.Errorf("asked for: %v, simulated %v", p.stops(asked), asked.Simulated)
	}
}

func TestWhoNeedsAccessGetsOnlyWhatIsSaidToBeAccessible(t *testing.T) {
	p := newTown(t)
	p.show("park", 300, nil)
	p.show("steep", 600, nil)
	for name, said := range map[string]Code{"park": AccessYes, "steep": AccessNo} {
		s, err := p.Spots.Create(t.Context(), manager, NewRecord[SpotFields]{Org: org, Fields: SpotFields{AreaID: AreaID(p.id[name]), Name: heritage.Text{ZH: "亭"}, Kind: "sight", Wheelchair: said}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Spots.Publish(t.Context(), manager, s.ID, 0); err != nil {
			t.Fatal(err)
		}
	}
	at := eastOf(0)
	plan := p.plan(PlanRequest{Minutes: 480, Access: AccessWheelchair, Start: &Position{Lon: at.Lon, Lat: at.Lat}})
	if got := p.stops(plan); !slices.Equal(got, []string{"park"}) || plan.WalkM != 0 || plan.RideM == 0 {
		t.Errorf("%v, %d m along streets of which nobody knows", got, plan.WalkM)
	}
	for _, name := range []string{"near", "mid", "far", "steep"} {
		if p.why(plan, name) != leftUnknown {
			t.Errorf("%s: %q", name, p.why(plan, name))
		}
	}
}

func TestADayInACityIsMadeAnewFromTheMiddle(t *testing.T) {
	p := newTown(t)
	p.show("park", 4800, nil)
	first := p.plan(PlanRequest{Minutes: 480})
	var before []StopID
	for _, s := range first.Stops[1:] {
		before = append(before, s.SpotID)
	}
	seen := first.Stops[0]
	again := p.plan(PlanRequest{Minutes: 480 - int(seen.LeaveAt.Sub(first.StartAt).Minutes()), StartAt: seen.LeaveAt, StartSpot: seen.SpotID, Done: []StopID{seen.SpotID}, Before: before})
	if len(again.Stops) != len(before) || len(again.Changes) != len(before) || again.Stops[0].WalkM+again.Stops[0].RideM == 0 {
		t.Fatalf("%+v", again)
	}
	for i, s := range again.Stops {
		if s.SpotID != before[i] || again.Changes[i].How != route.Kept {
			t.Errorf("stop %d: %+v, %+v", i, s, again.Changes[i])
		}
	}
	_, err := p.Plan(t.Context(), PlanRequest{City: "甲市", Minutes: 60, StartAt: p.tomorrow(), StartSpot: StopID(ids.New())})
	want(t, err, fault.ErrInvalid)
}

func TestACityWithoutPublicPlacesIsNotFound(t *testing.T) {
	p := newTown(t)
	for _, city := range []string{"乙市", "甲", strings.Repeat("市", maxCityName)} {
		_, err := p.Plan(t.Context(), PlanRequest{City: city, Minutes: 60})
		want(t, err, ErrPlanCity)
	}
	for path, list := range map[string][]PlanRequest{"areaId": {{Minutes: 60}, {Minutes: 60, City: "甲市", AreaID: AreaID(ids.New())}}, "city": {{Minutes: 60, City: strings.Repeat("市", maxCityName+1)}}} {
		for _, req := range list {
			_, err := p.Plan(t.Context(), req)
			var f *fault.Fault
			if !errors.As(err, &f) || len(f.Fields()) != 1 || f.Fields()[0].Path != path {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	// An area is told of no longer when it is withdrawn.
	p.show("park", 4800, nil)
	if got := p.stops(p.plan(PlanRequest{Minutes: 720})); !slices.Contains(got, "park") {
		t.Fatalf("%v", got)
	}
	if _, err := p.Areas.Withdraw(t.Context(), manager, string(p.id["park"]), 0, "闭园"); err != nil {
		t.Fatal(err)
	}
	plan := p.plan(PlanRequest{Minutes: 720, Must: []StopID{p.id["park"]}})
	if slices.Contains(p.stops(plan), "park") || p.why(plan, "park") != leftGone || plan.Left[0].Name.ZH != "" {
		t.Errorf("withdrawn: %v, left %+v", p.stops(plan), plan.Left)
	}
}

func TestADayInACityGoesByTheCrowdsOfItsAreas(t *testing.T) {
	w, g := newCountedWorld(t)
	busy := w.counted(g, limited(1000, 50000), Counted{State: comfort.Live, Inside: 850, Entered: 900, AsOf: w.st.Now()})
	a, err := w.Areas.Record(t.Context(), manager, busy)
	if err != nil {
		t.Fatal(err)
	}
	f, at := a.Fields, eastOf(0)
	f.Division.City = heritage.Text{ZH: "甲市"}
	f.Location, f.Simulated = &heritage.GeoPoint{Lon: at.Lon, Lat: at.Lat, PrecisionM: 50}, false
	if _, err := w.Areas.Change(t.Context(), manager, busy, 0, f); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Areas.Publish(t.Context(), manager, busy, 0); err != nil {
		t.Fatal(err)
	}
	w.expectations = tide{w.st.Now()}
	p := &town{world: w, known: newKnown()}
	plan := p.plan(PlanRequest{Minutes: 240})
	if len(plan.Stops) != 1 || plan.Stops[0].Level != comfort.Crowded || plan.Crowd.Kind != "forecast" {
		t.Errorf("%+v %+v, left %+v", plan.Stops, plan.Crowd, plan.Left)
	}
}

// TestNoWayRoundAThirdPlaceIsShorter: the planner takes the matrix for shortest ways.
func TestNoWayRoundAThirdPlaceIsShorter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		q := &PlanRequest{Pace: rapid.SampledFrom([]Code{"", PaceSlow, PaceFast}).Draw(r, "pace"), Access: rapid.SampledFrom([]Code{"", AccessPushchair}).Draw(r, "access")}
		far := rapid.Float64Range(0, 200_000)
		a, b := far.Draw(r, "a"), far.Draw(r, "b")
		direct := rapid.Float64Range(0, a+b).Draw(r, "direct")
		x, _ := q.between(a)
		y, _ := q.between(b)
		z, by := q.between(direct)
		if z > x+y+1e-6 {
			r.Fatalf("%v m take %v s, and %v m and %v m take %v s", direct, z, a, b, x+y)
		}
		if total := by.walkM + by.rideM; total < direct || by.walkM > 0 && by.rideM > 0 || q.Access != "" && by.walkM > 0 {
			r.Fatalf("%v m: %+v", direct, by)
		}
	})
}
