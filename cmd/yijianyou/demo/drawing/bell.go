package drawing

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
