package chinese

import "unicode"

// Class is the sort of a Run.
type Class uint8

const (
	Han  Class = iota // characters written without spaces: Han, kana, hangul
	Word              // letters and digits
)

// Run is a stretch of folded text of one class.
type Run struct {
	Class Class
	Text  []rune // part of the folded text; not to be changed
	At    int    // index of its first rune in the folded text
	Glued bool   // follows the run before it without a space, as "he" in "莲he"
}

// Runs cuts folded text into runs.
func Runs(folded []rune) []Run {
	var runs []Run
	for i := 0; i < len(folded); {
		if folded[i] == ' ' {
			i++
			continue
		}
		class, j := ClassOf(folded[i]), i+1
		for j < len(folded) && folded[j] != ' ' && ClassOf(folded[j]) == class {
			j++
		}
		runs = append(runs, Run{Class: class, Text: folded[i:j], At: i, Glued: i > 0 && folded[i-1] != ' '})
		i = j
	}
	return runs
}

// ClassOf returns the class of a run that holds a folded letter, digit or
// character.
func ClassOf(r rune) Class {
	if r >= 0x2E80 && (0x4E00 <= r && r <= 0x9FFF || IsHan(r) || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul)) {
		return Han
	}
	return Word
}

// IsHan reports whether r is a Chinese character.
func IsHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// Bigrams returns each pair of neighbours in a run of class Han; none for a
// single character.
func (r Run) Bigrams() []string {
	if len(r.Text) < 2 {
		return nil
	}
	out := make([]string, len(r.Text)-1)
	for i := range out {
		out[i] = string(r.Text[i : i+2])
	}
	return out
}
