package pyramid

import (
	"image"
	"image/color"

	"yijianyou/media/icc"
)

// Colour says what is known of the colours of a picture. What leaves is always
// sRGB.
type Colour string

const (
	SRGB      Colour = "srgb"      // the file says so, or its profile means it
	Converted Colour = "converted" // from the space that Info.Profile names
	Assumed   Colour = "assumed"   // nothing is said, or it cannot be converted: shown as if it were sRGB
)

// colour decides what is done with the colours of the picture.
func (s *survey) colour() (c Colour, name string, t *icc.Transform) {
	space, name := s.told, s.named
	switch {
	case s.profile != nil:
		p, err := icc.Parse(s.profile)
		if err != nil {
			return Assumed, "", nil
		}
		space, name = p, p.Name
	case s.broken:
		return Assumed, "", nil
	case s.srgb || space == nil && s.exif.srgb:
		return SRGB, "", nil
	case space == nil && s.exif.adobeRGB:
		space = icc.AdobeRGB()
		name = space.Name
	}
	if space == nil || s.cmyk || space.Space == icc.Gray && !s.gray {
		return Assumed, name, nil
	}
	t, ok := space.Transform()
	switch {
	case !ok:
		return Assumed, name, nil
	case t.Plain():
		return SRGB, name, nil
	}
	return Converted, name, t
}

// inSRGB makes a raster of a decoded picture, converted by t unless it is nil.
// What is RGB is converted before its precision is lost.
func inSRGB(img image.Image, t *icc.Transform) *raster {
	if t == nil {
		return fromImage(img)
	}
	switch img.(type) {
	case *image.YCbCr, *image.Gray, *image.Gray16:
		r := fromImage(img)
		r.convert(t)
		return r
	case *image.NRGBA64, *image.RGBA64:
		return fromRGB(img, func(img image.Image, x0, y int, dst []byte) { wideRow(img, t, x0, y, dst) })
	}
	return fromRGB(img, func(img image.Image, x0, y int, dst []byte) {
		rgbRow(img, x0, y, dst)
		for x := 0; x < len(dst); x += 3 {
			dst[x], dst[x+1], dst[x+2] = t.RGB(dst[x], dst[x+1], dst[x+2])
		}
	})
}

// convert brings r to sRGB, in place. The four pixels that share a chroma sample
// get the mean of their converted colours.
func (r *raster) convert(t *icc.Transform) {
	if r.gray() {
		for y := range r.y.h {
			row := r.y.row(y)
			for x, v := range row {
				row[x] = t.Gray(v)
			}
		}
		return
	}
	for y := 0; y < r.y.h; y += 2 {
		rows := [2][]byte{r.y.row(y), r.y.row(min(y+1, r.y.h-1))}
		n := min(2, r.y.h-y)
		cb, cr := r.cb.row(y/2), r.cr.row(y/2)
		for x := range cb {
			cb[x], cr[x] = convertPair(t, rows[:n], x, cb[x], cr[x])
		}
	}
}

// convertPair converts the pixels of rows that share chroma sample x, writes
// their luma and returns their chroma.
func convertPair(t *icc.Transform, rows [][]byte, x int, cb, cr byte) (byte, byte) {
	var red, green, blue, n int
	for _, row := range rows {
		for i := 2 * x; i < min(2*x+2, len(row)); i++ {
			r, g, b := t.RGB(ycbcrToRGB(row[i], cb, cr))
			row[i], _, _ = color.RGBToYCbCr(r, g, b)
			red, green, blue, n = red+int(r), green+int(g), blue+int(b), n+1
		}
	}
	_, cb, cr = color.RGBToYCbCr(byte((red+n/2)/n), byte((green+n/2)/n), byte((blue+n/2)/n))
	return cb, cr
}

// wideRow writes the row of a picture of 16 bits that begins at (x0, y) into dst.
func wideRow(img image.Image, t *icc.Transform, x0, y int, dst []byte) {
	for x := range len(dst) / 3 {
		r, g, b, a := img.At(x0+x, y).RGBA()
		white := 0xFFFF - a
		dst[3*x], dst[3*x+1], dst[3*x+2] = t.Wide(uint16(r+white), uint16(g+white), uint16(b+white))
	}
}
