package tourism

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// StopID names what a plan may stop at: a spot of an area; in a city one of its
// areas, museums and sites.
type StopID string

// StopKind says which type of record a stop is.
type StopKind string

// What a plan may stop at.
const (
	StopSpot   StopKind = "spot"
	StopArea   StopKind = "area"
	StopMuseum StopKind = "museum"
	StopSite   StopKind = "site"
)

// planPlace is a place where one plan may stop.
type planPlace struct {
	id      StopID
	kind    StopKind
	name    heritage.Text
	at      *Position      // nil unknown
	offered bool           // it is planned though nobody asks for it by name
	refused route.Code     // why it cannot be visited at any time, "" it can
	stay    int            // length of a visit at the visitor's pace, seconds
	begin   []route.Window // when a visit may begin; empty never
	shut    route.Code     // why begin is empty
	doubt   route.Code     // what is said of every stop there, "" nothing
	worth   int            // of a visit, apart from any crowd
	madeUp  bool           // no real place
}

// way is how one gets from one place to another.
type way struct {
	paths   []PathID // published, in order; never nil
	walkM   float64
	rideM   float64
	guessed bool // a part of it follows no published path
}

// land is how one gets about, and how full it is, where one plan is made. Places
// go by their number in the draft. It is used by one goroutine.
type land interface {
	// seconds returns how long the way from place a to place b takes, +Inf when none
	// is known.
	seconds(a, b int) float64
	// way returns the way that takes so long.
	way(a, b int) way
	// fromStart is seconds and way from where the visitor begins to place b.
	fromStart(b int) (float64, way)
	// expected returns the level of place i at a moment; ok is false when nothing can
	// be said of that.
	expected(i int, at time.Time) (level comfort.Level, ok bool)
	// basis says what the levels of these places are made of.
	basis(stops []int) ExpectedBasis
}

// pace is how fast a visitor walks, in metres a second on the level, and which
// part of the usual stay he takes. The figures are this project's own choice.
type pace struct{ speed, stay float64 }

var paces = map[Code]pace{"": {1.1, 1}, PaceNormal: {1.1, 1}, PaceSlow: {0.8, 1.2}, PaceFast: {1.4, 0.75}}
