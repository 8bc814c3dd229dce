package chinese

import (
	"slices"
	"sync"
)

// variantsOf is the table of fold.tsv turned round.
var variantsOf = sync.OnceValue(func() map[rune][]rune {
	m := make(map[rune][]rune)
	for from, to := range variants() {
		m[to] = append(m[to], from)
	}
	for _, list := range m {
		slices.Sort(list)
	}
	return m
})

// Variants returns the character forms that the table folds to r, ascending; nil
// when there are none. Forms that Unicode itself declares compatible are not among
// them. The caller must not change them.
func Variants(r rune) []rune { return variantsOf()[r] }
