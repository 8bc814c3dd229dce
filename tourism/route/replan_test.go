package route_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yijianyou/tourism/route"
	"yijianyou/tourism/route/verify"
)

func nodes(stops []route.Stop) []int {
	out := []int{}
	for _, s := range stops {
		out = append(out, s.Node)
	}
	return out
}

// Someone who stands at the first stop, on time, keeps the rest of the round.
func TestReplanningOnTimeKeepsThePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, 10)
		p.Walkers = p.Walkers[:1]
		plan := solve(t, p, route.Options{Seed: 2, Iterations: 5000})
		stops := plan.Rounds[0].Stops
		if len(stops) < 2 {
			t.Skip("no tour")
		}
		rest := nodes(stops[1:])
		p.Walkers[0].Start, p.Walkers[0].From = stops[0].Node, stops[0].Leave
		p.Nodes[stops[0].Node] = route.Node{}
		again := solve(t, p, route.Options{Seed: 3, Iterations: 500, Before: [][]int{rest}})
		if broken := verify.Plan(p, again); len(broken) > 0 {
			t.Fatal(broken)
		}
		got := nodes(again.Rounds[0].Stops)
		for _, u := range rest {
			if p.Nodes[u].Best() > 0 && !slices.Contains(got, u) {
				t.Fatalf("%v became %v", rest, got)
			}
		}
	})
}

func TestReplanningLateSaysWhatChanged(t *testing.T) {
	ten := route.Node{Profit: 10, Service: 10}
	p := street(100, []int{10, 20, 30, 31}, ten, ten, route.Node{Profit: 30, Service: 10}, route.Node{Profit: 2, Service: 1})
	p.Walkers[0].From = 20 // 80 left: three stops would take 90
	late := solve(t, p, route.Options{Seed: 1, Iterations: 300, Before: [][]int{{0, 1, 2}}})
	if broken := verify.Plan(p, late); len(broken) > 0 {
		t.Fatal(broken)
	}
	how := make(map[int]route.Change)
	for _, c := range route.Changes([][]int{{0, 1, 2}}, late) {
		how[c.Node] = c
	}
	dropped := how[0]
	if how[1].How == route.Dropped {
		dropped = how[1]
	}
	if dropped.How != route.Dropped || dropped.Why.Code == "" || how[2].How != route.Kept {
		t.Errorf("%+v", how)
	}
}

// Going the other way round would be as good, but the visitor has the order in mind.
func TestReplanningKeepsTheOrder(t *testing.T) {
	ten := route.Node{Profit: 10, Service: 10}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}} {
		plan := solve(t, street(300, []int{10, 20, 30}, ten, ten, ten), route.Options{Seed: 1, Iterations: 3000, Before: [][]int{order}})
		if got := nodes(plan.Rounds[0].Stops); !slices.Equal(got, order) {
			t.Errorf("%v became %v", order, got)
		}
		for _, c := range route.Changes([][]int{order}, plan) {
			if c.How != route.Kept {
				t.Errorf("%+v of %v", c, order)
			}
		}
	}
}

func TestChangesNameWhatMoved(t *testing.T) {
	why := []route.Reason{{Code: route.ByWorth}}
	plan := &route.Plan{Rounds: []route.Round{{Stops: []route.Stop{{Node: 3, Why: why}, {Node: 0, Why: why}, {Node: 2, Why: why}, {Node: 1, Why: why}}}},
		Left: []route.Left{{Node: 4, Why: route.Reason{Code: route.LeftNoTime}}, {Node: 5}}}
	want := []route.How{route.Added, route.Kept, route.Kept, route.Moved, route.Dropped}
	got := route.Changes([][]int{{0, 1, 2, 4}}, plan)
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	moved := 0
	for i, c := range got {
		if c.How == route.Moved {
			moved++
		} else if c.How != want[i] && !(c.How == route.Kept && want[i] == route.Moved) {
			t.Errorf("%+v, want %s", c, want[i])
		}
	}
	if moved != 1 {
		t.Errorf("%d moved", moved)
	}
}
