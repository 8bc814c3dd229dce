package jpeg

import "yijianyou/media/pyramid/kernel"

// progress decodes what the scan adds to a block of a progressive frame (T.81
// annex G).
func (s *scan) progress(c *component, b *kernel.Block) error {
	switch {
	case s.from == 0 && s.high == 0:
		if err := s.difference(c); err != nil {
			return err
		}
		b[0] = int16(c.predicted << s.low)
		return nil
	case s.from == 0:
		if s.take(1) != 0 {
			b[0] |= 1 << s.low
		}
		return nil
	case s.run > 0 && s.high == 0:
		s.run--
		return nil
	case s.high == 0:
		return s.firstBits(c.ac, b)
	}
	return s.refine(c.ac, b)
}

// firstBits decodes the high bits of coefficients (§G.1.2.2).
func (s *scan) firstBits(t *table, b *kernel.Block) error {
	for k := s.from; k <= s.to; k++ {
		if s.n < 32 {
			s.fill()
		}
		e := t.peek[s.acc>>(64-peekBits)]
		if e&complete != 0 {
			s.acc <<= e & 63
			s.n -= int(e & 63)
			k += int(e >> 12 & 15)
			if k > s.to {
				return Damaged
			}
			b[zigzag[k&63]&63] = int16(e>>16) << s.low
			continue
		}
		symbol, ok := s.symbol(t)
		if !ok {
			return Damaged
		}
		run, size := int(symbol>>4), int(symbol&15)
		if size == 0 {
			if run < 15 {
				s.run = s.runLength(run) - 1
				return nil
			}
			k += 15
			continue
		}
		k += run
		if k > s.to {
			return Damaged
		}
		b[zigzag[k&63]&63] = int16(extend(s.take(size), size) << s.low)
	}
	return nil
}

// runLength reads how many blocks the run of the symbol EOBn covers.
func (s *scan) runLength(n int) int32 {
	if n == 0 {
		return 1
	}
	return 1<<n + s.take(n)
}

// refine decodes one more bit of coefficients (§G.1.2.3).
func (s *scan) refine(t *table, b *kernel.Block) error {
	k, bit := s.from, int16(1)<<s.low
	if s.run == 0 {
		for k <= s.to {
			symbol, ok := s.symbol(t)
			if !ok {
				return Damaged
			}
			run, size := int(symbol>>4), int(symbol&15)
			value := int16(0)
			switch {
			case size == 1:
				if value = bit; s.take(1) == 0 {
					value = -bit
				}
			case size != 0:
				return Damaged
			case run < 15:
				s.run = s.runLength(run)
			}
			if s.run > 0 {
				break
			}
			if k = s.correct(b, k, run, bit); k > s.to {
				return Damaged
			}
			if value != 0 {
				b[zigzag[k&63]&63] = value
			}
			k++
		}
	}
	if s.run > 0 {
		s.run--
		s.correct(b, k, 64, bit)
	}
	return nil
}

// correct gives each coefficient from k on that is not zero its next bit, until
// it meets the zero after zeros others; it returns where.
func (s *scan) correct(b *kernel.Block, k, zeros int, bit int16) int {
	for ; k <= s.to; k++ {
		p := &b[zigzag[k&63]&63]
		if *p == 0 {
			if zeros == 0 {
				return k
			}
			zeros--
			continue
		}
		if s.take(1) == 0 {
			continue
		}
		if *p > 0 {
			*p += bit
		} else {
			*p -= bit
		}
	}
	return k
}
