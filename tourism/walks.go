package tourism

import (
	"container/heap"
	"math"
	"slices"
)

// walks are the shortest walks between all spots of an area. Row a, column b
// leads from a to b.
type walks struct {
	n      int
	cost   []float32 // metres on the level that take as long; +Inf no way
	meters []float32 // length of the walk with the least cost
	before []int16   // spot before b on the walk, -1 none
	by     []int16   // path that leads from there to b, -1 a straight line
}

// emptyWalks leads from each of n spots to itself only.
func emptyWalks(n int) *walks {
	w := &walks{n: n, cost: make([]float32, n*n), meters: make([]float32, n*n), before: make([]int16, n*n), by: make([]int16, n*n)}
	for k := range w.cost {
		w.cost[k], w.before[k], w.by[k] = float32(math.Inf(1)), -1, -1
	}
	for a := range n {
		w.cost[a*n+a] = 0
	}
	return w
}

// straight fills all rows with straight lines between the spots that have a place:
// no way round a third one is shorter.
func (w *walks) straight(spots []*Public[SpotFields]) {
	for a, x := range spots {
		from, ok := place(&x.Fields)
		if !ok {
			continue
		}
		for b := range a {
			to, ok := place(&spots[b].Fields)
			if !ok {
				continue
			}
			m := float32(detour * metres(from, to))
			there, back := a*w.n+b, b*w.n+a
			w.cost[there], w.meters[there], w.before[there] = m, m, int16(a)
			w.cost[back], w.meters[back], w.before[back] = m, m, int16(b)
		}
	}
}

// from fills row a (Dijkstra).
func (w *walks) from(a int, edges [][]edge) {
	row := a * w.n
	cost, meters := w.cost[row:row+w.n], w.meters[row:row+w.n]
	open := &queue{{a, 0}}
	for open.Len() > 0 {
		x := heap.Pop(open).(reached)
		if x.cost > cost[x.spot] {
			continue
		}
		for _, e := range edges[x.spot] {
			if c := x.cost + float32(e.costM); c < cost[e.to] {
				cost[e.to], meters[e.to] = c, meters[x.spot]+float32(e.meters)
				w.before[row+e.to], w.by[row+e.to] = int16(x.spot), int16(e.path)
				heap.Push(open, reached{e.to, c})
			}
		}
	}
}

// along returns the paths of the walk from a to b in order; guessed is true when
// a part of it follows none.
func (w *walks) along(a, b int) (paths []int, guessed bool) {
	for row := a * w.n; b != a && w.before[row+b] >= 0; b = int(w.before[row+b]) {
		if p := int(w.by[row+b]); p >= 0 {
			paths = append(paths, p)
		} else {
			guessed = true
		}
	}
	slices.Reverse(paths)
	return paths, guessed
}

type reached struct {
	spot int
	cost float32
}

// queue is a heap of what is reached, the nearest first.
type queue []reached

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].cost < q[j].cost }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(reached)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
