package pyramid

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

const defaultQuality = 88 // of a JPEG

// bitonalQuality of a JPEG keeps black black and white white.
const bitonalQuality = 95

// finish does to a scaled picture what comes behind scaling: mirroring and
// rotation, quality, format, in this order (Image API 3.0 §4.6).
func (r *raster) finish(w Want) ([]byte, error) {
	out, cover := r.turned(w.Mirror, w.Degrees)
	clear := cover.w > 0 && w.Kind == PNG // what is no picture is to be transparent
	if cover.w > 0 && !clear {
		out = out.onWhite(cover)
	}
	quality := w.Quality
	if quality == 0 {
		quality = defaultQuality
	}
	if w.Bitonal {
		out, quality = out.bitonal(), bitonalQuality
	}
	switch {
	case w.Bitonal && w.Kind == PNG:
		return encodePNG(out.blackWhite(cover))
	case clear:
		return encodePNG(out.transparent(cover))
	}
	return out.encode(w.Kind, quality)
}

// bitonal is black where r is darker than the middle between black and white, else
// white. The bound is the same everywhere, so that tiles fit to each other.
func (r *raster) bitonal() *raster {
	out := newRaster(r.y.w, r.y.h, true)
	for y := range out.y.h {
		dst := out.y.row(y)
		for x, v := range r.y.row(y) {
			dst[x] = 255 * (v >> 7)
		}
	}
	return out
}

// blackWhite returns a bitonal r with one bit for each pixel, or with two when
// cover says what is no picture.
func (r *raster) blackWhite(cover plane) image.Image {
	colours := color.Palette{color.Gray{}, color.Gray{Y: 255}}
	if cover.w > 0 {
		colours = append(colours, color.NRGBA{})
	}
	m := image.NewPaletted(image.Rect(0, 0, r.y.w, r.y.h), colours)
	for y := range r.y.h {
		dst := m.Pix[y*m.Stride:]
		for x, v := range r.y.row(y) {
			dst[x] = v >> 7
			if cover.w > 0 && cover.row(y)[x] < 128 {
				dst[x] = 2
			}
		}
	}
	return m
}

// transparent returns r with cover as its opacity.
func (r *raster) transparent(cover plane) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, r.y.w, r.y.h))
	for y := range r.y.h {
		dst := m.Pix[y*m.Stride:]
		for x, luma := range r.y.row(y) {
			red, green, blue := luma, luma, luma
			if !r.gray() {
				red, green, blue = ycbcrToRGB(luma, r.cb.row(y / 2)[x/2], r.cr.row(y / 2)[x/2])
			}
			dst[4*x], dst[4*x+1], dst[4*x+2], dst[4*x+3] = red, green, blue, cover.row(y)[x]
		}
	}
	return m
}

func encodePNG(m image.Image) ([]byte, error) {
	var buf bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	err := enc.Encode(&buf, m)
	return buf.Bytes(), err
}
