package tourism

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/comfort/calendar"
	"yijianyou/tourism/comfort/forecast"
)

// pastPark is gates with a past: each day the same, up to 800 inside at noon.
type pastPark struct {
	gates
	now  func() time.Time
	days int
}

func (p pastPark) Past(_ context.Context, _ store.Reader, _ AreaID, since time.Time, step time.Duration) (Past, error) {
	now := p.now()
	from := now.AddDate(0, 0, -p.days)
	if since.After(from) {
		from = since
	}
	out := Past{DayEnds: now.Truncate(24 * time.Hour).Add(24 * time.Hour)}
	for at := from.Truncate(step).Add(step); !at.Add(step).After(now); at = at.Add(step) {
		h := float64(at.Add(step).Hour()) + float64(at.Add(step).Minute())/60
		inside := math.Max(0, 800*math.Sin(math.Pi*(h-2)/10))
		if h > 12 {
			inside = 0
		}
		out.Steps = append(out.Steps, PastStep{At: at, Inside: int(inside), Entered: int(math.Min(math.Max(h-2, 0), 10) * 150), Heard: inside > 0})
	}
	return out, nil
}

func (p pastPark) Outdoors(context.Context, store.Reader, AreaID) ([]comfort.Input, bool, error) {
	at := p.now()
	return []comfort.Input{comfort.Measured(comfort.AirTemp, 20, at, "mast"), comfort.Measured(comfort.Humidity, 50, at, "mast"), comfort.Measured(comfort.Wind, 1, at, "mast")}, true, nil
}

// never is the hours of an area of which none are known.
func never(time.Time) bool { return false }

// reads counts how often the hours of museums are asked for.
type reads struct {
	catalogue
	hours int
}

func (c *reads) Hours(ctx context.Context, r store.Reader, museum heritage.MuseumID) (*heritage.OpeningHours, error) {
	c.hours++
	return c.catalogue.Hours(ctx, r, museum)
}

func TestHoursAreReadOnceForAForecastAndOnceForAPlan(t *testing.T) {
	w := newWorld(t)
	g := pastPark{gates: gates{}, now: w.st.Now, days: 30}
	w.crowds = g
	ctx := t.Context()
	museum := heritage.MuseumID(ids.New())
	w.records["museum"+string(museum)], w.records["closed"+string(museum)] = true, true
	asked := &reads{catalogue: w.records}
	w.catalogue = asked
	a, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "园"}, MuseumID: museum, Capacity: limited(1000, 3000)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Areas.Publish(ctx, manager, a.ID, a.Rev); err != nil {
		t.Fatal(err)
	}
	g.gates[AreaID(a.ID)] = Counted{State: comfort.Live}
	for _, kind := range []string{"now", "forecast"} {
		if kind == "forecast" {
			if err := w.RefreshForecasts(ctx); err != nil {
				t.Fatal(err)
			}
		}
		asked.hours = 0
		c, err := w.PublicCrowd(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if kind == "forecast" {
			soon, later := w.Foretold(c, c.Forecast.Soon), w.Foretold(c, c.Forecast.Later)
			if len(soon) == 0 || len(later) == 0 || !soon[0].Closed || !later[0].Closed {
				t.Errorf("a museum that is closed all week: %+v %+v", soon, later)
			}
		}
		if asked.hours != 1 {
			t.Errorf("%s: the hours are read %d times for a crowd", kind, asked.hours)
		}
		asked.hours = 0
		if _, err := w.Plan(ctx, PlanRequest{AreaID: AreaID(a.ID), Minutes: 60}); err != nil || asked.hours != 1 {
			t.Errorf("%s: the hours are read %d times for a plan, %v", kind, asked.hours, err)
		}
	}
}

