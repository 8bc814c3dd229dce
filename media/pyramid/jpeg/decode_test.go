package jpeg_test

import (
	"bytes"
	"image"
	stdjpeg "image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/media/pyramid/jpeg"
)

var roomy = jpeg.Options{MaxPixels: 1 << 27, Workers: 2}

// samplesOf returns the planes of a picture of the standard library.
func samplesOf(t testing.TB, m image.Image) []jpeg.Plane {
	t.Helper()
	b := m.Bounds()
	switch m := m.(type) {
	case *image.Gray:
		return []jpeg.Plane{{Pix: m.Pix, W: b.Dx(), H: b.Dy(), Stride: m.Stride}}
	case *image.YCbCr:
		w, h := b.Dx(), b.Dy()
		switch m.SubsampleRatio {
		case image.YCbCrSubsampleRatio420:
			w, h = (w+1)/2, (h+1)/2
		case image.YCbCrSubsampleRatio422:
			w = (w + 1) / 2
		case image.YCbCrSubsampleRatio440:
			h = (h + 1) / 2
		}
		return []jpeg.Plane{{Pix: m.Y, W: b.Dx(), H: b.Dy(), Stride: m.YStride},
			{Pix: m.Cb, W: w, H: h, Stride: m.CStride}, {Pix: m.Cr, W: w, H: h, Stride: m.CStride}}
	}
	t.Fatalf("a picture of %T", m)
	return nil
}

func planesOf(p *jpeg.Picture) []jpeg.Plane {
	if p.Gray() {
		return []jpeg.Plane{p.Y}
	}
	return []jpeg.Plane{p.Y, p.Cb, p.Cr}
}

// near fails when a sample of got differs from want by more than most, or all by
// more than mean on average.
func near(t testing.TB, got, want []jpeg.Plane, most int, mean float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d planes, want %d", len(got), len(want))
	}
	for i := range got {
		g, w := got[i], want[i]
		if g.W != w.W || g.H != w.H {
			t.Fatalf("plane %d: %d×%d, want %d×%d", i, g.W, g.H, w.W, w.H)
		}
		sum := 0
		for y := range g.H {
			for x := range g.W {
				a, b := int(g.Pix[y*g.Stride+x]), int(w.Pix[y*w.Stride+x])
				d := max(a-b, b-a)
				if sum += d; d > most {
					t.Fatalf("plane %d at %d,%d: %d, want %d", i, x, y, a, b)
				}
			}
		}
		if m := float64(sum) / float64(g.W*g.H); m > mean {
			t.Errorf("plane %d differs by %.3f on average, more than %.3f", i, m, mean)
		}
	}
}

func compareWithStandard(t *testing.T, file []byte) {
	t.Helper()
	want, err := stdjpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	got, err := jpeg.Decode(file, roomy)
	if err != nil {
		t.Fatal(err)
	}
	// The two round the inverse transform differently: by one, and rarely.
	near(t, planesOf(got), samplesOf(t, want), 2, 0.1)
}

func testdata(t testing.TB) map[string][]byte {
	names, err := filepath.Glob("testdata/*.jpg")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	files := map[string][]byte{}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimSuffix(filepath.Base(n), ".jpg")] = b
	}
	return files
}

func TestEveryFormIsDecodedAsTheStandardLibraryDoes(t *testing.T) {
	for name, file := range testdata(t) {
		if name == "rgb" || name == "arithmetic" {
			continue
		}
		t.Run(name, func(t *testing.T) { compareWithStandard(t, file) })
	}
}

