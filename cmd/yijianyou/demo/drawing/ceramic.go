package drawing

import "image/color"

func drawJar(g *pencil) {
	t := turnedFrom(curve(13, 0, 14, 3, 20, 12, 28, 24, 31, 36, 29.4, 46, 22, 54, 16.4, 57.6, 15.4, 60, 17.6, 64), 0.09)
	g.body(t, clay, true)
	g.rings(t, medium, 60)
	g.rings(t, thin, 53, 51.6, 22, 20.6)
	paint := color.RGBA{74, 42, 34, 255}
	for i := range 5 { // painted pottery: whirls between two bands
		a := -90 + 45*float64(i)
		for _, arm := range []float64{0, 180} {
			l := make(line, 0)
			for _, p := range spiral(0, 0, 1, arm, 1.15) {
				l = append(l, t.at(a+p.x*21, 38+p.y*10))
			}
			g.stroke(paint, 7, true, l)
		}
		c := make(line, 0)
		for _, p := range circle(0, 0, 1) {
			c = append(c, t.at(a+p.x*3.4, 38+p.y*1.8))
		}
		g.fill(paint, c)
		link := make(line, 0)
		for _, p := range curve(-1, -0.9, -0.3, -0.75, 0.4, 0.75, 1, 0.9) {
			link = append(link, t.at(a+22.5+p.x*10, 38+p.y*9))
		}
		g.stroke(paint, 5, true, link)
	}
	for _, y := range []float64{49.6, 25} {
		g.stroke(paint, 5, false, t.ring(y))
	}
	g.band(t, 54.2, 57.4, 20, thin, func(int) []line { return []line{poly(0, 0, 0.5, 1, 1, 0)} })
}

func drawBowl(g *pencil) {
	foot := turnedFrom(poly(11.4, 0, 12.4, 0.6, 12, 4.6), 0.1)
	g.body(foot, celadon, false)
	t := turnedFrom(curve(11, 4, 20, 6.4, 29, 14, 35.6, 25, 38.6, 34), 0.12)
	g.body(t, celadon, true)
	inner := ellipse(0, 34, 38.6*0.97, 38.6*0.12*0.95)
	g.wash(g.ball(celadon, 4, 30, 46, 12), inner)
	g.ink(thin, inner)
	g.soft(hair, ellipse(0, 32.6, 20, 1.8))
	g.band(t, 9, 30, 13, thin, petal)
	g.crackle(t, 260)
}

// crackle is the net of fine cracks in a glaze.
func (g *pencil) crackle(t *turned, n int) {
	for range n {
		a, y := lerp(-80, 80, g.rng.Float64()), lerp(t.y0, t.y1, g.rng.Float64())
		l := line{t.at(a, y)}
		for range 4 {
			a += (g.rng.Float64()*2 - 1) * 7
			y = min(max(y+(g.rng.Float64()*2-1)*(t.y1-t.y0)*0.04, t.y0), t.y1)
			l = append(l, t.at(a, y))
		}
		g.stroke(color.RGBA{134, 158, 148, 255}, hair*0.8, false, l)
	}
}

func drawVase(g *pencil) {
	t := turnedFrom(curve(9.6, 0, 10.4, 1.4, 10, 4, 13.6, 9, 17.4, 17, 18, 25, 15.4, 33, 10.2, 40, 6.8, 48, 5.6, 58, 5.8, 68, 8, 75, 10.4, 79), 0.1)
	g.body(t, celadon, true)
	g.crackle(t, 420)
	g.rings(t, thin, 4, 39.4, 41)
	g.rings(t, hair, 5, 64, 62.8)
	g.band(t, 5.6, 14.6, 12, thin, petal)
	for i := range 3 { // carved scrolls of peony on the belly
		a := -62 + 62*float64(i)
		l := make(line, 0)
		for _, p := range curve(-1, -0.3, -0.5, 0.7, 0.1, -0.1, 0.5, -0.8, 1, 0.2) {
			l = append(l, t.at(a+p.x*30, 25+p.y*6))
		}
		g.brush(medium, l)
		for _, s := range []struct{ x, y, r, turn float64 }{{0.4, 0.35, 0.34, 1.5}, {-0.55, -0.4, 0.3, -1.5}, {0.85, -0.5, 0.2, 1.2}} {
			c := make(line, 0)
			for _, p := range spiral(s.x, s.y, s.r, 60, s.turn) {
				c = append(c, t.at(a+p.x*30, 25+p.y*8))
			}
			g.brush(thin, c)
		}
	}
	g.band(t, 42, 54, 7, thin, leaf)
}

