package demo

import (
	"math"
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/tourism"
)

func TestExamplesAreLabelledAndMixed(t *testing.T) {
	items := must[[]Item](t)(ExampleItems())
	if len(items) != exampleItems+secondItems {
		t.Fatalf("%d examples", len(items))
	}
	stages, names, categories := map[Stage]int{}, map[string]bool{}, map[string]bool{}
	for _, it := range items {
		checkNames(t, "item", it.Fields.Name.ZH, it.Fields.Simulated)
		checkSources(t, it.Fields.Name.ZH, it.Fields.Sources)
		checkBoth(t, it.Fields.Name.ZH, it.Fields.Name, it.Fields.Description, it.Fields.Period.Text)
		if it.Fields.Period.FromYear == nil {
			t.Errorf("%s: period %s is not read", it.Fields.Name.ZH, it.Fields.Period.Text.ZH)
		}
		if it.Org == Henan {
			t.Errorf("%s is kept among published facts", it.Fields.Name.ZH)
		}
		if it.Org == MuseumOrg {
			stages[it.Stage]++
		} else if it.Stage != AsDraft {
			t.Errorf("%s: 示范二馆 has drafts only", it.Fields.Name.ZH)
		}
		names[it.Fields.Name.ZH] = true
		categories[string(it.Fields.Category)] = true
	}
	if stages[AsPublished] != 140 || stages[AsReviewed] != 30 || stages[AsDraft] != 30 {
		t.Errorf("stages %v, want 140 published, 30 reviewed, 30 drafts", stages)
	}
	if len(names) < 100 || len(categories) < 16 {
		t.Errorf("%d names in %d categories: too monotonous", len(names), len(categories))
	}
	for _, m := range ExampleMuseums() {
		checkNames(t, "museum", m.Fields.Name.ZH, m.Fields.Simulated)
	}
	inOne := map[heritage.RelicID]bool{}
	for _, e := range ExampleExhibitions(items) {
		checkNames(t, "exhibition", e.Fields.Title.ZH, e.Fields.Simulated)
		checkSources(t, e.Fields.Title.ZH, e.Fields.Sources)
		checkBoth(t, e.Fields.Title.ZH, e.Fields.Title, e.Fields.Summary, e.Fields.Text)
		if !strings.Contains(e.Fields.Title.ZH, "模拟数据") || e.Org != MuseumOrg {
			t.Errorf("%s does not say that it is simulated", e.Fields.Title.ZH)
		}
		for _, s := range e.Fields.Sections {
			if len(s.Items) < 5 {
				t.Errorf("%s, %s: %d relics", e.Fields.Title.ZH, s.Title.ZH, len(s.Items))
			}
			for _, it := range s.Items {
				if inOne[it.RelicID] {
					t.Errorf("%s is in two places at once", it.RelicID)
				}
				inOne[it.RelicID] = true
			}
		}
	}
	for _, p := range ExamplePlaces() {
		if p.Published == p.Fields.Store || !p.Fields.Simulated {
			t.Errorf("%s: published %v, store %v", p.Fields.Name.ZH, p.Published, p.Fields.Store)
		}
	}
}

func TestTheExampleAreaIsConnected(t *testing.T) {
	a := must[*ExampleArea](t)(TheExampleArea())
	if len(a.Spots) != 40 {
		t.Errorf("%d spots, want 40", len(a.Spots))
	}
	if !a.Area.Fields.Schematic || !a.Area.Fields.Simulated {
		t.Error("示范景区 does not say that it is a sketch")
	}
	next, free := map[string][]string{}, map[string][]string{}
	for _, p := range a.Paths {
		f := p.Fields
		if !f.Simulated || f.PrecisionM < 500 {
			t.Errorf("path %s: simulated %v, precision %v", p.ID, f.Simulated, f.PrecisionM)
		}
		x, y := string(f.FromSpot), string(f.ToSpot)
		next[x], next[y] = append(next[x], y), append(next[y], x)
		if f.Accessible == tourism.AccessYes {
			free[x], free[y] = append(free[x], y), append(free[y], x)
		}
	}
	start := string(SpotID("demo-area/south-gate"))
	reached, level := walk(next, start), walk(free, start)
	kinds := map[tourism.Code]bool{}
	for _, s := range a.Spots {
		kinds[s.Fields.Kind] = true
		checkNames(t, "spot", s.Fields.Name.ZH, s.Fields.Simulated)
		checkBoth(t, s.Fields.Name.ZH, s.Fields.Name, s.Fields.Description)
		checkPoint(t, s.Fields.Name.ZH, "", s.Fields.Location)
		if !reached[s.ID] {
			t.Errorf("%s cannot be reached", s.Fields.Name.ZH)
		}
		if s.Fields.Wheelchair == tourism.AccessYes && !level[s.ID] {
			t.Logf("%s is accessible and reached only by shuttle or partly accessible paths", s.Fields.Name.ZH)
		}
	}
	for _, k := range []tourism.Code{"toilet", "accessible-toilet", "nursing-room", "first-aid", "visitor-centre", "parking", "restaurant", "shop", "viewpoint", "gate"} {
		if !kinds[k] {
			t.Errorf("there is no %s", k)
		}
	}
	if d := a.Spots[0].Fields.Location; math.Abs(d.Lat-34.86) > 0.02 {
		t.Errorf("the plan lies at %v", d)
	}
}

func walk(next map[string][]string, start string) map[string]bool {
	seen, todo := map[string]bool{start: true}, []string{start}
	for len(todo) > 0 {
		here := todo[0]
		todo = todo[1:]
		for _, n := range next[here] {
			if !seen[n] {
				seen[n] = true
				todo = append(todo, n)
			}
		}
	}
	return seen
}
