package segment

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"math"
)

// castagnoli is the polynomial that processors compute themselves.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errTooLarge is told of a field whose terms or postings pass 4 GB.
var errTooLarge = errors.New("segment: a field of one segment is larger than 4 GB")

// The end of a file: the table (the end of each section, 8 bytes each), then
// documents (4 bytes), sections (4), layout (4), version (4), checksum of all before
// (4), mark (4); little endian.
const (
	footBytes = 24
	version   = 1
	mark      = "yjys"
)

// writer writes sections one after the other. The first error stays.
type writer struct {
	out  *bufio.Writer
	sum  hash.Hash32
	n    uint64
	ends []uint64
	err  error
}

// mostBuffered is how many bytes wait to be written.
const mostBuffered = 256 << 10

// newWriter returns a writer of about so many bytes.
func newWriter(to io.Writer, bytes int) *writer {
	w := &writer{sum: crc32.New(castagnoli)}
	w.out = bufio.NewWriterSize(io.MultiWriter(to, w.sum), min(bytes, mostBuffered))
	return w
}

// write adds to the section at hand.
func (w *writer) write(b []byte) {
	if w.err == nil {
		_, w.err = w.out.Write(b)
		w.n += uint64(len(b))
	}
}

// text adds a text to the section at hand.
func (w *writer) text(s string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(s)
		w.n += uint64(len(s))
	}
}

// end ends the section at hand.
func (w *writer) end() { w.ends = append(w.ends, w.n) }

// section writes a whole section.
func (w *writer) section(b []byte) {
	w.write(b)
	w.end()
}

// finish writes the end of the file.
func (w *writer) finish(docs int, layout uint32) error {
	var b []byte
	for _, e := range w.ends {
		b = binary.LittleEndian.AppendUint64(b, e)
	}
	if docs > math.MaxInt32 {
		return errTooLarge
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(docs))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.ends)))
	b = binary.LittleEndian.AppendUint32(b, layout)
	b = binary.LittleEndian.AppendUint32(b, version)
	w.write(b)
	if w.err == nil {
		w.err = w.out.Flush()
	}
	w.write(append(binary.LittleEndian.AppendUint32(nil, w.sum.Sum32()), mark...))
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// fieldWriter writes the dictionary and the postings of a field: terms come in order,
// the postings of each behind it.
type fieldWriter struct {
	w      *writer
	terms  []byte
	starts []byte // of each term in terms, 4 bytes each; one more at the end
	lists  []byte // of each term, where its postings begin, likewise
	began  uint64
}

func newFieldWriter(w *writer) *fieldWriter { return &fieldWriter{w: w, began: w.n} }

// begin begins a term. Its postings are written to the writer next.
func (f *fieldWriter) begin(term string) {
	f.starts = binary.LittleEndian.AppendUint32(f.starts, uint32(len(f.terms)))
	f.lists = binary.LittleEndian.AppendUint32(f.lists, uint32(f.w.n-f.began))
	f.terms = append(f.terms, term...)
	if len(f.terms) > math.MaxUint32 || f.w.n-f.began > math.MaxUint32 {
		f.w.err = errors.Join(f.w.err, errTooLarge)
	}
}

// finish ends the section of postings and writes those of the dictionary.
func (f *fieldWriter) finish() {
	f.starts = binary.LittleEndian.AppendUint32(f.starts, uint32(len(f.terms)))
	f.lists = binary.LittleEndian.AppendUint32(f.lists, uint32(f.w.n-f.began))
	if len(f.terms) > math.MaxUint32 || f.w.n-f.began > math.MaxUint32 {
		f.w.err = errors.Join(f.w.err, errTooLarge)
	}
	f.w.end()
	f.w.section(f.starts)
	f.w.section(f.terms)
	f.w.section(f.lists)
}

// columnWriter writes the values of a column: they come by document.
type columnWriter struct {
	w     *writer
	ends  []byte // of each value, 8 bytes each
	began uint64
}

func newColumnWriter(w *writer) *columnWriter { return &columnWriter{w: w, began: w.n} }

func (c *columnWriter) add(value string) {
	c.w.text(value)
	c.ends = binary.LittleEndian.AppendUint64(c.ends, c.w.n-c.began)
}

func (c *columnWriter) finish() {
	c.w.end()
	c.w.section(c.ends)
}
