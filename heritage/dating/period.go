package dating

// Code names a period of the table, such as "western-han". Codes are stable.
type Code string

// Period is what a text says about time. The zero value says nothing.
type Period struct {
	Spans   []Span   // in the order of the text
	Unknown []string // the pieces of the text that were not understood, as written there
}

// Span is one stretch of years.
type Span struct {
	From, To  int    // inclusive, negative is BCE, never 0 unless that end is open
	OpenFrom  bool   // the beginning is unknown; From is 0
	OpenTo    bool   // the end is unknown, or it is still so (Ongoing); To is 0
	Ongoing   bool   // 至今
	Approx    bool   // 约, circa, or a part of a period that nobody has fixed
	Codes     []Code // the periods named: none for bare years, two for a range of periods
	ranged    bool   // from one to another, so that what lies between belongs to it
	explicit  bool   // given in years
	container *entry // the period to which the years were narrowed down
}

// Known reports whether any bound is known.
func (p Period) Known() bool {
	from, to := p.Bounds()
	return from != nil || to != nil
}

// Bounds returns the first and the last year of all spans; nil where that end
// is unknown or still open.
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

// Approx reports whether any bound is an estimate.
func (p Period) Approx() bool {
	for _, s := range p.Spans {
		if s.Approx {
			return true
		}
	}
	return false
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
