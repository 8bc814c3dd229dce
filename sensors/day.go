package sensors

import (
	"cmp"
	"fmt"
	"sync"
	"time"
)

// defaultTimeZone is what an empty TimeZone of a zone becomes.
const defaultTimeZone = "Asia/Shanghai"

// day is a day of a zone: from one reset to the next.
type day struct {
	name   string // "2026-11-28": the date at its beginning
	from   time.Time
	before time.Time
}

// locations remembers time zones by name. It is safe for concurrent use.
type locations struct{ known sync.Map }

func (l *locations) of(name string) (*time.Location, error) {
	if loc, ok := l.known.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("sensors: time zone: %w", err)
	}
	l.known.Store(name, loc)
	return loc, nil
}

// dayOf returns the day of the zone in which t lies. Days follow each other
// without a gap, also where clocks are put forward or back: a reset at a time
// that the clock leaves out or shows twice is at one moment that the calendar
// of package time chooses.
func (l *locations) dayOf(f ZoneFields, t time.Time) (day, error) {
	loc, err := l.of(cmp.Or(f.TimeZone, defaultTimeZone))
	if err != nil {
		return day{}, err
	}
	reset, err := time.Parse("15:04", cmp.Or(f.ResetAt, defaultResetAt))
	if err != nil {
		return day{}, fmt.Errorf("sensors: time of reset: %w", err)
	}
	local := t.In(loc)
	start := func(days int) time.Time {
		return time.Date(local.Year(), local.Month(), local.Day()+days, reset.Hour(), reset.Minute(), 0, 0, loc)
	}
	n := 0
	for t.Before(start(n)) {
		n--
	}
	for !t.Before(start(n + 1)) {
		n++
	}
	return day{name: local.AddDate(0, 0, n).Format(time.DateOnly), from: start(n).UTC(), before: start(n + 1).UTC()}, nil
}

// dayNamed returns the day of the zone with that name.
func (l *locations) dayNamed(f ZoneFields, name string) (day, error) {
	loc, err := l.of(cmp.Or(f.TimeZone, defaultTimeZone))
	if err != nil {
		return day{}, err
	}
	date, err := time.ParseInLocation(time.DateOnly, name, loc)
	if err != nil {
		return day{}, fmt.Errorf("sensors: name of a day: %w", err)
	}
	// From noon of the date its day, or that before it, is not far.
	d, err := l.dayOf(f, date.Add(12*time.Hour))
	if err == nil && d.name != name {
		return l.dayOf(f, d.before)
	}
	return d, err
}
