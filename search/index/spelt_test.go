package index

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestASpellerAgreesWithCountingEdits: over words in order, whatever they share.
func TestASpellerAgreesWithCountingEdits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.StringMatching(`[ab鹤]{1,7}`).Draw(rt, "word")
		terms := rapid.SliceOfN(rapid.StringMatching(`[ab鹤c]{0,8}`), 0, 40).Draw(rt, "terms")
		slices.Sort(terms)
		edits := rapid.IntRange(0, 2).Draw(rt, "edits")
		sp := newSpeller(word, edits)
		for _, term := range terms {
			if got, want := sp.near(term), distance([]rune(word), []rune(term)) <= edits; got != want {
				rt.Fatalf("%q within %d of %q: %v, want %v", term, edits, word, got, want)
			}
		}
	})
}

// distance counts the edits from one word to another, the slow way.
func distance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	if a[0] == b[0] {
		return distance(a[1:], b[1:])
	}
	if len(a)+len(b) > 12 { // many edits anyway; bounds the work
		if n := len(a) - len(b); n > 2 || n < -2 {
			return 3
		}
	}
	least := min(distance(a[1:], b[1:]), distance(a[1:], b), distance(a, b[1:]))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		least = min(least, distance(a[2:], b[2:]))
	}
	return 1 + least
}
