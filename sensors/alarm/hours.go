package alarm

import "time"

const dayMinutes = 24 * 60

// minutes is a compiled Span.
type minutes struct {
	days     [7]bool // Monday first
	from, to int     // of the day; to may be up to a day later
}

func (s Span) compile() (minutes, bool) {
	var m minutes
	from, ok := clock(s.From)
	to, ok2 := clock(s.To)
	if !ok || !ok2 || len(s.Days) > 7 {
		return m, false
	}
	m.from, m.to = from, to
	if m.to <= m.from {
		m.to += dayMinutes
	}
	for _, d := range s.Days {
		if d < 1 || d > 7 {
			return m, false
		}
		m.days[d-1] = true
	}
	if len(s.Days) == 0 {
		m.days = [7]bool{true, true, true, true, true, true, true}
	}
	return m, true
}

// clock reads "HH:MM", 00:00 to 24:00.
func clock(s string) (int, bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	h, m := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	return h*60 + m, m < 60 && h*60+m <= dayMinutes
}

// edge is the first moment after at, in milliseconds, at which the hours begin or end; ok is false
// when they never do.
func edge(list []minutes, at int64, loc *time.Location) (next int64, ok bool) {
	inside := within(list, at, loc)
	local := time.UnixMilli(at).In(loc)
	for day := -1; day <= 8; day++ { // one that began yesterday, and a week with its next day
		for _, m := range list {
			for _, of := range [...]int{m.from, m.to} {
				t := time.Date(local.Year(), local.Month(), local.Day()+day, 0, of, 0, 0, loc).UnixMilli()
				if t > at && (!ok || t < next) && within(list, t, loc) != inside {
					next, ok = t, true
				}
			}
		}
		if ok && day >= 1 { // a later day has no earlier edge
			break
		}
	}
	return next, ok
}

// within reports whether a moment lies in one of the spans. A span over midnight belongs to
// the day on which it begins.
func within(list []minutes, at int64, loc *time.Location) bool {
	local := time.UnixMilli(at).In(loc)
	day := (int(local.Weekday()) + 6) % 7
	of := local.Hour()*60 + local.Minute()
	for _, m := range list {
		if m.days[day] && of >= m.from && of < m.to || m.days[(day+6)%7] && of+dayMinutes < m.to {
			return true
		}
	}
	return false
}
