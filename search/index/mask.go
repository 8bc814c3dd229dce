package index

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// mask is a set of document numbers, a bit for each; nil has all.
type mask []uint64

func (m mask) has(doc uint32) bool { return m == nil || m[doc>>6]&(1<<(doc&63)) != 0 }

func newMask(n int) mask { return make(mask, (n+63)/64) }

func (m mask) add(doc uint32) { m[doc>>6] |= 1 << (doc & 63) }

// and keeps the members that other has too (nil: all) and reports whether there
// are any.
func (m mask) and(other mask) bool {
	var any uint64
	for i := range m {
		if other != nil {
			m[i] &= other[i]
		}
		any |= m[i]
	}
	return any != 0
}

// each calls fn with each member, ascending.
func (m mask) each(fn func(doc uint32)) {
	for i, word := range m {
		for ; word != 0; word &= word - 1 {
			fn(uint32(i)<<6 + uint32(bits.TrailingZeros64(word)))
		}
	}
}

// common counts the members that m and other share.
func (m mask) common(other mask) (n int) {
	for i, word := range m {
		n += bits.OnesCount64(word & other[i])
	}
	return n
}

// reset returns an empty mask of n documents, in the memory of m if it is large
// enough.
func (m mask) reset(n int) mask {
	words := (n + 63) / 64
	if cap(m) < words {
		return make(mask, words)
	}
	m = m[:words]
	clear(m)
	return m
}

// maskSpace is a mask and the room that it is made in.
type maskSpace struct {
	mask
	room mask
}

// set makes the mask of a set (nil: all) out of n documents.
func (m *maskSpace) set(of *roaring.Bitmap, n int) {
	if m.mask = nil; of == nil {
		return
	}
	m.mask = m.room.reset(n)
	m.room = m.mask
	of.WriteDenseTo(m.mask)
}

// eachOf calls fn for each member of a set, ascending.
func eachOf(set *roaring.Bitmap, fn func(uint32)) {
	var buf [256]uint32
	many := set.ManyIterator()
	for n := many.NextMany(buf[:]); n > 0; n = many.NextMany(buf[:]) {
		for _, member := range buf[:n] {
			fn(member)
		}
	}
}
