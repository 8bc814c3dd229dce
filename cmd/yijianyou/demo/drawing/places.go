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

func drawPagoda(g *pencil) {
	g.landscape(96, 34, 1)
	g.pine(-31, 0, 26)
	g.pine(31, 0, 20)
	base := rect(-17, 0, 17, 12)
	g.wash(g.flat(brick, -4, 20), base)
	g.ink(bold, base.shut())
	g.bricks(0, 0, 12, 1, 3, func(float64) float64 { return 17 }, inkFaint)
	lower := rect(-15, 12, 15, 27)
	g.wash(g.flat(brick, 8, 34), lower)
	g.ink(bold, lower.shut())
	g.outline(dark, medium, append(poly(-3, 2, -3, 19), append(arc(0, 19, 3, 3.6, 180, 0), pt{3, 2})...))
	for _, x := range []float64{-15, -9, 9, 15} { // half columns at the corners
		g.outline(brick, thin, rect(x-0.8, 12, x+0.8, 26))
		g.outline(brick, hair, ellipse(x, 26.4, 1.3, 0.9))
	}
	for _, x := range []float64{-12, 12} {
		niche := append(poly(x-1.8, 14, x-1.8, 20), append(arc(x, 20, 1.8, 2.4, 180, 0), pt{x + 1.8, 14})...)
		g.outline(stone, thin, niche)
		g.ink(hair, inset(niche, 0.7).shut(), poly(x-2.4, 13.4, x+2.4, 13.4))
	}
	y := 27.0
	for i := range 15 { // fifteen close eaves along a curve like a shuttle
		t := float64(i) / 14
		half := 15.6 * math.Sqrt(max(0.06, 1-math.Pow(t, 2.3)*0.93))
		h := lerp(4.3, 2.4, t)
		wall := rect(-half, y, half, y+h*0.42)
		g.wash(g.flat(brick, 0, 110), wall)
		g.ink(thin, wall.shut())
		cap := poly(-half-2, y+h*0.74, half+2, y+h*0.74, half*0.985, y+h, -half*0.985, y+h)
		under := poly(-half, y+h*0.42, half, y+h*0.42, half+2, y+h*0.74, -half-2, y+h*0.74)
		g.wash(g.flat(brick, -30, 160), under)
		g.wash(g.flat(brick, -60, 110), cap)
		for k := range 4 {
			f := float64(k) / 4
			g.soft(hair, poly(-lerp(half, half+2, f), y+h*lerp(0.42, 0.74, f), lerp(half, half+2, f), y+h*lerp(0.42, 0.74, f)))
		}
		g.ink(medium, under.shut())
		g.ink(thin, cap.shut())
		for _, x := range []float64{-half * 0.55, 0, half * 0.55} {
			g.outline(dark, hair, rect(x-0.5, y+0.2, x+0.5, y+h*0.36))
		}
		y += h
	}
	g.wash(func(int, int) (float32, float32, float32, float32) { return 66, 56, 48, 0.22 }, append(poly(5, 12, 15, 12, 15, 27), curve(17.4, 30, 16.6, 50, 12.6, 66, 5, 77, 2, 77)...))
	spire := append(curve(-3.6, y, -4, y+2, -2, y+3.4, -2.4, y+5, -1.2, y+6.4, -1.4, y+10, -0.5, y+12), curve(0.5, y+12, 1.4, y+10, 1.2, y+6.4, 2.4, y+5, 2, y+3.4, 4, y+2, 3.6, y)...)
	g.wash(g.ball(stone, -0.6, y+5, 4, 9), spire)
	g.ink(medium, spire.shut())
	for k := range 5 {
		g.ink(thin, poly(-1.5+0.1*float64(k), y+6.6+0.9*float64(k), 1.5-0.1*float64(k), y+6.6+0.9*float64(k)))
	}
	g.stipple(2, 0, 18, 80, 1800, func(p pt) float64 { return 0.3 * clamp01((p.x-4)/12) * b2f(p.x < 15) })
}

