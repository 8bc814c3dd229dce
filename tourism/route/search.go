package route

import (
	"cmp"
	"math"
	"slices"
)

// solution is a set of walks with what it is worth.
type solution struct {
	walks  []walk
	at     []int8 // walk of a node, -1 for none
	profit int64  // with what raises a must and rewards what is kept
	travel int64  // sum of legs
	value  int64  // profit less what the way costs, in 1/scale: the measure of the search
}

func (g *ground) newSolution() solution {
	s := solution{walks: make([]walk, len(g.walkers)), at: make([]int8, g.nodes)}
	for i := range s.walks {
		s.walks[i] = newWalk(len(g.usable) + 3)
	}
	for i := range s.at {
		s.at[i] = -1
	}
	return s
}

// copyFrom makes s equal to o.
func (s *solution) copyFrom(o *solution) {
	for i := range s.walks {
		s.walks[i].copyFrom(&o.walks[i])
	}
	copy(s.at, o.at)
	s.profit, s.travel, s.value = o.profit, o.travel, o.value
}

// search is one run. All its memory is taken before it begins.
type search struct {
	*ground
	tuning
	rng             rng
	now, next, best solution
	order           []int32     // scratch of recreate
	touched         []bool      // scratch of ruin: walks already cut
	raise           int64       // added to the profit of a must
	wayPrice        int64       // profit that a unit of way costs, in 1/scale
	warm, cool      float64     // temperatures at the begin and the end of a cycle, in 1/scale of a profit
	logs            [1024]int64 // -ln of a chance, in 1/scale
	timePrice       int64       // time that a unit of profit is worth, in 1/scale, where a node is worth more at one time than at another
	quarter         int32       // a node worth at least this, more than the middle one, is among the quarter that is worth most
	anywhere        bool        // this iteration takes any position
	iterations      int
	hurry           bool // this iteration counts time and waiting, not way

	rank   []int32 // replanning: place of a node in the plan before, -1 for none; nil for a new plan
	keep   int64   // replanning: added to the profit of a node that was in the plan before
	turned int64   // replanning: cost of two such nodes in another order than before
}

// scale makes whole numbers of parts of a profit: what is compared is the same on
// every machine, whatever its floating point does in the last place.
const scale = 1 << 14

// tuning holds the numbers that were chosen by measuring, see
// docs/decisions/0005-route.md. Temperatures and the cost of the way are parts
// of the mean profit of a node.
type tuning struct {
	removed int     // visits cut out in an iteration, on average
	longest int     // longest string cut out
	blink   float64 // chance that a position is overlooked
	wild    float64 // chance of an iteration in which any position will do
	wilder  float64 // the same where profits change with time
	hot     float64 // temperature at the begin of a cycle
	cold    float64 // and at its end
	way     float64 // cost of walking all the time that one walker has
	cycle   int     // iterations of the first cycle
	hurried float64 // chance of an iteration that counts time and waiting instead of way
}

var tuned = tuning{removed: 8, longest: 8, blink: 0.02, hot: 1, cold: 0.03, way: 1, cycle: 4000, hurried: 0.1, wild: 0.05, wilder: 0.3}