func TestAForecastIsMadeOfThePastAndJudgedByTheLimits(t *testing.T) {
	w := newWorld(t)
	g := pastPark{gates: gates{}, now: w.st.Now, days: 30}
	w.crowds = g
	ctx := t.Context()
	id := w.counted(g.gates, limited(1000, 3000), Counted{State: comfort.Live, Inside: 100, Entered: 200})
	noon := w.st.Now().Truncate(24 * time.Hour).Add(24*time.Hour + 7*time.Hour) // 07:00 UTC tomorrow: the fullest hour
	expected := func(at time.Time) (comfort.Level, bool, string) {
		a, err := w.Areas.Public(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		o, err := w.expectations.Outlook(ctx, AreaID(id), &a.Fields, never)
		if err != nil {
			t.Fatal(err)
		}
		level, ok := o.Expected("", at)
		return level, ok, o.Basis().Kind
	}
	if _, ok, kind := expected(noon); ok || kind != "now" {
		t.Fatalf("expected before anything is made: %v %q", ok, kind)
	}
	if err := w.RefreshForecasts(ctx); err != nil {
		t.Fatal(err)
	}
	c, err := w.PublicCrowd(ctx, id)
	if err != nil || c.Forecast == nil || len(c.Forecast.Soon) != 24 || len(c.Forecast.Later) != 72 {
		t.Fatalf("%+v %v", c.Forecast, err)
	}
	for _, f := range w.Foretold(c, c.Forecast.Later) {
		if f.At.Equal(noon) && (f.Inside.Expected < 650 || f.Inside.Expected > 850 || f.Level != comfort.Busy && f.Level != comfort.Crowded) {
			t.Errorf("tomorrow at the fullest hour: %+v", f)
		}
		if f.Best.Fuller(f.Level) || f.Level.Fuller(f.Worst) || f.Inside.Low > f.Inside.Expected || f.Inside.Expected > f.Inside.High {
			t.Errorf("the ends are crossed: %+v", f)
		}
	}
	if level, ok, kind := expected(noon); !ok || kind != "forecast" || level != comfort.Busy && level != comfort.Crowded {
		t.Errorf("%q %v %q", level, ok, kind)
	}
	for _, at := range []time.Time{noon.AddDate(0, 0, 9), noon.AddDate(0, 0, -9)} {
		if _, ok, _ := expected(at); ok {
			t.Errorf("%s is foretold", at)
		}
	}
}

// TestAForecastThatHasRunOutGivesWayToThePresentLevel: no longer made, it is used as
// long as it reaches farther than the present level holds.
func TestAForecastThatHasRunOutGivesWayToThePresentLevel(t *testing.T) {
	now := time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)
	w := newWorldWith(t, store.Options{RunTwice: true, Now: func() time.Time { return now }})
	g := pastPark{gates: gates{}, now: w.st.Now, days: 30}
	w.crowds = g
	id := w.counted(g.gates, limited(1000, 3000), Counted{State: comfort.Live, Inside: 950, AsOf: now})
	if err := w.RefreshForecasts(t.Context()); err != nil {
		t.Fatal(err)
	}
	made := now
	for _, c := range []struct {
		after time.Duration
		kind  string
	}{{0, "forecast"}, {10 * time.Hour, "forecast"}, {70 * time.Hour, "forecast"}, {71 * time.Hour, "now"}, {73 * time.Hour, "now"}, {900 * time.Hour, "now"}} {
		now = made.Add(c.after)
		a, err := w.Areas.Public(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		o, err := w.expectations.Outlook(t.Context(), AreaID(id), &a.Fields, never)
		if err != nil {
			t.Fatal(err)
		}
		level, ok := o.Expected("", now.Add(presentHolds))
		if f := w.forecast(AreaID(id)); c.kind == "forecast" && !o.Basis().AsOf.Equal(f.Until) {
			t.Errorf("after %v a plan is as old as %v, and its counts end at %v", c.after, o.Basis().AsOf, f.Until)
		}
		if o.Basis().Kind != c.kind || !ok || c.kind == "now" && level != comfort.Packed {
			t.Errorf("after %v: %+v, %q %v", c.after, o.Basis(), level, ok)
		}
	}
}

// TestNobodyIsInsideWhoHasNotCome: also at the upper end, but for those whom a correction
// found inside beyond those that were counted.
func TestNobodyIsInsideWhoHasNotCome(t *testing.T) {
	china, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{forecasts: forecasts{china: china}}
	now := time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)
	for _, surplus := range []int{0, 300} {
		p := Past{DayEnds: now.Add(20 * time.Hour)}
		for at := now.AddDate(0, 0, -28); at.Before(now); at = at.Add(time.Hour) {
			entered := 100 + 10*at.Hour()
			inside := entered / 2 // some days the gates missed who came in, so that the interval is wide
			if at.Day()%3 == 0 {
				inside = 3 * entered
			}
			p.Steps = append(p.Steps, PastStep{At: at, Inside: inside, Entered: entered, Heard: true})
		}
		last := &p.Steps[len(p.Steps)-1]
		last.Inside = last.Entered + surplus
		list, err := s.ahead(p, time.UTC, time.Hour, 12*time.Hour)
		if err != nil || len(list) != 12 {
			t.Fatal(list, err)
		}
		capped := 0
		for _, a := range list {
			if a.Inside.High > a.Entered.High+surplus || a.Inside.Low > a.Inside.Expected || a.Inside.Expected > a.Inside.High {
				t.Errorf("%d beyond: %+v", surplus, a)
			}
			if a.Inside.High == a.Entered.High+surplus {
				capped++
			}
		}
		if surplus == 0 && capped == 0 {
			t.Error("no interval reached the number that came: the test shows nothing")
		}
	}
}