func drawGate(g *pencil) {
	g.landscape(156, 46, 4)
	g.pine(-67, 0, 32)
	g.pine(68, 0, 28)
	steps := 6
	for i := range steps {
		w := 62 - 1.4*float64(i)
		r := rect(-w, 1.3*float64(i), w, 1.3*float64(i+1))
		g.wash(g.flat(stone, -2, 12), r)
		g.ink(thin, r.shut())
	}
	y := 7.8
	wall := rect(-52, y, 52, 36)
	g.wash(g.flat(color.RGBA{178, 78, 58, 255}, 0, 50), wall)
	g.ink(medium, wall.shut())
	for _, d := range []struct{ x, w, h float64 }{{0, 9.4, 21}, {-31, 6.6, 16}, {31, 6.6, 16}} {
		arch := append(poly(d.x-d.w, y, d.x-d.w, y+d.h-d.w*0.7), append(arc(d.x, y+d.h-d.w*0.7, d.w, d.w*0.8, 180, 0), pt{d.x + d.w, y})...)
		frame := arch.through(shift(d.x, y).then(grow(1.22, 1.1)).then(shift(-d.x, -y)))
		g.outline(stone, medium, frame)
		g.outline(dark, medium, arch)
		if d.w > 8 {
			for _, side := range []float64{1, -1} {
				leaf := rect(d.x+side*0.4, y, d.x+side*d.w*0.94, y+d.h*0.74)
				g.wash(g.flat(timber, 0, 40), leaf)
				g.ink(thin, leaf.shut())
				for r := range 6 {
					for c := range 4 {
						g.boss(d.x+side*(1.6+2*float64(c)), y+2.2+2.3*float64(r), 0.55)
					}
				}
			}
		} else {
			g.outline(color.RGBA{206, 176, 120, 255}, thin, circle(d.x, y+11, 4.2))
			g.ink(hair, poly(d.x-4, y+11, d.x+4, y+11), poly(d.x, y+7, d.x, y+15))
		}
	}
	for _, x := range []float64{-50, -19, 19, 50} {
		g.wash(g.ball(timber, x, 22, 2.4, 40), rect(x-1.5, y, x+1.5, 37))
		g.ink(medium, rect(x-1.5, y, x+1.5, 37).shut())
		g.outline(stone, thin, poly(x-2.4, y, x+2.4, y, x+1.8, y+1.6, x-1.8, y+1.6))
	}
	beam := rect(-54, 36, 54, 39.4)
	g.wash(g.flat(leafy, 30, 44), beam)
	g.ink(medium, beam.shut())
	g.strip(-53, 36.4, 53, 39, 40, hair, cloud)
	g.brackets(-54, 54, 39.4, 4, 23)
	g.tiledRoof(0, 68, 43.6, 40, 66, roof)
	for i := range 5 { // small beasts on the slopes
		for _, side := range []float64{1, -1} {
			t := 0.24 + 0.1*float64(i)
			x, yy := side*lerp(68, 40, t), lerp(47.6, 62, t*0.86)
			g.outline(roof, hair, loop(x-0.7, yy, x-0.9, yy+1.4, x, yy+2.4, x+0.9, yy+1.2, x+0.7, yy))
		}
	}
	board := rect(-9, 30.6, 9, 36.6)
	g.outline(color.RGBA{40, 52, 72, 255}, medium, board)
	g.stroke(amber, medium, false, inset(board, 0.9).shut())
	for _, side := range []float64{1, -1} { // lions
		q := g.within(shift(side*24, 0).then(grow(side, 1)))
		q.outline(stone, thin, rect(-3.4, 0, 3.4, 5))
		lion := loop(-2.8, 5, -3, 8, -2, 10.6, -2.4, 13, 0, 14.4, 2.4, 13, 2.4, 11, 1.6, 9.6, 2.6, 5)
		q.wash(q.ball(stone, -0.4, 10, 4, 6), lion)
		q.ink(medium, lion)
		for k := range 4 {
			q.ink(hair, spiral(-1.6+1.1*float64(k), 12.6-0.5*float64(k%2), 0.7, 0, 1.3))
		}
		q.fill(ink, circle(1.2, 12, 0.3))
	}
}

