package index

import (
	"strings"
	"unicode/utf8"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// alt is one way in which a unit of a query can be found: the documents with
// term in field, or with any term that begins with it.
type alt struct {
	field  string
	term   string
	prefix bool
	name   bool    // counts as found in a name
	weight float64 // multiplies the rarity of the term
	bonus  float64 // added as it is, for matches whose rarity says nothing
}

// unit is found in a document that has any of its alternatives; the best counts.
type unit []alt

// clause is found in a document that has at least need of its units.
type clause struct {
	units []unit
	need  int
}

// way is found in a document that has all its clauses.
type way []clause

// plan is an analysed text.
type plan struct {
	ways []way  // a document is found in any way; none when the text has nothing to search
	key  string // letters and characters of the whole text, to be compared with names
}

// Weights of fields and bonuses of sounds. Names outweigh every body (see
// rank.go for what is added to names compared as strings).
const (
	weightName    = 10
	weightSynonym = 5
	weightBody    = 3
	weightCode    = 12

	bonusPinyinWhole    = 600
	bonusInitialsWhole  = 250
	bonusPinyinStart    = 150
	bonusPinyinInside   = 100
	bonusInitialsStart  = 90
	bonusInitialsInside = 60
	bonusWordStart      = 60
)

// scope of fields that a plan may use.
type planFields struct {
	namesOnly bool // for suggestions
	guarded   bool // guarded texts as well
}

// synonyms are bigrams that are also found by another, because the code lists
// and the language of visitors name one thing differently.
var synonyms = map[string][]string{
	"青铜": {"铜器"}, // WW/T 0017 says 铜器
	"佛像": {"造像"},
}

// stopWords are dropped from a query that has others.
var stopWords = map[string]bool{"a": true, "an": true, "and": true, "at": true, "by": true, "for": true, "from": true, "in": true,
	"is": true, "of": true, "on": true, "or": true, "the": true, "to": true, "with": true}

// analyse makes the plan of a text. Nothing in the text is syntax.
func analyse(text string, pf planFields) plan {
	runs := chinese.Runs([]rune(chinese.Fold(text)))
	p := plan{key: chinese.Key(text)}
	var plain way
	seen := make(map[string]bool)
	words, latin := 0, true
	for _, run := range runs {
		latin = latin && run.Class == chinese.Word && isLatin(run.Text)
		if run.Class == chinese.Word && !stopWords[string(run.Text)] || run.Class == chinese.Han {
			words++
		}
	}
	mixed := mixedWay(runs)
	for _, run := range runs {
		s := string(run.Text)
		if seen[s] || words > 0 && run.Class == chinese.Word && stopWords[s] {
			continue
		}
		seen[s] = true
		if run.Class == chinese.Han {
			plain = append(plain, hanClause(run, pf))
		} else {
			plain = append(plain, wordClause(s, pf, mixed == nil))
		}
	}
	if len(plain) == 0 {
		return p
	}
	p.ways = append(p.ways, plain)
	if latin && len(runs) > 1 {
		p.ways = append(p.ways, way{soundClause(p.key, "")})
	}
	if mixed != nil {
		p.ways = append(p.ways, mixed)
	}
	if len(runs) > 1 && !pf.namesOnly && strings.ContainsAny(p.key, "0123456789") {
		p.ways = append(p.ways, way{codeClause(p.key)})
	}
	return p
}

func isLatin(text []rune) bool {
	for _, r := range text {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// hanClause wants one character, or most of the bigrams of several.
func hanClause(run chinese.Run, pf planFields) clause {
	grams := run.Bigrams()
	if len(grams) == 0 {
		c := string(run.Text)
		u := unit{{field: fieldNames, term: c, name: true, weight: weightName}}
		if !pf.namesOnly {
			u = append(u, alt{field: fieldBody, term: c, prefix: true, weight: weightBody})
		}
		return clause{units: []unit{pf.guard(u, c)}, need: 1}
	}
	var units []unit
	seen := make(map[string]bool)
	for _, g := range grams {
		if seen[g] {
			continue
		}
		seen[g] = true
		u := unit{{field: fieldNames, term: g, name: true, weight: weightName}}
		if !pf.namesOnly {
			u = append(u, alt{field: fieldBody, term: g, weight: weightBody})
			for _, s := range synonyms[g] {
				u = append(u, alt{field: fieldNames, term: s, weight: weightSynonym}, alt{field: fieldBody, term: s, weight: weightBody})
			}
		}
		units = append(units, pf.guard(u, g))
	}
	return clause{units: units, need: len(units) - len(units)/3}
}

func (pf planFields) guard(u unit, term string) unit {
	if pf.guarded && !pf.namesOnly {
		return append(u, alt{field: fieldGuarded, term: term, weight: weightBody})
	}
	return u
}

// codeClause finds a code that its punctuation has cut into several runs.
func codeClause(key string) clause {
	key = cut(key, search.MaxValueBytes)
	return clause{units: []unit{{
		{field: fieldCodes, term: key, bonus: bonusPinyinWhole},
		{field: fieldCodes, term: key, prefix: true, bonus: bonusWordStart},
	}}, need: 1}
}

// wordClause finds a Latin word or a number: in names whole and by its stem, in
// the body by its stem, as a code. begun also takes it for the beginning of a
// word and for pinyin.
func wordClause(word string, pf planFields, begun bool) clause {
	word = cut(word, maxWordBytes)
	st := stem(word)
	u := unit{{field: fieldNames, term: st, name: true, weight: weightName}}
	if st != word {
		u = append(u, alt{field: fieldNames, term: word, name: true, weight: weightName})
	}
	long := begun && utf8.RuneCountInString(word) >= 2
	if long {
		u = append(u, alt{field: fieldNames, term: word, prefix: true, bonus: bonusWordStart})
	}
	if !pf.namesOnly {
		u = append(u, alt{field: fieldBody, term: st, weight: weightBody}, alt{field: fieldCodes, term: word, weight: weightCode})
		if long {
			u = append(u, alt{field: fieldCodes, term: word, prefix: true, bonus: bonusWordStart})
		}
	}
	u = pf.guard(u, st)
	if long && isLatin([]rune(word)) {
		u = append(u, sounds(word)...)
	}
	return clause{units: []unit{u}, need: 1}
}

// sounds are the ways in which letters name Chinese by its sound. Two or three
// letters begin too many syllables: they must begin the name or end it.
func sounds(word string) []alt {
	alts := []alt{
		{field: fieldPinyin, term: "^" + word, bonus: bonusPinyinWhole},
		{field: fieldPinyin, term: "^" + word, prefix: true, bonus: bonusPinyinStart},
		{field: fieldPinyin, term: word, prefix: len(word) > 3, bonus: bonusPinyinInside},
		{field: fieldInitials, term: "^" + word, bonus: bonusInitialsWhole},
		{field: fieldInitials, term: word, bonus: bonusInitialsInside},
	}
	if len(word) > 2 {
		alts = append(alts, alt{field: fieldInitials, term: "^" + word, prefix: true, bonus: bonusInitialsStart})
	}
	return alts
}

// soundClause finds names by a whole pinyin, and by initials when they are given.
func soundClause(pinyin, initials string) clause {
	u := unit{
		{field: fieldPinyin, term: "^" + pinyin, bonus: bonusPinyinWhole},
		{field: fieldPinyin, term: "^" + pinyin, prefix: true, bonus: bonusPinyinStart},
		{field: fieldPinyin, term: pinyin, prefix: len(pinyin) > 3, bonus: bonusPinyinInside},
	}
	if len(initials) > 1 {
		u = append(u, alt{field: fieldInitials, term: "^" + initials, bonus: bonusInitialsWhole},
			alt{field: fieldInitials, term: initials, prefix: len(initials) > 2, bonus: bonusInitialsInside})
	}
	return clause{units: []unit{u}, need: 1}
}

// mixedWay finds characters and letters typed together, as "莲he" or "莲hfh":
// by the sound of the whole, with the characters in the name. It is nil when
// the text is not of that form.
func mixedWay(runs []chinese.Run) way {
	if len(runs) < 2 {
		return nil
	}
	var pinyin, initials strings.Builder
	var w way
	han, letters := false, false
	for i, run := range runs {
		if i > 0 && !run.Glued {
			return nil
		}
		if run.Class == chinese.Word {
			if !isLatin(run.Text) {
				return nil
			}
			letters = true
			pinyin.WriteString(string(run.Text))
			initials.WriteString(string(run.Text))
			continue
		}
		han = true
		syllables := chinese.Pinyin(string(run.Text))
		pinyin.WriteString(chinese.Joined(syllables))
		initials.WriteString(chinese.Initials(syllables))
		for _, r := range run.Text {
			w = append(w, clause{units: []unit{{{field: fieldNames, term: string(r), name: true, weight: weightName}}}, need: 1})
		}
	}
	if !han || !letters {
		return nil
	}
	return append(way{soundClause(pinyin.String(), initials.String())}, w...)
}

// guardedIn reports whether the plan for q may use guarded texts.
func guardedIn(s search.Scope) bool {
	orgs, all := s.Guarded()
	return s.Audience() == search.Staff && (all || len(orgs) > 0)
}
