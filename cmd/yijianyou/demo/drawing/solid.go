package drawing

import (
	"image/color"
	"math"
)

// inverse returns the map from pixels to units.
func (g *pencil) inverse() affine {
	m := g.m
	d := m.a*m.e - m.b*m.d
	return affine{m.e / d, -m.b / d, (m.b*m.f - m.e*m.c) / d, -m.d / d, m.a / d, (m.d*m.c - m.a*m.f) / d}
}

// flat is an even surface: tone with grain, a little lighter above.
func (g *pencil) flat(c color.RGBA, y0, y1 float64) paint {
	inv := g.inverse()
	return func(x, y int) (float32, float32, float32, float32) {
		t := float32(clamp01((inv.at(pt{float64(x), float64(y)}).y - y0) / (y1 - y0)))
		v := (t-0.5)*26 + 9*g.noise(x, y) + 5*g.noise(x*5, y*5)
		return float32(c.R) + v, float32(c.G) + v, float32(c.B) + v, 0.94
	}
}

// ball is a rounded surface around (cx, cy) with radii rx, ry, lit from the
// upper left.
func (g *pencil) ball(c color.RGBA, cx, cy, rx, ry float64) paint {
	inv := g.inverse()
	return func(x, y int) (float32, float32, float32, float32) {
		p := inv.at(pt{float64(x), float64(y)})
		u, v := (p.x-cx)/rx, (p.y-cy)/ry
		z := math.Sqrt(max(0, 1-u*u-v*v))
		return g.lit(c, -0.45*u+0.45*v+0.75*z, x, y)
	}
}

// lit returns the colour of a surface that faces the light by l, about -0.6 to 1.
func (g *pencil) lit(c color.RGBA, l float64, x, y int) (float32, float32, float32, float32) {
	k := float32(0.58 + 0.5*max(l, -0.15))
	shine := float32(max(0, l-0.86)) * 260
	v := shine + 8*g.noise(x, y) + 4*g.noise(x*5, y*5)
	return float32(c.R)*k + v, float32(c.G)*k + v, float32(c.B)*k + v, 0.95
}

// turned is a body of revolution, seen from the front and a little from above.
type turned struct {
	profile line    // right half, from the bottom up
	tilt    float64 // how much a ring sags, as a part of its radius
	y0, y1  float64
	radius  []float64 // by height, evenly from y0 to y1
}

const radii = 400

func turnedFrom(profile line, tilt float64) *turned {
	t := &turned{profile: profile, tilt: tilt, radius: make([]float64, radii+1)}
	_, t.y0, _, t.y1 = profile.bounds()
	for i := range t.radius {
		y := lerp(t.y0, t.y1, float64(i)/radii)
		for j := 1; j < len(profile); j++ {
			a, b := profile[j-1], profile[j]
			lo, hi := min(a.y, b.y), max(a.y, b.y)
			if y < lo-1e-9 || y > hi+1e-9 {
				continue
			}
			x := max(a.x, b.x)
			if hi > lo {
				x = lerp(a.x, b.x, clamp01((y-a.y)/(b.y-a.y)))
			}
			t.radius[i] = max(t.radius[i], x)
		}
	}
	return t
}

// r returns the radius at a height.
func (t *turned) r(y float64) float64 {
	f := clamp01((y-t.y0)/(t.y1-t.y0)) * radii
	i := min(int(f), radii-1)
	return lerp(t.radius[i], t.radius[i+1], f-float64(i))
}

// at returns the place on the surface at an angle from the front, in degrees,
// right positive.
func (t *turned) at(degrees, y float64) pt {
	s, c := math.Sincos(degrees * math.Pi / 180)
	r := t.r(y)
	return pt{r * s, y - t.tilt*r*c}
}

// ring is the visible half of a ring at a height.
func (t *turned) ring(y float64) line {
	out := make(line, 0, 41)
	for a := -90.0; a <= 90; a += 4.5 {
		out = append(out, t.at(a, y))
	}
	return out
}

// shape is the outline of the body, the top ellipse included.
func (t *turned) shape() line {
	r0, r1 := t.r(t.y0), t.r(t.y1)
	out := append(line{}, t.profile...)
	out = append(out, arc(0, t.y1, r1, t.tilt*r1, 0, 180)...)
	out = append(out, t.profile.mirrored().reversed()...)
	return append(out, arc(0, t.y0, r0, t.tilt*r0, 180, 360)...)
}

// body paints t with its outline; opened shows the dark inside of its mouth.
func (g *pencil) body(t *turned, c color.RGBA, opened bool) {
	inv := g.inverse()
	g.wash(func(x, y int) (float32, float32, float32, float32) {
		p := inv.at(pt{float64(x), float64(y)})
		r := max(t.r(p.y), 1e-9)
		n := min(max(p.x/r, -1), 1)
		z := math.Sqrt(1 - n*n)
		slope := (t.r(p.y+0.6) - t.r(p.y-0.6)) / 1.2 // a surface that narrows upwards faces the light
		red, green, blue, a := g.lit(c, -0.52*n+0.78*z-0.18*min(max(slope, -1), 1), x, y)
		if n > 0.86 { // light thrown back by the paper
			k := float32((n - 0.86) * 120)
			red, green, blue = red+k, green+k, blue+k
		}
		return red, green, blue, a
	}, t.shape())
	g.stipple(0, t.y0, t.r((t.y0+t.y1)/2)*1.6, t.y1, 2600, func(p pt) float64 {
		r := t.r(p.y)
		if p.x >= r*0.98 {
			return 0
		}
		return clamp01((p.x/r - 0.45) * 1.1)
	})
	r1 := t.r(t.y1)
	if opened {
		g.fill(color.RGBA{58, 52, 46, 255}, ellipse(0, t.y1, r1*0.95, t.tilt*r1*0.95))
		g.ink(thin, ellipse(0, t.y1, r1*0.95, t.tilt*r1*0.95))
	}
	if opened {
		g.ink(thin, ellipse(0, t.y1, r1, t.tilt*r1))
	}
	g.ink(bold, t.profile, t.profile.mirrored(), t.ring(t.y0))
}

// rings draws lines around the body.
func (g *pencil) rings(t *turned, width float64, ys ...float64) {
	for _, y := range ys {
		g.ink(width, t.ring(y))
	}
}

// band repeats a cell n times around the visible half between two heights, with
// a ring above and below.
func (g *pencil) band(t *turned, y0, y1 float64, n int, width float64, cell func(i int) []line) {
	for i := range n {
		for _, l := range cell(i) {
			out := make(line, 0, len(l))
			for _, p := range l.dense(0.08) {
				out = append(out, t.at(-90+180*(float64(i)+p.x)/float64(n), lerp(y0, y1, p.y)))
			}
			g.stroke(ink, width, true, out)
		}
	}
	g.rings(t, thin, y0, y1)
}

// strip repeats a cell n times along a straight band.
func (g *pencil) strip(x0, y0, x1, y1 float64, n int, width float64, cell func(i int) []line) {
	for i := range n {
		m := shift(x0, y0).then(grow((x1-x0)/float64(n), y1-y0)).then(shift(float64(i), 0))
		for _, l := range cell(i) {
			g.stroke(ink, width, true, l.through(m))
		}
	}
	g.ink(thin, poly(x0, y0, x1, y0), poly(x0, y1, x1, y1))
}
