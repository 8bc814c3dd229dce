package route

import "math/bits"

// rng is the generator wyrand: fast, and the same on every machine.
type rng struct {
	state uint64
	blind uint32 // the chance of blink
}

// chance turns a chance below 1 into what blind holds.
func chance(p float64) uint32 { return uint32(p * (1 << 32)) }

func newRNG(seed uint64) rng { return rng{state: seed*0x9e3779b97f4a7c15 + 0x1234567} }

func (r *rng) next() uint64 {
	r.state += 0xa0761d6478bd642f
	hi, lo := bits.Mul64(r.state, r.state^0xe7037ed1a0b428db)
	return hi ^ lo
}

// below returns a number from 0 to n-1; n is at least 1.
func (r *rng) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// float returns a number above 0 and at most 1.
func (r *rng) float() float64 { return float64(r.next()>>11+1) / (1 << 53) }

// blink returns true now and then.
func (r *rng) blink() bool { return uint32(r.next()) < r.blind }
