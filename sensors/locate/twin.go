package locate

import (
	"math"
	"time"
)

// TwinTime is for how long a twin is remembered that is not seen any more.
const TwinTime = 10 * time.Minute

const (
	reachM    = 14.0 // how far a reader sees, metres
	nearDBm   = -65  // a tag that is as strong
	nearM     = 8.0  // is no further
	carriedMS = 3.0  // no tag is carried faster, metres a second
	levelM    = 8.0  // what another floor adds, metres
	twinTurns = 4    // so many impossible ways among what is remembered are a twin
)

// impossible reports whether nobody could have carried a tag from where one slot
// was seen to where another was. Unknown places are possible.
func impossible(a, b *slot) bool {
	if !a.spot.Known || !b.spot.Known || a.zone == b.zone {
		return false
	}
	d := math.Hypot(float64(a.spot.X-b.spot.X), float64(a.spot.Y-b.spot.Y))
	d -= float64(a.spot.Off + b.spot.Off)
	if a.spot.Level != b.spot.Level {
		d += levelM
	}
	seconds := float64(max(b.at-a.at, 0))/1000 + 1 // a slot is a second
	return d-a.reach()-b.reach() > carriedMS*seconds
}

// reach returns how far from the reader the tag of a slot was at most, in metres.
func (p *slot) reach() float64 {
	if p.n > 0 && float64(p.level) >= 100*nearDBm*float64(p.n) {
		return nearM
	}
	return reachM
}

// double notes whether the tag, seen as s just now, is at two places at once.
func (st *State) double(s *Sighting, ms int64, fresh bool) Twin {
	if !fresh || !s.Spot.Known || st.zone == "" || st.zone == s.Zone || st.memory.n < 2 {
		return Twin{}
	}
	newest := st.memory.at(st.memory.n - 1)
	if !impossible(st.memory.at(st.memory.n-2), newest) {
		return Twin{}
	}
	turns := 0
	for i := 1; i < st.memory.n; i++ {
		a, b := st.memory.at(i-1), st.memory.at(i)
		if (a.zone == s.Zone && b.zone == st.zone || a.zone == st.zone && b.zone == s.Zone) && impossible(a, b) {
			turns++
		}
	}
	if turns < twinTurns {
		return Twin{}
	}
	if st.twin.zone == s.Zone {
		st.twin.last = ms
		return Twin{}
	}
	st.twin = twin{zone: s.Zone, at: ms, last: ms}
	for i := range st.challengers {
		if st.challengers[i].zone == s.Zone {
			st.drop(&st.challengers[i])
			break
		}
	}
	return st.Twin()
}
