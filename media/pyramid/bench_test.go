package pyramid_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"yijianyou/media/pyramid"
)

// photograph returns a file of the folder of test photographs when YJY_PHOTOS
// names one, else a painted picture of 24 megapixels.
func photograph(b *testing.B) []byte {
	names, _ := filepath.Glob(filepath.Join(os.Getenv("YJY_PHOTOS"), "prachi*.jpg"))
	if os.Getenv("YJY_PHOTOS") == "" || len(names) == 0 {
		return asJPEG(b, painted(6000, 4000))
	}
	file, err := os.ReadFile(names[0])
	if err != nil {
		b.Fatal(err)
	}
	return file
}

func BenchmarkBuild(b *testing.B) {
	file := photograph(b)
	info, err := pyramid.Probe(bytes.NewReader(file), pyramid.DefaultLimits)
	if err != nil {
		b.Fatal(err)
	}
	name := filepath.Join(b.TempDir(), "a")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pyramid.Build(context.Background(), bytes.NewReader(file), name, pyramid.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(info.Width*info.Height)*float64(b.N)/b.Elapsed().Seconds()/1e6, "MP/s")
}

func BenchmarkTile(b *testing.B) {
	f := build(b, photograph(b), pyramid.Options{})
	for b.Loop() {
		_, ok, err := f.Stored(pyramid.Want{X: 512, Y: 512, W: 512, H: 512, Width: 512, Height: 512, Kind: pyramid.JPEG})
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
	}
}

// BenchmarkRegion renders 600 regions of all places, sizes and scales in turn.
func BenchmarkRegion(b *testing.B) {
	f := build(b, photograph(b), pyramid.Options{})
	wants := regions(f.Levels()[0], 600)
	for i := 0; b.Loop(); i++ {
		if _, err := f.Render(context.Background(), wants[i%len(wants)]); err != nil {
			b.Fatal(err)
		}
	}
}

// regions returns n regions of 300 to 2500 pixels in each direction, anywhere,
// scaled to a longest side of 256 to 1024.
func regions(level pyramid.Level, n int) []pyramid.Want {
	r := rand.New(rand.NewPCG(42, 1))
	wants := make([]pyramid.Want, n)
	for i := range wants {
		w, h := min(level.Width, 300+r.IntN(2201)), min(level.Height, 300+r.IntN(2201))
		long := 256 + r.IntN(769)
		wants[i] = pyramid.Want{X: r.IntN(level.Width - w + 1), Y: r.IntN(level.Height - h + 1), W: w, H: h, Kind: pyramid.JPEG,
			Width: max(1, long*w/max(w, h)), Height: max(1, long*h/max(w, h))}
	}
	return wants
}
