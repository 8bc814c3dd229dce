package avprobe

import "encoding/binary"

// Bit rates of layer III in kbit/s, of MPEG 1 and of MPEG 2 and 2.5.
var mp3Rates = [2][15]int64{
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}}

// isFrame reports whether h begins like a frame of layer III whose length is known.
func isFrame(h []byte) bool { _, _, _, ok := mp3Frame(h); return ok }

// mp3Frame reads the header of a frame (ISO/IEC 11172-3 §2.4.1.3): its length in
// bytes, samples and rate.
func mp3Frame(h []byte) (length, samples int64, rate uint64, ok bool) {
	w := binary.BigEndian.Uint32(h)
	version, layer, bits, freq := w>>19&3, w>>17&3, w>>12&15, w>>10&3
	if w>>21 != 0x7FF || version == 1 || layer != 1 || bits == 0 || bits == 15 || freq == 3 {
		return 0, 0, 0, false
	}
	rates := [3]uint64{44100, 48000, 32000}
	rate, samples = rates[freq], 1152
	row := 0
	if version != 3 {
		rate, samples, row = rate/2, 576, 1
		if version == 0 {
			rate /= 2
		}
	}
	length = samples/8*mp3Rates[row][bits]*1000/int64(rate) + int64(w>>9&1)
	return length, samples, rate, true
}

// mp3Info walks the frames; whatever stands before and behind them is a tag.
func mp3Info(s *source) (Info, error) {
	info := Info{Kind: MP3}
	off, err := mp3Tags(s, &info)
	if err != nil {
		return info, err
	}
	var samples int64
	var rate uint64
	frames := 0
	for off+4 <= s.size {
		if err := s.part(); err != nil {
			return info, err
		}
		head, err := s.bytes(off, 4)
		if err != nil {
			return info, err
		}
		length, n, r, ok := mp3Frame(head)
		if !ok || rate != 0 && r != rate {
			break
		}
		if length > s.size-off {
			if frames < 2 {
				return info, ErrTruncated.New()
			}
			break
		}
		rate, samples, off, frames = r, samples+n, off+length, frames+1
	}
	if frames < 2 {
		return info, ErrKind.New()
	}
	if left := s.size - off; left > 0 {
		if left > maxTrailing {
			return info, ErrDamaged.New()
		}
		info.Masks = append(info.Masks, blank(off, left))
	}
	info.Duration = span(uint64(samples), rate)
	return info, nil
}

// maxTrailing is how long tags behind the sound may be.
const maxTrailing = 16 << 20

// mp3Tags hides the tags in front (ID3v2.4 §3.1) and returns where they end.
func mp3Tags(s *source, info *Info) (int64, error) {
	off := int64(0)
	for range 8 {
		if s.size-off < 10 {
			return off, nil
		}
		h, err := s.bytes(off, 10)
		if err != nil {
			return 0, err
		}
		if string(h[:3]) != "ID3" {
			return off, nil
		}
		size := int64(0)
		for _, b := range h[6:] {
			if b > 0x7F {
				return 0, ErrDamaged.New()
			}
			size = size<<7 | int64(b)
		}
		clean := append([]byte(nil), h...)
		clean[5] = 0 // no flags: what follows is padding
		total := 10 + size
		if h[5]&0x10 != 0 {
			total += 10
		}
		if total > s.size-off {
			return 0, ErrTruncated.New()
		}
		info.Masks = append(info.Masks, blank(off, total, clean...))
		off += total
	}
	return 0, ErrParts.New()
}
