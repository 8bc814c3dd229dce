package drawing

// spread maps cells onto a flat front whose half width at a height is that of t.
func (g *pencil) spread(t *turned, y0, y1 float64, columns, rows int, width float64, cell func(i int) []line) {
	for row := range rows {
		for col := range columns {
			for _, l := range cell(row + col) {
				out := make(line, 0, len(l))
				for _, p := range l.dense(0.1) {
					y := lerp(y0, y1, (float64(row)+0.06+0.88*p.y)/float64(rows))
					u := (float64(col)+0.04+0.92*p.x)/float64(columns)*2 - 1
					out = append(out, pt{u * t.r(y) * 0.9, y})
				}
				g.stroke(ink, width, true, out)
			}
		}
	}
}

// dragon is a slender climbing beast with its head at the top, drawn along a
// line; side -1 mirrors it.
func (g *pencil) dragon(side float64, thick float64, spine line) {
	q := g.within(grow(side, 1))
	n := len(spine)
	left, right := make(line, 0, n), make(line, 0, n)
	for i, p := range spine {
		a, b := spine[max(i-1, 0)], spine[min(i+1, n-1)]
		d := a.distance(b)
		if d == 0 {
			continue
		}
		t := float64(i) / float64(n-1)
		w := thick * (0.35 + 0.75*t*(1.6-t))
		nx, ny := -(b.y-a.y)/d*w, (b.x-a.x)/d*w
		left, right = append(left, pt{p.x + nx, p.y + ny}), append(right, pt{p.x - nx, p.y - ny})
	}
	body := append(append(line{}, left...), right.reversed()...)
	q.wash(q.flat(patina, -20, 120), body)
	q.ink(medium, left, right)
	for i := 3; i < len(left)-2; i += 3 {
		q.ink(hair, line{left[i], between(left[i+1], right[i+1], 0.5), right[i]})
	}
	end := spine[n-1]
	head := loop(-1.1, -0.6, -1.2, 0.7, 0.1, 1.5, 1.3, 1.1, 2.6, 0.9, 3.0, 0.3, 2.2, -0.1, 2.6, -0.7, 1.2, -0.9).through(shift(end.x, end.y).then(grow(thick*1.25, thick*1.25)))
	q.wash(q.flat(patina, -20, 120), head)
	q.ink(medium, head)
	q.boss(end.x+thick*0.7, end.y+thick*0.6, thick*0.34)
	q.brush(medium, spiral(end.x-thick*0.6, end.y+thick*2, thick*1.1, 280, -1.3), spiral(end.x-thick*1.9, end.y+thick*0.9, thick*0.8, 330, -1.2))
}

