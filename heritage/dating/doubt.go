package dating

import (
	"fmt"
	"strings"

	"yijianyou/internal/fault"
)

// DoubtKind says what speaks against a reading.
type DoubtKind string

const (
	// Ambiguous: the words can be read in several ways; Span.Readings has the others.
	Ambiguous DoubtKind = "ambiguous"
	// Contradicted: years beside the words do not agree with them.
	Contradicted DoubtKind = "contradicted"
	// BeyondReign: the title had fewer years than the text counts, as when a
	// place went on with it after the change.
	BeyondReign DoubtKind = "beyond-reign"
	// MarkOnly: a reign mark is named, which later times copied.
	MarkOnly DoubtKind = "mark-only"
)

// Doubt is one thing that speaks against the reading.
type Doubt struct {
	Kind     DoubtKind
	Piece    string    // of the text, as written there
	Chosen   Reading   // how it was read
	Readings []Reading // how else it could have been read
	why      reason
}

// reason says why a reading was chosen.
type reason uint8

const (
	noReason    reason = iota
	longest            // of several periods or titles of that name
	latest             // of several years of the sixty within a period
	recent             // of the years of the sixty without a period
	wordsFirst         // the year on the object before the conversion beside it
	numberFirst        // years before the name of a period
	widest             // a hundred years rather than ten
)

// In says the doubt in words, for whoever checks the dating.
func (d Doubt) In(lang fault.Lang) string {
	chosen, others := d.Chosen.In(lang), make([]string, len(d.Readings))
	for i, r := range d.Readings {
		others[i] = r.In(lang)
	}
	rest := strings.Join(others, "、")
	if lang == fault.English {
		rest = strings.Join(others, "; ")
	}
	f := doubtWords[d.Kind]
	text := fmt.Sprintf(f.In(lang), d.Piece, chosen, rest)
	if why, ok := reasonWords[d.why]; ok {
		text += why.In(lang)
	}
	return text
}

// both is a phrase in two languages.
type both struct{ zh, en string }

// In returns the phrase in one language.
func (b both) In(lang fault.Lang) string {
	if lang == fault.English {
		return b.en
	}
	return b.zh
}

var doubtWords = map[DoubtKind]both{
	Ambiguous:    {"“%[1]s”有多种读法：取%[2]s；也可能是%[3]s", "“%[1]s” can be read in several ways: read as %[2]s; it may also be %[3]s"},
	Contradicted: {"“%[1]s”与旁注不符：取%[2]s，另一说为%[3]s", "“%[1]s” disagrees with what stands beside it: read as %[2]s, the other says %[3]s"},
	BeyondReign:  {"“%[1]s”超出该年号的年数：读作%[2]s", "“%[1]s” counts further than the title went: read as %[2]s"},
	MarkOnly:     {"“%[1]s”是款识，后世多有仿写：读作%[2]s", "“%[1]s” is a mark, which later times copied: read as %[2]s"},
}

var reasonWords = map[reason]both{
	longest:     {"（同名者中历时最长）", " (the longest of that name)"},
	latest:      {"（时期内最晚的一次，传世较多）", " (the last in that period, of which most survives)"},
	recent:      {"（无时期可依，取1950年以前最近的一次）", " (no period is named: the last before 1950)"},
	wordsFirst:  {"（以原文纪年为准）", " (the year in the words goes first)"},
	numberFirst: {"（以公元年为准）", " (the years go first)"},
	widest:      {"（取较宽的范围）", " (the wider one)"},
}
