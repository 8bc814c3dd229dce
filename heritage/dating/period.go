package dating

// Code names a period of the table, such as "western-han". Codes are stable.
type Code string

// Period is what a text says about time. The zero value says nothing.
type Period struct {
	Spans   []Span   // in the order of the text, as the reader chose to read it
	Unknown []string // the pieces of the text that were not understood, as written there
	Ignored []string // the pieces that were understood and tell no year: months, days, seasons, what was done ("printed")
	Doubts  []Doubt  // what speaks against the reading, in the order of the text
	Undated bool     // the text itself says that no date is known
}

// Certainty says how far bounds can be relied on. Of several, the greatest holds.
type Certainty uint8

const (
	// Certain bounds are years that the text gives, or the years of a dynasty,
	// reign or title on which tables agree.
	Certain Certainty = iota
	// Approximate bounds are estimates: circa, a part of a period, a culture
	// dated by archaeology, a geological age.
	Approximate
	// Doubtful bounds are doubted by the text itself (?, 疑, 或, a mark without
	// its period) or are one of several readings.
	Doubtful
)

// Span is one stretch of years.
type Span struct {
	From, To  int  // inclusive, negative is BCE, never 0 unless that end is open
	OpenFrom  bool // the beginning is unknown; From is 0
	OpenTo    bool // the end is unknown, or it is still so (Ongoing); To is 0
	Ongoing   bool // 至今
	Certainty Certainty
	Names     []Named   // what the text calls it: none for bare years, two for a range of periods
	Readings  []Reading // other ways to read it, the next best first; nil when there is one way. They count when Certainty is Doubtful; else they are far less likely
	More      bool      // Readings are not all: a year of the sixty without a period

	ranged    bool     // from one to another, so that what lies between belongs to it
	explicit  bool     // given in years
	number    bool     // read from a number, not from a name
	coarse    bool     // a century, a decade
	mark      bool     // a reign mark without its period
	single    bool     // one year of a title or of the sixty
	container *entry   // the period to which the years were narrowed down
	others    []*entry // periods that the same word could mean
	whole     *entry   // of which it is a part
	piece     string   // the words as written

	said     Certainty // what 约, 疑, ? and the like say of it, whatever else is found out
	unmarked Certainty // before a reign mark was met
}

// Named is a period as a text names it: one of the table, or a part, a phase, a
// reign title or a year of a title in it.
type Named struct {
	Code  Code   // of the table
	Title string // reign title in simplified characters; empty when there is none
	Year  int    // of the title, of 民国 or of 太平天国; 0 when none is named
	Part  string // as Chinese writes it: 早期, 中晚期, 二期; empty for the whole
}

// Reading is one way to read a text that can be read in several.
type Reading struct {
	From, To int  // inclusive, as those of a Span
	OpenFrom bool // the beginning is unknown; From is 0
	OpenTo   bool // the end is unknown or still open; To is 0
	Names    []Named
}

// span returns a reading as a span that is certain.
func (r Reading) span() Span {
	return Span{From: r.From, To: r.To, OpenFrom: r.OpenFrom, OpenTo: r.OpenTo, Names: r.Names}
}

// Known reports whether any bound is known.
func (p Period) Known() bool {
	from, to := p.Bounds()
	return from != nil || to != nil
}

// Bounds returns the first and the last year of all spans as they were read;
// nil where that end is unknown or still open.
func (p Period) Bounds() (from, to *int) {
	for i, s := range p.Spans {
		if s.OpenFrom {
			from = nil
		} else if i == 0 || from != nil && s.From < *from {
			y := s.From
			from = &y
		}
		if s.OpenTo {
			to = nil
		} else if i == 0 || to != nil && s.To > *to {
			y := s.To
			to = &y
		}
	}
	return from, to
}

// Extent returns the first and the last year that any reading allows, so that
// it holds what was meant; nil where that end is unknown or open. What a record
// keeps as its bounds is this and not the guess.
func (p Period) Extent() (from, to *int) {
	wide := Period{}
	for _, s := range p.Spans {
		if s.More {
			return nil, nil
		}
		wide.Spans = append(wide.Spans, s)
		if s.Certainty != Doubtful {
			continue
		}
		for _, r := range s.Readings {
			wide.Spans = append(wide.Spans, r.span())
		}
	}
	return wide.Bounds()
}

// Certainty returns the weakest certainty of the spans.
func (p Period) Certainty() Certainty {
	out := Certain
	for _, s := range p.Spans {
		out = max(out, s.Certainty)
	}
	return out
}

// Approx reports whether any bound is no more than an estimate.
func (p Period) Approx() bool { return p.Certainty() >= Approximate }

// Clear reports whether the text was understood whole and in one way only.
func (p Period) Clear() bool {
	return p.Known() && len(p.Unknown) == 0 && len(p.Doubts) == 0
}

// line maps a year to a number without the gap at 0, so that it can be
// reckoned with: 1 BCE is 0.
func line(year int) int {
	if year < 0 {
		return year + 1
	}
	return year
}

// year is the inverse of line.
func year(n int) int {
	if n <= 0 {
		return n - 1
	}
	return n
}
