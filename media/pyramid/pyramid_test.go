package pyramid_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/fault"
	"yijianyou/media/icc/icctest"
	"yijianyou/media/pyramid"
)

func TestSniffGoesByContent(t *testing.T) {
	for name, tc := range map[string]struct {
		head string
		want pyramid.Kind
		ok   bool
	}{
		"jpeg":             {"\xFF\xD8\xFF\xE0\x00\x10JF", pyramid.JPEG, true},
		"png":              {"\x89PNG\r\n\x1a\n", pyramid.PNG, true},
		"png with LF only": {"\x89PNG\n\n\x1a\n", "", false},
		"tiff":             {"II*\x00\x08\x00\x00\x00", "", false},
		"gif":              {"GIF89a\x01\x00", "", false},
		"svg":              {"<svg xml", "", false},
		"short":            {"\xFF\xD8", "", false},
		"nothing":          {"", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := pyramid.Sniff([]byte(tc.head))
			if got != tc.want || ok != tc.ok {
				t.Errorf("got %q %v, want %q %v", got, ok, tc.want, tc.ok)
			}
		})
	}
}

// hugePNG claims to be of the size without holding a pixel.
func hugePNG(w, h uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0DIHDR")
	b = append(b, byte(w>>24), byte(w>>16), byte(w>>8), byte(w), byte(h>>24), byte(h>>16), byte(h>>8), byte(h), 8, 6, 0, 0, 0)
	return append(b, crcOf(b[12:])...)
}

func crcOf(b []byte) []byte {
	c := ^uint32(0)
	for _, v := range b {
		c ^= uint32(v)
		for range 8 {
			c = c>>1 ^ (0xEDB88320 & -(c & 1))
		}
	}
	c = ^c
	return []byte{byte(c >> 24), byte(c >> 16), byte(c >> 8), byte(c)}
}

func TestBadFilesAreRefusedWithAReasonAndLeaveNothing(t *testing.T) {
	good := asJPEG(t, painted(300, 200))
	goodPNG := asPNG(t, painted(300, 200))
	garbled := bytes.Clone(good)
	copy(garbled[2:], "\xFF\xDB\x00\x01 a segment that is shorter than its length")
	arithmetic := bytes.Clone(good)
	arithmetic[bytes.Index(arithmetic, []byte{0xFF, 0xC0})+1] = 0xC9
	for name, tc := range map[string]struct {
		file []byte
		want *fault.Code
	}{
		"empty":                    {nil, pyramid.ErrEmpty},
		"text":                     {[]byte("not a picture at all"), pyramid.ErrKind},
		"tiff":                     {[]byte("II*\x00\x08\x00\x00\x00aaaaaaaaaaaa"), pyramid.ErrKind},
		"jpeg cut in the pixels":   {good[:len(good)*2/3], pyramid.ErrTruncated},
		"jpeg cut in the header":   {good[:20], pyramid.ErrTruncated},
		"png cut in the pixels":    {goodPNG[:len(goodPNG)/2], pyramid.ErrTruncated},
		"png with a broken check":  {append(bytes.Clone(goodPNG[:len(goodPNG)/2]), bytes.Repeat([]byte{7}, len(goodPNG))...), pyramid.ErrDamaged},
		"jpeg with a broken head":  {garbled, pyramid.ErrDamaged},
		"jpeg arithmetic":          {arithmetic, pyramid.ErrVariant},
		"png of many pixels":       {hugePNG(30_000, 30_000), pyramid.ErrPixels},
		"png of one very long row": {hugePNG(2_000_000_000, 1), pyramid.ErrPixels},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, err := pyramid.Build(context.Background(), bytes.NewReader(tc.file), filepath.Join(dir, "a"), pyramid.Options{})
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %s", err, tc.want.ID())
			}
			left, err := os.ReadDir(dir)
			if err != nil || len(left) != 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

func build(t testing.TB, file []byte, opts pyramid.Options) *pyramid.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.tiles")
	if _, err := pyramid.Build(context.Background(), bytes.NewReader(file), name, opts); err != nil {
		t.Fatal(err)
	}
	f, err := pyramid.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func whole(t *testing.T, f *pyramid.File) image.Image {
	t.Helper()
	l := f.Levels()[0]
	b, err := f.Render(context.Background(), pyramid.Want{W: l.Width, H: l.Height, Width: l.Width, Height: l.Height, Kind: pyramid.PNG})
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, b)
}

