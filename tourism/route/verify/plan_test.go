package verify_test

import (
	"context"
	"strings"
	"testing"

	"yijianyou/tourism/route"
	"yijianyou/tourism/route/verify"
)

func problem() *route.Problem {
	p := &route.Problem{Walkers: []route.Walker{{Start: 3, End: 3, From: 10, Until: 100}}, Travel: route.Matrix{Points: 4}}
	for i := range 4 {
		for j := range 4 {
			p.Travel.Cells = append(p.Travel.Cells, route.Time(5*max(i-j, j-i)))
		}
	}
	for range 3 {
		p.Nodes = append(p.Nodes, route.Node{Profit: 4, Service: 6, Windows: []route.Window{{Open: 20, Close: 80}}, Steps: []route.Step{{From: 90, Profit: 1}}})
	}
	p.Nodes[0].Service = 60
	return p
}

func TestABrokenRuleIsSaid(t *testing.T) {
	p := problem()
	for name, c := range map[string]struct {
		spoil func(*route.Problem, *route.Plan)
		want  string
	}{
		"nothing":        {func(*route.Problem, *route.Plan) {}, ""},
		"profit":         {func(_ *route.Problem, x *route.Plan) { x.Profit++ }, "worth"},
		"profit of stop": {func(_ *route.Problem, x *route.Plan) { x.Rounds[0].Stops[0].Profit++ }, "worth"},
		"window":         {func(q *route.Problem, _ *route.Plan) { q.Nodes[2].Windows[0].Close = 15 }, "outside its windows"},
		"early":          {func(_ *route.Problem, x *route.Plan) { x.Rounds[0].Stops[0].Begin = 1 }, "before coming"},
		"stay":           {func(q *route.Problem, _ *route.Plan) { q.Nodes[2].Service++ }, "leaves"},
		"time":           {func(q *route.Problem, _ *route.Plan) { q.Walkers[0].Until = 30 }, "which is after"},
		"way":            {func(q *route.Problem, _ *route.Plan) { q.Travel.Cells[3*4+2]++ }, "comes to"},
		"no way": {func(q *route.Problem, x *route.Plan) {
			for i := range q.Travel.Cells {
				q.Travel.Cells[i] = route.Far
			}
		}, "no way"},
		"twice": {func(_ *route.Problem, x *route.Plan) { x.Rounds[0].Stops[1] = x.Rounds[0].Stops[0] }, "visited and visited"},
		"visited and left out": {func(_ *route.Problem, x *route.Plan) {
			x.Left = append(x.Left, route.Left{Node: 2, Why: route.Reason{Code: route.LeftNoTime}})
		}, "left out"},
		"forgotten":       {func(_ *route.Problem, x *route.Plan) { x.Left = nil }, "neither"},
		"no reason":       {func(_ *route.Problem, x *route.Plan) { x.Left[0].Why = route.Reason{} }, "without a reason"},
		"stop unreasoned": {func(_ *route.Problem, x *route.Plan) { x.Rounds[0].Stops[0].Why = nil }, "without a reason"},
		"rounds":          {func(_ *route.Problem, x *route.Plan) { x.Rounds = nil }, "rounds"},
		"unknown node":    {func(_ *route.Problem, x *route.Plan) { x.Rounds[0].Stops[0].Node = 9 }, "no node"},
		"idle with stops": {func(_ *route.Problem, x *route.Plan) { x.Rounds[0].Possible = false }, "cannot go"},
	} {
		plan, err := route.Solve(context.Background(), p, route.Options{Seed: 1, Iterations: 200})
		if err != nil || len(plan.Rounds[0].Stops) != 2 || len(plan.Left) != 1 {
			t.Fatalf("%+v %v", plan, err)
		}
		q := problem()
		c.spoil(q, plan)
		broken := strings.Join(verify.Plan(q, plan), "; ")
		if (c.want == "") != (broken == "") || !strings.Contains(broken, c.want) {
			t.Errorf("%s: %q", name, broken)
		}
	}
}
