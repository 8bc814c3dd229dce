package route

import (
	"cmp"
	"slices"
)

// ground is a problem as the search reads it: flat arrays, made once.
type ground struct {
	n       int     // points of the matrix
	nodes   int     // nodes that may be visited, the first points
	out, in []int32 // out[u*n+v] leads from u to v, in[u*n+v] from v to u; the same array when the matrix is symmetric
	spots   []spot  // of every point
	walkers []Walker
	near    []int32 // near[u*nodes+i] is the i-th nearest node of u, itself first
	orders  [orderings][]int32
	idle    []bool  // walkers who cannot even get from start to end
	usable  []int32 // nodes that are worth something and that somebody can reach at all
}

// orderings are the fixed orders in which nodes are tried: the biggest profit
// first, the most profit for the time, the earliest to close, the last to open.
const orderings = 4

func newGround(p *Problem) *ground {
	n := p.Travel.Points
	g := &ground{n: n, nodes: len(p.Nodes), out: p.Travel.Cells, walkers: p.Walkers, spots: make([]spot, n)}
	g.in = g.out
	if !symmetric(p.Travel) {
		g.in = make([]int32, n*n)
		for i := range n {
			for j := range n {
				g.in[j*n+i] = g.out[i*n+j]
			}
		}
	}
	g.idle = make([]bool, len(p.Walkers))
	for i, w := range p.Walkers {
		way := g.out[w.Start*n+w.End]
		g.idle[i] = way >= Far || w.From+way > w.Until
	}
	for i := range p.Nodes {
		g.spots[i] = newSpot(&p.Nodes[i])
	}
	for u := range g.nodes {
		if g.spots[u].best > 0 && g.reachable(u) {
			g.usable = append(g.usable, int32(u))
		}
	}
	g.rank()
	return g
}

func symmetric(m Matrix) bool {
	for i := range m.Points {
		for j := range i {
			if m.Cells[i*m.Points+j] != m.Cells[j*m.Points+i] {
				return false
			}
		}
	}
	return true
}

func newSpot(n *Node) spot {
	s := spot{profit: int32(n.Profit), open: 0, close: MaxTime - 1, service: n.Service, best: int32(n.Best()), windows: n.Windows, steps: n.Steps, single: len(n.Windows) < 2, must: n.Must}
	if len(n.Windows) > 0 {
		s.open, s.close = n.Windows[0].Open, min(s.close, n.Windows[len(n.Windows)-1].Close)
	}
	if n.Must {
		s.best = max(s.best, 1)
	}
	return s
}

// alone returns when walker w would begin a visit of u and nothing else, be at
// the end, and whether that is possible.
func (g *ground) alone(w Walker, u int) (start, end int32, ok bool) {
	to, back := g.in[u*g.n+w.Start], g.out[u*g.n+w.End]
	if to >= Far || back >= Far {
		return 0, 0, false
	}
	s := &g.spots[u]
	start, ok = s.begin(w.From + to)
	end = start + s.service + back
	return start, end, ok && end <= w.Until
}

func (g *ground) reachable(u int) bool {
	for i, w := range g.walkers {
		if _, _, ok := g.alone(w, u); ok && !g.idle[i] {
			return true
		}
	}
	return false
}

// rank fills the lists of neighbours and the orders.
func (g *ground) rank() {
	g.near = make([]int32, g.nodes*len(g.usable))
	away := make([]int32, g.nodes)
	for u := range g.nodes {
		for v := range away {
			away[v] = min(g.out[u*g.n+v], g.in[u*g.n+v])
		}
		away[u] = -1
		row := g.near[u*len(g.usable) : (u+1)*len(g.usable)]
		copy(row, g.usable)
		slices.SortStableFunc(row, func(a, b int32) int { return cmp.Compare(away[a], away[b]) })
	}
	around := make([]int32, g.nodes) // mean way to the five nearest
	for _, u := range g.usable {
		row := g.near[int(u)*len(g.usable):][:min(6, len(g.usable))]
		sum := int32(0)
		for _, v := range row[1:] {
			sum += min(g.out[int(u)*g.n+int(v)], Far/8)
		}
		around[u] = g.spots[u].service + sum/int32(max(1, len(row)-1))
	}
	keys := [orderings]func(u int32) float64{
		func(u int32) float64 { return -float64(g.spots[u].best) },
		func(u int32) float64 { return -float64(g.spots[u].best) / float64(1+around[u]) },
		func(u int32) float64 { return float64(g.spots[u].close) },
		func(u int32) float64 { return -float64(g.spots[u].open) },
	}
	for i, key := range keys {
		g.orders[i] = slices.Clone(g.usable)
		slices.SortStableFunc(g.orders[i], func(a, b int32) int {
			if g.spots[a].must != g.spots[b].must {
				if g.spots[a].must {
					return -1
				}
				return 1
			}
			return cmp.Compare(key(a), key(b))
		})
	}
}
