package comfort

import "math"

// Space is a part of an area that visitors can use.
type Space struct {
	AreaM2      float64 // Xi: effective area, square metres, above 0
	PerPersonM2 float64 // Yi: basic space standard, square metres for each visitor, above 0
}

// Facility is something that carries or serves visitors in runs: a cable car, a
// boat, a shuttle, a show.
type Facility struct {
	PerRun     int     // Dj: visitors of one run, above 0
	RunsPerDay float64 // Mj: runs in a day, above 0
}

// Basis is what a capacity is computed from.
type Basis struct {
	Spaces       []Space
	Facilities   []Facility
	UsedPerHead  float64 // a: how many of the facilities a visitor uses on average; 0 unknown
	OpenMinutes  int     // T: effective time of opening; 0 unknown
	VisitMinutes int     // t: mean length of a visit; 0 unknown
}

// Proposed is a capacity as computed; 0 is unknown.
type Proposed struct {
	Instant int // visitors at one moment
	Daily   int // visitors in a day
}

// Proposal is a capacity as LB/T 034-2014 computes it. It is what an area may put
// before the authority, and no limit.
type Proposal struct {
	Proposed          // the lesser of the two below, where both are known
	Spatial  Proposed // of the spaces
	Facility Proposed // of the facilities
	Turnover int      // Z: how often the area fills in a day; 0 unknown
	Formula  string
	Source   string
	Verified bool // compared with the text of the standard, which has not been seen yet
}

// Propose computes the capacities of LB/T 034-2014:
//
//	space:      C = Σ Xi/Yi     Cd = Σ Xi/Yi · Int(T/t)
//	facilities: D1 = Σ Dj       D2 = (1/a) Σ Dj·Mj
//
// The lesser of the two is the base value; ecology, what people bear and what
// neighbours bear are for reference and not computed. Parts without figures are left
// out; ok is false when there is nothing to compute from.
func Propose(b Basis) (p Proposal, ok bool) {
	p = Proposal{Formula: "C = Σ Xi/Yi; Cd = C · Int(T/t); D1 = Σ Dj; D2 = Σ Dj·Mj / a; min", Source: "LB/T 034-2014"}
	sum := 0.0
	for _, s := range b.Spaces {
		if s.AreaM2 > 0 && s.PerPersonM2 > 0 {
			sum += s.AreaM2 / s.PerPersonM2
		}
	}
	if b.OpenMinutes > 0 && b.VisitMinutes > 0 {
		p.Turnover = b.OpenMinutes / b.VisitMinutes
	}
	p.Spatial = Proposed{people(sum), people(sum * float64(p.Turnover))}
	run, day := 0.0, 0.0
	for _, f := range b.Facilities {
		if f.PerRun > 0 && f.RunsPerDay > 0 {
			run, day = run+float64(f.PerRun), day+float64(float64(f.PerRun)*f.RunsPerDay)
		}
	}
	p.Facility.Instant = people(run)
	if b.UsedPerHead > 0 {
		p.Facility.Daily = people(day / b.UsedPerHead)
	}
	p.Proposed = Proposed{lesser(p.Spatial.Instant, p.Facility.Instant), lesser(p.Spatial.Daily, p.Facility.Daily)}
	return p, p.Instant > 0 || p.Daily > 0
}

// people is a whole number of people, never rounded up; 0 for what is none. What a
// division misses in its last bits is given back: 24 m² at 0.8 m² are 30 people.
func people(v float64) int {
	if !(v > 0) || v > math.MaxInt32 {
		return 0
	}
	return int(cut(v, 0))
}

// lesser returns the lesser of those that are known.
func lesser(a, b int) int {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}
