package iiif

import "math"

// Turned returns width and height of the smallest upright frame around a picture
// of w × h that is turned by degrees (§4.3): nothing is scaled, and the corners
// touch the frame. It is whole pixels, rounded up.
func Turned(w, h int, degrees float64) (int, int) {
	switch math.Mod(degrees, 360) {
	case 0, 180:
		return w, h
	case 90, 270:
		return h, w
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	sin, cos = math.Abs(sin), math.Abs(cos)
	return frame(float64(w)*cos + float64(h)*sin), frame(float64(w)*sin + float64(h)*cos)
}

// frame rounds a length up, forgiving what floating point adds to a whole number.
func frame(v float64) int { return max(1, int(math.Ceil(v-1e-6))) }
