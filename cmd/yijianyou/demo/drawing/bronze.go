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
