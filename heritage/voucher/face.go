package voucher

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"yijianyou/internal/typeface"
)

// lacking stands for a character that the font does not have (geta mark, as
// printers use it).
const lacking = '〓'

// face is the font of the paper.
type face struct {
	bytes []byte
	font  *sfnt.Font
	buf   sfnt.Buffer
	lacks bool // a character was replaced
}

// openFace unpacks the font.
func openFace() (*face, error) {
	data, err := typeface.Chinese()
	if err != nil {
		return nil, fmt.Errorf("voucher: font: %w", err)
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("voucher: font: %w", err)
	}
	return &face{bytes: data, font: f}, nil
}

// has reports whether the font can draw r. The PDF writer knows the first plane
// of Unicode only.
func (f *face) has(r rune) bool {
	i, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && i != 0 && r <= 0xffff
}

// clean returns s as the paper can show it: what the font lacks becomes 〓, marks
// without an extent go, and line ends stay.
func (f *face) clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case f.has(r):
			return r
		}
		f.lacks = true
		return lacking
	}, s)
}

// closing never begins a line.
const closing = "，。、；：！？）》〉」』】〕’”,.;:!?)]}％%…"

// wrap breaks s into lines of at most width, by what measure says of a text. A
// break falls between words and beside ideographs; a word that is longer than a
// line is cut.
func wrap(s string, width float64, measure func(string) float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		line := ""
		for _, word := range words(paragraph) {
			if measure(line+word) <= width || line != "" && strings.ContainsAny(closing, word) && len([]rune(word)) == 1 {
				line += word
				continue
			}
			if line != "" {
				lines = append(lines, strings.TrimRight(line, " "))
			}
			for line = strings.TrimLeft(word, " "); measure(line) > width && len([]rune(line)) > 1; {
				cut := []rune(line)
				n := len(cut) - 1
				for n > 1 && measure(string(cut[:n])) > width {
					n--
				}
				lines = append(lines, string(cut[:n]))
				line = string(cut[n:])
			}
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// words parts s where a line may be broken: each ideograph and mark is a word of
// its own, and so is each run of spaces and of other letters.
func words(s string) []string {
	var out []string
	run := ""
	for _, r := range s {
		alone := r >= 0x2e80
		space := r == ' '
		if run != "" && (alone || space != strings.HasPrefix(run, " ")) {
			out = append(out, run)
			run = ""
		}
		if alone {
			out = append(out, string(r))
			continue
		}
		run += string(r)
	}
	if run != "" {
		out = append(out, run)
	}
	return out
}