func drawCaveNiche(g *pencil) {
	rock := color.RGBA{198, 178, 146, 255}
	cliff := append(curve(-45, -4, -43.6, 30, -45, 60, -42, 96, -38, 110, -20, 114.6, 0, 112.6, 18, 115, 38, 109, 43, 92, 44.4, 60, 43, 30, 45, -4), poly(45, -4, -45, -4)...)
	g.wash(g.flat(rock, -20, 140), cliff)
	g.ink(medium, cliff[:len(cliff)-2])
	for range 260 {
		x, y := lerp(-43, 36, g.rng.Float64()), lerp(2, 106, g.rng.Float64())
		if (x/38)*(x/38)+((y-46)/58)*((y-46)/58) < 1 {
			continue
		}
		g.soft(hair, curve(x, y, x+2, y+0.7-g.rng.Float64(), x+3+5*g.rng.Float64(), y+1.4*g.rng.Float64()))
	}
	arch := append(poly(-36, 0, -36, 58), append(arc(0, 58, 36, 46, 180, 0), poly(36, 0)...)...)
	g.wash(g.flat(color.RGBA{150, 128, 100, 255}, -60, 200), arch)
	g.ink(bold, arch)
	frame := append(poly(-41, 0, -41, 58), append(arc(0, 58, 41, 52, 180, 0), poly(41, 0)...)...)
	g.ink(medium, frame)
	for i := range 22 { // lintel of flames
		a := 8 + 164*float64(i)/21
		p, q := polar(1, a), polar(1, a+4)
		g.brush(thin, curve(p.x*37.4, 58+p.y*47.4, p.x*39.6+q.x*0.4, 58+p.y*49.6, q.x*41, 58+q.y*51.6))
	}
	halo := loop(0, 40, -13, 44, -21, 60, -18, 80, -8, 92, 0, 101, 8, 92, 18, 80, 21, 60, 13, 44)
	g.wash(g.flat(rock, 20, 110), halo)
	g.ink(medium, halo, inset(halo, 0.92))
	for i := range 30 { // flames of the halo
		a := -30 + 240*float64(i)/29
		p := polar(1, a)
		g.brush(hair, curve(p.x*15, 68+p.y*22, p.x*16.6+1, 68+p.y*25, p.x*17.6, 68+p.y*28))
	}
	for _, r := range []float64{15, 13.6, 9.6} {
		g.ink(thin, circle(0, 76, r))
	}
	h := g.within(shift(0, 76))
	h.around(13.6, 9.6, 18, thin, petal)
	for _, side := range []float64{1, -1} { // disciples
		q := g.within(shift(side*27, 8))
		robe := loop(0, 0, -5.6, 1, -6, 14, -6.6, 28, -4, 37, 0, 38.6, 4, 37, 6.6, 28, 6, 14, 5.6, 1)
		q.wash(q.ball(rock, -1, 20, 8, 24), robe)
		q.ink(medium, robe)
		for k := range 5 {
			x := -4 + 2*float64(k)
			q.brush(hair, curve(x, 24-math.Abs(x), x*1.1, 12, x*1.2, 1.4))
		}
		q.ink(thin, loop(-2, 26, 0, 30.6, 2, 26, 0, 24.4), curve(-6, 30, -3, 25, -1.6, 25), curve(6, 30, 3, 25, 1.6, 25))
		face := loop(0, 38, -3.4, 40, -3.6, 45, 0, 48, 3.6, 45, 3.4, 40)
		q.wash(q.ball(rock, -0.4, 43, 4.6, 5.6), face)
		q.ink(medium, face)
		q.ink(hair, curve(-2.4, 43.4, -1.4, 42.8, -0.6, 43.4), curve(0.6, 43.4, 1.4, 42.8, 2.4, 43.4), curve(-1, 40.2, 0, 39.8, 1, 40.2), poly(0, 43, 0.3, 41.4), circle(0, 43, 6.2))
	}
	seat := poly(-22, 0, 22, 0, 20, 6, 23, 10, -23, 10, -20, 6)
	g.wash(g.flat(rock, -6, 14), seat)
	g.ink(medium, seat.shut())
	g.strip(-22, 10, 22, 16, 10, thin, petal)
	// the seated Buddha
	legs := loop(0, 15, -14, 15.4, -23.6, 18, -24, 23, -16, 27, 0, 29, 16, 27, 24, 23, 23.6, 18, 14, 15.4)
	g.wash(g.ball(rock, -2, 22, 28, 12), legs)
	g.ink(bold, legs)
	torso := append(curve(-15, 25, -17.6, 38, -17, 50, -12, 57, -5, 60), curve(5, 60, 12, 57, 17, 50, 17.6, 38, 15, 25)...)
	g.wash(g.ball(rock, -2, 44, 22, 24), torso)
	g.ink(bold, torso)
	for k := range 6 {
		d := float64(k)
		g.brush(medium, curve(-6-1.7*d, 58-0.5*d, -5-0.8*d, 47-2.6*d, 0, 40-3.1*d, 5+0.8*d, 47-2.6*d, 6+1.7*d, 58-0.5*d))
		g.brush(thin, curve(-20+2*d, 18.4+0.5*d, -8+d, 16.6+1.5*d, 0, 19+1.2*d, 8-d, 16.6+1.5*d, 20-2*d, 18.4+0.5*d))
	}
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		q.brush(medium, curve(16.6, 48, 19.6, 38, 17, 29, 8, 26))
		q.brush(thin, curve(13, 50, 14, 38, 11, 30, 6, 28))
		q.ink(medium, loop(6.2, 68, 7.6, 70, 7.8, 77, 6.8, 78))
	}
	hands := loop(-6, 25, -5, 29, 0, 30.4, 5, 29, 6, 25, 0, 23.4)
	g.wash(g.ball(rock, -1, 27, 8, 5), hands)
	g.ink(medium, hands)
	g.ink(hair, curve(-5, 27, 0, 28.6, 5, 27), curve(-5, 25.6, 0, 27, 5, 25.6))
	g.wash(g.flat(rock, 50, 70), rect(-4, 58, 4, 66))
	g.ink(thin, curve(-4, 62, 0, 61, 4, 62), curve(-4.4, 60, 0, 58.8, 4.4, 60))
	face := loop(0, 63, -4.6, 65, -6.6, 70, -6.8, 76, -5, 80, 0, 81.6, 5, 80, 6.8, 76, 6.6, 70, 4.6, 65)
	g.wash(g.ball(rock, -1, 73, 8.4, 11), face)
	g.ink(bold, face)
	locks := append(curve(-6.9, 75, -6.6, 81, -3.6, 83.6, -2.8, 86.6, 0, 87.8, 2.8, 86.6, 3.6, 83.6, 6.6, 81, 6.9, 75), curve(5, 78.6, 0, 80.2, -5, 78.6)...)
	g.wash(g.flat(color.RGBA{132, 120, 110, 255}, 70, 92), locks)
	g.ink(medium, locks.shut())
	for k := range 9 {
		g.ink(hair, spiral(-4.8+1.2*float64(k), 81-0.05*float64((k-4)*(k-4)), 0.5, 0, 1.2), spiral(-2+0.6*float64(k%8), 84.4+0.4*float64(k%3), 0.4, 0, 1.2))
	}
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		q.brush(medium, curve(0.9, 75, 3, 76.4, 5.6, 75.4))
		q.brush(medium, curve(1.4, 73, 3.2, 72.3, 5, 73.1))
		q.brush(hair, curve(1.6, 73.6, 3.2, 74, 4.8, 73.6))
	}
	g.ink(thin, curve(0.8, 75, 0.5, 71.6, 1.2, 70.2, 0, 69.6, -1, 70.2))
	g.brush(medium, curve(-2, 67.7, 0, 67.2, 2, 67.7))
	g.ink(hair, curve(-1.2, 66.4, 0, 66, 1.2, 66.4))
	g.ink(medium, poly(-56, 0, 56, 0))
	g.stipple(4, 10, 36, 100, 2600, func(p pt) float64 { return 0.34 * clamp01((p.x-12)/24) })
}

