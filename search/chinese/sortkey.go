package chinese

import (
	"strings"
	"unicode"
)

// SortKey returns a key whose byte order is the order in which a Chinese list
// of names is sorted: numbers by value, then Latin words, then characters by
// pinyin and tone; among characters that sound alike, by code point, which
// follows radical and strokes. Width, case and character form do not count.
// Only the first 48 characters or words do. The key of an empty text is "".
func SortKey(s string) string { return SortKeyOf(Pinyin(s)) }

// SortKeyOf is SortKey of a text that has been read.
func SortKeyOf(syllables []Syllable) string {
	var b, tail strings.Builder
	for i, syl := range syllables {
		if i == 48 {
			break
		}
		if syl.Rune != 0 {
			b.WriteString("~" + syl.Text)
			b.WriteByte(byte('0' + (syl.Tone+4)%5)) // the neutral tone last
			b.WriteByte(' ')
			tail.WriteRune(syl.Rune)
			continue
		}
		writeWord(&b, syl.Text)
	}
	if tail.Len() > 0 {
		b.WriteString("\x01" + tail.String())
	}
	return b.String()
}

// writeWord writes a word; each number in it sorts by its value.
func writeWord(b *strings.Builder, word string) {
	for len(word) > 0 {
		i := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
		if i < 0 {
			i = len(word)
		}
		if i > 0 {
			n := strings.TrimLeft(word[:i], "0")
			b.WriteByte(byte('!' + min(len(n), 14))) // '!' to '/', below every digit
			b.WriteString(n)
			word = word[i:]
			continue
		}
		i = strings.IndexFunc(word, func(r rune) bool { return '0' <= r && r <= '9' })
		if i < 0 {
			i = len(word)
		}
		b.WriteString(strings.Map(func(r rune) rune {
			if r >= 0x7F || unicode.IsControl(r) {
				return '}'
			}
			return r
		}, word[:i]))
		word = word[i:]
	}
	b.WriteByte(' ')
}
