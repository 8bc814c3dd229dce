package tourism

import (
	"cmp"
	"math"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// draft is a plan that is being made.
type draft struct {
	req     *PlanRequest
	area    *AreaFields
	terrain *terrain
	walks   *walks
	outlook Outlook
	hours   *heritage.OpeningHours // of the area; nil unknown
	zone    *time.Location

	nodes []int            // spots that may be visited, by index of terrain
	node  []int            // and back: node of a spot, -1 for none
	begin [][]route.Window // of each node, when a visit may begin
	left  []PlanLeft       // what cannot be visited at all
	gate  int              // spot where the walk ends, -1 for none
	start []hop            // from where the visitor stands to spots
	until int              // seconds
	open  []span           // when one may be in the area
}

// hop is the way from the place where the visitor stands to a spot.
type hop struct {
	spot         int
	cost, meters float64
	straight     bool // no published path leads there
}

// Why a spot is left out before the planner is asked.
const (
	leftAvoided route.Code = "avoided"        // the visitor does not want it
	leftAccess  route.Code = "not-accessible" // not for wheelchairs, or pushchairs
	leftUnknown route.Code = "access-unknown" // nobody says that it is accessible
	leftNoPlace route.Code = "no-place"       // neither its position nor a path to it is published: nobody knows how far it is
	leftShut    route.Code = "shut"           // not open in the time of the visit
	leftGone    route.Code = "not-here"       // no such spot is public in this area
)

// pace is how fast a visitor walks, in metres a second on the level, and which
// part of the usual stay he takes. The figures are this project's own choice.
type pace struct{ speed, stay float64 }

var paces = map[Code]pace{"": {1.1, 1}, PaceNormal: {1.1, 1}, PaceSlow: {0.8, 1.2}, PaceFast: {1.4, 0.75}}

// stays are the minutes of a visit where a spot names none, by kind; 5 for the
// rest. This project's own choice.
var stays = map[Code]int{"sight": 10, "exhibition-hall": 20, "performance": 20, "viewpoint": 8, "restaurant": 30, "shop": 10}

// stay returns how long a visit takes, in seconds.
func (d *draft) stay(f *SpotFields) int {
	minutes, ok := stays[f.Kind]
	if !ok {
		minutes = 5
	}
	if f.Minutes != nil {
		minutes = *f.Minutes
	}
	return int(math.Ceil(float64(minutes) * 60 * paces[d.req.Pace].stay))
}

// choose sorts the spots into those that may be visited and those that cannot.
// What nobody asked for (facilities) is neither.
func (d *draft) choose() {
	must, avoid, done := setOf(d.req.Must), setOf(d.req.Avoid), setOf(d.req.Done)
	d.gate = d.findGate()
	d.start = d.findStart()
	d.until = d.req.Minutes * 60
	d.open = groundSpans(d.hours, d.req.StartAt, d.zone, d.req.Minutes, d.req.Start != nil || d.req.StartSpot != "" || len(d.req.Done) > 0)
	if w := windowsOf(d.open, d.until); len(w) > 0 {
		d.until = int(w[len(w)-1].Close)
	}
	d.node = make([]int, len(d.terrain.spots))
	facilities := d.facilities()
	for i, p := range d.terrain.spots {
		d.node[i] = -1
		f, id := &p.Fields, SpotID(p.ID)
		if done[id] || id == d.req.StartSpot && !must[id] || !must[id] && Facility(f.Kind) && !facilities[i] {
			continue
		}
		code := route.Code("")
		switch {
		case avoid[id]:
			code = leftAvoided
		case !d.terrain.placed[i]:
			code = leftNoPlace
		default:
			code = refused(f, d.req.Access)
		}
		var begin []route.Window
		if code == "" {
			if begin = d.windows(f); len(begin) == 0 {
				code = leftShut
			}
		}
		if code != "" {
			d.left = append(d.left, PlanLeft{SpotID: id, Name: f.Name, Must: must[id], Why: d.reason(route.Reason{Code: code, Other: -1})})
			continue
		}
		d.node[i] = len(d.nodes)
		d.nodes, d.begin = append(d.nodes, i), append(d.begin, begin)
	}
	for _, id := range d.req.Must {
		if _, ok := d.terrain.index[id]; !ok {
			d.left = append(d.left, PlanLeft{SpotID: id, Must: true, Why: d.reason(route.Reason{Code: leftGone, Other: -1})})
		}
	}
}

// refused says why somebody with these needs cannot visit a spot, "" when he
// can.
func refused(f *SpotFields, access Code) route.Code {
	said := f.Wheelchair
	switch access {
	case "":
		return ""
	case AccessPushchair:
		if said = f.Pushchair; said == "" && f.Wheelchair == AccessYes {
			said = AccessYes
		}
	}
	switch said {
	case AccessNo:
		return leftAccess
	case "":
		return leftUnknown
	}
	return ""
}

// windows returns when a visit of a spot may begin, of which both the spot and
// the area say that they are open.
func (d *draft) windows(f *SpotFields) []route.Window {
	stay := d.stay(f)
	spans := make([]span, 0, len(d.open))
	for _, s := range d.open {
		if s.to -= stay; s.from <= s.to {
			spans = append(spans, s)
		}
	}
	if f.Hours != nil {
		spans = both(openSpans(f.Hours, d.req.StartAt, d.zone, d.req.Minutes, stay), spans)
	}
	return windowsOf(spans, d.until)
}

// wantedKinds are the facilities that an interest asks for.
var wantedKinds = map[Code]Code{"food": "restaurant", "shopping": "shop"}

// facilities returns those of the plan before and, for each other kind that the
// visitor is interested in, the one that is nearest to where he begins: one meal is
// enough.
func (d *draft) facilities() map[int]bool {
	out, had := make(map[int]bool), make(map[Code]bool)
	for _, id := range d.req.Before {
		if i, ok := d.terrain.index[id]; ok && Facility(d.terrain.spots[i].Fields.Kind) {
			out[i], had[d.terrain.spots[i].Fields.Kind] = true, true
		}
	}
	for _, interest := range d.req.Interests {
		kind, ok := wantedKinds[interest]
		if !ok || had[kind] {
			continue
		}
		best, cost := -1, math.Inf(1)
		for i, p := range d.terrain.spots {
			if p.Fields.Kind != kind || !d.terrain.placed[i] || refused(&p.Fields, d.req.Access) != "" {
				continue
			}
			if c, _, _ := d.fromStart(i); c < cost {
				best, cost = i, c
			}
		}
		if best >= 0 {
			out[best] = true
		}
	}
	return out
}

// findGate returns the gate that is first in the usual round and that the visitor
// can use.
func (d *draft) findGate() int {
	best := -1
	better := func(a, b *SpotFields) bool {
		if x, y := a.Kind == "accessible-entrance", b.Kind == "accessible-entrance"; x != y {
			return x == (d.req.Access == AccessWheelchair)
		}
		return a.Order > 0 && (b.Order == 0 || a.Order < b.Order)
	}
	for i, p := range d.terrain.spots {
		f := &p.Fields
		if f.Kind != "gate" && f.Kind != "accessible-entrance" || !d.terrain.placed[i] || refused(f, d.req.Access) == leftAccess {
			continue
		}
		if best < 0 || better(f, &d.terrain.spots[best].Fields) {
			best = i
		}
	}
	return best
}

// joins is how many of the nearest spots a position is joined to.
const joins = 3

// findStart returns how the visitor gets from where he stands to spots; nil when
// he may begin anywhere, empty when nobody knows how he gets to any.
func (d *draft) findStart() []hop {
	if i, ok := d.terrain.index[d.req.StartSpot]; ok {
		return []hop{{spot: i}}
	}
	if d.req.Start != nil {
		near := []hop{}
		for i, p := range d.terrain.spots {
			if at, ok := place(&p.Fields); ok {
				m := detour * metres(*d.req.Start, at)
				near = append(near, hop{spot: i, cost: m, meters: m, straight: m > 0})
			}
		}
		slices.SortFunc(near, func(a, b hop) int { return cmp.Compare(a.cost, b.cost) })
		return near[:min(joins, len(near))]
	}
	if d.gate >= 0 {
		return []hop{{spot: d.gate}}
	}
	return nil
}

// fromStart returns the cheapest walk from where the visitor stands to a spot, +Inf
// when no way is known.
func (d *draft) fromStart(spot int) (cost, meters float64, by hop) {
	if d.start == nil {
		return 0, 0, hop{spot: spot}
	}
	cost = math.Inf(1)
	for _, h := range d.start {
		k := h.spot*d.walks.n + spot
		if c := h.cost + float64(d.walks.cost[k]); c < cost {
			cost, meters, by = c, h.meters+float64(d.walks.meters[k]), h
		}
	}
	return cost, meters, by
}

// problem writes the draft as the planner reads it: the nodes, then the start,
// then the end.
func (d *draft) problem() (*route.Problem, [][]int) {
	k := len(d.nodes)
	points := k + 2
	p := &route.Problem{Nodes: make([]route.Node, k), Travel: route.Matrix{Points: points, Cells: make([]route.Time, points*points)},
		Walkers: []route.Walker{{Start: k, End: k + 1, Until: route.Time(d.until)}}}
	must := setOf(d.req.Must)
	set := func(a, b int, cost float64) {
		t := route.Far
		if s := math.Ceil(cost / paces[d.req.Pace].speed); s < float64(route.Far) {
			t = route.Time(s)
		}
		p.Travel.Cells[a*points+b] = t
	}
	for a, i := range d.nodes {
		f := &d.terrain.spots[i].Fields
		id := SpotID(d.terrain.spots[i].ID)
		p.Nodes[a] = route.Node{Service: route.Time(d.stay(f)), Windows: d.begin[a], Must: must[id]}
		d.value(&p.Nodes[a], i)
		for b, j := range d.nodes {
			set(a, b, float64(d.walks.cost[i*d.walks.n+j]))
		}
		cost, _, _ := d.fromStart(i)
		set(k, a, cost)
		set(a, k, math.Inf(1))
		set(k+1, a, math.Inf(1))
		home, _ := d.home(i)
		set(a, k+1, home)
	}
	if d.gate >= 0 {
		cost, _, _ := d.fromStart(d.gate)
		set(k, k+1, cost)
	}
	set(k+1, k, math.Inf(1))
	if d.req.Before == nil {
		return p, nil
	}
	before := []int{}
	for _, id := range d.req.Before {
		if i, ok := d.terrain.index[id]; ok && d.node[i] >= 0 {
			before = append(before, d.node[i])
		}
	}
	return p, [][]int{before}
}

// home returns the walk from a spot to the gate.
func (d *draft) home(spot int) (cost, meters float64) {
	if d.gate < 0 {
		return 0, 0
	}
	k := spot*d.walks.n + d.gate
	return float64(d.walks.cost[k]), float64(d.walks.meters[k])
}

// crowdStep is how often the expected level is asked for.
const crowdStep = 30 * 60

// ease is the part of its worth that a spot keeps at a level, in percent; this
// project's own choice.
var ease = map[comfort.Level]int{comfort.NotAssessed: 100, comfort.Clear: 100, comfort.Comfortable: 100, comfort.Busy: 85, comfort.Crowded: 60, comfort.Packed: 30}

// value writes what a spot is worth, by the level expected on arrival.
func (d *draft) value(n *route.Node, spot int) {
	worth := d.worth(spot)
	id := SpotID(d.terrain.spots[spot].ID)
	n.Profit = worth
	last := 100
	for t := 0; t < d.until; t += crowdStep {
		level, ok := d.outlook.Expected(id, d.req.StartAt.Add(time.Duration(t)*time.Second))
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

// worth is what a visit gives, apart from any crowd: 100 for a spot, up to 100
// for its fame, 40 for one of the usual round, 15 for each of three stories, 20 when it
// is protected or has relics; doubled when the visitor is interested in it. This
// project's own choice.
func (d *draft) worth(spot int) int {
	f, told := &d.terrain.spots[spot].Fields, d.terrain.stories[spot]
	w := 100 + int(100*f.Notable) + 15*min(3, told.all)
	if Facility(f.Kind) {
		w = 50
	}
	if f.Order > 0 {
		w += 40
	}
	old := f.SiteID != "" || len(f.RelicIDs) > 0
	if old {
		w += 20
	}
	matches := map[Code]bool{"heritage": old, "exhibitions": f.Kind == "exhibition-hall", "views": f.Kind == "viewpoint", "performances": f.Kind == "performance",
		"stories": told.all > 0, "children": told.children > 0, "food": f.Kind == "restaurant", "shopping": f.Kind == "shop"}
	for _, interest := range d.req.Interests {
		if matches[interest] {
			return 2 * w
		}
	}
	return w
}
