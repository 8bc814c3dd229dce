package main

import (
	"math"
	"os"
	"strings"
	"testing"

	"yijianyou/tourism/route"
	"yijianyou/tourism/route/verify"
)

// small is in the form of the files; the last place is 3-4-5 away from the depot.
const small = `1 1 3 1
0 50
  0 0.00 0.00 0.00 0.00 0 0 0 100
  1 10.00 0.00 5.00 10.00 1 1 1 0 90
  2 0.00 20.00 5.00 7.00 1 1 1 0 90
  3 30.00 40.00 5.00 99.00 1 1 1 10 20
`

func TestAnInstanceIsRead(t *testing.T) {
	in, err := parse(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	p := in.problem(2, 1)
	if len(p.Nodes) != 3 || len(p.Walkers) != 2 || p.Walkers[1].Until != 1000 || p.Travel.Between(2, 3) != 500 || p.Travel.Between(0, 1) != 223 {
		t.Errorf("%+v", p)
	}
	if n := p.Nodes[2]; n.Profit != 99 || n.Service != 50 || n.Windows[0] != (route.Window{Open: 100, Close: 200}) {
		t.Errorf("%+v", n)
	}
	plan, err := route.Solve(newBudget(budgets[0]), in.problem(1, 1), route.Options{Seed: 1, Iterations: 200})
	if err != nil || plan.Profit != 17 {
		t.Errorf("%+v %v", plan, err)
	}
}

// The scores of c101 for one walker are proven: more would mean that distances
// are cut off in another way than those of the reference.
func TestTheConventionOfDistancesIsThatOfTheReference(t *testing.T) {
	f, err := os.Open("../../../shared/data/trips/toptw/c101.txt")
	if err != nil {
		t.Skip("the benchmark instances are not on this machine")
	}
	defer f.Close()
	in, err := parse(f)
	if err != nil {
		t.Fatal(err)
	}
	p := in.problem(1, 1)
	plan, err := route.Solve(t.Context(), p, route.Options{Seed: 1, Iterations: 20000})
	if err != nil || plan.Profit != 320 {
		t.Fatalf("%v %v", plan.Profit, err)
	}
	if broken := verify.Plan(p, plan); len(broken) > 0 {
		t.Error(broken)
	}
}

func FuzzInstance(f *testing.F) {
	f.Add(small)
	f.Add("1 1 1 1\n0 1\n0 1 1 0 0 9 0\n")
	f.Add(strings.Replace(small, "99.00", "NaN", 1))
	f.Fuzz(func(t *testing.T, text string) {
		in, err := parse(strings.NewReader(text))
		if err != nil || len(in.places) > 30 {
			return
		}
		p := in.problem(1, 1)
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		plan, err := route.Solve(t.Context(), p, route.Options{Iterations: 20})
		if err != nil {
			t.Fatal(err)
		}
		// Distances that are cut off may break the rule that a detour is longer.
		if broken := verify.Plan(p, plan); len(broken) > 0 {
			t.Fatal(broken)
		}
		if math.Abs(float64(plan.Profit)) > 1e8 {
			t.Fatal("worth more than all")
		}
	})
}
