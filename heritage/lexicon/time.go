package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yijianyou/heritage/dating"
	"yijianyou/search"
)

// maxTitleYears bounds what a name of a time may mean to count in a search: geology
// is longer, but nothing is found by it that words do not find.
const maxTitleYears = 3_000_000

// rather are names of times that are words for something else first: a metal, tools, a
// city. They count with what makes them times only: 金代, 长安三年.
var rather = []string{"金", "长安", "石器"}

// noTimes only begin like times.
var noTimes = []string{"清明", "大明宫", "大明湖", "春秋楼", "三国演义", "晋中", "Han Chinese"}

// addTimes makes the names of periods, cultures and reign titles known.
func (l *Lexicon) addTimes() {
	dating.Names(func(name string, title bool) {
		years := yearsOf(name)
		if years == nil {
			return
		}
		e := l.at(name)
		e.name, e.weak = name, e.weak || title
		if !slices.Contains(rather, name) {
			e.years = years
			e.filed = append(e.filed, erasOf(name, *years)...)
		}
	})
	for _, word := range noTimes {
		l.at(word)
	}
	for _, e := range l.words {
		if bare := l.words[unmarked(e.name)]; e.years != nil && bare != nil && bare != e && bare.years != nil && *bare.years == *e.years {
			e.words = append(e.words, bare.name)
		}
	}
}

// erasOf are the eras that a name of a time has wholly: 明清 is all of two, 开元 a part
// of one.
func erasOf(name string, years search.Span) []search.FacetValue {
	eras := dating.Parse(name).Eras()
	if len(eras) == 0 {
		return nil
	}
	from, _, _ := eras[0].Bounds()
	_, to, _ := eras[len(eras)-1].Bounds()
	if to == nil || from != years.From || *to != years.To {
		return nil
	}
	var out []search.FacetValue
	for _, era := range eras {
		out = append(out, search.FacetValue{Facet: "era", Value: string(era)})
	}
	return out
}

// facet is that of the eras for a time that has a name: a name is one of China, a
// number of every country.
func (e entry) facet() string {
	if e.years == nil || e.name == "" {
		return ""
	}
	return "era"
}

// marks of a time say only that it is one: 元代 is 元.
var marks = []string{"时代", "时期", "王朝", "代", "朝"}

// unmarked returns the name of a time without its mark, "" when it has none.
func unmarked(name string) string {
	for _, m := range marks {
		if bare, ok := strings.CutSuffix(name, m); ok {
			return bare
		}
	}
	return ""
}

// yearsOf returns the years of a text that is understood whole as a time with two
// known ends, nil otherwise. A number alone is a year when it has four digits.
func yearsOf(text string) *search.Span {
	if bare := strings.TrimSpace(text); len(bare) == utf8.RuneCountInString(bare) && strings.Trim(bare, "0123456789") == "" && (len(bare) != 4 || bare > "2100") {
		return nil
	}
	p := dating.Parse(text)
	if !p.Known() || len(p.Unknown) > 0 || len(p.Ignored) > 0 || p.Undated {
		return nil
	}
	from, to := p.Bounds()
	if from == nil || to == nil || *from > *to || *to-*from > maxTitleYears {
		return nil
	}
	return &search.Span{From: *from, To: *to}
}

// beginners begin a time that is not listed.
const beginners = "公前距约一二三四五六七八九十廿民"

var latinBeginners = map[string]bool{"c": true, "ca": true, "circa": true, "earli": true, "early": true, "mid": true, "middl": true, "late": true}

// mayBegin reports whether a time that is not listed may begin with a.
func mayBegin(a atom) bool {
	if a.han {
		return strings.Contains(beginners, a.text)
	}
	return a.text[0] >= '0' && a.text[0] <= '9' || latinBeginners[a.text]
}
