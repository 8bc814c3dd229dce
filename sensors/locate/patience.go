package locate

import "time"

// How much longer than usual a tag must be unseen to count as missing.
const (
	patientPaces  = 14 // expected reads that are missing: by chance once in e^14, a million
	patientLonger = 2  // times the longest gap that is remembered
	patientSlots  = 4  // fewer say nothing of how often a tag is seen
)

// Patience returns how long a tag of which st remembers sightings may be unseen
// before it is missing: floor, or longer when the tag is seen seldom or with long
// gaps where it is.
func (st State) Patience(floor time.Duration) time.Duration {
	home := st.home()
	if home.n < patientSlots {
		return floor
	}
	usual := (home.last - home.first) / int64(home.n-1)
	return max(floor, time.Duration(max(patientPaces*usual, patientLonger*home.longest))*time.Millisecond)
}

// Pace returns the mean time between the seconds in which the tag is seen where it
// is; ok is false when too few are remembered.
func (st State) Pace() (pace time.Duration, ok bool) {
	home := st.home()
	if home.n < patientSlots {
		return 0, false
	}
	return time.Duration((home.last-home.first)/int64(home.n-1)) * time.Millisecond, true
}

// Unseen is a tag that rests in a zone: for how long it has not been seen, and how
// often it usually is.
type Unseen struct {
	For  time.Duration
	Pace time.Duration // 0: not known
}

const (
	deafTags  = 3  // fewer do not tell a reader from its tags
	deafReads = 20 // expected reads that are missing from all of them together
)

// Deaf reports whether the reader of a zone sees nothing any more, be it that it
// still says that it lives: every tag that rests there is unseen for several of its
// paces, and all together miss so many reads that chance is ruled out. It cannot
// be told from all of them having been carried off at once; either is an alarm, of
// the reader.
func Deaf(tags []Unseen) bool {
	if len(tags) < deafTags {
		return false
	}
	missing := 0.0
	for _, t := range tags {
		pace := max(t.Pace, time.Second)
		if t.Pace <= 0 {
			pace = priorPace * time.Millisecond
		}
		if t.For < 3*pace {
			return false
		}
		missing += float64(t.For) / float64(pace)
	}
	return missing >= deafReads
}
