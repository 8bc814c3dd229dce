package pyramid_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"yijianyou/media/pyramid"
)

// likeness sums up how near the luma of tiles comes to what it should be.
type likeness struct {
	squares, pixels float64
	ssim, windows   float64
	bytes           int
}

func (l *likeness) psnr() float64     { return 10 * math.Log10(255*255*l.pixels/l.squares) }
func (l *likeness) meanSSIM() float64 { return l.ssim / l.windows }

// add compares a tile with the part of want that begins at (x0, y0). Similarity is
// that of Z. Wang et al., "Image quality assessment: from error visibility to
// structural similarity", 2004, over windows of 8 × 8 pixels.
func (l *likeness) add(t *testing.T, file []byte, want func(x, y int) byte, x0, y0 int) {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	got := m.(*image.YCbCr)
	w, h := got.Rect.Dx(), got.Rect.Dy()
	l.bytes += len(file)
	for y := 0; y+8 <= h; y += 8 {
		for x := 0; x+8 <= w; x += 8 {
			var a, b, aa, bb, ab float64
			for i := range 64 {
				u, v := x+i%8, y+i/8
				p, q := float64(got.Y[v*got.YStride+u]), float64(want(x0+u, y0+v))
				a, b, aa, bb, ab = a+p, b+q, aa+p*p, bb+q*q, ab+p*q
			}
			l.squares += aa + bb - 2*ab
			l.pixels += 64
			a, b = a/64, b/64
			va, vb, cov := aa/64-a*a, bb/64-b*b, ab/64-a*b
			l.ssim += (2*a*b + 6.5025) * (2*cov + 58.5225) / ((a*a + b*b + 6.5025) * (va + vb + 58.5225))
			l.windows++
		}
	}
}

// TestTilesAreAsGoodAsThoseOfLibvips compares the tiles of the two largest levels
// with those of vips dzsave, both against the photograph itself.
func TestTilesAreAsGoodAsThoseOfLibvips(t *testing.T) {
	vips, err := exec.LookPath("vips")
	names, _ := filepath.Glob(filepath.Join(os.Getenv("YJY_PHOTOS"), "*.jpg"))
	if err != nil || os.Getenv("YJY_PHOTOS") == "" || len(names) == 0 {
		t.Skip("SKIP: no vips (Debian: libvips-tools), or no photographs in YJY_PHOTOS")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if info, err := pyramid.Probe(bytes.NewReader(file), pyramid.DefaultLimits); err != nil || info.Colour == pyramid.Converted {
				t.Skipf("SKIP: brought from %s to sRGB here, which dzsave does not (%v)", info.Profile, err)
			}
			out := filepath.Join(t.TempDir(), "z")
			if b, err := exec.Command(vips, "dzsave", name, out, "--tile-size", "512", "--overlap", "0", "--suffix", ".jpg[Q=88]").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, b)
			}
			compareTiles(t, build(t, file, pyramid.Options{}), out, file)
		})
	}
}

func compareTiles(t *testing.T, f *pyramid.File, folder string, file []byte) {
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	src := m.(*image.YCbCr)
	top := int(math.Ceil(math.Log2(float64(max(src.Rect.Dx(), src.Rect.Dy())))))
	for level, want := range []func(x, y int) byte{
		func(x, y int) byte { return src.Y[y*src.YStride+x] },
		func(x, y int) byte {
			p := src.Y[2*y*src.YStride+2*x:]
			x1, y1 := min(1, src.Rect.Dx()-1-2*x), min(1, src.Rect.Dy()-1-2*y)
			return byte((int(p[0]) + int(p[x1]) + int(p[y1*src.YStride]) + int(p[y1*src.YStride+x1]) + 2) / 4)
		},
	} {
		var ours, theirs likeness
		l := f.Levels()[level]
		for n := range l.Columns() * l.Rows() {
			column, row := n%l.Columns(), n/l.Columns()
			a, err := f.Tile(level, column, row)
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(filepath.Join(folder+"_files", fmt.Sprint(top-level), fmt.Sprintf("%d_%d.jpg", column, row)))
			if err != nil {
				t.Fatal(err)
			}
			ours.add(t, a, want, column*512, row*512)
			theirs.add(t, b, want, column*512, row*512)
		}
		t.Logf("level %d: ours %.2f dB, SSIM %.4f, %d kB; vips %.2f dB, SSIM %.4f, %d kB", level, ours.psnr(), ours.meanSSIM(), ours.bytes/1000,
			theirs.psnr(), theirs.meanSSIM(), theirs.bytes/1000)
		if ours.psnr() < theirs.psnr()-0.1 || ours.meanSSIM() < theirs.meanSSIM()-0.001 || float64(ours.bytes) > 1.05*float64(theirs.bytes) {
			t.Error("not as good")
		}
	}
}
