package drawing

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
