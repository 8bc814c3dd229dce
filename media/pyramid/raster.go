package pyramid

import (
	"image"

	"yijianyou/media/pyramid/jpeg"
)

// plane is one channel of 8 bits: h rows of w samples, stride bytes apart.
type plane struct {
	pix          []byte
	w, h, stride int
}

func newPlane(w, h int) plane { return plane{pix: make([]byte, w*h), w: w, h: h, stride: w} }

func (p plane) row(y int) []byte { return p.pix[y*p.stride : y*p.stride+p.w] }

// raster is a picture in Y'CbCr (JFIF). The chroma planes have half the width
// and height, rounded up; both are empty when the picture is grey.
type raster struct{ y, cb, cr plane }

func newRaster(w, h int, gray bool) *raster { return (*arena)(nil).raster(w, h, gray) }

// marked returns r with the mark on it; r itself stays as it is.
func (r *raster) marked(m Mark) *raster {
	if m == nil {
		return r
	}
	out := *r
	out.y = newPlane(r.y.w, r.y.h)
	for y := range r.y.h {
		copy(out.y.row(y), r.y.row(y))
	}
	m(image.Pt(r.y.w, r.y.h), &image.Gray{Pix: out.y.pix, Stride: out.y.stride, Rect: image.Rect(0, 0, r.y.w, r.y.h)})
	return &out
}

func (r *raster) gray() bool { return r.cb.w == 0 }

// crop returns the part of r that begins at (x, y), both even, sharing its bytes.
func (r *raster) crop(x, y, w, h int) *raster {
	cut := func(p plane, x, y, w, h int) plane {
		return plane{pix: p.pix[y*p.stride+x:], w: w, h: h, stride: p.stride}
	}
	out := &raster{y: cut(r.y, x, y, w, h)}
	if !r.gray() {
		out.cb = cut(r.cb, x/2, y/2, (w+1)/2, (h+1)/2)
		out.cr = cut(r.cr, x/2, y/2, (w+1)/2, (h+1)/2)
	}
	return out
}

// image returns r as an image of the standard library, sharing its bytes.
func (r *raster) image() image.Image {
	rect := image.Rect(0, 0, r.y.w, r.y.h)
	if r.gray() {
		return &image.Gray{Pix: r.y.pix, Stride: r.y.stride, Rect: rect}
	}
	return &image.YCbCr{Y: r.y.pix, Cb: r.cb.pix, Cr: r.cr.pix, YStride: r.y.stride, CStride: r.cb.stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: rect}
}

// picture returns r in the form of package jpeg, sharing its bytes.
func (r *raster) picture() *jpeg.Picture {
	return &jpeg.Picture{Y: r.y.jpeg(), Cb: r.cb.jpeg(), Cr: r.cr.jpeg()}
}

func (p plane) jpeg() jpeg.Plane { return jpeg.Plane{Pix: p.pix, W: p.w, H: p.h, Stride: p.stride} }

// encode returns r as a JPEG of the given quality or as a PNG.
func (r *raster) encode(k Kind, quality int) ([]byte, error) {
	if k == PNG {
		return encodePNG(r.rgba())
	}
	return jpeg.NewEncoder(quality).Encode(r.picture(), hands), nil
}

// rgba returns r in a form that the PNG encoder handles fast.
func (r *raster) rgba() image.Image {
	src, colour := r.image().(*image.YCbCr)
	if !colour {
		return r.image()
	}
	dst := image.NewRGBA(src.Rect)
	for y := range r.y.h {
		row := dst.Pix[y*dst.Stride:]
		luma, cb, cr := r.y.row(y), r.cb.row(y/2), r.cr.row(y/2)
		for x, yy := range luma {
			red, green, blue := ycbcrToRGB(yy, cb[x/2], cr[x/2])
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = red, green, blue, 255
		}
	}
	return dst
}
