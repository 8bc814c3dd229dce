package watermark_test

import (
	"image"
	"math/rand/v2"
	"testing"

	"yijianyou/internal/typeface"
	"yijianyou/media/watermark"
)

func mark(t testing.TB, words string) *watermark.Mark {
	t.Helper()
	font, err := typeface.Chinese()
	if err != nil {
		t.Fatal(err)
	}
	m, err := watermark.New(font, words)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// grounds are what a mark may have to be seen on.
var grounds = map[string]func(x, y int) byte{
	"white": func(int, int) byte { return 255 },
	"black": func(int, int) byte { return 0 },
	"grey":  func(int, int) byte { return 128 },
	"ramp":  func(x, y int) byte { return byte((x + y) / 12) },
	"noise": func(x, y int) byte { return noise[(y%509)*509+x%509] },
}

var noise = func() []byte {
	rng, b := rand.New(rand.NewPCG(1, 2)), make([]byte, 509*509)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	return b
}()

func filled(size image.Point, of func(x, y int) byte) *image.Gray {
	m := image.NewGray(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			m.Pix[y*m.Stride+x] = of(x, y)
		}
	}
	return m
}

// seen is by how much a pixel must differ from what was below to be seen.
const seen = 25

// TestEverySquareOf256PixelsHasAPartOfTheMark: on every ground, for short and
// long words, on small and large pictures.
func TestEverySquareOf256PixelsHasAPartOfTheMark(t *testing.T) {
	for _, words := range []string{"馆", "示范博物馆 · 仅供欣赏", "FOR VIEWING ONLY, MUSEUM OF THE EXAMPLES"} {
		m := mark(t, words)
		for name, of := range grounds {
			for _, size := range []image.Point{{256, 256}, {300, 1900}, {1024, 700}, {2300, 600}} {
				clean, drawn := filled(size, of), filled(size, of)
				m.Draw(size, drawn)
				least := 1 << 30
				for y := 0; y < size.Y; y += 64 {
					for x := 0; x < size.X; x += 64 {
						x0, y0 := max(0, min(x, size.X-watermark.Side)), max(0, min(y, size.Y-watermark.Side))
						n := 0
						for v := y0; v < min(size.Y, y0+watermark.Side); v++ {
							for u := x0; u < min(size.X, x0+watermark.Side); u++ {
								d := int(clean.GrayAt(u, v).Y) - int(drawn.GrayAt(u, v).Y)
								if d > seen || d < -seen {
									n++
								}
							}
						}
						least = min(least, n)
					}
				}
				if least < 250 {
					t.Errorf("%q on %s of %v: a square has %d pixels of the mark", words, name, size, least)
				}
			}
		}
	}
}

func TestPartsOfAMarkedPictureFitTogether(t *testing.T) {
	size := image.Pt(900, 700)
	m := mark(t, "示范 SAMPLE")
	whole := filled(size, grounds["ramp"])
	m.Draw(size, whole)
	parts := filled(size, grounds["ramp"])
	for y := 0; y < size.Y; y += 256 {
		for x := 0; x < size.X; x += 200 {
			part := parts.SubImage(image.Rect(x, y, x+200, y+256).Intersect(parts.Rect)).(*image.Gray)
			m.Draw(size, part)
		}
	}
	for i := range whole.Pix {
		if whole.Pix[i] != parts.Pix[i] {
			t.Fatalf("pixel %d,%d: %d and %d", i%900, i/900, whole.Pix[i], parts.Pix[i])
		}
	}
}

func TestWordsThatTheFontLacksAreRefused(t *testing.T) {
	font, err := typeface.Chinese()
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]bool{"示范": true, "SAMPLE 1": true, "": false, "  ": false, "\U0001F600": false, "a\n": false} {
		if got := watermark.Draws(font, words); got != want {
			t.Errorf("%q: %v", words, got)
		}
		if _, err := watermark.New(font, words); (err == nil) != want {
			t.Errorf("%q: %v", words, err)
		}
	}
	if watermark.Draws([]byte("no font"), "a") {
		t.Error("drawn without a font")
	}
}

// TestTheMarkIsSeenAndDoesNotCoverThePicture: on every even ground, from black to
// white, and at every size the letters stand out from their edge by a fifth to a
// third of the scale; most of the picture is untouched, and it grows neither lighter
// nor darker as a whole.
func TestTheMarkIsSeenAndDoesNotCoverThePicture(t *testing.T) {
	const (
		faint, harsh = 255 * 19 / 100, 255 * 31 / 100 // of luma, between letter and edge
		covered      = 0.30                           // of all pixels
		shift        = 6.0                            // of mean luma
	)
	m := mark(t, "示范博物馆 · 模拟数据 SIMULATED")
	for _, size := range []image.Point{{400, 300}, {1024, 768}, {2048, 1365}} {
		for ground := 0; ground <= 255; ground += 51 {
			drawn := filled(size, func(int, int) byte { return byte(ground) })
			m.Draw(size, drawn)
			low, high, touched, sum := 255, 0, 0, 0
			for _, p := range drawn.Pix {
				v := int(p)
				low, high, sum = min(low, v), max(high, v), sum+v-ground
				if v-ground > 3 || ground-v > 3 {
					touched++
				}
			}
			part, mean := float64(touched)/float64(len(drawn.Pix)), float64(sum)/float64(len(drawn.Pix))
			t.Logf("%v on %d: contrast %d, %.2f touched, mean %+.1f", size, ground, high-low, part, mean)
			if c := high - low; c < faint || c > harsh {
				t.Errorf("%v on %d: letters and edge are %d apart, want %d to %d", size, ground, c, faint, harsh)
			}
			if part > covered || part < 0.05 {
				t.Errorf("%v on %d: %.2f of the pixels are touched", size, ground, part)
			}
			if mean > shift || mean < -shift {
				t.Errorf("%v on %d: the mean moves by %.1f", size, ground, mean)
			}
		}
	}
}
