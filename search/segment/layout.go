package segment

import (
	"hash/crc32"
	"strings"
)

// Layout names what the documents of an index have. Segments of one layout can be
// merged; another order of names is another layout.
type Layout struct {
	Fields  []string // what has terms
	Counted string   // the field whose terms are counted in each document, "" none
	Columns []string // what has a value for each document
}

// Fields and columns are asked for by their places in a Layout.

// print tells layouts apart.
func (l *Layout) print() uint32 {
	names := []string{strings.Join(l.Fields, "\x00"), l.Counted, strings.Join(l.Columns, "\x00")}
	return crc32.Checksum([]byte(strings.Join(names, "\x01")), castagnoli)
}

// counted reports whether the terms of a field are counted.
func (l *Layout) counted(field int) bool { return l.Fields[field] == l.Counted }

// Document is what a document puts into a segment.
type Document struct {
	Key     string     // of no other document of the index
	Terms   [][]string // by field: in any order; one that is there twice is counted twice
	Columns []string   // by column: its value, "" none
}

// weight is about how many bytes a document takes until it is in a segment.
func (d *Document) weight() int {
	n := 64 + len(d.Key)
	for _, terms := range d.Terms {
		n += 16 * len(terms)
	}
	for _, v := range d.Columns {
		n += len(v)
	}
	return n
}

// Weight is about how many bytes documents take until they are in a segment.
func Weight(docs []*Document) (n int) {
	for _, d := range docs {
		n += d.weight()
	}
	return n
}
