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
// by the last entry.
func openSpans(hours *heritage.OpeningHours, start time.Time, zone *time.Location, minutes, stay int) []span {
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
		on := hours.On(heritage.DayOf(midnight))
		switch on.State {
		case heritage.OpenUnknown:
			out = append(out, span{second(0), second(24*60) - 1})
		case heritage.OpenOn:
			opens, _ := on.Opens.Minutes()
			closes, _ := on.Closes.Minutes()
			s := span{second(opens), second(closes) - stay}
			if entry, ok := on.LastEntry.Minutes(); ok {
				s.to = min(s.to, second(entry))
			}
			if s.from <= s.to {
				out = append(out, s)
			}
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