func TestEveryEXIFOrientationIsTurnedUpright(t *testing.T) {
	const w, h = 141, 95 // odd: pairs of chroma samples shift
	m := painted(w, h)
	for o := 1; o <= 8; o++ {
		file := withEXIF(asJPEG(t, stored(m, o)), uint16(o))
		info, err := pyramid.Probe(bytes.NewReader(file), pyramid.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if want := (pyramid.Info{Kind: pyramid.JPEG, Width: w, Height: h, Orientation: o, Colour: pyramid.Assumed}); info != want {
			t.Fatalf("orientation %d: probe says %+v, want %+v", o, info, want)
		}
		got := whole(t, build(t, file, pyramid.Options{Quality: 95}))
		if got.Bounds().Dx() != w || got.Bounds().Dy() != h {
			t.Fatalf("orientation %d: %v", o, got.Bounds())
		}
		for _, p := range [][2]int{{5, 5}, {w - 6, 5}, {5, h - 6}, {w - 6, h - 6}, {30, 60}} {
			near(t, got, p[0], p[1], m.NRGBAAt(p[0], p[1]), 9)
		}
	}
}

func TestEveryFormOfPixelsKeepsItsColours(t *testing.T) {
	m := painted(90, 70)
	wide := image.NewNRGBA64(m.Rect)
	glass := image.NewNRGBA(m.Rect)
	for y := range 70 {
		for x := range 90 {
			wide.Set(x, y, m.At(x, y))
			c := m.NRGBAAt(x, y)
			c.A = 0
			glass.SetNRGBA(x, y, c)
		}
	}
	for name, tc := range map[string]struct {
		file []byte
		want func(x, y int) color.NRGBA
	}{
		"png 8 bits":      {asPNG(t, m), m.NRGBAAt},
		"png 16 bits":     {asPNG(t, wide), m.NRGBAAt},
		"png transparent": {asPNG(t, glass), func(int, int) color.NRGBA { return color.NRGBA{255, 255, 255, 255} }},
		"jpeg":            {asJPEG(t, m), m.NRGBAAt},
	} {
		t.Run(name, func(t *testing.T) {
			got := whole(t, build(t, tc.file, pyramid.Options{Quality: 95}))
			for _, p := range [][2]int{{4, 4}, {80, 10}, {10, 60}, {85, 65}} {
				near(t, got, p[0], p[1], tc.want(p[0], p[1]), 8)
			}
		})
	}
}

func TestAGreyPictureStaysOnePlane(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 600, 20))
	for i := range m.Pix {
		m.Pix[i] = 120
	}
	f := build(t, asJPEG(t, m), pyramid.Options{})
	if !f.Gray() {
		t.Error("not grey")
	}
	near(t, whole(t, f), 555, 10, color.NRGBA{120, 120, 120, 255}, 2)
}

func TestNothingOfTheMetadataLeaves(t *testing.T) {
	f := build(t, withEXIF(asJPEG(t, painted(700, 600)), 1), pyramid.Options{})
	for i, l := range f.Levels() {
		for n := range l.Columns() * l.Rows() {
			b, err := f.Tile(i, n%l.Columns(), n/l.Columns())
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte("Exif")) || bytes.Contains(b, []byte("GPS")) {
				t.Errorf("level %d tile %d carries EXIF", i, n)
			}
		}
	}
}

func TestLevelsHalveRoundedUp(t *testing.T) {
	for _, tc := range []struct {
		w, h int
		want []pyramid.Level
	}{
		{256, 256, []pyramid.Level{{256, 256}}},
		{257, 1, []pyramid.Level{{257, 1}, {129, 1}}},
		{2049, 1001, []pyramid.Level{{2049, 1001}, {1025, 501}, {513, 251}, {257, 126}, {129, 63}}},
	} {
		if diff := cmp.Diff(tc.want, pyramid.LevelsOf(tc.w, tc.h)); diff != "" {
			t.Errorf("%d×%d: %s", tc.w, tc.h, diff)
		}
	}
}

