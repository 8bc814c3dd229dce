package drawing

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

// canvas is the sheet of paper in pixels, y downwards.
type canvas struct {
	img   *image.RGBA
	z     *vector.Rasterizer
	clip  image.Rectangle // nothing is drawn outside
	mask  []byte          // scratch
	grain []float32
}

const grainSide = 256 // of the noise that makes paper and washes uneven, in samples

func newCanvas(w, h int, rng *rand.Rand) *canvas {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, w, h)), z: vector.NewRasterizer(64, 64), clip: image.Rect(0, 0, w, h)}
	c.grain = newGrain(rng)
	return c
}

// newGrain makes a tile of noise, -1 to 1, of three sizes of cloud.
func newGrain(rng *rand.Rand) []float32 {
	out := make([]float32, grainSide*grainSide)
	for _, octave := range []struct {
		cells  int
		weight float32
	}{{8, 0.5}, {32, 0.3}, {grainSide, 0.2}} {
		grid := make([]float32, octave.cells*octave.cells)
		for i := range grid {
			grid[i] = rng.Float32()*2 - 1
		}
		at := func(x, y int) float32 { return grid[y%octave.cells*octave.cells+x%octave.cells] }
		step := float32(octave.cells) / grainSide
		for y := range grainSide {
			fy := float32(y) * step
			y0 := int(fy)
			ty := fy - float32(y0)
			for x := range grainSide {
				fx := float32(x) * step
				x0 := int(fx)
				tx := fx - float32(x0)
				top := at(x0, y0)*(1-tx) + at(x0+1, y0)*tx
				low := at(x0, y0+1)*(1-tx) + at(x0+1, y0+1)*tx
				out[y*grainSide+x] += octave.weight * (top*(1-ty) + low*ty)
			}
		}
	}
	return out
}

// noise returns the grain at a pixel, -1 to 1; each sample is three pixels wide.
func (c *canvas) noise(x, y int) float32 {
	return c.grain[(y/3)%grainSide*grainSide+(x/3)%grainSide]
}

// paint gives the colour of a pixel: red, green, blue 0 to 255 and how much of
// it covers what is below, 0 to 1.
type paint func(x, y int) (r, g, b, a float32)

// solid covers evenly.
func solid(c color.RGBA) paint {
	r, g, b := float32(c.R), float32(c.G), float32(c.B)
	return func(int, int) (float32, float32, float32, float32) { return r, g, b, 1 }
}

// fillPixels fills the inside (non-zero winding) of closed polylines, given in pixels.
func (c *canvas) fillPixels(lines []line, ink color.RGBA, p paint) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, l := range lines {
		a, b, d, e := l.bounds()
		x0, y0, x1, y1 = min(x0, a), min(y0, b), max(x1, d), max(y1, e)
	}
	if !(x1 > x0 && y1 > y0) {
		return
	}
	box := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1))+1, int(math.Ceil(y1))+1)
	clip := box.Intersect(c.clip)
	if clip.Empty() {
		return
	}
	ox, oy := float32(box.Min.X), float32(box.Min.Y)
	c.z.Reset(box.Dx(), box.Dy())
	for _, l := range lines {
		for i, q := range l {
			if i == 0 {
				c.z.MoveTo(float32(q.x)-ox, float32(q.y)-oy)
			} else {
				c.z.LineTo(float32(q.x)-ox, float32(q.y)-oy)
			}
		}
		c.z.ClosePath()
	}
	if p == nil && box != clip {
		p = solid(ink)
	}
	if p == nil {
		c.z.Draw(c.img, box, image.NewUniform(ink), image.Point{})
		return
	}
	n := box.Dx() * box.Dy()
	if cap(c.mask) < n {
		c.mask = make([]byte, n)
	}
	mask := &image.Alpha{Pix: c.mask[:n], Stride: box.Dx(), Rect: image.Rect(0, 0, box.Dx(), box.Dy())}
	clear(mask.Pix)
	c.z.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		row := mask.Pix[(y-box.Min.Y)*mask.Stride:]
		dst := c.img.Pix[c.img.PixOffset(0, y):]
		for x := clip.Min.X; x < clip.Max.X; x++ {
			cover := row[x-box.Min.X]
			if cover == 0 {
				continue
			}
			r, g, b, a := p(x, y)
			a *= float32(cover) / 255
			px := dst[4*x : 4*x+4 : 4*x+4]
			px[0] = blend(px[0], r, a)
			px[1] = blend(px[1], g, a)
			px[2] = blend(px[2], b, a)
		}
	}
}

func blend(was byte, now, a float32) byte {
	v := float32(was) + (now-float32(was))*a + 0.5
	return byte(min(max(v, 0), 255))
}
