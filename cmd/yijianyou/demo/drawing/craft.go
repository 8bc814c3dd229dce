package drawing

import (
	"image/color"
	"math"
)

func drawBoneFlute(g *pencil) {
	view := func(y float64, holes bool) {
		q := g.within(shift(0, y))
		body := append(curve(-58, 2.6, -56, 3.6, -40, 3.1, 0, 2.9, 40, 3.3, 56, 4.2, 58, 3.8), curve(58, -3.8, 56, -4, 40, -3.2, 0, -2.8, -40, -3.2, -56, -3.8, -58, -2.8)...)
		q.wash(q.ball(bone, -4, 0.6, 110, 4.6), body)
		q.ink(bold, body.shut())
		end := ellipse(58, 0, 1.2, 3.8)
		q.outline(dark, thin, end)
		for range 70 {
			x, yy := lerp(-56, 52, g.rng.Float64()), lerp(-2.4, 2.6, g.rng.Float64())
			q.stroke(color.RGBA{188, 164, 122, 255}, hair, false, curve(x, yy, x+3, yy+0.1, x+4+4*g.rng.Float64(), yy))
		}
		q.stipple(-57, -3.4, 57, -0.4, 2200, func(p pt) float64 { return clamp01((-p.y - 0.6) / 2.6) })
		if holes {
			for i := range 7 {
				x := -30 + 11.6*float64(i) + 0.6*math.Sin(float64(i)*2)
				q.fill(color.RGBA{120, 92, 60, 255}, ellipse(x+0.14, 0.26, 1.75, 1.55))
				q.outline(dark, thin, ellipse(x, 0.3, 1.55, 1.4))
				q.ink(hair, poly(x, 2, x, 2.9))
			}
			q.fill(dark, circle(40.4, 1.5, 0.42))
		}
		q.soft(hair, poly(-63, 0, -60, 0), poly(60.5, 0, 63, 0))
	}
	view(38, true)
	view(21, false)
	for _, x := range []float64{-14, 14} { // the ends
		q := g.within(shift(x, 6))
		o := loop(-4, 0, -3.2, 2.8, 0, 3.9, 3.4, 2.6, 4, -0.2, 2.8, -3, -0.4, -3.6, -3.2, -2.6)
		q.wash(q.flat(bone, -6, 6), o)
		q.ink(bold, o)
		q.outline(dark, thin, inset(o, 0.55))
	}
	g.soft(hair, poly(-26, 6, 26, 6), poly(-14, 0.4, -14, 11.6), poly(14, 0.4, 14, 11.6))
}

// ringShape is a disc with a hole, turning against itself so that the hole stays open.
func ringShape(outer, inner float64) []line {
	return []line{circle(0, 0, outer), circle(0, 0, inner).reversed()}
}

func drawBi(g *pencil) {
	q := g.within(shift(0, 50))
	q.wash(q.ball(jade, -8, 6, 74, 74), ringShape(49, 15)...)
	for range 18 { // clouds in the stone
		a, r := g.rng.Float64()*360, lerp(19, 44, g.rng.Float64())
		p := polar(r, a)
		q.wash(func(int, int) (float32, float32, float32, float32) { return 150, 120, 74, 0.13 },
			loop(p.x, p.y, p.x+5*g.rng.Float64()+2, p.y+2, p.x+4, p.y-4*g.rng.Float64()-1, p.x-3, p.y-3))
	}
	q.ink(bold, circle(0, 0, 49), circle(0, 0, 15))
	q.ink(thin, circle(0, 0, 47.2), circle(0, 0, 16.8), circle(0, 0, 46.6))
	for ring := range 6 { // grains (谷纹) in rings, each a small curl
		r := 20 + 4.75*float64(ring)
		n := int(2 * math.Pi * r / 4.9)
		for i := range n {
			a := 360 * (float64(i) + 0.5*float64(ring%2)) / float64(n)
			p := polar(r, a)
			q.fill(color.RGBA{142, 158, 118, 255}, circle(p.x+0.2, p.y-0.24, 1.42))
			q.wash(q.bossPaint(p.x, p.y, 1.4, 1.4), circle(p.x, p.y, 1.3))
			q.stroke(ink, hair, true, spiral(p.x, p.y, 1.36, a+40, 1.25), curve(p.x+1.2, p.y+0.4, p.x+1.9, p.y+1.2, p.x+2, p.y+2))
		}
	}
	q.soft(hair, poly(-55, 0, -50.5, 0), poly(50.5, 0, 55, 0), poly(0, -54, 0, -50), poly(0, 50, 0, 54), poly(-2, 0, 2, 0), poly(0, -2, 0, 2))
}

