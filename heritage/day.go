package heritage

import (
	"time"
)

// Day is a calendar date of the Gregorian calendar, "2006-01-02", without a
// time zone. Empty is unknown.
type Day string

const dayForm = "2006-01-02"

// DayOf returns the date of t in its own location.
func DayOf(t time.Time) Day { return Day(t.Format(dayForm)) }

// ParseDay parses s in the form "2006-01-02".
//
// Errors: ErrDay.
func ParseDay(s string) (Day, error) {
	if _, err := time.Parse(dayForm, s); err != nil {
		return "", ErrDay.Wrap(err)
	}
	return Day(s), nil
}

// Valid reports whether d is empty or a date that exists.
func (d Day) Valid() bool {
	if d == "" {
		return true
	}
	_, err := time.Parse(dayForm, string(d))
	return err == nil
}

// Time returns the first moment of d in UTC; ok is false when d is empty or no date.
func (d Day) Time() (t time.Time, ok bool) {
	t, err := time.Parse(dayForm, string(d))
	return t, err == nil
}

// MonthDay is a day of every year, "01-31". Empty is unknown.
type MonthDay string

// Valid reports whether m is empty or a day of a leap year.
func (m MonthDay) Valid() bool {
	if m == "" {
		return true
	}
	_, err := time.Parse(dayForm, "2000-"+string(m))
	return err == nil
}

// Clock is a time of day on a wall clock, "15:04", 00:00 to 24:00. Empty is unknown.
type Clock string

// Minutes returns the minutes since midnight, 0 to 1440; ok is false when c is
// empty or no time of day.
func (c Clock) Minutes() (m int, ok bool) {
	if c == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", string(c))
	if err != nil || len(c) != 5 {
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// Valid reports whether c is empty or a time of day.
func (c Clock) Valid() bool {
	_, ok := c.Minutes()
	return c == "" || ok
}