func newSearch(p *Problem, o Options, t tuning) *search {
	g := newGround(p)
	s := &search{ground: g, tuning: t, rng: newRNG(o.Seed), now: g.newSolution(), next: g.newSolution(), best: g.newSolution(),
		order: make([]int32, 0, len(g.usable)), touched: make([]bool, len(g.walkers))}
	sum, span := int64(0), int64(1)
	for _, u := range g.usable {
		sum += int64(g.spots[u].best)
	}
	for _, w := range g.walkers {
		span += int64(max(0, w.Until-w.From))
	}
	mean := float64(sum) / math.Max(1, float64(len(g.usable)))
	s.raise = 2*sum + 1
	s.warm, s.cool = t.hot*mean*scale, t.cold*mean*scale
	s.wayPrice = int64(math.Round(t.way * mean * scale * float64(len(g.walkers)) / float64(span)))
	s.timePrice = span * scale / int64(len(g.walkers)) / max(1, sum)
	for i := range s.logs {
		s.logs[i] = int64(math.Round(-scale * math.Log((float64(i)+0.5)/float64(len(s.logs)))))
	}
	if n := len(g.usable); n > 0 {
		list := g.byProfit()
		s.quarter = max(g.spots[list[(n-1)/4]].best, g.spots[list[n/2]].best+1)
	}
	if slices.ContainsFunc(p.Nodes, func(n Node) bool { return len(n.Steps) > 0 }) {
		s.wild = s.wilder
	}
	for i := range s.now.walks {
		g.reset(&s.now.walks[i], g.walkers[i])
	}
	if o.Before != nil {
		s.resume(o.Before, int64(mean)+1)
	}
	s.recreate(&s.now)
	s.weigh(&s.now)
	s.best.copyFrom(&s.now)
	return s
}

// byProfit returns the usable nodes, the biggest profit first, without regard to
// musts.
func (g *ground) byProfit() []int32 {
	list := slices.Clone(g.usable)
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(g.spots[b].best, g.spots[a].best) })
	return list
}

// resume begins with the plan before: its visits in their order, as far as they
// still fit. Staying with it is worth something from now on.
func (s *search) resume(before [][]int, reward int64) {
	s.rank = make([]int32, s.nodes)
	for i := range s.rank {
		s.rank[i] = -1
	}
	s.keep, s.turned = reward, reward
	for i, list := range before {
		w := &s.now.walks[i]
		for k, u := range list {
			s.rank[u] = int32(i*MaxNodes + k)
			if s.idle[i] || !slices.Contains(s.usable, int32(u)) {
				continue
			}
			if q := w.k - 1; s.goesBefore(w, q, int32(u)) {
				s.insert(w, q, int32(u))
				s.now.at[u] = int8(i)
			}
		}
	}
}

// goesBefore reports whether u fits before position q of w.
func (g *ground) goesBefore(w *walk, q int, u int32) bool {
	row := int(u) * g.n
	begin, ok := g.spots[u].begin(w.dep[q-1] + g.in[row+int(w.node[q-1])])
	return ok && begin+g.spots[u].service+g.out[row+int(w.node[q])] <= w.late[q]
}

// weigh computes what a solution is worth.
func (s *search) weigh(x *solution) {
	profit, travel := int64(0), int64(0)
	for i := range x.walks {
		w := &x.walks[i]
		before := int32(-1)
		for q := 1; q < w.k-1; q++ {
			u := w.node[q]
			sp := &s.spots[u]
			if len(sp.steps) == 0 {
				profit += int64(sp.profit)
			} else {
				profit += int64(sp.worth(w.start[q]))
			}
			if sp.must {
				profit += s.raise
			}
			travel += int64(w.leg[q])
			if s.rank != nil && s.rank[u] >= 0 {
				profit += s.keep
				if s.rank[u] < before {
					profit -= s.turned
				}
				before = s.rank[u]
			}
		}
		travel += int64(w.leg[w.k-1])
	}
	x.profit, x.travel = profit, travel
	x.value = profit*scale - s.wayPrice*travel
}

// better reports whether a is the better answer: more profit, or as much with
// less way.
func better(a, b *solution) bool {
	return a.profit > b.profit || a.profit == b.profit && a.value > b.value
}

// step is one iteration: cut strings of visits out, put visits in, and keep the
// outcome if it is better or the temperature lets it pass. It allocates nothing.
func (s *search) step(temperature int64) {
	s.iterations++
	s.next.copyFrom(&s.now)
	if !s.ruin(&s.next) {
		return
	}
	s.recreate(&s.next)
	s.weigh(&s.next)
	if loss := s.now.value - s.next.value; loss >= temperature*s.logs[s.rng.below(len(s.logs))]/scale {
		return
	}
	s.now, s.next = s.next, s.now
	if better(&s.now, &s.best) {
		s.best.copyFrom(&s.now)
	}
}
