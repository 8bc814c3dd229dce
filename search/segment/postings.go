package segment

import (
	"encoding/binary"
	"math/bits"
)

// Postings are the documents that have a term, ascending, and how often each has it
// if the field is counted. The zero value has none.
//
// Their form: a varint, twice the number of documents and one more if they are
// dense. Dense: a bit for each document of the segment. Else, if there are two or
// more, a varint of the last document; then for each a varint of its distance to the
// one before (the first: to 0). In a counted field the distance is doubled and has
// one added for a term that is there once; other counts follow as a varint.
type Postings struct {
	list    []byte // behind the number and the last document
	count   int
	last    uint32 // of two or more that are not dense
	dense   bool
	counted bool
}

// parsePostings reads the head of a list.
func parsePostings(b []byte, counted bool) Postings {
	head, n := uvarint(b)
	p := Postings{list: b[n:], count: int(head >> 1), dense: head&1 != 0, counted: counted}
	if p.count > 1 && !p.dense {
		last, n := uvarint(p.list)
		p.last, p.list = uint32(last), p.list[n:]
	}
	return p
}

// Count is how many documents there are.
func (p Postings) Count() int { return p.count }

// Each calls fn for each document, ascending.
func (p Postings) Each(fn func(doc uint32)) {
	switch {
	case p.dense:
		eachBit(p.list, fn)
	case p.counted:
		p.EachCounted(func(doc, _ uint32) { fn(doc) })
	default:
		doc := uint32(0)
		for b := p.list; len(b) > 0; {
			d := uint64(b[0])
			if d < 0x80 {
				b = b[1:]
			} else {
				var n int
				d, n = uvarint(b)
				b = b[n:]
			}
			doc += uint32(d)
			fn(doc)
		}
	}
}

// EachCounted calls fn for each document, ascending, with how often it has the term;
// 1 in a field that is not counted.
func (p Postings) EachCounted(fn func(doc, times uint32)) {
	if !p.counted {
		p.Each(func(doc uint32) { fn(doc, 1) })
		return
	}
	doc := uint32(0)
	for b := p.list; len(b) > 0; {
		d, n := uvarint(b)
		b = b[n:]
		doc += uint32(d >> 1)
		if d&1 != 0 {
			fn(doc, 1)
			continue
		}
		times, n := uvarint(b)
		b = b[n:]
		fn(doc, uint32(times))
	}
}

// Fill adds the documents to a set with a bit for each, first being the number in it
// of document 0.
func (p Postings) Fill(set []uint64, first uint32) {
	switch {
	case p.dense && first&63 == 0:
		at := int(first >> 6)
		b := p.list
		for ; len(b) >= 8; b = b[8:] {
			set[at] |= binary.LittleEndian.Uint64(b)
			at++
		}
		for i, c := range b {
			set[at] |= uint64(c) << (8 * i)
		}
	case p.counted:
		doc := first
		for b := p.list; len(b) > 0; {
			d, n := uint64(b[0]), 1
			if d >= 0x80 {
				d, n = uvarint(b)
			}
			b = b[n:]
			doc += uint32(d >> 1)
			set[doc>>6] |= 1 << (doc & 63)
			if d&1 == 0 {
				_, n = uvarint(b)
				b = b[n:]
			}
		}
	default:
		p.Each(func(doc uint32) {
			doc += first
			set[doc>>6] |= 1 << (doc & 63)
		})
	}
}

// eachBit calls fn with the number of each bit that is set, ascending.
func eachBit(b []byte, fn func(uint32)) {
	for at := uint32(0); len(b) > 0; at += 64 {
		var word uint64
		if len(b) >= 8 {
			word, b = binary.LittleEndian.Uint64(b), b[8:]
		} else {
			for i, c := range b {
				word |= uint64(c) << (8 * i)
			}
			b = nil
		}
		for ; word != 0; word &= word - 1 {
			fn(at + uint32(bits.TrailingZeros64(word)))
		}
	}
}

// uvarint reads a number and how many bytes it has: those that are there, when it
// does not end.
func uvarint(b []byte) (v uint64, n int) {
	for shift := 0; n < len(b); shift += 7 {
		c := b[n]
		n++
		v |= uint64(c&0x7F) << shift
		if c < 0x80 {
			break
		}
	}
	return v, n
}

// encoder makes lists of postings, one after the other.
type encoder struct {
	docs    int // of the segment
	counted bool
	head    []byte
	list    []byte
	members []uint32 // of a list that may become dense
	count   int
	last    uint32
}

// reset begins a list.
func (e *encoder) reset() {
	e.list, e.members, e.count, e.last = e.list[:0], e.members[:0], 0, 0
}

// add adds a document that comes behind the last one.
func (e *encoder) add(doc, times uint32) {
	d := uint64(doc - e.last)
	if !e.counted {
		e.members = append(e.members, doc)
	} else if d <<= 1; times == 1 {
		d |= 1
	}
	e.list = binary.AppendUvarint(e.list, d)
	if e.counted && times != 1 {
		e.list = binary.AppendUvarint(e.list, uint64(times))
	}
	e.count, e.last = e.count+1, doc
}

// join adds the postings of a segment whose documents all follow the last one, first
// being the new number of its document 0. They must not be dense.
func (e *encoder) join(p Postings, first uint32) {
	d, n := uvarint(p.list)
	last, shift := p.last, 0
	if e.counted {
		shift = 1
	}
	if p.count == 1 {
		last = uint32(d >> shift)
	}
	e.list = binary.AppendUvarint(e.list, d+uint64(first-e.last)<<shift)
	e.list = append(e.list, p.list[n:]...)
	e.count, e.last = e.count+p.count, first+last
}

// bits is how many bytes a dense list has.
func (e *encoder) bits() int { return (e.docs + 7) / 8 }

// bytes returns the list with its head. It holds until the next call.
func (e *encoder) bytes() []byte {
	head, dense := uint64(e.count)<<1, !e.counted && len(e.list) > e.bits()
	if dense {
		head |= 1
		e.list = append(e.list[:0], make([]byte, e.bits())...)
		for _, d := range e.members {
			e.list[d>>3] |= 1 << (d & 7)
		}
	}
	e.head = binary.AppendUvarint(e.head[:0], head)
	if e.count > 1 && !dense {
		e.head = binary.AppendUvarint(e.head, uint64(e.last))
	}
	e.head = append(e.head, e.list...)
	return e.head
}
