package search

// Lexicon knows what words of a query mean. Domains have the words; the index
// only asks. It is safe for concurrent use and the same text has always the same
// senses.
type Lexicon interface {
	// Read returns the senses of a text in its folded form (chinese.Fold), in the
	// order of the text and apart from each other. It reads bounded work's worth
	// of a long text and leaves the rest.
	Read(folded []rune) []Sense
}

// Sense is a stretch of a text with what it means besides its letters. What is
// empty says nothing.
type Sense struct {
	At, Len int    // runes of the text
	Years   *Span  // a time: also meant is what was made then
	Facet   string // what was made then is meant only if it has this facet: era for a time of China; "" whatever it has

	// Words are other words for the same, folded: another name, the older form of
	// a place. They are as good as the text itself.
	Words []string

	// Heads are words for narrower things, folded: 尊 and 爵 for 酒器. Meant is what
	// has a name that ends with one of them, or, for Latin words, that has the word.
	Heads []string

	// Filed are the values of facets under which what is meant is filed: 卫生间 is the
	// type toilet, 博物馆 the kind museum. A record says so whatever its words.
	Filed []FacetValue
}

// FacetValue is one value of one facet; "kind" is a facet here.
type FacetValue struct{ Facet, Value string }

// Span is a stretch of years, both ends inclusive, negative for BCE; From is at
// most To.
type Span struct{ From, To int }
