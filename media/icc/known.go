package icc

import "math"

// AdobeRGB is the space that cameras mean by the interoperability index R03
// (DCF 2.0 optional colour space) without embedding a profile: Adobe RGB (1998).
func AdobeRGB() *Profile {
	p, _ := Primaries("Adobe RGB (1998)", Chromaticities{Red: XY{0.64, 0.33}, Green: XY{0.21, 0.71}, Blue: XY{0.15, 0.06}, White: XY{0.3127, 0.3290}}, 563.0/256)
	return p
}

// DisplayP3 is the space that PNG calls primaries 12 with transfer 13 (cICP).
func DisplayP3() *Profile {
	p, _ := Primaries("Display P3", Chromaticities{Red: XY{0.680, 0.320}, Green: XY{0.265, 0.690}, Blue: XY{0.150, 0.060}, White: XY{0.3127, 0.3290}}, SRGBGamma)
	return p
}

// SRGBGamma stands for the transfer function of sRGB where a gamma is asked for.
const SRGBGamma = 0.0

// XY is a chromaticity of CIE 1931.
type XY struct{ X, Y float64 }

// Chromaticities are the corners of a space and its white.
type Chromaticities struct{ Red, Green, Blue, White XY }

// Primaries makes the profile of a space that is known by its chromaticities and
// one gamma (or SRGBGamma), as the chunks cHRM and gAMA of PNG say it.
//
// Errors: ErrProfile when they span no space.
func Primaries(name string, c Chromaticities, gamma float64) (*Profile, error) {
	transfer := power(gamma)
	if gamma == SRGBGamma {
		transfer = curve{form: 3, p: [7]float64{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045}}
	} else if !(gamma >= minGamma && gamma <= maxGamma) {
		return nil, ErrProfile
	}
	for _, v := range []XY{c.Red, c.Green, c.Blue, c.White} {
		if !(v.Y > 0.001 && v.Y <= 1 && v.X >= 0 && v.X <= 1) {
			return nil, ErrProfile
		}
	}
	xyz := func(v XY) [3]float64 { return [3]float64{v.X / v.Y, 1, (1 - v.X - v.Y) / v.Y} }
	r, g, b, w := xyz(c.Red), xyz(c.Green), xyz(c.Blue), xyz(c.White)
	m := [9]float64{r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]}
	inverse, ok := invert(m)
	if !ok {
		return nil, ErrProfile
	}
	s := apply(inverse, w)
	for i := range m {
		m[i] *= s[i%3]
	}
	p := &Profile{Name: name, Space: RGB, matrix: product(adapt(w), m), exact: true}
	for _, v := range p.matrix {
		if math.IsNaN(v) || math.Abs(v) > 10 {
			return nil, ErrProfile
		}
	}
	for i := range p.curves {
		p.curves[i] = transfer
	}
	return p, nil
}

// adapt is the Bradford adaptation from white to D50 (ICC.1:2022 annex E).
func adapt(white [3]float64) [9]float64 {
	bradford := [9]float64{0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296}
	from, to := apply(bradford, white), apply(bradford, d50)
	back, _ := invert(bradford)
	scale := [9]float64{to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]}
	return product(back, product(scale, bradford))
}

func apply(m [9]float64, v [3]float64) (out [3]float64) {
	for row := range 3 {
		out[row] = m[3*row]*v[0] + m[3*row+1]*v[1] + m[3*row+2]*v[2]
	}
	return out
}

func invert(m [9]float64) (inv [9]float64, ok bool) {
	c := func(i, j, k, l int) float64 { return m[i]*m[j] - m[k]*m[l] }
	inv = [9]float64{c(4, 8, 5, 7), c(2, 7, 1, 8), c(1, 5, 2, 4), c(5, 6, 3, 8), c(0, 8, 2, 6), c(2, 3, 0, 5), c(3, 7, 4, 6), c(1, 6, 0, 7), c(0, 4, 1, 3)}
	det := m[0]*inv[0] + m[1]*inv[3] + m[2]*inv[6]
	if math.Abs(det) < 1e-6 {
		return inv, false
	}
	for i := range inv {
		inv[i] /= det
	}
	return inv, true
}
