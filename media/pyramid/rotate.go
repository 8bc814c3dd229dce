package pyramid

import (
	"math"

	"yijianyou/media/iiif"
)

// turned mirrors r left to right, if mirror says so, and then turns it clockwise
// by degrees (Image API 3.0 §4.3). For a right angle cover is empty; for any other
// the result is the frame of iiif.Turned, in which the picture lies with its edges
// repeated beyond it, and cover says of each pixel how much of it is picture, 255
// being all.
func (r *raster) turned(mirror bool, degrees float64) (out *raster, cover plane) {
	if right := math.Mod(degrees, 360); right == math.Trunc(right/90)*90 {
		return r.orient(turn(mirror, int(right))), plane{}
	}
	if mirror {
		r = r.orient(turn(true, 0))
	}
	w, h := iiif.Turned(r.y.w, r.y.h, degrees)
	back := newSpin(r.y.w, r.y.h, w, h, degrees)
	out, cover = newRaster(w, h, r.gray()), newPlane(w, h)
	back.fill(out.y, r.y, 1)
	back.cover(cover)
	if !r.gray() {
		back.fill(out.cb, r.cb, 2)
		back.fill(out.cr, r.cr, 2)
	}
	return out, cover
}

// spin leads from a point of the frame back to the point of the picture that lies
// there: both count from the corner, so that the middle of pixel 0 is at 0.5.
type spin struct {
	w, h     int     // of the picture
	x0, y0   float64 // where the corner of the frame lies in the picture
	cos, sin float64 // a step to the right in the frame is (cos, -sin) in the picture, a step down (sin, cos)
}

func newSpin(w, h, frameW, frameH int, degrees float64) spin {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	mx, my := float64(frameW)/2, float64(frameH)/2
	return spin{w: w, h: h, cos: cos, sin: sin, x0: float64(w)/2 - mx*cos - my*sin, y0: float64(h)/2 + mx*sin - my*cos}
}

const fractionBits = 16

func fixed(v float64) int64 { return int64(math.Round(v * (1 << fractionBits))) }

// fill draws src, whose samples are step pixels apart, into dst, whose samples
// are, too. A sample is mixed from the four that lie around its middle.
func (s spin) fill(dst, src plane, step float64) {
	dx, dy := fixed(s.cos), fixed(-s.sin) // a sample of dst to the right, in samples of src
	maxX, maxY := int64(src.w-1)<<fractionBits, int64(src.h-1)<<fractionBits
	for y := range dst.h {
		fx, fy := 0.5*step, (float64(y)+0.5)*step
		x64 := fixed((s.x0+fx*s.cos+fy*s.sin)/step - 0.5)
		y64 := fixed((s.y0-fx*s.sin+fy*s.cos)/step - 0.5)
		row := dst.row(y)
		for x := range row {
			px, py := min(max(x64, 0), maxX), min(max(y64, 0), maxY)
			row[x] = src.between(px, py)
			x64 += dx
			y64 += dy
		}
	}
}

// between mixes the samples around (x, y), which lies inside and has fractions of
// fractionBits.
func (p plane) between(x, y int64) byte {
	ix, iy := int(x>>fractionBits), int(y>>fractionBits)
	fx, fy := int(x>>(fractionBits-8))&255, int(y>>(fractionBits-8))&255
	at := iy*p.stride + ix
	right, down := 1, p.stride
	if ix == p.w-1 {
		right = 0
	}
	if iy == p.h-1 {
		down = 0
	}
	top := int(p.pix[at])*(256-fx) + int(p.pix[at+right])*fx
	bottom := int(p.pix[at+down])*(256-fx) + int(p.pix[at+down+right])*fx
	return byte((top*(256-fy) + bottom*fy + 1<<15) >> 16)
}

// cover writes how much of each pixel of the frame the picture covers, by the
// distance of the pixel's middle from the edges.
func (s spin) cover(dst plane) {
	w, h := float64(s.w), float64(s.h)
	share := func(v, length float64) float64 { return min(max(min(v, length-v)+0.5, 0), 1) }
	for y := range dst.h {
		fy := float64(y) + 0.5
		row := dst.row(y)
		for x := range row {
			fx := float64(x) + 0.5
			row[x] = byte(255*share(s.x0+fx*s.cos+fy*s.sin, w)*share(s.y0-fx*s.sin+fy*s.cos, h) + 0.5)
		}
	}
}

// onWhite lays r, of which cover is picture, on white.
func (r *raster) onWhite(cover plane) *raster {
	mix := func(p plane, ground byte, step int) {
		for y := range p.h {
			row := p.row(y)
			a, b := cover.row(min(step*y, cover.h-1)), cover.row(min(step*y+step-1, cover.h-1))
			for x := range row {
				l, m := min(step*x, cover.w-1), min(step*x+step-1, cover.w-1)
				k := (int(a[l]) + int(a[m]) + int(b[l]) + int(b[m])) / 4
				row[x] = byte((int(row[x])*k + int(ground)*(255-k) + 127) / 255)
			}
		}
	}
	mix(r.y, 255, 1)
	if !r.gray() {
		mix(r.cb, 128, 2)
		mix(r.cr, 128, 2)
	}
	return r
}
