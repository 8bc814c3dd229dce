package building

import "time"

// DayMS is a day in milliseconds. Times of a Day are milliseconds from its start.
const DayMS = 86_400_000

// Day is what happens to one tag in a day, and what readers see of it.
type Day struct {
	Reads  []Read // in the order of time
	Stays  []Stay // where the tag truly is, without gaps
	Hidden []Span // no reader can see it: it is shielded, or has been torn off
	Torn   int64  // when it was torn off; DayMS not
	Cloned Span   // when a copy of it lies in another room; empty: not
}

// Read is a sighting.
type Read struct {
	At     int64
	Reader int
	RSSI   float64 // dBm
	Copy   bool    // of the clone
}

// Stay is a time in a zone.
type Stay struct {
	Zone        int // Outside when the tag has left
	From, Until int64
	Rests       bool // it is not on its way
}

// Outside is the zone of what has left.
const Outside = -1

// Span is a time from one moment until before another.
type Span struct{ From, Until int64 }

// Has reports whether a moment is in the span.
func (s Span) Has(at int64) bool { return at >= s.From && at < s.Until }

// Customs are how often things happen to a tag in a day, and to readers.
type Customs struct {
	Handled  float64 // handled in place
	Carried  float64 // carried to another room
	Left     float64 // carried out, and back after hours
	Shielded float64 // covered so that no reader sees it
	Smuggled float64 // covered, and carried to another room
	Torn     float64 // torn off
	Clones   float64 // share of tag-days in which a copy lies elsewhere for hours
	Outages  float64 // of each reader
	Power    float64 // of all
}

// Usual is a busy museum.
func Usual() Customs {
	return Customs{Handled: 6, Carried: 3, Left: 0.3, Shielded: 1.5, Smuggled: 0.2, Torn: 0.05, Clones: 0.05, Outages: 0.5, Power: 0.1}
}

const second, minute = int64(time.Second / time.Millisecond), int64(time.Minute / time.Millisecond)
