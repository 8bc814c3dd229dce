package pyramid_test

import (
	"image"
	"testing"

	"yijianyou/media/pyramid"
)

func TestALongestSideScalesTheLargestLevel(t *testing.T) {
	file := asJPEG(t, painted(1301, 777))
	for side, want := range map[int]pyramid.Level{0: {1301, 777}, 2000: {1301, 777}, 1301: {1301, 777}, 700: {700, 418}, 300: {300, 179}} {
		f := build(t, file, pyramid.Options{MaxSide: side})
		if got := f.Levels()[0]; got != want {
			t.Errorf("at most %d: %v, want %v", side, got, want)
		}
		if p := pyramid.Within(1301, 777, side); p != image.Pt(want.Width, want.Height) {
			t.Errorf("Within %d: %v", side, p)
		}
	}
	if p := pyramid.Within(10_000, 3, 300); p != image.Pt(300, 1) {
		t.Errorf("a thin picture: %v", p)
	}
}

// TestEveryLevelIsMarkedAtItsOwnScale: a mark of black stripes ten pixels wide is
// as wide on every level, in stored bytes and in what is rendered, and a mark of
// one level is not in the next.
func TestEveryLevelIsMarkedAtItsOwnScale(t *testing.T) {
	white := image.NewGray(image.Rect(0, 0, 1400, 896))
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	sizes := map[image.Point]bool{}
	stripes := func(size image.Point, part *image.Gray) {
		sizes[size] = true
		for y := part.Rect.Min.Y; y < part.Rect.Max.Y; y++ {
			for x := part.Rect.Min.X; x < part.Rect.Max.X; x++ {
				if x/10%2 == 1 {
					part.Pix[part.PixOffset(x, y)] = 0
				}
			}
		}
	}
	for name, file := range map[string][]byte{"grey": asPNG(t, white), "colour": asJPEG(t, painted(1400, 896))} {
		clear(sizes)
		f := build(t, file, pyramid.Options{Mark: stripes})
		for i, l := range f.Levels() {
			if !sizes[image.Pt(l.Width, l.Height)] {
				t.Errorf("%s: no mark for level %d", name, i)
			}
			w := pyramid.Want{W: 1400, H: 896, Width: l.Width, Height: l.Height, Kind: pyramid.JPEG}
			if b, ok, err := f.Stored(w); err != nil {
				t.Fatal(err)
			} else if ok {
				dark(t, name+", stored", decoded(t, b), l)
			}
			w.Kind = pyramid.PNG
			b, err := f.Render(t.Context(), w)
			if err != nil {
				t.Fatal(err)
			}
			dark(t, name+", rendered", decoded(t, b), l)
		}
	}
}

// dark checks that the stripes of TestEveryLevelIsMarkedAtItsOwnScale are there.
func dark(t *testing.T, what string, m image.Image, l pyramid.Level) {
	t.Helper()
	for x := 4; x < l.Width-10; x += 10 {
		r, g, b, _ := m.At(x, l.Height/2).RGBA()
		luma := int(299*r+587*g+114*b) / 1000 >> 8
		if odd := x/10%2 == 1; odd != (luma < 60) {
			t.Errorf("%s, level of %d: luma %d at %d", what, l.Width, luma, x)
			return
		}
	}
}
