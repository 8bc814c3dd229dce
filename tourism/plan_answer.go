package tourism

import (
	"cmp"
	"math"
	"slices"
	"time"

	"yijianyou/tourism/route"
)

// plan writes what the planner found as the visitor reads it.
func (d *draft) plan(p *route.Problem, found *route.Plan, before [][]int) *Plan {
	out := &Plan{AreaID: d.areaID, TimeZone: d.zone.String(), StartAt: d.req.StartAt, Stops: []PlanStop{}, Left: d.left, Score: found.Profit, Simulated: d.simulated}
	if d.city != nil {
		out.City, out.Unlisted, out.Estimate = d.city.name, d.city.unlisted, cityEstimate()
	}
	if d.gate >= 0 {
		out.Gate, out.GateName = d.places[d.gate].id, d.places[d.gate].name
	}
	round := &found.Rounds[0]
	var walked, ridden float64
	stops, from := []int{}, -1
	for _, s := range round.Stops {
		i := d.nodes[s.Node]
		var by way
		if from < 0 {
			_, by = d.land.fromStart(i)
		} else {
			by = d.land.way(from, i)
		}
		out.Stops = append(out.Stops, d.stop(s, i, by))
		out.Estimated = out.Estimated || by.guessed
		out.Simulated = out.Simulated || d.places[i].madeUp
		walked, ridden = walked+by.walkM, ridden+by.rideM
		stops, from = append(stops, i), i
	}
	out.EndAt = d.at(round.Arrive)
	if from < 0 {
		out.EndAt = d.req.StartAt
	} else if d.gate >= 0 {
		home := d.land.way(from, d.gate)
		out.HomeM, out.HomePaths = int(math.Round(home.walkM)), home.paths
		walked += home.walkM
		out.Estimated = out.Estimated || home.guessed
	}
	out.WalkM, out.RideM = int(math.Round(walked)), int(math.Round(ridden))
	out.Crowd = d.land.basis(stops)
	d.leave(p, found, out)
	if before != nil {
		out.Changes = d.changes(found, before, out)
	}
	return out
}

func (d *draft) at(t route.Time) time.Time { return d.req.StartAt.Add(time.Duration(t) * time.Second) }

func (d *draft) stop(s route.Stop, place int, by way) PlanStop {
	p := &d.places[place]
	stop := PlanStop{SpotID: p.id, Kind: p.kind, Name: p.name, At: p.at, ArriveAt: d.at(s.Arrive), BeginAt: d.at(s.Begin), LeaveAt: d.at(s.Leave),
		WalkM: int(math.Round(by.walkM)), RideM: int(math.Round(by.rideM)), Paths: by.paths, Guessed: by.guessed}
	if level, ok := d.land.expected(place, stop.BeginAt); ok {
		stop.Level = level
	}
	for _, r := range s.Why {
		if p.doubt == "" || r.Code != route.ByDeadline { // nobody published when it closes
			stop.Why = append(stop.Why, d.reason(r))
		}
	}
	if p.doubt != "" {
		stop.Why = append(stop.Why, d.reason(route.Reason{Code: p.doubt, Other: -1}))
	}
	return stop
}

// leave adds what the planner left out: the wanted first, then by worth.
func (d *draft) leave(p *route.Problem, found *route.Plan, out *Plan) {
	worth := make(map[StopID]int)
	for _, l := range found.Left {
		place := &d.places[d.nodes[l.Node]]
		worth[place.id] = p.Nodes[l.Node].Best()
		why := l.Why
		if why.Code == route.LeftClosed && place.doubt != "" { // nobody published the hours that it would name
			why = route.Reason{Code: place.shut, Other: -1}
		}
		out.Left = append(out.Left, PlanLeft{SpotID: place.id, Kind: place.kind, Name: place.name, Must: p.Nodes[l.Node].Must, Why: d.reason(why)})
	}
	slices.SortStableFunc(out.Left, func(a, b PlanLeft) int {
		if a.Must != b.Must {
			if a.Must {
				return -1
			}
			return 1
		}
		return cmp.Compare(worth[b.SpotID], worth[a.SpotID])
	})
	if out.Left == nil {
		out.Left = []PlanLeft{}
	}
}

// changes says what became of the plan before, also of what can no longer be
// visited at all.
func (d *draft) changes(found *route.Plan, before [][]int, out *Plan) []PlanChange {
	list := []PlanChange{}
	for _, c := range route.Changes(before, found) {
		place := &d.places[d.nodes[c.Node]]
		change := PlanChange{SpotID: place.id, Name: place.name, How: c.How}
		if c.Why.Code != "" {
			why := d.reason(c.Why)
			change.Why = &why
		}
		list = append(list, change)
	}
	known := make(map[StopID]bool, len(list))
	for _, c := range list {
		known[c.SpotID] = true
	}
	for _, id := range d.req.Before {
		if known[id] {
			continue
		}
		for i := range out.Left {
			if l := &out.Left[i]; l.SpotID == id {
				list = append(list, PlanChange{SpotID: id, Name: l.Name, How: route.Dropped, Why: &l.Why})
			}
		}
		if _, ok := d.index[id]; !ok && !slices.Contains(d.req.Must, id) { // what must be is in Left
			gone := d.reason(route.Reason{Code: leftGone, Other: -1})
			list = append(list, PlanChange{SpotID: id, How: route.Dropped, Why: &gone})
		}
	}
	return list
}