func drawCityWall(g *pencil) {
	g.landscape(198, 40, 9)
	wall := poly(-95, 0, 95, 0, 91, 36, -91, 36)
	g.wash(g.flat(brick, -20, 60), wall)
	g.ink(bold, wall.shut())
	g.bricks(0, 0, 36, 1.5, 4, func(y float64) float64 { return 95 - y/9 }, inkFaint)
	for i := range 26 {
		x := -90 + 7.2*float64(i)
		m := rect(x, 36, x+4.8, 41)
		g.wash(g.flat(brick, 20, 60), m)
		g.ink(thin, m.shut())
		g.fill(dark, rect(x+2, 37.4, x+2.9, 39))
	}
	g.ink(medium, poly(-91, 35, 91, 35))
	pier := poly(-36, 0, 36, 0, 33, 42, -33, 42)
	g.wash(g.flat(brick, -40, 90), pier)
	g.ink(bold, pier.shut())
	g.bricks(0, 0, 42, 1.5, 4, func(y float64) float64 { return 36 - y/14 }, inkFaint)
	for i := range 10 {
		x := -33.4 + 6.8*float64(i)
		m := rect(x, 42, x+4.6, 46.6)
		g.wash(g.flat(brick, 20, 70), m)
		g.ink(thin, m.shut())
	}
	gate := append(poly(-8.6, 0, -8.6, 14), append(arc(0, 14, 8.6, 9, 180, 0), pt{8.6, 0})...)
	g.outline(stone, medium, gate.through(grow(1.24, 1.1)))
	g.outline(dark, medium, gate)
	for i := range 15 {
		a := polar(1, 180*float64(i)/14)
		g.ink(hair, poly(a.x*8.6, 14+a.y*9, a.x*10.6, 14+a.y*11.2))
	}
	hall := rect(-25, 42, 25, 56)
	g.wash(g.flat(timber, 36, 64), hall)
	g.ink(medium, hall.shut())
	for i := range 9 {
		x := -24 + 6*float64(i)
		g.outline(lacquer, thin, rect(x-0.7, 42, x+0.7, 55))
		if i < 8 {
			w := rect(x+1.4, 44, x+4.6, 53)
			g.outline(silk, hair, w)
			for k := range 4 {
				g.ink(hair, poly(x+1.4+0.8*float64(k), 44, x+1.4+0.8*float64(k), 53), poly(x+1.4, 45.8+1.8*float64(k), x+4.6, 45.8+1.8*float64(k)))
			}
		}
	}
	g.brackets(-25, 25, 55, 2.6, 13)
	g.tiledRoof(0, 33, 57.4, 24, 65, roof)
	upper := rect(-20, 65.4, 20, 71)
	g.wash(g.flat(timber, 60, 76), upper)
	g.ink(medium, upper.shut())
	for i := range 8 {
		x := -20 + 5.7*float64(i)
		g.outline(lacquer, hair, rect(x-0.5, 65.4, x+0.5, 71))
	}
	g.brackets(-20, 20, 70.4, 2.2, 11)
	g.tiledRoof(0, 29, 72.6, 15, 85, roof)
	for _, x := range []float64{-74, 74} { // flags
		g.ink(medium, poly(x, 36, x, 60))
		flag := curve(x, 60, x+5, 61, x+9, 58.6, x+14, 58, x+9, 55.6, x+5, 54, x, 53)
		g.outline(vermilion, thin, flag)
	}
	g.pine(-108*0.82, 0, 15)
	g.pine(88, 0, 13)
}

