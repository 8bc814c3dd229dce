package drawing

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strconv"
)

// Notice is what every drawing says of itself.
const (
	NoticeZH = "示意图，非文物照片"
	NoticeEN = "Schematic drawing, not a photograph"
)

// Spec says what is drawn.
type Spec struct {
	Kind     Kind
	TitleZH  string
	TitleEN  string
	HeightMM *float64 // of the real thing (of a painting: the painting), nil when unknown; ignored for swords, flutes, niches, bridges and observatories
	WidthMM  *float64 // of the real thing, its length when it lies, nil when unknown; ignored for buildings
	Seed     uint64   // of paper and hand: two drawings of one kind with different seeds are not alike
}

const (
	longSide  = 4200 // of the sheet in pixels
	shortSide = 3150
	margin    = 120
)

// Render draws spec on a sheet of 3150 × 4200 pixels, upright or lying as the
// thing is. An unknown Kind is an error.
func Render(spec Spec) (image.Image, error) {
	th, ok := things[spec.Kind]
	if !ok {
		return nil, fmt.Errorf("drawing: no kind %q", spec.Kind)
	}
	w, h := shortSide, longSide
	if th.w > th.h {
		w, h = longSide, shortSide
	}
	rng := rand.New(rand.NewPCG(spec.Seed, 0x9E3779B97F4A7C15))
	c := newCanvas(w, h, rng)
	c.paper()
	s := &sheet{canvas: c, spec: spec, thing: th, face: newType(), rng: rng, w: float64(w), h: float64(h), foot: 560}
	s.draw()
	return c.img, nil
}

// sheet is the layout of one drawing.
type sheet struct {
	*canvas
	spec  Spec
	thing thing
	face  *typeface
	rng   *rand.Rand
	w, h  float64
	foot  float64 // height of the strip of the title
}

// paper gives the sheet its tone: warm, uneven, a little darker at the edges.
func (c *canvas) paper() {
	w, h := c.img.Rect.Dx(), c.img.Rect.Dy()
	edge := make([]float32, w)
	for x := range edge {
		d := float32(min(x, w-1-x)) / float32(w)
		edge[x] = max(0, 0.06-d) * 260
	}
	for y := range h {
		d := float32(min(y, h-1-y)) / float32(h)
		across := max(0, 0.05-d) * 260
		row := c.img.Pix[y*c.img.Stride:]
		for x := range w {
			v := 5*c.noise(x, y) + 2.5*c.noise(x*7+y*3, y*5+x*2) - edge[x] - across
			px := row[4*x : 4*x+4 : 4*x+4]
			px[0], px[1], px[2], px[3] = tone(paperTone.R, v), tone(paperTone.G, v*1.05), tone(paperTone.B, v*1.25), 255
		}
	}
}

func tone(base byte, v float32) byte { return byte(min(max(float32(base)+v, 0), 255)) }

func (s *sheet) draw() {
	page := &pencil{canvas: s.canvas, m: identity(), pen: 2.6, rng: s.rng}
	page.soft(hair, rect(margin, margin, s.w-margin, s.h-margin).shut())
	page.ink(medium, rect(margin-22, margin-22, s.w-margin+22, s.h-margin+22).shut())

	top, bottom := margin+150.0, s.h-margin-s.foot
	if s.thing.ground {
		bottom -= 110
	} else {
		bottom -= 90
	}
	side := margin + 330.0
	if s.thing.ground {
		side = margin + 130
	}
	k := min((s.w-2*side)/s.thing.w, (bottom-top)/s.thing.h)
	kx := k * s.stretch()
	cx := s.w / 2
	base := bottom - (bottom-top-k*s.thing.h)/2
	if s.thing.ground {
		base = bottom
	}
	g := &pencil{canvas: s.canvas, m: affine{kx, 0, cx, 0, -k, base}, k: k, pen: 2.6, rng: s.rng}
	s.clip = image.Rect(margin+16, margin+16, int(s.w)-margin-16, int(s.h-margin-s.foot)+24)
	if !s.thing.noShadow {
		s.shadow(g)
	}
	s.thing.draw(g)
	s.clip = s.img.Rect
	s.dimension(page, cx+kx*s.thing.w/2+95, base-k*(s.thing.low+s.thing.tall), base-k*s.thing.low)
	s.titles(page)
	s.bar(page, k)
}

// known returns the value of a figure that measures something that is drawn.
func known(mm *float64, units float64) float64 {
	if mm == nil || *mm <= 0 || units == 0 {
		return 0
	}
	return *mm
}

// stretch fits the proportions of the drawing to those of the thing when both
// sides are known and the two are alike.
func (s *sheet) stretch() float64 {
	tall, wide := known(s.spec.HeightMM, s.thing.tall), known(s.spec.WidthMM, s.thing.wide)
	if tall == 0 || wide == 0 {
		return 1
	}
	k := wide / tall * s.thing.tall / s.thing.wide
	if k < 0.75 || k > 1.3 {
		return 1
	}
	return min(k, 1)
}

// shadow lays a soft shade on the ground below the thing.
func (s *sheet) shadow(g *pencil) {
	inv := g.inverse()
	rx, ry := s.thing.w*0.56, s.thing.h*0.028
	if rx < ry*8 {
		rx = ry * 8
	}
	shade := func(x, y int) (float32, float32, float32, float32) {
		p := inv.at(pt{float64(x), float64(y)})
		d := math.Hypot(p.x/rx, (p.y+ry*0.35)/ry)
		a := float32(max(0, 1-d))
		return 92, 80, 66, a * a * 0.55
	}
	g.wash(shade, ellipse(0, -ry*0.35, rx, ry))
}

