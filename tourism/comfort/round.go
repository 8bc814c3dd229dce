package comfort

import "math"

// cut is round towards zero, for v from 0 on: what is shown reaches no step that v does
// not reach itself.
func cut(v float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Floor(round(float64(v*p), 6)) / p
}

// round rounds v to digits after the point, halves away from zero. Figures are
// rounded before they are compared with a table and before they are given away, so
// that the last bits of a library's exponential do not show.
func round(v float64, digits int) float64 {
	p := math.Pow10(digits)
	r := math.Round(float64(v*p)) / p
	if r == 0 {
		return 0 // never the negative zero
	}
	return r
}