// TestCountsThatEndedForetellNothing: neither an area whose gates were taken down weeks
// ago, which has hours and no quarters, nor one that was silent for days.
func TestCountsThatEndedForetellNothing(t *testing.T) {
	for _, silent := range []time.Duration{40 * 24 * time.Hour, 4 * 24 * time.Hour} {
		w := newWorld(t)
		then := w.st.Now().Add(-silent)
		g := pastPark{gates: gates{}, now: func() time.Time { return then }, days: 30}
		w.crowds = g
		id := AreaID(w.counted(g.gates, limited(1000, 3000), Counted{State: comfort.Unknown}))
		if err := w.RefreshForecasts(t.Context()); err != nil || w.forecast(id) != nil {
			t.Errorf("silent for %s: %+v %v", silent, w.forecast(id), err)
		}
	}
	w := newWorld(t)
	then := w.st.Now().Add(-30 * time.Hour)
	g := pastPark{gates: gates{}, now: func() time.Time { return then }, days: 30}
	w.crowds = g
	id := AreaID(w.counted(g.gates, limited(1000, 3000), Counted{State: comfort.Stale}))
	if err := w.RefreshForecasts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if o := w.forecast(id); o == nil || o.Until.After(then) || o.Until.Before(then.Add(-time.Hour)) {
		t.Errorf("silent since yesterday: %+v", o)
	}
}

// brokenPark is a pastPark whose past of one area cannot be read.
type brokenPark struct {
	pastPark
	broken AreaID
}

func (p brokenPark) Past(ctx context.Context, r store.Reader, area AreaID, since time.Time, step time.Duration) (Past, error) {
	if area == p.broken {
		return Past{}, errors.New("the counts cannot be read")
	}
	return p.pastPark.Past(ctx, r, area, since, step)
}

func TestAnAreaThatFailsKeepsItsForecastAndStopsNoOther(t *testing.T) {
	w := newWorld(t)
	g := pastPark{gates: gates{}, now: w.st.Now, days: 30}
	w.crowds = g
	bad := AreaID(w.counted(g.gates, limited(1000, 3000), Counted{State: comfort.Live}))
	if err := w.RefreshForecasts(t.Context()); err != nil {
		t.Fatal(err)
	}
	old := w.forecast(bad)
	good := AreaID(w.counted(g.gates, limited(1000, 3000), Counted{State: comfort.Live}))
	w.crowds = brokenPark{pastPark: g, broken: bad}
	if err := w.RefreshForecasts(t.Context()); err == nil || !strings.Contains(err.Error(), string(bad)) {
		t.Errorf("%v does not name the area", err)
	}
	if old == nil || w.forecast(bad) != old {
		t.Error("the forecast of the area that fails is gone")
	}
	if w.forecast(good) == nil {
		t.Error("the other area has no forecast")
	}
}

