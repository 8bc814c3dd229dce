package drawing

import (
	"image/color"
	"math"
)

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
