package route

// Plan is an answer.
type Plan struct {
	Rounds     []Round // one for each walker, in their order
	Left       []Left  // every node that is not visited, in the order of the problem
	Profit     int     // sum of the stops
	Travel     Time    // sum of the ways
	Iterations int     // that were made
	Cut        bool    // the context ended before the iterations did
}

// Round is the walk of one walker.
type Round struct {
	Stops    []Stop
	Home     Time // way from the last stop to the end
	Arrive   Time // at the end
	Possible bool // false: not even the way from start to end fits in the time; no stops then
}

// Stop is one visit.
type Stop struct {
	Node   int
	Way    Time // from the stop before, or from the start
	Arrive Time
	Begin  Time // after Arrive where one waits for the opening
	Leave  Time
	Profit int
	Why    []Reason // at least one
}

// Left is a node that is not visited.
type Left struct {
	Node int
	Why  Reason
}

// Code says why a node is a stop, or why it is not. Codes are stable.
type Code string

// Why a node is a stop.
const (
	ByMust     Code = "must"       // it was asked for
	ByWorth    Code = "worth"      // it is among the quarter that is worth most
	ByWay      Code = "on-the-way" // it costs little way: Need is the detour
	ByQuiet    Code = "quiet-then" // it is worth more at this time than at others
	ByKept     Code = "kept"       // it stood in the plan before
	ByFitting  Code = "fits"       // it fits: Need is the detour
	ByWaiting  Code = "waits"      // one waits until it opens: Need is how long
	ByDeadline Code = "closes"     // it closes soon after: Have is the time to spare
)

// Why a node is left out.
const (
	LeftWorthless Code = "no-worth"  // a visit is worth nothing
	LeftNoWay     Code = "no-way"    // no way leads there and on to the end
	LeftTooFar    Code = "too-far"   // the way, the visit and the way on take Need, and all the time there is is Have
	LeftClosed    Code = "closed"    // its windows, from Open to Close, do not go with the time of the walkers or with the stops
	LeftNoTime    Code = "no-time"   // it takes Need more, wherever it is put, and Have is to spare; 0 when the hours of the others leave no gap
	LeftWorthLess Code = "less"      // it could take the place of Other, which is worth more, or as much for less way
	LeftMust      Code = "must-rule" // it could take the place of Other only, which was asked for
	LeftCrowd     Code = "crowd"     // it fits, but would bring others into a time at which they are worth less
	LeftKept      Code = "keeps"     // it could take the place of Other, which stood in the plan before
)

// Reason is a code with what it speaks of; what a code does not name is zero,
// Other is -1.
type Reason struct {
	Code        Code
	Need, Have  Time
	Open, Close Time
	Other       int // a node
}

func (s *search) plan(p *Problem) *Plan {
	x := &s.best
	out := &Plan{Rounds: make([]Round, len(x.walks)), Iterations: s.iterations}
	for i := range x.walks {
		w := &x.walks[i]
		r := &out.Rounds[i]
		r.Stops = []Stop{}
		if r.Possible = !s.idle[i]; !r.Possible {
			continue
		}
		last := w.k - 1
		for q := 1; q < last; q++ {
			u := int(w.node[q])
			stop := Stop{Node: u, Way: w.leg[q], Arrive: w.dep[q-1] + w.leg[q], Begin: w.start[q], Leave: w.dep[q], Profit: p.Nodes[u].At(w.start[q])}
			stop.Why = s.whyStop(p, w, q, stop)
			r.Stops = append(r.Stops, stop)
			out.Profit += stop.Profit
			out.Travel += stop.Way
		}
		r.Home, r.Arrive = w.leg[last], w.start[last]
		out.Travel += r.Home
	}
	for u := range p.Nodes {
		if x.at[u] < 0 {
			out.Left = append(out.Left, Left{Node: u, Why: s.whyLeft(p, int32(u))})
		}
	}
	return out
}
