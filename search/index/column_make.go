package index

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yijianyou/search"
	"yijianyou/search/segment"
)

// makeFilters turns the postings of fieldFilter round.
func (p *part) makeFilters() (filterColumns, error) {
	n := p.Size()
	f := filterColumns{start: make([]uint32, n+1), years: make([]years, n), weight: make([]uint8, n)}
	var found []termDocs
	terms := p.Terms(int(fieldFilter))
	for i := range terms.Len() {
		name, value, _ := strings.Cut(terms.Term(i), "=")
		docs := terms.Postings(i)
		switch {
		case name == filterYears:
			from, to, ok := parseYears(value)
			docs.Each(func(local uint32) { f.years[local] = years{int32(from), int32(to), ok} })
		case name == filterWeight:
			weight, err := strconv.Atoi(value)
			if err != nil {
				return f, fmt.Errorf("index: weight: %w", err)
			}
			docs.Each(func(local uint32) { f.weight[local] = uint8(weight) })
		case name == filterKind, search.ValidFacet(name):
			found = append(found, termDocs{facetTerm{strings.Clone(name), strings.Clone(value)}, docs})
		}
	}
	f.fill(found, n)
	return f, nil
}

// termDocs is a value of a facet with the documents that have it.
type termDocs struct {
	facetTerm
	docs segment.Postings
}

// fill sets everything that has to do with terms, in a segment of n documents.
func (f *filterColumns) fill(found []termDocs, n int) {
	slices.SortStableFunc(found, func(a, b termDocs) int { return a.docs.Count() - b.docs.Count() })
	for _, t := range found {
		f.terms = append(f.terms, t.facetTerm)
		if float64(t.docs.Count()) < commonFrom*float64(n) {
			f.rare++
			t.docs.Each(func(local uint32) { f.start[local+1]++ })
			continue
		}
		has := newMask(n)
		t.docs.Fill(has, 0)
		f.common = append(f.common, has)
	}
	for i := range n {
		f.start[i+1] += f.start[i]
	}
	f.values = make([]uint32, f.start[n])
	next := slices.Clone(f.start)
	for at, t := range found[:f.rare] {
		t.docs.Each(func(local uint32) {
			f.values[next[local]] = uint32(at)
			next[local]++
		})
	}
}

func isASCII[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// makePoints reads the positions.
func (p *part) makePoints() pointColumn {
	c, packed := pointColumn{at: make([]search.Point, p.Size()), placed: make([]bool, p.Size())}, p.Column(columnPoint)
	for local := range c.at {
		c.at[local], c.placed[local] = unpackPoint(packed.Of(uint32(local)))
	}
	return c
}

// makeOrder turns the order of the keys round.
func (p *part) makeOrder() keyOrder {
	o := make(keyOrder, p.Size())
	for place := range o {
		o[p.InOrder(place)] = uint32(place)
	}
	return o
}