func drawObservatory(g *pencil) {
	g.landscape(158, 44, 2)
	g.pine(-66, 0, 26)
	g.pine(64, 0, 30)
	base := poly(-34, 0, 34, 0, 22, 52, -22, 52)
	g.wash(g.flat(brick, -20, 80), base)
	g.ink(bold, base.shut())
	half := func(y float64) float64 { return 34 - 12*y/52 }
	g.bricks(0, 0, 52, 1.4, 3.8, half, inkFaint)
	g.wash(func(int, int) (float32, float32, float32, float32) { return 60, 50, 44, 0.2 }, poly(12, 0, 34, 0, 22, 52, 9, 52))
	slot := poly(-5, 0, 5, 0, 3.8, 52, -3.8, 52) // the shaft for the gnomon
	g.outline(color.RGBA{96, 84, 72, 255}, medium, slot)
	g.ink(hair, poly(-2.4, 0, -1.8, 52), poly(2.4, 0, 1.8, 52))
	for _, side := range []float64{1, -1} { // stairs wind around
		q := g.within(grow(side, 1))
		stair := poly(52, 0, 34, 0, 24.6, 40, 27.4, 40)
		q.wash(q.flat(brick, -30, 70), stair)
		q.ink(medium, stair.shut())
		for i := range 22 {
			t := float64(i) / 21
			q.ink(hair, poly(lerp(34, 24.6, t), 40*t, lerp(52, 27.4, t), 40*t))
		}
		q.ink(thin, curve(52, 0, 39, 21, 27.4, 41.6), curve(53.4, 0, 40, 22, 28, 43))
		door := append(poly(38, 0, 38, 5), append(arc(41, 5, 3, 3, 180, 0), pt{44, 0})...)
		q.outline(dark, thin, door)
		room := rect(7, 52, 21, 62)
		q.wash(q.flat(brick, 40, 70), room)
		q.ink(medium, room.shut())
		q.bricks(14, 52, 62, 1.2, 3, func(float64) float64 { return 7 }, inkFaint)
		q.outline(dark, thin, rect(11, 54.6, 16.4, 59))
		q.ink(hair, poly(13.7, 54.6, 13.7, 59), poly(11, 56.8, 16.4, 56.8))
	}
	parapet := rect(-23, 52, 23, 55)
	g.wash(g.flat(brick, 40, 62), parapet)
	g.ink(medium, parapet.shut())
	g.fill(color.RGBA{96, 84, 72, 255}, rect(-4, 52, 4, 62))
	g.ink(medium, poly(-7, 61, 7, 61), poly(-7, 59.6, 7, 59.6)) // the crossbar
	g.outline(bronze, thin, circle(0, 60.3, 0.9))
	g.tiledRoof(-14, 11, 62, 6, 69, roof)
	g.tiledRoof(14, 11, 62, 6, 69, roof)
	sill := poly(-5, 0, 5, 0, 12, -4.2, -12, -4.2) // the measuring stone on the ground (石圭)
	g.outline(stone, medium, sill)
	for i := range 8 {
		t := float64(i) / 8
		g.ink(hair, poly(-lerp(5, 12, t), -4.2*t, lerp(5, 12, t), -4.2*t))
	}
	g.ink(thin, poly(-0.6, 0, -1.4, -4.2), poly(0.6, 0, 1.4, -4.2))
	sun := circle(52, 72, 5)
	g.stroke(vermilion, medium, false, sun)
	for i := range 16 {
		a := polar(1, 22.5*float64(i))
		g.stroke(vermilion, thin, false, line{{52 + 6.4*a.x, 72 + 6.4*a.y}, {52 + 9*a.x, 72 + 9*a.y}})
	}
	g.soft(hair, poly(47, 70, 0, 60.3, -30, 53.8))
}

