package pyramid_test

import (
	"bytes"
	"context"
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

func BenchmarkRegion(b *testing.B) {
	f := build(b, photograph(b), pyramid.Options{})
	for b.Loop() {
		if _, err := f.Render(context.Background(), pyramid.Want{X: 333, Y: 777, W: 2000, H: 1500, Width: 800, Height: 600, Kind: pyramid.JPEG}); err != nil {
			b.Fatal(err)
		}
	}
}