func TestEveryAlignedTileAndEveryKeptLevelIsAnsweredWithStoredBytes(t *testing.T) {
	const w, h = 1301, 777
	f := build(t, asJPEG(t, painted(w, h)), pyramid.Options{})
	for i, l := range f.Levels() {
		scale := 1 << i
		b, ok, err := f.Stored(pyramid.Want{W: w, H: h, Width: l.Width, Height: l.Height, Kind: pyramid.JPEG})
		if err != nil || !ok {
			t.Fatalf("level %d whole: %v %v", i, ok, err)
		}
		if d := decoded(t, b).Bounds(); d.Dx() != l.Width || d.Dy() != l.Height {
			t.Errorf("level %d: %v", i, d)
		}
		for y := 0; y < h; y += 512 * scale {
			for x := 0; x < w; x += 512 * scale {
				// As a IIIF client computes it (Image API 3.0 implementation notes §3.1).
				rw, rh := min(512*scale, w-x), min(512*scale, h-y)
				want := pyramid.Want{X: x, Y: y, W: rw, H: rh, Width: (rw + scale - 1) / scale, Height: (rh + scale - 1) / scale, Kind: pyramid.JPEG}
				b, ok, err := f.Stored(want)
				if err != nil || !ok {
					t.Fatalf("level %d tile at %d,%d: %v %v", i, x, y, ok, err)
				}
				if d := decoded(t, b).Bounds(); d.Dx() != want.Width || d.Dy() != want.Height {
					t.Errorf("tile at %d,%d of level %d: %v", x, y, i, d)
				}
			}
		}
	}
	for name, w := range map[string]pyramid.Want{
		"unaligned":  {X: 10, W: 512, H: 512, Width: 512, Height: 512, Kind: pyramid.JPEG},
		"odd size":   {W: 512, H: 512, Width: 500, Height: 500, Kind: pyramid.JPEG},
		"rotated":    {W: 512, H: 512, Width: 512, Height: 512, Degrees: 90, Kind: pyramid.JPEG},
		"mirrored":   {W: 512, H: 512, Width: 512, Height: 512, Mirror: true, Kind: pyramid.JPEG},
		"grey":       {W: 512, H: 512, Width: 512, Height: 512, Gray: true, Kind: pyramid.JPEG},
		"png":        {W: 512, H: 512, Width: 512, Height: 512, Kind: pyramid.PNG},
		"wider tile": {W: 600, H: 512, Width: 600, Height: 512, Kind: pyramid.JPEG},
	} {
		if _, ok, err := f.Stored(w); ok || err != nil {
			t.Errorf("%s: ok %v, err %v: must be rendered", name, ok, err)
		}
	}
}