func drawFigurine(g *pencil) {
	robe := color.RGBA{176, 150, 122, 255}
	body := append(curve(0, 3, -9, 3.4, -15.6, 5, -14, 14, -10.6, 30, -9.4, 44, -11, 54, -12.4, 62, -9, 69, -4, 71.4),
		curve(4, 71.4, 9, 69, 12.4, 62, 11, 54, 9.4, 44, 10.6, 30, 14, 14, 15.6, 5, 9, 3.4, 0, 3)...)
	g.wash(g.ball(robe, -1, 38, 19, 50), body)
	g.ink(bold, body.shut())
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		shoe := loop(1.4, 3.4, 1.4, 0.4, 5, -0.2, 8.6, 0.6, 8, 3.2)
		q.outline(black, thin, shoe)
		sleeve := append(curve(9.6, 68, 14.4, 62, 16.8, 53, 15.6, 46, 10.6, 43.4, 4, 43.6), curve(2.4, 47.4, 5.6, 49.4, 8.4, 52, 8.6, 58)...)
		q.wash(q.ball(robe, 9, 54, 12, 18), sleeve)
		q.ink(medium, sleeve)
		hang := append(curve(15.4, 46.6, 17.4, 36, 18.2, 24, 16.4, 20.4), curve(11.4, 21.4, 9, 30, 6, 40, 4, 43.8)...)
		q.wash(q.ball(robe, 11, 34, 11, 22), hang)
		q.ink(medium, hang)
		for i := range 5 {
			t := float64(i) / 4
			q.brush(thin, curve(14.6-6.6*t, 43.4-0.6*t, 15.6-5*t, 33, 16-4*t, 23))
			q.brush(thin, curve(1.6+2.4*float64(i), 30-1.5*float64(i), 2.4+2.5*float64(i), 17, 2.4+2.7*float64(i), 5))
		}
		q.brush(thin, curve(4, 70.8, 2.4, 64, 0, 58))
	}
	g.wash(g.flat(lacquer, 36, 48), rect(-9.4, 38.6, 9.4, 42.2))
	g.ink(thin, rect(-9.4, 38.6, 9.4, 42.2).shut())
	hands := loop(-4, 46, -3.4, 49.4, 0, 50.4, 3.4, 49.4, 4, 46, 0, 44.6)
	g.outline(color.RGBA{222, 192, 160, 255}, thin, hands)
	skin := color.RGBA{224, 194, 164, 255}
	neck := rect(-3, 69, 3, 75)
	g.wash(g.flat(skin, 60, 80), neck)
	g.ink(thin, poly(-3, 71.4, -3, 75), poly(3, 71.4, 3, 75))
	collar := curve(-5.4, 71, -2, 68, 0, 65, 2, 68, 5.4, 71)
	g.ink(medium, collar)
	face := loop(0, 72.6, -3.6, 73.6, -5.6, 77, -5.8, 82, -3.6, 86, 0, 87, 3.6, 86, 5.8, 82, 5.6, 77, 3.6, 73.6)
	g.wash(g.ball(skin, -0.6, 79.6, 7, 9), face)
	g.ink(medium, face)
	hair1 := append(curve(-6, 80, -6.2, 85, -3, 88, 0, 88.4, 3, 88, 6.2, 85, 6, 80), curve(4.4, 84, 2, 85.2, 0, 84.6, -2, 85.2, -4.4, 84)...)
	g.wash(g.flat(black, 70, 92), hair1)
	g.ink(thin, hair1.shut())
	bun := loop(-2.6, 87, -3.2, 89, -1, 90.4, 1.6, 90.2, 3, 88.6, 2.4, 87)
	g.wash(g.ball(black, -0.4, 88.6, 3.6, 2.6), bun)
	g.ink(thin, bun)
	for _, side := range []float64{1, -1} {
		q := g.within(grow(side, 1))
		q.brush(thin, curve(1.2, 81.2, 2.6, 82, 4.4, 81.4))
		q.brush(medium, curve(1.5, 79.6, 2.8, 80.2, 4.1, 79.7))
		q.fill(ink, circle(2.8, 79.6, 0.34))
		q.ink(hair, loop(5.7, 78, 6.6, 79, 6.5, 81, 5.8, 81.4))
	}
	g.ink(thin, curve(-0.3, 80, -0.5, 77.8, 0.5, 77.5))
	g.fill(color.RGBA{166, 70, 56, 255}, loop(-1.4, 75.4, 0, 76, 1.4, 75.4, 0, 74.7))
}

