package avprobe

import (
	"encoding/binary"
	"time"
)

// box is a box of the ISO base media format (ISO/IEC 14496-12 §4.2).
type box struct {
	kind       string
	off        int64 // where it begins
	body, stop int64 // what is in it
}

// isoKept says what stays in each container; everything else there is turned into
// free space. A box that is a key itself is gone into.
var isoKept = map[string][]string{
	"":     {"ftyp", "styp", "moov", "moof", "mdat", "sidx", "mfra"},
	"moov": {"mvhd", "trak", "mvex"},
	"mvex": {"mehd", "trex"},
	"trak": {"tkhd", "edts", "tref", "mdia"},
	"edts": {"elst"},
	"mdia": {"mdhd", "hdlr", "minf"},
	"minf": {"vmhd", "smhd", "dinf", "stbl"},
	"dinf": {"dref"},
	"stbl": {"stsd", "stts", "ctts", "cslg", "stss", "stsc", "stsz", "stz2", "stco", "co64", "sdtp", "sgpd", "sbgp"},
	"moof": {"mfhd", "traf"},
	"traf": {"tfhd", "tfdt", "trun", "sgpd", "sbgp"},
	"mfra": {"tfra", "mfro"},
}

// isoTrack is what is known of a track.
type isoTrack struct {
	id            uint32
	scale         uint64 // units of time in a second
	length        uint64 // in those, of what moov has
	handler       string
	width, height int
	turned        bool   // by a quarter
	each          uint64 // length of a sample that does not say its own
	grown         uint64 // in units, of what fragments add
}

type isoFile struct {
	*source
	info   Info
	tracks []*isoTrack
	moov   bool
	scale  uint64
	length uint64
	data   int64 // bytes of mdat

	now   *isoTrack         // of the fragment that is read
	each  uint64            // length of its samples that do not say their own
	early map[uint32]uint64 // the same, by track, where it stood before the track
}

func isoInfo(s *source) (Info, error) {
	f := &isoFile{source: s}
	if err := f.walk("", 0, s.size); err != nil {
		return f.info, err
	}
	if !f.moov || len(f.tracks) == 0 || f.data == 0 {
		return f.info, ErrTruncated.New()
	}
	f.info.Kind = M4A
	longest := time.Duration(0)
	for _, t := range f.tracks {
		switch t.handler {
		case "soun":
		case "vide":
			f.info.Kind, f.info.Width, f.info.Height = MP4, t.width, t.height
			if t.turned {
				f.info.Width, f.info.Height = t.height, t.width
			}
		default:
			return f.info, ErrDataTrack.New()
		}
		longest = max(longest, span(max(t.length, t.grown), t.scale))
	}
	f.info.Duration = longest
	if f.length != 1<<32-1 && f.length != 1<<64-1 && f.scale > 0 {
		f.info.Duration = max(longest, span(f.length, f.scale))
	}
	return f.info, nil
}

// next reads the head of the box at off inside a container that ends at stop.
func (f *isoFile) next(off, stop int64) (box, error) {
	b := box{off: off, body: off + 8}
	if err := f.part(); err != nil {
		return b, err
	}
	if stop-off < 8 {
		return b, ErrDamaged.New()
	}
	h, err := f.bytes(off, min(16, stop-off))
	if err != nil {
		return b, err
	}
	size := uint64(binary.BigEndian.Uint32(h))
	b.kind = string(h[4:8])
	switch {
	case size == 1:
		if len(h) < 16 {
			return b, ErrDamaged.New()
		}
		size, b.body = binary.BigEndian.Uint64(h[8:]), off+16
	case size == 0 && stop == f.size:
		size = uint64(stop - off)
	}
	if size < uint64(b.body-off) {
		return b, ErrDamaged.New()
	}
	if size > uint64(stop-off) {
		return b, ErrTruncated.New()
	}
	b.stop = off + int64(size)
	return b, nil
}

// walk visits the boxes of a container.
func (f *isoFile) walk(in string, off, stop int64) error {
	for off < stop {
		b, err := f.next(off, stop)
		if err != nil {
			return err
		}
		if err := f.visit(in, b); err != nil {
			return err
		}
		off = b.stop
	}
	return nil
}

func (f *isoFile) visit(in string, b box) error {
	kept := false
	for _, k := range isoKept[in] {
		kept = kept || k == b.kind
	}
	if !kept {
		f.info.Masks = append(f.info.Masks, blank(b.off+4, 4, 'f', 'r', 'e', 'e'), blank(b.body, b.stop-b.body))
		return nil
	}
	switch b.kind {
	case "moov":
		if f.moov {
			return ErrDamaged.New()
		}
		f.moov = true
	case "trak":
		if len(f.tracks) == maxTracks {
			return ErrParts.New()
		}
		f.tracks = append(f.tracks, &isoTrack{scale: 1})
	case "mdat":
		f.data += b.stop - b.body
		return nil
	}
	if _, ok := isoKept[b.kind]; ok {
		return f.walk(b.kind, b.body, b.stop)
	}
	return f.leaf(b)
}

// full returns the first n bytes of a box that has a version, without it; longer
// says that its times have 64 bits.
func (f *isoFile) full(b box, n, nLonger int64) (p []byte, longer bool, err error) {
	if b.stop-b.body < 4 {
		return nil, false, ErrDamaged.New()
	}
	h, err := f.bytes(b.body, 4)
	if err != nil {
		return nil, false, err
	}
	if longer = h[0] == 1; longer {
		n = nLonger
	}
	if b.stop-b.body < 4+n {
		return nil, false, ErrDamaged.New()
	}
	p, err = f.bytes(b.body+4, n)
	return p, longer, err
}