func TestWhatIsNotYCbCrOrHuffmanIsLeftToOthers(t *testing.T) {
	files := testdata(t)
	twelve := bytes.Clone(files["444"])
	twelve[bytes.Index(twelve, []byte{0xFF, 0xC0})+4] = 12
	for name, file := range map[string][]byte{"rgb": files["rgb"], "arithmetic": files["arithmetic"], "12 bits": twelve} {
		if _, err := jpeg.Decode(file, roomy); err != jpeg.Unsupported {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPhotographs compares all photographs of the folder YJY_PHOTOS.
func TestPhotographs(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join(os.Getenv("YJY_PHOTOS"), "*.jpg"))
	if os.Getenv("YJY_PHOTOS") == "" || len(names) == 0 {
		t.Skip("SKIP: no photographs; name their folder in YJY_PHOTOS")
	}
	for _, n := range names {
		t.Run(filepath.Base(n), func(t *testing.T) {
			b, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			compareWithStandard(t, b)
		})
	}
}

func TestACutFileIsRefusedWhereverItIsCut(t *testing.T) {
	for name, file := range testdata(t) {
		for n := range len(file) - 1 {
			if p, err := jpeg.Decode(file[:n], roomy); err == nil {
				t.Fatalf("%s: %d of %d bytes gave %v", name, n, len(file), p)
			}
		}
	}
}

func TestPixelsAreCountedBeforeRoomIsMade(t *testing.T) {
	file := bytes.Clone(testdata(t)["420-progressive"])
	at := bytes.Index(file, []byte{0xFF, 0xC2})
	copy(file[at+5:], []byte{0xFF, 0xFF, 0xFF, 0xFF})
	allocated := testing.AllocsPerRun(1, func() {
		if _, err := jpeg.Decode(file, jpeg.Options{MaxPixels: 1e6}); err != jpeg.Excessive {
			t.Error(err)
		}
	})
	if allocated > 30 {
		t.Errorf("%v allocations", allocated)
	}
}

func TestScansAreCounted(t *testing.T) {
	file := testdata(t)["gray-progressive"]
	// The scan of the first coefficients may come again and again.
	at := bytes.Index(file, []byte{0xFF, 0xDA})
	end := at + bytes.Index(file[at:], []byte{0xFF, 0xC4})
	scan, rest := file[at:end], file[end:]
	many := bytes.Clone(file[:at])
	for range jpeg.MaxScans + 1 {
		many = append(many, scan...)
	}
	if _, err := jpeg.Decode(append(many, rest...), roomy); err != jpeg.Excessive {
		t.Error(err)
	}
}

func TestBetweenEndsTheDecoding(t *testing.T) {
	for _, name := range []string{"444", "420-progressive"} {
		file, calls, stop := testdata(t)[name], 0, jpeg.Error("enough")
		_, err := jpeg.Decode(file, jpeg.Options{MaxPixels: 1e6, Between: func() error {
			if calls++; calls == 3 {
				return stop
			}
			return nil
		}})
		if err != stop || calls != 3 {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
}

// FuzzDecode looks for files that are decoded here though the standard library
// refuses them, or to another size, and for panics.
func FuzzDecode(f *testing.F) {
	for _, file := range testdata(f) {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		limit := int64(1 << 18)
		got, err := jpeg.Decode(file, jpeg.Options{MaxPixels: limit, Workers: 2})
		if err != nil {
			return
		}
		if int64(got.Y.W)*int64(got.Y.H) > limit {
			t.Fatalf("%d×%d", got.Y.W, got.Y.H)
		}
		want, err := stdjpeg.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("accepted, while the standard library says %v", err)
		}
		g, w := planesOf(got), samplesOf(t, want)
		for i := range w {
			if len(g) != len(w) || g[i].W != w[i].W || g[i].H != w[i].H {
				t.Fatalf("planes %+v", g)
			}
		}
	})
}

// TestAWrongBitIsAcceptedOnlyWhereTheStandardLibraryAcceptsIt changes each byte of
// each file in turn.
func TestAWrongBitIsAcceptedOnlyWhereTheStandardLibraryAcceptsIt(t *testing.T) {
	for name, file := range testdata(t) {
		for at := range file {
			bad := bytes.Clone(file)
			bad[at] ^= 1 << (at % 8)
			got, err := jpeg.Decode(bad, jpeg.Options{MaxPixels: 1 << 18})
			if err != nil {
				continue
			}
			want, err := stdjpeg.Decode(bytes.NewReader(bad))
			if err != nil {
				t.Errorf("%s, byte %d: accepted, while the standard library says %v", name, at, err)
				continue
			}
			if b := want.Bounds(); b.Dx() != got.Y.W || b.Dy() != got.Y.H || len(samplesOf(t, want)) != len(planesOf(got)) {
				t.Errorf("%s, byte %d: %v, want %v", name, at, got.Y, b)
			}
		}
	}
}
