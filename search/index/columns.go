package index

import (
	"sync"

	"yijianyou/search"
	"yijianyou/search/segment"
)

// columns is what queries read of every hit, in arrays by the number of the
// document in its segment. Each group is made when it is first asked for and kept
// as long as the segment: about 40 bytes a document.
type columns struct {
	filters onceFor[filterColumns]
	points  onceFor[pointColumn]
	order   onceFor[keyOrder]
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

// sure makes a value that cannot fail.
func (o *onceFor[T]) sure(build func() T) *T {
	v, _ := o.of(func() (T, error) { return build(), nil })
	return v
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

// separator ends each name in the columns of names. It is in no UTF-8 text.
const separator = "\xff"

// nameColumns are the keys of the names. A text that is not all ASCII is in no name
// that is, and English names are long.
type nameColumns struct{ ascii, other segment.Column }

// pointColumn has the positions of those documents that have one.
type pointColumn struct {
	at     []search.Point
	placed []bool
}

// keyOrder is the place of each document among those of its segment, by their keys.
type keyOrder []uint32

func (o keyOrder) of(local uint32) uint32 { return o[local] }

// columnCache keeps the columns of segments.
type columnCache struct {
	mu   sync.Mutex
	kept map[*segment.Segment]*columns
}

// of returns the columns of a segment.
func (c *columnCache) of(seg *segment.Segment) *columns {
	c.mu.Lock()
	defer c.mu.Unlock()
	cols := c.kept[seg]
	if cols == nil {
		cols = new(columns)
		if c.kept == nil {
			c.kept = make(map[*segment.Segment]*columns)
		}
		c.kept[seg] = cols
	}
	return cols
}

// keep forgets the columns of all segments but those of s.
func (c *columnCache) keep(s *snapshot) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := make(map[*segment.Segment]*columns, len(s.parts))
	for i := range s.parts {
		if cols := c.kept[s.parts[i].Segment]; cols != nil {
			kept[s.parts[i].Segment] = cols
		}
	}
	c.kept = kept
}

// filters returns the columns of fieldFilter.
func (p *part) filters() (*filterColumns, error) { return p.cols.filters.of(p.makeFilters) }

// points returns the positions, order the order of keys.
func (p *part) points() *pointColumn { return p.cols.points.sure(p.makePoints) }

func (p *part) order() keyOrder { return *p.cols.order.sure(p.makeOrder) }

// warm makes the columns that a search for a text reads.
func (p *part) warm() error {
	p.order()
	_, err := p.filters()
	return err
}
