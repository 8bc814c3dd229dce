package verify

import (
	"fmt"

	"yijianyou/tourism/route"
)

// Plan returns every rule that a plan breaks, in words; none when it is right.
// A must may be missing: that it is named is checked, why is for the reader.
func Plan(p *route.Problem, plan *route.Plan) []string {
	c := &check{p: p, seen: make(map[int]string)}
	if len(plan.Rounds) != len(p.Walkers) {
		return []string{fmt.Sprintf("%d rounds for %d walkers", len(plan.Rounds), len(p.Walkers))}
	}
	profit, travel := 0, 0
	for i := range plan.Rounds {
		a, b := c.round(i, &plan.Rounds[i])
		profit, travel = profit+a, travel+b
	}
	if profit != plan.Profit {
		c.say("the plan says that it is worth %d, its stops are worth %d", plan.Profit, profit)
	}
	if travel != int(plan.Travel) {
		c.say("the plan says that its ways take %d, they take %d", plan.Travel, travel)
	}
	for _, l := range plan.Left {
		c.once(l.Node, "left out")
		if l.Why.Code == "" {
			c.say("node %d is left out without a reason", l.Node)
		}
	}
	if len(c.seen) != len(p.Nodes) {
		c.say("%d of %d nodes are neither visited nor left out", len(p.Nodes)-len(c.seen), len(p.Nodes))
	}
	return c.broken
}

type check struct {
	p      *route.Problem
	seen   map[int]string
	broken []string
}

func (c *check) say(format string, args ...any) {
	c.broken = append(c.broken, fmt.Sprintf(format, args...))
}

func (c *check) once(node int, how string) bool {
	if node < 0 || node >= len(c.p.Nodes) {
		c.say("there is no node %d", node)
		return false
	}
	if before, twice := c.seen[node]; twice {
		c.say("node %d is %s and %s", node, before, how)
	}
	c.seen[node] = how
	return true
}

// round walks one round and returns what its stops are worth and how long its
// ways are.
func (c *check) round(i int, r *route.Round) (profit, travel int) {
	w := c.p.Walkers[i]
	if !r.Possible {
		if len(r.Stops) > 0 {
			c.say("walker %d cannot go and has stops", i)
		}
		return 0, 0
	}
	clock, here := int(w.From), w.Start
	for _, s := range r.Stops {
		if !c.once(s.Node, "visited") {
			return profit, travel
		}
		way := c.way(here, s.Node)
		clock += way
		travel += way
		if int(s.Way) != way || int(s.Arrive) != clock {
			c.say("walker %d comes to %d at %d after %d, the plan says %d after %d", i, s.Node, clock, way, s.Arrive, s.Way)
		}
		if int(s.Begin) < clock {
			c.say("walker %d begins at %d before coming there", i, s.Node)
		}
		clock = int(s.Begin)
		c.visit(i, s)
		profit += s.Profit
		clock += int(c.p.Nodes[s.Node].Service)
		if int(s.Leave) != clock {
			c.say("walker %d leaves %d at %d, the plan says %d", i, s.Node, clock, s.Leave)
		}
		if len(s.Why) == 0 {
			c.say("node %d is a stop without a reason", s.Node)
		}
		here = s.Node
	}
	home := c.way(here, w.End)
	clock += home
	if int(r.Home) != home || int(r.Arrive) != clock {
		c.say("walker %d is at the end at %d after %d, the plan says %d after %d", i, clock, home, r.Arrive, r.Home)
	}
	if clock > int(w.Until) {
		c.say("walker %d is at the end at %d, which is after %d", i, clock, w.Until)
	}
	return profit, travel + home
}

// visit checks the window and the profit of one stop.
func (c *check) visit(i int, s route.Stop) {
	n := c.p.Nodes[s.Node]
	open := len(n.Windows) == 0
	for _, w := range n.Windows {
		if s.Begin >= w.Open && s.Begin <= w.Close {
			open = true
		}
	}
	if !open {
		c.say("walker %d begins at %d at %d, outside its windows", i, s.Node, s.Begin)
	}
	worth := n.Profit
	for _, step := range n.Steps {
		if s.Begin >= step.From {
			worth = step.Profit
		}
	}
	if worth != s.Profit {
		c.say("node %d is worth %d at %d, the plan says %d", s.Node, worth, s.Begin, s.Profit)
	}
}

func (c *check) way(from, to int) int {
	t := c.p.Travel.Cells[from*c.p.Travel.Points+to]
	if t >= route.Far {
		c.say("no way leads from %d to %d", from, to)
	}
	return int(t)
}
