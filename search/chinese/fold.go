package chinese

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed fold.tsv
var foldTSV string

// variants is the table of fold.tsv: form -> folded form.
var variants = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, 6000)
	for line := range strings.Lines(foldTSV) {
		to, froms, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		target, _ := utf8.DecodeRuneInString(to)
		for _, from := range froms {
			if from != target {
				m[from] = target
			}
		}
	}
	return m
})

// Characters from firstHan to lastHan are folded by a table of all of them, for they
// are nearly all that a Chinese text has.
const firstHan, lastHan = 0x3400, 0x9FFF

// folds is what each character from firstHan on becomes.
var folds = sync.OnceValue(func() *[lastHan - firstHan + 1]rune {
	table := new([lastHan - firstHan + 1]rune)
	for i := range table {
		r := firstHan + rune(i)
		if to, ok := variants()[r]; ok {
			r = to
		}
		table[i] = r
	}
	return table
})

// Folded is a text in its folded form, rune by rune.
type Folded struct {
	Runes []rune
	Start []int // byte offset in the original of what became Runes[i]
	End   []int // byte offset behind it
}

// Fold returns s in the form in which texts are compared: half width, lower
// case, simplified characters without regional variants, Latin letters without
// accents; punctuation, symbols, controls and invalid bytes become spaces, and
// apostrophes and combining marks vanish. Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if f := foldRune(r); f != 0 {
			b.WriteRune(f)
		}
	}
	return b.String()
}

// FoldMap is Fold with the way back to the original.
func FoldMap(s string) Folded {
	n := utf8.RuneCountInString(s)
	f := Folded{Runes: make([]rune, 0, n), Start: make([]int, 0, n), End: make([]int, 0, n)}
	for i, r := range s {
		c := foldRune(r)
		if c == 0 {
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		f.Runes, f.Start, f.End = append(f.Runes, c), append(f.Start, i), append(f.End, i+n)
	}
	return f
}

// Key returns the folded letters, digits and characters of s without anything
// between them: what two spellings of one name have in common.
func Key(s string) string {
	return strings.Map(func(r rune) rune {
		r = foldRune(r)
		if r == 0 || r == ' ' {
			return -1
		}
		return r
	}, s)
}

// foldRune returns the folded form of r, ' ' for what parts words and 0 for
// what is dropped.
func foldRune(r rune) rune {
	if r < 0x80 {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r == '\'':
			return 0
		}
		return ' '
	}
	if firstHan <= r && r <= lastHan {
		return folds()[r-firstHan]
	}
	for range 4 { // each step may open the next; no character needs more
		next := foldOnce(r)
		if next == r {
			break
		}
		if r = next; r < 0x80 {
			if r == 0 {
				return 0
			}
			return foldRune(r)
		}
	}
	switch {
	case r == '’' || r == '‘' || r == 'ʼ' || unicode.Is(unicode.M, r):
		return 0
	case r == utf8.RuneError:
		return ' '
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return r
	}
	return ' '
}

func foldOnce(r rune) rune {
	if to, ok := variants()[r]; ok {
		return to
	}
	if s := norm.NFKC.String(string(r)); s != string(r) {
		if one, n := utf8.DecodeRuneInString(s); n == len(s) {
			return one
		}
	}
	if low := unicode.ToLower(r); low != r {
		return low
	}
	if r < 0x3000 { // Latin, Greek, Cyrillic: the letter without its marks
		s := norm.NFD.String(string(r))
		if one, n := utf8.DecodeRuneInString(s); n < len(s) && one != r {
			return one
		}
	}
	return r
}
