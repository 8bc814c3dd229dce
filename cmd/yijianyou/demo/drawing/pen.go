package drawing

import (
	"image/color"
	"math"
	"math/rand/v2"
)

// Inks and washes.
var (
	ink       = color.RGBA{38, 31, 27, 255}
	inkSoft   = color.RGBA{92, 80, 70, 255}
	inkFaint  = color.RGBA{160, 148, 132, 255}
	vermilion = color.RGBA{168, 44, 32, 255}
	paperTone = color.RGBA{245, 238, 222, 255}
)

// pencil draws things in their own units: m maps them to pixels.
type pencil struct {
	*canvas
	m   affine
	k   float64 // pixels of a unit, for what must know it
	pen float64 // pixels of a pen of width 1: a drawing keeps its look at any size
	rng *rand.Rand
}

// within returns a pencil for a part that has its own place, size or turn.
func (g *pencil) within(m affine) *pencil {
	q := *g
	q.m = g.m.then(m)
	return &q
}

// fill covers the inside of closed lines evenly.
func (g *pencil) fill(c color.RGBA, lines ...line) { g.canvas.fillPixels(g.pixels(lines), c, nil) }

// wash covers it with a paint.
func (g *pencil) wash(p paint, lines ...line) { g.canvas.fillPixels(g.pixels(lines), color.RGBA{}, p) }

func (g *pencil) pixels(lines []line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		out[i] = l.through(g.m)
	}
	return out
}

// Widths of the pen.
const (
	hair   = 0.8
	thin   = 1.3
	medium = 2.2
	bold   = 3.4
)

// ink draws lines with an even pen.
func (g *pencil) ink(width float64, lines ...line) { g.stroke(ink, width, false, lines...) }

// soft draws lines with a paler ink.
func (g *pencil) soft(width float64, lines ...line) { g.stroke(inkSoft, width, false, lines...) }

// brush draws lines that swell in the middle and end in points.
func (g *pencil) brush(width float64, lines ...line) { g.stroke(ink, width, true, lines...) }

// outline fills shapes with c and draws their closed outlines.
func (g *pencil) outline(c color.RGBA, width float64, lines ...line) {
	for _, l := range lines {
		g.fill(c, l)
		g.ink(width, l.shut())
	}
}

// chunk is how wide a piece of a stroke may be that is filled at once: a long
// slanting line would otherwise clear and add up its whole box.
const chunk = 300

func (g *pencil) stroke(c color.RGBA, width float64, tapered bool, lines ...line) {
	half := max(width*g.pen/2, 0.45)
	for _, l := range lines {
		l = l.through(g.m).dense(chunk / 2)
		if len(l) < 2 {
			continue
		}
		total := 0.0
		for i := 1; i < len(l); i++ {
			total += l[i-1].distance(l[i])
		}
		at := 0.0
		radius := func() float64 {
			if !tapered || total == 0 {
				return half
			}
			return half * (0.3 + 0.95*math.Sin(math.Pi*(0.08+0.84*at/total)))
		}
		var shapes []line
		r0 := radius()
		shapes = append(shapes, dot(l[0], r0))
		x0, y0, x1, y1 := l[0].x, l[0].y, l[0].x, l[0].y
		for i := 1; i < len(l); i++ {
			a, b := l[i-1], l[i]
			d := a.distance(b)
			if d == 0 {
				continue
			}
			at += d
			r1 := radius()
			nx, ny := (b.y-a.y)/d, (a.x-b.x)/d
			// All shapes turn the same way, so that overlaps add up and never cancel.
			shapes = append(shapes, line{{a.x + nx*r0, a.y + ny*r0}, {b.x + nx*r1, b.y + ny*r1}, {b.x - nx*r1, b.y - ny*r1}, {a.x - nx*r0, a.y - ny*r0}}, dot(b, r1))
			r0 = r1
			x0, y0, x1, y1 = min(x0, b.x), min(y0, b.y), max(x1, b.x), max(y1, b.y)
			if x1-x0 > chunk || y1-y0 > chunk {
				g.canvas.fillPixels(shapes, c, nil)
				shapes = shapes[:0]
				x0, y0, x1, y1 = b.x, b.y, b.x, b.y
			}
		}
		if len(shapes) > 0 {
			g.canvas.fillPixels(shapes, c, nil)
		}
	}
}

// dot is a small circle in pixels, turning as the pieces of a stroke do.
func dot(at pt, r float64) line {
	n := 6
	if r > 2 {
		n = 10
	}
	out := make(line, n)
	for i := range out {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		out[i] = pt{at.x + r*c, at.y + r*s}
	}
	return out
}

// stipple sets dots of ink: density says how many of the tries stay, 0 to 1, at
// a place in units; outside of its thing it is 0.
func (g *pencil) stipple(x0, y0, x1, y1 float64, tries int, density func(pt) float64) {
	for range tries {
		p := pt{lerp(x0, x1, g.rng.Float64()), lerp(y0, y1, g.rng.Float64())}
		if g.rng.Float64() < density(p) {
			g.canvas.fillPixels([]line{dot(g.m.at(p), g.pen*(0.55+0.35*g.rng.Float64()))}, inkSoft, nil)
		}
	}
}

// jitter returns v changed by at most its part k.
func (g *pencil) jitter(v, k float64) float64 { return v * (1 + k*(2*g.rng.Float64()-1)) }
