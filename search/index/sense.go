package index

import (
	"yijianyou/search"
	"yijianyou/search/chinese"
)

// meant returns the way that wants each sense, as it stands or as it is meant,
// and what stands between them.
func (a *analysis) meant(folded []rune, senses []search.Sense) way {
	var w way
	at := 0
	for _, sense := range senses {
		w = append(w, a.clauses(chinese.Runs(folded[at:sense.At]))...)
		at = sense.At + sense.Len
		runs := chinese.Runs(folded[sense.At:at])
		var c clause
		if len(runs) == 1 {
			own := a.clauses(runs)
			if len(own) == 0 {
				continue
			}
			c = own[0]
			c.need = len(c.units) // a word that is known is wanted whole
			if sense.Years != nil {
				for _, u := range c.units {
					u.said()
				}
			}
		} else {
			words := string(folded[sense.At:at])
			if a.seen[words] {
				continue
			}
			a.seen[words] = true
			c = a.wholeClause(runs)
		}
		c.meant = append(c.meant, a.meanings(sense)...)
		w = append(w, c)
	}
	return append(w, a.clauses(chinese.Runs(folded[at:]))...)
}

// aligned reports whether each sense is one whole run of the text.
func aligned(runs []chinese.Run, senses []search.Sense) bool {
	i := 0
	for _, s := range senses {
		for i < len(runs) && runs[i].At < s.At {
			i++
		}
		if i == len(runs) || runs[i].At != s.At || len(runs[i].Text) != s.Len {
			return false
		}
	}
	return true
}

// meanings are what a sense means besides its letters.
func (pf planFields) meanings(s search.Sense) unit {
	var u unit
	if s.Years != nil {
		u = append(u, alt{years: s.Years, facet: s.Facet, weight: weightYears, bonus: bonusYears})
	}
	for _, word := range s.Words {
		terms := wholeTerms(word)
		u = append(u, alt{field: fieldNames, all: terms, name: true, weight: weightWord}, alt{field: fieldBody, all: terms, weight: weightBody})
	}
	filed := float64(bonusFiled)
	if s.Years != nil {
		for _, word := range s.Words {
			if r := []rune(word); len(r) == 1 && chinese.IsHan(r[0]) { // 唐代 is said by 唐至清
				u = append(u, alt{field: fieldBody, term: word, prefix: true, weight: weightBody})
			}
		}
		u.said()
		filed = bonusPerhaps // it may be of that time
	}
	for _, f := range s.Filed {
		if f.Facet == "kind" {
			f.Facet = filterKind
		}
		u = append(u, alt{field: fieldFilter, term: f.Facet + "=" + f.Value, weight: weightKind, bonus: filed})
	}
	for _, head := range s.Heads {
		runs := chinese.Runs([]rune(head))
		if len(runs) == 1 && runs[0].Class == chinese.Han {
			u = append(u, alt{field: fieldNames, term: cutHead(head) + headMark, name: true, weight: weightKind})
			continue
		}
		u = append(u, alt{field: fieldNames, all: wholeTerms(head), name: true, weight: weightKind})
	}
	return u
}

// said raises what says a time in words: 北魏至唐 is more of 北魏 than its years tell.
func (u unit) said() {
	for i := range u {
		u[i].bonus = max(u[i].bonus, bonusSaid)
	}
}

// wholeTerms are the terms that a text has which holds a word.
func wholeTerms(word string) []string {
	var terms []string
	for _, run := range chinese.Runs([]rune(word)) {
		switch grams := run.Bigrams(); {
		case run.Class == chinese.Word:
			terms = append(terms, chinese.Stem(cut(string(run.Text), maxWordBytes)))
		case len(grams) > 0:
			terms = append(terms, grams...)
		default:
			terms = append(terms, string(run.Text))
		}
	}
	return terms
}
