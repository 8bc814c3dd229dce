package index

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"yijianyou/search"
)

// makeFilters turns the postings of fieldFilter round.
func (p *part) makeFilters() (filterColumns, error) {
	n := p.cols.size
	f := filterColumns{start: make([]uint32, n+1), years: make([]years, n), weight: make([]uint8, n)}
	var found []termDocs
	err := p.eachTerm(fieldFilter, func(term string, docs func(func(uint32)) error) error {
		name, value, _ := strings.Cut(term, "=")
		switch {
		case name == filterYears:
			from, to, ok := parseYears(value)
			return docs(func(local uint32) { f.years[local] = years{int32(from), int32(to), ok} })
		case name == filterWeight:
			weight, err := strconv.Atoi(value)
			if err != nil {
				return fmt.Errorf("index: weight: %w", err)
			}
			return docs(func(local uint32) { f.weight[local] = uint8(weight) })
		case name == filterKind, search.ValidFacet(name):
			t := termDocs{facetTerm: facetTerm{strings.Clone(name), strings.Clone(value)}}
			err := docs(func(local uint32) { t.docs = append(t.docs, local) })
			found = append(found, t)
			return err
		}
		return nil
	})
	f.fill(found, n)
	return f, err
}

// termDocs is a value of a facet with the documents that have it.
type termDocs struct {
	facetTerm
	docs []uint32
}

// fill sets everything that has to do with terms, in a segment of n documents.
func (f *filterColumns) fill(found []termDocs, n int) {
	slices.SortStableFunc(found, func(a, b termDocs) int { return len(a.docs) - len(b.docs) })
	for _, t := range found {
		f.terms = append(f.terms, t.facetTerm)
		if float64(len(t.docs)) < commonFrom*float64(n) {
			f.rare++
			for _, local := range t.docs {
				f.start[local+1]++
			}
			continue
		}
		has := newMask(n)
		for _, local := range t.docs {
			has.add(local)
		}
		f.common = append(f.common, has)
	}
	for i := range n {
		f.start[i+1] += f.start[i]
	}
	f.values = make([]uint32, f.start[n])
	next := slices.Clone(f.start)
	for at, t := range found[:f.rare] {
		for _, local := range t.docs {
			f.values[next[local]] = uint32(at)
			next[local]++
		}
	}
}

// makeNames copies the keys of the names.
func (p *part) makeNames() (nameColumns, error) {
	ascii, other := newTextBuilder(p.cols.size), newTextBuilder(p.cols.size)
	err := p.eachValue(fieldExact, func(local uint32, value []byte) {
		if isASCII(value) {
			ascii.add(local, value)
		} else {
			other.add(local, value)
		}
	})
	return nameColumns{ascii: ascii.done(), other: other.done()}, err
}

func isASCII[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// makeSorts copies the keys by which names sort.
func (p *part) makeSorts() (textColumn, error) {
	b := newTextBuilder(p.cols.size)
	err := p.eachValue(fieldSort, b.add)
	return b.done(), err
}

// textBuilder makes a textColumn of values that come by ascending document.
type textBuilder struct {
	start []uint32
	text  []byte
}

func newTextBuilder(n int) *textBuilder { return &textBuilder{start: make([]uint32, n+1)} }

func (b *textBuilder) add(local uint32, value []byte) {
	b.text = append(append(b.text, value...), separator...)
	b.start[local+1] = uint32(len(b.text))
}

func (b *textBuilder) done() textColumn {
	for i := range len(b.start) - 1 { // documents without a value
		b.start[i+1] = max(b.start[i], b.start[i+1])
	}
	return textColumn{start: b.start, text: string(b.text)}
}

// makeCodes copies the codes, which the dictionary has in order.
func (p *part) makeCodes() (codeColumn, error) {
	c := codeColumn{start: []uint32{0}}
	var text strings.Builder
	err := p.eachTerm(fieldCodes, func(code string, docs func(func(uint32)) error) error {
		return docs(func(local uint32) {
			text.WriteString(code)
			c.start, c.docs = append(c.start, uint32(text.Len())), append(c.docs, local)
		})
	})
	c.text = text.String()
	return c, err
}

// makePoints reads the positions.
func (p *part) makePoints() (pointColumn, error) {
	c := pointColumn{at: make([]search.Point, p.cols.size), placed: make([]bool, p.cols.size)}
	return c, p.eachValue(fieldPoint, func(local uint32, value []byte) { c.at[local], c.placed[local] = parsePoint(string(value)) })
}

// makeOrder sorts the documents by their keys.
func (p *part) makeOrder() (keyOrder, error) {
	o := keyOrder{rank: make([]uint32, p.cols.size), docs: make([]uint32, p.cols.size)}
	keys := make([][]byte, p.cols.size)
	for i := range keys {
		var err error
		if keys[i], err = p.DocID(uint64(i)); err != nil {
			return o, fmt.Errorf("index: %w", err)
		}
		o.docs[i] = uint32(i)
	}
	slices.SortFunc(o.docs, func(a, b uint32) int { return bytes.Compare(keys[a], keys[b]) })
	for at, local := range o.docs {
		o.rank[local] = uint32(at)
	}
	return o, nil
}

// eachTerm calls fn for every term of a field, ascending, with a func that
// calls its argument for each document of the term, removed ones included.
func (p *part) eachTerm(field string, fn func(term string, docs func(func(local uint32)) error) error) error {
	d, err := p.Dictionary(field)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	terms := d.AutomatonIterator(nil, nil, nil)
	var list segment.PostingsList
	var walk segment.PostingsIterator
	for {
		e, err := terms.Next()
		if err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if e == nil {
			return nil
		}
		err = fn(e.Term, func(visit func(uint32)) (err error) {
			if list, err = d.PostingsList([]byte(e.Term), nil, list); err != nil {
				return fmt.Errorf("index: %w", err)
			}
			walk = list.Iterator(false, false, false, walk)
			set, only, err := documents(walk)
			if set != nil {
				eachOf(set, visit)
			} else if err == nil {
				visit(only)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
}

// eachValue calls fn for each value of a field with doc values, by document.
func (p *part) eachValue(field string, fn func(local uint32, value []byte)) error {
	seg, ok := p.Segment.(segment.DocValueVisitable)
	if !ok {
		return fmt.Errorf("index: unexpected segment %T", p.Segment)
	}
	var state segment.DocVisitState
	var local uint32
	visit := func(_ string, value []byte) { fn(local, value) }
	for fields := []string{field}; int(local) < p.cols.size; local++ {
		var err error
		if state, err = seg.VisitDocValues(uint64(local), fields, visit, state); err != nil {
			return fmt.Errorf("index: %w", err)
		}
	}
	return nil
}
