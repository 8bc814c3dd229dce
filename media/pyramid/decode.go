package pyramid

import (
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
)

// decode reads the whole picture of r, which Probe has found to be info, and
// turns it upright, in sRGB.
func decode(ctx context.Context, r io.Reader, info Info, opts Options) (*raster, error) {
	src := &endNoting{r: &readerUntil{ctx: ctx, r: r, pause: opts.Pause}}
	var img image.Image
	var err error
	if info.Kind == JPEG {
		img, err = decodeJPEG(ctx, src, opts)
	} else {
		img, err = png.Decode(src)
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, classify(err, src.ended)
	}
	return inSRGB(img, info.transform).orient(info.Orientation), nil
}

// readerUntil ends reading when the context ends, and pauses now and then.
type readerUntil struct {
	ctx   context.Context
	r     io.Reader
	pause func(context.Context) error
	n     int // bytes since the last pause
}

const pauseBytes = 256 << 10

func (r *readerUntil) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.pause != nil && r.n >= pauseBytes {
		r.n = 0
		if err := r.pause(r.ctx); err != nil {
			return 0, err
		}
	}
	n, err := r.r.Read(p)
	r.n += n
	return n, err
}

// fromImage makes a raster of a decoded picture, sharing its bytes where the
// form is the same.
func fromImage(img image.Image) *raster {
	b := img.Bounds()
	switch m := img.(type) {
	case *image.YCbCr:
		return fromYCbCr(m)
	case *image.Gray:
		return &raster{y: plane{pix: m.Pix, w: b.Dx(), h: b.Dy(), stride: m.Stride}}
	case *image.Gray16:
		r := newRaster(b.Dx(), b.Dy(), true)
		for y := range b.Dy() {
			row := r.y.row(y)
			for x := range row {
				row[x] = m.Pix[y*m.Stride+2*x]
			}
		}
		return r
	}
	return fromRGB(img, rgbRow)
}

// fromYCbCr brings any subsampling to 4:2:0. A sample of the result is the
// mean of the four pixels that it stands for.
func fromYCbCr(m *image.YCbCr) *raster {
	b := m.Rect
	w, h := b.Dx(), b.Dy()
	r := &raster{y: plane{pix: m.Y[m.YOffset(b.Min.X, b.Min.Y):], w: w, h: h, stride: m.YStride}}
	if m.SubsampleRatio == image.YCbCrSubsampleRatio420 && b.Min.X%2 == 0 && b.Min.Y%2 == 0 {
		off := m.COffset(b.Min.X, b.Min.Y)
		r.cb = plane{pix: m.Cb[off:], w: (w + 1) / 2, h: (h + 1) / 2, stride: m.CStride}
		r.cr = plane{pix: m.Cr[off:], w: (w + 1) / 2, h: (h + 1) / 2, stride: m.CStride}
		return r
	}
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio444:
		r.cb, r.cr = chromaOf(m.Cb, m, w, h).half(), chromaOf(m.Cr, m, w, h).half()
		return r
	case image.YCbCrSubsampleRatio422:
		if b.Min.X%2 == 0 {
			r.cb, r.cr = chromaOf(m.Cb, m, (w+1)/2, h).halfHeight(), chromaOf(m.Cr, m, (w+1)/2, h).halfHeight()
			return r
		}
	}
	r.cb, r.cr = newPlane((w+1)/2, (h+1)/2), newPlane((w+1)/2, (h+1)/2)
	for y := range r.cb.h {
		y0, y1 := b.Min.Y+2*y, b.Min.Y+min(2*y+1, h-1)
		cb, cr := r.cb.row(y), r.cr.row(y)
		for x := range cb {
			x0, x1 := b.Min.X+2*x, b.Min.X+min(2*x+1, w-1)
			i, j, k, l := m.COffset(x0, y0), m.COffset(x1, y0), m.COffset(x0, y1), m.COffset(x1, y1)
			cb[x] = mean4(m.Cb[i], m.Cb[j], m.Cb[k], m.Cb[l])
			cr[x] = mean4(m.Cr[i], m.Cr[j], m.Cr[k], m.Cr[l])
		}
	}
	return r
}

// chromaOf returns the w × h samples of a chroma channel of m.
func chromaOf(pix []byte, m *image.YCbCr, w, h int) plane {
	return plane{pix: pix[m.COffset(m.Rect.Min.X, m.Rect.Min.Y):], w: w, h: h, stride: m.CStride}
}

func mean4(a, b, c, d byte) byte { return byte((int(a) + int(b) + int(c) + int(d) + 2) >> 2) }

// fromRGB converts every other form, two rows at a time, which row reads as
// rgbRow does.
func fromRGB(img image.Image, row func(img image.Image, x0, y int, dst []byte)) *raster {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	r := newRaster(w, h, false)
	rows := [2][]byte{make([]byte, 3*w), make([]byte, 3*w)}
	for y := 0; y < h; y += 2 {
		n := min(2, h-y)
		for i := range n {
			row(img, b.Min.X, b.Min.Y+y+i, rows[i])
			luma := r.y.row(y + i)
			for x := range luma {
				luma[x], _, _ = color.RGBToYCbCr(rows[i][3*x], rows[i][3*x+1], rows[i][3*x+2])
			}
		}
		cb, cr := r.cb.row(y/2), r.cr.row(y/2)
		top, bottom := rows[0], rows[n-1]
		for x := range cb {
			i, j := 3*2*x, 3*min(2*x+1, w-1)
			red := mean4(top[i], top[j], bottom[i], bottom[j])
			green := mean4(top[i+1], top[j+1], bottom[i+1], bottom[j+1])
			blue := mean4(top[i+2], top[j+2], bottom[i+2], bottom[j+2])
			_, cb[x], cr[x] = color.RGBToYCbCr(red, green, blue)
		}
	}
	return r
}

// rgbRow writes the row of img that begins at (x0, y) into dst, laying
// transparent parts on white.
func rgbRow(img image.Image, x0, y int, dst []byte) {
	w := len(dst) / 3
	switch m := img.(type) {
	case *image.NRGBA:
		src := m.Pix[m.PixOffset(x0, y):]
		for x := range w {
			a := int(src[4*x+3])
			for c := range 3 {
				dst[3*x+c] = byte((int(src[4*x+c])*a + 255*(255-a) + 127) / 255)
			}
		}
	case *image.RGBA:
		src := m.Pix[m.PixOffset(x0, y):]
		for x := range w {
			white := 255 - src[4*x+3]
			for c := range 3 {
				dst[3*x+c] = src[4*x+c] + white
			}
		}
	default: // palette, 16 bits, CMYK
		for x := range w {
			red, green, blue, a := img.At(x0+x, y).RGBA()
			white := 0xFFFF - a
			dst[3*x], dst[3*x+1], dst[3*x+2] = byte((red+white)>>8), byte((green+white)>>8), byte((blue+white)>>8)
		}
	}
}

// ycbcrToRGB is color.YCbCrToRGB.
func ycbcrToRGB(y, cb, cr byte) (r, g, b byte) { return color.YCbCrToRGB(y, cb, cr) }
