package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yijianyou/search"
	"yijianyou/search/chinese"
	"yijianyou/search/segment"
)

// Limits of what one document puts into the index.
const (
	maxNameSyllables = 24  // of a name that begin a pinyin suffix
	maxExactBytes    = 200 // of a name's key
	maxWordBytes     = 64  // of a Latin word
	maxAges          = 40  // centuries of one document
)

// Key names a document in an index: kind and id.
func Key(kind search.Kind, id string) string { return string(kind) + "/" + id }

// Digest is a fingerprint of every member of a document. Two documents with
// one digest give one index entry.
func Digest(d *search.Document) (string, error) {
	b, err := json.Marshal(d)
	if err != nil {
		return "", fmt.Errorf("index: %s %s: %w", d.Kind, d.ID, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12]), nil
}

// bag collects terms of one field, in any order; one may be in it several times.
type bag []string

func (b *bag) add(term string) {
	if term != "" {
		*b = append(*b, term)
	}
}

// encode makes of d what goes into a segment.
func encode(d *search.Document) (*segment.Document, error) {
	digest, err := Digest(d)
	if err != nil {
		return nil, err
	}
	st := stored{Title: d.Title, Summary: d.Summary, Names: d.Names, Reading: d.Reading, Image: d.Image, Point: d.Point, FromYear: d.FromYear, ToYear: d.ToYear, Show: d.Show, Digest: digest}
	var terms [fieldCount]bag
	columns := make([]string, columnCount)
	names, texts, guarded := folded(spellings(d)), folded(d.Body, d.Summary.ZH, d.Summary.EN), folded(d.Guarded)
	for i, name := range spellings(d) {
		terms[fieldNames].addNames(names[i])
		terms[fieldNames].addHead(name)
		mark := "N"
		if i < 2 {
			mark = "T"
		}
		if key := cut(chinese.Key(name), maxExactBytes); isASCII(key) && key != "" {
			columns[columnASCII] += mark + key + separator
		} else if key != "" {
			columns[columnOther] += mark + key + separator
		}
		syllables := chinese.Pinyin(name)
		addPinyin(&terms[fieldPinyin], &terms[fieldInitials], syllables)
		if columns[columnSort] == "" && name != "" {
			columns[columnSort] = cut(chinese.SortKeyOf(syllables), maxExactBytes)
		}
	}
	if d.SortKey != "" {
		columns[columnSort] = cut(d.SortKey, maxExactBytes)
	}
	if syllables, ok := chinese.ParseReading(d.Reading); ok {
		for i := range syllables {
			syllables[i].Rune = 1 // they stand for characters
		}
		addPinyin(&terms[fieldPinyin], &terms[fieldInitials], syllables)
	}
	for _, text := range texts {
		terms[fieldBody].addBody(text)
	}
	for _, c := range d.Codes {
		terms[fieldCodes].add(chinese.Key(c))
	}
	for _, text := range guarded {
		terms[fieldGuarded].addNames(text)
	}
	terms[fieldFilter].addFilters(d)
	columns[columnPoint] = packPoint(d.Point)
	columns[columnStored] = string(st.encode())
	columns[columnText] = lines(names, texts)
	columns[columnGuardedText] = lines(guarded)
	out := &segment.Document{Key: Key(d.Kind, d.ID), Columns: columns, Terms: make([][]string, fieldCount)}
	for f := range terms {
		out.Terms[f] = terms[f]
	}
	return out, nil
}

// folded returns texts and more in their folded form.
func folded(texts []string, more ...string) []string {
	out := make([]string, 0, len(texts)+len(more))
	for _, text := range slices.Concat(texts, more) {
		out = append(out, chinese.Fold(text))
	}
	return out
}

// allNames returns the two titles, then the other names; empty ones are left
// empty to keep their places.
func allNames(title search.Text, names []string) []string {
	return append([]string{title.ZH, title.EN}, names...)
}

// spellings returns all names, and behind them those whose numbers can be written
// in digits or in characters in the other way.
func spellings(d *search.Document) []string {
	names := allNames(d.Title, d.Names)
	for _, name := range names {
		if other := chinese.Renumbered(chinese.Fold(name)); other != "" {
			names = append(names, other)
		}
	}
	return names
}

