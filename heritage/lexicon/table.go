package lexicon

import (
	_ "embed" // the tables
	"slices"
	"strings"
	"unicode/utf8"

	"yijianyou/heritage/vocab"
	"yijianyou/search"
	"yijianyou/search/chinese"
)

//go:embed thesaurus.tsv
var thesaurusTSV string

//go:embed places.tsv
var placesTSV string

// vocabularies are the code lists whose terms are words of the field, each with the
// facet that has its codes, "" none.
var vocabularies = []struct{ list, facet string }{{"relic-category", "category"}, {"material", "material"}, {"site-class", "class"}, {"site-type", "type"},
	{"relic-grade", "grade"}, {"protection-level", "level"}, {"museum-grade", "grade"}, {"exhibition-kind", "type"}, {"division", ""}}

// addVocabularies makes the terms of code lists known as words that mean what is filed
// under the code. An alias that has a line in the thesaurus means what that says: the
// class of 石窟寺及石刻 has more than 石窟.
func (l *Lexicon) addVocabularies() {
	for _, v := range vocabularies {
		for _, t := range vocab.Must(v.list).Terms() {
			filed := search.FacetValue{Facet: v.facet, Value: string(t.Code)}
			for i, word := range append([]string{t.ZH, t.EN}, t.Aliases...) {
				e := l.at(word)
				if v.facet == "" || t.Group || t.Code == "other" || i > 1 && (e.line || utf8.RuneCountInString(word) == 1 || word[0] <= '9') {
					continue
				}
				l.file(e, filed)
				for _, w := range e.words { // others for the class itself
					if i < 2 {
						l.file(l.at(w), filed)
					}
				}
			}
		}
	}
}

// file makes a word mean what is filed under a value.
func (l *Lexicon) file(e *entry, under search.FacetValue) {
	if !slices.Contains(e.filed, under) {
		e.filed = append(e.filed, under)
	}
}

// rows calls fn with the cells of each line of a table; there are always n.
func rows(table string, n int, fn func(cells []string)) {
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		fn(append(cells, make([]string, max(0, n-len(cells)))...))
	}
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// concept is a line of the thesaurus.
type concept struct {
	same     []string // every word for it
	kinds    []string // narrower words without a line
	filed    []search.FacetValue
	narrower []*concept
}

// addThesaurus joins each word with the others for the same and with everything
// narrower.
func (l *Lexicon) addThesaurus() {
	byName := make(map[string]*concept)
	var all []*concept
	rows(thesaurusTSV, 6, func(cells []string) {
		c := &concept{same: append([]string{cells[0], cells[1]}, list(cells[2])...), kinds: list(cells[4])}
		for _, f := range list(cells[5]) {
			facet, value, _ := strings.Cut(f, "=")
			c.filed = append(c.filed, search.FacetValue{Facet: facet, Value: value})
		}
		byName[cells[0]], all = c, append(all, c)
	})
	i := 0
	rows(thesaurusTSV, 6, func(cells []string) {
		for _, broader := range list(cells[3]) {
			b := byName[broader]
			if b == nil {
				panic("lexicon: thesaurus.tsv: " + cells[0] + " is under " + broader + ", which has no line")
			}
			b.narrower = append(b.narrower, all[i])
		}
		i++
	})
	for _, c := range all {
		heads := c.heads(make(map[*concept]bool))
		l.join(c.same, heads)
		for _, word := range c.same {
			e, ok := l.words[keyOf(atomsOf([]rune(chinese.Fold(word))))]
			if !ok {
				continue
			}
			e.line = true
			for _, f := range c.filed {
				l.file(e, f)
			}
		}
		for _, word := range c.kinds {
			l.at(word) // known, and no more
		}
	}
}

// join makes each of the words mean the others, and take in the heads. The bare sound
// of a character is not read as one of them, because it is that of many, and often an
// English word: you is 卣 in names only.
func (l *Lexicon) join(words, heads []string) {
	sound := ""
	if s := chinese.Pinyin(words[0]); len(s) == 1 {
		sound = chinese.Joined(s)
	}
	if len(sound) < leastLatin {
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return strings.ToLower(w) == sound })
	}
	for _, word := range words {
		if strings.ToLower(word) == sound {
			continue
		}
		e := l.at(word)
		e.words = l.more(e.words, word, l.apart(word, words))
		e.heads = l.more(e.heads, word, l.apart(word, heads))
	}
}

// apart returns the heads without the mere sounds of others among them when the
// word is Chinese: it has the characters, and yan for 甗 is the name of a state and a
// surname as well.
func (l *Lexicon) apart(word string, heads []string) []string {
	if r, _ := utf8.DecodeRuneInString(word); !chinese.IsHan(r) {
		return heads
	}
	sounds := make(map[string]bool)
	for _, h := range heads {
		if r, _ := utf8.DecodeRuneInString(h); chinese.IsHan(r) {
			sounds[chinese.Joined(chinese.Pinyin(h))] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(heads), func(h string) bool { return sounds[h] })
}

// more adds to known those of the words that are others than word.
func (l *Lexicon) more(known []string, word string, words []string) []string {
	own := l.at(word)
	for _, w := range folded(words) {
		if l.words[keyOf(atomsOf([]rune(w)))] != own && !slices.Contains(known, w) {
			known = append(known, w)
		}
	}
	return known
}

// heads are the words for everything narrower than c.
func (c *concept) heads(seen map[*concept]bool) []string {
	if seen[c] {
		return nil
	}
	seen[c] = true
	out := slices.Clone(c.kinds)
	for _, n := range c.narrower {
		for _, word := range n.same {
			if r, _ := utf8.DecodeRuneInString(word); (chinese.IsHan(r) || len(word) >= leastLatin) && !slices.Contains(elsewhere, word) {
				out = append(out, word)
			}
		}
		out = append(out, n.heads(seen)...)
	}
	return out
}

// elsewhere are words for a thing that names of other things end with: 牛角. Only what
// the thesaurus has as its kinds is taken for one.
var elsewhere = []string{"角"}

// leastLatin is how many letters a Latin word must have to stand for a kind of
// thing: shorter ones (he, hu, yi) are words of other meaning, too.
const leastLatin = 3

// folded folds words, each once.
func folded(words []string) []string {
	var out []string
	for _, w := range words {
		if f := strings.Join(strings.Fields(chinese.Fold(w)), " "); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// addPlaces joins the names of each place.
func (l *Lexicon) addPlaces() {
	rows(placesTSV, 2, func(cells []string) {
		l.join(append([]string{cells[0]}, list(cells[1])...), nil)
	})
}
