package avprobe

import (
	"encoding/binary"
	"slices"
	"strings"
)

// walk visits what is in e and returns where it ends.
func (f *webmFile) walk(in element) (int64, error) {
	off := in.body
	for off < in.stop {
		e, err := f.next(off, in.stop)
		if err != nil {
			return 0, err
		}
		if in.open && in.id == idCluster && slices.Contains(webmKept[idSegment], e.id) {
			return off, nil
		}
		if !slices.Contains(webmKept[in.id], e.id) {
			if e.id == idEncodings {
				return 0, ErrCoding.New()
			}
			f.info.Masks = append(f.info.Masks, void(e))
			off = e.stop
			continue
		}
		if off, err = f.visit(e); err != nil {
			return 0, err
		}
	}
	return off, nil
}

// void turns an element of 2 bytes and more into one that says nothing (RFC 8794
// §11.3.2).
func void(e element) Mask {
	size := e.stop - e.off
	if size < 9 {
		return blank(e.off, size, 0xEC, 0x80|byte(size-2))
	}
	head := binary.BigEndian.AppendUint64([]byte{0xEC}, 1<<56|uint64(size-9))
	return blank(e.off, size, head...)
}

func (f *webmFile) visit(e element) (int64, error) {
	var err error
	switch e.id {
	case idEntry:
		return e.stop, f.entry(e)
	case idVideo:
		return e.stop, f.video(e)
	case idMuxer, idWriter:
		f.info.Masks = append(f.info.Masks, Mask{At: e.body, Length: e.stop - e.body, Fill: ' '})
	case idScale:
		if f.scale, err = f.uint(e); err == nil && (f.scale == 0 || f.scale > 1_000_000_000) {
			err = ErrDamaged.New()
		}
	case idLength:
		f.length, err = f.float(e)
	case idType:
		var v uint64
		v, err = f.uint(e)
		f.kind = byte(min(v, 255))
	case idCodec:
		var b []byte
		b, err = f.bytes(e.body, min(e.stop-e.body, 32))
		f.codec = strings.TrimRight(string(b), "\x00")
	case idSetup:
		f.setup = e
	case idTime:
		f.cluster, err = f.uint(e)
	case idSimple, idBlock:
		err = f.block(e)
	}
	if err != nil {
		return 0, err
	}
	if _, ok := webmKept[e.id]; ok {
		stop, err := f.walk(e)
		if !e.open {
			stop = e.stop
		}
		return stop, err
	}
	return e.stop, nil
}

// entry reads one track.
func (f *webmFile) entry(e element) error {
	if f.tracks++; f.tracks > maxTracks {
		return ErrParts.New()
	}
	f.kind, f.codec, f.setup = 0, "", element{}
	if _, err := f.walk(e); err != nil {
		return err
	}
	switch f.kind {
	case 1:
		f.info.Kind = WebM
		if !slices.Contains([]string{"V_VP8", "V_VP9", "V_AV1"}, f.codec) {
			return ErrCoding.New()
		}
	case 2:
		if f.codec != "A_OPUS" && f.codec != "A_VORBIS" {
			return ErrCoding.New()
		}
		if f.codec == "A_VORBIS" {
			return f.vorbis()
		}
	default:
		return ErrDataTrack.New()
	}
	return nil
}

// vorbis hides the comments among the three headers of Vorbis, which are laced as
// Xiph laces them.
func (f *webmFile) vorbis() error {
	b, err := f.bytes(f.setup.body, f.setup.stop-f.setup.body)
	if err != nil {
		return err
	}
	if len(b) < 3 || b[0] != 2 {
		return ErrDamaged.New()
	}
	at := 1
	var sizes [2]int
	for i := range sizes {
		for ; at < len(b) && b[at] == 255; at++ {
			sizes[i] += 255
		}
		if at >= len(b) {
			return ErrDamaged.New()
		}
		sizes[i] += int(b[at])
		at++
	}
	from := at + sizes[0]
	if sizes[1] < 7 || from+sizes[1] > len(b) || string(b[from:from+7]) != "\x03vorbis" {
		return ErrDamaged.New()
	}
	packet, err := silentComment("\x03vorbis", int64(sizes[1]))
	if err != nil {
		return err
	}
	f.info.Masks = append(f.info.Masks, commentMask(f.setup.body+int64(from), packet))
	return nil
}

// video reads the size of a picture.
func (f *webmFile) video(e element) error {
	for off := e.body; off < e.stop; {
		c, err := f.next(off, e.stop)
		if err != nil {
			return err
		}
		if c.id == idWidth || c.id == idHeight {
			v, err := f.uint(c)
			if err != nil {
				return err
			}
			if c.id == idWidth {
				f.info.Width = int(min(v, maxSide+1))
			} else {
				f.info.Height = int(min(v, maxSide+1))
			}
		}
		off = c.stop
	}
	return nil
}

// block notes when a block is (RFC 9559 §10.1).
func (f *webmFile) block(e element) error {
	_, n, _, err := f.number(e.body, e.stop, false)
	if err != nil {
		return err
	}
	if e.stop-e.body < n+3 {
		return ErrDamaged.New()
	}
	b, err := f.bytes(e.body+n, 2)
	if err != nil {
		return err
	}
	if at := int64(min(f.cluster, math62)) + int64(int16(binary.BigEndian.Uint16(b))); at > 0 {
		f.last = max(f.last, uint64(at))
	}
	f.frames++
	return nil
}

const math62 = 1 << 62
