package drawing

import "math"

// Cells of ornament fill the unit square; bands repeat them.

// leiwen is the square spiral (雷纹), turned every other time.
func leiwen(i int) []line {
	l := poly(0.5, 0.5, 0.62, 0.5, 0.62, 0.62, 0.38, 0.62, 0.38, 0.36, 0.76, 0.36, 0.76, 0.78, 0.22, 0.78, 0.22, 0.2, 0.92, 0.2, 0.92, 0.92, 0.06, 0.92, 0.06, 0.06)
	if i%2 == 1 {
		l = l.through(affine{-1, 0, 1, 0, -1, 1})
	}
	return []line{l}
}

// cloud is a pair of joined curls (云纹).
func cloud(i int) []line {
	a := spiral(0.28, 0.42, 0.26, 90, -1.6)
	b := spiral(0.74, 0.58, 0.26, 270, -1.6)
	s := curve(0.28, 0.68, 0.48, 0.62, 0.55, 0.38, 0.74, 0.32)
	out := []line{a, b, s, curve(0.02, 0.15, 0.12, 0.08, 0.3, 0.1)}
	if i%2 == 1 {
		for k := range out {
			out[k] = out[k].through(affine{1, 0, 0, 0, -1, 1})
		}
	}
	return out
}

// scales are two rows of overlapping arches (鳞纹).
func scales(int) []line {
	return []line{arc(0.5, 0.5, 0.5, 0.48, 180, 360), arc(0.5, 0.52, 0.3, 0.3, 180, 360),
		arc(0, 1, 0.5, 0.48, 270, 360), arc(1, 1, 0.5, 0.48, 180, 270)}
}

// waves is the broad undulating band (波曲纹).
func waves(i int) []line {
	up := curve(0, 0.15, 0.25, 0.2, 0.5, 0.85, 0.75, 0.2, 1, 0.15)
	low := curve(0, 0.02, 0.28, 0.06, 0.5, 0.66, 0.72, 0.06, 1, 0.02)
	return []line{up, low, spiral(0.5, 0.28, 0.16, 90, 1.2), arc(0, 0.85, 0.22, 0.25, 270, 360), arc(1, 0.85, 0.22, 0.25, 180, 270)}
}

// leaf is a hanging or standing blade (蕉叶纹) with curls in it.
func leaf(int) []line {
	return []line{curve(0.02, 0.02, 0.14, 0.45, 0.36, 0.8, 0.5, 1), curve(0.98, 0.02, 0.86, 0.45, 0.64, 0.8, 0.5, 1),
		curve(0.16, 0.04, 0.26, 0.4, 0.5, 0.82), curve(0.84, 0.04, 0.74, 0.4, 0.5, 0.82),
		spiral(0.38, 0.22, 0.11, 0, 1.3), spiral(0.62, 0.22, 0.11, 180, -1.3), poly(0.5, 0.36, 0.5, 0.74)}
}

// petal is a lotus petal standing up, with its rib.
func petal(int) []line {
	return []line{curve(0.03, 0, 0, 0.4, 0.16, 0.75, 0.5, 1), curve(0.97, 0, 1, 0.4, 0.84, 0.75, 0.5, 1),
		curve(0.16, 0.04, 0.15, 0.4, 0.3, 0.7, 0.5, 0.86), curve(0.84, 0.04, 0.85, 0.4, 0.7, 0.7, 0.5, 0.86), poly(0.5, 0.1, 0.5, 0.7)}
}

// rope is one turn of a twisted cord.
func rope(int) []line {
	return []line{curve(0, 0.05, 0.35, 0.2, 0.65, 0.8, 1, 0.95), curve(0.25, 0.02, 0.5, 0.16, 0.78, 0.62, 1.1, 0.78)}
}

// fret is a key pattern for walls and hems.
func fret(int) []line {
	return []line{poly(0, 0.15, 0.85, 0.15, 0.85, 0.8, 0.3, 0.8, 0.3, 0.45, 0.6, 0.45), poly(0, 0.15, 0, 0.9, 1, 0.9)}
}

// lozenges are diamonds with a dot.
func lozenges(int) []line {
	return []line{poly(0, 0.5, 0.5, 0.05, 1, 0.5, 0.5, 0.95, 0, 0.5), poly(0.25, 0.5, 0.5, 0.28, 0.75, 0.5, 0.5, 0.72, 0.25, 0.5)}
}

