package search

// MaxNames is how many titles and other names a NameList has at most.
const MaxNames = 5000

// NameList is what completes names without an index: the names of the most famous
// records of the public index and what is needed to compare a typed text with
// them as Index.Suggest does, stems of English words aside. Nobody changes it.
type NameList struct {
	Records    []NamedRecord // most famous first, each title once; never nil
	Characters []Character   // every folded character of the names, ascending; never nil
}

// NamedRecord is a record by its names.
type NamedRecord struct {
	Kind  Kind
	ID    string
	Fame  int // 0 to 100, of the Weight of its document
	Title Text
	Names []string // as in the Document
	Spelt []string // names with small numbers written the other way, folded; nil none
	// Sounds are the syllables between spaces, without tones and ü as v, of the
	// Chinese title, the English one and each of Names, "" for a name that is read
	// character by character as Characters say; behind them, if no name is
	// read so, the Reading of the record. The last ones that
	// are "" are left out; nil when all are.
	Sounds []string
}

// Character is a folded character: how it is read where nothing else is said, and
// what else is folded to it.
type Character struct {
	Rune     rune
	Sound    string // syllable without tone, ü as v; the character itself when no reading is known
	Variants []rune // ascending; nil none
}
