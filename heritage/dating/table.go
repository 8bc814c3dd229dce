package dating

import (
	_ "embed" // the tables
	"encoding/json"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed periods.json
var periodsJSON []byte

//go:embed reigns.tsv
var reignsTSV string

// entry is one period of periods.json.
type entry struct {
	Code     Code              `json:"code"`
	ZH       string            `json:"zh"`
	EN       string            `json:"en"`
	From     int               `json:"from"`
	To       *int              `json:"to"` // nil: it goes on
	Parent   Code              `json:"parent"`
	Facet    bool              `json:"facet"`
	NameOnly bool              `json:"nameOnly"`    // never concluded from years
	ByYears  bool              `json:"byYearsOnly"` // never concluded from a name
	Aliases  []string          `json:"aliases"`
	Shared   []string          `json:"shared"` // words that other periods answer to as well
	Inside   map[Code][]string `json:"inside"` // short names that mean this one after the named period
	Minor    bool              `json:"minor"`  // its titles give way to those of greater regimes
	Early    []int             `json:"early"`
	Middle   []int             `json:"middle"`
	Late     []int             `json:"late"`
	Source   string            `json:"source"`
	Verified bool              `json:"verified"`
	Estimate bool              `json:"estimate"` // a convention, or in dispute, though written history has it
	Note     string            `json:"note"`
	Phases   [][]int           `json:"phases"`
	Eras     []Code            `json:"eras"` // of the facet, where neither parent nor years tell
}

// estimated reports whether scholarship and no written calendar gave the years.
func (e *entry) estimated() bool { return e.Estimate || e.Source != "hist" && e.Source != "foreign" }

func (e *entry) span() Span {
	s := Span{From: e.From, Names: []Named{{Code: e.Code}}, container: e}
	if e.estimated() {
		s.Certainty = Approximate
	}
	if e.To == nil {
		s.OpenTo, s.Ongoing = true, true
	} else {
		s.To = *e.To
	}
	return s
}

// reign is one use of a reign title.
type reign struct {
	title    string
	regime   *entry
	from, to int
	count    int // of the year from: 12 where a regime went on with the title of another
	pinyin   string
	source   string
	verified bool
}

// lexeme is a word of a dictionary with its meaning: a fixed word, else periods,
// titles, or both.
type lexeme struct {
	text    []rune // folded
	periods []*entry
	title   bool
	fixed   *word
	latin   bool // needs a word boundary
}

// lexicon finds words by their first rune, the longest first.
type lexicon map[rune][]lexeme

// add puts a word into the lexicon, or returns the one that is there.
func (l lexicon) add(text string) *lexeme {
	folded := fold([]rune(text))
	list := l[folded[0]]
	for i := range list {
		if string(list[i].text) == string(folded) {
			return &list[i]
		}
	}
	l[folded[0]] = append(list, lexeme{text: folded, latin: folded[0] < 0x250})
	return &l[folded[0]][len(list)]
}

func (l lexicon) sort() {
	for _, list := range l {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].text) > len(list[j].text) })
	}
}

// match finds the longest word at i.
func (l lexicon) match(text []rune, i int) *lexeme {
	list := l[text[i]]
	for k := range list {
		x := &list[k]
		if hasPrefix(text[i:], x.text) && (!x.latin || wordEnds(text, i, i+len(x.text))) {
			return x
		}
	}
	return nil
}

type tables struct {
	entries []*entry
	byCode  map[Code]*entry
	order   map[Code]int
	names   lexicon // periods and titles
	words   lexicon // the fixed words
	reigns  map[string][]*reign
	all     []*reign
	short   map[Code]map[string]*entry // short names by the period before them
}

