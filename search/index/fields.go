package index

// The fields of the index. Their form is part of the format: a change of one
// needs a new value of format, which makes every index be rebuilt.
const (
	fieldNames       = "n" // terms of all names: bigrams, characters, words and their stems, and the last characters with headMark; no frequencies
	fieldBody        = "b" // bigrams and stems of the body and the last character of each run, with frequencies
	fieldExact       = "x" // keys of the names, "T" before a title, "N" before another name; doc values
	fieldPinyin      = "y" // joined pinyin of each name from every syllable on, "^" before the whole
	fieldInitials    = "i" // first letters likewise
	fieldCodes       = "c" // keys of the codes
	fieldGuarded     = "g" // terms of the guarded texts
	fieldFilter      = "f" // name=value for everything that filters and counts
	fieldPoint       = "p" // "lon,lat"; doc values
	fieldSort        = "s" // the pinyin key; doc values
	fieldStored      = "d" // what a hit shows, see stored; stored only
	fieldText        = "t" // what phrases are looked for in, see textOf; stored only
	fieldGuardedText = "h" // likewise of the guarded texts; stored only, and never shown
)

// format is the version of the index. Raise it whenever fields, analysis or
// ranking data change.
const format = "5"

// Internal names in fieldFilter; facets have names of more than one letter.
const (
	filterKind   = "k" // kind
	filterOrg    = "o" // organisation
	filterYears  = "y" // "from,to"
	filterAge    = "a" // each century of the years, or "*" when there are too many
	filterWeight = "w" // 0 to 100
	filterCell   = "g" // grid cells of the point, see geo.go
)