func TestARegionShowsThePlaceThatWasAskedFor(t *testing.T) {
	const w, h = 1301, 777
	f := build(t, asJPEG(t, painted(w, h)), pyramid.Options{Quality: 95})
	for name, want := range map[string]pyramid.Want{
		"as it is":             {X: 100, Y: 50, W: 300, H: 200, Width: 300, Height: 200},
		"odd corner":           {X: 507, Y: 501, W: 333, H: 111, Width: 333, Height: 111},
		"reduced":              {X: 3, Y: 5, W: 1200, H: 700, Width: 171, Height: 100},
		"reduced much":         {W: w, H: h, Width: 30, Height: 18},
		"enlarged":             {X: 700, Y: 400, W: 20, H: 10, Width: 200, Height: 100},
		"one pixel":            {X: 1300, Y: 776, W: 1, H: 1, Width: 1, Height: 1},
		"distorted":            {X: 600, Y: 0, W: 700, H: 777, Width: 50, Height: 700},
		"rotated":              {X: 100, Y: 50, W: 300, H: 200, Width: 150, Height: 100, Degrees: 90},
		"mirrored and rotated": {X: 100, Y: 50, W: 301, H: 200, Width: 151, Height: 101, Degrees: 270, Mirror: true},
		"grey":                 {X: 900, Y: 50, W: 300, H: 200, Width: 150, Height: 100, Gray: true},
	} {
		for _, kind := range []pyramid.Kind{pyramid.JPEG, pyramid.PNG} {
			t.Run(name+" "+string(kind), func(t *testing.T) {
				want.Kind, want.Quality = kind, 95
				b, err := f.Render(context.Background(), want)
				if err != nil {
					t.Fatal(err)
				}
				got := decoded(t, b)
				ow, oh := want.Width, want.Height
				if int(want.Degrees)%180 != 0 {
					ow, oh = oh, ow
				}
				if d := got.Bounds(); d.Dx() != ow || d.Dy() != oh {
					t.Fatalf("%v, want %d×%d", d, ow, oh)
				}
				for _, p := range [][2]float64{{0.2, 0.2}, {0.8, 0.2}, {0.2, 0.8}, {0.8, 0.8}} {
					u, v := p[0], p[1] // place in the result
					su, sv := u, v     // place in the region
					switch want.Degrees {
					case 90: // IIIF Image API 3.0 §4.3: clockwise
						su, sv = v, 1-u
					case 270:
						su, sv = 1-v, u
					}
					if want.Mirror {
						su = 1 - su
					}
					c := colourAt(want.X+int(su*float64(want.W)), want.Y+int(sv*float64(want.H)), w, h)
					if want.Gray {
						g := byte((299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000)
						c = color.NRGBA{g, g, g, 255}
					}
					near(t, got, int(u*float64(ow)), int(v*float64(oh)), c, 12)
				}
			})
		}
	}
}

func TestACancelledBuildLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	opts := pyramid.Options{Progress: func(done, total int) {
		if done == 1 {
			cancel()
		}
	}}
	_, err := pyramid.Build(ctx, bytes.NewReader(asJPEG(t, painted(600, 1200))), filepath.Join(dir, "a"), opts)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestProgressEndsAtTheTotal(t *testing.T) {
	var done, total int
	build(t, asJPEG(t, painted(600, 1200)), pyramid.Options{Progress: func(d, n int) { done, total = d, n }})
	if total == 0 || done != total {
		t.Errorf("%d of %d", done, total)
	}
}

func TestADamagedContainerIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if _, err := pyramid.Build(context.Background(), bytes.NewReader(asJPEG(t, painted(900, 600))), name, pyramid.Options{}); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := range 48 + 12*9 { // header and index
		bad := bytes.Clone(good)
		bad[at] ^= 0x10
		if _, err := pyramid.Read(bytes.NewReader(bad), int64(len(bad))); !errors.Is(err, pyramid.ErrContainer) {
			t.Fatalf("byte %d: got %v", at, err)
		}
	}
	for _, n := range []int{0, 7, 47, 48, 100, len(good) - 1} {
		if _, err := pyramid.Read(bytes.NewReader(good[:n]), int64(n)); !errors.Is(err, pyramid.ErrContainer) {
			t.Errorf("cut at %d: got %v", n, err)
		}
	}
}

func FuzzContainer(f *testing.F) {
	name := filepath.Join(f.TempDir(), "a")
	if _, err := pyramid.Build(context.Background(), bytes.NewReader(asJPEG(f, painted(300, 20))), name, pyramid.Options{}); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:60])
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := pyramid.Read(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if !errors.Is(err, pyramid.ErrContainer) {
				t.Fatalf("unclassified: %v", err)
			}
			return
		}
		for i, l := range p.Levels() {
			if _, err := p.Tile(i, l.Columns()-1, l.Rows()-1); err != nil {
				t.Fatalf("a tile that the index promises: %v", err)
			}
		}
	})
}

func FuzzProbe(f *testing.F) {
	f.Add(withEXIF(asJPEG(f, painted(9, 9)), 6))
	f.Add(asPNG(f, painted(9, 9)))
	f.Add(hugePNG(1, 1))
	profile := icctest.Matrix("P3", icctest.P3, icctest.SRGBFormula())
	f.Add(afterSOI(asJPEG(f, painted(9, 9)), iccJPEG(profile, 150)))
	f.Add(afterIHDR(asPNG(f, painted(9, 9)), iccPNG(f, profile)))
	f.Add(afterIHDR(asPNG(f, painted(9, 9)), chunk("cICP", []byte{12, 13, 0, 1}), chunk("gAMA", []byte{0, 0, 200, 0}), chunk("cHRM", bytes.Repeat([]byte{0, 0, 100, 0}, 8))))
	f.Add(flat(0, 1, 2, 3, 4))
	f.Fuzz(func(t *testing.T, b []byte) {
		info, err := pyramid.Probe(bytes.NewReader(b), pyramid.Limits{MaxPixels: 1 << 20, MaxSide: 1 << 12})
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatalf("unclassified: %v", err)
			}
			return
		}
		if info.Width < 1 || info.Height < 1 || info.Width > 1<<12 || info.Height > 1<<12 || info.Orientation < 1 || info.Orientation > 8 {
			t.Fatalf("%+v", info)
		}
	})
}
