package index

import (
	"errors"
	"sort"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"yijianyou/search"
)

// columns is what queries read of every hit, in arrays by the number of the
// document in its segment. Each group is made when it is first asked for and kept
// as long as the segment: 100 to 200 bytes a document, most of them names.
type columns struct {
	size    int // documents in the segment
	filters onceFor[filterColumns]
	names   onceFor[nameColumns]
	sorts   onceFor[textColumn] // of fieldSort
	points  onceFor[pointColumn]
	order   onceFor[keyOrder]
	codes   onceFor[codeColumn]
}

// onceFor makes a value once; what failed is tried again.
type onceFor[T any] struct {
	mu    sync.Mutex
	value *T
}

func (o *onceFor[T]) of(build func() (T, error)) (*T, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.value != nil {
		return o.value, nil
	}
	v, err := build()
	if err != nil {
		return nil, err
	}
	o.value = &v
	return o.value, nil
}

// filterColumns are the contents of fieldFilter.
type filterColumns struct {
	terms  []facetTerm // the rare ones, then the common ones
	rare   int         // how many of terms are rare
	common []mask      // of each common term: the documents that have it
	start  []uint32    // document -> where its values begin in values; one more at the end
	values []uint32    // rare ones, as places in terms
	years  []years     // document -> its years
	weight []uint8     // document -> 0 to 100
}

// commonFrom is the share of the documents of a segment from which a term is
// common: a mask is smaller then than its places in values, and counts faster.
const commonFrom = 1.0 / 32

// facetTerm is a value of a facet.
type facetTerm struct{ facet, value string }

// years are those of a document, unless it has none.
type years struct {
	from, to int32
	known    bool
}

// textColumn has values of a text field of each document, one after the other,
// with a separator behind each.
type textColumn struct {
	start []uint32 // document -> where its values begin in text; one more at the end
	text  string
}

// separator ends a value in a textColumn. It is in no UTF-8 text.
const separator = "\xff"

// of returns the values of a document, each with its separator.
func (c *textColumn) of(local uint32) string { return c.text[c.start[local]:c.start[local+1]] }

// nameColumns are the contents of fieldExact. A text that is not all ASCII is in
// no name that is, and English names are long.
type nameColumns struct{ ascii, other textColumn }

// pointColumn has the positions of those documents that have one.
type pointColumn struct {
	at     []search.Point
	placed []bool
}

// keyOrder is the order of the documents by their keys.
type keyOrder struct {
	rank []uint32 // document -> its place
	docs []uint32 // place -> document
}

// codeColumn has the codes of the documents in order. A code is one of few
// documents, so that the beginning of one stands for thousands of terms, which the
// dictionary gives one after the other.
type codeColumn struct {
	start []uint32 // place -> where its code begins in text; one more at the end
	text  string
	docs  []uint32 // place -> document
}

// begins returns the documents that have a code with a beginning, one for each
// code.
func (c *codeColumn) begins(prefix string) []uint32 {
	code := func(i int) string { return c.text[c.start[i]:c.start[i+1]] }
	from := sort.Search(len(c.docs), func(i int) bool { return code(i) >= prefix })
	n := sort.Search(len(c.docs)-from, func(i int) bool { return !strings.HasPrefix(code(from+i), prefix) })
	return c.docs[from : from+n]
}

// columnCache keeps the columns of segments.
type columnCache struct {
	mu   sync.Mutex
	kept map[segment.Segment]*columns
}

// of returns the columns of a segment.
func (c *columnCache) of(seg segment.Segment) *columns {
	c.mu.Lock()
	defer c.mu.Unlock()
	cols := c.kept[seg]
	if cols == nil {
		cols = &columns{size: int(seg.Count())}
		if c.kept == nil {
			c.kept = make(map[segment.Segment]*columns)
		}
		c.kept[seg] = cols
	}
	return cols
}

// keep forgets the columns of all segments but those of s.
func (c *columnCache) keep(s *snapshot) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := make(map[segment.Segment]*columns, len(s.parts))
	for i := range s.parts {
		if cols := c.kept[s.parts[i].Segment]; cols != nil {
			kept[s.parts[i].Segment] = cols
		}
	}
	c.kept = kept
}

// filters returns the columns of fieldFilter.
func (p *part) filters() (*filterColumns, error) { return p.cols.filters.of(p.makeFilters) }

// names returns the keys of the names, sorts the keys by which names sort.
func (p *part) names() (*nameColumns, error) { return p.cols.names.of(p.makeNames) }

func (p *part) sorts() (*textColumn, error) { return p.cols.sorts.of(p.makeSorts) }

// points returns the positions, order the order of keys.
func (p *part) points() (*pointColumn, error) { return p.cols.points.of(p.makePoints) }

func (p *part) order() (*keyOrder, error) { return p.cols.order.of(p.makeOrder) }

// codes returns the codes in order.
func (p *part) codes() (*codeColumn, error) { return p.cols.codes.of(p.makeCodes) }

// warm makes the columns that a search for a text reads.
func (p *part) warm() error {
	_, err1 := p.filters()
	_, err2 := p.names()
	_, err3 := p.order()
	_, err4 := p.codes()
	return errors.Join(err1, err2, err3, err4)
}