func drawFangHu(g *pencil) {
	// two beasts carry the vessel
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		b := loop(2, 2.4, 3.4, 5.6, 8, 6.8, 14, 6.6, 19, 6.6, 22, 8, 25.4, 8.4, 28.6, 6.6, 30.4, 4.8, 29, 3.4, 26, 3.8, 23.4, 3, 22.4, 0.2, 19.4, 0, 18.8, 2.6, 14, 3, 10, 2.4, 9.6, 0, 6, 0, 5.4, 2, 3.4, 1.4)
		q.wash(q.ball(patina, 14, 4, 18, 5), b)
		q.ink(medium, b)
		q.boss(26.2, 6.6, 0.7)
		q.brush(medium, curve(3, 3, -0.6, 3.4, -0.4, 6, 1.6, 5.8), curve(24, 8, 22.4, 10.2, 20, 10.2))
		q.brush(thin, spiral(8, 4.2, 1.9, 0, 1.5), spiral(20.4, 4.4, 1.5, 180, -1.5), curve(27, 4.4, 28.6, 4.8, 30, 4.4))
		for k := range 5 {
			q.ink(hair, arc(11+1.7*float64(k), 5, 0.8, 0.8, 200, 340))
		}
	}
	t := turnedFrom(curve(17.5, 7, 18.8, 9.4, 17.6, 12, 17.4, 14, 20.4, 22, 22.4, 32, 21.4, 43, 17, 55, 12.6, 66, 11.4, 77, 11.4, 88, 12.6, 95, 14.6, 99), 0)
	g.wash(g.flat(patina, -10, 105), t.shape())
	for _, side := range []float64{1, -1} { // the sides of a square body turn away
		edge, wall := make(line, 0), make(line, 0)
		for _, p := range t.profile {
			edge, wall = append(edge, pt{side * p.x * 0.9, p.y}), append(wall, pt{side * p.x, p.y})
		}
		if side > 0 {
			g.wash(func(int, int) (float32, float32, float32, float32) { return 52, 66, 58, 0.34 }, append(append(line{}, edge...), wall.reversed()...))
		} else {
			g.wash(func(int, int) (float32, float32, float32, float32) { return 236, 240, 222, 0.3 }, append(append(line{}, edge...), wall.reversed()...))
		}
		g.ink(thin, edge)
	}
	g.ink(bold, t.profile, t.profile.mirrored(), poly(-17.5, 7, 17.5, 7), poly(-14.6, 99, 14.6, 99))
	for _, y := range []float64{10.5, 14, 19.5, 46.5, 49, 64, 66.5, 83, 85.5, 96} {
		g.ink(thin, poly(-t.r(y), y, t.r(y), y))
	}
	g.spread(t, 14.2, 19.2, 14, 1, hair, scales)
	g.spread(t, 20, 46, 8, 5, thin, cloud)
	g.spread(t, 49.2, 63.6, 6, 3, thin, cloud)
	g.spread(t, 67, 82.6, 5, 1, thin, leaf)
	g.spread(t, 85.8, 95.6, 7, 1, thin, waves)
	g.spread(t, 7.4, 10.2, 16, 1, hair, rope)
	g.stipple(6, 7, 22, 98, 3600, func(p pt) float64 { return clamp01((p.x/t.r(p.y)-0.3)*0.8) * b2f(p.x < t.r(p.y)*0.98) })
	// beasts at the corners of the belly
	for _, side := range []float64{1, -1} {
		g.dragon(side, 1.15, curve(13, 20, 19.5, 22, 22.4, 28, 19.8, 33, 21.4, 38, 24.4, 40))
	}
	// the great dragons that are its handles
	for _, side := range []float64{1, -1} {
		g.dragon(side, 1.75, curve(17, 54, 22.5, 55, 26.6, 59, 24.2, 66, 18.6, 71, 18.8, 78, 23.6, 84, 22.4, 90, 16.8, 91.6, 17, 96.4, 21.6, 98.6))
	}
	// the crown of lotus petals, back row first
	for _, row := range []struct{ n, lift, span float64 }{{6, 3.2, 16.5}, {7, 0, 18.4}} {
		for i := range int(row.n) {
			u := (float64(i)+0.5)/row.n*2 - 1
			q := g.within(shift(u*row.span*0.8, 98+row.lift).then(spin(-u * 34)))
			p := loop(-2.6, 0, -3.4, 5, -2.6, 10, -0.8, 13, 0, 13.6, 0.8, 13, 2.6, 10, 3.4, 5, 2.6, 0)
			q.wash(q.flat(patina, -4, 14), p)
			q.ink(medium, p)
			q.ink(hair, inset(p, 0.78), poly(0, 1, 0, 12))
			for k := range 5 {
				y := 2 + 2*float64(k)
				q.ink(hair, ellipse(-1, y, 0.6, 0.7), ellipse(1, y, 0.6, 0.7))
			}
		}
	}
	g.crane(0, 110)
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// crane stands with open wings on (x, y).
func (g *pencil) crane(x, y float64) {
	q := g.within(shift(x, y))
	q.ink(medium, poly(-0.7, 0, -0.8, 4.4), poly(0.9, 0, 0.7, 4.4), poly(-2, 0, 0, 0.2), poly(0, 0.1, 2.2, 0))
	tail := loop(-2.4, 5, -5.4, 2.6, -6, 1.8, -3.6, 2.6, -1.4, 4)
	q.wash(q.flat(patina, 0, 14), tail)
	q.ink(thin, tail)
	for _, side := range []float64{1, -1} {
		w := q.within(grow(side, 1))
		// raised wings: a leading edge, long flight feathers hanging from it
		edge := curve(1, 7.6, 3.6, 10.6, 7, 13.6, 10.6, 15.6, 13.6, 16)
		n := len(edge) - 1
		for i := range 9 {
			t := 0.16 + 0.84*float64(8-i)/8
			from := edge[int(t*float64(n))]
			reach := 2.6 + 5.2*t
			feather := loop(from.x-0.8, from.y+0.2, from.x+0.35*reach+0.3, from.y-0.5*reach, from.x+0.16*reach+0.6*t, from.y-reach, from.x-0.12*reach, from.y-0.62*reach)
			w.wash(w.flat(patina, 0, 18), feather)
			w.ink(thin, feather)
			w.ink(hair, line{from, {from.x + 0.12*reach + 0.5*t, from.y - 0.86*reach}})
		}
		shoulder := append(append(line{}, edge...), curve(13.2, 15, 10.4, 13.6, 7, 11, 4, 7.6, 1.8, 5.4)...)
		w.wash(w.flat(patina, 2, 20), shoulder)
		w.ink(medium, shoulder.shut())
		for i := range 7 {
			t := 0.1 + 0.12*float64(i)
			p := edge[int(t*float64(n))]
			w.ink(hair, arc(p.x+0.6, p.y-0.9, 0.7, 0.6, 190, 340), arc(p.x+0.9, p.y-1.9, 0.6, 0.5, 190, 340))
		}
	}
	body := loop(-2.6, 5, -2.4, 7.6, -0.4, 9.2, 1.8, 8.4, 2.6, 6.2, 1.2, 4, -1, 3.8)
	q.wash(q.ball(patina, 0, 6.4, 3.4, 3.6), body)
	q.ink(medium, body)
	neck := append(curve(-0.6, 8.6, -1.5, 10.6, -0.6, 12.4, 0.2, 13.8), curve(1.5, 13.4, 1, 11.8, 0.6, 10.4, 1.4, 8.4)...)
	q.wash(q.flat(patina, 2, 16), neck)
	q.ink(thin, neck.shut())
	head := loop(-0.2, 13.2, 0, 14.6, 1.2, 15, 2.1, 14.4, 4.8, 13.6, 2, 13.3, 1, 12.9)
	q.wash(q.flat(patina, 2, 16), head)
	q.ink(thin, head)
	q.fill(ink, circle(1.1, 14.1, 0.22))
	for i := range 3 {
		q.ink(hair, arc(0, 5+float64(i)*1.2, 1.5, 0.8, 200, 340))
	}
}

