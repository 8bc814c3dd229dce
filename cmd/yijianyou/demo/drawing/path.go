package drawing

import "math"

// pt is a point in the units of a thing.
type pt struct{ x, y float64 }

func (p pt) add(q pt) pt            { return pt{p.x + q.x, p.y + q.y} }
func (p pt) times(k float64) pt     { return pt{p.x * k, p.y * k} }
func lerp(a, b, t float64) float64  { return a + (b-a)*t }
func between(a, b pt, t float64) pt { return pt{lerp(a.x, b.x, t), lerp(a.y, b.y, t)} }
func clamp01(v float64) float64     { return min(max(v, 0), 1) }
func polar(r, degrees float64) pt {
	s, c := math.Sincos(degrees * math.Pi / 180)
	return pt{r * c, r * s}
}
func (p pt) mirrored() pt          { return pt{-p.x, p.y} }
func (p pt) distance(q pt) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// line is a polyline; curves are flattened when they are made.
type line []pt

// affine maps (x, y) to (a·x + b·y + c, d·x + e·y + f).
type affine struct{ a, b, c, d, e, f float64 }

func identity() affine { return affine{a: 1, e: 1} }

func (m affine) at(p pt) pt { return pt{m.a*p.x + m.b*p.y + m.c, m.d*p.x + m.e*p.y + m.f} }

// then returns the map that applies n first and m after it.
func (m affine) then(n affine) affine {
	return affine{
		m.a*n.a + m.b*n.d, m.a*n.b + m.b*n.e, m.a*n.c + m.b*n.f + m.c,
		m.d*n.a + m.e*n.d, m.d*n.b + m.e*n.e, m.d*n.c + m.e*n.f + m.f,
	}
}

// shift, grow and spin are the usual maps.
func shift(x, y float64) affine { return affine{1, 0, x, 0, 1, y} }
func grow(x, y float64) affine  { return affine{x, 0, 0, 0, y, 0} }
func spin(degrees float64) affine {
	s, c := math.Sincos(degrees * math.Pi / 180)
	return affine{c, -s, 0, s, c, 0}
}

func (l line) through(m affine) line {
	out := make(line, len(l))
	for i, p := range l {
		out[i] = m.at(p)
	}
	return out
}

func (l line) mirrored() line { return l.through(grow(-1, 1)) }

func (l line) reversed() line {
	out := make(line, len(l))
	for i, p := range l {
		out[len(l)-1-i] = p
	}
	return out
}

// symmetric closes the right half l, which runs from bottom to top, with its
// mirror image.
func (l line) symmetric() line { return append(append(line{}, l...), l.mirrored().reversed()...) }

// poly is a polyline through the coordinates x, y, x, y, …
func poly(xy ...float64) line {
	out := make(line, 0, len(xy)/2)
	for i := 0; i+1 < len(xy); i += 2 {
		out = append(out, pt{xy[i], xy[i+1]})
	}
	return out
}

func rect(x0, y0, x1, y1 float64) line { return poly(x0, y0, x1, y0, x1, y1, x0, y1) }

// curve runs smoothly through all points (centripetal enough for drawings:
// Catmull-Rom with doubled ends).
func curve(xy ...float64) line { return smooth(poly(xy...), false) }

// loop is a closed smooth curve through all points.
func loop(xy ...float64) line { return smooth(poly(xy...), true) }

const steps = 12 // of each part of a smooth curve

func smooth(p line, closed bool) line {
	n := len(p)
	if n < 3 {
		return p
	}
	at := func(i int) pt {
		if closed {
			return p[(i+n)%n]
		}
		return p[min(max(i, 0), n-1)]
	}
	parts := n - 1
	if closed {
		parts = n
	}
	out := make(line, 0, parts*steps+1)
	for i := range parts {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for s := range steps {
			t := float64(s) / steps
			out = append(out, pt{spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t)})
		}
	}
	return append(out, at(parts))
}

func spline(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// arc runs along an ellipse from one angle to another, in degrees against the
// clock from the right.
func arc(cx, cy, rx, ry, from, to float64) line {
	n := max(8, int(math.Abs(to-from)/4))
	out := make(line, n+1)
	for i := range out {
		s, c := math.Sincos(lerp(from, to, float64(i)/float64(n)) * math.Pi / 180)
		out[i] = pt{cx + rx*c, cy + ry*s}
	}
	return out
}

func ellipse(cx, cy, rx, ry float64) line { return arc(cx, cy, rx, ry, 0, 360) }

func circle(cx, cy, r float64) line { return ellipse(cx, cy, r, r) }

// spiral winds from radius r inwards, turns times, starting at an angle in
// degrees; positive turns go against the clock.
func spiral(cx, cy, r, from, turns float64) line {
	n := int(math.Abs(turns)*28) + 4
	out := make(line, n+1)
	for i := range out {
		t := float64(i) / float64(n)
		s, c := math.Sincos((from + 360*turns*t) * math.Pi / 180)
		k := r * (1 - 0.88*t)
		out[i] = pt{cx + k*c, cy + k*s}
	}
	return out
}

// dense returns l with no step longer than d, so that it bends when it is
// mapped.
func (l line) dense(d float64) line {
	if len(l) == 0 {
		return l
	}
	out := line{l[0]}
	for i := 1; i < len(l); i++ {
		n := max(1, int(math.Ceil(l[i-1].distance(l[i])/d)))
		for k := 1; k <= n; k++ {
			out = append(out, between(l[i-1], l[i], float64(k)/float64(n)))
		}
	}
	return out
}

// shut returns l with its first point again at its end.
func (l line) shut() line { return append(append(line{}, l...), l[0]) }

// bounds returns the smallest box around l.
func (l line) bounds() (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range l {
		x0, y0, x1, y1 = min(x0, p.x), min(y0, p.y), max(x1, p.x), max(y1, p.y)
	}
	return
}
