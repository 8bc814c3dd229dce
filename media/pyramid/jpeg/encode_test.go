package jpeg_test

import (
	"bytes"
	"fmt"
	stdjpeg "image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"yijianyou/media/pyramid/jpeg"
)

// drawn returns a picture with slopes, an edge and some noise.
func drawn(w, h int, gray bool) *jpeg.Picture {
	r := rand.New(rand.NewPCG(uint64(w), uint64(h)))
	plane := func(w, h, step int, noise int) jpeg.Plane {
		p := jpeg.Plane{Pix: make([]byte, (w+3)*h), W: w, H: h, Stride: w + 3}
		for y := range h {
			for x := range w {
				v := 120 + 90*math.Sin(float64(step*x)/40)*math.Cos(float64(step*y)/30)
				if step*(x+y) > 200 && step*(x+y) < 230 {
					v = 250
				}
				p.Pix[y*p.Stride+x] = byte(max(0, min(255, v+float64(r.IntN(noise)))))
			}
		}
		return p
	}
	p := &jpeg.Picture{Y: plane(w, h, 1, 9)}
	if !gray {
		p.Cb, p.Cr = plane((w+1)/2, (h+1)/2, 2, 3), plane((w+1)/2, (h+1)/2, 2, 5)
	}
	return p
}

var sizes = [][2]int{{1, 1}, {2, 3}, {7, 9}, {8, 8}, {15, 17}, {16, 16}, {17, 33}, {64, 1}, {1, 70}, {131, 97}, {512, 512}}

func TestWhatIsEncodedIsDecodedByTheStandardLibraryAndHere(t *testing.T) {
	e := jpeg.NewEncoder(95)
	for _, s := range sizes {
		for _, gray := range []bool{false, true} {
			t.Run(fmt.Sprintf("%dx%d gray %v", s[0], s[1], gray), func(t *testing.T) {
				p := drawn(s[0], s[1], gray)
				file := e.Encode(p, 1)
				m, err := stdjpeg.Decode(bytes.NewReader(file))
				if err != nil {
					t.Fatal(err)
				}
				near(t, samplesOf(t, m), planesOf(p), 40, 3)
				compareWithStandard(t, file)
			})
		}
	}
}

