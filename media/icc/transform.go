package icc

import "math"

// fromD50 takes XYZ of D50 to linear sRGB: the inverse of the primaries of
// IEC 61966-2-1, adapted by Bradford.
var fromD50 = [9]float64{
	3.1338561, -1.6168667, -0.4906146,
	-0.9787684, 1.9161415, 0.0334540,
	0.0719453, -0.2289914, 1.4052427,
}

// encode is the transfer function of sRGB (IEC 61966-2-1 §5.2) from linear light.
func encode(v float64) float64 {
	v = min(max(v, 0), 1)
	if v <= 0.0031308 {
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

const (
	one  = 1 << 14 // linear light 1 as an integer
	wide = 1 << 12 // entries of the tables of 16-bit values
)

// Transform converts pixels of one profile to sRGB. It is immutable and safe for
// concurrent use; it holds about 60 kB.
type Transform struct {
	narrow [3][256]int32
	wide   [3][wide]int32
	m      [9]int64 // rows of red, green, blue; one is 1
	out    [one + 1]uint8
	gray   [256]uint8
}

// Transform returns the conversion; ok is false when there is none.
func (p *Profile) Transform() (t *Transform, ok bool) {
	if !p.exact {
		return nil, false
	}
	t = &Transform{}
	curves := p.curves
	m := [9]float64{1, 0, 0, 0, 1, 0, 0, 0, 1}
	if p.Space == Gray {
		curves[1], curves[2] = curves[0], curves[0]
	} else {
		m = product(fromD50, p.matrix)
	}
	for i, v := range m {
		t.m[i] = int64(math.Round(v * one))
	}
	for c := range 3 {
		for i := range t.narrow[c] {
			t.narrow[c][i] = int32(math.Round(curves[c].at(float64(i)/255) * one))
		}
		for i := range t.wide[c] {
			t.wide[c][i] = int32(math.Round(curves[c].at(float64(i)/(wide-1)) * one))
		}
	}
	for i := range t.out {
		t.out[i] = uint8(math.Round(255 * encode(float64(i)/one)))
	}
	for i := range t.gray { // a grey pixel of an RGB profile has three equal channels
		_, t.gray[i], _ = t.RGB(uint8(i), uint8(i), uint8(i))
	}
	return t, true
}

func product(a, b [9]float64) (c [9]float64) {
	for row := range 3 {
		for col := range 3 {
			for i := range 3 {
				c[3*row+col] += a[3*row+i] * b[3*i+col]
			}
		}
	}
	return c
}

// RGB converts a pixel of 8 bits.
func (t *Transform) RGB(r, g, b uint8) (uint8, uint8, uint8) {
	return t.mix(int64(t.narrow[0][r]), int64(t.narrow[1][g]), int64(t.narrow[2][b]))
}

// Wide converts a pixel of 16 bits, of which the upper 12 count.
func (t *Transform) Wide(r, g, b uint16) (uint8, uint8, uint8) {
	return t.mix(int64(t.wide[0][r>>4]), int64(t.wide[1][g>>4]), int64(t.wide[2][b>>4]))
}

// Gray converts a grey value of 8 bits.
func (t *Transform) Gray(v uint8) uint8 { return t.gray[v] }

func (t *Transform) mix(r, g, b int64) (uint8, uint8, uint8) {
	return t.channel(0, r, g, b), t.channel(3, r, g, b), t.channel(6, r, g, b)
}

func (t *Transform) channel(row int, r, g, b int64) uint8 {
	v := (t.m[row]*r + t.m[row+1]*g + t.m[row+2]*b + one/2) >> 14
	return t.out[min(max(v, 0), one)]
}

// Plain reports whether the conversion changes no value by more than a step, so
// that the pixels are sRGB already.
func (t *Transform) Plain() bool {
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				x, y, z := t.RGB(uint8(r), uint8(g), uint8(b))
				if far(int(x), r) || far(int(y), g) || far(int(z), b) {
					return false
				}
			}
		}
	}
	return true
}

func far(a, b int) bool { return a-b > 1 || b-a > 1 }