func drawCoin(g *pencil) {
	q := g.within(shift(0, 50))
	hole := rect(-12, -12, 12, 12)
	q.wash(q.ball(bronze, -6, 6, 78, 78), circle(0, 0, 49), hole.reversed())
	q.ink(bold, circle(0, 0, 49), circle(0, 0, 43.4), hole.shut(), rect(-15, -15, 15, 15).shut())
	q.stipple(-43, -43, 43, 43, 5200, func(p pt) float64 {
		d := p.distance(pt{})
		return 0.5 * b2f(d < 43) * b2f(math.Abs(p.x) > 15 || math.Abs(p.y) > 15) * clamp01(0.5+(p.x-p.y)/90)
	})
	t := newType()
	size := g.k * 21
	for i, r := range []rune{'开', '元', '通', '宝'} { // read up, down, right, left
		at := []pt{{0, 29.4}, {0, -29.4}, {29.4, 0}, {-29.4, 0}}[i]
		p := q.m.at(at)
		t.write(g.canvas, string(r), p.x-size/2, p.y+size*0.37, size, ink)
	}
	for range 26 {
		a, r := g.rng.Float64()*360, lerp(17, 47, g.rng.Float64())
		p := polar(r, a)
		q.wash(func(int, int) (float32, float32, float32, float32) { return 92, 140, 112, 0.35 },
			loop(p.x, p.y, p.x+2, p.y+1+g.rng.Float64(), p.x+3*g.rng.Float64(), p.y-2))
	}
}

func drawTileEnd(g *pencil) {
	q := g.within(shift(0, 50))
	q.wash(q.ball(brick, -6, 8, 80, 80), circle(0, 0, 49))
	q.ink(bold, circle(0, 0, 49), circle(0, 0, 42.4))
	q.ink(thin, circle(0, 0, 41), circle(0, 0, 12), circle(0, 0, 13.4))
	for k := range 4 {
		r := q.within(spin(90 * float64(k)))
		r.ink(medium, poly(-1.1, 13.4, -1.1, 41), poly(1.1, 13.4, 1.1, 41))
		c := r.within(spin(-45))
		for _, side := range []float64{1, -1} {
			s := c.within(grow(side, 1))
			s.stroke(color.RGBA{214, 196, 172, 255}, 12, false, spiral(8.6, 29, 7.6, 100, -1.7), curve(1.4, 18, 2.6, 24, 7, 36.4))
			s.ink(medium, spiral(8.6, 29, 8.4, 100, -1.65), spiral(8.6, 29, 6.6, 100, -1.6))
			s.ink(thin, curve(0.6, 17, 1.6, 26, 7.4, 37.4))
		}
		c.boss(0, 37.6, 1.7)
	}
	q.boss(0, 0, 6.2)
	for k := range 8 {
		p := polar(9.4, 45*float64(k))
		q.boss(p.x, p.y, 1.3)
	}
	q.around(49, 42.4, 56, hair, func(int) []line { return []line{poly(0.1, 0.2, 0.9, 0.8)} })
	q.ink(medium, curve(-46, 16, -41, 12, -43, 6, -38, 3), curve(30, -38, 26, -33, 28, -28)) // cracks
	q.stipple(-49, -49, 49, 49, 4600, func(p pt) float64 { return 0.45 * b2f(p.distance(pt{}) < 48) * clamp01(0.45+(p.x-p.y)/110) })
}

