package index

import (
	"slices"
	"strings"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// alt is one way in which a unit of a query can be found: the documents with
// term in field, or with any term that begins with it; with every term of all; or
// made in the years.
type alt struct {
	field  field
	term   string
	all    []string     // instead of term
	years  *search.Span // instead of a field
	facet  string       // that what was made in the years must have, "" none
	prefix bool
	name   bool    // counts as found in a name
	weight float64 // multiplies the rarity of the term, or the share of the years
	bonus  float64 // added as it is, for matches whose rarity says nothing
}

// unit is found in a document that has any of its alternatives; the best counts.
type unit []alt

// clause is found in a document that has at least need of its units, or what is
// meant by them.
type clause struct {
	units []unit
	need  int
	meant unit // nil none
}

// way is found in a document that has all its clauses.
type way []clause

// plan is an analysed text.
type plan struct {
	ways    []way    // a document is found in any way; none when the text has nothing to search
	exact   way      // what is wanted in one piece; its documents may lack some of loose if asks
	loose   way      // what is sought, all of which a document need not have if asks
	asks    bool     // it is a question
	most    float32  // the share of loose that a document need have if asks, when it is more than leastCover
	any     bool     // however low it scores, if asks
	near    []uint32 // documents that are found besides, the nearest first
	phrases []phrase // that a document must have besides, word for word
	key     string   // letters and characters of the whole text, to be compared with names
}

// Weights of fields and bonuses of sounds. Names outweigh every body (see
// rank.go for what is added to names compared as strings).
const (
	weightName  = 10
	weightHead  = 12 // a name ends with it: what the thing is
	weightWord  = 9  // another word for the same, in a name
	weightKind  = 6  // something narrower
	weightBody  = 3
	weightCode  = 12
	weightYears = 20

	bonusPinyinWhole    = 600
	bonusInitialsWhole  = 250
	bonusPinyinStart    = 150
	bonusPinyinInside   = 100
	bonusInitialsStart  = 90
	bonusInitialsInside = 60
	bonusWordStart      = 60

	// A time means what was made then, before names that have its letters.
	bonusYears = 420 // times the share of the years
	bonusSaid  = 250

	// Under a class is filed what is of it: behind names that say it, before texts.
	bonusFiled   = 100
	bonusPerhaps = 60 // under an era
)

// scope of fields that a plan may use.
type planFields struct {
	namesOnly bool // for suggestions
	guarded   bool // guarded texts as well
}

// stopWords are dropped from a query that has others.
var stopWords = map[string]bool{"a": true, "an": true, "and": true, "at": true, "by": true, "for": true, "from": true, "in": true,
	"is": true, "of": true, "on": true, "or": true, "the": true, "to": true, "with": true}

// analyse makes the plan of a text. What stands in quotes is wanted word for
// word; nothing else in the text is syntax. lexicon tells what the rest means
// besides, nil nothing.
func analyse(text string, pf planFields, lexicon search.Lexicon) plan {
	p := plan{key: chinese.Key(text)}
	quoted, rest := quotes(text)
	var exact way
	said := make(map[string]bool)
	for _, q := range quoted {
		inside := chinese.Runs([]rune(chinese.Fold(q)))
		if len(inside) == 0 {
			continue
		}
		ph := newPhrase(q)
		if said[string(ph.text)] {
			continue
		}
		said[string(ph.text)] = true
		exact = append(exact, pf.exactClause(ph, inside))
		if !isTerm(inside) {
			p.phrases = append(p.phrases, ph)
		}
	}
	folded := []rune(chinese.Fold(rest))
	if !pf.namesOnly {
		folded, p.asks = unasked(folded, len(exact) > 0)
	}
	runs := chinese.Runs(folded)
	mixed := mixedWay(runs)
	a := analysis{planFields: pf, begun: mixed == nil, stop: hasContent(runs), seen: make(map[string]bool)}
	plain := a.clauses(runs)
	if len(plain)+len(exact) == 0 {
		return p
	}
	var meant way
	if lexicon != nil && !pf.namesOnly {
		senses := lexicon.Read(folded)
		a.seen = make(map[string]bool)
		if meant = a.meant(folded, senses); aligned(runs, senses) {
			plain, meant = meant, nil
		}
	}
	p.add(exact, plain)
	if meant != nil {
		p.add(exact, meant)
	}
	if p.exact, p.loose = exact, meant; meant == nil {
		p.loose = plain
	}
	if len(exact) > 0 {
		return p
	}
	if len(runs) > 1 && allLatin(runs) {
		p.add(nil, way{soundClause(p.key, "")})
		p.add(nil, way{{units: []unit{{{field: fieldNames, term: chinese.Stem(cut(p.key, maxWordBytes)), name: true, weight: weightName}}}, need: 1}})
	}
	if mixed != nil {
		p.add(nil, mixed)
	}
	if len(runs) > 1 && !pf.namesOnly && strings.ContainsAny(p.key, "0123456789") {
		p.add(nil, way{codeClause(p.key)})
	}
	return p
}

// add adds the way that wants the clauses of both.
func (p *plan) add(exact, w way) { p.ways = append(p.ways, slices.Concat(exact, w)) }

// analysis turns runs into clauses.
type analysis struct {
	planFields
	begun bool // words may be begun only, or pinyin
	stop  bool // stop words are dropped
	seen  map[string]bool
}

// clauses returns a clause for each run that has none yet.
func (a *analysis) clauses(runs []chinese.Run) way {
	var w way
	for _, run := range runs {
		s := string(run.Text)
		if a.seen[s] || a.stop && run.Class == chinese.Word && stopWords[s] {
			continue
		}
		a.seen[s] = true
		if run.Class == chinese.Han {
			w = append(w, hanClause(run, a.planFields))
		} else {
			w = append(w, wordClause(s, a.planFields, a.begun))
		}
	}
	return w
}

// hasContent reports whether there is more than stop words.
func hasContent(runs []chinese.Run) bool {
	return slices.ContainsFunc(runs, func(r chinese.Run) bool { return r.Class == chinese.Han || !stopWords[string(r.Text)] })
}

func allLatin(runs []chinese.Run) bool {
	return !slices.ContainsFunc(runs, func(r chinese.Run) bool { return r.Class != chinese.Word || !isLatin(r.Text) })
}

func isLatin(text []rune) bool {
	for _, r := range text {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// guardedIn reports whether the plan for q may use guarded texts.
func guardedIn(s search.Scope) bool {
	orgs, all := s.Guarded()
	return s.Audience() == search.Staff && (all || len(orgs) > 0)
}
