package heritage

import (
	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
)

// Period is when a thing was made, in words as its source writes them and in
// years. The years may be wider than the words; both nil is unknown.
type Period struct {
	Text     Text       `bson:"text" json:"text" required:"false"`                                          // 春秋中期 / middle Spring and Autumn period
	Kind     vocab.Code `bson:"kind,omitempty" json:"kind,omitempty" validate:"omitempty,term=period-kind"` // list period-kind: historic, archaeological, calendar, geological, foreign
	FromYear *int       `bson:"fromYear,omitempty" json:"fromYear,omitempty" validate:"omitempty,year"`     // first possible year; -670 is 670 BCE; never 0
	ToYear   *int       `bson:"toYear,omitempty" json:"toYear,omitempty" validate:"omitempty,year"`         // last possible year, not before FromYear
	Approx   bool       `bson:"approximate,omitempty" json:"approximate,omitempty"`                         // the years are estimates
}

// IsZero reports whether nothing is known of the period.
func (p Period) IsZero() bool {
	return p.Text.IsZero() && p.FromYear == nil && p.ToYear == nil
}

// Take sets the years to those that any reading of its words allows, so that a
// doubtful text is never narrower than what it may mean.
func (p *Period) Take(read dating.Period) {
	p.FromYear, p.ToYear = read.Extent()
	p.Approx = read.Approx() && !(p.FromYear == nil && p.ToYear == nil)
}

// says reports whether the years of p are those of its words and nobody gave others.
func (p Period) says(read dating.Period) bool {
	from, to := read.Extent()
	return sameYear(p.FromYear, from) && sameYear(p.ToYear, to)
}

func sameYear(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }
