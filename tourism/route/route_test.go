package route_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yijianyou/internal/fault"
	"yijianyou/tourism/route"
	"yijianyou/tourism/route/verify"
)

// drawn is any small problem: one or two walkers, windows, steps, musts, ways
// that do not exist, and a matrix that need not be symmetric.
func drawn(t *rapid.T, most int) *route.Problem {
	n := rapid.IntRange(0, most).Draw(t, "nodes")
	points := n + 2
	num := func(name string, lo, hi int) route.Time { return route.Time(rapid.IntRange(lo, hi).Draw(t, name)) }
	p := &route.Problem{Travel: route.Matrix{Points: points, Cells: make([]route.Time, points*points)}}
	for i := range points {
		for j := range points {
			if i != j {
				p.Travel.Cells[i*points+j] = num("way", 1, 60)
				if rapid.IntRange(0, 19).Draw(t, "cut off") == 0 {
					p.Travel.Cells[i*points+j] = route.Far
				}
			}
		}
	}
	shortest(p.Travel)
	for range n {
		node := route.Node{Profit: rapid.IntRange(0, 30).Draw(t, "profit"), Service: num("service", 0, 30), Must: rapid.IntRange(0, 5).Draw(t, "must") == 0}
		at := route.Time(0)
		for range rapid.IntRange(0, 3).Draw(t, "windows") {
			open := at + num("open", 1, 80)
			at = open + num("wide", 0, 60)
			node.Windows = append(node.Windows, route.Window{Open: open, Close: at})
		}
		from := route.Time(0)
		for range rapid.IntRange(0, 2).Draw(t, "steps") {
			from += num("from", 1, 100)
			node.Steps = append(node.Steps, route.Step{From: from, Profit: rapid.IntRange(0, 30).Draw(t, "then")})
		}
		p.Nodes = append(p.Nodes, node)
	}
	for range rapid.IntRange(1, 2).Draw(t, "walkers") {
		from := num("leave", 0, 100)
		p.Walkers = append(p.Walkers, route.Walker{Start: n, End: n + rapid.IntRange(0, 1).Draw(t, "end"), From: from, Until: from + num("time", 0, 250)})
	}
	return p
}

// shortest makes the ways those of the shortest walks.
func shortest(m route.Matrix) {
	n := m.Points
	for k := range n {
		for i := range n {
			for j := range n {
				if way := m.Cells[i*n+k] + m.Cells[k*n+j]; m.Cells[i*n+k] < route.Far && m.Cells[k*n+j] < route.Far && way < m.Cells[i*n+j] {
					m.Cells[i*n+j] = way
				}
			}
		}
	}
}

func solve(t interface{ Fatal(...any) }, p *route.Problem, o route.Options) *route.Plan {
	plan, err := route.Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestEveryPlanKeepsTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, 12)
		plan := solve(t, p, route.Options{Seed: 1, Iterations: 200})
		if broken := verify.Plan(p, plan); len(broken) > 0 {
			t.Fatal(broken)
		}
	})
}

func TestTheSameSeedGivesTheSamePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, 12)
		o := route.Options{Seed: rapid.Uint64().Draw(t, "seed"), Iterations: 300}
		if a, b := solve(t, p, o), solve(t, p, o); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

// exact returns the largest number of musts that can be kept, and the largest
// profit with so many, by trying everything; a visit that is worth nothing is none, even
// if it made somebody come later where that is better.
func exact(p *route.Problem) (musts, profit int) {
	used := make([]bool, len(p.Nodes))
	var from func(walker, here int, clock route.Time, m, sum int)
	finish := func(walker, m, sum int) {}
	from = func(walker, here int, clock route.Time, m, sum int) {
		w := p.Walkers[walker]
		if home := p.Travel.Between(here, w.End); home < route.Far && clock+home <= w.Until {
			finish(walker, m, sum)
		}
		for u := range p.Nodes {
			way := p.Travel.Between(here, u)
			if used[u] || way >= route.Far || p.Nodes[u].Best() == 0 && !p.Nodes[u].Must {
				continue
			}
			n := &p.Nodes[u]
			at, ok := clock+way, len(n.Windows) == 0
			for _, win := range n.Windows {
				if at <= win.Close {
					at, ok = max(at, win.Open), true
					break
				}
			}
			if !ok || at > w.Until {
				continue
			}
			used[u] = true
			kept := 0
			if n.Must {
				kept = 1
			}
			from(walker, u, at+n.Service, m+kept, sum+n.At(at))
			used[u] = false
		}
	}
	finish = func(walker, m, sum int) {
		if walker+1 < len(p.Walkers) {
			next := p.Walkers[walker+1]
			from(walker+1, next.Start, next.From, m, sum)
			return
		}
		if m > musts || m == musts && sum > profit {
			musts, profit = m, sum
		}
	}
	from(0, p.Walkers[0].Start, p.Walkers[0].From, 0, 0)
	return musts, profit
}

