package tourism

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// areaLand is an area: one walks, along its paths.
type areaLand struct {
	req     *PlanRequest
	terrain *terrain
	walks   *walks
	outlook Outlook
	start   []hop // from where the visitor stands to spots; nil: he may begin anywhere
}

// hop is the way from the place where the visitor stands to a spot.
type hop struct {
	spot         int
	cost, meters float64
	straight     bool // no published path leads there
}

// draftOfArea reads an area for a request.
//
// Errors: ErrNotFound; fault.ErrInvalid when the visitor does not stand at one of its spots.
func (s *Service) draftOfArea(ctx context.Context, req *PlanRequest) (*draft, error) {
	area, err := s.Areas.Public(ctx, string(req.AreaID))
	if err != nil {
		return nil, err
	}
	ground, err := s.terrain(ctx, req.AreaID)
	if err != nil {
		return nil, err
	}
	hours, err := s.hours(ctx, &area.Fields)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(area.Fields.TimeZone)
	if err != nil {
		return nil, err
	}
	outlook, err := s.expectations.Outlook(ctx, req.AreaID, &area.Fields, closingOf(hours, zone))
	if err != nil {
		return nil, err
	}
	l := &areaLand{req: req, terrain: ground, walks: ground.walks(req.Access), outlook: outlook}
	d := newDraft(req, l, zone)
	d.areaID, d.simulated, d.gate = req.AreaID, area.Fields.Simulated, l.findGate()
	l.start = l.findStart(d.gate)
	open := groundSpans(hours, req.StartAt, zone, req.Minutes, req.Start != nil || req.StartSpot != "" || len(req.Done) > 0)
	if w := windowsOf(open, d.until); len(w) > 0 {
		d.until = int(w[len(w)-1].Close)
	}
	facilities := l.facilities()
	for i, p := range ground.spots {
		d.add(l.place(i, p, open, d, facilities[i]))
	}
	return d, nil
}

// place reads a spot; open is when one may be in the area.
func (l *areaLand) place(i int, p *Public[SpotFields], open []span, d *draft, wanted bool) planPlace {
	f := &p.Fields
	out := planPlace{id: StopID(p.ID), kind: StopSpot, name: f.Name, offered: wanted || !Facility(f.Kind), refused: leftNoPlace, shut: leftShut, worth: l.worth(i)}
	if at, ok := place(f); ok {
		out.at = &at
	}
	if l.terrain.placed[i] {
		out.refused = refused(f, l.req.Access)
	}
	minutes, ok := stays[f.Kind]
	if !ok {
		minutes = 5
	}
	if f.Minutes != nil {
		minutes = *f.Minutes
	}
	out.stay = d.stay(minutes)
	spans := make([]span, 0, len(open))
	for _, s := range open {
		if s.to -= out.stay; s.from <= s.to {
			spans = append(spans, s)
		}
	}
	if f.Hours != nil {
		spans = both(openSpans(f.Hours, l.req.StartAt, d.zone, l.req.Minutes, out.stay), spans)
	}
	out.begin = windowsOf(spans, d.until)
	return out
}

// stays are the minutes of a visit where a spot names none, by kind; 5 for the
// rest. This project's own choice.
var stays = map[Code]int{"sight": 10, "exhibition-hall": 20, "performance": 20, "viewpoint": 8, "restaurant": 30, "shop": 10}

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

// wantedKinds are the facilities that an interest asks for.
var wantedKinds = map[Code]Code{"food": "restaurant", "shopping": "shop"}

