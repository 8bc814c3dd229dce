package tourism

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/tourism/route"
)

// span is a time from one second to another, both included, counted from the
// start of a plan; it may begin before it.
type span struct{ from, to int }

// openSpans returns when hours allow somebody to be in a place, by the calendar of
// zone, from start on for so many minutes; hours that are not known forbid
// nothing. A visit takes stay seconds and has to end by closing time; it begins
// by the last entry, unless somebody is inside already.
func openSpans(hours *heritage.OpeningHours, start time.Time, zone *time.Location, minutes, stay int) []span {
	return dailySpans(start, zone, minutes, func(second func(minute int) int, day heritage.Day) (span, bool) {
		s, entry, ok := dayOf(hours.On(day), second)
		return span{s.from, min(s.to-stay, entry)}, ok
	})
}

// groundSpans returns when somebody may be in the area: the last entry counts at
// its gate only, for those who come in by it.
func groundSpans(hours *heritage.OpeningHours, start time.Time, zone *time.Location, minutes int, inside bool) []span {
	return dailySpans(start, zone, minutes, func(second func(minute int) int, day heritage.Day) (span, bool) {
		s, entry, ok := dayOf(hours.On(day), second)
		return s, ok && (inside || entry >= max(0, s.from))
	})
}

// dayOf returns when a place is open on a day and the last entry; ok is false
// when it is closed. Unknown hours are open all day.
func dayOf(on heritage.DayHours, second func(minute int) int) (open span, entry int, ok bool) {
	switch on.State {
	case heritage.OpenUnknown:
		end := second(24*60) - 1
		return span{second(0), end}, end, true
	case heritage.ClosedOn:
		return span{}, 0, false
	}
	opens, _ := on.Opens.Minutes()
	closes, _ := on.Closes.Minutes()
	entry = second(closes)
	if last, known := on.LastEntry.Minutes(); known {
		entry = second(last)
	}
	return span{second(opens), second(closes)}, entry, true
}

// dailySpans asks for the span of each day, by the calendar of zone, that a plan
// touches.
func dailySpans(start time.Time, zone *time.Location, minutes int, of func(second func(minute int) int, day heritage.Day) (span, bool)) []span {
	local := start.In(zone)
	year, month, day := local.Date()
	last := local.Add(time.Duration(minutes) * time.Minute)
	var out []span
	for k := 0; ; k++ {
		midnight := time.Date(year, month, day+k, 0, 0, 0, 0, zone)
		if midnight.After(last) {
			return out
		}
		second := func(minute int) int {
			return int(time.Date(year, month, day+k, 0, minute, 0, 0, zone).Sub(start) / time.Second)
		}
		if s, ok := of(second, heritage.DayOf(midnight)); ok && s.from <= s.to {
			out = append(out, s)
		}
	}
}

// both returns the times that are in a and in b.
func both(a, b []span) []span {
	var out []span
	for _, x := range a {
		for _, y := range b {
			if s := (span{max(x.from, y.from), min(x.to, y.to)}); s.from <= s.to {
				out = append(out, s)
			}
		}
	}
	return out
}

// windowsOf returns the part of spans that lies within a plan of so many seconds,
// as the planner takes it.
func windowsOf(spans []span, until int) []route.Window {
	var out []route.Window
	for _, s := range spans {
		if s.to >= 0 && s.from <= until {
			out = append(out, route.Window{Open: route.Time(max(0, s.from)), Close: route.Time(min(s.to, until))})
		}
	}
	return out
}

// clock writes a moment of a plan as its visitor reads it.
func (d *draft) clock(t route.Time) string {
	return d.req.StartAt.Add(time.Duration(t) * time.Second).In(d.zone).Format("15:04")
}
