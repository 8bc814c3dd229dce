package avprobe

import (
	"bytes"
	"encoding/binary"
)

// oggPage is one page (RFC 3533 §6).
type oggPage struct {
	off, head, body int64 // where it begins; bytes of its header and of what follows
	flags           byte
	granule         uint64
	serial          uint32
	lacing          []byte
}

func (s *source) page(off int64) (oggPage, error) {
	p := oggPage{off: off}
	if err := s.part(); err != nil {
		return p, err
	}
	h, err := s.bytes(off, 27)
	if err != nil {
		return p, err
	}
	if string(h[:4]) != "OggS" || h[4] != 0 {
		return p, ErrDamaged.New()
	}
	p.flags, p.granule, p.serial = h[5], binary.LittleEndian.Uint64(h[6:]), binary.LittleEndian.Uint32(h[14:])
	n := int64(h[26])
	l, err := s.bytes(off+27, n)
	if err != nil {
		return p, err
	}
	p.lacing, p.head = bytes.Clone(l), 27+n
	for _, b := range p.lacing {
		p.body += int64(b)
	}
	if p.head+p.body > s.size-off {
		return p, ErrTruncated.New()
	}
	return p, nil
}

// oggInfo reads a file of one stream, Opus or Vorbis.
func oggInfo(s *source) (Info, error) {
	info := Info{Kind: Ogg}
	first, err := s.page(0)
	if err != nil {
		return info, err
	}
	b, err := s.bytes(first.head, first.body)
	if err != nil {
		return info, err
	}
	magic, rate, skip, err := oggCoding(b)
	if err != nil {
		return info, err
	}
	off, err := oggComment(s, &info, first.head+first.body, first.serial, magic)
	if err != nil {
		return info, err
	}
	last := uint64(0)
	for off < s.size {
		p, err := s.page(off)
		if err != nil {
			return info, err
		}
		if p.serial != first.serial || p.flags&2 != 0 {
			return info, ErrDataTrack.New()
		}
		if p.granule != 1<<64-1 {
			last = max(last, p.granule)
		}
		off += p.head + p.body
	}
	if last > skip {
		info.Duration = span(last-skip, rate)
	}
	return info, nil
}

// oggCoding reads the packet that begins a stream.
func oggCoding(b []byte) (magic string, rate, skip uint64, err error) {
	switch {
	case len(b) >= 19 && string(b[:8]) == "OpusHead":
		return "OpusTags", 48000, uint64(binary.LittleEndian.Uint16(b[10:])), nil
	case len(b) >= 30 && string(b[:7]) == "\x01vorbis":
		rate = uint64(binary.LittleEndian.Uint32(b[12:]))
		if rate == 0 {
			return "", 0, 0, ErrDamaged.New()
		}
		return "\x03vorbis", rate, 0, nil
	}
	return "", 0, 0, ErrCoding.New()
}

// oggComment replaces the second packet, the comments, by one of the same length
// that says nothing, and renews the sums of its pages. It returns where the page
// after begins.
func oggComment(s *source, info *Info, off int64, serial uint32, magic string) (int64, error) {
	type placed struct {
		page oggPage
		n    int64 // bytes of the packet on it
	}
	var pages []placed
	length, ended := int64(0), false
	for !ended {
		p, err := s.page(off)
		if err != nil {
			return 0, err
		}
		if p.serial != serial || p.flags&2 != 0 {
			return 0, ErrDataTrack.New()
		}
		n := int64(0)
		for _, l := range p.lacing {
			n += int64(l)
			if ended = l < 255; ended {
				break
			}
		}
		pages = append(pages, placed{page: p, n: n})
		if length += n; length > maxHeld || len(pages) > maxMasks/2 {
			return 0, ErrParts.New()
		}
		off += p.head + p.body
	}
	b, err := s.bytes(pages[0].page.off+pages[0].page.head, min(int64(len(magic)), pages[0].n))
	if err != nil {
		return 0, err
	}
	if string(b) != magic {
		return 0, ErrDamaged.New()
	}
	packet, err := silentComment(magic, length)
	if err != nil {
		return 0, err
	}
	for _, at := range pages {
		whole, err := s.bytes(at.page.off, at.page.head+at.page.body)
		if err != nil {
			return 0, err
		}
		made := bytes.Clone(whole)
		copy(made[at.page.head:], packet[:at.n])
		clear(made[22:26])
		binary.LittleEndian.PutUint32(made[22:], oggSum(made))
		info.Masks = append(info.Masks, blank(at.page.off+22, 4, made[22:26]...), commentMask(at.page.off+at.page.head, packet[:at.n]))
		packet = packet[at.n:]
	}
	return off, nil
}

// commentMask hides a piece of the comments without holding its spaces.
func commentMask(off int64, piece []byte) Mask {
	n := len(bytes.TrimRight(piece, " "))
	if tail := len(piece) - n; tail < 64 { // the end of the packet is on it
		n = len(piece)
	}
	return Mask{At: off, Length: int64(len(piece)), Fill: ' ', Bytes: bytes.Clone(piece[:n])}
}

// silentComment is a header of comments of that length: the vendor is spaces, and
// there are no comments.
func silentComment(magic string, length int64) ([]byte, error) {
	tail := 4
	if magic[0] == 3 {
		tail = 5 // and the framing bit
	}
	vendor := length - int64(len(magic)) - 4 - int64(tail)
	if vendor < 0 {
		return nil, ErrDamaged.New()
	}
	out := binary.LittleEndian.AppendUint32([]byte(magic), uint32(vendor))
	out = append(out, bytes.Repeat([]byte{' '}, int(vendor))...)
	out = append(out, 0, 0, 0, 0)
	if tail == 5 {
		out = append(out, 1)
	}
	return out, nil
}

// oggSum is the sum of a page whose own field is zero (RFC 3533 §6.7).
func oggSum(b []byte) uint32 {
	var c uint32
	for _, x := range b {
		c ^= uint32(x) << 24
		for range 8 {
			if c&(1<<31) != 0 {
				c = c<<1 ^ 0x04C11DB7
			} else {
				c <<= 1
			}
		}
	}
	return c
}
