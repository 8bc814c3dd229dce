package pyramid

// turn returns the EXIF orientation that mirrors (left to right) first and then
// rotates clockwise by 0, 90, 180 or 270 degrees.
func turn(mirror bool, degrees int) int {
	plain, mirrored := [4]int{1, 6, 3, 8}, [4]int{2, 7, 4, 5}
	if mirror {
		return mirrored[degrees/90%4]
	}
	return plain[degrees/90%4]
}

// walk says where pixel (x, y) of the upright picture stands in the stored one
// of w × h: at (x0 + x·xx + y·xy, y0 + x·yx + y·yy).
type walk struct{ x0, xx, xy, y0, yx, yy int }

func walkOf(orientation, w, h int) walk {
	switch orientation {
	case 2:
		return walk{x0: w - 1, xx: -1, yy: 1}
	case 3:
		return walk{x0: w - 1, xx: -1, y0: h - 1, yy: -1}
	case 4:
		return walk{xx: 1, y0: h - 1, yy: -1}
	case 5:
		return walk{xy: 1, yx: 1}
	case 6:
		return walk{xy: 1, y0: h - 1, yx: -1}
	case 7:
		return walk{x0: w - 1, xy: -1, y0: h - 1, yx: -1}
	case 8:
		return walk{x0: w - 1, xy: -1, yx: 1}
	}
	return walk{xx: 1, yy: 1}
}

// orient turns r from the given EXIF orientation upright.
func (r *raster) orient(orientation int) *raster {
	if orientation <= 1 || orientation > 8 {
		return r
	}
	w, h := r.y.w, r.y.h
	k := walkOf(orientation, w, h)
	if orientation >= 5 {
		w, h = h, w
	}
	out := newRaster(w, h, r.gray())
	step := k.xx + k.yx*r.y.stride
	for y := range h {
		at := k.x0 + y*k.xy + (k.y0+y*k.yy)*r.y.stride
		row := out.y.row(y)
		for x := range row {
			row[x] = r.y.pix[at]
			at += step
		}
	}
	if r.gray() {
		return out
	}
	// An odd side shifts the pairs of pixels that share a chroma sample, so each
	// new sample is the mean of those of its four pixels.
	for y := range out.cb.h {
		ya, yb := 2*y, min(2*y+1, h-1)
		cb, cr := out.cb.row(y), out.cr.row(y)
		for x := range cb {
			xa, xb := 2*x, min(2*x+1, w-1)
			i, j, m, n := k.chroma(r, xa, ya), k.chroma(r, xb, ya), k.chroma(r, xa, yb), k.chroma(r, xb, yb)
			cb[x] = mean4(r.cb.pix[i], r.cb.pix[j], r.cb.pix[m], r.cb.pix[n])
			cr[x] = mean4(r.cr.pix[i], r.cr.pix[j], r.cr.pix[m], r.cr.pix[n])
		}
	}
	return out
}

// chroma returns the offset of the chroma sample of the upright pixel (x, y).
func (k walk) chroma(r *raster, x, y int) int {
	return (k.x0+x*k.xx+y*k.xy)/2 + (k.y0+x*k.yx+y*k.yy)/2*r.cb.stride
}