func drawBridge(g *pencil) {
	g.landscape(206, 46, 6)
	for range 60 { // water
		x, y := lerp(-100, 100, g.rng.Float64()), lerp(-4, 9, g.rng.Float64())
		n := 4 + 12*g.rng.Float64()
		g.stroke(color.RGBA{120, 140, 146, 255}, hair, true, curve(x, y, x+n/2, y+0.4, x+n, y))
	}
	deck := curve(-100, 14, -70, 22, -35, 31, 0, 34.6, 35, 31, 70, 22, 100, 14)
	body := append(append(line{}, deck...), poly(100, 0, -100, 0)...)
	holes := []line{}
	arches := []struct{ x, r, h float64 }{{0, 25, 27}, {-47, 14, 16.4}, {47, 14, 16.4}, {-76, 7.4, 9}, {76, 7.4, 9}}
	for _, a := range arches {
		holes = append(holes, append(arc(a.x, 0, a.r, a.h, 0, 180), pt{a.x - a.r, 0}).reversed())
	}
	g.wash(g.flat(stone, -20, 60), append([]line{body}, holes...)...)
	inside := func(x, y float64) bool {
		for _, a := range arches {
			if math.Hypot((x-a.x)/a.r, y/a.h) < 1.13 {
				return true
			}
		}
		return false
	}
	for row := range 18 {
		y := 1.9 * float64(row)
		for i := range 46 {
			x := -99 + 4.4*float64(i) + 2.2*float64(row%2)
			top := 34.6 - 20.6*math.Pow(math.Abs(x)/100, 1.55)
			if x < 97 && y+1.9 < top && !inside(x, y) && !inside(x+4.4, y+1.9) {
				g.stroke(inkFaint, hair*0.8, false, poly(x, y, x+4.4, y), poly(x, y, x, y+1.9))
			}
		}
	}
	for _, a := range arches {
		g.ink(bold, arc(a.x, 0, a.r, a.h, 0, 180))
		g.ink(medium, arc(a.x, 0, a.r*1.12, a.h*1.12, 0, 180))
		n := int(a.r * 1.1)
		for i := range n + 1 {
			p := polar(1, 180*float64(i)/float64(n))
			g.ink(hair, poly(a.x+p.x*a.r, p.y*a.h, a.x+p.x*a.r*1.12, p.y*a.h*1.12))
		}
		g.outline(stone, thin, loop(a.x-1.6, a.h*1.02, a.x-2, a.h*1.02+3, a.x, a.h*1.02+4, a.x+2, a.h*1.02+3, a.x+1.6, a.h*1.02))
		g.wash(func(int, int) (float32, float32, float32, float32) { return 110, 128, 134, 0.2 }, append(arc(a.x, 0, a.r, -6, 0, 180), pt{a.x - a.r, 0}))
	}
	g.ink(bold, deck)
	g.ink(thin, deck.through(shift(0, -1.6)))
	for i := range 27 { // balustrade
		x := -97.5 + 7.5*float64(i)
		at := func(x float64) float64 {
			k := clamp01((x + 100) / 200)
			return deck[int(k*float64(len(deck)-1))].y
		}
		y := at(x)
		post := rect(x-0.7, y, x+0.7, y+7)
		if i < 26 {
			x1, y1 := x+7.5, at(x+7.5)
			panel := poly(x+0.7, y+0.8, x1-0.7, y1+0.8, x1-0.7, y1+5, x+0.7, y+5)
			g.wash(g.flat(stone, -10, 60), panel)
			g.ink(thin, panel.shut())
			g.ink(hair, inset(panel, 0.7).shut())
		}
		g.outline(stone, thin, post)
		g.outline(stone, thin, loop(x-0.9, y+7, x-1, y+8.4, x, y+9.6, x+1, y+8.4, x+0.9, y+7))
	}
	for _, x := range []float64{-90, -84, 86, 92} {
		for k := range 7 { // willows
			dx := (float64(k) - 3) * 1.7
			g.stroke(leafy, 3, true, curve(x, 36, x+dx*0.8, 38, x+dx*1.6, 32, x+dx*1.9, 20))
		}
		g.ink(medium, curve(x-0.6, 12, x, 24, x+0.3, 36))
	}
}

