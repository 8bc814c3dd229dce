package pyramid_test

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"yijianyou/media/iiif"
	"yijianyou/media/pyramid"
)

// alphaAt returns the opacity of a pixel, 0 to 255.
func alphaAt(m image.Image, x, y int) int {
	_, _, _, a := m.At(x, y).RGBA()
	return int(a >> 8)
}

// A picture that is turned by any angle lies in the middle of the smallest frame,
// clockwise, unscaled, on nothing (PNG) or on white (JPEG): Image API 3.0 §4.3.
func TestAPictureIsTurnedByAnyAngle(t *testing.T) {
	const w, h = 901, 603
	f := build(t, asJPEG(t, painted(w, h)), pyramid.Options{Quality: 95})
	for _, degrees := range []float64{0.5, 22.5, 45, 89.9, 137, 200, 315.25} {
		for _, mirror := range []bool{false, true} {
			for _, kind := range []pyramid.Kind{pyramid.JPEG, pyramid.PNG} {
				t.Run(fmt.Sprint(degrees, mirror, kind), func(t *testing.T) {
					want := pyramid.Want{X: 100, Y: 50, W: 600, H: 400, Width: 300, Height: 200, Degrees: degrees, Mirror: mirror, Kind: kind, Quality: 95}
					b, err := f.Render(context.Background(), want)
					if err != nil {
						t.Fatal(err)
					}
					got := decoded(t, b)
					size := got.Bounds().Size()
					if fw, fh := iiif.Turned(300, 200, degrees); size != image.Pt(fw, fh) {
						t.Fatalf("%v, want %d×%d", size, fw, fh)
					}
					sin, cos := math.Sincos(degrees * math.Pi / 180)
					for _, p := range [][2]float64{{0.5, 0.5}, {0.1, 0.1}, {0.9, 0.1}, {0.1, 0.9}, {0.9, 0.9}} {
						dx, dy := (p[0]-0.5)*300, (p[1]-0.5)*200
						x, y := int(float64(size.X)/2+dx*cos-dy*sin), int(float64(size.Y)/2+dx*sin+dy*cos)
						u := p[0]
						if mirror {
							u = 1 - u
						}
						near(t, got, x, y, colourAt(100+int(u*600), 50+int(p[1]*400), w, h), 14)
						if alphaAt(got, x, y) != 255 {
							t.Errorf("%d,%d is not opaque", x, y)
						}
					}
					if degrees < 5 || math.Mod(degrees, 90) > 85 {
						return // the corners of the frame are picture
					}
					for _, p := range []image.Point{{}, {size.X - 1, 0}, {0, size.Y - 1}, {size.X - 1, size.Y - 1}} {
						if kind == pyramid.PNG {
							if a := alphaAt(got, p.X, p.Y); a != 0 {
								t.Errorf("corner %v has opacity %d", p, a)
							}
							continue
						}
						near(t, got, p.X, p.Y, color.NRGBA{255, 255, 255, 255}, 6)
					}
				})
			}
		}
	}
}

func TestTheFrameOfATurnedPictureHasNoSpareSpace(t *testing.T) {
	f := build(t, asJPEG(t, painted(400, 300)), pyramid.Options{})
	b, err := f.Render(context.Background(), pyramid.Want{W: 400, H: 300, Width: 400, Height: 300, Degrees: 30, Kind: pyramid.PNG})
	if err != nil {
		t.Fatal(err)
	}
	got := decoded(t, b)
	d := got.Bounds()
	found := image.Rectangle{Min: d.Max}
	for y := range d.Dy() {
		for x := range d.Dx() {
			if alphaAt(got, x, y) > 0 {
				found.Min.X, found.Min.Y = min(found.Min.X, x), min(found.Min.Y, y)
				found.Max.X, found.Max.Y = max(found.Max.X, x+1), max(found.Max.Y, y+1)
			}
		}
	}
	if found.Min.X > 1 || found.Min.Y > 1 || found.Max.X < d.Dx()-1 || found.Max.Y < d.Dy()-1 {
		t.Errorf("the picture fills %v of %v", found, d)
	}
}

func TestBitonalIsBlackOrWhite(t *testing.T) {
	f := build(t, asJPEG(t, painted(700, 500)), pyramid.Options{})
	for _, kind := range []pyramid.Kind{pyramid.JPEG, pyramid.PNG} {
		for _, degrees := range []float64{0, 90, 30} {
			want := pyramid.Want{W: 700, H: 500, Width: 350, Height: 250, Degrees: degrees, Gray: true, Bitonal: true, Kind: kind}
			b, err := f.Render(context.Background(), want)
			if err != nil {
				t.Fatal(err)
			}
			got := decoded(t, b)
			black, white, other, clear := 0, 0, 0, 0
			for y := range got.Bounds().Dy() {
				for x := range got.Bounds().Dx() {
					r, g, b, a := got.At(x, y).RGBA()
					switch v := (r + g + b) / 3 >> 8; {
					case a == 0:
						clear++
					case v < 6:
						black++
					case v > 249:
						white++
					default:
						other++
					}
				}
			}
			if all := black + white + other + clear; black == 0 || white == 0 || (clear > 0) != (kind == pyramid.PNG && degrees == 30) ||
				kind == pyramid.PNG && other > 0 || other*50 > all {
				t.Errorf("%s turned by %v: %d black, %d white, %d between, %d transparent", kind, degrees, black, white, other, clear)
			}
		}
	}
}
