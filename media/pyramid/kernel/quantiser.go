package kernel

import "math/bits"

// Quantiser divides coefficients by the steps of a table and rounds to the
// nearest, halves away from zero, without dividing: a coefficient is multiplied
// by a reciprocal and shifted. That is exact for all that Forward can produce
// (T. Granlund and P. Montgomery, "Division by invariant integers using
// multiplication", PLDI 1994). It is read only and may be shared.
type Quantiser struct {
	bias, reciprocal, shift [64]int32
}

// NewQuantiser returns the quantiser of the steps, each 1 to 255.
func NewQuantiser(steps *Steps) *Quantiser {
	q := &Quantiser{}
	for i, s := range steps {
		d := int(s) * 8 // what Forward produces is eight times too large
		k := 15 + bits.Len(uint(d-1))
		q.bias[i] = int32(d / 2)
		q.shift[i] = int32(k)
		q.reciprocal[i] = int32((1<<k + d - 1) / d)
	}
	return q
}

// quantise returns coefficient c of place i, divided and rounded.
func (q *Quantiser) quantise(c int32, i int) int16 {
	a := max(c, -c) + q.bias[i]
	a = int32(uint32(a) * uint32(q.reciprocal[i]) >> uint(q.shift[i]))
	if c < 0 {
		return int16(-a)
	}
	return int16(a)
}