func drawLacquerBox(g *pencil) {
	base := turnedFrom(curve(38.6, 0, 40, 1, 40.4, 3, 40.4, 22), 0.16)
	g.body(base, black, false)
	g.spreadRound(base, 5, 18, 12)
	lid := turnedFrom(curve(42.6, 21, 42.8, 23, 42.6, 34, 41.4, 36.4, 36, 38), 0.16)
	g.body(lid, black, false)
	g.spreadRound(lid, 24, 33, 12)
	top := ellipse(0, 38, 36, 5.8)
	g.wash(g.flat(lacquer, 26, 48), top)
	g.ink(medium, top, ellipse(0, 38, 32, 5.1), ellipse(0, 38, 13, 2.1))
	for i := range 12 {
		a := 30 * float64(i)
		p, r := polar(22, a), polar(22, a+15)
		g.stroke(amber, medium, true, spiral(p.x, 38+p.y*0.16, 3.4, a, 1.2).through(shift(0, 38).then(grow(1, 0.34)).then(shift(0, -38))))
		g.stroke(amber, thin, false, ellipse(r.x, 38+r.y*0.16, 1, 0.3))
	}
	for _, y := range []float64{2.6, 20.6} {
		g.stroke(lacquer, 9, false, base.ring(y))
	}
	g.stroke(lacquer, 9, false, lid.ring(22.6))
	g.stroke(amber, thin, false, lid.ring(34.6), lid.ring(22.6), base.ring(20.6))
	for _, side := range []float64{1, -1} {
		q := g.within(shift(side*41, 12))
		r := loop(0, 3, 3*side, 1.6, 3.4*side, -2.4, 0.6*side, -4, -1*side, -1)
		q.stroke(bronze, 7, false, r)
		q.ink(thin, r)
	}
}

// spreadRound paints red cloud scrolls around a black body.
func (g *pencil) spreadRound(t *turned, y0, y1 float64, n int) {
	for i := range n {
		for _, l := range cloud(i) {
			out := make(line, 0, len(l))
			for _, p := range l.dense(0.08) {
				out = append(out, t.at(-90+180*(float64(i)+p.x)/float64(n), lerp(y0, y1, p.y)))
			}
			g.stroke(lacquer, 5, true, out)
		}
	}
	g.stroke(lacquer, medium, false, t.ring(y0-1), t.ring(y1+1))
}