func drawOwlZun(g *pencil) {
	// tail behind, wings, legs, body, head
	tail := loop(-4, 2, -5, 9, -2, 14, 2, 14, 5, 9, 4, 2, 2.4, 0, -2.4, 0)
	g.wash(g.flat(patina, -4, 24), tail)
	g.ink(medium, tail)
	for i := range 5 {
		x := -3 + 1.5*float64(i)
		g.ink(hair, curve(x, 1, x*1.1, 6, x*0.7, 12))
	}
	body := loop(0, 6, -7, 7.4, -11.2, 13, -12, 20, -10.4, 26.6, -8, 30, 0, 31, 8, 30, 10.4, 26.6, 12, 20, 11.2, 13, 7, 7.4)
	g.wash(g.ball(patina, 0, 19, 13.4, 14.5), body)
	g.ink(bold, body)
	g.meander(0, 18.6, 11.4, 12, 1.05)
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		leg := loop(3, 8.6, 2.6, 5, 3.2, 2.4, 1.6, 0.8, 2.4, 0, 8.4, 0, 9, 1, 7.4, 2.4, 8.2, 5.4, 8.4, 9.6)
		q.wash(q.flat(patina, -3, 12), leg)
		q.ink(medium, leg)
		q.meander(5.5, 6, 2.5, 3, 0.8)
		q.wash(q.ball(patina, 5.6, 6.2, 2.6, 2.4), circle(5.6, 6.4, 2.1))
		q.ink(thin, circle(5.6, 6.4, 2.1))
		for i := range 3 {
			q.ink(thin, curve(3.2+1.8*float64(i), 0.1, 3.6+1.8*float64(i), 1.2, 3.4+1.8*float64(i), 2))
		}
		q.ink(hair, spiral(5.6, 6.4, 1.9, 90, -1.8))
		// wing with a coiled snake
		wing := loop(6.4, 27, 10.8, 27.4, 14.2, 23, 15, 17, 13.6, 11.6, 11, 8.4, 10.4, 12, 7.6, 15, 5.4, 19.4, 5, 23.6)
		q.wash(q.ball(patina, 10, 18, 8, 12), wing)
		q.ink(medium, wing)
		for k := range 4 {
			q.ink(thin, spiral(9.2, 21.4, 4.1-0.28*float64(k), 60+8*float64(k), -2.2))
		}
		for k := range 6 {
			t := float64(k) / 5
			q.brush(thin, curve(7.2+3.2*t, 16.8-1.2*t, 9.6+2.4*t, 13.6-1.4*t, 11+2.4*t, 9.2+1.8*t))
		}
		q.boss(9.2, 21.4, 0.75)
	}
	for row := range 4 { // feathers of the breast, the upper rows over the lower
		n := 3 + row
		for i := range n {
			x, y := (float64(i)-float64(n-1)/2)*2, 9.4+2.1*float64(row)
			f := append(arc(x, y+1.6, 1, 2, 180, 360), pt{x + 1, y + 2.6}, pt{x - 1, y + 2.6})
			g.wash(g.ball(patina, x-0.2, y+1.4, 1.8, 2.4), f)
			g.ink(thin, arc(x, y+1.6, 1, 2, 180, 360), arc(x, y+1.7, 0.55, 1.2, 180, 360))
			g.ink(hair, poly(x, y, x, y+1.6))
		}
	}
	g.taotie(0, 22, 10.4, 7.2)
	head := loop(0, 27, -5, 27.6, -8.8, 30, -10, 34, -8.6, 38.2, -4.4, 40.4, 0, 40.6, 4.4, 40.4, 8.6, 38.2, 10, 34, 8.8, 30, 5, 27.6)
	g.wash(g.ball(patina, 0, 34, 11.4, 8), head)
	g.meander(0, 34, 9.6, 6.6, 0.95)
	g.ink(bold, head)
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		horn := loop(3.2, 39.4, 4, 43, 5.4, 45.6, 7.6, 45.4, 8.8, 42.6, 8.4, 38.8, 6, 38.2)
		q.wash(q.flat(patina, 34, 48), horn)
		q.ink(medium, horn)
		q.ink(hair, inset(horn, 0.72), spiral(6.3, 41.6, 1.4, 90, -1.6))
		eye := circle(4.3, 34.6, 3.2)
		q.wash(q.ball(patina, 3.6, 35.2, 4.6, 4.6), eye)
		q.ink(medium, eye, circle(4.3, 34.6, 2.4))
		q.boss(4.3, 34.6, 1.25)
		for k := range 12 {
			a := polar(2.5, 30*float64(k))
			b := polar(3.1, 30*float64(k)+12)
			q.ink(hair, line{{4.3 + a.x, 34.6 + a.y}, {4.3 + b.x, 34.6 + b.y}})
		}
		q.brush(thin, curve(1, 37.6, 3.6, 39, 7, 38.2, 8.8, 36))
		brow := loop(1.2, 37.6, 3.6, 38.8, 6.6, 38.2, 8.4, 36.2, 7.8, 35.8, 6.2, 37.4, 3.8, 38, 1.6, 37)
		q.wash(q.ball(patina, 4, 38, 6, 3), brow)
		q.ink(thin, brow)
	}
	beak := loop(0, 36.6, -1.7, 34, -1.5, 30.4, 0, 27, 1.5, 30.4, 1.7, 34)
	g.wash(g.ball(bronze, -0.2, 32, 2.6, 5.4), beak)
	g.ink(medium, beak)
	g.ink(hair, curve(-1.3, 31.4, 0, 30.6, 1.3, 31.4), curve(0, 36, 0.2, 32, 0, 28))
	lid := loop(-3.4, 40.4, -2.6, 42, -0.9, 42.6, -0.8, 44.2, 0.4, 45.4, 1.6, 44.8, 2.4, 44.2, 1.5, 43.8, 1.4, 42.4, 3.2, 41.8, 3.4, 40.5)
	g.wash(g.flat(patina, 36, 48), lid)
	g.ink(medium, lid)
	g.ink(hair, curve(-2.8, 41.4, 0, 40.9, 2.8, 41.4), curve(-0.6, 42.6, 0.4, 42.2, 1.3, 42.6), arc(0.2, 43.2, 0.6, 0.4, 190, 340))
	g.fill(ink, circle(0.6, 44.5, 0.16))
	g.stipple(0, 6, 15, 40, 2600, func(p pt) float64 {
		return 0.5 * clamp01((p.x-6)/8) * b2f((p.x/12.5)*(p.x/12.5)+((p.y-20)/14)*((p.y-20)/14) < 1)
	})
}