// taotie draws the animal mask (兽面纹) into the box around (cx, cy): ground of
// fine spirals, then brow, eyes, nose, jaw, horns and the curling body.
func (g *pencil) taotie(cx, cy, w, h float64) {
	q := g.within(shift(cx, cy).then(grow(w/2, h/2)))
	for row := range 5 {
		for col := range 14 {
			x, y := -1+(float64(col)+0.5)/7, -0.86+float64(row)*0.43
			q.stroke(inkSoft, hair*0.9, false, leiwen(row + col)[0].through(shift(x-0.058, y-0.16).then(grow(0.116, 0.32))))
		}
	}
	relief := [][]line{
		{loop(0.1, 0.02, 0.3, 0.22, 0.56, 0.24, 0.5, 0.08, 0.3, 0.02)},                                                                      // brow
		{loop(0.1, 0.42, 0.3, 0.5, 0.62, 0.5, 0.78, 0.7, 0.66, 0.92, 0.4, 0.9, 0.36, 0.74, 0.52, 0.72, 0.58, 0.66, 0.44, 0.62, 0.22, 0.64)}, // horn
		{loop(0.62, 0.02, 0.78, 0.26, 0.96, 0.3, 0.99, 0.02, 0.93, -0.3, 0.82, -0.34, 0.86, -0.12, 0.84, 0.08, 0.72, -0.04)},                // body
		{loop(0.16, -0.52, 0.34, -0.42, 0.56, -0.5, 0.7, -0.78, 0.56, -0.92, 0.44, -0.84, 0.5, -0.72, 0.36, -0.62, 0.2, -0.7)},              // jaw
		{loop(0.68, -0.44, 0.86, -0.5, 0.92, -0.8, 0.78, -0.9, 0.7, -0.66)},                                                                 // claw
	}
	bright := q.tintOf()
	for _, side := range []float64{1, -1} {
		p := q.within(grow(side, 1))
		for _, part := range relief {
			for _, l := range part {
				p.wash(bright, l)
				p.ink(thin*1.15, l)
				p.stroke(ink, hair, false, inset(l, 0.82))
			}
		}
		eye := loop(0.14, -0.14, 0.3, 0.02, 0.5, -0.06, 0.6, -0.22, 0.42, -0.3, 0.24, -0.28)
		p.wash(bright, eye)
		p.ink(thin, eye)
		p.boss(0.36, -0.13, 0.1)
	}
	nose := loop(0, 0.36, 0.07, 0.2, 0.06, -0.2, 0.15, -0.42, 0.1, -0.56, 0, -0.52, -0.1, -0.56, -0.15, -0.42, -0.06, -0.2, -0.07, 0.2)
	q.wash(bright, nose)
	q.ink(thin*1.2, nose)
	q.ink(hair, spiral(0.07, -0.47, 0.045, 0, 1.2), spiral(-0.07, -0.47, 0.045, 180, -1.2), poly(0, 0.34, 0, -0.3))
	q.ink(thin, poly(0, 1, 0, 0.4), poly(0, -0.56, 0, -1))
}

// tintOf lifts the surface below a little, as relief catches light.
func (g *pencil) tintOf() paint {
	return func(int, int) (float32, float32, float32, float32) { return 226, 226, 204, 0.34 }
}

// boss is a round boss of radius r with light and shade (an eye, a nail head).
func (g *pencil) boss(x, y, r float64) {
	// Round on paper even where units are not square.
	px := math.Hypot(g.m.a, g.m.d) / math.Hypot(g.m.b, g.m.e)
	e := ellipse(x, y, r, r*px)
	g.fill(inkSoft, e.through(shift(r*0.14, -r*0.14)))
	g.wash(g.bossPaint(x, y, r, r*px), e)
	g.ink(thin, e)
}

func (g *pencil) bossPaint(x, y, rx, ry float64) paint {
	inv := g.inverse()
	return func(px, py int) (float32, float32, float32, float32) {
		p := inv.at(pt{float64(px), float64(py)})
		k := float32(-(p.x-x)/rx+(p.y-y)/ry) * 42
		return 160 + k, 166 + k, 146 + k, 0.9
	}
}

// inset shrinks l around the middle of its box.
func inset(l line, k float64) line {
	x0, y0, x1, y1 := l.bounds()
	cx, cy := (x0+x1)/2, (y0+y1)/2
	return l.through(shift(cx, cy).then(grow(k, k)).then(shift(-cx, -cy)))
}

// rosette is a flower of n petals around (x, y).
func (g *pencil) rosette(x, y, r float64, n int, c paint) {
	for i := range n {
		q := g.within(shift(x, y).then(spin(360 * float64(i) / float64(n))))
		l := loop(0, r*0.22, -r*0.3, r*0.6, -r*0.16, r*0.95, 0, r, r*0.16, r*0.95, r*0.3, r*0.6)
		if c != nil {
			q.wash(c, l)
		}
		q.ink(thin, l)
		q.ink(hair, poly(0, r*0.3, 0, r*0.8))
	}
	g.ink(thin, circle(x, y, r*0.22))
}

// meander covers an ellipse with small thunder spirals in pale ink, the ground
// of early bronzes.
func (g *pencil) meander(cx, cy, rx, ry, cell float64) {
	for row := range int(2*ry/cell) + 1 {
		for col := range int(2*rx/cell) + 1 {
			x, y := cx-rx+cell*float64(col), cy-ry+cell*float64(row)
			if math.Hypot((x-cx)/rx, (y-cy)/ry) > 0.96 {
				continue
			}
			m := shift(x-cell*0.44, y-cell*0.44).then(grow(cell*0.88, cell*0.88))
			g.stroke(inkSoft, hair*0.8, false, leiwen(row + col)[0].through(m))
		}
	}
}
