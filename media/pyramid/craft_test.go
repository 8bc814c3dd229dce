package pyramid_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"testing"
)

// segment is a segment of a JPEG with its marker and length.
func segment(mark byte, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, mark}, uint16(len(data)+2)), data...)
}

// afterSOI puts parts behind the first marker of a JPEG.
func afterSOI(file []byte, parts ...[]byte) []byte {
	return append(append(bytes.Clone(file[:2]), bytes.Join(parts, nil)...), file[2:]...)
}

// flat makes a JPEG of 8 × 8 pixels whose components have one value each, before
// any transform of colours. adobe is the transform of an APP14 segment, -1 for none.
func flat(adobe int, values ...byte) []byte {
	out := []byte{0xFF, 0xD8}
	if adobe >= 0 {
		out = append(out, segment(0xEE, append([]byte("Adobe\x00\x64\x00\x00\x00\x00"), byte(adobe)))...)
	}
	out = append(out, segment(0xDB, append([]byte{0}, bytes.Repeat([]byte{8}, 64)...))...) // a DC of 1 is one step of grey
	frame := []byte{8, 0, 8, 0, 8, byte(len(values))}
	scan := []byte{byte(len(values))}
	for i := range values {
		frame = append(frame, byte(i+1), 0x11, 0)
		scan = append(scan, byte(i+1), 0)
	}
	out = append(out, segment(0xC0, frame)...)
	// DC: categories 0 to 11 have codes of four bits; AC: the end of a block is one bit 0.
	out = append(out, segment(0xC4, append([]byte{0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))...)
	out = append(out, segment(0xC4, append([]byte{0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0))...)
	out = append(out, segment(0xDA, append(scan, 0, 63, 0))...)
	var bits bitWriter
	for _, v := range values {
		d := int(v) - 128
		size, code := 0, d
		for n := max(d, -d); n > 0; n >>= 1 {
			size++
		}
		if d < 0 {
			code = d + 1<<size - 1
		}
		bits.put(size, 4)
		bits.put(code, size)
		bits.put(0, 1)
	}
	out = append(out, bits.done()...)
	return append(out, 0xFF, 0xD9)
}

// bitWriter writes the bits of a scan.
type bitWriter struct {
	out  []byte
	acc  uint64
	bits int
}

func (w *bitWriter) put(v, n int) {
	w.acc = w.acc<<n | uint64(v)
	for w.bits += n; w.bits >= 8; w.bits -= 8 {
		b := byte(w.acc >> (w.bits - 8))
		if w.out = append(w.out, b); b == 0xFF {
			w.out = append(w.out, 0)
		}
	}
}

func (w *bitWriter) done() []byte {
	w.put(1<<7-1, 7)
	return w.out
}

// chunk is a chunk of a PNG with its length and checksum.
func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return append(b, crcOf(b[4:])...)
}

// afterIHDR puts chunks behind the header of a PNG.
func afterIHDR(file []byte, chunks ...[]byte) []byte {
	return append(append(bytes.Clone(file[:33]), bytes.Join(chunks, nil)...), file[33:]...)
}

func deflated(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rawPNG makes a PNG of a header and rows with their filter bytes.
func rawPNG(t testing.TB, w, h uint32, depth, colour, interlace byte, rows []byte, chunks ...[]byte) []byte {
	t.Helper()
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(ihdr, depth, colour, 0, 0, interlace))...)
	out = append(out, bytes.Join(chunks, nil)...)
	out = append(out, chunk("IDAT", deflated(t, rows))...)
	return append(out, chunk("IEND", nil)...)
}

// interlaced is the grey picture of 8 × 8 pixels whose values are given, in the
// seven passes of Adam7 (PNG §8.2).
func interlaced(t testing.TB, at func(x, y int) byte) []byte {
	var rows []byte
	for _, p := range [7][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		for y := p[1]; y < 8; y += p[3] {
			rows = append(rows, 0)
			for x := p[0]; x < 8; x += p[2] {
				rows = append(rows, at(x, y))
			}
		}
	}
	return rawPNG(t, 8, 8, 8, 0, 1, rows)
}

// iccPNG is the chunk iCCP with a profile.
func iccPNG(t testing.TB, profile []byte) []byte {
	return chunk("iCCP", append([]byte("p\x00\x00"), deflated(t, profile)...))
}

// iccJPEG are the segments of a profile, in pieces of so many bytes.
func iccJPEG(profile []byte, piece int) []byte {
	total := (len(profile) + piece - 1) / piece
	var out []byte
	for i := range total {
		part := profile[i*piece : min((i+1)*piece, len(profile))]
		out = append(out, segment(0xE2, append([]byte("ICC_PROFILE\x00"+string([]byte{byte(i + 1), byte(total)})), part...))...)
	}
	return out
}
