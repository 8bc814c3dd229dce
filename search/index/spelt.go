package index

import "unicode/utf8"

// speller finds words within some edits of a word: characters that are put in, left
// out or another, and neighbours that have changed places. It is told words in order and compares of each only what the one
// before has not.
type speller struct {
	word  []rune
	edits int
	last  string
	chars []rune  // of last, as far as there are rows
	rows  [][]int // after each character of last: edits to each beginning of word
	least []int   // of each row
	ends  []int   // where each row ends in last, in bytes; 0 for the first
	dead  int     // how many bytes of last nothing can mend, 0 when it may be mended
}

func newSpeller(word string, edits int) *speller {
	sp := &speller{word: []rune(word), edits: edits, ends: []int{0}}
	first := make([]int, len(sp.word)+1)
	for i := range first {
		first[i] = i
	}
	sp.rows, sp.least = append(sp.rows, first), append(sp.least, 0)
	return sp
}

// near reports whether a term is within the edits.
func (sp *speller) near(term string) bool {
	common := 0
	for common < len(term) && common < len(sp.last) && term[common] == sp.last[common] {
		common++
	}
	if sp.dead > 0 && common >= sp.dead {
		return false
	}
	sp.last, sp.dead = term, 0
	keep := len(sp.ends)
	for sp.ends[keep-1] > common {
		keep--
	}
	sp.ends, sp.chars, sp.least = sp.ends[:keep], sp.chars[:keep-1], sp.least[:keep]
	for at := sp.ends[keep-1]; at < len(term); {
		r, n := utf8.DecodeRuneInString(term[at:])
		at += n
		// Neighbours that change places are counted from the row before the last.
		if above := sp.least[len(sp.least)-1]; sp.push(r, at) > sp.edits && above >= sp.edits {
			sp.dead = at
			return false
		}
	}
	return sp.rows[len(sp.ends)-1][len(sp.word)] <= sp.edits
}

// push adds the row of a character that ends at a byte and returns the least of it.
func (sp *speller) push(r rune, end int) int {
	depth := len(sp.ends)
	if len(sp.rows) == depth {
		sp.rows = append(sp.rows, make([]int, len(sp.word)+1))
	}
	above, row := sp.rows[depth-1], sp.rows[depth]
	pairs := depth > 1
	row[0] = above[0] + 1
	least := row[0]
	for i, w := range sp.word {
		cost := above[i]
		if w != r {
			cost++
		}
		row[i+1] = min(cost, above[i+1]+1, row[i]+1)
		if pairs && i > 0 && w == sp.chars[depth-2] && sp.word[i-1] == r {
			row[i+1] = min(row[i+1], sp.rows[depth-2][i-1]+1)
		}
		least = min(least, row[i+1])
	}
	sp.ends, sp.chars, sp.least = append(sp.ends, end), append(sp.chars, r), append(sp.least, least)
	return least
}