func drawSancaiHorse(g *pencil) {
	for _, l := range []line{ // far legs
		poly(-22, 34, -14, 34, -16, 22, -15.4, 6, -14, 3.4, -22, 3.4, -20.4, 8, -21.4, 22),
		poly(14, 36, 22, 36, 20.6, 22, 21.6, 6, 23, 3.4, 15, 3.4, 16.4, 8, 16, 22),
	} {
		s := smooth(l, true)
		g.wash(g.flat(color.RGBA{150, 104, 56, 255}, 0, 40), s)
		g.ink(medium, s)
	}
	plinth := poly(-34, 0, 34, 0, 32, 4, -32, 4)
	g.wash(g.flat(silk, -4, 8), plinth)
	g.ink(medium, plinth.shut())
	tail := loop(-31, 53, -37, 52.4, -41, 46, -40.6, 36, -38, 30, -36.4, 37, -34.4, 43, -31, 47)
	g.wash(g.ball(leafy, -37, 44, 8, 15), tail)
	g.ink(medium, tail)
	for i := range 4 {
		g.brush(thin, curve(-32.6, 51-float64(i), -37+0.6*float64(i), 46, -38+0.3*float64(i), 34))
	}
	body := loop(-30.6, 50, -31.6, 42, -28, 35, -20, 33.4, -8, 34, 6, 32.6, 16, 34, 24, 38, 27.6, 45, 28.6, 54, 26, 60, 18, 57.4, 6, 54.6, -6, 55, -18, 58.6, -26.6, 57)
	g.wash(g.ball(amber, -3, 46, 36, 17), body)
	g.ink(bold, body)
	for _, l := range []line{ // near legs
		poly(-31, 46, -18, 36, -21, 26, -25.6, 20, -24.4, 9, -22, 4, -31, 4, -29, 9, -30.6, 21, -29.6, 30, -32.4, 38),
		poly(17, 42, 28.4, 46, 27.6, 32, 25.6, 20, 27, 9, 29.4, 4, 20.4, 4, 22.4, 9, 21.4, 20, 20, 30),
	} {
		s := smooth(l, true)
		g.wash(g.ball(amber, (l[0].x+l[1].x)/2, 26, 13, 26), s)
		g.ink(medium, s)
	}
	g.wash(g.ball(amber, -20, 42, 16, 14), loop(-30, 46, -24, 37, -14, 36, -12, 44, -18, 54, -26, 55)) // hides the joint of the hind leg
	g.wash(g.ball(amber, 20, 44, 12, 14), loop(14, 40, 22, 37, 27, 44, 26.6, 54, 18, 54))
	neck := append(curve(14, 57, 20, 64, 24.4, 72, 28, 80, 32, 83.6), curve(40, 77.4, 35, 66, 30.4, 56, 27.8, 46)...)
	g.wash(g.ball(amber, 24, 64, 13, 22), neck)
	g.ink(bold, curve(14, 56.6, 20, 64, 24.4, 72, 28, 80, 31, 83.4), curve(39, 74.4, 35, 66, 30.4, 56, 28.4, 49))
	mane := append(curve(13, 58, 17, 66, 21.4, 75, 25.6, 83.6, 30, 86), curve(32, 83, 28, 79, 24.4, 71.4, 20, 63.4, 15.6, 57)...)
	g.wash(g.ball(silk, 21, 71, 9, 18), mane)
	g.ink(medium, mane.shut())
	for i := range 11 {
		t := float64(i) / 10
		g.ink(hair, line{{lerp(15.6, 29.6, t), lerp(58.6, 83, t)}, {lerp(15, 27, t), lerp(60.6, 84.4, t)}})
	}
	head := loop(28.6, 80, 30.4, 85, 34, 85.4, 38, 81.6, 43, 74.4, 47, 67.6, 47.4, 64.4, 45.4, 62, 42, 62, 40, 65, 36.4, 67, 33.4, 70.4, 30.6, 75)
	g.wash(g.ball(amber, 37, 75, 13, 14), head)
	g.ink(bold, head)
	for _, x := range []float64{30.4, 33.2} {
		e := loop(x-1.1, 84.2, x-0.9, 87, x+0.4, 88.6, x+1.2, 86.6, x+1.1, 84.4)
		g.outline(amber, thin, e)
	}
	g.fill(dark, loop(36.2, 77, 37.4, 78.2, 38.8, 77.2, 37.4, 76.4))
	g.brush(thin, curve(35, 78.4, 37, 79.8, 39.4, 78))
	g.ink(thin, spiral(45.6, 65.4, 0.7, 0, 1), curve(41, 63.4, 43.4, 64.8, 46, 63.6))
	g.ink(medium, curve(33, 70.6, 36, 75, 35.4, 84), curve(40.2, 64.8, 42.6, 68.4, 45.4, 69.6), curve(35.8, 76, 39, 71, 42.4, 68.2))
	// saddle, cloth and straps with rosettes
	cloth := append(curve(-15, 56.6, -16.6, 46, -15, 38, -11, 36.4, 2, 35.8, 8, 37.4), curve(10.6, 45, 9.4, 55)...)
	g.wash(g.ball(leafy, -4, 46, 18, 14), cloth)
	g.ink(medium, cloth.shut())
	g.ink(hair, inset(cloth, 0.88).shut())
	for i := range 5 {
		for k := range 3 {
			g.stroke(silk, medium, false, circle(-11.4+4.6*float64(i), 40.6+4.6*float64(k), 1.1))
		}
	}
	saddle := loop(-14, 56, -15.6, 60.6, -13, 61.6, -10, 57.6, -3, 56, 4, 57, 7, 61.4, 10, 61.8, 10, 56.6, 4, 51.8, -3, 50.6, -10, 52)
	g.wash(g.ball(silk, -3, 57, 14, 7), saddle)
	g.ink(medium, saddle)
	for _, strap := range []line{curve(10, 50, 18, 47, 28, 50), curve(-16, 50, -24, 49, -31, 52)} {
		g.stroke(leafy, 6, false, strap)
		g.ink(hair, strap.through(shift(0, 0.7)), strap.through(shift(0, -0.7)))
		for i := 3; i < len(strap); i += 8 {
			p := strap[i]
			g.rosette(p.x, p.y-2, 1.7, 6, g.flat(silk, 40, 60))
		}
	}
	for range 46 { // glaze that ran
		x, y := lerp(-28, 24, g.rng.Float64()), lerp(37, 52, g.rng.Float64())
		if x > -16 && x < 10 {
			continue
		}
		n := 1.5 + 3.5*g.rng.Float64()
		g.stroke([]color.RGBA{silk, leafy, {190, 128, 58, 255}}[g.rng.IntN(3)], 2+3*g.rng.Float64(), true, curve(x, y, x+0.2, y-n/2, x, y-n))
	}
}
