package jpeg

const peekBits = 10

// table decodes one Huffman code (T.81 annex C, §F.2.2.3). An entry of peek
// holds, for the next ten bits: in bits 0 to 5 how many are used, in bit 6
// whether they include the number after the code, in bits 8 to 15 the symbol
// and in the upper half that number. A code that is longer has entry 0.
type table struct {
	defined bool
	peek    [1 << peekBits]uint32
	limit   [18]uint32 // first 16 bits beyond the codes of each length
	first   [17]int32  // index in symbols of the code 0 of each length
	symbols [256]byte
}

const complete = 1 << 6

// define reads a table as DHT has it and returns its length. The symbols of an
// alternating table name run and size, those of a DC table only the size.
func (t *table) define(b []byte, dc bool) (int, error) {
	if len(b) < 16 {
		return 0, Truncated
	}
	total := 0
	for _, n := range b[:16] {
		total += int(n)
	}
	if total == 0 || total > 256 {
		return 0, Damaged
	}
	if len(b) < 16+total {
		return 0, Truncated
	}
	*t = table{defined: true}
	copy(t.symbols[:], b[16:16+total])
	code, k := uint32(0), 0
	for length := 1; length <= 16; length++ {
		count := int(b[length-1])
		t.first[length] = int32(k) - int32(code)
		if code+uint32(count) > 1<<length {
			return 0, Damaged
		}
		for range count {
			if length <= peekBits {
				t.enter(code, length, t.symbols[k], dc)
			}
			code++
			k++
		}
		t.limit[length] = code << (16 - length)
		code <<= 1
	}
	return 16 + total, nil
}

// enter fills in the entries that begin with a code.
func (t *table) enter(code uint32, length int, symbol byte, dc bool) {
	size := int(symbol & 15)
	if dc {
		size = int(symbol)
	}
	left := peekBits - length
	for i := range uint32(1) << left {
		e := uint32(length) | uint32(symbol)<<8
		switch {
		case dc && size == 0:
			e |= complete
		case size > 0 && size <= left:
			v := extend(int32(i>>(left-size)), size)
			e = uint32(length+size) | complete | uint32(symbol)<<8 | uint32(uint16(v))<<16
		}
		t.peek[code<<left|i] = e
	}
}

// long decodes a code of more than ten bits at the head of acc. Its length is 0
// when there is none.
func (t *table) long(acc uint64) (symbol byte, length int) {
	code := uint32(acc >> 48)
	for length := peekBits + 1; length <= 16; length++ {
		if code < t.limit[length] {
			return t.symbols[(int32(code>>(16-length))+t.first[length])&255], length
		}
	}
	return 0, 0
}

// symbol decodes a code and nothing after it. ok is false when there is none.
func (r *bitReader) symbol(t *table) (symbol byte, ok bool) {
	if r.n < 16 {
		r.fill()
	}
	e := t.peek[r.acc>>(64-peekBits)]
	length := int(e & 63)
	switch {
	case e == 0:
		if symbol, length = t.long(r.acc); length == 0 {
			return 0, false
		}
	case e&complete != 0:
		symbol = byte(e >> 8)
		length -= int(symbol & 15) // the number stays; see enter
	default:
		symbol = byte(e >> 8)
	}
	r.acc <<= uint(length)
	r.n -= length
	return symbol, true
}
