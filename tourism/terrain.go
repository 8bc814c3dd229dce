package tourism

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"yijianyou/internal/store"
)

// terrain is what the planner needs of an area: its public spots with their
// stories, and its public paths as a graph. It is shared and not changed.
type terrain struct {
	spots   []*Public[SpotFields]
	stories []told // of each spot
	paths   []*Public[PathFields]
	index   map[SpotID]int
	placed  []bool // of each spot, whether its position or a path to it is public

	mu   sync.Mutex
	ways map[Code]*walks // by visitor-access
}

// Bounds of what is read of an area; what is beyond is not planned.
const (
	maxPlanSpots = 500
	maxPlanPaths = 2000
	maxTerrains  = 20 // areas remembered
)

// terrain returns what is public of an area now.
func (s *Service) terrain(ctx context.Context, area AreaID) (*terrain, error) {
	return s.remembered.Of(string(area), func() (*terrain, error) {
		g := &terrain{index: make(map[SpotID]int), ways: make(map[Code]*walks)}
		v := s.viewer(s.st)
		var err error
		if g.spots, err = readPublic(ctx, v, s.Spots, area, maxPlanSpots); err != nil {
			return nil, err
		}
		spots := make([]string, len(g.spots))
		for i, sp := range g.spots {
			g.index[SpotID(sp.ID)], spots[i] = i, sp.ID
			v.saw(KindSpot, sp.ID, sp.Fields.Name) // the paths ask for their ends
		}
		if g.paths, err = readPublic(ctx, v, s.Paths, area, maxPlanPaths); err != nil {
			return nil, err
		}
		if g.stories, err = s.stories(ctx, spots); err != nil {
			return nil, err
		}
		g.placed = make([]bool, len(g.spots))
		for i, sp := range g.spots {
			_, g.placed[i] = place(&sp.Fields)
		}
		for _, p := range g.paths {
			for _, end := range []SpotID{p.Fields.FromSpot, p.Fields.ToSpot} {
				if i, ok := g.index[end]; ok {
					g.placed[i] = true
				}
			}
		}
		return g, nil
	})
}

func readPublic[F Content](ctx context.Context, v *viewer, of *Register[F], area AreaID, most int) ([]*Public[F], error) {
	var out []*Public[F]
	var after store.Cursor
	for len(out) < most {
		page, err := of.publicList(ctx, v, Filter{Area: area}, store.MaxLimit, after)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	return out[:min(len(out), most)], nil
}

// walks returns the shortest walks of somebody with these needs.
func (g *terrain) walks(access Code) *walks {
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.ways[access]
	if w == nil {
		w = g.newWalks(access)
		g.ways[access] = w
	}
	return w
}

// Walking without a published path is taken for this many times the straight
// line, and a step for as much as this many metres on the level. Both are this
// project's own choice.
const (
	detour    = 1.4
	stepCostM = 0.7
)

// passable reports whether somebody with these needs can use a path. What is not
// said to be passable is not.
func passable(f *PathFields, access Code) bool {
	stepFree := f.Steps != nil && *f.Steps == 0
	switch access {
	case AccessWheelchair:
		return f.Accessible == AccessYes
	case AccessPushchair:
		return f.Accessible == AccessYes || f.Accessible != AccessNo && stepFree
	}
	return true
}

// place returns where a spot is; ok is false when that is not known.
func place(f *SpotFields) (p Position, ok bool) {
	if f.Location == nil {
		return Position{}, false
	}
	return Position{Lon: f.Location.Lon, Lat: f.Location.Lat}, true
}

// edge is a walk between two spots.
type edge struct {
	to     int
	path   int // in terrain.paths, -1 a straight line
	costM  float64
	meters float64
}

// newWalks finds the shortest walks between all spots.
func (g *terrain) newWalks(access Code) *walks {
	w := emptyWalks(len(g.spots))
	if access == "" && len(g.paths) == 0 { // nothing is published: any two may be joined
		w.straight(g.spots)
		return w
	}
	edges := make([][]edge, len(g.spots))
	for i, p := range g.paths {
		f := &p.Fields
		a, okA := g.index[f.FromSpot]
		b, okB := g.index[f.ToSpot]
		if !okA || !okB || !passable(f, access) {
			continue
		}
		cost := f.LengthM
		if f.Steps != nil {
			cost += stepCostM * float64(*f.Steps)
		}
		edges[a] = append(edges[a], edge{to: b, path: i, costM: cost, meters: f.LengthM})
		if !f.OneWay {
			edges[b] = append(edges[b], edge{to: a, path: i, costM: cost, meters: f.LengthM})
		}
	}
	if access == "" {
		g.bridge(edges)
	}
	for i := range w.n {
		w.from(i, edges)
	}
	return w
}

// bridge joins parts that no published path joins by the shortest straight
// lines, for those who need no better way.
func (g *terrain) bridge(edges [][]edge) {
	type line struct {
		a, b int
		m    float64
	}
	var lines []line
	part := g.parts(edges)
	for a, x := range g.spots {
		pa, ok := place(&x.Fields)
		for b := range a {
			if pb, known := place(&g.spots[b].Fields); ok && known && part[a] != part[b] {
				lines = append(lines, line{a, b, detour * metres(pa, pb)})
			}
		}
	}
	slices.SortFunc(lines, func(x, y line) int { return cmp.Compare(x.m, y.m) })
	for _, l := range lines {
		old := part[l.a]
		if old == part[l.b] {
			continue
		}
		for i := range part {
			if part[i] == old {
				part[i] = part[l.b]
			}
		}
		edges[l.a] = append(edges[l.a], edge{to: l.b, path: -1, costM: l.m, meters: l.m})
		edges[l.b] = append(edges[l.b], edge{to: l.a, path: -1, costM: l.m, meters: l.m})
	}
}

// parts numbers the spots by the part of the graph in which they are, whichever
// way its paths lead.
func (g *terrain) parts(edges [][]edge) []int {
	both := make([][]int, len(edges))
	for a, list := range edges {
		for _, e := range list {
			both[a], both[e.to] = append(both[a], e.to), append(both[e.to], a)
		}
	}
	part := make([]int, len(edges))
	for i := range part {
		part[i] = -1
	}
	for i := range part {
		if part[i] >= 0 {
			continue
		}
		part[i] = i
		for open := []int{i}; len(open) > 0; {
			a := open[len(open)-1]
			open = open[:len(open)-1]
			for _, b := range both[a] {
				if part[b] < 0 {
					part[b] = i
					open = append(open, b)
				}
			}
		}
	}
	return part
}