func drawMuseum(g *pencil) {
	g.landscape(206, 40, 11)
	for _, x := range []float64{-92, -84, 86, 93} {
		g.pine(x, 0, 18)
	}
	for i := range 5 {
		w := 80 - 1.6*float64(i)
		r := rect(-w, 1.2*float64(i), w, 1.2*float64(i+1))
		g.wash(g.flat(stone, -2, 8), r)
		g.ink(thin, r.shut())
	}
	for _, side := range []float64{1, -1} { // wings
		q := g.within(grow(side, 1))
		wing := poly(30, 6, 74, 6, 70, 30, 30, 30)
		q.wash(q.flat(silk, -10, 50), wing)
		q.ink(bold, wing.shut())
		q.ink(thin, poly(30, 27.4, 70.6, 27.4))
		for i := range 9 {
			x := 33.6 + 4*float64(i)
			w := rect(x, 10, x+2.2, 23)
			q.outline(color.RGBA{112, 134, 144, 255}, thin, w)
			q.ink(hair, poly(x+1.1, 10, x+1.1, 23), poly(x, 16.6, x+2.2, 16.6))
		}
		q.strip(31, 27.6, 69.8, 29.8, 26, hair, fret)
	}
	// the middle: a great block that widens upwards, like a vessel
	mid := append(curve(-32, 6, -30, 18, -27, 34, -24, 50), curve(24, 50, 27, 34, 30, 18, 32, 6)...)
	g.wash(g.flat(silk, -20, 70), mid)
	g.ink(bold, mid.shut())
	for k := range 11 {
		x := -20 + 4*float64(k)
		g.soft(hair, curve(x*1.32, 7, x*1.15, 26, x, 49))
	}
	g.bricks(0, 8, 49, 3.2, 7, func(y float64) float64 { return 31 - 6.4*y/50 }, inkFaint)
	top := poly(-27, 50, 27, 50, 38, 66, -38, 66)
	g.wash(g.flat(silk, 30, 80), top)
	g.ink(bold, top.shut())
	g.strip(-33, 58.6, 33, 62.4, 24, hair, leiwen)
	for i := range 5 {
		t := 0.08 + 0.09*float64(i)
		w := lerp(27, 38, t)
		g.ink(hair, poly(-w, 50+16*t, w, 50+16*t))
	}
	cap := poly(-40, 66, 40, 66, 40, 70, -40, 70)
	g.wash(g.flat(silk, 56, 78), cap)
	g.ink(bold, cap.shut())
	g.strip(-39, 66.6, 39, 69.4, 34, hair, cloud)
	g.tiledRoof(0, 22, 70, 5, 80, roof)
	door := poly(-15, 6, 15, 6, 13.6, 25, -13.6, 25)
	g.outline(color.RGBA{84, 104, 114, 255}, medium, door)
	for i := range 7 {
		x := -12 + 4*float64(i)
		g.ink(thin, poly(x, 6, x*0.92, 25))
	}
	g.ink(thin, poly(-14.4, 16, 14.4, 16))
	canopy := poly(-19, 25, 19, 25, 17, 29, -17, 29)
	g.outline(bronze, medium, canopy)
	g.strip(-16, 25.8, 16, 28.2, 14, hair, cloud)
	mask := g.within(shift(0, 40))
	mask.taotie(0, 0, 30, 13)
	for _, p := range []struct{ x, h float64 }{{-46, 5}, {-43, 4.6}, {-20, 5}, {22, 4.8}, {48, 5}, {51, 3.2}, {4, 5}} { // visitors give the size
		q := g.within(shift(p.x, 0.4).then(grow(p.h/5, p.h/5)))
		q.fill(inkSoft, loop(-0.7, 0, -0.9, 2.4, -0.6, 3.8, 0.6, 3.8, 0.9, 2.4, 0.7, 0), circle(0, 4.5, 0.55))
	}
}

