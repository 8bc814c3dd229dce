package avprobe

import (
	"encoding/binary"
	"math"
	"time"
)

// Elements of EBML and Matroska (RFC 8794, RFC 9559 §5).
const (
	idEBML, idDocType                      = 0x1A45DFA3, 0x4282
	idSegment, idSeekHead, idCues          = 0x18538067, 0x114D9B74, 0x1C53BB6B
	idInfo, idScale, idLength              = 0x1549A966, 0x2AD7B1, 0x4489
	idMuxer, idWriter                      = 0x4D80, 0x5741
	idTracks, idEntry, idType, idCodec     = 0x1654AE6B, 0xAE, 0x83, 0x86
	idTrackNumber, idTrackUID, idSetup     = 0xD7, 0x73C5, 0x63A2
	idVideo, idAudio, idWidth, idHeight    = 0xE0, 0xE1, 0xB0, 0xBA
	idEncodings                            = 0x6D80
	idCluster, idTime, idSimple            = 0x1F43B675, 0xE7, 0xA3
	idGroup, idBlock, idBlockLength        = 0xA0, 0xA1, 0x9B
	idReference, idPadding, idPrev, idPlac = 0xFB, 0x75A2, 0xAB, 0xA7
)

// webmKept says what stays in each container; everything else is turned into a
// Void, but for names that must be there, which become spaces. A key is gone into.
var webmKept = map[uint32][]uint32{
	idSegment: {idSeekHead, idInfo, idTracks, idCluster, idCues},
	idInfo:    {idScale, idLength, idMuxer, idWriter},
	idTracks:  {idEntry},
	idEntry: {idTrackNumber, idTrackUID, idType, idCodec, idSetup, idVideo, idAudio, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8,
		0x23E383, 0x22B59C, 0x22B59D, 0x56AA, 0x56BB, 0x55EE},
	idCluster: {idTime, idSimple, idGroup, idPrev, idPlac},
	idGroup:   {idBlock, idBlockLength, idReference, idPadding},
}

type webmFile struct {
	*source
	info    Info
	scale   uint64  // nanoseconds of a tick
	length  float64 // ticks, as it says
	cluster uint64  // time of the cluster that is read, ticks
	last    uint64  // of the last block, ticks
	tracks  int
	codec   string
	kind    byte
	setup   element // private data of the track that is read
	doc     string
	frames  int
}

type element struct {
	id         uint32
	off        int64
	body, stop int64
	open       bool // its length is not told: it ends where something begins that cannot be in it
}

func webmInfo(s *source) (Info, error) {
	f := &webmFile{source: s, scale: 1_000_000}
	f.info.Kind = WebA
	head, err := f.next(0, s.size)
	if err != nil {
		return f.info, err
	}
	if head.open || head.id != idEBML {
		return f.info, ErrDamaged.New()
	}
	for off := head.body; off < head.stop; {
		e, err := f.next(off, head.stop)
		if err != nil {
			return f.info, err
		}
		if e.id == idDocType {
			b, err := f.bytes(e.body, min(e.stop-e.body, 16))
			if err != nil {
				return f.info, err
			}
			f.doc = string(b)
		}
		off = e.stop
	}
	if f.doc != "webm" {
		return f.info, ErrKind.New()
	}
	seg, err := f.next(head.stop, s.size)
	if err != nil {
		return f.info, err
	}
	if seg.id != idSegment {
		return f.info, ErrDamaged.New()
	}
	if _, err := f.walk(seg); err != nil {
		return f.info, err
	}
	if seg.stop < s.size {
		return f.info, ErrDamaged.New()
	}
	if f.tracks == 0 || f.frames == 0 {
		return f.info, ErrTruncated.New()
	}
	f.info.Duration = span(f.last, 1_000_000_000/max(1, f.scale))
	if f.length > 0 && f.length < 1e15 {
		f.info.Duration = time.Duration(min(f.length*float64(f.scale), float64(10*maxDuration)))
	}
	return f.info, nil
}

// number reads a length or an id: its first byte says how many follow.
func (f *webmFile) number(off, stop int64, keep bool) (v uint64, n int64, unknown bool, err error) {
	b, err := f.bytes(off, min(8, stop-off))
	if err != nil {
		return 0, 0, false, err
	}
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false, ErrDamaged.New()
	}
	for n = 1; b[0]&(0x80>>(n-1)) == 0; n++ {
	}
	if int64(len(b)) < n {
		return 0, 0, false, ErrTruncated.New()
	}
	for _, x := range b[:n] {
		v = v<<8 | uint64(x)
	}
	ones := uint64(1)<<(7*n) - 1
	if unknown = v&ones == ones; !keep {
		v &= ones
	}
	return v, n, unknown, nil
}

func (f *webmFile) next(off, stop int64) (element, error) {
	e := element{off: off}
	if err := f.part(); err != nil {
		return e, err
	}
	id, n, _, err := f.number(off, stop, true)
	if err != nil {
		return e, err
	}
	if n > 4 {
		return e, ErrDamaged.New()
	}
	size, m, unknown, err := f.number(off+n, stop, false)
	if err != nil {
		return e, err
	}
	e.id, e.body = uint32(id), off+n+m
	if unknown {
		if e.id != idSegment && e.id != idCluster {
			return e, ErrDamaged.New()
		}
		e.open, e.stop = true, stop
		return e, nil
	}
	if size > uint64(stop-e.body) {
		return e, ErrTruncated.New()
	}
	e.stop = e.body + int64(size)
	return e, nil
}

// uint reads a whole number of up to 8 bytes.
func (f *webmFile) uint(e element) (v uint64, err error) {
	if e.stop-e.body > 8 {
		return 0, ErrDamaged.New()
	}
	b, err := f.bytes(e.body, e.stop-e.body)
	for _, x := range b {
		v = v<<8 | uint64(x)
	}
	return v, err
}

func (f *webmFile) float(e element) (float64, error) {
	b, err := f.bytes(e.body, min(e.stop-e.body, 8))
	switch {
	case err != nil:
		return 0, err
	case len(b) == 4:
		return float64(math.Float32frombits(binary.BigEndian.Uint32(b))), nil
	case len(b) == 8:
		return math.Float64frombits(binary.BigEndian.Uint64(b)), nil
	}
	return 0, ErrDamaged.New()
}
