package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"sort"
	"sync/atomic"
)

// errDamaged is told of bytes that are no whole segment of the layout.
var errDamaged = errors.New("segment: damaged or of another layout")

// Segment is a set of documents that never changes, numbered from 0. Strings that it
// returns are parts of its bytes: they hold until its last user has let go.
type Segment struct {
	layout  *Layout
	data    []byte
	size    int
	terms   []Terms
	columns []Column
	keys    Column
	order   numbers32 // the documents in the order of their keys
	refs    atomic.Int64
	release func() error // of data, nil nothing
}

// parse reads the bytes of a segment, which it keeps.
func parse(l *Layout, data []byte) (*Segment, error) {
	if len(data) < footBytes || string(data[len(data)-4:]) != mark {
		return nil, errDamaged
	}
	body, foot := data[:len(data)-8], data[len(data)-footBytes:]
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(foot[at:]) }
	if u32(8) != l.print() || u32(12) != version || crc32.Checksum(body, castagnoli) != u32(16) {
		return nil, errDamaged
	}
	s := &Segment{layout: l, data: data, size: int(u32(0))}
	s.refs.Store(1)
	sections, err := cut(data[:len(data)-footBytes], int(u32(4)))
	if err != nil {
		return nil, err
	}
	return s, s.take(sections)
}

// cut cuts the part before the foot into its sections.
func cut(b []byte, n int) ([][]byte, error) {
	if n > len(b)/8 {
		return nil, errDamaged
	}
	table, out, from := b[len(b)-8*n:], make([][]byte, n), uint64(0)
	b = b[:len(b)-8*n]
	for i := range out {
		end := binary.LittleEndian.Uint64(table[8*i:])
		if end < from || end > uint64(len(b)) {
			return nil, errDamaged
		}
		out[i], from = b[from:end:end], end
	}
	return out, nil
}

// take sets everything from the sections, in the order in which write has them.
func (s *Segment) take(sections [][]byte) error {
	counted := 0
	if s.layout.Counted != "" {
		counted = 1
	}
	if len(sections) != 4*len(s.layout.Fields)+counted+2*(len(s.layout.Columns)+1)+1 {
		return errDamaged
	}
	next := func() (b []byte) {
		b, sections = sections[0], sections[1:]
		return b
	}
	for i := range s.layout.Fields {
		t := Terms{lists: next(), starts: next(), counted: s.layout.counted(i)}
		t.text, t.at = textOf(next()), next()
		if t.counted {
			t.lengths = next()
		}
		if len(t.starts) < 4 || len(t.starts)%4 != 0 || len(t.starts) != len(t.at) || t.counted && t.lengths.len() != s.size {
			return errDamaged
		}
		if !t.sample() {
			return errDamaged
		}
		s.terms = append(s.terms, t)
	}
	for range len(s.layout.Columns) + 1 {
		c := Column{text: textOf(next()), ends: next()}
		if len(c.ends) != 8*s.size {
			return errDamaged
		}
		s.columns = append(s.columns, c)
	}
	s.keys, s.columns = s.columns[0], s.columns[1:]
	if s.order = next(); s.order.len() != s.size {
		return errDamaged
	}
	return nil
}

// Size is how many documents there are.
func (s *Segment) Size() int { return s.size }

// Terms returns those of a field, by its place in the layout.
func (s *Segment) Terms(field int) *Terms { return &s.terms[field] }

// Column returns a column, by its place in the layout.
func (s *Segment) Column(column int) Column { return s.columns[column] }

// Key returns the key of a document.
func (s *Segment) Key(doc uint32) string { return s.keys.Of(doc) }

// InOrder returns the document at a place in the order of keys, 0 ≤ place < Size.
func (s *Segment) InOrder(place int) uint32 { return s.order.at(place) }

// Place returns how many keys come before a text.
func (s *Segment) Place(key string) int {
	return sort.Search(s.size, func(i int) bool { return s.Key(s.InOrder(i)) >= key })
}

// Find returns the document with a key.
func (s *Segment) Find(key string) (doc uint32, ok bool) {
	at := s.Place(key)
	if at == s.size || s.Key(s.InOrder(at)) != key {
		return 0, false
	}
	return s.InOrder(at), true
}

// AddRef and DecRef count the users; the last one frees the bytes.
func (s *Segment) AddRef() { s.refs.Add(1) }

// DecRef is told by a user who has done.
func (s *Segment) DecRef() error {
	if s.refs.Add(-1) != 0 || s.release == nil {
		return nil
	}
	if err := s.release(); err != nil {
		return fmt.Errorf("segment: %w", err)
	}
	return nil
}