func visited(p *route.Problem, plan *route.Plan) (musts int) {
	for _, r := range plan.Rounds {
		for _, s := range r.Stops {
			if p.Nodes[s.Node].Must {
				musts++
			}
		}
	}
	return musts
}

func possible(plan *route.Plan) bool {
	return !slices.ContainsFunc(plan.Rounds, func(r route.Round) bool { return !r.Possible })
}

// On small problems the search finds the best there is, and more time does not
// lose it again. Musts come before everything else.
func TestSmallProblemsAreSolvedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, 7)
		short := solve(t, p, route.Options{Seed: 5, Iterations: 6000})
		if !possible(short) {
			t.Skip("a walker cannot go")
		}
		musts, profit := exact(p)
		for _, plan := range []*route.Plan{short, solve(t, p, route.Options{Seed: 5, Iterations: 15000})} {
			if m := visited(p, plan); m != musts || plan.Profit != profit {
				t.Fatalf("after %d iterations %d musts and %d, possible are %d and %d", plan.Iterations, m, plan.Profit, musts, profit)
			}
		}
	})
}

func TestACancelledContextReturnsTheBestSoFar(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, 12)
		plan, err := route.Solve(ctx, p, route.Options{Seed: 1, Iterations: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if plan.Iterations != 0 {
			t.Fatalf("%d iterations after the end", plan.Iterations)
		}
		if broken := verify.Plan(p, plan); len(broken) > 0 {
			t.Fatal(broken)
		}
	})
}

func TestAProblemOutOfBoundsIsRefused(t *testing.T) {
	good := func() *route.Problem {
		return &route.Problem{Nodes: []route.Node{{Profit: 1}}, Walkers: []route.Walker{{Start: 1, End: 1, Until: 100}}, Travel: route.Matrix{Points: 2, Cells: []route.Time{0, 1, 1, 0}}}
	}
	for name, c := range map[string]struct {
		spoil func(*route.Problem)
		want  *fault.Code
	}{
		"no walker":          {func(p *route.Problem) { p.Walkers = nil }, route.ErrSize},
		"half a matrix":      {func(p *route.Problem) { p.Travel.Cells = p.Travel.Cells[:3] }, route.ErrSize},
		"more nodes":         {func(p *route.Problem) { p.Nodes = make([]route.Node, 3) }, route.ErrSize},
		"start is no point":  {func(p *route.Problem) { p.Walkers[0].Start = 2 }, route.ErrRange},
		"negative way":       {func(p *route.Problem) { p.Travel.Cells[1] = -1 }, route.ErrRange},
		"negative profit":    {func(p *route.Problem) { p.Nodes[0].Profit = -1 }, route.ErrRange},
		"time without end":   {func(p *route.Problem) { p.Walkers[0].Until = route.MaxTime + 1 }, route.ErrRange},
		"closes before open": {func(p *route.Problem) { p.Nodes[0].Windows = []route.Window{{Open: 2, Close: 1}} }, route.ErrWindows},
		"windows that touch": {func(p *route.Problem) {
			p.Nodes[0].Windows = []route.Window{{Open: 0, Close: 5}, {Open: 5, Close: 9}}
		}, route.ErrWindows},
		"steps unsorted": {func(p *route.Problem) { p.Nodes[0].Steps = []route.Step{{From: 5}, {From: 1}} }, route.ErrWindows},
	} {
		p := good()
		c.spoil(p)
		if _, err := route.Solve(context.Background(), p, route.Options{Iterations: 1}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := route.Solve(context.Background(), good(), route.Options{Before: [][]int{{0, 0}}}); !errors.Is(err, route.ErrRange) {
		t.Errorf("a plan before that names a node twice: %v", err)
	}
}
