package pyramid

import "math"

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
	for y := range out.h {
		a, b := p.row(2*y), p.row(min(2*y+1, p.h-1))
		dst := out.row(y)
		n := p.w / 2
		a2, b2 := a[:2*n], b[:2*n]
		for x := range n {
			dst[x] = byte((int(a2[2*x]) + int(a2[2*x+1]) + int(b2[2*x]) + int(b2[2*x+1]) + 2) >> 2)
		}
		if n < out.w {
			dst[n] = byte((int(a[p.w-1]) + int(b[p.w-1]) + 1) >> 1)
		}
	}
	return out
}

// box is a part of a plane in samples, possibly between them.
type box struct{ x, y, w, h float64 }

// resample scales the part b of r to w × h.
func (r *raster) resample(b box, w, h int) *raster {
	out := &raster{y: r.y.resample(b, w, h)}
	if r.gray() {
		return out
	}
	cw, ch := (w+1)/2, (h+1)/2
	// The last chroma sample of an odd side reaches one pixel beyond the picture.
	half := box{x: b.x / 2, y: b.y / 2, w: b.w / float64(w) * float64(cw), h: b.h / float64(h) * float64(ch)}
	out.cb, out.cr = r.cb.resample(half, cw, ch), r.cr.resample(half, cw, ch)
	return out
}

// resample scales the part b of p to w × h with a triangle filter as wide as
// the reduction needs: bilinear when enlarging, without aliasing when reducing.
// Samples beyond the plane repeat its edge.
func (p plane) resample(b box, w, h int) plane {
	if b.w == float64(w) && b.h == float64(h) && b.x == math.Trunc(b.x) && b.y == math.Trunc(b.y) &&
		b.x >= 0 && b.y >= 0 && int(b.x)+w <= p.w && int(b.y)+h <= p.h {
		return plane{pix: p.pix[int(b.y)*p.stride+int(b.x):], w: w, h: h, stride: p.stride}
	}
	across, down := tapsOf(b.x, b.w, w, p.w), tapsOf(b.y, b.h, h, p.h)
	first := down[0].from
	last := down[h-1].from + len(down[h-1].weight)
	middle := newPlane(w, last-first)
	for y := range middle.h {
		src, dst := p.row(first+y), middle.row(y)
		for x := range dst {
			t := &across[x]
			s := src[t.from : t.from+len(t.weight)]
			sum := int32(1 << (weightBits - 1))
			for i, v := range s {
				sum += int32(v) * t.weight[i]
			}
			dst[x] = byte(sum >> weightBits)
		}
	}
	out := newPlane(w, h)
	sums := make([]int32, w)
	for y := range h {
		t := &down[y]
		for x := range sums {
			sums[x] = 1 << (weightBits - 1)
		}
		for i, k := range t.weight {
			for x, v := range middle.row(t.from - first + i) {
				sums[x] += int32(v) * k
			}
		}
		dst := out.row(y)
		for x, s := range sums {
			dst[x] = byte(s >> weightBits)
		}
	}
	return out
}

const weightBits = 14

// taps are the weights, of sum 1<<weightBits, of the samples from from on.
type taps struct {
	from   int
	weight []int32
}

// tapsOf returns for each of n results the weights of the samples of a line of
// limit samples, of which the part that begins at start and is length long is
// scaled.
func tapsOf(start, length float64, n, limit int) []taps {
	scale := length / float64(n)
	radius := max(scale, 1)
	out := make([]taps, n)
	for i := range out {
		centre := start + (float64(i)+0.5)*scale
		from := int(math.Floor(centre - radius))
		to := int(math.Ceil(centre + radius))
		lo, hi := min(max(from, 0), limit-1), min(max(to, 1), limit)
		weights := make([]float64, hi-lo)
		sum := 0.0
		for s := from; s < to; s++ {
			if k := 1 - math.Abs(float64(s)+0.5-centre)/radius; k > 0 {
				weights[min(max(s, lo), hi-1)-lo] += k
				sum += k
			}
		}
		out[i] = taps{from: lo, weight: make([]int32, hi-lo)}
		left := int32(1 << weightBits)
		heaviest := 0
		for j, k := range weights {
			v := int32(math.Round(k / sum * (1 << weightBits)))
			out[i].weight[j] = v
			left -= v
			if k > weights[heaviest] {
				heaviest = j
			}
		}
		out[i].weight[heaviest] += left
	}
	return out
}
