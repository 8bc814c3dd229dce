//go:build !amd64

package kernel

// Inverse writes the samples of a block, the coefficients b times the steps q,
// as eight rows of eight bytes, stride apart.
func Inverse(dst []byte, stride int, b *Block, q *Steps) { inverseGo(dst, stride, b, q) }

// Forward transforms eight rows of eight samples, stride apart, quantises them
// and returns which of out are not zero: bit i for out[i].
func Forward(out *Block, src []byte, stride int, q *Quantiser) uint64 {
	return forwardGo(out, src, stride, q)
}

// Halve writes the mean of each two samples of a and the two below them in b.
func Halve(dst, a, b []byte) { halveGo(dst, a, b) }

// Scale writes the results of l, of which dst has as many, from the samples src.
func (l *Line) Scale(dst, src []byte) {
	horizontalGo(dst[:len(l.from)], src[:l.reach], l.from, l.weights)
}

// Vertical writes for each x the samples of src at x, x+stride, …, each times
// its weight.
func Vertical(dst, src []byte, stride int, weights []int32) {
	verticalGo(dst, src, stride, weights)
}
