package index

import "yijianyou/search/segment"

// field is what has terms. The form of the fields is part of the format: a change of
// one needs a new value of format, which makes every index be rebuilt.
type field int

const (
	fieldNames    field = iota // terms of all names: bigrams, characters, words and their stems, and the last characters with headMark
	fieldBody                  // bigrams and stems of the body and the last character of each run; counted
	fieldPinyin                // joined pinyin of each name from every syllable on, "^" before the whole
	fieldInitials              // first letters likewise
	fieldCodes                 // keys of the codes
	fieldGuarded               // terms of the guarded texts
	fieldFilter                // name=value for everything that filters and counts
	fieldCount
)

// Columns, part of the format like fields.
const (
	columnASCII       = iota // keys of the names that are all ASCII: "T" before a title, "N" before another name, separator behind each
	columnOther              // those of the other names
	columnSort               // the key by which names sort
	columnPoint              // see packPoint
	columnStored             // what a hit shows, see stored
	columnText               // what phrases are looked for in, see lines
	columnGuardedText        // likewise of the guarded texts; never shown
	columnCount
)

// layout names the fields and the columns in their order.
func layout() *segment.Layout {
	return &segment.Layout{
		Fields:  []string{"names", "body", "pinyin", "initials", "codes", "guarded", "filter"},
		Counted: "body",
		Columns: []string{"ascii names", "other names", "sort", "point", "stored", "text", "guarded text"},
	}
}

// format is the version of the index. Raise it whenever fields, analysis or
// ranking data change.
const format = "7"

// Internal names in fieldFilter; facets have names of more than one letter.
const (
	filterKind   = "k" // kind
	filterOrg    = "o" // organisation
	filterYears  = "y" // "from,to"
	filterAge    = "a" // each century of the years, or "*" when there are too many
	filterWeight = "w" // 0 to 100
	filterCell   = "g" // grid cells of the point, see geo.go
)
