package lexicon

import (
	"strings"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// Lexicon implements search.Lexicon. It never changes.
type Lexicon struct {
	words   map[string]*entry // by key, see keyOf
	longest int               // atoms of the longest word
}

var _ search.Lexicon = (*Lexicon)(nil)

// entry is what a word means.
type entry struct {
	years *search.Span
	name  string   // of the time as package dating reads it
	words []string // folded
	heads []string // folded
	filed []search.FacetValue
	weak  bool // counts inside other text under conditions only
	line  bool // it has one in the thesaurus
}

// New reads the tables of this package and of package dating, in some tens of
// milliseconds.
func New() *Lexicon {
	l := &Lexicon{words: make(map[string]*entry)}
	l.addThesaurus()
	l.addVocabularies()
	l.addPlaces()
	l.addTimes()
	return l
}

// at returns the entry of a word, which it makes if need be.
func (l *Lexicon) at(word string) *entry {
	atoms := atomsOf([]rune(chinese.Fold(word)))
	key := keyOf(atoms)
	e := l.words[key]
	if e == nil {
		e = &entry{weak: len(atoms) == 1 && atoms[0].han}
		l.words[key] = e
		l.longest = max(l.longest, len(atoms))
	}
	return e
}

// atom is a character, or a word or number.
type atom struct {
	text    string // folded; of a word its stem
	at, len int    // runes of the text
	han     bool
	space   bool // a space stands before it
}

// atomsOf parts a folded text.
func atomsOf(folded []rune) []atom {
	var out []atom
	for _, run := range chinese.Runs(folded) {
		if run.Class == chinese.Word {
			out = append(out, atom{text: chinese.Stem(string(run.Text)), at: run.At, len: len(run.Text), space: !run.Glued})
			continue
		}
		for i, r := range run.Text {
			out = append(out, atom{text: string(r), at: run.At + i, len: 1, han: true, space: i == 0 && !run.Glued})
		}
	}
	return out
}

// keyOf returns how a word is found: its characters as they are, its Latin words
// by their stems with a space between.
func keyOf(atoms []atom) string {
	var b strings.Builder
	for i, a := range atoms {
		if i > 0 && !a.han && !atoms[i-1].han {
			b.WriteByte(' ')
		}
		b.WriteString(a.text)
	}
	return b.String()
}
