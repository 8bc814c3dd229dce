package route

import (
	"cmp"
	"slices"

	"yijianyou/internal/fault"
)

// Time is a moment or a length of time in whole units that the caller chooses
// (seconds, tenths of a unit of a benchmark), counted from a zero that the
// caller chooses. Integers make the answer the same on every machine.
type Time = int32

// Bounds of a problem. Within them no sum that the solver makes overflows.
const (
	MaxNodes   = 2000
	MaxWalkers = 32
	MaxTime    = Time(1) << 28
	MaxProfit  = 1 << 20
	// Far says of a pair of points that no way leads from the one to the other.
	Far = MaxTime
)

// Problem asks which nodes to visit, by whom and in which order, so that the
// sum of their profits is largest: the team orienteering problem with time
// windows.
type Problem struct {
	Nodes   []Node   // what may be visited, each once; point i of the matrix is node i
	Walkers []Walker // at least one; several are several people, or the days of one
	Travel  Matrix   // between all points, of which the nodes are the first
}

// Node is a place that may be visited.
type Node struct {
	Profit  int      // what a visit is worth, 0 to MaxProfit; one of 0 is never visited unless it is a must
	Steps   []Step   // profit by the time at which the visit begins, ascending; empty: Profit at any time
	Service Time     // how long a visit takes
	Windows []Window // when a visit may begin, ascending and apart; empty: at any time
	Must    bool     // comes before everything that is no must
}

// Step is a part of a step function: from From on the profit is Profit, until
// the next step. Before the first step it is the Profit of the node.
type Step struct {
	From   Time
	Profit int
}

// Window is a closed span of time in which a visit may begin. Who must be gone
// by closing time closes it a visit earlier.
type Window struct{ Open, Close Time }

// Walker is somebody on one day: leaves Start at From and is at End by Until.
type Walker struct {
	Start, End  int // points of the matrix
	From, Until Time
}

// Matrix holds travel times between Points points, row by row: Cells[i*Points+j]
// leads from i to j. It need not be symmetric. Where the way round a third point
// is shorter than the direct one nobody takes it: pass shortest ways.
type Matrix struct {
	Points int
	Cells  []Time // 0 to MaxTime; Far where there is no way
}

// Between returns the travel time from point i to point j.
func (m Matrix) Between(i, j int) Time { return m.Cells[i*m.Points+j] }

// At returns what a visit that begins at t is worth.
func (n *Node) At(t Time) int {
	p := n.Profit
	for _, s := range n.Steps {
		if s.From > t {
			break
		}
		p = s.Profit
	}
	return p
}

// Best returns the most that a visit can be worth.
func (n *Node) Best() int {
	p := n.Profit
	for _, s := range n.Steps {
		p = max(p, s.Profit)
	}
	return p
}

// Errors of a problem.
var (
	ErrSize    = fault.Define(fault.Invalid, "route.size", "路线问题的景点、人数或距离矩阵的大小不对", "a routing problem needs up to 2000 nodes, 1 to 32 walkers and a full matrix that covers the nodes")
	ErrRange   = fault.Define(fault.Invalid, "route.range", "路线问题中的时间、收益或点号超出范围", "a time, profit or point of a routing problem is out of its range")
	ErrWindows = fault.Define(fault.Invalid, "route.windows", "路线问题中的时段须按先后排列且互不相接", "windows and steps of a routing problem must be ascending and apart")
)

// Check reports whether the problem is within the bounds.
//
// Errors: ErrSize, ErrRange, ErrWindows.
func (p *Problem) Check() error {
	n := p.Travel.Points
	if len(p.Nodes) > MaxNodes || len(p.Walkers) == 0 || len(p.Walkers) > MaxWalkers || n < len(p.Nodes) || n > MaxNodes+2*MaxWalkers || len(p.Travel.Cells) != n*n {
		return ErrSize.New()
	}
	for _, w := range p.Walkers {
		if w.Start < 0 || w.Start >= n || w.End < 0 || w.End >= n || outside(w.From) || outside(w.Until) {
			return ErrRange.New()
		}
	}
	if slices.ContainsFunc(p.Travel.Cells, outside) {
		return ErrRange.New()
	}
	for i := range p.Nodes {
		if err := p.Nodes[i].check(); err != nil {
			return err
		}
	}
	return nil
}

func outside(t Time) bool { return t < 0 || t > MaxTime }

func (n *Node) check() error {
	if n.Profit < 0 || n.Profit > MaxProfit || outside(n.Service) {
		return ErrRange.New()
	}
	for i, w := range n.Windows {
		if outside(w.Open) || outside(w.Close) {
			return ErrRange.New()
		}
		if w.Open > w.Close || i > 0 && n.Windows[i-1].Close >= w.Open {
			return ErrWindows.New()
		}
	}
	for _, s := range n.Steps {
		if s.Profit < 0 || s.Profit > MaxProfit || outside(s.From) {
			return ErrRange.New()
		}
	}
	if !slices.IsSortedFunc(n.Steps, func(a, b Step) int { return cmp.Compare(a.From, b.From) }) {
		return ErrWindows.New()
	}
	return nil
}
