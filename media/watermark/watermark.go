package watermark

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Version changes with whatever changes the pixels that are drawn.
const Version = 3

// Side is the side of the smallest square, in pixels, that is sure to have a part
// of the mark.
const Side = 256

const (
	slant      = 30.0 // degrees by which rows rise
	smallest   = 16   // pixels of a letter on the smallest level
	largest    = 44   // pixels of a letter on a large one
	perLetter  = 34   // pixels of the longest side for each pixel of a letter
	rowLetters = 4.0  // distance of rows in letters
	gapLetters = 1.6  // distance of the words in a row in letters

	light = 76 // opacity of the letters, which are white, of 255
	dark  = 50 // opacity of their edge, which is black, of 255
)

// ErrFont means that a font cannot be read or lacks a character of the words.
var ErrFont = errors.New("watermark: the font cannot draw the words")

// Mark is words to be drawn. It is safe for concurrent use.
type Mark struct {
	font   *sfnt.Font
	words  string
	mu     sync.Mutex
	stamps map[float64]*stamp // by the height of their letters
}

// New returns the mark of the words in a TrueType or OpenType font.
//
// Errors: ErrFont.
func New(ttf []byte, words string) (*Mark, error) {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFont, err)
	}
	if !draws(f, words) {
		return nil, ErrFont
	}
	return &Mark{font: f, words: words, stamps: make(map[float64]*stamp)}, nil
}

// Draws reports whether the font has every character of words, and words has one
// that can be seen.
func Draws(ttf []byte, words string) bool {
	f, err := sfnt.Parse(ttf)
	return err == nil && draws(f, words)
}

func draws(f *sfnt.Font, words string) bool {
	var buf sfnt.Buffer
	seen := false
	for _, r := range words {
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
			return false
		}
		seen = seen || r != ' ' && r != '　'
	}
	return seen
}

// letter returns the height of the letters on a picture of the size, in pixels.
func letter(size image.Point) float64 {
	return min(largest, max(smallest, float64(max(size.X, size.Y))/perLetter))
}

// Draw draws the mark on a part of a picture of the size. part.Rect is the place
// of the part in the picture.
func (m *Mark) Draw(size image.Point, part *image.Gray) {
	em := letter(size)
	s := m.stampOf(em)
	// A row is a line of stamps along u, rows follow one another along v. Every
	// other row is shifted by half, so that gaps do not line up.
	sin, cos := math.Sincos(slant * math.Pi / 180)
	ux, uy, vx, vy := cos, -sin, sin, cos
	step, rows := s.length+gapLetters*em, rowLetters*em
	along := func(p image.Point) (u, v float64) {
		x, y := float64(p.X), float64(p.Y)
		return (x*ux + y*uy) / step, (x*vx + y*vy) / rows
	}
	u0, u1, v0, v1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	b := part.Rect.Inset(-max(s.light.Rect.Dx(), s.light.Rect.Dy()))
	for _, p := range []image.Point{b.Min, b.Max, {X: b.Min.X, Y: b.Max.Y}, {X: b.Max.X, Y: b.Min.Y}} {
		u, v := along(p)
		u0, u1, v0, v1 = min(u0, u), max(u1, u), min(v0, v), max(v1, v)
	}
	for row := math.Floor(v0); row <= math.Ceil(v1); row++ {
		shift := 0.5 * math.Abs(math.Mod(row, 2))
		for column := math.Floor(u0) - 1; column <= math.Ceil(u1); column++ {
			u, v := (column+shift)*step, row*rows
			s.press(part, image.Pt(int(math.Round(u*ux+v*vx)), int(math.Round(u*uy+v*vy))))
		}
	}
}

// stamp is the words once, slanting upwards from the origin.
type stamp struct {
	length      float64      // of the words along the row, pixels
	light, dark *image.Alpha // letters and their edge; the same rectangle around the origin
}

// stampOf returns the stamp with letters of em pixels, made once.
func (m *Mark) stampOf(em float64) *stamp {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.stamps[em]
	if s == nil {
		s = m.stamp(em)
		m.stamps[em] = s
	}
	return s
}

