package comfort

// Ground is what people stand or walk on. Never rename.
type Ground string

const (
	Walkway  Ground = "walkway"
	Stairs   Ground = "stairs"
	Queueing Ground = "queue"
)

// fruinSteps is the space in m² for each person above which a level of service
// begins, A to E; F is the rest. At the bound itself the worse level holds.
var fruinSteps = map[Ground][5]float64{
	Walkway:  {3.25, 2.32, 1.39, 0.93, 0.46},
	Stairs:   {1.86, 1.39, 0.93, 0.65, 0.37},
	Queueing: {1.21, 0.93, 0.65, 0.28, 0.19},
}

// Service returns the level of service, "los-a" to "los-f", of m2 square metres for
// each person.
func (g Ground) Service(m2 float64) Grade {
	for i, from := range fruinSteps[g] {
		if m2 > from {
			return Grade("los-" + string(rune('a'+i)))
		}
	}
	return "los-f"
}

func fruinFormula(g Ground) Formula {
	zh := map[Ground]string{Walkway: "步道", Stairs: "台阶", Queueing: "排队处"}[g]
	en := map[Ground]string{Walkway: "a walkway", Stairs: "stairs", Queueing: "a queue"}[g]
	return Formula{ID: "fruin-" + string(g), Version: "1", ZH: zh + "人均面积与服务水平", EN: "space for each person and level of service on " + en, Unit: "m²/人",
		Source: "J. J. Fruin, Pedestrian Planning and Design, 1971", Needs: []Quantity{Inside, Area},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			if k[Inside] == 0 { // nobody: all the space there is
				return round(k[Area], 2), "los-a", true
			}
			m2 := k[Area] / k[Inside]
			return round(m2, 2), g.Service(m2), true
		}}
}