func drawSquareDing(g *pencil) {
	for _, x := range []float64{-15.5, 15.5} { // legs behind
		leg := rect(x-4, 6, x+4, 38)
		g.wash(g.flat(dark, 0, 60), leg)
		g.ink(medium, leg.shut())
	}
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		t := turnedFrom(curve(5.2, 0, 4.8, 3, 4.6, 10, 4.9, 24, 5.6, 32, 6, 39), 0.08)
		leg := q.within(shift(21.5, 0))
		leg.body(t, patina, false)
		leg.rings(t, thin, 26, 28)
		leg.spread(t, 28.4, 37, 2, 1, thin, cloud)
		ear := append(curve(8, 88, 7.6, 94, 9.4, 98.6, 15, 100, 20.6, 98.6, 22.4, 94, 22, 88), curve(18.4, 88, 18.6, 92.4, 17.6, 95.6, 15, 96.4, 12.4, 95.6, 11.4, 92.4, 11.6, 88)...)
		q.wash(q.flat(patina, 80, 104), ear)
		q.ink(bold, ear.shut())
		q.ink(hair, curve(9.6, 89, 9.4, 94.4, 11, 97.4, 15, 98.4, 19, 97.4, 20.6, 94.4, 20.4, 89))
	}
	body := poly(-28.6, 36, 28.6, 36, 31, 85, -31, 85)
	g.wash(g.flat(patina, 20, 100), body)
	g.ink(bold, body.shut())
	rim := poly(-33, 85, 33, 85, 33, 89.4, -33, 89.4)
	g.wash(g.flat(patina, 70, 92), rim)
	g.ink(bold, rim.shut())
	g.taotie(0, 75, 56, 15)
	g.ink(thin, poly(-30.4, 83.6, 30.4, 83.6), poly(-29.8, 66.4, 29.8, 66.4))
	for row := range 3 {
		for i := range 13 {
			g.boss(-24.6+4.1*float64(i), 39.8+4.2*float64(row), 1.35)
		}
	}
	for col := range 3 {
		for i := range 3 {
			y := 52.4 + 4.5*float64(i)
			for _, side := range []float64{1, -1} {
				g.boss(side*(24.6+0.06*(y-40)-4.1*float64(col)), y, 1.35)
			}
		}
	}
	g.ink(hair, rect(-13.4, 51.6, 13.4, 64.6).shut())
	for _, side := range []float64{1, -1} { // flanges at the corners
		for i := range 9 {
			y := 39 + 5*float64(i)
			g.outline(patina, thin, rect(side*(29.0+0.05*(y-36))-0.9, y, side*(29.0+0.05*(y-36))+0.9, y+3.4))
		}
	}
	g.stipple(8, 37, 30, 84, 2600, func(p pt) float64 { return 0.42 * clamp01((p.x-10)/20) })
}

