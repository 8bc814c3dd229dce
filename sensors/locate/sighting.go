package locate

import (
	"math"
	"time"
)

// Window is how long before a sighting another reader's counts as simultaneous.
const Window = 500 * time.Millisecond

// PassageTime is how long what is seen at an exit belongs to the passage that
// was seen first.
const PassageTime = time.Minute

// Sighting is a tag seen by a reader of a zone.
type Sighting struct {
	At    time.Time // by the clock of the reader; milliseconds count
	Zone  string    // not empty, at most 64 bytes
	Exit  bool      // whatever passes this zone leaves the house
	Dwell time.Duration
	RSSI  float64 // dBm; NaN unknown
	Spot  Spot    // where the reader stands
}

// Spot is where a reader stands on a plan.
type Spot struct {
	Known bool
	Level uint16  // tells floors apart; their order says nothing
	X, Y  float32 // metres
	Off   float32 // how far from there it is at most, metres
}

// Change is a tag that is in another zone than before.
type Change struct {
	From, To  string    // From "": never seen before
	Since     time.Time // first seen there
	At        time.Time // confirmed; not before Since
	Sightings int       // that spoke for it until then, at least 1
	Strongest float64   // of them, dBm; NaN unknown
}

// IsZero reports whether nothing changed.
func (c Change) IsZero() bool { return c.To == "" }

// Passage is a tag that goes through an exit, as far as it has been seen.
type Passage struct {
	Zone      string
	At        time.Time // of the first sighting
	LastAt    time.Time // of the newest
	Sightings int
	Strongest float64 // dBm; NaN unknown
}

// IsZero reports whether nothing passed.
func (p Passage) IsZero() bool { return p.Zone == "" }

// Twin is a tag that is seen in two places between which nobody could have
// carried it: its number has been copied.
type Twin struct {
	Zone   string    // the other place; the tag is where its State says
	At     time.Time // when that was found
	LastAt time.Time // of the newest sighting that bears it out
}

// IsZero reports whether there is none.
func (w Twin) IsZero() bool { return w.Zone == "" }

// Outcome is what a sighting showed. Each member may be zero.
type Outcome struct {
	Confirmed Change  // what time alone had confirmed by then
	Placed    Change  // what the sighting itself changed: the first ever, or an exit
	Passed    Passage // the passage that the sighting belongs to
	Copied    Twin    // a twin that is found now
}

// stronger returns the greater of two strengths; unknown is the least.
func stronger(a, b float64) float64 {
	if math.IsNaN(a) || b > a {
		return b
	}
	return a
}
