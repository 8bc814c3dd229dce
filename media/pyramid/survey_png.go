package pyramid

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"

	"yijianyou/media/icc"
)

const (
	maxChunk   = 1<<31 - 1 // PNG §5.3
	maxInflate = 1032      // bytes that deflate can make of one
)

// kept are the chunks that are read into memory, with the most that each may
// have; a longer one counts as broken.
func kept(kind string) int {
	switch kind {
	case "IHDR", "cHRM", "gAMA", "sRGB", "cICP":
		return 64
	case "iCCP":
		return icc.MaxBytes
	}
	return 0
}

// walkPNG goes from chunk to chunk until IEND and compares their checksums.
func (s *survey) walkPNG(r *bufio.Reader) error {
	if _, err := r.Discard(8); err != nil {
		return cut(err)
	}
	s.chunks = make(map[string][]byte)
	var pixels int64 // bytes of compressed pixels
	for parts := 0; ; parts++ {
		kind, n, err := s.chunk(r)
		if err != nil {
			return cut(err)
		}
		switch kind {
		case "IDAT":
			pixels += n
		case "IEND":
			if !enough(s.chunks["IHDR"], pixels) {
				return ErrDamaged.New()
			}
			s.tellPNG()
			return nil
		}
		if parts > maxParts {
			return tooMany()
		}
	}
}

// chunk reads one chunk and returns its kind and the length of its data.
func (s *survey) chunk(r *bufio.Reader) (kind string, n int64, err error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return "", 0, err
	}
	n = int64(binary.BigEndian.Uint32(head[:]))
	for _, c := range head[4:] {
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			return "", 0, ErrDamaged.New()
		}
	}
	if n > maxChunk {
		return "", 0, ErrDamaged.New()
	}
	kind = string(head[4:])
	sum := crc32.NewIEEE()
	sum.Write(head[4:])
	var keep bytes.Buffer
	out := io.Writer(sum)
	if most := kept(kind); most > 0 && s.chunks[kind] == nil {
		if n > int64(most) {
			s.broken = s.broken || kind == "iCCP"
		} else {
			out = io.MultiWriter(sum, &keep)
		}
	}
	if _, err := io.CopyN(out, r, n); err != nil {
		return "", 0, err
	}
	if keep.Len() > 0 {
		s.chunks[kind] = keep.Bytes()
	}
	var crc [4]byte
	if _, err := io.ReadFull(r, crc[:]); err != nil {
		return "", 0, err
	}
	if binary.BigEndian.Uint32(crc[:]) != sum.Sum32() {
		return "", 0, ErrDamaged.New()
	}
	return kind, n, nil
}

// enough reports whether so many bytes can hold the pixels that the header
// claims: a file that cannot is a bomb or was put together wrongly.
func enough(ihdr []byte, compressed int64) bool {
	if len(ihdr) != 13 {
		return false
	}
	be := binary.BigEndian
	channels := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[ihdr[9]]
	row := (int64(be.Uint32(ihdr))*channels*int64(ihdr[8]) + 7) / 8
	return compressed*maxInflate >= row*int64(be.Uint32(ihdr[4:]))
}

// tellPNG finds the colour space, the most telling chunk first (PNG §12.1).
func (s *survey) tellPNG() {
	switch cicp := s.chunks["cICP"]; {
	case len(cicp) == 4 && cicp[0] == 1 && cicp[1] == 13:
		s.srgb = true
		return
	case len(cicp) == 4 && cicp[0] == 12 && cicp[1] == 13:
		s.told = icc.DisplayP3()
		s.named = s.told.Name
		return
	case len(cicp) == 4:
		s.named = "cICP"
		return
	}
	if b := s.chunks["iCCP"]; b != nil || s.broken {
		s.profile = inflate(b)
		s.broken = s.profile == nil
		return
	}
	if s.chunks["sRGB"] != nil {
		s.srgb = true
		return
	}
	s.told = chromaticities(s.chunks["gAMA"], s.chunks["cHRM"])
	if s.told != nil {
		s.named = s.told.Name
	}
}

// inflate returns the profile of an iCCP chunk (PNG §11.3.2.3), nil when it is
// damaged or larger than a profile may be.
func inflate(b []byte) []byte {
	end := bytes.IndexByte(b, 0)
	if end < 1 || end > 79 || len(b) < end+2 || b[end+1] != 0 {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(b[end+2:]))
	if err != nil {
		return nil
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, icc.MaxBytes+1))
	if err != nil || len(out) == 0 || len(out) > icc.MaxBytes {
		return nil
	}
	return out
}

// chromaticities makes the space of gAMA, with the primaries of cHRM or of sRGB
// (PNG §11.3.2.1, §11.3.2.2); nil without a gamma.
func chromaticities(gama, chrm []byte) *icc.Profile {
	if len(gama) != 4 {
		return nil
	}
	be := binary.BigEndian
	c := icc.Chromaticities{White: icc.XY{X: 0.3127, Y: 0.3290}, Red: icc.XY{X: 0.64, Y: 0.33}, Green: icc.XY{X: 0.30, Y: 0.60}, Blue: icc.XY{X: 0.15, Y: 0.06}}
	if len(chrm) == 32 {
		for i, v := range []*icc.XY{&c.White, &c.Red, &c.Green, &c.Blue} {
			v.X, v.Y = float64(be.Uint32(chrm[8*i:]))/100_000, float64(be.Uint32(chrm[8*i+4:]))/100_000
		}
	}
	gamma := icc.SRGBGamma // which 1/2.2 stands for (PNG §11.3.2.5)
	if g := be.Uint32(gama); g < 45_000 || g > 46_000 {
		gamma = 100_000 / float64(g)
	}
	p, err := icc.Primaries("gAMA, cHRM", c, gamma)
	if err != nil {
		return nil
	}
	return p
}