func drawRoundDing(g *pencil) {
	back := g.within(shift(0, 3))
	leg := turnedFrom(curve(4.4, 0, 3.8, 2, 3.4, 9, 3.8, 18, 5.6, 26, 6.6, 32), 0.1)
	back.body(leg, dark, false)
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		ear := append(curve(16, 74, 15.6, 82, 18, 88, 23.5, 90, 29, 88, 31.4, 82, 31, 74), curve(26.6, 74, 26.8, 80, 25.6, 84, 23.5, 85, 21.4, 84, 20.2, 80, 20.4, 74)...)
		q.wash(q.flat(patina, 66, 94), ear)
		q.ink(bold, ear.shut())
		q.ink(hair, curve(18.2, 75, 18, 82, 20, 86.6, 23.5, 87.8, 27, 86.6, 29, 82, 28.8, 75))
	}
	t := turnedFrom(curve(0.5, 22, 14, 23.4, 25, 28, 32.4, 37, 35.4, 48, 35.6, 58, 34.4, 66, 34, 71, 36.6, 74), 0.07)
	g.body(t, patina, true)
	g.rings(t, medium, 70.4)
	for i := range 3 {
		g.bandTaotie(t, -60+60*float64(i), 60, 68.5, 54)
	}
	g.rings(t, thin, 53, 69.4, 51)
	g.band(t, 42.5, 51, 12, thin, leaf3)
	g.band(t, 36, 42, 16, hair, scales)
	for _, x := range []float64{-24, 24} {
		l := g.within(shift(x, 0))
		l.body(leg, patina, false)
		l.spread(leg, 20, 30, 2, 1, thin, cloud)
		l.rings(leg, thin, 19, 30.5, 4)
		l.rings(leg, hair, 5.6, 17.6)
	}
}

// leaf3 is leaf hanging down.
func leaf3(i int) []line {
	out := leaf(i)
	for k := range out {
		out[k] = out[k].through(affine{1, 0, 0, 0, -1, 1})
	}
	return out
}

// bandTaotie puts a mask on a round body around an angle.
func (g *pencil) bandTaotie(t *turned, degrees, span, y1, y0 float64) {
	mid := (y0 + y1) / 2
	a, b := t.at(degrees-span/2, mid), t.at(degrees+span/2, mid)
	if b.x-a.x < 1 {
		return
	}
	q := g.within(affine{1, 0, (a.x + b.x) / 2, (b.y - a.y) / (b.x - a.x), 1, (a.y + b.y) / 2})
	q.taotie(0, 0, (b.x-a.x)*0.97, (y1-y0)*0.98)
}

func drawGui(g *pencil) {
	base := rect(-27, 0, 27, 15)
	g.wash(g.flat(bronze, -4, 20), base)
	g.ink(bold, base.shut())
	g.strip(-26, 2, 26, 13, 5, thin, waves)
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		handle := append(curve(29, 52, 35, 57, 42, 55, 44.6, 47, 43, 37, 38.6, 30, 35, 24, 38, 18, 40.6, 19.6), curve(42.6, 17.2, 38, 14.6, 31.4, 18, 31.4, 25, 36, 31.4, 39.4, 38, 40, 46, 38, 50.4, 34, 50, 30, 47)...)
		q.wash(q.flat(bronze, 10, 64), handle)
		q.ink(bold, handle.shut())
		head := loop(30, 51, 31, 57.4, 34.6, 61.4, 36.4, 66, 39.4, 61.6, 44, 60.4, 46.4, 56, 44.6, 52.6, 46, 50, 42, 49.6, 38, 51.8, 33, 49.8)
		q.wash(q.ball(bronze, 38, 56, 9, 9), head)
		q.ink(medium, head)
		q.boss(39.6, 56.8, 1.4)
		q.brush(thin, spiral(35, 58.6, 2.4, 0, 1.4), curve(41, 53, 44, 53.4, 46, 52))
		for i := range 6 {
			y := 46 - 4*float64(i)
			q.ink(hair, arc(41.4-0.05*float64(i*i), y, 2.1, 1.5, 180, 360))
		}
	}
	t := turnedFrom(append(curve(22.6, 15, 23.6, 17, 21.6, 21, 21, 24), curve(27, 27, 31.6, 34, 32.4, 42, 30.8, 49, 30.6, 54, 33.6, 58)...), 0.07)
	g.body(t, bronze, true)
	g.rings(t, medium, 24, 55.4)
	g.band(t, 46.4, 54, 9, thin, cloud)
	for i := range 6 {
		g.rings(t, thin, 28+2.9*float64(i))
		if i > 0 {
			g.rings(t, hair, 27.2+2.9*float64(i))
		}
	}
	g.rings(t, thin, 45.2)
	g.band(t, 17, 22, 12, thin, scales)
	q := g.within(shift(0, 48.2))
	m := loop(0, -2.6, -2.4, -1.6, -3.6, 1, -3.2, 4.4, -1.4, 5.6, 0, 5, 1.4, 5.6, 3.2, 4.4, 3.6, 1, 2.4, -1.6)
	q.wash(q.ball(bronze, 0, 1.2, 4.2, 4.6), m)
	q.ink(medium, m)
	q.boss(-1.5, 2.2, 0.7)
	q.boss(1.5, 2.2, 0.7)
	q.ink(thin, curve(-1.4, -1, 0, -1.8, 1.4, -1), poly(0, 4.6, 0, 0))
}

