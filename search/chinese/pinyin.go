package chinese

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

//go:embed pinyin.tsv
var pinyinTSV string

// Syllable is the reading of one character, or a word or number as it stands.
type Syllable struct {
	Text string // lower-case letters without tone, ü as v: "lv"; or the folded word
	Tone int    // 1 to 4, 0 neutral, unknown or no syllable
	Rune rune   // the folded character; 0 for a word
	At   int    // index in the folded text
}

// phrases is the table of pinyin.tsv by first character, longest phrase first.
var phrases = sync.OnceValue(func() map[rune][]phrase {
	m := make(map[rune][]phrase)
	for line := range strings.Lines(pinyinTSV) {
		text, reading, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		p := phrase{text: []rune(Fold(text))}
		for _, s := range strings.Fields(reading) {
			p.syllables = append(p.syllables, numbered(s))
		}
		list := m[p.text[0]]
		i := 0
		for i < len(list) && len(list[i].text) >= len(p.text) {
			i++
		}
		m[p.text[0]] = append(list[:i:i], append([]phrase{p}, list[i:]...)...)
	}
	return m
})

type phrase struct {
	text      []rune
	syllables []Syllable
}

// numbered parses "lian2" or "lv4".
func numbered(s string) Syllable {
	if n := len(s); n > 0 && '0' <= s[n-1] && s[n-1] <= '5' {
		return Syllable{Text: s[:n-1], Tone: int(s[n-1]-'0') % 5}
	}
	return Syllable{Text: s}
}

// Pinyin returns the reading of s: a Syllable for each Chinese character that
// has a reading, one for each word or number. Characters without a known
// reading stand for themselves.
func Pinyin(s string) []Syllable {
	f := FoldMap(s)
	var out []Syllable
	for _, run := range Runs(f.Runes) {
		if run.Class == Word {
			out = append(out, Syllable{Text: string(run.Text), At: run.At})
			continue
		}
		for i := 0; i < len(run.Text); {
			at := run.At + i
			if p, ok := longest(run.Text[i:]); ok {
				for k, syl := range p.syllables {
					syl.Rune, syl.At = p.text[k], at+k
					out = append(out, syl)
				}
				i += len(p.text)
				continue
			}
			original, _ := utf8.DecodeRuneInString(s[f.Start[at]:])
			syl, ok := first(original)
			if !ok {
				if syl, ok = first(run.Text[i]); !ok {
					syl = Syllable{Text: string(run.Text[i])}
				}
			}
			syl.Rune, syl.At = run.Text[i], at
			out = append(out, syl)
			i++
		}
	}
	return out
}

func longest(text []rune) (phrase, bool) {
	for _, p := range phrases()[text[0]] {
		if len(p.text) <= len(text) && string(text[:len(p.text)]) == string(p.text) {
			return p, true
		}
	}
	return phrase{}, false
}

// first returns the first reading of go-pinyin.
func first(r rune) (Syllable, bool) {
	all, ok := pinyin.PinyinDict[int(r)]
	if !ok {
		return Syllable{}, false
	}
	one, _, _ := strings.Cut(all, ",")
	return marked(one)
}

// toned are the letters with tone marks as they are mostly written, by tone.
var toned = [5][]rune{1: []rune("āēīōūǖ"), 2: []rune("áéíóúǘ"), 3: []rune("ǎěǐǒǔǚ"), 4: []rune("àèìòùǜ")}

// plain is marked for what has small letters only, and at most one with its mark in
// one piece; ok is false for anything else.
func plain(s string) (syl Syllable, ok bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z':
			b = append(b, byte(r))
			continue
		case r == 'ü':
			b = append(b, 'v')
			continue
		case syl.Tone != 0:
			return Syllable{}, false
		}
		for tone, letters := range toned {
			if i := slices.Index(letters, r); i >= 0 {
				b, syl.Tone = append(b, "aeiouv"[i]), tone
			}
		}
		if syl.Tone == 0 {
			return Syllable{}, false
		}
	}
	syl.Text = string(b)
	return syl, syl.Text != ""
}

// toneMarks are the combining marks of the tones 1 to 4.
var toneMarks = map[rune]int{'\u0304': 1, '\u0301': 2, '\u030C': 3, '\u0300': 4}

// marked parses a syllable with or without tone mark: "lián", "lǜ", "lü", "lv".
func marked(s string) (Syllable, bool) {
	if syl, ok := plain(s); ok {
		return syl, true
	}
	var syl Syllable
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch tone, isTone := toneMarks[r]; {
		case isTone:
			syl.Tone = tone
		case r == '\u0308': // the dots of ü
			if t := b.String(); strings.HasSuffix(t, "u") {
				b.Reset()
				b.WriteString(t[:len(t)-1] + "v")
			}
		case 'a' <= r && r <= 'z':
			b.WriteRune(r)
		case r == 'ɡ':
			b.WriteByte('g')
		case unicode.Is(unicode.M, r):
		default:
			return Syllable{}, false
		}
	}
	syl.Text = b.String()
	return syl, syl.Text != ""
}

// ParseReading parses a pinyin reading that somebody wrote, with or without
// tone marks, its syllables parted by spaces, hyphens or apostrophes or not at
// all: "lián hè fāng hú", "Xi'an", "liánhè fānghú". ok is false when it is no
// pinyin.
func ParseReading(reading string) (syllables []Syllable, ok bool) {
	for _, word := range strings.FieldsFunc(reading, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		parts, ok := splitSyllables(norm.NFC.String(word))
		if !ok {
			return nil, false
		}
		syllables = append(syllables, parts...)
	}
	return syllables, len(syllables) > 0
}

// known is every syllable without tone that some character is read as.
var known = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, 500)
	for _, all := range pinyin.PinyinDict {
		for one := range strings.SplitSeq(all, ",") {
			if syl, ok := marked(one); ok && strings.ContainsAny(syl.Text, "aeiouv") {
				m[syl.Text] = true
			}
		}
	}
	return m
})

// splitSyllables cuts a word into the fewest known syllables.
func splitSyllables(word string) ([]Syllable, bool) {
	runes := []rune(word)
	if len(runes) > 64 {
		return nil, false
	}
	type step struct {
		from, count int
		syl         Syllable
	}
	best := make([]step, len(runes)+1)
	for end := 1; end <= len(runes); end++ {
		for from := max(0, end-7); from < end; from++ {
			if from > 0 && best[from].count == 0 {
				continue
			}
			syl, ok := marked(string(runes[from:end]))
			if ok && known()[syl.Text] && (best[end].count == 0 || best[from].count+1 < best[end].count) {
				best[end] = step{from: from, count: best[from].count + 1, syl: syl}
			}
		}
	}
	n := best[len(runes)].count
	if n == 0 {
		return nil, false
	}
	out := make([]Syllable, n)
	for at := len(runes); at > 0; at = best[at].from {
		n--
		out[n] = best[at].syl
	}
	return out, true
}

// Joined returns the syllables as one word: "lianhefanghu".
func Joined(syllables []Syllable) string {
	var b strings.Builder
	for _, s := range syllables {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Initials returns the first letter of each syllable, and numbers whole: "lhfh".
func Initials(syllables []Syllable) string {
	var b strings.Builder
	for _, s := range syllables {
		r, _ := utf8.DecodeRuneInString(s.Text)
		if s.Rune == 0 && unicode.IsNumber(r) {
			b.WriteString(s.Text)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
