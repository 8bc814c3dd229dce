package main

import (
	"time"

	"yijianyou/tourism/comfort/calendar"
)

// washington returns the legal holidays of the State of Washington, RCW 1.16.050,
// as they stood from 2012 to 2018, with the day on which one at a weekend is kept.
func washington(from, to int) calendar.Calendar {
	var spans []calendar.Span
	var years []calendar.Notice
	for y := from; y <= to; y++ {
		years = append(years, calendar.Notice{Year: y, Number: "RCW 1.16.050"})
		thanks := nth(y, time.November, time.Thursday, 4)
		for name, d := range map[string]calendar.Date{
			"new-year": kept(y, time.January, 1), "martin-luther-king": nth(y, time.January, time.Monday, 3), "presidents": nth(y, time.February, time.Monday, 3),
			"memorial": nth(y, time.June, time.Monday, 1).Next(-7), "independence": kept(y, time.July, 4), "labor": nth(y, time.September, time.Monday, 1),
			"veterans": kept(y, time.November, 11), "thanksgiving": thanks, "day-after-thanksgiving": thanks.Next(1), "christmas": kept(y, time.December, 25),
		} {
			spans = append(spans, calendar.Span{From: d, To: d, Kind: calendar.Holiday, Name: name})
		}
	}
	return calendar.New(spans, years)
}

// nth returns the n-th such weekday of a month.
func nth(year int, month time.Month, w time.Weekday, n int) calendar.Date {
	d := calendar.Date{Year: year, Month: month, Day: 1}
	return d.Next((int(w)-int(d.Weekday())+7)%7 + 7*(n-1))
}

// kept moves a Saturday to the Friday before and a Sunday to the Monday after.
func kept(year int, month time.Month, day int) calendar.Date {
	d := calendar.Date{Year: year, Month: month, Day: day}
	switch d.Weekday() {
	case time.Saturday:
		return d.Next(-1)
	case time.Sunday:
		return d.Next(1)
	}
	return d
}
