package tourism

import (
	"math"
	"time"

	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// draft is a plan that is being made.
type draft struct {
	req    *PlanRequest
	land   land
	zone   *time.Location // by whose clock it is told
	places []planPlace
	index  map[StopID]int
	gate   int // place where it ends, -1 for none
	until  int // seconds

	areaID    AreaID
	city      *city // nil in an area
	simulated bool  // the area is made up

	nodes []int      // places that may be visited
	node  []int      // and back: node of a place, -1 for none
	left  []PlanLeft // what cannot be visited at all
}

// Why a place is left out before the planner is asked.
const (
	leftAvoided route.Code = "avoided"        // the visitor does not want it
	leftAccess  route.Code = "not-accessible" // not for wheelchairs, or pushchairs
	leftUnknown route.Code = "access-unknown" // nobody says that it is accessible
	leftNoPlace route.Code = "no-place"       // neither its position nor a path to it is published: nobody knows how far it is
	leftShut    route.Code = "shut"           // not open in the time of the visit
	leftGone    route.Code = "not-here"       // no such place is public here
)

func newDraft(req *PlanRequest, l land, zone *time.Location) *draft {
	return &draft{req: req, land: l, zone: zone, index: make(map[StopID]int), gate: -1, until: req.Minutes * 60}
}

func (d *draft) add(p planPlace) {
	d.index[p.id] = len(d.places)
	d.places = append(d.places, p)
}

// stay returns how long a visit takes that usually takes so many minutes, in
// seconds.
func (d *draft) stay(minutes int) int {
	return int(math.Ceil(float64(minutes) * 60 * paces[d.req.Pace].stay))
}

// liked doubles a worth when it matches an interest.
func (q *PlanRequest) liked(worth int, matches map[Code]bool) int {
	for _, interest := range q.Interests {
		if matches[interest] {
			return 2 * worth
		}
	}
	return worth
}

// choose sorts the places into those that may be visited and those that cannot.
// What nobody asked for and what was seen is neither.
func (d *draft) choose() {
	must, avoid, done := setOf(d.req.Must), setOf(d.req.Avoid), setOf(d.req.Done)
	d.node = make([]int, len(d.places))
	for i := range d.places {
		d.node[i] = -1
		p := &d.places[i]
		if done[p.id] || !must[p.id] && (p.id == d.req.StartSpot || !p.offered) {
			continue
		}
		code := p.refused
		switch {
		case avoid[p.id]:
			code = leftAvoided
		case code == "" && len(p.begin) == 0:
			code = p.shut
		}
		if code != "" {
			d.left = append(d.left, PlanLeft{SpotID: p.id, Kind: p.kind, Name: p.name, Must: must[p.id], Why: d.reason(route.Reason{Code: code, Other: -1})})
			continue
		}
		d.node[i] = len(d.nodes)
		d.nodes = append(d.nodes, i)
	}
	for _, id := range append(append([]StopID{}, d.req.Must...), d.req.Avoid...) {
		if _, ok := d.index[id]; !ok {
			d.left = append(d.left, PlanLeft{SpotID: id, Must: must[id], Why: d.reason(route.Reason{Code: leftGone, Other: -1})})
		}
	}
}

// problem writes the draft as the planner reads it: the nodes, then the start,
// then the end.
func (d *draft) problem() (*route.Problem, [][]int) {
	k := len(d.nodes)
	points := k + 2
	p := &route.Problem{Nodes: make([]route.Node, k), Travel: route.Matrix{Points: points, Cells: make([]route.Time, points*points)},
		Walkers: []route.Walker{{Start: k, End: k + 1, Until: route.Time(d.until)}}}
	must := setOf(d.req.Must)
	set := func(a, b int, seconds float64) {
		t := route.Far
		if s := math.Ceil(seconds); s < float64(route.Far) {
			t = route.Time(s)
		}
		p.Travel.Cells[a*points+b] = t
	}
	for a, i := range d.nodes {
		from := &d.places[i]
		p.Nodes[a] = route.Node{Service: route.Time(from.stay), Windows: from.begin, Must: must[from.id]}
		d.value(&p.Nodes[a], i)
		for b, j := range d.nodes {
			set(a, b, d.land.seconds(i, j))
		}
		out, _ := d.land.fromStart(i)
		set(k, a, out)
		set(a, k, math.Inf(1))
		set(k+1, a, math.Inf(1))
		if d.gate >= 0 {
			set(a, k+1, d.land.seconds(i, d.gate))
		}
	}
	if d.gate >= 0 {
		out, _ := d.land.fromStart(d.gate)
		set(k, k+1, out)
	}
	set(k+1, k, math.Inf(1))
	if d.req.Before == nil {
		return p, nil
	}
	before := []int{}
	for _, id := range d.req.Before {
		if i, ok := d.index[id]; ok && d.node[i] >= 0 {
			before = append(before, d.node[i])
		}
	}
	return p, [][]int{before}
}

// crowdStep is how often the expected level is asked for.
const crowdStep = 30 * 60

// ease is the part of its worth that a place keeps at a level, in percent; this
// project's own choice.
var ease = map[comfort.Level]int{comfort.NotAssessed: 100, comfort.Clear: 100, comfort.Comfortable: 100, comfort.Busy: 85, comfort.Crowded: 60, comfort.Packed: 30}

// value writes what a place is worth, by the level expected on arrival.
func (d *draft) value(n *route.Node, place int) {
	worth := d.places[place].worth
	n.Profit = worth
	last := 100
	for t := 0; t < d.until; t += crowdStep {
		level, ok := d.land.expected(place, d.req.StartAt.Add(time.Duration(t)*time.Second))
		if !ok {
			level = comfort.NotAssessed
		}
		e := ease[level]
		if t == 0 {
			n.Profit = max(1, worth*e/100)
		} else if e != last {
			n.Steps = append(n.Steps, route.Step{From: route.Time(t), Profit: max(1, worth*e/100)})
		}
		last = e
	}
}
