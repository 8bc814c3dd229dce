package jpeg

import (
	"encoding/binary"
	"math/bits"

	"yijianyou/media/pyramid/kernel"
)

// writer appends entropy-coded data (T.81 §F.1.2) to out.
type writer struct {
	out   []byte
	acc   uint64 // the last 64 bits or fewer that are not yet in out
	free  int    // how many more bits acc takes
	order *[8][256]uint64
}

// mcuRoom is how many bytes six blocks can take at most.
const mcuRoom = 6 * 64 * 8

// block writes a block, mask of which is not zero, after one whose first
// coefficient was last. There must be room.
func (w *writer) block(b *kernel.Block, mask uint64, last int32, c *codes) {
	size, rest := sizeOf(int32(b[0]) - last)
	dc := c.dc[size&255]
	w.put(uint64(dc.bits<<size|rest), int(dc.length+size))

	o := w.order
	set := o[0][byte(mask)] | o[1][byte(mask>>8)] | o[2][byte(mask>>16)] | o[3][byte(mask>>24)] |
		o[4][byte(mask>>32)] | o[5][byte(mask>>40)] | o[6][byte(mask>>48)] | o[7][byte(mask>>56)]
	acc, free, before := w.acc, w.free, 0
	for set &^= 1; set != 0; set &= set - 1 {
		k := bits.TrailingZeros64(set)
		run := k - before - 1
		before = k
		for ; run > 15; run -= 16 {
			w.acc, w.free = acc, free
			w.put(uint64(c.ac[0xF0].bits), int(c.ac[0xF0].length))
			acc, free = w.acc, w.free
		}
		size, rest := sizeOf(int32(b[zigzag[k&63]&63]))
		ac := c.ac[(uint32(run)<<4|size)&255]
		v, n := uint64(ac.bits|rest), int(ac.length)
		if free -= n; free >= 0 {
			acc = acc<<uint(n&63) | v
			continue
		}
		w.emit(acc<<uint((n+free)&63) | v>>uint(-free&63))
		acc, free = v, free+64
	}
	w.acc, w.free = acc, free
	if before != 63 {
		w.put(uint64(c.ac[0].bits), int(c.ac[0].length))
	}
}

// put writes the n low bits of v, which has no others.
func (w *writer) put(v uint64, n int) {
	if w.free -= n; w.free >= 0 {
		w.acc = w.acc<<uint(n) | v
		return
	}
	w.emit(w.acc<<uint(n+w.free) | v>>uint(-w.free))
	w.acc, w.free = v, w.free+64
}

// emit writes eight bytes.
func (w *writer) emit(v uint64) {
	n := len(w.out)
	if !hasFF(v) {
		w.out = w.out[:n+8]
		binary.BigEndian.PutUint64(w.out[n:], v)
		return
	}
	for i := 56; i >= 0; i -= 8 {
		w.byte(byte(v >> uint(i)))
	}
}

func (w *writer) byte(b byte) {
	w.out = append(w.out, b)
	if b == 0xFF {
		w.out = append(w.out, 0)
	}
}

// flush fills the last byte with ones (§F.1.2.3) and begins anew.
func (w *writer) flush() {
	w.put(0x7F, 7)
	for n := 64 - w.free; n >= 8; n -= 8 {
		w.byte(byte(w.acc >> uint(n-8)))
	}
	w.acc, w.free = 0, 64
}
