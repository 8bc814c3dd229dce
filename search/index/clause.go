package index

import (
	"strings"
	"unicode/utf8"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// hanClause wants one character, or most of the bigrams of several.
func hanClause(run chinese.Run, pf planFields) clause {
	grams := run.Bigrams()
	if len(grams) == 0 {
		c := string(run.Text)
		u := unit{{field: fieldNames, term: c, name: true, weight: weightName}}
		if !pf.namesOnly {
			u = append(u, alt{field: fieldBody, term: c, weight: weightBody}, alt{field: fieldBody, term: c, prefix: true, weight: weightBody})
		}
		return clause{units: []unit{pf.guard(u, c)}, need: 1, meant: pf.heads(run)}
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
		}
		units = append(units, pf.guard(u, g))
	}
	return clause{units: units, need: len(units) - len(units)/3, meant: pf.heads(run)}
}

// heads raises names that end with a run: they say what the thing is.
func (pf planFields) heads(run chinese.Run) unit {
	if pf.namesOnly || len(run.Text) > maxHead {
		return nil
	}
	return unit{{field: fieldNames, term: string(run.Text) + headMark, name: true, weight: weightHead}}
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
	st := chinese.Stem(word)
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
