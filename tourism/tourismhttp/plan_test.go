package tourismhttp

import (
	"encoding/json"
	"strings"
	"testing"
)

// published creates and publishes a record and returns its id.
func (s *site) published(t *testing.T, plural string, fields map[string]any) string {
	t.Helper()
	got := s.manager.Post("/api/v1/"+plural, body(t, "park", fields))
	got.Want(t, 201)
	var m made
	if err := json.Unmarshal(got.Body, &m); err != nil {
		t.Fatal(err)
	}
	s.manager.Post("/api/v1/"+plural+"/"+m.ID+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)
	return m.ID
}

func TestAPlanOverHTTP(t *testing.T) {
	s := newSite(t)
	area := s.published(t, "areas", map[string]any{"name": map[string]string{"zh": "示范园"}, "simulated": true})
	spot := func(name, kind string, lon float64) string {
		return s.published(t, "spots", map[string]any{"areaId": area, "name": map[string]string{"zh": name}, "kind": kind, "order": 1, "minutes": 10,
			"location": map[string]any{"lon": lon, "lat": 34.8, "precisionM": 5}})
	}
	gate, near, far := spot("大门", "gate", 113), spot("近景", "sight", 113.001), spot("远景", "sight", 113.2)

	got := s.nobody.Post("/api/v1/plans", map[string]any{"areaId": area, "budgetMinutes": 60, "must": []string{far}})
	got.Want(t, 200)
	var p PlanView
	if err := json.Unmarshal(got.Body, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Stops) != 1 || p.Stops[0].SpotID != near || p.Stops[0].WalkM == 0 || len(p.Stops[0].Why) == 0 || p.Stops[0].Level != nil {
		t.Errorf("stops: %s", got.Body)
	}
	if len(p.Left) != 1 || p.Left[0].SpotID != far || !p.Left[0].Must || p.Left[0].Why.Code != "too-far" || p.Left[0].Why.Text.EN == "" {
		t.Errorf("left: %s", got.Body)
	}
	if p.Gate == nil || p.Gate.ID != gate || !p.Simulated || p.Crowd.Basis != "none" || !p.Estimated || p.Score <= 0 {
		t.Errorf("the rest: %s", got.Body)
	}
	if got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control: %q", got.Header.Get("Cache-Control"))
	}

	here := s.nobody.Post("/api/v1/plans", map[string]any{"areaId": area, "budgetMinutes": 60, "start": map[string]float64{"lat": 34.8, "lon": 113.0005}})
	here.Want(t, 200)
	here.Lacks(t, "113.0005") // a position is not given back

	again := s.nobody.Post("/api/v1/plans", map[string]any{"areaId": area, "budgetMinutes": 30, "startSpot": gate, "done": []string{near}, "before": []string{far}})
	again.Want(t, 200)
	if !strings.Contains(string(again.Body), `"how":"dropped"`) {
		t.Errorf("planned anew: %s", again.Body)
	}

	wrong := s.nobody.Post("/api/v1/plans", map[string]any{"areaId": area, "budgetMinutes": 5, "pace": "run"}, "Accept-Language", "en")
	wrong.Want(t, 422)
	for _, part := range []string{`"budgetMinutes"`, `"pace"`, "between 15 and 720"} {
		if !strings.Contains(string(wrong.Body), part) {
			t.Errorf("the refusal lacks %s: %s", part, wrong.Body)
		}
	}
	for _, gone := range []string{"0190a000-0000-7000-8000-000000000001", "x"} {
		s.nobody.Post("/api/v1/plans", map[string]any{"areaId": gone, "budgetMinutes": 60}).Want(t, 404).Has(t, "tourism.not_found")
	}
	for _, list := range []string{"must", "avoid"} {
		s.nobody.Post("/api/v1/plans", map[string]any{"areaId": area, "budgetMinutes": 60, list: []string{"x"}}).Want(t, 422).Has(t, `"`+list+`[0]"`, "tourism.reference")
	}
	s.nobody.Post("/api/v1/plans", map[string]any{"budgetMinutes": 60}).Want(t, 422).Has(t, "tourism.plan_where")
	s.nobody.Post("/api/v1/plans", map[string]any{"areaId": area, "budgetMinutes": 60, "avoid": strings.Split(strings.Repeat(far+",", 3000), ",")}).Want(t, 413)
}

func TestAPlanOfACityOverHTTP(t *testing.T) {
	s := newSite(t)
	area := s.published(t, "areas", map[string]any{"name": map[string]string{"zh": "真园"}, "division": map[string]any{"city": map[string]string{"zh": "甲市", "en": "Jia"}},
		"location": map[string]any{"lon": 113, "lat": 34.8, "precisionM": 50}})
	hidden := body(t, "park", map[string]any{"name": map[string]string{"zh": "未公开园"}, "division": map[string]any{"city": map[string]string{"zh": "甲市"}}, "location": map[string]any{"lon": 113, "lat": 34.8, "precisionM": 50}})
	s.manager.Post("/api/v1/areas", hidden).Want(t, 201)
	tomorrow := s.st.Now().AddDate(0, 0, 1).Format("2006-01-02") + "T01:00:00Z" // nine by its clock
	got := s.nobody.Post("/api/v1/plans", map[string]any{"city": "甲市", "budgetMinutes": 300, "startAt": tomorrow, "start": map[string]float64{"lat": 34.8, "lon": 113.0234567}})
	got.Want(t, 200).Lacks(t, "未公开园").Lacks(t, "113.0234567")
	var p PlanView
	if err := json.Unmarshal(got.Body, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Stops) != 1 || p.Stops[0].SpotID != area || p.Stops[0].Kind != "area" || p.Stops[0].Location == nil || p.Stops[0].RideM == 0 || p.Stops[0].WalkM != 0 || p.RideM != p.Stops[0].RideM {
		t.Errorf("stops: %s", got.Body)
	}
	if p.AreaID != "" || p.City == nil || p.City.EN != "Jia" || p.TimeZone != "Asia/Shanghai" || p.Gate != nil || !p.Estimated || p.Estimate == nil || p.Estimate.Version == 0 || p.Estimate.Text.EN == "" || p.Simulated {
		t.Errorf("the rest: %s", got.Body)
	}
	s.nobody.Post("/api/v1/plans", map[string]any{"city": "乙市", "budgetMinutes": 300}).Want(t, 404).Has(t, "tourism.plan_city").Lacks(t, "乙市")
	s.nobody.Post("/api/v1/plans", map[string]any{"city": "甲市", "areaId": area, "budgetMinutes": 300}).Want(t, 422).Has(t, "tourism.plan_where")
}
