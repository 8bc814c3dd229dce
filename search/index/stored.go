package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"yijianyou/search"
)

// stored is what columnStored holds: what a hit shows.
type stored struct {
	Title    search.Text
	Summary  search.Text
	Names    []string
	Reading  string
	Image    string
	Point    *search.Point
	FromYear *int
	ToYear   *int
	Show     map[string]string
	Digest   string // of the whole document
}

// errStored is told of bytes that encode has not written.
var errStored = errors.New("index: the stored part of a document is damaged")

// bits of what is there.
const (
	hasPoint = 1 << iota
	hasFrom
	hasTo
)

// encode writes st: texts with their lengths, one after the other, because an
// answer reads ten of these and JSON took most of its time.
func (st *stored) encode() []byte {
	var b []byte
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	var flags byte
	if st.Point != nil {
		flags |= hasPoint
	}
	if st.FromYear != nil {
		flags |= hasFrom
	}
	if st.ToYear != nil {
		flags |= hasTo
	}
	b = append(b, flags)
	if st.Point != nil {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(st.Point.Lon))
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(st.Point.Lat))
	}
	for _, y := range []*int{st.FromYear, st.ToYear} {
		if y != nil {
			b = binary.AppendVarint(b, int64(*y))
		}
	}
	for _, s := range []string{st.Title.ZH, st.Title.EN, st.Summary.ZH, st.Summary.EN, st.Reading, st.Image, st.Digest} {
		text(s)
	}
	b = binary.AppendUvarint(b, uint64(len(st.Names)))
	for _, s := range st.Names {
		text(s)
	}
	b = binary.AppendUvarint(b, uint64(len(st.Show)))
	for _, k := range slices.Sorted(maps.Keys(st.Show)) {
		text(k)
		text(st.Show[k])
	}
	return b
}

// decode reads what encode wrote; it keeps a copy of text.
func (st *stored) decode(text string) (err error) {
	defer func() {
		if r := recover(); r != nil { // an index beyond what is there
			err = fmt.Errorf("%w: %v", errStored, r)
		}
	}()
	r := storedReader{rest: strings.Clone(text)}
	flags := r.rest[0]
	r.rest = r.rest[1:]
	if flags&hasPoint != 0 {
		st.Point = &search.Point{Lon: r.float(), Lat: r.float()}
	}
	if flags&hasFrom != 0 {
		st.FromYear = r.year()
	}
	if flags&hasTo != 0 {
		st.ToYear = r.year()
	}
	for _, to := range []*string{&st.Title.ZH, &st.Title.EN, &st.Summary.ZH, &st.Summary.EN, &st.Reading, &st.Image, &st.Digest} {
		*to = r.text()
	}
	if n := r.count(); n > 0 {
		st.Names = make([]string, n)
		for i := range st.Names {
			st.Names[i] = r.text()
		}
	}
	if n := r.count(); n > 0 {
		st.Show = make(map[string]string, n)
		for range n {
			k := r.text()
			st.Show[k] = r.text()
		}
	}
	return nil
}

// storedReader reads parts of a stored form. It panics behind the end.
type storedReader struct{ rest string }

func (r *storedReader) number() uint64 {
	var v uint64
	for shift := 0; ; shift += 7 {
		c := r.rest[0]
		r.rest = r.rest[1:]
		v |= uint64(c&0x7F) << shift
		if c < 0x80 {
			return v
		}
	}
}

// count reads a number of things, each of which has a byte at least.
func (r *storedReader) count() int {
	n := r.number()
	if n > uint64(len(r.rest)) {
		panic("too many")
	}
	return int(n)
}

func (r *storedReader) text() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *storedReader) year() *int {
	u := r.number()
	y := int(int64(u>>1) ^ -int64(u&1))
	return &y
}

func (r *storedReader) float() float64 {
	f := math.Float64frombits(binary.BigEndian.Uint64([]byte(r.rest[:8])))
	r.rest = r.rest[8:]
	return f
}
