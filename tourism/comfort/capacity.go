package comfort

import "math"

// Space is a part of an area that visitors can use.
type Space struct {
	AreaM2      float64 // Xi: effective area, square metres, above 0
	PerPersonM2 float64 // Yi: basic space standard, square metres for each visitor, above 0
}

// Proposal is a capacity as LB/T 034-2014 computes it from space. It is what an
// area may put before the authority, and no limit.
type Proposal struct {
	Instant  int // visitors at one moment
	Daily    int // visitors in a day
	Turnover int // Z: how often the area fills in a day
	Formula  string
	Source   string
	Verified bool // compared with the text of the standard, which has not been seen yet
}

// Propose computes the spatial capacity of LB/T 034-2014:
//
//	instant = Σ Xi/Yi        daily = Σ Xi/Yi · Int(T/t)
//
// where T is the effective time of opening and t the mean length of a visit, in
// minutes. Parts without size or standard are left out; ok is false when there
// is nothing to compute from. Without T or t, Daily and Turnover are 0: unknown.
func Propose(spaces []Space, openMinutes, visitMinutes int) (p Proposal, ok bool) {
	sum := 0.0
	for _, s := range spaces {
		if s.AreaM2 > 0 && s.PerPersonM2 > 0 {
			sum += s.AreaM2 / s.PerPersonM2
		}
	}
	if sum <= 0 || math.IsInf(sum, 0) || sum > math.MaxInt32 {
		return Proposal{}, false
	}
	p = Proposal{Instant: int(sum), Formula: "C = Σ Xi/Yi; Cd = C · Int(T/t)", Source: "LB/T 034-2014"}
	if openMinutes > 0 && visitMinutes > 0 {
		p.Turnover = openMinutes / visitMinutes
		p.Daily = int(sum * float64(p.Turnover))
	}
	return p, true
}
