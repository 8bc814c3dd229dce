package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search/chinese"
)

// closing is the mark that ends what a mark of quotation begins.
var closing = map[rune]rune{'"': '"', '“': '”', '＂': '＂', '「': '」', '『': '』', '„': '“', '«': '»'}

// quotes parts a text into what stands in quotes and the rest. A mark without its
// other half is no mark. What is quoted leaves a space in the rest.
func quotes(text string) (quoted []string, rest string) {
	var b strings.Builder
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		if end, ok := closing[r]; ok {
			if i := strings.IndexRune(text[at+n:], end); i >= 0 {
				quoted = append(quoted, text[at+n:at+n+i])
				b.WriteByte(' ')
				at += n + i + utf8.RuneLen(end)
				continue
			}
		}
		b.WriteString(text[at : at+n])
		at += n
	}
	return quoted, b.String()
}

// unquoted is text with spaces for what parts marks of quotation from the rest.
func unquoted(text string) string {
	return strings.Map(func(r rune) rune {
		for begin, end := range closing {
			if r == begin || r == end {
				return ' '
			}
		}
		return r
	}, text)
}

// phrase is what a document must have in one piece: the folded and squeezed text
// in a line of it, or the key as a code.
type phrase struct {
	text string
	key  string
}

func newPhrase(text string) phrase {
	return phrase{text: squeeze(chinese.Fold(text)), key: chinese.Key(text)}
}

// isTerm reports whether the index has the runs as one term: what has it has them
// in one piece, and needs no second look.
func isTerm(runs []chinese.Run) bool {
	return len(runs) == 1 && runs[0].Class == chinese.Han && len(runs[0].Text) <= 2
}

// squeeze leaves one space between words and none at the ends.
func squeeze(folded string) string { return strings.Join(strings.Fields(folded), " ") }

// in reports whether a line of a squeezed text has the phrase. Words are wanted
// whole; Chinese has no borders.
func (p phrase) in(text string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], p.text)
		if i < 0 {
			return false
		}
		from += i
		if !inWord(text, from) && !inWord(text, from+len(p.text)) {
			return true
		}
		_, n := utf8.DecodeRuneInString(text[from:])
		from += n
	}
}

// inWord reports whether the place at lies inside a word or number.
func inWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return isWordRune(before) && isWordRune(after)
}

func isWordRune(r rune) bool {
	if r == utf8.RuneError || r == ' ' || r == '\n' {
		return false
	}
	return chinese.ClassOf(r) == chinese.Word
}

// exactClause wants what has every part of a phrase, or has it as a code.
func (pf planFields) exactClause(p phrase, runs []chinese.Run) clause {
	c := pf.wholeClause(runs)
	if !pf.namesOnly {
		c.meant = unit{{field: fieldCodes, term: p.key, weight: weightCode}}
	}
	return c
}

// wholeClause wants every part of the runs.
func (pf planFields) wholeClause(runs []chinese.Run) clause {
	var c clause
	for _, run := range runs {
		if run.Class == chinese.Han {
			c.units = append(c.units, hanClause(run, pf).units...)
		} else {
			c.units = append(c.units, wordClause(string(run.Text), pf, false).units...)
		}
	}
	c.need = len(c.units)
	return c
}

// lines is what phrases are looked for in: each folded text on a line of its own,
// squeezed.
func lines(lists ...[]string) string {
	var b strings.Builder
	for _, list := range lists {
		for _, text := range list {
			if line := squeeze(text); line != "" {
				b.WriteString(line)
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// saying keeps the candidates that have every phrase. In guarded texts they are
// looked for in the documents of guarded only (nil: all).
func (s *snapshot) saying(found []candidate, phrases []phrase, guarded *roaring.Bitmap) ([]candidate, error) {
	coded := make([]*roaring.Bitmap, len(phrases)) // what has the phrase as a code
	r := s.read(fieldCodes)
	for i, p := range phrases {
		coded[i] = roaring.New()
		r.find(p.key)
		if err := r.addTo(coded[i]); err != nil {
			return nil, err
		}
	}
	out, said := found[:0], make([]bool, len(phrases))
	for _, f := range found {
		for i := range phrases {
			said[i] = coded[i].Contains(f.doc)
		}
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
		s.says(f.doc, guarded == nil || guarded.Contains(f.doc), phrases, said)
		if !slices.Contains(said, false) {
			out = append(out, f)
		}
	}
	return out, nil
}

// says notes which of the phrases are in the texts of a document.
func (s *snapshot) says(doc uint32, guarded bool, phrases []phrase, said []bool) {
	p := &s.parts[s.at(doc, 0)]
	text, hidden := p.Column(columnText).Of(doc-p.first), ""
	if guarded {
		hidden = p.Column(columnGuardedText).Of(doc - p.first)
	}
	for i, ph := range phrases {
		said[i] = said[i] || ph.in(text) || ph.in(hidden)
	}
}
