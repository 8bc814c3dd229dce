package segment

import (
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// dropped stands in the new numbers of a merge for a document that is gone.
const dropped = math.MaxUint64

// source is a segment that is merged.
type source struct {
	*Segment
	whole   bool     // nothing of it is dropped
	first   uint32   // new number of its first document that stays
	numbers []uint64 // new number of each document, or dropped
}

// sources numbers the documents anew, one segment behind the other.
func sources(segments []*Segment, drops []*roaring.Bitmap) (list []source, docs int) {
	for i, s := range segments {
		src := source{Segment: s, first: uint32(docs), numbers: make([]uint64, s.size), whole: true}
		var gone *roaring.Bitmap
		if i < len(drops) && drops[i] != nil && !drops[i].IsEmpty() {
			gone, src.whole = drops[i], false
		}
		for doc := range src.numbers {
			if gone != nil && gone.Contains(uint32(doc)) {
				src.numbers[doc] = dropped
				continue
			}
			src.numbers[doc] = uint64(docs)
			docs++
		}
		list = append(list, src)
	}
	return list, docs
}

// merge writes one segment of several, of so many documents that are not dropped. It
// asks stop between terms and columns and ends when that returns an error.
func merge(l *Layout, to io.Writer, list []source, docs int, stop func() error) error {
	w := newWriter(to, mostBuffered)
	m := merger{w: w, list: list, docs: docs, stop: stop}
	for i := range l.Fields {
		if err := m.field(i, l.counted(i)); err != nil {
			return err
		}
	}
	if err := m.column(func(s *Segment) Column { return s.keys }); err != nil {
		return err
	}
	for i := range l.Columns {
		if err := m.column(func(s *Segment) Column { return s.columns[i] }); err != nil {
			return err
		}
	}
	w.section(m.order())
	return w.finish(docs, l.print())
}

// merger holds what the steps of a merge share.
type merger struct {
	w       *writer
	list    []source
	docs    int
	stop    func() error
	encoder encoder
}

// column writes the values of the documents that stay.
func (m *merger) column(of func(*Segment) Column) error {
	c := newColumnWriter(m.w)
	for _, src := range m.list {
		if err := m.stop(); err != nil {
			return err
		}
		col := of(src.Segment)
		for doc, number := range src.numbers {
			if number != dropped {
				c.add(col.Of(uint32(doc)))
			}
		}
	}
	c.finish()
	return m.w.err
}

// order sorts the documents by their keys.
func (m *merger) order() []byte {
	type keyed struct {
		key string
		doc uint32
	}
	all := make([]keyed, 0, m.docs)
	for _, src := range m.list {
		for place := range src.size {
			doc := src.InOrder(place)
			if number := src.numbers[doc]; number != dropped {
				all = append(all, keyed{src.Key(doc), uint32(number)})
			}
		}
	}
	slices.SortFunc(all, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	out := make([]byte, 0, 4*m.docs)
	for _, k := range all {
		out = binary.LittleEndian.AppendUint32(out, k.doc)
	}
	return out
}

// walk stands at a term of a source.
type walk struct {
	src   *source
	terms *Terms
	at    int
	term  string
}

// next goes on and reports whether there is another term.
func (k *walk) next() bool {
	k.at++
	if k.at >= k.terms.Len() {
		return false
	}
	k.term = k.terms.Term(k.at)
	return true
}

// walks are those of all sources that have terms left, the least term first: a heap,
// in which of equal terms that of the earlier documents comes first.
type walks []*walk

func (h walks) before(i, j int) bool {
	if c := strings.Compare(h[i].term, h[j].term); c != 0 {
		return c < 0
	}
	return h[i].src.first < h[j].src.first
}

// sink moves the walk at a place down to where it belongs.
func (h walks) sink(at int) {
	for {
		least := at
		for _, below := range [2]int{2*at + 1, 2*at + 2} {
			if below < len(h) && h.before(below, least) {
				least = below
			}
		}
		if least == at {
			return
		}
		h[at], h[least] = h[least], h[at]
		at = least
	}
}

// stepsBetweenStops is after how many terms a merge asks whether it shall stop.
const stepsBetweenStops = 4096

// field writes a field: the terms of all sources in order.
func (m *merger) field(field int, counted bool) error {
	m.encoder.docs, m.encoder.counted = m.docs, counted
	var h walks
	for i := range m.list {
		k := &walk{src: &m.list[i], terms: m.list[i].Terms(field), at: -1}
		if k.next() {
			h = append(h, k)
		}
	}
	for i := len(h)/2 - 1; i >= 0; i-- {
		h.sink(i)
	}
	f := newFieldWriter(m.w)
	var at []posted
	for steps := 0; len(h) > 0; steps++ {
		if steps%stepsBetweenStops == 0 {
			if err := m.stop(); err != nil {
				return err
			}
		}
		term := h[0].term
		for at = at[:0]; len(h) > 0 && h[0].term == term; h.sink(0) {
			k := h[0]
			at = append(at, posted{k.src, k.terms.Postings(k.at)})
			if !k.next() {
				h[0], h = h[len(h)-1], h[:len(h)-1]
			}
		}
		m.encode(at)
		if m.encoder.count > 0 {
			f.begin(term)
			m.w.write(m.encoder.bytes())
		}
	}
	f.finish()
	if counted {
		m.w.section(m.lengths(field))
	}
	return m.w.err
}

// posted are the postings of a term in a source.
type posted struct {
	src *source
	Postings
}

// encode makes the list of a term out of what the sources have of it.
func (m *merger) encode(at []posted) {
	e := &m.encoder
	e.reset()
	joins, size := true, 0
	for _, p := range at {
		joins = joins && p.src.whole && !p.dense
		size += len(p.list) + binary.MaxVarintLen32 // a first distance may grow
	}
	for _, p := range at {
		if joins && (e.counted || size <= e.bits()) {
			e.join(p.Postings, p.src.first)
			continue
		}
		p.EachCounted(func(doc, times uint32) {
			if number := p.src.numbers[doc]; number != dropped {
				e.add(uint32(number), times)
			}
		})
	}
}

// lengths are those of the documents that stay, in a counted field.
func (m *merger) lengths(field int) []byte {
	out := make([]byte, 0, 4*m.docs)
	for _, src := range m.list {
		t := src.Terms(field)
		for doc, number := range src.numbers {
			if number != dropped {
				out = binary.LittleEndian.AppendUint32(out, t.Length(uint32(doc)))
			}
		}
	}
	return out
}