func drawTombMound(g *pencil) {
	g.landscape(206, 40, 8)
	mound := curve(-70, 0, -58, 6, -40, 22, -24, 40, -14, 47, 0, 48.6, 14, 47, 24, 40, 40, 22, 58, 6, 70, 0)
	g.wash(g.ball(earth, -10, 6, 92, 52), mound)
	g.ink(bold, mound)
	for range 520 { // grass
		x := lerp(-66, 66, g.rng.Float64())
		y := g.rng.Float64() * 46
		if y > 48*math.Exp(-(x/32)*(x/32)*0.75)-2 {
			continue
		}
		h := 0.8 + 1.3*g.rng.Float64()
		g.stroke(leafy, hair, true, curve(x, y, x-0.3, y+h*0.6, x-0.8, y+h), curve(x, y, x+0.2, y+h*0.6, x+0.7, y+h*0.9))
	}
	for i := range 9 { // layers of rammed earth where the slope is bare
		y := 4 + 1.7*float64(i)
		g.stroke(inkFaint, hair, true, curve(14+1.2*float64(i%3), y, 30, y+0.4, 44-2*float64(i), y))
	}
	g.stipple(4, 0, 66, 46, 2600, func(p pt) float64 {
		return 0.4 * clamp01((p.x-6)/46) * b2f(p.y < 48*math.Exp(-(p.x/32)*(p.x/32)*0.75)-1)
	})
	way := poly(-7, 0, 7, 0, 20, -9, -20, -9)
	g.wash(g.flat(silk, -12, 4), way)
	g.ink(thin, poly(-7, 0, -20, -9), poly(7, 0, 20, -9))
	for i := range 6 {
		t := float64(i*i) / 30
		g.soft(hair, poly(-lerp(7, 20, t), -9*t, lerp(7, 20, t), -9*t))
	}
	stele := poly(-3.4, 0, 3.4, 0, 3.2, 13, 0, 14.6, -3.2, 13)
	g.wash(g.flat(stone, -4, 20), stele)
	g.ink(medium, stele.shut(), inset(stele, 0.84).shut())
	for _, side := range []float64{1, -1} {
		for k := range 4 { // the spirit way: columns, beasts, officials
			x := side * (22 + 16*float64(k))
			q := g.within(shift(x, -1.2).then(grow(side, 1)))
			switch k {
			case 0, 2:
				man := loop(-2, 0, -2.4, 5, -2.8, 9, -1.6, 11.6, 1.6, 11.6, 2.8, 9, 2.4, 5, 2, 0)
				q.wash(q.ball(stone, -0.4, 6, 3.6, 8), man)
				q.ink(thin, man, circle(0, 13, 1.5), poly(-0.4, 3, -0.4, 9.6), poly(0.4, 3, 0.4, 9.6))
				q.outline(stone, thin, poly(-1.9, 13.8, 1.9, 13.8, 1.3, 16, -1.3, 16))
			case 1:
				col := rect(-1.3, 0, 1.3, 17)
				q.wash(q.ball(stone, -0.3, 8, 2, 20), col)
				q.ink(thin, col.shut())
				q.outline(stone, thin, loop(-1.8, 17, -1.6, 19.4, 0, 21.4, 1.6, 19.4, 1.8, 17))
			default:
				b := loop(-5.4, 0, -5.8, 5, -5, 8.4, 0, 8, 3, 8.4, 4, 11.4, 6.4, 11.6, 7.4, 9.4, 5.6, 8, 5, 5, 5.4, 0, 3.4, 0, 3, 3.6, -3, 3.6, -3.4, 0)
				q.wash(q.ball(stone, -0.6, 6, 8, 7), b)
				q.ink(medium, b)
				q.fill(ink, circle(5.6, 10.2, 0.3))
			}
		}
	}
	g.pine(-86, 0, 26)
	g.pine(-77, 0, 18)
	g.pine(84, 0, 28)
	g.pine(75, 0, 17)
}
