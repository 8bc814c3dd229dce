package route_test

import (
	"context"
	"testing"

	"yijianyou/tourism/route"
)

// street is a straight street: node i stands at place[i], the walker begins and
// ends at 0 and walks a unit in a unit of time.
func street(until route.Time, place []int, nodes ...route.Node) *route.Problem {
	at := append(append([]int{}, place...), 0)
	p := &route.Problem{Nodes: nodes, Travel: route.Matrix{Points: len(at)}, Walkers: []route.Walker{{Start: len(place), End: len(place), Until: until}}}
	for _, a := range at {
		for _, b := range at {
			p.Travel.Cells = append(p.Travel.Cells, route.Time(max(a-b, b-a)))
		}
	}
	return p
}

func cutOff(p *route.Problem, u int) *route.Problem {
	for i := range p.Travel.Points {
		if i != u {
			p.Travel.Cells[u*p.Travel.Points+i], p.Travel.Cells[i*p.Travel.Points+u] = route.Far, route.Far
		}
	}
	return p
}

// hemmed has two nodes that close at noon, from which the third, which never does,
// is out of reach.
func hemmed() *route.Problem {
	shut := []route.Window{{Open: 0, Close: 12}}
	p := street(100, []int{5, 6, 1}, route.Node{Profit: 10, Service: 1, Windows: shut}, route.Node{Profit: 10, Service: 1, Windows: shut}, route.Node{Profit: 1, Service: 20})
	for _, a := range []int{0, 1} {
		p.Travel.Cells[a*p.Travel.Points+2] = 5000
	}
	return p
}

func TestEveryOmissionIsExplained(t *testing.T) {
	ten := route.Node{Profit: 10, Service: 10}
	late := route.Node{Profit: 10, Service: 10, Windows: []route.Window{{Open: 500, Close: 600}}}
	crowded := route.Node{Profit: 30, Service: 10, Steps: []route.Step{{From: 15, Profit: 1}}}
	for name, c := range map[string]struct {
		p    *route.Problem
		node int
		want route.Reason
	}{
		"nothing to see":   {street(100, []int{5}, route.Node{Service: 10}), 0, route.Reason{Code: route.LeftWorthless, Other: -1}},
		"no way":           {cutOff(street(100, []int{5, 6}, ten, ten), 1), 1, route.Reason{Code: route.LeftNoWay, Other: -1}},
		"too far":          {street(100, []int{80}, ten), 0, route.Reason{Code: route.LeftTooFar, Need: 170, Have: 100, Other: -1}},
		"closed then":      {street(100, []int{5}, late), 0, route.Reason{Code: route.LeftClosed, Open: 500, Close: 600, Other: -1}},
		"no time left":     {street(40, []int{5, 8}, route.Node{Profit: 10, Service: 12}, route.Node{Profit: 3, Service: 18, Must: true}), 0, route.Reason{Code: route.LeftMust, Other: 1}},
		"worth less":       {street(40, []int{5, 5}, route.Node{Profit: 9, Service: 20}, route.Node{Profit: 10, Service: 20}), 0, route.Reason{Code: route.LeftWorthLess, Other: 1}},
		"longer than one":  {street(60, []int{5, 5, 5}, route.Node{Profit: 9, Service: 45}, route.Node{Profit: 10, Service: 20}, route.Node{Profit: 10, Service: 20}), 0, route.Reason{Code: route.LeftNoTime, Need: 45, Have: 10, Other: -1}},
		"into the crowd":   {street(60, []int{1, 30}, crowded, route.Node{Profit: 5, Service: 0, Windows: []route.Window{{Open: 20, Close: 29}}}), 1, route.Reason{Code: route.LeftClosed, Open: 20, Close: 29, Other: -1}},
		"between closings": {hemmed(), 2, route.Reason{Code: route.LeftNoTime, Need: 20, Other: -1}},
		"must out of time": {street(100, []int{80}, route.Node{Profit: 1, Service: 10, Must: true}), 0, route.Reason{Code: route.LeftTooFar, Need: 170, Have: 100, Other: -1}},
	} {
		plan := solve(t, c.p, route.Options{Seed: 1, Iterations: 500})
		var got *route.Reason
		for _, l := range plan.Left {
			if l.Node == c.node {
				got = &l.Why
			}
		}
		if got == nil || *got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestEveryStopIsExplained(t *testing.T) {
	p := street(400, []int{10, 20, 30, 150, 40},
		route.Node{Profit: 1, Service: 10, Must: true},
		route.Node{Profit: 50, Service: 10},
		route.Node{Profit: 10, Service: 10, Windows: []route.Window{{Open: 300, Close: 305}}},
		route.Node{Profit: 10, Service: 10},
		route.Node{Profit: 10, Service: 10, Steps: []route.Step{{From: 300, Profit: 2}}})
	plan := solve(t, p, route.Options{Seed: 1, Iterations: 2000})
	said := make(map[int]map[route.Code]bool)
	for _, s := range plan.Rounds[0].Stops {
		said[s.Node] = make(map[route.Code]bool)
		for _, r := range s.Why {
			said[s.Node][r.Code] = true
		}
	}
	for node, code := range map[int]route.Code{0: route.ByMust, 1: route.ByWorth, 2: route.ByDeadline, 3: route.ByFitting, 4: route.ByQuiet} {
		if !said[node][code] {
			t.Errorf("node %d is not explained by %s but by %v", node, code, said[node])
		}
	}
}

func TestACrowdIsAvoidedByTheOrder(t *testing.T) {
	// The near one is crowded until 60: worth more when it is seen on the way back.
	p := street(200, []int{5, 50}, route.Node{Profit: 2, Service: 10, Steps: []route.Step{{From: 60, Profit: 10}}}, route.Node{Profit: 10, Service: 10})
	plan := solve(t, p, route.Options{Seed: 1, Iterations: 500})
	if s := plan.Rounds[0].Stops; plan.Profit != 20 || len(s) != 2 || s[0].Node != 1 {
		t.Errorf("%+v", plan)
	}
}

func TestDaysAreWalkersOneAfterTheOther(t *testing.T) {
	p := street(100, []int{10, 10, 20}, route.Node{Profit: 5, Service: 60},
		route.Node{Profit: 5, Service: 60, Windows: []route.Window{{Open: 0, Close: 5}, {Open: 1000, Close: 1030}}}, route.Node{Profit: 5, Service: 50})
	p.Walkers = append(p.Walkers, route.Walker{Start: 3, End: 3, From: 1000, Until: 1100})
	plan, err := route.Solve(context.Background(), p, route.Options{Seed: 1, Iterations: 500})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Profit != 10 || len(plan.Rounds[1].Stops) != 1 || plan.Rounds[1].Stops[0].Node != 1 {
		t.Errorf("%+v", plan)
	}
}
