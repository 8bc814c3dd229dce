package drawing

import (
	_ "embed"
	"image/color"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed font/serif.otf
var serif []byte

// Missing returns the characters of text that the typeface lacks, without
// repeats; a title is drawn completely when there are none. Add them to
// font/characters.txt and run scripts/drawing-font.
func Missing(text string) []rune {
	t := newType()
	var out []rune
	seen := make(map[rune]bool)
	for _, r := range text {
		if unicode.IsSpace(r) || seen[r] {
			continue
		}
		seen[r] = true
		if i, err := t.font.GlyphIndex(&t.buf, r); err != nil || i == 0 {
			out = append(out, r)
		}
	}
	return out
}

// typeface draws text as outlines. It is not safe for concurrent use.
type typeface struct {
	font *sfnt.Font
	buf  sfnt.Buffer
}

func newType() *typeface {
	f, err := sfnt.Parse(serif)
	if err != nil {
		panic("drawing: the embedded typeface is damaged: " + err.Error())
	}
	return &typeface{font: f}
}

// measure is the em at which glyphs are loaded, in pixels.
const measure = 1000

func (t *typeface) advance(r rune, size float64) float64 {
	if r == ' ' {
		return size * 0.28
	}
	i, err := t.font.GlyphIndex(&t.buf, r)
	if err != nil {
		return size
	}
	a, err := t.font.GlyphAdvance(&t.buf, i, fixed.I(measure), 0)
	if err != nil {
		return size
	}
	return float64(a) / 64 * size / measure
}

// width returns the length of text in pixels.
func (t *typeface) width(text string, size float64) float64 {
	w := 0.0
	for _, r := range text {
		w += t.advance(r, size)
	}
	return w
}

// fit returns the largest size up to size at which text is at most width wide.
func (t *typeface) fit(text string, size, width float64) float64 {
	if w := t.width(text, size); w > width {
		return size * width / w
	}
	return size
}

// write puts text on the canvas with its base line at y, beginning at x.
func (t *typeface) write(c *canvas, text string, x, y, size float64, ink color.RGBA) {
	k := size / measure
	for _, r := range text {
		if r == ' ' {
			x += t.advance(r, size)
			continue
		}
		i, err := t.font.GlyphIndex(&t.buf, r)
		if err != nil {
			continue
		}
		segs, err := t.font.LoadGlyph(&t.buf, i, fixed.I(measure), nil)
		if err == nil {
			c.fillPixels(outlineOf(segs, x, y, k), ink, nil)
		}
		x += t.advance(r, size)
	}
}

// outlineOf flattens a glyph.
func outlineOf(segs sfnt.Segments, x, y, k float64) []line {
	at := func(p fixed.Point26_6) pt { return pt{x + float64(p.X)/64*k, y + float64(p.Y)/64*k} }
	var out []line
	var now line
	for _, s := range segs {
		a := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(now) > 0 {
				out = append(out, now)
			}
			now = line{a}
		case sfnt.SegmentOpLineTo:
			now = append(now, a)
		case sfnt.SegmentOpQuadTo:
			p, b := now[len(now)-1], at(s.Args[1])
			for i := 1; i <= 6; i++ {
				t := float64(i) / 6
				now = append(now, between(between(p, a, t), between(a, b, t), t))
			}
		case sfnt.SegmentOpCubeTo:
			p, b, d := now[len(now)-1], at(s.Args[1]), at(s.Args[2])
			for i := 1; i <= 8; i++ {
				t := float64(i) / 8
				ab, bc, cd := between(p, a, t), between(a, b, t), between(b, d, t)
				now = append(now, between(between(ab, bc, t), between(bc, cd, t), t))
			}
		}
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}