func drawJue(g *pencil) {
	back := poly(8, 32, 15, 32, 20, 2, 17.4, 0)
	g.outline(dark, medium, back)
	cup := append(curve(-13, 30, -6, 27.4, 4, 27, 13, 30), curve(14.6, 40, 14, 52, 16, 58.6, 24, 63, 33, 69.6, 36.6, 74)...)
	cup = append(cup, curve(30, 71.8, 20, 66.8, 10, 64.2, 0, 63.4, -8, 63.6, -18, 66.4, -30, 71.4, -37, 76)...)
	cup = append(cup, curve(-38, 72, -36.4, 67, -28, 61.4, -19.6, 57.6, -15, 52, -14.4, 40, -13, 30)...)
	g.wash(g.ball(bronze, -4, 48, 34, 30), cup)
	g.ink(bold, cup)
	g.fill(dark, append(curve(-37, 76, -30, 71.4, -18, 66.4, -8, 63.6, 0, 63.4, 10, 64.2, 20, 66.8, 30, 71.8, 36.6, 74), curve(28, 69.2, 18, 64.8, 8, 62.2, 0, 61.6, -8, 61.9, -19, 64.6, -30, 69.4, -36.6, 74)...))
	for _, x := range []float64{-15, -8.4} {
		post := poly(x-0.9, 64, x+0.9, 64, x+0.9, 76, x-0.9, 76)
		g.outline(bronze, thin, post)
		cap := append(arc(x, 75.6, 3.1, 5.6, 0, 180), pt{x - 3.1, 75.6})
		g.wash(g.ball(bronze, x, 76, 3.4, 6), cap)
		g.ink(medium, cap.shut())
		g.ink(hair, arc(x, 75.6, 2.1, 4, 0, 180), poly(x-3, 77, x+3, 77))
	}
	t := turnedFrom(poly(13.4, 30, 14.2, 36, 14.4, 46, 14.2, 54), 0.05)
	g.rings(t, thin, 36, 50)
	q := g.within(shift(-1, 43))
	q.taotie(0, 0, 26, 13)
	for i := range 9 {
		a := t.at(-80+20*float64(i), 52.4)
		b := t.at(-80+20*float64(i), 33.6)
		g.boss(a.x, a.y, 0.8)
		g.boss(b.x, b.y, 0.8)
	}
	g.brush(thin, curve(-19, 60, -26, 64, -34, 69.6), curve(-17, 57.6, -24, 61.6, -31, 66), spiral(-26, 65.4, 1.6, 0, 1.3), curve(19, 62, 26, 66, 32, 70))
	handle := append(curve(13.4, 54, 20, 55.4, 23.4, 50, 22, 42, 17, 37, 13.6, 36), curve(14, 39, 16.6, 40.4, 19.2, 44, 20, 49.4, 18, 52, 13.8, 51)...)
	g.wash(g.flat(bronze, 30, 60), handle)
	g.ink(medium, handle.shut())
	g.boss(19.4, 53, 1)
	for _, leg := range []line{poly(-13, 31, -5.6, 28, -13, 1, -16.4, 0), poly(2, 27.4, 9.4, 28.6, 5.4, 0.6, 2.6, 0)} {
		g.wash(g.flat(bronze, -10, 36), leg)
		g.ink(medium, leg.shut())
		g.ink(hair, line{between(leg[0], leg[1], 0.5), between(leg[2], leg[3], 0.5)})
	}
	g.stipple(0, 28, 16, 60, 900, func(p pt) float64 { return 0.5 * clamp01((p.x-3)/12) })
}

