package pyramid

import (
	"math"

	"yijianyou/media/pyramid/kernel"
)

// half returns r at half its size, rounded up: each sample is the mean of the
// four that it replaces, of two or one at an odd edge.
func (r *raster) half() *raster {
	out := &raster{y: r.y.half()}
	if !r.gray() {
		out.cb, out.cr = r.cb.half(), r.cr.half()
	}
	return out
}

func (p plane) half() plane {
	out := newPlane((p.w+1)/2, (p.h+1)/2)
	n := p.w / 2
	for y := range out.h {
		a, b := p.row(2*y), p.row(min(2*y+1, p.h-1))
		dst := out.row(y)
		kernel.Halve(dst[:n], a, b)
		if n < out.w {
			dst[n] = byte((int(a[p.w-1]) + int(b[p.w-1]) + 1) >> 1)
		}
	}
	return out
}

// halfHeight returns p at half its height, rounded up.
func (p plane) halfHeight() plane {
	out := newPlane(p.w, (p.h+1)/2)
	for y := range out.h {
		a, b, dst := p.row(2*y), p.row(min(2*y+1, p.h-1)), out.row(y)
		for x := range dst {
			dst[x] = byte((int(a[x]) + int(b[x]) + 1) >> 1)
		}
	}
	return out
}

// box is a part of a plane in samples, possibly between them.
type box struct{ x, y, w, h float64 }

// resample scales the part b of r to w × h. The result may lie in a and may share
// the bytes of r.
func (r *raster) resample(a *arena, b box, w, h int) *raster {
	out := &raster{y: r.y.resample(a, b, w, h)}
	if r.gray() {
		return out
	}
	cw, ch := (w+1)/2, (h+1)/2
	// The last chroma sample of an odd side reaches one pixel beyond the picture.
	half := box{x: b.x / 2, y: b.y / 2, w: b.w / float64(w) * float64(cw), h: b.h / float64(h) * float64(ch)}
	out.cb, out.cr = r.cb.resample(a, half, cw, ch), r.cr.resample(a, half, cw, ch)
	return out
}

// resample scales the part b of p to w × h with a triangle filter as wide as
// the reduction needs: bilinear when enlarging, without aliasing when reducing.
// Samples beyond the plane repeat its edge.
func (p plane) resample(a *arena, b box, w, h int) plane {
	if b.w == float64(w) && b.h == float64(h) && b.x == math.Trunc(b.x) && b.y == math.Trunc(b.y) &&
		b.x >= 0 && b.y >= 0 && int(b.x)+w <= p.w && int(b.y)+h <= p.h {
		return plane{pix: p.pix[int(b.y)*p.stride+int(b.x):], w: w, h: h, stride: p.stride}
	}
	across, down := tapsOf(b.x, b.w, w, p.w), tapsOf(b.y, b.h, h, p.h)
	// First down, then across: what is down to one row stays in the cache.
	first := across.from[0]
	line := make([]byte, int(across.from[w-1]-first)+across.count)
	for i := range across.from {
		across.from[i] -= first
	}
	scale := across.line()
	out := a.plane(w, h)
	for y := range h {
		weights := down.of(y)
		skip, n := 0, len(weights) // what has no weight needs no work
		for skip < n-1 && weights[skip] == 0 {
			skip++
		}
		for n > skip+1 && weights[n-1] == 0 {
			n--
		}
		kernel.Vertical(line, p.pix[(int(down.from[y])+skip)*p.stride+int(first):], p.stride, weights[skip:n])
		scale(out.row(y), line)
	}
	return out
}

// taps are the weights of the samples of a line of which results are made: for
// each result count samples from from on, of the sum 1<<kernel.WeightBits.
type taps struct {
	count   int
	from    []int32
	weights []int32 // count for each result
}

func (t *taps) of(i int) []int32 { return t.weights[i*t.count:][:t.count] }

// line returns what scales a line src to dst.
func (t *taps) line() func(dst, src []byte) {
	if t.count != kernel.LineTaps {
		return t.scale
	}
	short := make([]int16, len(t.weights))
	for i, k := range t.weights {
		short[i] = int16(k)
	}
	return kernel.NewLine(t.from, short).Scale
}

// scale scales a line with any number of taps.
func (t *taps) scale(dst, src []byte) {
	for x := range dst {
		sum := int32(1 << (kernel.WeightBits - 1))
		for i, k := range t.of(x) {
			sum += k * int32(src[int(t.from[x])+i])
		}
		dst[x] = byte(sum >> kernel.WeightBits)
	}
}

// tapsOf returns the weights of n results of a line of limit samples, of which
// the part that begins at start and is length long is scaled. Few taps are made
// as many as a kernel.Line takes, if the line has them.
func tapsOf(start, length float64, n, limit int) *taps {
	scale := length / float64(n)
	radius := max(scale, 1)
	t := &taps{count: int(math.Ceil(2*radius)) + 1, from: make([]int32, n)}
	if t.count < kernel.LineTaps {
		t.count = kernel.LineTaps
	}
	t.count = min(t.count, limit)
	t.weights = make([]int32, n*t.count)
	shares := make([]float64, t.count)
	for i := range n {
		centre := start + (float64(i)+0.5)*scale
		from, to := int(math.Floor(centre-radius)), int(math.Ceil(centre+radius))
		at := min(max(from, 0), limit-t.count)
		t.from[i] = int32(at)
		clear(shares)
		sum := 0.0
		for s := from; s < to; s++ {
			if k := 1 - math.Abs(float64(s)+0.5-centre)/radius; k > 0 {
				shares[min(max(s, at), at+t.count-1)-at] += k
				sum += k
			}
		}
		t.round(i, shares, sum)
	}
	return t
}

// round makes whole weights of the shares; the heaviest takes what is left.
func (t *taps) round(i int, shares []float64, sum float64) {
	weights, left, heaviest := t.of(i), int32(1<<kernel.WeightBits), 0
	for j, k := range shares {
		weights[j] = int32(k/sum*(1<<kernel.WeightBits) + 0.5)
		left -= weights[j]
		if k > shares[heaviest] {
			heaviest = j
		}
	}
	weights[heaviest] += left
}
