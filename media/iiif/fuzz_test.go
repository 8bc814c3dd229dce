package iiif_test

import (
	"testing"

	"yijianyou/media/iiif"
)

// Whatever is asked of whatever image under whatever limits: the region lies in
// the image, what leaves is within the limits, and the canonical address asks for
// the same and is its own canonical form.
func FuzzParseAndResolve(f *testing.F) {
	for _, path := range []string{"full/max/0/default.jpg", "pct:1,2.5,3,4/^!20,30/!270.0/gray.png", "square/pct:33.333/0/color.jpg", "full/^max/45/default.png",
		"0,0,1,4000/^max/.5/bitonal.jpg", "full/!9999,3/359.999/default.jpg", "full/^pct:999999999/12.5/gray.jpg"} {
		f.Add(path, uint16(5123), uint16(3777), uint16(4096), uint32(16_000_000), false)
	}
	f.Add("full/^max/45/default.png", uint16(40000), uint16(1), uint16(8192), uint32(17_000_000), true)
	f.Fuzz(func(t *testing.T, path string, w, h, side uint16, area uint32, gray bool) {
		width, height := int(w)+1, int(h)+1
		lim := iiif.Limits{MaxSide: int(side), MaxArea: int64(area)}
		r, err := iiif.Parse(path)
		if err != nil {
			return
		}
		p, err := r.Resolve(width, height, gray, lim)
		if err != nil {
			return
		}
		frameW, frameH := iiif.Turned(p.Width, p.Height, p.Degrees)
		switch {
		case p.X < 0 || p.Y < 0 || p.W < 1 || p.H < 1 || p.X+p.W > width || p.Y+p.H > height:
			t.Fatalf("%s: region outside: %+v", path, p)
		case p.Width < 1 || p.Height < 1 || p.Degrees < 0 || p.Degrees >= 360:
			t.Fatalf("%s: nothing, or turned too far: %+v", path, p)
		case side > 0 && max(p.Width, p.Height, frameW, frameH) > int(side):
			t.Fatalf("%s: %+v in a frame of %d×%d, beyond a side of %d", path, p, frameW, frameH, side)
		case area > 0 && max(int64(p.Width)*int64(p.Height), int64(frameW)*int64(frameH)) > int64(area):
			t.Fatalf("%s: %+v in a frame of %d×%d, beyond an area of %d", path, p, frameW, frameH, area)
		case !r.Size.Upscale && (p.Width > p.W || p.Height > p.H):
			t.Fatalf("%s: enlarged: %+v", path, p)
		}
		again, err := iiif.Parse(p.Canonical)
		if err != nil {
			t.Fatalf("%s: canonical %s: %v", path, p.Canonical, err)
		}
		q, err := again.Resolve(width, height, gray, lim)
		if err != nil || q != p {
			t.Fatalf("%s: %+v, but its canonical form gives %+v (%v)", path, p, q, err)
		}
	})
}