func drawScroll(g *pencil) {
	cloth := rect(-80, 6, 80, 64)
	g.wash(g.flat(color.RGBA{178, 156, 112, 255}, -20, 90), cloth)
	g.ink(medium, cloth.shut())
	for i := range 40 {
		for k := range 2 {
			g.stroke(color.RGBA{150, 128, 86, 255}, hair, false, circle(-78+4*float64(i), 8.6+52.6*float64(k), 1))
		}
	}
	pic := rect(-72, 12, 72, 58)
	g.wash(g.flat(color.RGBA{232, 216, 178, 255}, -20, 90), pic)
	g.ink(thin, pic.shut())
	ridge := func(y0, height float64, seed int, shade float32, rough float64) {
		l := line{{-72, y0}}
		for i := range 97 {
			x := -72 + 1.5*float64(i)
			h := 0.0
			for k := 1; k <= 5; k++ {
				h += math.Sin(x*0.045*float64(k)*1.37+float64(seed*k)*2.1) / float64(k)
			}
			l = append(l, pt{x, min(y0+max(0, height*(0.45+0.42*h))+g.rng.Float64()*rough, 57.6)})
		}
		l = append(l, pt{72, y0})
		inv := g.inverse()
		g.wash(func(x, y int) (float32, float32, float32, float32) {
			d := clamp01((inv.at(pt{float64(x), float64(y)}).y - y0) / (height + 1))
			return 78, 96, 92, shade * float32(0.15+0.85*d) * (1 + 0.25*g.noise(x, y))
		}, l)
		g.stroke(inkSoft, thin, true, l[1:len(l)-1])
		for i := 4; i < len(l)-6; i += 2 { // texture strokes
			p := l[i]
			for k := range 3 {
				dy := (p.y - y0) * (0.2 + 0.22*float64(k))
				if dy > 1 {
					g.stroke(inkSoft, hair, true, curve(p.x, p.y-dy*0.7, p.x+0.5, p.y-dy, p.x+0.3+g.rng.Float64(), p.y-dy*1.35))
				}
			}
		}
	}
	ridge(34, 20, 3, 0.35, 0.4)
	ridge(27, 17, 7, 0.55, 0.6)
	ridge(20, 9, 12, 0.75, 0.6)
	for i := range 7 { // water
		y := 14 + 1.1*float64(i)
		x := -60 + 16*float64(i%4)
		g.stroke(inkSoft, hair, true, curve(x, y, x+8, y+0.3, x+18, y), curve(x+40, y-0.4, x+50, y, x+60, y-0.3))
	}
	for _, b := range []struct{ x, y, k float64 }{{-30, 15.4, 1}, {22, 14.4, 1.3}, {44, 17, 0.7}} { // boats
		q := g.within(shift(b.x, b.y).then(grow(b.k, b.k)))
		q.outline(timber, thin, smooth(poly(-5, 1.4, -3, 0, 3, 0, 5.4, 1.6, 2, 0.9, -2, 0.9), true))
		q.outline(silk, thin, append(arc(0, 0.9, 2, 1.9, 0, 180), pt{-2, 0.9}))
		q.ink(hair, poly(3, 0.9, 3, 7), poly(3, 6.6, 0.2, 1.4))
	}
	for _, h := range []struct{ x, y, k float64 }{{-52, 22, 1}, {-44.6, 21.4, 0.8}, {8, 23, 0.9}, {60, 22, 1.1}} { // houses
		q := g.within(shift(h.x, h.y).then(grow(h.k, h.k)))
		q.outline(silk, hair, rect(-2.4, 0, 2.4, 2.2))
		q.outline(roof, thin, smooth(poly(-3.8, 2, -1.6, 3.6, 0, 4.6, 1.6, 3.6, 3.8, 2), false))
		q.ink(hair, poly(0, 0, 0, 2.2), poly(-2.4, 1.1, 2.4, 1.1))
	}
	for i := range 26 { // pines
		x := -70 + 5.6*float64(i) + 2*g.rng.Float64()
		y := 19.6 + 3*g.rng.Float64()
		k := 0.6 + 0.7*g.rng.Float64()
		q := g.within(shift(x, y).then(grow(k, k)))
		q.ink(thin, curve(0, 0, 0.3, 2.4, 0, 5))
		for n := range 4 {
			q.stroke(leafy, 4, true, curve(-2.4+0.4*float64(n), 2+0.9*float64(n), 0, 3+0.8*float64(n), 2.4-0.4*float64(n), 2+0.9*float64(n)))
			q.stroke(ink, hair, true, curve(-2.2+0.4*float64(n), 2+0.9*float64(n), 0, 2.9+0.8*float64(n), 2.2-0.4*float64(n), 2+0.9*float64(n)))
		}
	}
	g.outline(vermilion, hair, rect(66, 14, 69.6, 17.6))
	for _, side := range []float64{1, -1} { // rollers
		x := side * 81
		g.wash(g.ball(timber, x-1, 35, 4.6, 60), rect(x-2.8, 3, x+2.8, 67))
		g.ink(medium, rect(x-2.8, 3, x+2.8, 67).shut())
		for _, y := range []float64{0, 67} {
			knob := rect(x-1.7, y, x+1.7, y+3)
			g.wash(g.flat(jade, y-2, y+5), knob)
			g.ink(thin, knob.shut())
		}
	}
}

