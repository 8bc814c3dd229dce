package icc

import (
	"encoding/binary"
	"math"
)

// maxCurve is the longest table of a curve; 4096 entries are usual at most.
const maxCurve = 65536

// curve takes a value of a channel, 0 to 1, to linear light, 0 to 1.
type curve struct {
	table []uint16   // at least two values of 0 to 65535 over 0 to 1; nil for a formula
	form  int        // of a formula: function type of §10.18
	p     [7]float64 // of a formula: g a b c d e f
}

// power is the curve of a plain gamma.
func power(gamma float64) curve { return curve{p: [7]float64{gamma}} }

// at returns the value at x, within 0 to 1.
func (c curve) at(x float64) float64 {
	var y float64
	if c.table != nil {
		at := x * float64(len(c.table)-1)
		i := min(int(at), len(c.table)-2)
		f := at - float64(i)
		y = (float64(c.table[i])*(1-f) + float64(c.table[i+1])*f) / 65535
	} else {
		y = c.formula(x)
	}
	if !(y > 0) { // NaN, too
		return 0
	}
	return min(y, 1)
}

// formula is the function of §10.18, table 68.
func (c curve) formula(x float64) float64 {
	g, a, b, cc, d, e, f := c.p[0], c.p[1], c.p[2], c.p[3], c.p[4], c.p[5], c.p[6]
	switch c.form {
	case 1:
		if x >= -b/a {
			return math.Pow(a*x+b, g)
		}
		return 0
	case 2:
		if x >= -b/a {
			return math.Pow(a*x+b, g) + cc
		}
		return cc
	case 3:
		if x >= d {
			return math.Pow(a*x+b, g)
		}
		return cc * x
	case 4:
		if x >= d {
			return math.Pow(a*x+b, g) + e
		}
		return cc*x + f
	}
	return math.Pow(x, g)
}

// parseCurve reads a curveType (§10.6) or a parametricCurveType (§10.18).
func parseCurve(b []byte) (curve, error) {
	if len(b) < 12 {
		return curve{}, ErrProfile
	}
	switch string(b[:4]) {
	case "curv":
		return parseTable(b)
	case "para":
		return parseFormula(b)
	}
	return curve{}, ErrProfile
}

func parseTable(b []byte) (curve, error) {
	be := binary.BigEndian
	n := be.Uint32(b[8:])
	if n > maxCurve || 12+2*uint64(n) > uint64(len(b)) {
		return curve{}, ErrProfile
	}
	switch n {
	case 0:
		return power(1), nil
	case 1:
		gamma := float64(be.Uint16(b[12:])) / 256
		if gamma < minGamma || gamma > maxGamma {
			return curve{}, ErrProfile
		}
		return power(gamma), nil
	}
	c := curve{table: make([]uint16, n)}
	for i := range c.table {
		c.table[i] = be.Uint16(b[12+2*i:])
	}
	if c.table[0] >= c.table[n-1] { // a negative, or one value everywhere
		return curve{}, ErrProfile
	}
	return c, nil
}

// Exponents beyond these describe no device.
const minGamma, maxGamma = 0.1, 10

func parseFormula(b []byte) (curve, error) {
	form := int(binary.BigEndian.Uint16(b[8:]))
	counts := [...]int{1, 3, 4, 5, 7}
	if form >= len(counts) || len(b) < 12+4*counts[form] {
		return curve{}, ErrProfile
	}
	c := curve{form: form}
	for i := range counts[form] {
		c.p[i] = fixed(b[12+4*i:])
	}
	if c.p[0] < minGamma || c.p[0] > maxGamma || (form == 1 || form == 2) && c.p[1] == 0 {
		return curve{}, ErrProfile
	}
	if c.at(0) >= c.at(1) {
		return curve{}, ErrProfile
	}
	return c, nil
}
