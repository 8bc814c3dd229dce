package drawing

import (
	"image/color"
	"math"
)

// landscape lays far hills behind a place and draws its ground line.
func (g *pencil) landscape(w, horizon float64, seed float64) {
	for layer := range 3 {
		l := line{{-w / 2, 0}}
		for i := range 121 {
			x := -w/2 + w*float64(i)/120
			u := x / w * 9
			y := horizon * (1.15 - 0.3*float64(layer)) * (0.62 + 0.26*math.Sin(u+seed+float64(layer)*2.3) + 0.13*math.Sin(u*2.7+seed*1.7+float64(layer)))
			l = append(l, pt{x, max(y, 0)})
		}
		l = append(l, pt{w / 2, 0})
		inv := g.inverse()
		g.wash(func(x, y int) (float32, float32, float32, float32) {
			p := inv.at(pt{float64(x), float64(y)})
			edge := float32(clamp01((w/2 - math.Abs(p.x)) / (w * 0.12)))
			return 112, 130, 126, float32(clamp01(p.y/horizon)) * 0.26 * edge
		}, l)
	}
	g.ink(medium, poly(-w/2, 0, w/2, 0))
	for range 90 {
		x := (g.rng.Float64() - 0.5) * w * 0.98
		n := w * (0.004 + 0.014*g.rng.Float64())
		y := -w * 0.012 * g.rng.Float64()
		g.soft(hair, poly(x, y, x+n, y))
	}
}

// pine stands at (x, 0), h high.
func (g *pencil) pine(x, y, h float64) {
	q := g.within(shift(x, y).then(grow(h/20, h/20)))
	trunk := append(curve(-0.9, 0, -0.5, 5, -0.9, 11, 0, 17), curve(0.5, 17, 0.2, 11, 0.7, 5, 1.1, 0)...)
	q.wash(q.flat(timber, 0, 18), trunk)
	q.ink(thin, trunk.shut())
	for _, p := range []struct{ x, y, r float64 }{{-4, 9, 3.6}, {4.4, 11, 3.8}, {-2.6, 14, 3.4}, {2.4, 16.4, 3}, {0, 18.6, 2.4}} {
		c := make(line, 0)
		for i := range 18 {
			r := p.r * (0.88 + 0.24*q.rng.Float64())
			a := polar(r, 20*float64(i))
			c = append(c, pt{p.x + a.x*1.25, p.y + a.y*0.55})
		}
		c = smooth(c, true)
		q.wash(q.ball(leafy, p.x, p.y, p.r*1.5, p.r*0.8), c)
		q.ink(thin, c)
		for range 14 {
			a := polar(p.r*q.rng.Float64()*0.8, 360*q.rng.Float64())
			q.ink(hair, poly(p.x+a.x*1.2-0.3, p.y+a.y*0.5, p.x+a.x*1.2, p.y+a.y*0.5+0.6), poly(p.x+a.x*1.2+0.3, p.y+a.y*0.5, p.x+a.x*1.2, p.y+a.y*0.5+0.6))
		}
	}
}

// tiledRoof hangs between eaves of half width e at y0 and a ridge of half width
// r at y1, with upturned corners, around x.
func (g *pencil) tiledRoof(x, e, y0, r, y1 float64, c color.RGBA) {
	q := g.within(shift(x, 0))
	h := y1 - y0
	edge := func(side float64) line {
		return curve(side*(e+h*0.1), y0+h*0.22, side*lerp(e, r, 0.3), y0+h*0.26, side*lerp(e, r, 0.7), y0+h*0.62, side*r, y1)
	}
	low := curve(-(e + h*0.1), y0+h*0.22, -e*0.8, y0+h*0.03, 0, y0, e*0.8, y0+h*0.03, e+h*0.1, y0+h*0.22)
	shape := append(append(append(line{}, low...), edge(1)...), edge(-1).reversed()...)
	q.wash(q.flat(c, y0, y1), shape)
	n := int(max(14, e/h*14))
	for i := 1; i < n; i++ {
		u := float64(i)/float64(n)*2 - 1
		top := pt{u * r, y1}
		k := int(clamp01((u+1)/2) * float64(len(low)-1))
		bottom := low[k]
		q.soft(hair, smooth(line{bottom, {lerp(bottom.x, top.x, 0.35), lerp(bottom.y, top.y, 0.24)}, {lerp(bottom.x, top.x, 0.75), lerp(bottom.y, top.y, 0.62)}, top}, false))
		q.ink(hair, circle(bottom.x, bottom.y, h*0.018))
	}
	q.ink(bold, low, edge(1), edge(-1))
	q.ink(hair, low.through(shift(0, -h*0.05)))
	ridge := rect(-r-h*0.03, y1-h*0.02, r+h*0.03, y1+h*0.07)
	q.wash(q.flat(c, y1-h*0.1, y1+h*0.1), ridge)
	q.ink(medium, ridge.shut())
	for _, side := range []float64{1, -1} {
		p := q.within(shift(side*r, y1+h*0.04).then(grow(side*h*0.1, h*0.1)))
		o := loop(-1.2, 0, -1, 1.6, 0.4, 2.8, 1.4, 2.2, 0.8, 1.4, 1.6, 0.6, 1, -0.2)
		p.outline(c, thin, o)
	}
}

// brackets are a row of dougong below eaves.
func (g *pencil) brackets(x0, x1, y, h float64, n int) {
	for i := range n {
		q := g.within(shift(lerp(x0, x1, (float64(i)+0.5)/float64(n)), y).then(grow(h, h)))
		q.outline(leafy, hair, poly(-0.2, 0, 0.2, 0, 0.28, 0.3, -0.28, 0.3), poly(-0.55, 0.34, 0.55, 0.34, 0.62, 0.56, -0.62, 0.56))
		for _, x := range []float64{-0.46, 0, 0.46} {
			q.outline(silk, hair, poly(x-0.1, 0.58, x+0.1, 0.58, x+0.15, 0.8, x-0.15, 0.8))
		}
		q.outline(leafy, hair, rect(-0.72, 0.82, 0.72, 0.98))
	}
}

// bricks draws courses inside a shape whose half width at y is w(y), around x.
func (g *pencil) bricks(x, y0, y1, course, length float64, w func(y float64) float64, c color.RGBA) {
	n := int((y1 - y0) / course)
	for i := range n {
		y := y0 + course*float64(i)
		half := w(y)
		g.stroke(c, hair*0.8, false, poly(x-half, y, x+half, y))
		off := length * 0.5 * float64(i%2)
		for bx := -half + off + length*0.5; bx < half; bx += length {
			if g.rng.Float64() < 0.8 {
				g.stroke(c, hair*0.7, false, poly(x+bx, y, x+bx, y+course))
			}
		}
	}
}
