package drawing

import (
	"image/color"
	"math"
)

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
