package segment

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// build makes the bytes of a segment of documents, which it sorts by their keys.
func build(l *Layout, docs []*Document) ([]byte, error) {
	slices.SortFunc(docs, func(a, b *Document) int { return strings.Compare(a.Key, b.Key) })
	var out bytes.Buffer
	size := Weight(docs)
	out.Grow(size)
	w := newWriter(&out, size)
	inv := inverter{short: make(map[uint64]uint32), long: make(map[string]uint32)}
	for i := range l.Fields {
		inv.field(w, docs, i, l.counted(i))
	}
	column := func(of func(d *Document) string) {
		c := newColumnWriter(w)
		for _, d := range docs {
			c.add(of(d))
		}
		c.finish()
	}
	column(func(d *Document) string { return d.Key })
	for i := range l.Columns {
		column(func(d *Document) string { return d.Columns[i] })
	}
	var order []byte
	for i := range docs {
		order = binary.LittleEndian.AppendUint32(order, uint32(i))
	}
	w.section(order)
	if err := w.finish(len(docs), l.print()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// inverter turns the terms of documents into the documents of terms. Its memory is
// used for one field after the other.
type inverter struct {
	short map[uint64]uint32 // of each term of few bytes: its number, as they come
	long  map[string]uint32 // of the other terms
	terms []numbered
	said  []uint32 // numbers of the terms of all documents, one after the other
	ends  []int    // of each document in said
	from  []uint32 // of each term in docs
	docs  []uint32
}

// number returns the number of a term, a new one when it comes for the first time.
func (v *inverter) number(term string) uint32 {
	next := uint32(len(v.terms))
	if len(term) < 8 {
		first := firstBytes(term)
		packed := first | uint64(len(term)) // the last byte is free
		if n, ok := v.short[packed]; ok {
			return n
		}
		v.short[packed] = next
		v.terms = append(v.terms, numbered{first: first, number: next, term: term})
		return next
	}
	if n, ok := v.long[term]; ok {
		return n
	}
	v.long[term] = next
	v.terms = append(v.terms, numbered{first: firstBytes(term), number: next, term: term})
	return next
}

// numbered is a term and its number, with its first bytes for comparing.
type numbered struct {
	first  uint64
	number uint32
	term   string
}

// field writes a field.
func (v *inverter) field(w *writer, docs []*Document, field int, counted bool) {
	clear(v.short)
	clear(v.long)
	v.terms, v.said, v.ends = v.terms[:0], v.said[:0], v.ends[:0]
	for _, d := range docs {
		for _, term := range d.Terms[field] {
			v.said = append(v.said, v.number(term))
		}
		v.ends = append(v.ends, len(v.said))
	}
	v.spread()
	slices.SortFunc(v.terms, func(a, b numbered) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return strings.Compare(a.term, b.term)
	})
	f, e := newFieldWriter(w), encoder{docs: len(docs), counted: counted}
	for _, t := range v.terms {
		e.reset()
		for docs := v.docs[v.from[t.number]:v.from[t.number+1]]; len(docs) > 0; {
			times := 1
			for times < len(docs) && docs[times] == docs[0] {
				times++
			}
			e.add(docs[0], uint32(times))
			docs = docs[times:]
		}
		f.begin(t.term)
		w.write(e.bytes())
	}
	f.finish()
	if !counted {
		return
	}
	var lengths []byte
	for _, d := range docs {
		lengths = binary.LittleEndian.AppendUint32(lengths, uint32(len(d.Terms[field])))
	}
	w.section(lengths)
}

// spread sorts the documents by the numbers of their terms.
func (v *inverter) spread() {
	v.from = append(v.from[:0], make([]uint32, len(v.terms)+2)...)
	for _, n := range v.said {
		v.from[n+2]++
	}
	for i := 2; i < len(v.from); i++ {
		v.from[i] += v.from[i-1]
	}
	v.docs = slices.Grow(v.docs[:0], len(v.said))[:len(v.said)]
	at := 0
	for doc, end := range v.ends {
		for ; at < end; at++ {
			next := &v.from[v.said[at]+1]
			v.docs[*next] = uint32(doc)
			*next++
		}
	}
	v.from = v.from[:len(v.terms)+1]
}

// firstBytes are the first eight bytes of a text as a number that compares like them.
func firstBytes(s string) uint64 {
	if len(s) >= 8 {
		return binary.BigEndian.Uint64([]byte(s[:8]))
	}
	var b [8]byte
	copy(b[:], s)
	return binary.BigEndian.Uint64(b[:])
}
