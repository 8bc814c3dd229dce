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
	out := &Plan{AreaID: d.req.AreaID, StartAt: d.req.StartAt, Stops: []PlanStop{}, Left: d.left, Score: found.Profit, Crowd: d.outlook.Basis(), Simulated: d.area.Simulated}
	if d.gate >= 0 {
		gate := d.terrain.spots[d.gate]
		out.Gate, out.GateName = SpotID(gate.ID), gate.Fields.Name
	}
	round := &found.Rounds[0]
	walked, from := 0., -1
	for _, s := range round.Stops {
		i := d.nodes[s.Node]
		stop := d.stop(s, i)
		var meters float64
		if from < 0 {
			var by hop
			_, meters, by = d.fromStart(i)
			stop.Paths, stop.Guessed = d.along(by.spot, i)
			stop.Guessed = stop.Guessed || by.straight
		} else {
			meters = float64(d.walks.meters[from*d.walks.n+i])
			stop.Paths, stop.Guessed = d.along(from, i)
		}
		stop.WalkM = int(math.Round(meters))
		out.Estimated = out.Estimated || stop.Guessed
		walked += meters
		out.Stops = append(out.Stops, stop)
		from = i
	}
	out.EndAt = d.at(round.Arrive)
	if from < 0 {
		out.EndAt = d.req.StartAt
	} else if d.gate >= 0 {
		_, meters := d.home(from)
		out.HomeM = int(math.Round(meters))
		walked += meters
		paths, guessed := d.along(from, d.gate)
		out.HomePaths = paths
		out.Estimated = out.Estimated || guessed
	}
	out.WalkM = int(math.Round(walked))
	d.leave(p, found, out)
	if before != nil {
		out.Changes = d.changes(found, before, out)
	}
	return out
}

func (d *draft) at(t route.Time) time.Time { return d.req.StartAt.Add(time.Duration(t) * time.Second) }

func (d *draft) along(a, b int) (paths []PathID, guessed bool) {
	list, guessed := d.walks.along(a, b)
	paths = []PathID{}
	for _, p := range list {
		paths = append(paths, PathID(d.terrain.paths[p].ID))
	}
	return paths, guessed
}

func (d *draft) stop(s route.Stop, spot int) PlanStop {
	p := d.terrain.spots[spot]
	stop := PlanStop{SpotID: SpotID(p.ID), Name: p.Fields.Name, ArriveAt: d.at(s.Arrive), BeginAt: d.at(s.Begin), LeaveAt: d.at(s.Leave)}
	if level, ok := d.outlook.Expected(stop.SpotID, stop.BeginAt); ok {
		stop.Level = level
	}
	for _, r := range s.Why {
		stop.Why = append(stop.Why, d.reason(r))
	}
	return stop
}

// leave adds what the planner left out: the wanted first, then by worth.
func (d *draft) leave(p *route.Problem, found *route.Plan, out *Plan) {
	worth := make(map[SpotID]int)
	for _, l := range found.Left {
		spot := d.terrain.spots[d.nodes[l.Node]]
		id := SpotID(spot.ID)
		worth[id] = p.Nodes[l.Node].Best()
		out.Left = append(out.Left, PlanLeft{SpotID: id, Name: spot.Fields.Name, Must: p.Nodes[l.Node].Must, Why: d.reason(l.Why)})
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
		spot := d.terrain.spots[d.nodes[c.Node]]
		change := PlanChange{SpotID: SpotID(spot.ID), Name: spot.Fields.Name, How: c.How}
		if c.Why.Code != "" {
			why := d.reason(c.Why)
			change.Why = &why
		}
		list = append(list, change)
	}
	known := make(map[SpotID]bool, len(list))
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
		if _, ok := d.terrain.index[id]; !ok && !slices.Contains(d.req.Must, id) { // what must be is in Left
			gone := d.reason(route.Reason{Code: leftGone, Other: -1})
			list = append(list, PlanChange{SpotID: id, How: route.Dropped, Why: &gone})
		}
	}
	return list
}
