package avprobe

import (
	"encoding/binary"
	"slices"
)

// leaf reads a box that holds no others.
func (f *isoFile) leaf(b box) error {
	var t *isoTrack
	if n := len(f.tracks); n > 0 {
		t = f.tracks[n-1]
	}
	switch b.kind {
	case "ftyp":
		h, err := f.bytes(b.body, min(4, b.stop-b.body))
		if err == nil && string(h) == "qt  " {
			err = ErrKind.New()
		}
		return err
	case "mvhd", "mdhd":
		scale, length, err := f.clock(b)
		if err == nil && b.kind == "mvhd" {
			f.scale, f.length = scale, length
		} else if err == nil {
			t.scale, t.length = scale, length
		}
		return err
	case "tkhd":
		return f.trackHead(b, t)
	case "hdlr":
		return f.handler(b, t)
	case "stsd":
		return f.entries(b, t)
	case "stco", "co64":
		return f.chunks(b)
	case "trex":
		return f.trackDefault(b)
	case "tfhd":
		return f.fragmentHead(b)
	case "trun":
		return f.run(b)
	}
	return nil
}

// clock reads a header with a time scale and a length (§8.2.2, §8.4.2).
func (f *isoFile) clock(b box) (scale, length uint64, err error) {
	p, longer, err := f.full(b, 16, 28)
	if err != nil {
		return 0, 0, err
	}
	if longer {
		scale, length = uint64(binary.BigEndian.Uint32(p[16:])), binary.BigEndian.Uint64(p[20:])
	} else {
		scale, length = uint64(binary.BigEndian.Uint32(p[8:])), uint64(binary.BigEndian.Uint32(p[12:]))
	}
	if scale == 0 {
		return 0, 0, ErrDamaged.New()
	}
	return scale, length, nil
}

// trackHead reads the number of a track and how it is turned (§8.3.2).
func (f *isoFile) trackHead(b box, t *isoTrack) error {
	p, longer, err := f.full(b, 80, 92)
	if err != nil {
		return err
	}
	id, matrix := p[8:], p[36:]
	if longer {
		id, matrix = p[16:], p[48:]
	}
	t.id = binary.BigEndian.Uint32(id)
	t.turned = binary.BigEndian.Uint32(matrix) == 0 && binary.BigEndian.Uint32(matrix[4:]) != 0
	return nil
}

// handler reads what a track is of, and hides its name (§8.4.3).
func (f *isoFile) handler(b box, t *isoTrack) error {
	p, _, err := f.full(b, 20, 20)
	if err != nil {
		return err
	}
	t.handler = string(p[4:8])
	f.info.Masks = append(f.info.Masks, blank(b.body+24, b.stop-b.body-24))
	return nil
}

// What stays in a description of samples beside what it must say.
var isoSetup = []string{"avcC", "av1C", "vpcC", "esds", "dOps", "pasp", "colr", "clap", "btrt", "chnl", "srat", "mdcv", "clli"}

// entries reads the codings of a track (§8.5.2).
func (f *isoFile) entries(b box, t *isoTrack) error {
	p, _, err := f.full(b, 4, 4)
	if err != nil {
		return err
	}
	if n := binary.BigEndian.Uint32(p); n < 1 || n > 16 {
		return ErrDamaged.New()
	}
	for off := b.body + 8; off < b.stop; {
		e, err := f.next(off, b.stop)
		if err != nil {
			return err
		}
		off = e.stop
		fixed := int64(28)
		video := slices.Contains([]string{"avc1", "avc3", "av01", "vp08", "vp09"}, e.kind)
		switch {
		case video && t.handler == "vide":
			fixed = 78
		case (e.kind == "mp4a" || e.kind == "Opus" || e.kind == ".mp3") && t.handler == "soun":
		case t.handler != "vide" && t.handler != "soun":
			return ErrDataTrack.New()
		default:
			return ErrCoding.New()
		}
		if e.stop-e.body < fixed {
			return ErrDamaged.New()
		}
		h, err := f.bytes(e.body, fixed)
		if err != nil {
			return err
		}
		if video {
			t.width, t.height = int(binary.BigEndian.Uint16(h[24:])), int(binary.BigEndian.Uint16(h[26:]))
			f.info.Masks = append(f.info.Masks, blank(e.body+42, 32)) // the name of the compressor
		} else if binary.BigEndian.Uint16(h[8:]) != 0 {
			return ErrCoding.New() // of QuickTime
		}
		if err := f.setup(e.body+fixed, e.stop); err != nil {
			return err
		}
	}
	return nil
}

// setup visits the boxes behind the fixed part of a description.
func (f *isoFile) setup(off, stop int64) error {
	for off < stop {
		b, err := f.next(off, stop)
		if err != nil {
			return err
		}
		switch {
		case b.kind == "esds":
			if err := f.stream(b); err != nil {
				return err
			}
		case !slices.Contains(isoSetup, b.kind):
			f.info.Masks = append(f.info.Masks, blank(b.off+4, 4, 'f', 'r', 'e', 'e'), blank(b.body, b.stop-b.body))
		}
		off = b.stop
	}
	return nil
}

// stream reads the descriptor of an elementary stream (ISO/IEC 14496-1 §7.2.6) as
// far as its coding: AAC of MPEG-4 or MPEG-2, or MP3.
func (f *isoFile) stream(b box) error {
	p, err := f.bytes(b.body, min(b.stop-b.body, 64))
	if err != nil {
		return err
	}
	enter := func(tag byte, i int) int {
		if i < 0 || i >= len(p) || p[i] != tag {
			return -1
		}
		for i++; i < len(p) && p[i]&0x80 != 0; i++ {
		}
		return i + 1
	}
	i := enter(3, 4)
	if i < 0 || i+3 > len(p) {
		return ErrDamaged.New()
	}
	flags := p[i+2]
	if flags&0xE0 != 0 {
		return ErrCoding.New()
	}
	if i = enter(4, i+3); i < 0 || i >= len(p) {
		return ErrDamaged.New()
	}
	if !slices.Contains([]byte{0x40, 0x66, 0x67, 0x68, 0x69, 0x6B}, p[i]) {
		return ErrCoding.New()
	}
	return nil
}

// chunks refuses a table that leads behind the end of the file (§8.7.5).
func (f *isoFile) chunks(b box) error {
	p, _, err := f.full(b, 4, 4)
	if err != nil {
		return err
	}
	n, size := int64(binary.BigEndian.Uint32(p)), int64(4)
	if b.kind == "co64" {
		size = 8
	}
	if n > (b.stop-b.body-8)/size {
		return ErrDamaged.New()
	}
	for i := range n {
		p, err := f.bytes(b.body+8+i*size, size)
		if err != nil {
			return err
		}
		at := uint64(0)
		for _, x := range p {
			at = at<<8 | uint64(x)
		}
		if at >= uint64(f.size) {
			return ErrTruncated.New()
		}
	}
	return nil
}
