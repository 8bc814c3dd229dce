package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	bleve "github.com/blevesearch/bleve_index_api"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// Limits of what one document puts into the index.
const (
	maxNameSyllables = 24  // of a name that begin a pinyin suffix
	maxExactBytes    = 200 // of a name's key
	maxWordBytes     = 64  // of a Latin word
	maxAges          = 40  // centuries of one document
)

// docValues keeps the values of each document apart and plain, so that a visit
// reads them from the mapped file. The two Skip options belong together: with
// the first alone a merge in zapx v17.2.3 mixes the values up
// (docValueReader.iterateAllDocValues asks for the wrong one).
const docValues = bleve.DocValues | bleve.SkipDVCompression | bleve.SkipDVChunking

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

// field is an analysed field as Bleve takes it.
type field struct {
	name    string
	options bleve.FieldIndexingOptions
	terms   bleve.TokenFrequencies
	length  int
	value   []byte
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() bleve.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.terms }
func (f *field) Size() int                                        { return len(f.value) + 32*len(f.terms) }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }

func newField(name string, options bleve.FieldIndexingOptions) *field {
	return &field{name: name, options: options, terms: bleve.TokenFrequencies{}}
}

// add adds one occurrence of term.
func (f *field) add(term string) {
	if term == "" {
		return
	}
	f.length++
	tf := f.terms[term]
	if tf == nil {
		tf = &bleve.TokenFreq{Term: []byte(term)}
		f.terms[term] = tf
	}
	if !f.options.SkipFreqNorm() {
		tf.SetFrequency(tf.Frequency() + 1)
	}
}

// encode makes the Bleve document of d.
func encode(d *search.Document) (*document.Document, error) {
	digest, err := Digest(d)
	if err != nil {
		return nil, err
	}
	st := stored{Title: d.Title, Summary: d.Summary, Names: d.Names, Reading: d.Reading, Image: d.Image, Point: d.Point, FromYear: d.FromYear, ToYear: d.ToYear, Show: d.Show, Digest: digest}
	const lean = bleve.IndexField | bleve.SkipFreqNorm
	names, exact := newField(fieldNames, lean), newField(fieldExact, lean|docValues)
	pinyin, initials := newField(fieldPinyin, lean), newField(fieldInitials, lean)
	for i, name := range spellings(d) {
		addNames(names, name)
		addHead(names, name)
		mark := "N"
		if i < 2 {
			mark = "T"
		}
		if key := cut(chinese.Key(name), maxExactBytes); key != "" {
			exact.add(mark + key)
		}
		addPinyin(pinyin, initials, chinese.Pinyin(name))
	}
	if syllables, ok := chinese.ParseReading(d.Reading); ok {
		for i := range syllables {
			syllables[i].Rune = 1 // they stand for characters
		}
		addPinyin(pinyin, initials, syllables)
	}
	body := newField(fieldBody, bleve.IndexField)
	for _, text := range append([]string{d.Summary.ZH, d.Summary.EN}, d.Body...) {
		addBody(body, text)
	}
	codes := newField(fieldCodes, lean)
	for _, c := range d.Codes {
		codes.add(chinese.Key(c))
	}
	guarded := newField(fieldGuarded, lean)
	for _, text := range d.Guarded {
		addNames(guarded, text)
	}
	sortKey := newField(fieldSort, lean|docValues)
	if key := d.SortKey; key != "" {
		sortKey.add(cut(key, maxExactBytes))
	} else {
		sortKey.add(cut(chinese.SortKey(firstOf(d.Title.ZH, d.Title.EN)), maxExactBytes))
	}
	doc := document.NewDocument(Key(d.Kind, d.ID))
	for _, f := range []*field{names, exact, pinyin, initials, body, codes, guarded, filterField(d), pointField(d), sortKey} {
		if f != nil && len(f.terms) > 0 {
			doc.AddField(f)
		}
	}
	store := func(name string, value []byte) {
		doc.AddField(&field{name: name, options: bleve.StoreField, terms: bleve.TokenFrequencies{}, value: value})
	}
	store(fieldText, textOf(d))
	if len(d.Guarded) > 0 {
		store(fieldGuardedText, lines(d.Guarded))
	}
	store(fieldStored, st.encode())
	return doc, nil
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

// addNames adds bigrams, characters, words and stems of text.
func addNames(f *field, text string) {
	for _, run := range chinese.Runs([]rune(chinese.Fold(text))) {
		if run.Class == chinese.Word {
			word := cut(string(run.Text), maxWordBytes)
			f.add(word)
			f.add(chinese.Stem(word))
			continue
		}
		for _, r := range run.Text {
			f.add(string(r))
		}
		for _, b := range run.Bigrams() {
			f.add(b)
		}
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
func addHead(f *field, name string) {
	runs := chinese.Runs([]rune(chinese.Fold(bare(name))))
	if len(runs) == 0 || runs[len(runs)-1].Class != chinese.Han {
		return
	}
	last := runs[len(runs)-1].Text
	for n := 1; n <= min(maxHead, len(last)); n++ {
		f.add(string(last[len(last)-n:]) + headMark)
	}
}

// cutHead shortens a head to what addHead has of it.
func cutHead(head string) string {
	r := []rune(head)
	return string(r[max(0, len(r)-maxHead):])
}

// addBody adds bigrams and stems of text, and the last character of each run:
// every character then begins some term.
func addBody(f *field, text string) {
	for _, run := range chinese.Runs([]rune(chinese.Fold(text))) {
		if run.Class == chinese.Word {
			f.add(chinese.Stem(cut(string(run.Text), maxWordBytes)))
			continue
		}
		for _, b := range run.Bigrams() {
			f.add(b)
		}
		f.add(string(run.Text[len(run.Text)-1]))
	}
}

// addPinyin adds a name that has at least one character.
func addPinyin(pinyin, initials *field, syllables []chinese.Syllable) {
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

func filterField(d *search.Document) *field {
	f := newField(fieldFilter, bleve.IndexField|bleve.SkipFreqNorm)
	f.add(filterKind + "=" + string(d.Kind))
	f.add(filterOrg + "=" + string(d.Org))
	f.add(filterWeight + "=" + strconv.Itoa(int(math.Round(d.Weight*100))))
	for name, values := range d.Facets {
		for _, v := range values {
			f.add(name + "=" + v)
		}
	}
	if from, to, ok := d.Years(); ok {
		f.add(filterYears + "=" + strconv.Itoa(from) + "," + strconv.Itoa(to))
		for _, age := range ages(from, to) {
			f.add(filterAge + "=" + age)
		}
	}
	if d.Point != nil {
		for _, c := range cellsOf(*d.Point) {
			f.add(filterCell + "=" + c)
		}
	}
	return f
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

func pointField(d *search.Document) *field {
	if d.Point == nil {
		return nil
	}
	f := newField(fieldPoint, bleve.IndexField|bleve.SkipFreqNorm|docValues)
	f.add(strconv.FormatFloat(d.Point.Lon, 'f', 7, 64) + "," + strconv.FormatFloat(d.Point.Lat, 'f', 7, 64))
	return f
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