// stamp makes the words with letters of em pixels.
func (m *Mark) stamp(em float64) *stamp {
	sin, cos := math.Sincos(slant * math.Pi / 180)
	ppem := fixed.Int26_6(math.Round(em * 64))
	var buf sfnt.Buffer
	type stroke struct {
		at       float64
		segments sfnt.Segments
	}
	var strokes []stroke
	length := 0.0
	for _, r := range m.words {
		i, err := m.font.GlyphIndex(&buf, r)
		if err != nil {
			continue // looked up by New
		}
		if segments, err := m.font.LoadGlyph(&buf, i, ppem, nil); err == nil {
			strokes = append(strokes, stroke{length, append(sfnt.Segments(nil), segments...)})
		}
		if advance, err := m.font.GlyphAdvance(&buf, i, ppem, font.HintingNone); err == nil {
			length += float64(advance) / 64
		}
	}
	edge := max(1, int(math.Round(em/18)))
	pad := int(math.Ceil(em)) + edge + 2
	width, height := int(math.Ceil(length*cos))+2*pad, int(math.Ceil(length*sin))+2*pad
	// The origin of the row stands at (pad, height-pad) of the raster.
	at := func(s stroke, p fixed.Point26_6) (float32, float32) {
		x, y := s.at+float64(p.X)/64, float64(p.Y)/64
		return float32(x*cos + y*sin + float64(pad)), float32(-x*sin + y*cos + float64(height-pad))
	}
	z := vector.NewRasterizer(width, height)
	for _, s := range strokes {
		for _, g := range s.segments {
			ax, ay := at(s, g.Args[0])
			bx, by := at(s, g.Args[1])
			cx, cy := at(s, g.Args[2])
			switch g.Op {
			case sfnt.SegmentOpMoveTo:
				z.ClosePath()
				z.MoveTo(ax, ay)
			case sfnt.SegmentOpLineTo:
				z.LineTo(ax, ay)
			case sfnt.SegmentOpQuadTo:
				z.QuadTo(ax, ay, bx, by)
			case sfnt.SegmentOpCubeTo:
				z.CubeTo(ax, ay, bx, by, cx, cy)
			}
		}
	}
	z.ClosePath()
	letters := image.NewAlpha(image.Rect(0, 0, width, height))
	z.DrawOp = draw.Src
	z.Draw(letters, letters.Rect, image.Opaque, image.Point{})
	around := edgeOf(letters, edge)
	origin := image.Rect(-pad, pad-height, width-pad, pad)
	letters.Rect, around.Rect = origin, origin
	return &stamp{length: length, light: letters, dark: around}
}

// edgeOf returns what lies within width pixels of the letters and not on them.
func edgeOf(letters *image.Alpha, width int) *image.Alpha {
	out := image.NewAlpha(letters.Rect)
	w, h := letters.Rect.Dx(), letters.Rect.Dy()
	for y := range h {
		for x := range w {
			most := byte(0)
			for dy := -width; dy <= width; dy++ {
				for dx := -width; dx <= width; dx++ {
					if dx*dx+dy*dy > width*width+1 || x+dx < 0 || x+dx >= w || y+dy < 0 || y+dy >= h {
						continue
					}
					most = max(most, letters.Pix[(y+dy)*letters.Stride+x+dx])
				}
			}
			own := letters.Pix[y*letters.Stride+x]
			out.Pix[y*out.Stride+x] = byte(int(most) * (255 - int(own)) / 255)
		}
	}
	return out
}

const half = 255 * 255 / 2 // rounds a division by 255 × 255

// press draws the stamp with its origin at the point of the picture, as far as
// part has it.
func (s *stamp) press(part *image.Gray, at image.Point) {
	b := s.light.Rect.Add(at).Intersect(part.Rect)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		pix := part.Pix[part.PixOffset(b.Min.X, y):]
		from := s.light.PixOffset(b.Min.X-at.X, y-at.Y)
		letters, around := s.light.Pix[from:from+b.Dx()], s.dark.Pix[from:from+b.Dx()]
		for x := range letters {
			if letters[x]|around[x] == 0 {
				continue
			}
			v := uint32(pix[x])
			v += ((255-v)*light*uint32(letters[x]) + half) / (255 * 255)
			v -= (v*dark*uint32(around[x]) + half) / (255 * 255)
			pix[x] = byte(v)
		}
	}
}