// TestQualityIsThatOfTheStandardLibrary compares size and error with those of
// image/jpeg, which has the same tables.
func TestQualityIsThatOfTheStandardLibrary(t *testing.T) {
	src, err := jpeg.Decode(jpeg.NewEncoder(100).Encode(drawn(512, 384, false), 1), roomy)
	if err != nil {
		t.Fatal(err)
	}
	m, err := stdjpeg.Decode(bytes.NewReader(jpeg.NewEncoder(100).Encode(src, 1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []int{1, 30, 50, 75, 88, 95, 100} {
		var want bytes.Buffer
		if err := stdjpeg.Encode(&want, m, &stdjpeg.Options{Quality: q}); err != nil {
			t.Fatal(err)
		}
		got := jpeg.NewEncoder(q).Encode(src, 1)
		a, b := noiseOf(t, got, src), noiseOf(t, want.Bytes(), src)
		if a > b*1.02+0.01 || float64(len(got)) > 1.02*float64(want.Len())+150 {
			t.Errorf("quality %d: %d bytes with mean square error %.3f, want %d with %.3f", q, len(got), a, want.Len(), b)
		}
	}
}

// noiseOf returns the mean square error of the luma of a file.
func noiseOf(t *testing.T, file []byte, src *jpeg.Picture) float64 {
	t.Helper()
	p, err := jpeg.Decode(file, roomy)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for y := range src.Y.H {
		for x := range src.Y.W {
			d := float64(p.Y.Pix[y*p.Y.Stride+x]) - float64(src.Y.Pix[y*src.Y.Stride+x])
			sum += d * d
		}
	}
	return sum / float64(src.Y.W*src.Y.H)
}

func TestTheFileDoesNotDependOnTheNumberOfWorkers(t *testing.T) {
	e := jpeg.NewEncoder(80)
	for _, gray := range []bool{false, true} {
		p := drawn(203, 187, gray)
		want := e.Encode(p, 1)
		for workers := 2; workers < 40; workers++ {
			if !bytes.Equal(e.Encode(p, workers), want) {
				t.Fatalf("%d workers", workers)
			}
		}
	}
}

// TestExtremesSurvive encodes what makes the largest coefficients and the longest
// data.
func TestExtremesSurvive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, sample := range map[string]func(x, y int) byte{
		"chess":       func(x, y int) byte { return byte(255 * ((x + y) & 1)) },
		"stripes":     func(x, y int) byte { return byte(255 * (x >> 2 & 1)) },
		"black":       func(x, y int) byte { return 0 },
		"noise":       func(x, y int) byte { return byte(r.Uint32()) },
		"black white": func(x, y int) byte { return byte(255 * r.IntN(2)) },
		"blocks":      func(x, y int) byte { return byte(255 * (((x >> 3) + (y >> 3)) & 1)) },
	} {
		p := drawn(48, 48, true)
		for y := range p.Y.H {
			for x := range p.Y.W {
				p.Y.Pix[y*p.Y.Stride+x] = sample(x, y)
			}
		}
		file := jpeg.NewEncoder(100).Encode(p, 1)
		t.Run(name, func(t *testing.T) { compareWithStandard(t, file) })
		if e := noiseOf(t, file, p); e > 1 {
			t.Errorf("%s: mean square error %.2f", name, e)
		}
	}
}

func TestAPartIsDecodedAsTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for _, gray := range []bool{false, true} {
		const w, h = 150, 131
		file := jpeg.NewEncoder(88).Encode(drawn(w, h, gray), 1)
		whole, err := jpeg.Decode(file, roomy)
		if err != nil {
			t.Fatal(err)
		}
		for range 300 {
			x, y := 2*(r.IntN(200)-100), 2*(r.IntN(200)-100)
			dst := drawn(1+r.IntN(120), 1+r.IntN(120), gray || r.IntN(4) == 0)
			before := drawn(dst.Y.W, dst.Y.H, dst.Gray())
			if err := jpeg.DecodeInto(dst, x, y, file, w, h); err != nil {
				t.Fatal(err)
			}
			for i, p := range planesOf(dst) {
				step := min(1+i, 2)
				q, b := planesOf(whole)[i], planesOf(before)[i]
				for v := range p.H {
					for u := range p.W {
						want := b.Pix[v*b.Stride+u] // outside nothing is touched
						if su, sv := u-x/step, v-y/step; su >= 0 && sv >= 0 && su < q.W && sv < q.H {
							want = q.Pix[sv*q.Stride+su]
						}
						if got := p.Pix[v*p.Stride+u]; got != want {
							t.Fatalf("file at %d,%d: plane %d at %d,%d: %d, want %d", x, y, i, u, v, got, want)
						}
					}
				}
			}
		}
	}
}

func TestAPartOfAnotherSizeOrFormIsRefused(t *testing.T) {
	files := testdata(t)
	dst := drawn(30, 30, false)
	if err := jpeg.DecodeInto(dst, 0, 0, files["420-restart"], 66, 45); err != jpeg.Damaged {
		t.Error(err)
	}
	for _, name := range []string{"444", "gray", "422-restart"} {
		if err := jpeg.DecodeInto(dst, 0, 0, files[name], 67, 45); err != jpeg.Unsupported {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := jpeg.DecodeInto(dst, 0, 0, files["420-progressive"], 67, 45); err != jpeg.Damaged {
		t.Error(err)
	}
}

func FuzzDecodeInto(f *testing.F) {
	f.Add(jpeg.NewEncoder(50).Encode(drawn(70, 50, false), 1), 4, -6)
	f.Add(jpeg.NewEncoder(50).Encode(drawn(70, 50, true), 1), -8, -26)
	f.Fuzz(func(t *testing.T, file []byte, x, y int) {
		dst := drawn(33, 41, false)
		_ = jpeg.DecodeInto(dst, x%100&^1, y%100&^1, file, 70, 50)
		_ = jpeg.DecodeInto(drawn(33, 41, true), x%100&^1, y%100&^1, file, 70, 50)
	})
}

// TestLibjpegReadsIt asks djpeg, which warns of every irregularity with -strict.
func TestLibjpegReadsIt(t *testing.T) {
	djpeg, err := exec.LookPath("djpeg")
	if err != nil {
		t.Skip("SKIP: no djpeg (Debian: libjpeg-turbo-progs)")
	}
	for _, s := range sizes {
		for _, gray := range []bool{false, true} {
			name := filepath.Join(t.TempDir(), "a.jpg")
			if err := os.WriteFile(name, jpeg.NewEncoder(88).Encode(drawn(s[0], s[1], gray), 3), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(djpeg, "-strict", "-pnm", name).CombinedOutput()
			if err != nil || !bytes.HasPrefix(out, []byte("P")) {
				t.Errorf("%v gray %v: %v %.200s", s, gray, err, out)
			}
		}
	}
}
