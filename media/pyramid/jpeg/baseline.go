package jpeg

import (
	"encoding/binary"

	"yijianyou/media/pyramid/kernel"
)

// sequential decodes a block of a sequential frame (T.81 §F.2.2) and writes its
// samples.
func (s *scan) sequential(c *component, bx, by int) error {
	if err := s.difference(c); err != nil {
		return err
	}
	s.block[0] = int16(c.predicted)
	flat, ok := s.alternating(c.ac)
	if !ok {
		return Damaged
	}
	if flat {
		c.putFlat(bx, by, int32(s.block[0])*int32(c.steps[0]))
		return nil
	}
	c.put(bx, by, &s.block)
	s.block = kernel.Block{}
	return nil
}

// difference decodes a DC coefficient into c.predicted.
func (s *scan) difference(c *component) error {
	if s.n < 32 {
		s.fill()
	}
	e := c.dc.peek[s.acc>>(64-peekBits)]
	if e&complete != 0 {
		s.acc <<= e & 63
		s.n -= int(e & 63)
		c.predicted += int32(int16(e >> 16))
		return nil
	}
	size, length := byte(e>>8), int(e&63)
	if e == 0 {
		if size, length = c.dc.long(s.acc); length == 0 {
			return Damaged
		}
	}
	if size > 15 {
		return Unsupported
	}
	s.acc <<= uint(length)
	s.n -= length
	if size > 0 {
		c.predicted += extend(s.take(int(size)), int(size))
	}
	return nil
}

// alternating decodes the other 63 coefficients into s.block; flat is whether
// all are zero.
func (s *scan) alternating(t *table) (flat, ok bool) {
	acc, n := s.acc, s.n
	flat = true
	for k := 1; k < 64; k++ {
		if n < 32 {
			if s.pos+8 <= len(s.data) {
				w := binary.BigEndian.Uint64(s.data[s.pos:])
				if !hasFF(w) {
					acc |= w >> uint(n&63)
					s.pos += (63 - n) >> 3
					n |= 56
					goto filled
				}
			}
			s.acc, s.n = acc, n
			s.fillBytewise()
			acc, n = s.acc, s.n
		}
	filled:
		e := t.peek[acc>>(64-peekBits)]
		if e&complete != 0 {
			acc <<= e & 63
			n -= int(e & 63)
			k += int(e >> 12 & 15)
			if k > 63 {
				return false, false
			}
			s.block[zigzag[k&63]&63] = int16(e >> 16)
			flat = false
			continue
		}
		symbol, length := byte(e>>8), int(e&63)
		if e == 0 {
			if symbol, length = t.long(acc); length == 0 {
				return false, false
			}
		}
		acc <<= uint(length)
		n -= length
		size := int(symbol & 15)
		if size == 0 {
			switch symbol {
			case 0: // the end of the block
				s.acc, s.n = acc, n
				return flat, true
			case 0xF0:
				k += 15
				continue
			}
			return false, false
		}
		k += int(symbol >> 4)
		if k > 63 {
			return false, false
		}
		v := extend(int32(acc>>uint(64-size)), size)
		acc <<= uint(size)
		n -= size
		s.block[zigzag[k&63]&63] = int16(v)
		flat = false
	}
	s.acc, s.n = acc, n
	return flat, true
}

// put writes the samples of a block into the plane, as far as they lie in it.
func (c *component) put(bx, by int, b *kernel.Block) {
	x, y, p := c.x0+8*bx, c.y0+8*by, &c.plane
	if p.holds(x, y) {
		kernel.Inverse(p.Pix[y*p.Stride+x:], p.Stride, b, &c.steps)
		return
	}
	if p.touches(x, y) {
		var samples [64]byte
		kernel.Inverse(samples[:], 8, b, &c.steps)
		p.cut(x, y, &samples)
	}
}

// putFlat is put for a block of which only the first coefficient is not zero;
// dc is that times its step.
func (c *component) putFlat(bx, by int, dc int32) {
	x, y, p := c.x0+8*bx, c.y0+8*by, &c.plane
	word := uint64(kernel.Flat(dc)) * 0x0101010101010101
	if p.holds(x, y) {
		for i := range 8 {
			binary.LittleEndian.PutUint64(p.Pix[(y+i)*p.Stride+x:], word)
		}
		return
	}
	if p.touches(x, y) {
		var samples [64]byte
		for i := range 8 {
			binary.LittleEndian.PutUint64(samples[8*i:], word)
		}
		p.cut(x, y, &samples)
	}
}

// holds reports whether the block at (x, y) lies in p, which may have whole
// blocks beyond its samples.
func (p *Plane) holds(x, y int) bool {
	return x >= 0 && y >= 0 && (x+8 <= p.W && y+8 <= p.H || p.blocks)
}

// touches reports whether a part of the block at (x, y) lies in p.
func (p *Plane) touches(x, y int) bool { return x > -8 && y > -8 && x < p.W && y < p.H }

// cut copies the part of a block at (x, y) that lies in p.
func (p *Plane) cut(x, y int, samples *[64]byte) {
	from, to := max(0, -x), min(8, p.W-x)
	for i := max(0, -y); i < min(8, p.H-y); i++ {
		copy(p.Pix[(y+i)*p.Stride+x+from:(y+i)*p.Stride+x+to], samples[8*i+from:8*i+to])
	}
}
