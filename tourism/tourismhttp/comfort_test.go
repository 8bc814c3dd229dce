package tourismhttp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
)

// counted says the same of every area.
type counted struct{ says *tourism.Counted }

func (c counted) Counted(context.Context, store.Reader, tourism.AreaID) (tourism.Counted, error) {
	return *c.says, nil
}

func (c counted) Correct(_ context.Context, _ actor.Actor, _ tourism.AreaID, inside int, _ string) error {
	c.says.Inside = inside
	return nil
}

func (c counted) Areas(context.Context, store.Reader) ([]tourism.AreaID, error) { return nil, nil }

func (c counted) Past(context.Context, store.Reader, tourism.AreaID, time.Time, time.Duration) (tourism.Past, error) {
	return tourism.Past{}, nil
}

func (c counted) Outdoors(context.Context, store.Reader, tourism.AreaID) ([]comfort.Input, bool, error) {
	return []comfort.Input{comfort.Measured(comfort.PM25, 30, time.Now(), "mast")}, true, nil
}

func TestTheCrowdOfAnAreaOverHTTP(t *testing.T) {
	says := &tourism.Counted{State: comfort.Live, Inside: 620, Entered: 1100, AsOf: time.Date(2026, 10, 1, 4, 0, 0, 0, time.UTC), Day: "2026-10-01", Simulated: true,
		Gates: []tourism.Gate{{ID: "gate-1", In: 1100, Out: 480}}}
	s := newSiteWith(t, counted{says})
	area := func(numbers bool) string {
		got := s.manager.Post("/api/v1/areas", body(t, "park", map[string]any{"name": map[string]string{"zh": "示范山"}, "simulated": true, "capacity": map[string]any{
			"instantMax": 1000, "dailyMax": 5000, "approvedBy": map[string]string{"zh": "示范主管部门"}, "document": "示范〔2026〕1号", "approvedOn": "2026-01-05",
			"publishNumbers": numbers, "openMinutes": 600, "spaces": []map[string]any{{"name": map[string]string{"zh": "广场"}, "areaM2": 3000, "perPersonM2": 1.5}}}}))
		got.Want(t, 201)
		var a made
		if err := json.Unmarshal(got.Body, &a); err != nil {
			t.Fatal(err)
		}
		s.manager.Post("/api/v1/areas/"+a.ID+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)
		return a.ID
	}
	open, banded := area(true), area(false)

	got := s.nobody.Get("/api/v1/areas/" + open + "/comfort")
	got.Want(t, 200)
	for _, part := range []string{`"code":"busy"`, `"value":620`, `"percent":62`, `"document":"示范〔2026〕1号"`, `"simulated":true`, `"asOf":"2026-10-01T04:00:00Z"`, "较拥挤",
		`"formula":"share-inside","version":"2"`, `"quantity":"pm25"`, `"version":"index-2026.1"`, "安全舒适指数 "} {
		if !strings.Contains(string(got.Body), part) {
			t.Errorf("the public view lacks %s: %s", part, got.Body)
		}
	}
	got.Lacks(t, "gate-1")
	got.Lacks(t, "proposal")

	band := s.nobody.Get("/api/v1/areas/" + banded + "/comfort")
	band.Want(t, 200)
	band.Lacks(t, ":620")
	band.Lacks(t, ":1100")
	band.Lacks(t, `"percent":62`)
	band.Lacks(t, "share-inside")
	for _, path := range []string{open + "/comfort/forecast", banded + "/comfort/forecast"} {
		ahead := s.nobody.Get("/api/v1/areas/" + path)
		ahead.Want(t, 200)
		if !strings.Contains(string(ahead.Body), `"madeAt":null`) || !strings.Contains(string(ahead.Body), `"soon":[]`) {
			t.Errorf("too little was counted: %s", ahead.Body)
		}
	}
	s.nobody.Get("/api/v1/areas/"+open+"/crowd/forecast").Want(t, 401)
	s.other.Get("/api/v1/areas/"+open+"/crowd/forecast").Want(t, 404)
	s.watcher.Get("/api/v1/areas/"+open+"/crowd/forecast").Want(t, 200)
	if !strings.Contains(string(band.Body), `"fromPercent":60`) || !strings.Contains(string(band.Body), `"value":null`) {
		t.Errorf("a band: %s", band.Body)
	}
	if pub := s.nobody.Get("/api/v1/areas/" + banded); strings.Contains(string(pub.Body), "perPersonM2") {
		t.Errorf("the basis of the proposal is public: %s", pub.Body)
	}

	cards := s.nobody.Get(fmt.Sprintf("/api/v1/comfort?areas=%s,%s,0190a000-0000-7000-8000-000000000001", open, banded))
	cards.Want(t, 200)
	if n := strings.Count(string(cards.Body), `"areaId"`); n != 2 {
		t.Errorf("%d cards: %s", n, cards.Body)
	}
	s.nobody.Get("/api/v1/comfort?areas=nonsense").Want(t, 400)
	s.nobody.Get("/api/v1/areas/0190a000-0000-7000-8000-000000000001/comfort").Want(t, 404)

	crowd := "/api/v1/areas/" + open + "/crowd"
	s.nobody.Get(crowd).Want(t, 401)
	s.other.Get(crowd).Want(t, 404)
	staff := s.watcher.Get(crowd)
	staff.Want(t, 200)
	for _, part := range []string{`"gate-1"`, `"proposal":{"instant":2000`, `"hours":[]`} {
		if !strings.Contains(string(staff.Body), part) {
			t.Errorf("the staff view lacks %s: %s", part, staff.Body)
		}
	}
	s.other.Post(crowd+"/corrections", map[string]any{"inside": 5, "reason": "x"}).Want(t, 404)
	fixed := s.watcher.Post(crowd+"/corrections", map[string]any{"inside": 300, "reason": "清点"})
	fixed.Want(t, 200)
	if !strings.Contains(string(fixed.Body), `"inside":300`) {
		t.Errorf("a correction: %s", fixed.Body)
	}
}
