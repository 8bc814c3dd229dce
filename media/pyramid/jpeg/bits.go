package jpeg

import "encoding/binary"

// bitReader reads entropy-coded data (T.81 §F.2.2.5): bits from the highest,
// a zero byte after each 0xFF dropped, up to a marker. Beyond it zeros follow,
// and the reader knows how many were taken.
type bitReader struct {
	src []byte
	pos int    // of the next byte of src that is not in acc
	acc uint64 // the next bits, from the highest
	n   int    // how many of acc are read from src or made up
	pad int    // how many of them are made up
}

// fill makes n at least 56.
func (r *bitReader) fill() {
	if r.pos+8 <= len(r.src) {
		if w := binary.BigEndian.Uint64(r.src[r.pos:]); !hasFF(w) {
			// Bits of a further byte below n are what comes next; they do no harm.
			r.acc |= w >> uint(r.n)
			r.pos += (63 - r.n) >> 3
			r.n |= 56
			return
		}
	}
	r.fillBytewise()
}

func (r *bitReader) fillBytewise() {
	for r.n <= 56 {
		if r.pos >= len(r.src) {
			r.n, r.pad = r.n+8, r.pad+8
			continue
		}
		b := r.src[r.pos]
		if b == 0xFF {
			if r.pos+1 >= len(r.src) || r.src[r.pos+1] != 0 {
				r.n, r.pad = r.n+8, r.pad+8
				continue
			}
			r.pos++
		}
		r.pos++
		r.acc |= uint64(b) << uint(56-r.n)
		r.n += 8
	}
}

// hasFF reports whether a byte of w is 0xFF.
func hasFF(w uint64) bool {
	w = ^w
	return (w-0x0101010101010101)&^w&0x8080808080808080 != 0
}

// over reports whether more bits were taken than src has.
func (r *bitReader) over() bool { return r.n < r.pad }

// take returns the next k bits, at most 16.
func (r *bitReader) take(k int) int32 {
	if r.n < k {
		r.fill()
	}
	v := int32(r.acc >> 1 >> uint(63-k))
	r.acc <<= uint(k)
	r.n -= k
	return v
}

// finish leaves the bits behind and returns where the marker after them stands.
func (r *bitReader) finish() (int, error) {
	if r.over() {
		return 0, Truncated
	}
	if r.n-r.pad >= 8 || r.pos+1 >= len(r.src) || r.src[r.pos] != 0xFF {
		return 0, Damaged
	}
	return r.pos, nil
}

// restart begins anew at pos.
func (r *bitReader) restart(pos int) { r.pos, r.acc, r.n, r.pad = pos, 0, 0, 0 }

// extend is EXTEND of T.81 §F.2.2.1: the number that v, of k bits, stands for.
func extend(v int32, k int) int32 {
	if v < 1<<(k-1) {
		return v - 1<<k + 1
	}
	return v
}
