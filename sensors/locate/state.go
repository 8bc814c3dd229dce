package locate

import "time"

// Limits of what a State remembers.
const (
	maxHeard    = 8
	maxPassages = 4
)

// State is where a tag is, and where it seems to be going. The zero State is
// that of a tag which was never seen. It is a value: copies are independent.
type State struct {
	zone      string // where it is; "" never seen
	exit      bool   // of zone
	inner     string // last that was confirmed and no exit; "" none
	candidate candidate
	passages  [maxPassages]passage // those that may go on, oldest first; zone "" ends them
	heard     [maxHeard]heard      // of the last Window, oldest first, strength known
	heardN    int
}

// candidate is a zone in which the tag was seen and is not confirmed yet; the zone
// itself when that is only where it was first seen.
type candidate struct {
	zone       string // "" none
	since, due int64  // Unix milliseconds
	n          int
	strongest  float64
}

// passage is a Passage that may go on.
type passage struct {
	zone      string
	at        int64 // Unix milliseconds
	n         int
	strongest float64
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

// Candidate returns the zone to which the tag seems to be going and since when
// it is seen there; "" when there is none.
func (st State) Candidate() (zone string, since time.Time) {
	if st.candidate.zone == st.zone {
		return "", time.Time{}
	}
	return st.candidate.zone, moment(st.candidate.since)
}

// Due returns when time alone changes the State; ok is false when it never does.
func (st State) Due() (due time.Time, ok bool) {
	if st.candidate.zone == "" {
		return time.Time{}, false
	}
	return moment(st.candidate.due), true
}

// Rests reports whether a sighting in zone changes nothing, whatever its
// strength and whoever else has just seen the tag.
func (st State) Rests(zone string) bool {
	return st.zone == zone && !st.exit && st.candidate.zone == ""
}

// moment returns Unix milliseconds as a time.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