func TestTheIndexOfACrowdSaysWhatIsMissing(t *testing.T) {
	w := newWorld(t)
	g := pastPark{gates: gates{}, now: w.st.Now}
	w.crowds = g
	limits := limited(1000, 5000)
	limits.Spaces = []Space{{Name: limits.ApprovedBy, AreaM2: 3000, PerPersonM2: 2}}
	id := w.counted(g.gates, limits, Counted{State: comfort.Live, Inside: 500, Entered: 900, AsOf: w.st.Now()})
	c, err := w.PublicCrowd(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	v, ok := c.Index.Value()
	if !ok || v < 80 || c.Index.Confidence != 0.7 || !c.Simulated {
		t.Errorf("%v %v %+v", v, ok, c.Index)
	}
	for i, want := range []string{"share-inside", "share-entered", "fruin-walkway", "apparent-steadman-bom", "aqi", "queue-little", "climate-i", "climate-k", "climate-class"} {
		f := c.Figures[i]
		again, err := comfort.Again(f.Encode())
		if f.Formula.ID != want || err != nil || string(again.Encode()) != string(f.Encode()) {
			t.Errorf("%s: %v\n%s", want, err, f.Encode())
		}
	}
	w.crowds = g.gates // no instruments
	less, err := w.PublicCrowd(t.Context(), id)
	if err != nil || less.Index.Confidence >= c.Index.Confidence || less.Index.Low > c.Index.Low || less.Index.High < c.Index.High {
		t.Errorf("without weather: %+v %v", less.Index, err)
	}
	unlimited := w.counted(g.gates, nil, Counted{State: comfort.Live, Inside: 500})
	if c, err = w.PublicCrowd(t.Context(), unlimited); err != nil || c.Index.State != comfort.Unknown {
		t.Errorf("without a limit: %+v %v", c.Index, err)
	}
}

func TestACapacityNamesItsSchemeAndRides(t *testing.T) {
	w := newWorld(t)
	best, used := 9000, 1.5
	c := limited(1000, 5000)
	c.Scheme, c.DailyBest, c.UsedPerHead, c.Facilities = "nowhere", &best, &used, []Ride{{PerRun: 0}}
	_, err := w.Areas.Create(t.Context(), manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: c.ApprovedBy, Capacity: c}})
	want := map[string]bool{"capacity.scheme heritage.": false, "capacity.dailyBest tourism.best_order": false, "capacity.facilities[0].perRun ": false}
	for _, f := range faultsOf(err) {
		for k := range want {
			if len(f) >= len(k) && f[:len(k)] == k {
				want[k] = true
			}
		}
	}
	for k, seen := range want {
		if !seen {
			t.Errorf("%s is not said: %v", k, faultsOf(err))
		}
	}
}

// BenchmarkForecastOfAnArea is what an area costs each time: two figures over the
// hours of 800 days and the quarters of four weeks.
func BenchmarkForecastOfAnArea(b *testing.B) {
	china, err := calendar.China()
	if err != nil {
		b.Fatal(err)
	}
	s := &Service{forecasts: forecasts{china: china}}
	now := time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)
	p := pastPark{now: func() time.Time { return now }, days: 800}
	hours, _ := p.Past(b.Context(), nil, "", now.Add(-hourPast), time.Hour)
	quarters, _ := p.Past(b.Context(), nil, "", now.Add(-quarterPast), quarter)
	for b.Loop() {
		if _, err := s.ahead(hours, time.UTC, time.Hour, forecast.Longest); err != nil {
			b.Fatal(err)
		}
		if _, err := s.ahead(quarters, time.UTC, quarter, soonSpan); err != nil {
			b.Fatal(err)
		}
	}
}
