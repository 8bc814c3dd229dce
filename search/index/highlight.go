package index

import (
	"html"
	"slices"
	"strings"

	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/search/chinese"
)

// summaryRunes is how long a highlighted summary is, leadRunes how much of it
// stands before the first match.
const (
	summaryRunes = 160
	leadRunes    = 40
)

// marker finds what a query means in a text.
type marker struct {
	han   []chinese.Run
	words []string
	sound string // letters that may be pinyin or initials, "" none
}

func newMarker(text string) marker {
	var m marker
	runs := chinese.Runs([]rune(chinese.Fold(text)))
	words, latin := 0, true
	for _, run := range runs {
		if run.Class == chinese.Han {
			m.han = append(m.han, run)
			continue
		}
		words++
		latin = latin && isLatin(run.Text)
		m.words = append(m.words, string(run.Text))
	}
	if len(m.words) > 1 || len(m.han) > 0 {
		m.words = slices.DeleteFunc(m.words, func(w string) bool { return stopWords[w] })
	}
	if latin && words > 0 {
		m.sound = chinese.Joined(chinese.Pinyin(text))
	}
	return m
}

// span is a range of bytes.
type span struct{ from, to int }

// spans returns what matches in text, ascending and apart.
func (m marker) spans(text string, sounds bool) []span {
	f := chinese.FoldMap(text)
	var found []span
	add := func(i, n int) { found = append(found, span{f.Start[i], f.End[i+n-1]}) }
	for _, run := range m.han {
		hit := false
		for i := 0; i+len(run.Text) <= len(f.Runes); i++ {
			if slices.Equal(f.Runes[i:i+len(run.Text)], run.Text) {
				add(i, len(run.Text))
				hit = true
			}
		}
		for k := 0; !hit && k+2 < len(run.Text)+1 && len(run.Text) > 2; k++ {
			for i := 0; i+2 <= len(f.Runes); i++ {
				if slices.Equal(f.Runes[i:i+2], run.Text[k:k+2]) {
					add(i, 2)
				}
			}
		}
	}
	if len(m.words) > 0 {
		for _, run := range chinese.Runs(f.Runes) {
			if run.Class == chinese.Word && m.hasWord(string(run.Text)) {
				add(run.At, len(run.Text))
			}
		}
	}
	if sounds && m.sound != "" {
		for _, s := range bySound(text, m.sound) {
			add(s.from, s.to-s.from)
		}
	}
	slices.SortFunc(found, func(a, b span) int { return a.from - b.from })
	var out []span
	for _, s := range found {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

func (m marker) hasWord(word string) bool {
	for _, w := range m.words {
		if chinese.Stem(word) == chinese.Stem(w) || len(w) > 1 && strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// bySound returns the ranges of folded characters whose pinyin, or whose
// initials, are the letters; the last syllable may be begun only. It is nil
// when a longer reading does not hold all letters.
func bySound(text, letters string) []span {
	syllables := chinese.Pinyin(text)
	for i := range syllables {
		if syllables[i].Rune == 0 {
			continue
		}
		rest, initials := letters, letters
		for k := i; k < len(syllables); k++ {
			s := syllables[k]
			if rest != "" {
				switch {
				case strings.HasPrefix(s.Text, rest):
					return []span{{syllables[i].At, s.At + 1}}
				case strings.HasPrefix(rest, s.Text):
					rest = rest[len(s.Text):]
				default:
					rest = ""
				}
			}
			if initials != "" && initials[0] == s.Text[0] {
				if initials = initials[1:]; initials == "" && len(letters) > 1 {
					return []span{{syllables[i].At, s.At + 1}}
				}
			} else {
				initials = ""
			}
			if rest == "" && initials == "" {
				break
			}
		}
	}
	return nil
}

// highlight marks the hit in the language of the reader.
func (m marker) highlight(st stored, lang fault.Lang) search.Highlight {
	var h search.Highlight
	if len(m.han) == 0 && len(m.words) == 0 {
		return h
	}
	title := st.Title.In(lang)
	h.Title = mark(title, m.spans(title, true))
	if h.Title == "" {
		_, h.Name = m.name(st)
	}
	if spans := m.spans(st.Summary.In(lang), false); len(spans) > 0 {
		h.Summary = excerpt(st.Summary.In(lang), spans)
	}
	return h
}

// name returns the first name that matches, plain and marked; "" when none does.
func (m marker) name(st stored) (plain, marked string) {
	for _, name := range allNames(st.Title, st.Names) {
		if marked = mark(name, m.spans(name, true)); marked != "" {
			return name, marked
		}
	}
	return "", ""
}

// mark returns text as HTML with <em> round the spans, "" when there are none.
func mark(text string, spans []span) string {
	if len(spans) == 0 {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(html.EscapeString(text[at:s.from]) + "<em>" + html.EscapeString(text[s.from:s.to]) + "</em>")
		at = s.to
	}
	b.WriteString(html.EscapeString(text[at:]))
	return b.String()
}

// excerpt marks the part of a text round its first match.
func excerpt(text string, spans []span) string {
	from := spans[0].from
	for n := 0; n < leadRunes && from > 0; n++ {
		from = back(text, from)
	}
	to := from
	for n := 0; n < summaryRunes && to < len(text); n++ {
		to = forward(text, to)
	}
	to = max(to, spans[0].to)
	var inside []span
	for _, s := range spans {
		if s.to <= to {
			inside = append(inside, span{s.from - from, s.to - from})
		}
	}
	out := mark(text[from:to], inside)
	if from > 0 {
		out = "…" + out
	}
	if to < len(text) {
		out += "…"
	}
	return out
}

func back(s string, i int) int {
	for i--; i > 0 && s[i]&0xC0 == 0x80; i-- {
	}
	return i
}

func forward(s string, i int) int {
	for i++; i < len(s) && s[i]&0xC0 == 0x80; i++ {
	}
	return i
}