// addNames adds bigrams, characters, words and stems of a folded text.
func (b *bag) addNames(folded string) {
	for _, run := range chinese.Runs([]rune(folded)) {
		if run.Class == chinese.Word {
			word := cut(string(run.Text), maxWordBytes)
			b.add(word)
			b.add(chinese.Stem(word))
			continue
		}
		b.addHan(run, true)
	}
}

// addHan adds the bigrams of a run of characters, each character too if singles, and
// else the last one.
func (b *bag) addHan(run chinese.Run, singles bool) {
	text, before := string(run.Text), -1 // where the character before begins
	*b = slices.Grow(*b, len(run.Text))
	for at, r := range text {
		end := at + utf8.RuneLen(r)
		if singles || end == len(text) {
			b.add(text[at:end])
		}
		if before >= 0 {
			b.add(text[before:end])
		}
		before = at
	}
}

// headMark ends a term that ends a name. It is in no folded text.
const headMark = "$"

// bare is a name without what is said of it in brackets at its end.
func bare(name string) string {
	if i := strings.IndexAny(name, "（(【[〔"); i > 0 {
		return name[:i]
	}
	return name
}

// maxHead is how many characters at the end of a name are a term.
const maxHead = 4

// addHead adds the last one, two and more characters of a Chinese name, which say
// what the thing is: 壶 and 方壶 of 莲鹤方壶（河南博物院藏）. What stands in brackets
// at the end does not count.
func (b *bag) addHead(name string) {
	runs := chinese.Runs([]rune(chinese.Fold(bare(name))))
	if len(runs) == 0 || runs[len(runs)-1].Class != chinese.Han {
		return
	}
	last := runs[len(runs)-1].Text
	for n := 1; n <= min(maxHead, len(last)); n++ {
		b.add(string(last[len(last)-n:]) + headMark)
	}
}

// cutHead shortens a head to what addHead has of it.
func cutHead(head string) string {
	r := []rune(head)
	return string(r[max(0, len(r)-maxHead):])
}

// addBody adds bigrams and stems of a folded text, and the last character of each
// run: every character then begins some term.
func (b *bag) addBody(folded string) {
	for _, run := range chinese.Runs([]rune(folded)) {
		if run.Class == chinese.Word {
			b.add(chinese.Stem(cut(string(run.Text), maxWordBytes)))
			continue
		}
		b.addHan(run, false)
	}
}

// addPinyin adds a name that has at least one character.
func addPinyin(pinyin, initials *bag, syllables []chinese.Syllable) {
	han := false
	for _, s := range syllables {
		han = han || s.Rune != 0
	}
	if !han {
		return
	}
	syllables = syllables[:min(len(syllables), 2*maxNameSyllables)]
	pinyin.add("^" + chinese.Joined(syllables))
	initials.add("^" + chinese.Initials(syllables))
	for i := range syllables[:min(len(syllables), maxNameSyllables)] {
		pinyin.add(chinese.Joined(syllables[i:]))
		if rest := chinese.Initials(syllables[i:]); len(rest) > 1 {
			initials.add(rest)
		}
	}
}

// addFilters adds everything that filters and counts.
func (b *bag) addFilters(d *search.Document) {
	b.add(filterKind + "=" + string(d.Kind))
	b.add(filterOrg + "=" + string(d.Org))
	b.add(filterWeight + "=" + strconv.Itoa(int(math.Round(d.Weight*100))))
	for name, values := range d.Facets {
		for _, v := range values {
			b.add(name + "=" + v)
		}
	}
	if from, to, ok := d.Years(); ok {
		b.add(filterYears + "=" + strconv.Itoa(from) + "," + strconv.Itoa(to))
		for _, age := range ages(from, to) {
			b.add(filterAge + "=" + age)
		}
	}
	if d.Point != nil {
		for _, c := range cellsOf(*d.Point) {
			b.add(filterCell + "=" + c)
		}
	}
}

// ages names the centuries of a range of years, or "*" when there are many.
func ages(from, to int) []string {
	first, last := floorDiv(from, 100), floorDiv(to, 100)
	if last-first >= maxAges {
		return []string{"*"}
	}
	var out []string
	for c := first; c <= last; c++ {
		out = append(out, strconv.Itoa(c))
	}
	return out
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// cut shortens s to at most n bytes at a rune boundary.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
