package segment

import (
	"encoding/binary"
	"sort"
	"unsafe"
)

// numbers32 are numbers of 4 bytes, one after the other.
type numbers32 []byte

func (n numbers32) at(i int) uint32 { return binary.LittleEndian.Uint32(n[4*i:]) }
func (n numbers32) len() int        { return len(n) / 4 }

// stride is how many terms lie between two whose first bytes are kept.
const stride = 64

// Terms are the terms of a field, in the order of their bytes, with their postings.
// The zero value has none.
type Terms struct {
	firsts  []uint64  // first bytes of each term at a multiple of stride
	starts  numbers32 // of each term in text; one more at the end
	text    string
	at      numbers32 // likewise, of its postings in lists
	lists   []byte
	lengths numbers32 // of a counted field: how many terms each document has
	counted bool
}

// Len is how many terms there are.
func (t *Terms) Len() int { return max(0, t.starts.len()-1) }

// Term returns a term, 0 ≤ i < Len. It holds as long as the segment.
func (t *Terms) Term(i int) string { return t.text[t.starts.at(i):t.starts.at(i+1)] }

// Postings returns those of a term, 0 ≤ i < Len.
func (t *Terms) Postings(i int) Postings {
	return parsePostings(t.lists[t.at.at(i):t.at.at(i+1)], t.counted)
}

// sample sets firsts; it reports whether the terms that it reads are there.
func (t *Terms) sample() bool {
	t.firsts = make([]uint64, 0, (t.Len()+stride-1)/stride)
	for i := 0; i < t.Len(); i += stride {
		if from, to := t.starts.at(i), t.starts.at(i+1); from > to || to > uint32(len(t.text)) {
			return false
		}
		t.firsts = append(t.firsts, firstBytes(t.Term(i)))
	}
	return true
}

// Seek returns the place of the first term that is not less than a text, Len when
// there is none. Few terms are read: the sample, which is small, says between which
// it lies.
func (t *Terms) Seek(text string) int {
	first := firstBytes(text)
	below := sort.Search(len(t.firsts), func(i int) bool { return t.firsts[i] >= first })
	above := below + sort.Search(len(t.firsts)-below, func(i int) bool { return t.firsts[below+i] > first })
	low, high := max(0, below-1)*stride, min(above*stride, t.Len())
	for low < high {
		if mid := int(uint(low+high) >> 1); t.Term(mid) < text {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// Find returns the postings of a term.
func (t *Terms) Find(term string) (p Postings, ok bool) {
	i := t.Seek(term)
	if i == t.Len() || t.Term(i) != term {
		return Postings{}, false
	}
	return t.Postings(i), true
}

// Length is how many terms a document has in a counted field, each as often as it is
// there; 0 in another.
func (t *Terms) Length(doc uint32) uint32 {
	if !t.counted {
		return 0
	}
	return t.lengths.at(int(doc))
}

// Column has a value for each document.
type Column struct {
	ends []byte // of each value in text, 8 bytes each
	text string
}

// Of returns the value of a document, "" none. It holds as long as the segment.
func (c Column) Of(doc uint32) string {
	from := uint64(0)
	if doc > 0 {
		from = binary.LittleEndian.Uint64(c.ends[8*(doc-1):])
	}
	return c.text[from:binary.LittleEndian.Uint64(c.ends[8*doc:])]
}

// textOf is b as a text; b must not change as long as it is used.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
