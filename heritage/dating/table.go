package dating

import (
	_ "embed" // the tables
	"encoding/json"
	"sort"
	"strings"
	"sync"
)

//go:embed periods.json
var periodsJSON []byte

//go:embed reigns.json
var reignsJSON []byte

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
	Inside   map[Code][]string `json:"inside"` // short names that mean this one after the named period
	Early    []int             `json:"early"`
	Middle   []int             `json:"middle"`
	Late     []int             `json:"late"`
	Source   string            `json:"source"`
	Verified bool              `json:"verified"`
	Note     string            `json:"note"`
	Phases   [][]int           `json:"phases"`
	Eras     []Code            `json:"eras"` // of the facet, where neither parent nor years tell
}

func (e *entry) span() Span {
	s := Span{From: e.From, Codes: []Code{e.Code}, container: e}
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
	dynasty  Code
	from, to int
}

// name is a word of the dictionary with its meaning.
type name struct {
	word   string // folded
	period *entry
	reign  bool
	latin  bool // needs a word boundary
}

type tables struct {
	entries []*entry
	byCode  map[Code]*entry
	names   map[rune][]name // by first rune, longest first
	reigns  map[string][]reign
}

// table reads the embedded files once. A file that cannot be read is a mistake
// of the programmer, which every test meets.
var table = sync.OnceValue(func() *tables {
	var p struct{ Periods []*entry }
	if err := json.Unmarshal(periodsJSON, &p); err != nil {
		panic("dating: periods.json: " + err.Error())
	}
	var r struct{ Reigns [][]any }
	if err := json.Unmarshal(reignsJSON, &r); err != nil {
		panic("dating: reigns.json: " + err.Error())
	}
	t := &tables{entries: p.Periods, byCode: map[Code]*entry{}, names: map[rune][]name{}, reigns: map[string][]reign{}}
	seen := map[string]bool{}
	add := func(word string, e *entry, isReign bool) {
		word = string(fold(word))
		if word == "" || seen[word] && isReign {
			return
		}
		if seen[word] {
			panic("dating: two periods are called " + word)
		}
		seen[word] = true
		first := []rune(word)[0]
		t.names[first] = append(t.names[first], name{word: word, period: e, reign: isReign, latin: first < 0x80})
	}
	for _, e := range p.Periods {
		t.byCode[e.Code] = e
	}
	for _, e := range p.Periods {
		if e.ByYears {
			continue
		}
		add(e.ZH, e, false)
		en, _, qualified := strings.Cut(e.EN, " (")
		if !qualified || e.Code == "yin" || e.Code == "xin" || e.Code == "republic" || e.Code == "wu-zhou" {
			add(en, e, false)
		}
		for _, a := range e.Aliases {
			if string(fold(a)) != string(fold(e.ZH)) {
				add(a, e, false)
			}
		}
	}
	for _, row := range r.Reigns {
		title := row[0].(string)
		one := reign{title: title, dynasty: Code(row[1].(string)), from: int(row[2].(float64)), to: int(row[3].(float64))}
		for _, w := range []string{title, row[4].(string)} {
			if w == "" {
				continue
			}
			add(w, nil, true)
			t.reigns[string(fold(w))] = append(t.reigns[string(fold(w))], one)
		}
	}
	for _, list := range t.names {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].word) > len(list[j].word) })
	}
	return t
})

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

// inside returns the period that word means right after parent.
func (t *tables) inside(parent *entry, word string) *entry {
	for _, e := range t.entries {
		for _, w := range e.Inside[parent.Code] {
			if w == word {
				return e
			}
		}
	}
	return nil
}
