package comfort

import (
	"math"
	"time"
)

// Input is one quantity that a figure is made of. What it is worth and how much it
// is stand apart: only Value tells the number, and only when there is one, so that
// unknown, stale, closed and zero cannot be taken for each other.
type Input struct {
	quantity Quantity
	state    State
	value    float64
	at       time.Time // of the measurement; zero when nothing was measured
	source   string    // device or document, or one of the sources that have words
	trust    float64   // 0 to 1: what a figure may be trusted for its sake; 0 exactly when there is no value
	lack     Lack      // why there is no value; "" not said
}

// Lack is why a quantity is unknown. Never rename.
type Lack string

const (
	NoSource Lack = "no-source" // nothing measures it here, and nobody enters it
	TooFew   Lack = "too-few"   // too few of the 24 hours of a mean were measured
	TooOld   Lack = "too-old"   // measured, but too long ago for a figure of the present
)

// Sources that are no devices or documents, and have words in both languages.
const (
	Gates  = "gates"   // the counting gates of an area
	ByHand = "by-hand" // staff who counted; who it was is in the history, not here
)

// Measured is a quantity as it was measured at a moment. A value that is no
// number, or outside what the quantity can be, is unknown.
func Measured(q Quantity, v float64, at time.Time, source string) Input {
	l := limitsOf(q)
	if math.IsNaN(v) || v < l.min || v > l.max {
		return Missing(q)
	}
	return Input{quantity: q, state: Live, value: v, at: at.UTC().Truncate(time.Millisecond), source: source, trust: 1}
}

// Missing is a quantity of which nothing is known.
func Missing(q Quantity) Input { return Input{quantity: q, state: Unknown} }

// Lacking is Missing of which it is known why.
func Lacking(q Quantity, why Lack) Input { return Input{quantity: q, state: Unknown, lack: why} }

// Shut is a quantity that there is none of, because the place is closed.
func Shut(q Quantity) Input { return Input{quantity: q, state: Closed} }

// Outdated returns i as stale, when it has a value; it is trusted half as much.
func (i Input) Outdated() Input {
	if i.state == Live {
		i.state, i.trust = Stale, i.trust*staleTrust
	}
	return i
}

// AsOf returns i as it is worth at now: stale when it is older than its quantity
// keeps fresh, unknown when it is older than a figure of the present may be made
// of (staleFor times that), or of the future by more than a minute.
func (i Input) AsOf(now time.Time) Input {
	if _, ok := i.Value(); !ok {
		return i
	}
	fresh := limitsOf(i.quantity).fresh
	switch age := now.Sub(i.at); {
	case age < -time.Minute:
		return Missing(i.quantity)
	case fresh < always && age > staleFor*fresh:
		return Lacking(i.quantity, TooOld)
	case age > fresh:
		return i.Outdated()
	}
	return i
}

// staleFor is for how many times its span of freshness a stale value is of use.
const staleFor = 6

// staleTrust is how much of the trust a stale value keeps.
const staleTrust = 0.5

// Quantity returns what it is.
func (i Input) Quantity() Quantity { return i.quantity }

// State returns what it is worth.
func (i Input) State() State { return i.state }

// Value returns the number; ok is false unless the state is Live or Stale.
func (i Input) Value() (v float64, ok bool) { return i.value, i.state == Live || i.state == Stale }

// At returns when it was measured; zero when it was not.
func (i Input) At() time.Time { return i.at }

// Source returns where it is from; "" when it was not measured.
func (i Input) Source() string { return i.source }

// Lack returns why there is no value; "" when there is one, or when it is not known.
func (i Input) Lack() Lack { return i.lack }

// worth is what a figure may be trusted for the sake of the input, 0 to 1.
func (i Input) worth() float64 { return i.trust }
