package calendar

import "time"

// Kind is what a day is for those who work and travel. Never rename.
type Kind string

const (
	Work    Kind = "work"    // an ordinary Monday to Friday
	Rest    Kind = "rest"    // an ordinary Saturday or Sunday
	Holiday Kind = "holiday" // free by notice, weekend days inside included
	MakeUp  Kind = "make-up" // 调休上班: a weekend day that is worked
)

// Free reports whether people are off work.
func (k Kind) Free() bool { return k == Rest || k == Holiday }

// Date is a day of the calendar without a time zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day that t has in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Next returns the day n days later; n may be negative.
func (d Date) Next(n int) Date { return DateOf(d.noon().AddDate(0, 0, n)) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

// String returns the date as "2026-11-28".
func (d Date) String() string { return d.noon().Format(time.DateOnly) }

func (d Date) noon() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// Day is what is known of a day.
type Day struct {
	Kind  Kind
	Name  string // of the holiday, a code such as "spring-festival"; "" on ordinary days
	Nth   int    // 1 on the first free day of a holiday; 0 on days that are none
	Of    int    // free days of the holiday
	Known bool   // false: no notice covers the year, so Kind follows the weekday
}

// Notice is where the days of a year are from.
type Notice struct {
	Year      int
	Number    string // of the document
	Published string // "2025-11-04"
	Verified  string // "yes" with its text, "days" all but the number, "no"
}

// Span is a run of days of one kind.
type Span struct {
	From, To Date // both included
	Kind     Kind // Holiday or MakeUp
	Name     string
}

// Calendar tells what kind of day a day is. It is never changed once made, and
// safe for concurrent use. The zero value knows weekends only.
type Calendar struct {
	days    map[Date]Day
	notices map[int]Notice
}

// New makes a calendar of spans; the years of notices are known. Of two spans that
// overlap the later in the list holds. Holidays that follow each other are counted
// as one.
func New(spans []Span, notices []Notice) Calendar {
	c := Calendar{days: make(map[Date]Day), notices: make(map[int]Notice, len(notices))}
	for _, n := range notices {
		c.notices[n.Year] = n
	}
	for _, s := range spans {
		for d := s.From; !s.To.before(d); d = d.Next(1) {
			c.days[d] = Day{Kind: s.Kind, Name: s.Name}
		}
	}
	for d := range c.days {
		if c.days[d].Kind == Holiday && c.days[d.Next(-1)].Kind != Holiday {
			c.number(d)
		}
	}
	return c
}

// number counts the days of the holiday that begins at first.
func (c Calendar) number(first Date) {
	of := 0
	for d := first; c.days[d].Kind == Holiday; d = d.Next(1) {
		of++
	}
	for n, d := 1, first; n <= of; n, d = n+1, d.Next(1) {
		day := c.days[d]
		day.Nth, day.Of = n, of
		c.days[d] = day
	}
}

func (d Date) before(e Date) bool { return d.noon().Before(e.noon()) }

// Of returns what kind of day d is.
func (c Calendar) Of(d Date) Day {
	day, special := c.days[d]
	if !special {
		day.Kind = Work
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
			day.Kind = Rest
		}
	}
	_, day.Known = c.notices[d.Year]
	return day
}

// Knows reports whether a notice covers the year.
func (c Calendar) Knows(year int) bool {
	_, ok := c.notices[year]
	return ok
}

// Notice returns where the days of a year are from.
func (c Calendar) Notice(year int) (Notice, bool) {
	n, ok := c.notices[year]
	return n, ok
}