// table reads the embedded files once. A file that cannot be read is a mistake
// of the programmer, which every test meets.
var table = sync.OnceValue(func() *tables {
	t := &tables{byCode: map[Code]*entry{}, order: map[Code]int{}, names: lexicon{}, words: lexicon{}, reigns: map[string][]*reign{}, short: map[Code]map[string]*entry{}}
	var p struct{ Periods []*entry }
	if err := json.Unmarshal(periodsJSON, &p); err != nil {
		panic("dating: periods.json: " + err.Error())
	}
	t.entries = p.Periods
	for i, e := range t.entries {
		t.byCode[e.Code], t.order[e.Code] = e, i
	}
	for _, e := range t.entries {
		t.addPeriod(e)
	}
	t.readReigns()
	for _, e := range t.entries {
		t.addStem(e)
	}
	for i := range words {
		t.words.add(words[i].text).fixed = &words[i]
	}
	t.names.sort()
	t.words.sort()
	return t
})

func (t *tables) addPeriod(e *entry) {
	for parent, short := range e.Inside {
		if t.short[parent] == nil {
			t.short[parent] = map[string]*entry{}
		}
		for _, w := range short {
			t.short[parent][string(fold([]rune(w)))] = e
		}
	}
	if e.ByYears {
		return
	}
	own := append([]string{e.ZH}, e.Aliases...)
	if !strings.Contains(e.EN, " (") {
		own = append(own, e.EN)
	}
	for _, w := range own {
		if slices.ContainsFunc(e.Shared, func(shared string) bool { return strings.EqualFold(shared, w) }) {
			continue
		}
		x := t.names.add(w)
		if len(x.periods) == 1 && x.periods[0] == e {
			continue // the same word in two scripts
		}
		if len(x.periods) > 0 {
			panic("dating: two periods are called " + w)
		}
		x.periods = []*entry{e}
	}
	for _, w := range e.Shared {
		x := t.names.add(w)
		x.periods = append(x.periods, e)
		sort.SliceStable(x.periods, func(i, j int) bool { return length(x.periods[i].span()) > length(x.periods[j].span()) })
	}
}

// addStem lets the English name of a culture stand without that word, unless it
// means something else: Erligang, Banshan.
func (t *tables) addStem(e *entry) {
	for _, end := range []string{" culture", " type", " phase"} {
		if stem, ok := strings.CutSuffix(e.EN, end); ok {
			if x := t.names.add(stem); len(x.periods) == 0 && !x.title {
				x.periods = []*entry{e}
			}
		}
	}
}

// hosts reports whether e has a short name right after parent, as a state has
// after the Zhou.
func (t *tables) hosts(parent, e *entry) bool {
	for ; parent != nil; parent = t.byCode[parent.Parent] {
		for _, inside := range t.short[parent.Code] {
			if inside == e {
				return true
			}
		}
	}
	return false
}

func (t *tables) readReigns() {
	for _, row := range strings.Split(reignsTSV, "\n") {
		f := strings.Split(row, "\t")
		if len(f) != 10 || f[0] == "title" {
			continue
		}
		from, err1 := strconv.Atoi(f[2])
		to, err2 := strconv.Atoi(f[3])
		count, err3 := strconv.Atoi(f[9])
		r := &reign{count: count, title: f[0], regime: t.byCode[Code(f[1])], from: from, to: to, pinyin: f[4], source: f[6], verified: f[7] == "true"}
		if err1 != nil || err2 != nil || err3 != nil || r.regime == nil {
			panic("dating: reigns.tsv: " + row)
		}
		t.all = append(t.all, r)
		for _, w := range append([]string{r.title, r.pinyin}, strings.Split(f[5], "|")...) {
			if w == "" {
				continue
			}
			t.names.add(w).title = true
			key := string(fold([]rune(w)))
			if list := t.reigns[key]; len(list) == 0 || list[len(list)-1] != r {
				t.reigns[key] = append(list, r)
			}
		}
	}
}

// within reports whether e is p or lies in it.
func (t *tables) within(e *entry, p Code) bool {
	for e != nil {
		if e.Code == p {
			return true
		}
		e = t.byCode[e.Parent]
	}
	return false
}

// inside returns the period that a short name means right after parent or
// something in which that lies; nil when it means none.
func (t *tables) inside(parent *entry, word []rune) *entry {
	for ; parent != nil; parent = t.byCode[parent.Parent] {
		if e := t.short[parent.Code][string(word)]; e != nil {
			return e
		}
	}
	return nil
}
