package tourismhttp

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
)

// TestTheWatchOfAnAreaOverHTTP: for its staff, with what the plan does; never for others.
func TestTheWatchOfAnAreaOverHTTP(t *testing.T) {
	gates := &pastOf{counted: counted{&tourism.Counted{State: comfort.Live, Inside: 10, Entered: 20}}, origin: origin{past: true}}
	s := newSiteWith(t, gates)
	got := s.manager.Post("/api/v1/areas", body(t, "park", map[string]any{"name": map[string]string{"zh": "园"}, "capacity": map[string]any{
		"instantMax": 150, "dailyMax": 100000, "approvedBy": map[string]string{"zh": "示范主管部门"}, "document": "1", "approvedOn": "2026-01-05",
		"response": []map[string]any{{"from": "busy", "do": map[string]string{"zh": "增派引导员", "en": "Send more guides"}}, {"from": "full", "do": map[string]string{"zh": "暂停售票"}}}}}))
	got.Want(t, 201)
	var a made
	if err := json.Unmarshal(got.Body, &a); err != nil {
		t.Fatal(err)
	}
	s.manager.Post("/api/v1/areas/"+a.ID+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)
	s.nobody.Get("/api/v1/areas/"+a.ID).Lacks(t, "增派引导员")
	path := "/api/v1/areas/" + a.ID + "/crowd/watch"
	read := func() (v WatchView) {
		t.Helper()
		got := s.watcher.Get(path)
		got.Want(t, 200)
		if err := json.Unmarshal(got.Body, &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := read(); v.MadeAt != nil || len(v.Ahead) != 0 || v.Rise != nil || len(v.Plan.Lacks) != 1 || v.Plan.Lacks[0].Code != "no-forecast" || v.Level.Code != "clear" {
		t.Errorf("before anything is foretold: %+v", v)
	}
	gates.area, gates.now = tourism.AreaID(a.ID), s.st.Now
	if err := s.svc.RefreshForecasts(t.Context()); err != nil {
		t.Fatal(err)
	}
	v := read()
	if len(v.Ahead) != 3 || v.Ahead[0].Minutes != 15 || v.Ahead[2].Minutes != 180 || v.Ahead[0].Inside == nil || v.Until == nil || !v.Simulated || v.Share != 0.8 {
		t.Errorf("%+v", v)
	}
	if v.Rise == nil || v.Rise.Level.Code == "clear" || *v.Inside != 10 { // 100 and more were in at all hours
		t.Errorf("the rise: %+v", v.Rise)
	}
	if p := v.Plan; len(p.Next) != 1 || p.Next[0].From.Code != "busy" || p.Next[0].Do.EN != "Send more guides" || p.At == nil || !p.Likely || len(p.Started) != 0 || len(p.Lacks) != 0 {
		t.Errorf("the plan: %+v", p)
	}
	s.nobody.Get(path).Want(t, 401)
	s.other.Get(path).Want(t, 404)
}

func TestAQueueOverHTTP(t *testing.T) {
	s := newSiteWith(t, counted{&tourism.Counted{State: comfort.Live}})
	got := s.manager.Post("/api/v1/areas", body(t, "park", map[string]any{"name": map[string]string{"zh": "园"}}))
	got.Want(t, 201)
	var a made
	if err := json.Unmarshal(got.Body, &a); err != nil {
		t.Fatal(err)
	}
	path, queue := "/api/v1/areas/"+a.ID, map[string]any{"waiting": 30, "served": 120}
	s.manager.Post(path+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)
	s.nobody.Put(path+"/queue", queue).Want(t, 401)
	s.other.Put(path+"/queue", queue).Want(t, 404)
	s.watcher.Put(path+"/queue", map[string]any{"waiting": -1, "served": 1}).Want(t, 422)
	put := s.watcher.Put(path+"/queue", queue)
	put.Want(t, 200)
	if body := string(put.Body); !strings.Contains(body, `"waiting":30,"served":120`) || !strings.Contains(body, `"by":"watcher"`) {
		t.Errorf("%s", body)
	}
	pub := s.nobody.Get(path + "/comfort")
	pub.Want(t, 200)
	pub.Lacks(t, "watcher")
	if body := string(pub.Body); !strings.Contains(body, "人工记录") || !strings.Contains(body, `"value":15,"unit":"min"`) {
		t.Errorf("the wait of 15 min is not told: %s", body)
	}
}

// TestWhatHasNoIndexHasNoConfidence: closed or unknown, there is nothing to trust.
func TestWhatHasNoIndexHasNoConfidence(t *testing.T) {
	for _, state := range []comfort.State{comfort.Unknown, comfort.Closed} {
		x := comfort.Assess(time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC), comfort.Published(), map[comfort.State]comfort.Input{comfort.Unknown: comfort.Missing(comfort.Share), comfort.Closed: comfort.Shut(comfort.Share)}[state])
		v := indexView(&tourism.Crowd{Index: x}, true)
		if v.Confidence != nil || v.Low != nil || v.High != nil || v.Value != nil || v.State.Code != string(state) || strings.Contains(v.Explanation.ZH, "可信度") {
			t.Errorf("%s: %+v", state, v)
		}
	}
}