// facilities returns those of the plan before and, for each other kind that the
// visitor is interested in, the one that is nearest to where he begins: one meal is
// enough.
func (l *areaLand) facilities() map[int]bool {
	out, had := make(map[int]bool), make(map[Code]bool)
	for _, id := range l.req.Before {
		if i, ok := l.terrain.index[SpotID(id)]; ok && Facility(l.terrain.spots[i].Fields.Kind) {
			out[i], had[l.terrain.spots[i].Fields.Kind] = true, true
		}
	}
	for _, interest := range l.req.Interests {
		kind, ok := wantedKinds[interest]
		if !ok || had[kind] {
			continue
		}
		best, cost := -1, math.Inf(1)
		for i, p := range l.terrain.spots {
			if p.Fields.Kind != kind || !l.terrain.placed[i] || refused(&p.Fields, l.req.Access) != "" {
				continue
			}
			if c, _, _ := l.reach(i); c < cost {
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
// can use, -1 for none.
func (l *areaLand) findGate() int {
	best := -1
	better := func(a, b *SpotFields) bool {
		if x, y := a.Kind == "accessible-entrance", b.Kind == "accessible-entrance"; x != y {
			return x == (l.req.Access == AccessWheelchair)
		}
		return a.Order > 0 && (b.Order == 0 || a.Order < b.Order)
	}
	for i, p := range l.terrain.spots {
		f := &p.Fields
		if f.Kind != "gate" && f.Kind != "accessible-entrance" || !l.terrain.placed[i] || refused(f, l.req.Access) == leftAccess {
			continue
		}
		if best < 0 || better(f, &l.terrain.spots[best].Fields) {
			best = i
		}
	}
	return best
}

// joins is how many of the nearest spots a position is joined to.
const joins = 3

// findStart returns how the visitor gets from where he stands to spots; nil when
// he may begin anywhere, empty when nobody knows how he gets to any.
func (l *areaLand) findStart(gate int) []hop {
	if i, ok := l.terrain.index[SpotID(l.req.StartSpot)]; ok {
		return []hop{{spot: i}}
	}
	if l.req.Start != nil {
		near := []hop{}
		for i, p := range l.terrain.spots {
			if at, ok := place(&p.Fields); ok {
				m := detour * metres(*l.req.Start, at)
				near = append(near, hop{spot: i, cost: m, meters: m, straight: m > 0})
			}
		}
		slices.SortFunc(near, func(a, b hop) int { return cmp.Compare(a.cost, b.cost) })
		return near[:min(joins, len(near))]
	}
	if gate >= 0 {
		return []hop{{spot: gate}}
	}
	return nil
}

// reach returns the cheapest walk from where the visitor stands to a spot, +Inf
// when no way is known.
func (l *areaLand) reach(spot int) (cost, meters float64, by hop) {
	if l.start == nil {
		return 0, 0, hop{spot: spot}
	}
	cost = math.Inf(1)
	for _, h := range l.start {
		k := h.spot*l.walks.n + spot
		if c := h.cost + float64(l.walks.cost[k]); c < cost {
			cost, meters, by = c, h.meters+float64(l.walks.meters[k]), h
		}
	}
	return cost, meters, by
}

// seconds implements land.
func (l *areaLand) seconds(a, b int) float64 {
	return float64(l.walks.cost[a*l.walks.n+b]) / paces[l.req.Pace].speed
}

// way implements land.
func (l *areaLand) way(a, b int) way {
	out := way{paths: []PathID{}, walkM: float64(l.walks.meters[a*l.walks.n+b])}
	list, guessed := l.walks.along(a, b)
	for _, p := range list {
		out.paths = append(out.paths, PathID(l.terrain.paths[p].ID))
	}
	out.guessed = guessed
	return out
}

// fromStart implements land.
func (l *areaLand) fromStart(b int) (float64, way) {
	cost, meters, by := l.reach(b)
	if math.IsInf(cost, 1) {
		return cost, way{paths: []PathID{}}
	}
	out := l.way(by.spot, b)
	out.walkM, out.guessed = meters, out.guessed || by.straight
	return cost / paces[l.req.Pace].speed, out
}

// expected implements land.
func (l *areaLand) expected(i int, at time.Time) (comfort.Level, bool) {
	return l.outlook.Expected(SpotID(l.terrain.spots[i].ID), at)
}

// basis implements land.
func (l *areaLand) basis([]int) ExpectedBasis { return l.outlook.Basis() }

// worth is what a visit gives, apart from any crowd: 100 for a spot, up to 100
// for its fame, 40 for one of the usual round, 15 for each of three stories, 20 when it
// is protected or has relics; doubled when the visitor is interested in it. This
// project's own choice.
func (l *areaLand) worth(spot int) int {
	f, told := &l.terrain.spots[spot].Fields, l.terrain.stories[spot]
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
	return l.req.liked(w, map[Code]bool{"heritage": old, "exhibitions": f.Kind == "exhibition-hall", "views": f.Kind == "viewpoint", "performances": f.Kind == "performance",
		"stories": told.all > 0, "children": told.children > 0, "food": f.Kind == "restaurant", "shopping": f.Kind == "shop"})
}
