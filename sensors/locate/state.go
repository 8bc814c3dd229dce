package locate

import (
	"math"
	"time"
)

// Limits of what a State remembers.
const (
	maxChallengers = 3
	maxPassages    = 4
)

// never is the due of what time alone does not confirm.
const never = math.MaxInt64

// State is where a tag is, and where it seems to be going. The zero State is
// that of a tag which was never seen. It is a value: copies are independent.
type State struct {
	zone        string // where it is; "" never seen
	since       int64  // Unix milliseconds; first seen there
	exit        bool   // of zone
	inner       string // last that was confirmed and no exit; "" none
	twin        twin
	lost        lost
	challengers [maxChallengers]challenger // zone "" ends them
	passages    [maxPassages]passage       // those that may go on, oldest first; zone "" ends them
	heard       [maxHeard]heard            // of the last Window, oldest first, strength known
	heardN      int
	memory      memory
}

// challenger is a zone in which the tag may be instead of where it is; the zone
// itself while that is only where it was first seen.
type challenger struct {
	zone       string // "" none
	since, due int64  // Unix milliseconds; due never: not by time alone
	dwell      int64  // milliseconds
	n          int
	strongest  float64
	score      int64 // evidence for it against the present zone, in thousandths of a nat; above 0
	last       int64 // Unix milliseconds, of its newest sighting
	credit     int64 // what the second of that has added to score
}

// passage is a Passage that may go on.
type passage struct {
	zone      string
	at        int64 // Unix milliseconds
	n         int
	strongest float64
}

// twin is a Twin.
type twin struct {
	zone     string
	at, last int64 // Unix milliseconds
}

// lost is how a tag was heard where it is when the readers there failed: strays soon
// fill the memory. Known until it is heard there again or is elsewhere.
type lost struct {
	known bool
	level int64 // hundredths of a dBm
}

// heard is a sighting that may overrule another.
type heard struct {
	zone string
	at   int64 // Unix milliseconds
	rssi float64
}

// Zone returns where the tag is, "" when it was never seen.
func (st State) Zone() string { return st.zone }

// Gone reports whether the tag was last seen passing an exit.
func (st State) Gone() bool { return st.exit }

// Inner returns the last zone that was no exit and was confirmed by its dwell, ""
// when there was none. Where a tag was first seen is not until then.
func (st State) Inner() string { return st.inner }

// Candidate returns the zone to which the tag seems to be going, the likeliest of
// them, and since when it is seen there; "" when there is none.
func (st State) Candidate() (zone string, since time.Time) {
	c := st.rival()
	if c == nil {
		return "", time.Time{}
	}
	return c.zone, moment(c.since)
}

// rival returns the challenger with the most evidence that is another zone, the
// earlier of two; nil when there is none.
func (st *State) rival() *challenger {
	var best *challenger
	for i := range st.challengers {
		c := &st.challengers[i]
		if c.zone != "" && c.zone != st.zone && (best == nil || c.score > best.score) {
			best = c
		}
	}
	return best
}

// Twin returns what shows that the number of the tag has been copied; zero nothing.
func (st State) Twin() Twin {
	if st.twin.zone == "" {
		return Twin{}
	}
	return Twin{Zone: st.twin.zone, At: moment(st.twin.at), LastAt: moment(st.twin.last)}
}

// Due returns when time alone changes the State; ok is false when it never does.
func (st State) Due() (due time.Time, ok bool) {
	c := st.next()
	if c == nil {
		return time.Time{}, false
	}
	return moment(c.due), true
}

// Ended returns when the last of what the State forgets up to the moment now came to
// its end, a passage or a twin: a sighting of before that would still have belonged
// to it. ok is false when nothing is forgotten.
func (st State) Ended(now time.Time) (end time.Time, ok bool) {
	ms, last := now.UnixMilli(), int64(math.MinInt64)
	for _, p := range st.passages {
		if at := p.at + PassageTime.Milliseconds(); p.zone != "" && at <= ms {
			last = max(last, at)
		}
	}
	if at := st.twin.last + TwinTime.Milliseconds(); st.twin.zone != "" && at <= ms {
		last = max(last, at)
	}
	return moment(last), last != math.MinInt64
}

// next returns the challenger that is due first, the earlier of two; nil none.
func (st *State) next() *challenger {
	var best *challenger
	for i := range st.challengers {
		c := &st.challengers[i]
		if c.zone != "" && c.due != never && (best == nil || c.due < best.due) {
			best = c
		}
	}
	return best
}

// Rests reports whether a sighting in zone changes nothing that is written down,
// whatever its strength and whoever else has just seen the tag.
func (st State) Rests(zone string) bool {
	return st.zone == zone && !st.exit && st.challengers[0].zone == "" && st.twin.zone == "" && !st.lost.known
}

// moment returns Unix milliseconds as a time.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
