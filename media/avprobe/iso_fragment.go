package avprobe

import "encoding/binary"

// trackDefault reads how long samples of a track are in fragments (§8.8.3).
func (f *isoFile) trackDefault(b box) error {
	p, _, err := f.full(b, 20, 20)
	if err != nil {
		return err
	}
	if t := f.track(binary.BigEndian.Uint32(p)); t != nil {
		t.each = uint64(binary.BigEndian.Uint32(p[8:]))
	} else {
		f.waiting(binary.BigEndian.Uint32(p), uint64(binary.BigEndian.Uint32(p[8:])))
	}
	return nil
}

// waiting keeps a default that stands before its track.
func (f *isoFile) waiting(id uint32, each uint64) {
	if f.early == nil {
		f.early = make(map[uint32]uint64)
	}
	if len(f.early) < maxTracks {
		f.early[id] = each
	}
}

func (f *isoFile) track(id uint32) *isoTrack {
	for _, t := range f.tracks {
		if t.id == id {
			return t
		}
	}
	return nil
}

// fragmentHead begins a part of a track (§8.8.7).
func (f *isoFile) fragmentHead(b box) error {
	p, _, err := f.full(b, 4, 4)
	if err != nil {
		return err
	}
	if f.now = f.track(binary.BigEndian.Uint32(p)); f.now == nil {
		return ErrDamaged.New()
	}
	f.each = f.now.each
	if f.each == 0 {
		f.each = f.early[f.now.id]
	}
	h, err := f.bytes(b.body, b.stop-b.body)
	if err != nil {
		return err
	}
	flags, at := binary.BigEndian.Uint32(h), 8
	if flags&1 != 0 {
		at += 8
	}
	if flags&2 != 0 {
		at += 4
	}
	if flags&8 != 0 {
		if len(h) < at+4 {
			return ErrDamaged.New()
		}
		f.each = uint64(binary.BigEndian.Uint32(h[at:]))
	}
	return nil
}

// run adds the samples of one run (§8.8.8).
func (f *isoFile) run(b box) error {
	p, _, err := f.full(b, 4, 4)
	if err != nil {
		return err
	}
	n := int64(binary.BigEndian.Uint32(p))
	h, err := f.bytes(b.body, 4)
	if err != nil {
		return err
	}
	if f.now == nil {
		return ErrDamaged.New()
	}
	flags, at, size := binary.BigEndian.Uint32(h), b.body+8, int64(0)
	for _, bit := range []uint32{1, 4} {
		if flags&bit != 0 {
			at += 4
		}
	}
	for _, bit := range []uint32{0x100, 0x200, 0x400, 0x800} {
		if flags&bit != 0 {
			size += 4
		}
	}
	if size > 0 && n > (b.stop-at)/size || n > maxParts {
		return ErrDamaged.New()
	}
	if flags&0x100 == 0 {
		f.now.grown += uint64(n) * f.each
		return nil
	}
	for i := range n {
		p, err := f.bytes(at+i*size, 4)
		if err != nil {
			return err
		}
		f.now.grown += uint64(binary.BigEndian.Uint32(p))
	}
	return nil
}