// millimetres returns how many millimetres a unit of the thing is, 0 when
// unknown. The height counts first.
func (s *sheet) millimetres() float64 {
	if tall := known(s.spec.HeightMM, s.thing.tall); tall > 0 {
		return tall / s.thing.tall
	}
	if wide := known(s.spec.WidthMM, s.thing.wide); wide > 0 {
		return wide / s.thing.wide
	}
	return 0
}

// dimension draws the height beside the thing when it is known.
func (s *sheet) dimension(page *pencil, x, y0, y1 float64) {
	if known(s.spec.HeightMM, s.thing.tall) == 0 {
		return
	}
	x = min(x, s.w-margin-150)
	page.soft(hair, poly(x, y0, x, y1), poly(x-28, y0, x+28, y0), poly(x-28, y1, x+28, y1))
	for _, y := range []float64{y0, y1} {
		d := 34.0
		if y == y1 {
			d = -34
		}
		page.fill(inkSoft, poly(x, y, x-9, y+d, x+9, y+d))
	}
	label := length(*s.spec.HeightMM)
	size := 54.0
	w := s.face.width(label, size)
	// Written upwards along the line.
	sub := newCanvasLike(int(w)+20, 90)
	s.face.write(sub, label, 10, 64, size, inkSoft)
	s.stamp(sub, int(x)+18, int((y0+y1)/2+w/2))
}

// length writes millimetres in the unit that suits.
func length(mm float64) string {
	switch {
	case mm >= 10_000:
		return number(mm/1000) + " m"
	case mm >= 10:
		return number(mm/10) + " cm"
	}
	return number(mm) + " mm"
}

func number(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

func newCanvasLike(w, h int) *canvas {
	c := newCanvas(w, h, rand.New(rand.NewPCG(1, 1)))
	for i := range c.img.Pix {
		c.img.Pix[i] = 255
	}
	return c
}

// stamp multiplies the small picture into the sheet, turned a quarter against
// the clock, with its beginning at (x, y).
func (s *sheet) stamp(sub *canvas, x, y int) {
	b := sub.img.Rect
	for sy := range b.Dy() {
		for sx := range b.Dx() {
			v := sub.img.Pix[sub.img.PixOffset(sx, sy)]
			tx, ty := x+sy, y-sx
			if v == 255 || !(image.Point{X: tx, Y: ty}).In(s.img.Rect) {
				continue
			}
			px := s.img.Pix[s.img.PixOffset(tx, ty):]
			a := float32(255-v) / 210
			px[0], px[1], px[2] = blend(px[0], float32(inkSoft.R), a), blend(px[1], float32(inkSoft.G), a), blend(px[2], float32(inkSoft.B), a)
		}
	}
}

// titles writes the strip at the foot: the title on the left, what the drawing
// is on the right.
func (s *sheet) titles(page *pencil) {
	y := s.h - margin - s.foot
	page.ink(thin, poly(margin+60, y+40, s.w-margin-60, y+40))
	left, right := float64(margin+70), s.w-margin-70

	size := 62.0
	zh, en := NoticeZH, NoticeEN
	enSize := 40.0
	w := max(s.face.width(zh, size), s.face.width(en, enSize))
	box := rect(right-w-70, y+90, right, y+260)
	page.stroke(vermilion, medium, false, box.shut())
	s.face.write(s.canvas, zh, right-35-w/2-s.face.width(zh, size)/2, y+170, size, vermilion)
	s.face.write(s.canvas, en, right-35-w/2-s.face.width(en, enSize)/2, y+232, enSize, vermilion)

	room := right - w - 70 - 60 - left
	size = s.face.fit(s.spec.TitleZH, 132, room)
	s.face.write(s.canvas, s.spec.TitleZH, left, y+205, size, ink)
	enSize = s.face.fit(s.spec.TitleEN, 68, s.w-2*left)
	s.face.write(s.canvas, s.spec.TitleEN, left, y+330, enSize, inkSoft)
}

// bar draws the scale: black and white fifths, with figures when the size of
// the thing is known.
func (s *sheet) bar(page *pencil, k float64) {
	y := s.h - margin - 130
	left := float64(margin + 70)
	mm := s.millimetres()
	if mm == 0 {
		s.face.write(s.canvas, "比例未知  Scale unknown", left, y+44, 52, inkSoft)
		return
	}
	perPixel := mm / k
	want := perPixel * s.w * 0.26 // longest bar in millimetres
	unit := math.Pow(10, math.Floor(math.Log10(want)))
	for _, f := range []float64{5, 2, 1} {
		if unit*f <= want {
			unit *= f
			break
		}
	}
	px := unit / perPixel
	for i := range 5 {
		x0, x1 := left+px*float64(i)/5, left+px*float64(i+1)/5
		fill := color.RGBA{250, 246, 236, 255}
		if i%2 == 0 {
			fill = ink
		}
		page.outline(fill, hair, rect(x0, y, x1, y+30))
	}
	s.face.write(s.canvas, "0", left-8, y-18, 46, inkSoft)
	label := length(unit)
	s.face.write(s.canvas, label, left+px-20, y-18, 46, inkSoft)
	s.face.write(s.canvas, "比例尺  Scale", left+px+180, y+32, 46, inkFaint)
}