func drawStele(g *pencil) {
	// tortoise below
	shell := loop(-29, 6, -30.6, 11, -27, 17, -18, 20.6, 0, 21.6, 18, 20.6, 27, 17, 30.6, 11, 29, 6, 0, 4.6)
	for _, x := range []float64{-23, 23} {
		g.outline(stone, medium, loop(x-5, 0, x-5.6, 5, x, 8, x+5.6, 5, x+5, 0))
		g.ink(hair, poly(x-2, 0, x-2, 2), poly(x+1, 0, x+1, 2))
	}
	g.wash(g.ball(stone, 0, 12, 34, 13), shell)
	g.ink(bold, shell)
	for i := range 5 {
		x := -20 + 10*float64(i)
		hex := poly(x-4.4, 12, x-2.4, 16.4, x+2.4, 16.4, x+4.4, 12, x+2.4, 8, x-2.4, 8)
		g.ink(thin, hex.shut())
		g.ink(hair, inset(hex, 0.6).shut())
	}
	head := loop(-6, 3, -7, 9, -4, 13.6, 0, 14.6, 4, 13.6, 7, 9, 6, 3, 0, 0.4)
	g.wash(g.ball(stone, -1, 8, 8.4, 8.6), head)
	g.ink(bold, head)
	g.boss(-3, 9.4, 1.1)
	g.boss(3, 9.4, 1.1)
	g.ink(thin, curve(-4.6, 4.4, 0, 3, 4.6, 4.4), curve(-1.2, 7, 0, 6.4, 1.2, 7))
	slab := poly(-21.6, 20, 21.6, 20, 20, 93, -20, 93)
	g.wash(g.flat(stone, -10, 130), slab)
	g.ink(bold, slab.shut())
	g.ink(hair, poly(-19.4, 22, 19.4, 22, 18, 91.6, -18, 91.6).shut())
	for col := range 15 { // lines of writing, as strokes only: no text is invented
		x := 16.6 - 2.37*float64(col)
		n := 27
		if col == 14 {
			n = 11
		}
		for row := range n {
			y := 89.4 - 2.46*float64(row)
			for range 3 {
				dx, dy := g.rng.Float64()*1.1-0.55, g.rng.Float64()*1.1-0.55
				if g.rng.Float64() < 0.5 {
					g.stroke(inkSoft, hair, true, line{{x - 0.62, y + dy}, {x + 0.62, y + dy + 0.12}})
				} else {
					g.stroke(inkSoft, hair, true, line{{x + dx, y + 0.66}, {x + dx - 0.1, y - 0.66}})
				}
			}
		}
	}
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		for i := range 11 {
			q.brush(hair, spiral(20.2, 26+6*float64(i), 1, 90*float64(i%4), 1.4))
		}
	}
	// head of intertwined dragons
	crown := append(curve(-21.4, 93, -23, 100, -22, 109, -15, 116.6, 0, 119.6), curve(0, 119.6, 15, 116.6, 22, 109, 23, 100, 21.4, 93)...)
	g.wash(g.ball(stone, -2, 103, 28, 22), crown)
	g.ink(bold, crown.shut())
	for _, side := range []float64{1, -1} {
		for k := range 3 {
			d := 2.7 * float64(k)
			g.dragonStone(side, curve(1, 117-d, 11-d*0.4, 114.6-d*1.2, 18.6-d, 107-d, 19-d, 98, 15.4-d*0.6, 94.6))
		}
	}
	tablet := poly(-6.6, 96, 6.6, 96, 6.6, 107, 0, 112.6, -6.6, 107)
	g.wash(g.flat(stone, 80, 120), tablet)
	g.ink(medium, tablet.shut(), inset(tablet, 0.86).shut())
	for i := range 2 {
		for k := range 2 {
			g.ink(thin, rect(-4+4.4*float64(i), 97.6+4.6*float64(k), -0.6+4.4*float64(i), 101.4+4.6*float64(k)).shut(),
				poly(-2.3+4.4*float64(i), 98.4+4.6*float64(k), -2.3+4.4*float64(i), 100.8+4.6*float64(k)),
				poly(-3.4+4.4*float64(i), 99.6+4.6*float64(k), -1.2+4.4*float64(i), 99.6+4.6*float64(k)))
		}
	}
	g.stipple(0, 20, 22, 118, 2400, func(p pt) float64 { return 0.3 * clamp01((p.x-8)/14) })
}

// dragonStone is a carved body of scales along a line.
func (g *pencil) dragonStone(side float64, spine line) {
	q := g.within(grow(side, 1))
	q.stroke(inkSoft, 15, true, spine)
	q.stroke(color.RGBA{206, 198, 184, 255}, 12, true, spine)
	for i := 2; i < len(spine)-2; i += 2 {
		p := spine[i]
		q.stroke(inkSoft, hair, false, arc(p.x, p.y, 0.8, 0.8, 200, 340))
	}
}
