package route

import (
	"context"
	"math"
)

// DefaultIterations returns how many iterations are made when the options name
// none: fewer for many nodes, so that 300 take about as long as 60, and at least
// a whole cycle of the search.
func DefaultIterations(nodes int) int { return max(tuned.cycle, 20000*60/max(60, nodes)) }

// Options of a run.
type Options struct {
	Seed       uint64  // the same problem, seed and iterations give the same plan on every machine
	Iterations int     // at most so many; 0 is DefaultIterations of the nodes; the context may end it earlier
	Before     [][]int // replanning: what is left of the plan before, the nodes of each walker in their order; nil for a new plan
}

// Solve returns the best plan that it finds. It looks at ctx at every 32nd
// iteration; when ctx ends, what was found so far is the answer and no error, even if
// ctx was over before it began. Nodes that cannot be reached, musts too, are in
// Left with the reason.
//
// Errors: those of Problem.Check; ErrRange when Before names a node twice or one that is not there.
func Solve(ctx context.Context, p *Problem, o Options) (*Plan, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if err := checkBefore(p, o.Before); err != nil {
		return nil, err
	}
	s := newSearch(p, o, tuned)
	iterations := o.Iterations
	if iterations <= 0 {
		iterations = DefaultIterations(len(p.Nodes))
	}
	cut := false
	if len(s.usable) > 0 {
		cut = s.run(ctx, iterations)
		s.polish()
	}
	plan := s.plan(p)
	plan.Cut = cut
	return plan, nil
}

func checkBefore(p *Problem, before [][]int) error {
	if len(before) > len(p.Walkers) {
		return ErrSize.New()
	}
	seen := make([]bool, len(p.Nodes))
	for _, list := range before {
		for _, u := range list {
			if u < 0 || u >= len(seen) || seen[u] {
				return ErrRange.New()
			}
			seen[u] = true
		}
	}
	return nil
}

// run searches in cycles: each cools down, is twice as long as the one before
// and begins anew, the first with what newSearch made. How many iterations are
// allowed decides only where it stops.
func (s *search) run(ctx context.Context, iterations int) (cut bool) {
	for length := s.cycle; ; length *= 2 {
		temperature := int64(0)
		for i := range length {
			if s.iterations >= iterations {
				return false
			}
			if i%32 == 0 {
				if ctx.Err() != nil {
					return true
				}
				temperature = int64(s.warm * math.Pow(s.cool/s.warm, float64(i)/float64(length)))
			}
			s.step(temperature)
		}
		s.restart()
	}
}

// restart begins anew: with nothing, or, when replanning, with the best.
func (s *search) restart() {
	if s.rank != nil {
		s.now.copyFrom(&s.best)
		return
	}
	for i := range s.now.walks {
		s.reset(&s.now.walks[i], s.walkers[i])
	}
	for i := range s.now.at {
		s.now.at[i] = -1
	}
	s.recreate(&s.now)
	s.weigh(&s.now)
	if better(&s.now, &s.best) {
		s.best.copyFrom(&s.now)
	}
}

// polish puts in what still fits and exchanges one stop for one that is worth
// more, until neither gains, so that what Left says of a node is true.
func (s *search) polish() {
	s.rng.blind, s.anywhere, s.hurry = 0, false, false
	for again := true; again; {
		again = false
		for _, u := range s.orders[0] {
			if s.best.at[u] < 0 && (s.fits(u) || s.exchange(u)) {
				again = true
			}
		}
	}
}

func (s *search) fits(u int32) bool {
	i, q := s.place(&s.best, u)
	if q == 0 {
		return false
	}
	s.next.copyFrom(&s.best)
	s.insert(&s.next.walks[i], q, u)
	s.next.at[u] = int8(i)
	return s.gained()
}

func (s *search) exchange(u int32) bool {
	for i := range s.best.walks {
		for q := 1; q < s.best.walks[i].k-1; q++ {
			if s.swaps(&s.best, i, q, u) && s.gained() {
				return true
			}
		}
	}
	return false
}

// gained makes next the best if it is worth more, and reports whether it is.
func (s *search) gained() bool {
	s.weigh(&s.next)
	if s.next.profit <= s.best.profit {
		return false
	}
	s.best.copyFrom(&s.next)
	return true
}
