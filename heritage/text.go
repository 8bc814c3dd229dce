package heritage

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Text is a text in Chinese and in English. Either may be empty: unknown, not
// translated. What has only one language is shown in that one.
type Text struct {
	ZH string `bson:"zh,omitempty" json:"zh" required:"false"`
	EN string `bson:"en,omitempty" json:"en" required:"false"`
}

// IsZero reports whether there is no text at all.
func (t Text) IsZero() bool { return t.ZH == "" && t.EN == "" }

// line returns t with both texts tidied as one line.
func (t Text) line() Text { return Text{ZH: tidyLine(t.ZH), EN: tidyLine(t.EN)} }

// paragraphs returns t with both texts tidied, line ends kept.
func (t Text) paragraphs() Text { return Text{ZH: tidyText(t.ZH), EN: tidyText(t.EN)} }

// tidyLine brings a one-line text into the form in which it is stored: NFC, no
// control or zero-width characters, runs of white space become one space, none
// at the ends. The invisible goes before NFC, since what stood around it may join.
func tidyLine(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.Map(visible, s))), " ")
}

// tidyText is tidyLine for a text of several lines: line ends become "\n",
// spaces at line ends go, at most one empty line stays between paragraphs.
func tidyText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	lines := strings.Split(s, "\n")
	out := lines[:0]
	empty := 0
	for _, l := range lines {
		l = strings.TrimSpace(norm.NFC.String(strings.Map(visible, l)))
		if l == "" {
			empty++
		} else {
			empty = 0
		}
		if empty < 2 {
			out = append(out, l)
		}
	}
	return strings.Trim(strings.Join(out, "\n"), "\n")
}

// visible drops the characters that nobody sees and that make two equal names
// differ: controls, zero-width marks, byte order marks, direction overrides.
func visible(r rune) rune {
	switch {
	case r == '\t' || r == '\n':
		return ' '
	case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0,
		r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2069, r == 0xfeff, r == 0xfffd:
		return -1
	case r == 0x3000, r == 0xa0:
		return ' '
	}
	return r
}

// tidyLines tidies each line and leaves out empty and repeated ones.
func tidyLines(list []string) []string {
	var out []string
	seen := make(map[string]bool, len(list))
	for _, s := range list {
		if s = tidyLine(s); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
