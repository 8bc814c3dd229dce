package avprobe

import "encoding/binary"

// wavInfo reads a RIFF file of form WAVE.
func wavInfo(s *source) (Info, error) {
	info := Info{Kind: WAV}
	var rate, align uint32
	var data int64 = -1
	head, err := s.bytes(4, 4)
	if err != nil {
		return info, err
	}
	end := int64(binary.LittleEndian.Uint32(head)) + 8
	if end > s.size {
		return info, ErrTruncated.New()
	}
	for off := int64(12); off+8 <= end; {
		if err := s.part(); err != nil {
			return info, err
		}
		head, err := s.bytes(off, 8)
		if err != nil {
			return info, err
		}
		id, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		if size > end-off-8 {
			return info, ErrTruncated.New()
		}
		switch {
		case id == "fmt " && rate == 0:
			if rate, align, err = wavFormat(s, off+8, size); err != nil {
				return info, err
			}
			if size > 16 && size < 40 || size > 40 {
				info.Masks = append(info.Masks, blank(off+8+16, size-16))
			}
		case id == "data" && data < 0:
			data = size
		default:
			sized := append([]byte("JUNK"), byte(size), byte(size>>8), byte(size>>16), byte(size>>24))
			info.Masks = append(info.Masks, blank(off, 8+size, sized...))
		}
		if off += 8 + size; size%2 == 1 {
			info.Masks = append(info.Masks, blank(off, min(1, s.size-off)))
			off++
		}
		if off > end-8 && off < end {
			info.Masks = append(info.Masks, blank(off, end-off))
		}
	}
	if rate == 0 || data < 0 {
		return info, ErrDamaged.New()
	}
	if end < s.size {
		info.Masks = append(info.Masks, blank(max(end, 0), s.size-end))
	}
	info.Masks, err = apart(info.Masks)
	info.Duration = span(uint64(data)/uint64(align), uint64(rate))
	return info, err
}

// wavFormat reads the chunk that says how the samples are coded: whole numbers or
// floating point, plain or extensible.
func wavFormat(s *source, off, size int64) (rate, align uint32, err error) {
	if size < 16 {
		return 0, 0, ErrDamaged.New()
	}
	b, err := s.bytes(off, min(size, 40))
	if err != nil {
		return 0, 0, err
	}
	coding, channels := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
	rate, align = binary.LittleEndian.Uint32(b[4:]), uint32(binary.LittleEndian.Uint16(b[12:]))
	if coding == 0xFFFE {
		if len(b) < 40 {
			return 0, 0, ErrDamaged.New()
		}
		coding = binary.LittleEndian.Uint16(b[24:])
	}
	if coding != 1 && coding != 3 {
		return 0, 0, ErrCoding.New()
	}
	if channels < 1 || channels > 8 || rate < 1 || rate > 768_000 || align < 1 {
		return 0, 0, ErrDamaged.New()
	}
	return rate, align, nil
}

// apart drops masks that another covers at its end, as padding and trailing bytes
// may be.
func apart(list []Mask) ([]Mask, error) {
	out := list[:0]
	for _, m := range list {
		if n := len(out); n > 0 && m.At < out[n-1].At+out[n-1].Length {
			m.Length -= out[n-1].At + out[n-1].Length - m.At
			m.At = out[n-1].At + out[n-1].Length
		}
		if m.Length > 0 {
			out = append(out, m)
		}
	}
	return out, nil
}