func drawJin(g *pencil) {
	top := poly(-52, 30, 52, 30, 46, 36, -46, 36)
	g.wash(g.flat(bronze, 24, 40), top)
	g.ink(bold, top.shut())
	g.ink(hair, poly(-49, 33, 49, 33))
	body := rect(-52, 12, 52, 30)
	g.wash(g.flat(dark, 4, 40), body)
	for row := range 6 {
		for col := range 36 {
			x, y := -50.4+2.88*float64(col), 13.6+3*float64(row)
			turn := 1.35
			if (row+col)%2 == 0 {
				turn = -1.35
			}
			c := spiral(x, y, 1.5, 90*float64((row*3+col)%4), turn)
			g.stroke(bronze, bold*1.1, false, c)
			g.stroke(ink, hair, false, c.through(shift(0.12, -0.14)))
		}
	}
	g.ink(bold, body.shut())
	g.ink(thin, poly(-52, 13.4, 52, 13.4), poly(-52, 28.4, 52, 28.4))
	for i := range 6 { // beasts climbing the sides, looking in
		x := -43 + 17.2*float64(i)
		side := 1.0
		if i >= 3 {
			side = -1
		}
		q := g.within(shift(x, 0).then(grow(side, 1)))
		b := append(curve(-1.6, 12, -3.4, 18, -2.6, 25, -0.6, 31, 2.4, 36, 4.4, 37.4), curve(3.6, 34.4, 1.8, 30, 1.4, 25, 2, 18, 1.6, 12)...)
		q.wash(q.flat(patina, 6, 44), b)
		q.ink(medium, b.shut())
		for k := range 5 {
			q.ink(hair, arc(-0.6, 15+3.4*float64(k), 2, 1.2, 200, 340))
		}
		head := loop(2.4, 34.8, 2, 38, 4, 40.4, 6.8, 40, 9, 38.6, 9.2, 37, 7, 36.8, 8.4, 35.4, 5.8, 34.4)
		q.wash(q.ball(patina, 5, 37.6, 4.4, 4), head)
		q.ink(medium, head)
		q.boss(5.4, 38.6, 0.6)
		q.brush(thin, spiral(2.4, 41.4, 1.7, 300, -1.5), curve(8.4, 36.6, 10.4, 35.6, 11, 33.6))
	}
	for i := range 6 { // crouching beasts below
		x := -44 + 17.6*float64(i)
		q := g.within(shift(x, 0))
		b := loop(-5, 0, -6.2, 3, -5, 8, -1, 11.6, 4, 11.8, 6, 8.6, 5, 5.6, 6.6, 2.6, 6, 0, 3, 0, 2, 3.4, -1.4, 3.6, -2.4, 0)
		q.wash(q.ball(patina, 0, 6, 8, 8), b)
		q.ink(medium, b)
		q.boss(3.8, 9.2, 0.7)
		q.ink(hair, spiral(-2, 7, 2.2, 0, 1.6), curve(3, 6.6, 5, 7, 6, 7.6))
	}
	for _, side := range []float64{1, -1} {
		q := g.within(shift(side*57, 0).then(grow(side, 1)))
		b := append(curve(-5, 14, -4.4, 22, -2, 30, 2, 35, 5, 36), curve(4, 32, 2, 26, 1.6, 20, 4, 14, 7, 10, 6, 8, 1, 9)...)
		q.wash(q.flat(patina, 6, 44), b)
		q.ink(medium, b.shut())
		q.brush(thin, spiral(4.4, 38.4, 1.8, 280, -1.5))
		q.boss(3.8, 34.4, 0.6)
	}
}

func drawBellSet(g *pencil) {
	post := func(x float64) {
		g.wash(g.flat(timber, 0, 110), rect(x-2.6, 4, x+2.6, 108))
		g.ink(medium, rect(x-2.6, 4, x+2.6, 108).shut())
		foot := poly(x-12, 0, x+12, 0, x+8, 4, x-8, 4)
		g.wash(g.flat(bronze, -4, 8), foot)
		g.ink(medium, foot.shut())
	}
	post(-92)
	post(92)
	post(0)
	for _, b := range []struct{ y, x0, x1 float64 }{{104, -94, 94}, {70, -98, 98}, {38, -98, 98}} {
		beam := rect(b.x0, b.y, b.x1, b.y+5.4)
		g.wash(g.flat(lacquer, b.y-4, b.y+9), beam)
		g.ink(medium, beam.shut())
		g.strip(b.x0+8, b.y+0.9, b.x1-8, b.y+4.5, 44, hair, cloud)
		for _, x := range []float64{b.x0, b.x1} {
			end := rect(x-3.4, b.y-0.8, x+3.4, b.y+6.2)
			g.wash(g.flat(bronze, b.y-4, b.y+9), end)
			g.ink(medium, end.shut())
		}
	}
	row := func(y float64, n int, x0, x1, first, last float64) {
		for i := range n {
			t := float64(i) / float64(n-1)
			g.bell(lerp(x0, x1, t), y, lerp(first, last, t))
		}
	}
	row(104, 9, -82, -10, 13.6, 9)
	row(104, 9, 11, 83, 13, 8.2)
	row(70, 7, -82, -11, 17.4, 13)
	row(70, 7, 12, 83, 16, 11.4)
	row(38, 4, -78, -16, 30, 25)
	row(38, 5, 15, 82, 26, 18)
}

// bell hangs from y, h high.
func (g *pencil) bell(x, y, h float64) {
	q := g.within(shift(x, y-h).then(grow(h/30, h/30)))
	q.outline(bronze, thin, rect(-1.6, 23, 1.6, 30))
	l := append(curve(-11, 0.6, -5, 3.2, 0, 3.8, 5, 3.2, 11, 0.6), poly(8, 24, -8, 24)...)
	q.wash(q.ball(bronze, -1, 13, 13, 17), l)
	q.ink(medium, l.shut())
	for _, side := range []float64{1, -1} {
		for r := range 3 {
			for k := range 3 {
				q.boss(side*(2.6+2.3*float64(k)*(1+0.02*float64(r))), 21.6-3.1*float64(r), 0.72)
			}
		}
	}
	q.ink(hair, rect(-1.2, 13.4, 1.2, 23).shut(), poly(-9.3, 13, 9.3, 13), poly(-8.4, 17, 8.4, 17), poly(-8.2, 20, 8.2, 20))
	q.brush(hair, spiral(-3.4, 8.4, 2.8, 0, 1.8), spiral(3.4, 8.4, 2.8, 180, -1.8), spiral(-7, 6.6, 1.5, 90, 1.4), spiral(7, 6.6, 1.5, 90, -1.4))
}

