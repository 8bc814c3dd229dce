package tourism

import (
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
)

// morning is a park at a moment of a day of pastPark, which fills from two o'clock to
// seven and has a level to come.
func morning(t *testing.T, at string, c *Capacity, now Counted) (*world, *Crowd) {
	clock, err := time.Parse("15:04", at)
	if err != nil {
		t.Fatal(err)
	}
	when := time.Date(2026, 11, 27, clock.Hour(), clock.Minute(), 0, 0, time.UTC)
	w := newWorldWith(t, store.Options{RunTwice: true, Now: func() time.Time { return when }})
	g := pastPark{gates: gates{}, now: w.st.Now, days: 30}
	w.crowds = g
	id := w.counted(g.gates, c, now)
	if err := w.RefreshForecasts(t.Context()); err != nil {
		t.Fatal(err)
	}
	crowd, err := w.Crowd(t.Context(), watcher, id)
	if err != nil {
		t.Fatal(err)
	}
	return w, crowd
}

func do(from Code, zh string) Measure { return Measure{From: from, Do: heritage.Text{ZH: zh}} }

// TestWhoIsOnDutySeesTheNextHours: 380 of 1000 are in at 03:35, and 40 % is passed soon.
func TestWhoIsOnDutySeesTheNextHours(t *testing.T) {
	w, c := morning(t, "03:35", limited(1000, 9000), Counted{State: comfort.Live, Inside: 380, Entered: 240})
	list := w.Moments(c)
	if len(list) != 3 {
		t.Fatalf("%+v", list)
	}
	for i, want := range []string{"03:45", "04:30", "06:30"} {
		m := list[i]
		if m.At.Format("15:04") != want || m.Inside.Low > m.Inside.Expected || m.Inside.Expected > m.Inside.High || m.Best.Fuller(m.Worst) {
			t.Errorf("%s: %+v, want %s", m.After, m, want)
		}
	}
	f := w.Rise(c)
	if f == nil || f.Level != comfort.Comfortable || f.At.After(w.st.Now().Add(time.Hour)) || !f.At.After(w.st.Now()) {
		t.Errorf("the rise within the hour: %+v", f)
	}
	if w, c = morning(t, "07:20", limited(1000, 9000), Counted{State: comfort.Live, Inside: 790, Entered: 800}); w.Rise(c) != nil {
		t.Errorf("past the fullest hour %+v rises", w.Rise(c))
	}
	// Closed or not counted it has no level; what is clear or comfortable does not rise from there.
	if w, c = morning(t, "02:05", limited(1000, 9000), Counted{State: comfort.Unknown}); w.Rise(c) != nil {
		t.Errorf("%+v rises from what is not known", w.Rise(c))
	}
}

func TestTheStepOfThePlanThatComesNextIsTold(t *testing.T) {
	plan := limited(1000, 9000)
	plan.Response = []Measure{do("busy", "增派引导员"), do("packed", "暂停售票"), do("busy", "开放二号出口")}
	w, c := morning(t, "03:35", plan, Counted{State: comfort.Live, Inside: 380, Entered: 240})
	r := w.Response(c)
	if len(r.Started) != 0 || len(r.Next) != 2 || r.Next[0].Do.ZH != "增派引导员" || !r.Likely || r.At.Hour() < 4 || r.At.Hour() > 6 || len(r.Lacks) != 0 {
		t.Errorf("%+v", r)
	}
	// Under way is not next: then only the upper end, or nothing, reaches the rest.
	w, c = morning(t, "06:40", plan, Counted{State: comfort.Live, Inside: 780, Entered: 700})
	if r = w.Response(c); len(r.Started) != 2 || len(r.Next) > 0 && (r.Likely || r.Next[0].From != "packed") {
		t.Errorf("%+v", r)
	}
	plan.DailyMax = func() *int { n := 1700; return &n }() // 1500 come: 88 %
	plan.Response = []Measure{do("III", "发布黄色预警"), do("II", "发布橙色预警")}
	w, c = morning(t, "03:35", plan, Counted{State: comfort.Live, Inside: 380, Entered: 240})
	if r = w.Response(c); len(r.Next) != 1 || r.Next[0].From != "III" || !r.Likely || r.At.Before(w.st.Now().Add(4*time.Hour)) {
		t.Errorf("a peak level: %+v", r)
	}
}

func TestAPlanThatLacksSomethingSaysWhat(t *testing.T) {
	live := Counted{State: comfort.Live, Inside: 380, Entered: 240}
	w, c := morning(t, "03:35", limited(1000, 1700), live)
	r := w.Response(c)
	if len(r.Lacks) != 1 || r.Lacks[0] != NoMeasures || len(r.Next) != 1 || r.Next[0].From != "III" || !r.Next[0].Do.IsZero() {
		t.Errorf("the triggers of the scheme: %+v", r)
	}
	w, c = morning(t, "03:35", nil, live)
	if r = w.Response(c); len(r.Lacks) != 2 || r.Lacks[1] != NoLimit || len(r.Next) != 0 || !r.At.IsZero() {
		t.Errorf("without a limit: %+v", r)
	}
	c.Forecast = nil
	if r = w.Response(c); len(r.Lacks) != 3 || r.Lacks[2] != NoForecast || w.Moments(c) != nil || w.Rise(c) != nil {
		t.Errorf("without a forecast: %+v", r)
	}
}

func TestAMeasureHasATriggerAndWords(t *testing.T) {
	w := newWorld(t)
	c := limited(1000, 5000)
	c.Response = []Measure{{}, do("soon", "x"), do("full", " 暂停售票 ")}
	f := AreaFields{Name: c.ApprovedBy, Capacity: c}
	want := map[string]bool{"capacity.response[0].from tourism.trigger_required": true, "capacity.response[0].do.zh heritage.chinese_required": true, "capacity.response[1].from heritage.term": true}
	got := w.Areas.Check(&f)
	for _, x := range got {
		if k := x.Path + " " + x.Code.ID(); !want[k] {
			t.Errorf("%s", k)
		}
	}
	if len(got) != len(want) || f.Capacity.Response[2].Do.ZH != "暂停售票" {
		t.Errorf("%+v %+v", got, f.Capacity.Response)
	}
	only := (&Capacity{Response: []Measure{do("full", "暂停售票")}}).tidy()
	if only == nil {
		t.Error("a plan alone is thrown away")
	}
}
