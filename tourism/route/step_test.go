package route

import (
	"math/rand/v2"
	"testing"
)

// town is a problem with n nodes on a square, made from a seed.
func town(seed uint64, n, walkers int) *Problem {
	r := rand.New(rand.NewPCG(seed, 7))
	x, y := make([]float64, n+1), make([]float64, n+1)
	for i := range x {
		x[i], y[i] = r.Float64()*2000, r.Float64()*2000
	}
	p := &Problem{Travel: Matrix{Points: n + 1}}
	for i := range x {
		for j := range x {
			dx, dy := x[i]-x[j], y[i]-y[j]
			p.Travel.Cells = append(p.Travel.Cells, Time(max(dx, -dx)+max(dy, -dy)))
		}
	}
	for range n {
		open := Time(r.IntN(8000))
		node := Node{Profit: 1 + r.IntN(50), Service: Time(300 + r.IntN(900))}
		switch r.IntN(3) {
		case 0:
			node.Windows = []Window{{Open: open, Close: open + 6000}}
		case 1:
			node.Windows = []Window{{Open: open, Close: open + 2000}, {Open: open + 4000, Close: open + 7000}}
			node.Steps = []Step{{From: 5000, Profit: node.Profit / 2}, {From: 9000, Profit: node.Profit}}
		}
		p.Nodes = append(p.Nodes, node)
	}
	for range walkers {
		p.Walkers = append(p.Walkers, Walker{Start: n, End: n, Until: 14000})
	}
	return p
}

func TestTheInnerLoopAllocatesNothing(t *testing.T) {
	s := newSearch(town(1, 120, 3), Options{Seed: 1}, tuned)
	if n := testing.AllocsPerRun(200, func() { s.step(int64(s.warm)) }); n != 0 {
		t.Errorf("an iteration allocates %v times", n)
	}
	if n := testing.AllocsPerRun(20, func() { s.restart() }); n != 0 {
		t.Errorf("a restart allocates %v times", n)
	}
}

// The times of the walks are kept by changing only what an insertion or a cut
// touches; here they are computed anew and compared.
func TestTimesAreKeptRight(t *testing.T) {
	s := newSearch(town(2, 60, 2), Options{Seed: 3}, tuned)
	fresh := newWalk(len(s.usable) + 3)
	for range 2000 {
		s.step(int64(s.warm))
		for i := range s.now.walks {
			w := &s.now.walks[i]
			s.reset(&fresh, s.walkers[i])
			for q := 1; q < w.k-1; q++ {
				if !s.goesBefore(&fresh, q, w.node[q]) {
					t.Fatalf("position %d of walk %d does not fit", q, i)
				}
				s.insert(&fresh, q, w.node[q])
			}
			for q := range w.k {
				if w.start[q] != fresh.start[q] || w.late[q] != fresh.late[q] || w.leg[q] != fresh.leg[q] || w.dep[q] != fresh.dep[q] {
					t.Fatalf("iteration %d, walk %d, position %d: kept %d %d %d %d, anew %d %d %d %d", s.iterations, i, q,
						w.start[q], w.dep[q], w.late[q], w.leg[q], fresh.start[q], fresh.dep[q], fresh.late[q], fresh.leg[q])
				}
			}
		}
	}
}

func BenchmarkStep(b *testing.B) {
	s := newSearch(town(1, 300, 1), Options{Seed: 1}, tuned)
	b.ReportAllocs()
	for b.Loop() {
		s.step(int64(s.cool))
	}
}