func drawSword(g *pencil) {
	draw := func(y, thick float64, side bool) {
		q := g.within(shift(0, y))
		h := 5.4 * thick
		blade := poly(-22, -h, 46, -h*0.82, 54, -h*0.5, 59, 0, 54, h*0.5, 46, h*0.82, -22, h)
		q.wash(q.flat(stone, -h*1.4, h*1.4), blade)
		q.wash(func(int, int) (float32, float32, float32, float32) { return 120, 84, 60, 0.4 }, poly(-22, 0, 58, 0, 54, h*0.5, 46, h*0.82, -22, h))
		q.ink(bold, blade.shut())
		if !side {
			q.ink(thin, poly(-22, 0, 58, 0))
			for i := range 46 { // rust
				x := -20 + 1.5*float64(i) + g.rng.Float64()
				yy := (g.rng.Float64()*2 - 1) * h * 0.7
				q.stroke(inkSoft, hair, false, loop(x, yy, x+0.7, yy+0.4, x+1.3, yy, x+0.6, yy-0.4))
			}
		}
		guard := loop(-24.6, -h*0.72, -25, 0, -24.6, h*0.72, -22.6, h*1.06, -20.4, h*0.9, -20.8, 0, -20.4, -h*0.9, -22.6, -h*1.06)
		q.wash(q.flat(jade, -h, h*1.4), guard)
		q.ink(medium, guard)
		hilt := append(curve(-24.6, -h*0.55, -38, -h*0.5, -48, -h*0.56, -50, -h*0.62), curve(-50, h*0.62, -48, h*0.56, -38, h*0.5, -24.6, h*0.55)...)
		q.wash(q.flat(jade, -h, h), hilt)
		q.ink(bold, hilt.shut())
		pommel := loop(-50, -h*0.66, -54, -h*0.8, -58.6, -h*0.6, -59.6, 0, -58.6, h*0.6, -54, h*0.8, -50, h*0.66)
		q.wash(q.ball(jade, -55, 0, 6, h), pommel)
		q.ink(medium, pommel)
		if !side {
			q.strip(-48, -h*0.4, -26, h*0.4, 5, thin, cloud)
			for i := range 5 {
				q.outline(celadon, hair, rect(-57.4+1.5*float64(i), -h*0.3, -56.4+1.5*float64(i), h*0.3))
			}
		}
		q.soft(hair, poly(-66, 0, -61, 0), poly(60.5, 0, 66, 0))
	}
	draw(37, 1.5, false)
	draw(12, 0.62, true)
}

func drawMirror(g *pencil) {
	disc := circle(0, 50, 49)
	g.wash(g.flat(patina, -10, 110), disc)
	g.ink(bold, disc, circle(0, 50, 44.5))
	q := g.within(shift(0, 50))
	q.around(44.5, 40, 48, hair, rope)
	q.around(39.2, 33.6, 36, hair, lozenges)
	for i := range 8 {
		p := polar(26.5, 45*float64(i)+22.5)
		q.boss(p.x, p.y, 1.9)
		q.ink(hair, circle(p.x, p.y, 2.7))
		r := q.within(spin(45 * float64(i)).then(shift(0, 26.5)))
		r.brush(thin, spiral(-2.6, 0.4, 3.2, 0, 1.7), spiral(3, -0.6, 2.8, 180, 1.6), curve(-5.6, 3, -1, 5.2, 4, 4.2), curve(-4, -4, 0.6, -4.8, 5, -3.4))
	}
	q.ink(thin, circle(0, 0, 33.6), circle(0, 0, 20), circle(0, 0, 19))
	q.around(19, 12.5, 12, thin, petal)
	q.ink(thin, circle(0, 0, 12.5))
	q.wash(q.ball(patina, 0, 0, 7, 7), circle(0, 0, 6.4))
	q.ink(medium, circle(0, 0, 6.4))
	q.ink(thin, curve(-6.2, -1, 0, 1.4, 6.2, -1))
	q.stipple(-49, -49, 49, 49, 2600, func(p pt) float64 {
		d := p.distance(pt{})
		return clamp01((p.x-p.y)/160) * b2f(d < 48)
	})
}

// around repeats a cell n times in a ring between two radii, the outer side up.
func (g *pencil) around(outer, inner float64, n int, width float64, cell func(i int) []line) {
	for i := range n {
		for _, l := range cell(i) {
			out := make(line, 0, len(l))
			for _, p := range l.dense(0.1) {
				out = append(out, polar(lerp(inner, outer, p.y), 90-360*(float64(i)+p.x)/float64(n)))
			}
			g.stroke(ink, width, true, out)
		}
	}
	g.ink(thin, circle(0, 0, outer), circle(0, 0, inner))
}
