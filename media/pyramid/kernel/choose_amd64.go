package kernel

import "golang.org/x/sys/cpu"

// avx2 is whether this processor has the instructions of the assembly.
var avx2 = cpu.X86.HasAVX2

// Inverse writes the samples of a block, the coefficients b times the steps q,
// as eight rows of eight bytes, stride apart.
func Inverse(dst []byte, stride int, b *Block, q *Steps) {
	if !avx2 {
		inverseGo(dst, stride, b, q)
		return
	}
	_ = dst[7*stride+7]
	inverseAVX2(&dst[0], stride, b, q)
}

// Forward transforms eight rows of eight samples, stride apart, quantises them
// and returns which of out are not zero: bit i for out[i].
func Forward(out *Block, src []byte, stride int, q *Quantiser) uint64 {
	if !avx2 {
		return forwardGo(out, src, stride, q)
	}
	_ = src[7*stride+7]
	return forwardAVX2(out, &src[0], stride, q)
}

// Halve writes the mean of each two samples of a and the two below them in b.
func Halve(dst, a, b []byte) {
	n := 0
	if avx2 {
		if n = len(dst) &^ 15; n > 0 {
			_, _ = a[2*n-1], b[2*n-1]
			halveAVX2(&dst[0], &a[0], &b[0], n)
		}
	}
	halveGo(dst[n:], a[2*n:], b[2*n:])
}

// Scale writes the results of l, of which dst has as many, from the samples src.
func (l *Line) Scale(dst, src []byte) {
	dst, src = dst[:len(l.from)], src[:l.reach]
	n := 0
	if avx2 {
		if n = len(dst) &^ 3; n > 0 {
			horizontalAVX2(&dst[0], &src[0], &l.from[0], &l.weights[0], n)
		}
	}
	horizontalGo(dst[n:], src, l.from[n:], l.weights[LineTaps*n:])
}

// Vertical writes for each x the samples of src at x, x+stride, …, each times
// its weight.
func Vertical(dst, src []byte, stride int, weights []int32) {
	n := 0
	if avx2 {
		if n = len(dst) &^ 7; n > 0 && len(weights) > 0 {
			_ = src[(len(weights)-1)*stride+n-1]
			verticalAVX2(&dst[0], &src[0], stride, &weights[0], len(weights), n)
		}
	}
	verticalGo(dst[n:], src[n:], stride, weights)
}

//go:noescape
func inverseAVX2(dst *byte, stride int, b *Block, q *Steps)

//go:noescape
func forwardAVX2(out *Block, src *byte, stride int, q *Quantiser) uint64

//go:noescape
func halveAVX2(dst, a, b *byte, n int)

//go:noescape
func horizontalAVX2(dst, src *byte, from *int32, weights *int16, n int)

//go:noescape
func verticalAVX2(dst, src *byte, stride int, weights *int32, taps, n int)
