package calendar

import (
	"strings"
	"testing"
)

func china(t *testing.T) Calendar {
	t.Helper()
	c, err := China()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := readDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDaysAreAsTheNoticesSetThem(t *testing.T) {
	c := china(t)
	for date, want := range map[string]Day{
		"2026-01-01": {Holiday, "new-year", 1, 3, true},
		"2026-01-04": {MakeUp, "new-year", 0, 0, true},
		"2026-02-14": {MakeUp, "spring-festival", 0, 0, true},
		"2026-02-15": {Holiday, "spring-festival", 1, 9, true},
		"2026-02-23": {Holiday, "spring-festival", 9, 9, true},
		"2026-02-24": {Work, "", 0, 0, true},
		"2026-09-20": {MakeUp, "national-day", 0, 0, true},
		"2026-10-07": {Holiday, "national-day", 7, 7, true},
		"2026-10-10": {MakeUp, "national-day", 0, 0, true},
		"2026-11-28": {Rest, "", 0, 0, true},
		"2025-10-08": {Holiday, "national-day", 8, 8, true}, // Mid-Autumn inside
		"2025-10-06": {Holiday, "mid-autumn", 6, 8, true},
		"2020-02-02": {Holiday, "spring-festival", 10, 10, true}, // lengthened
		"2015-09-03": {Holiday, "victory-day-2015", 1, 3, true},
		"2012-06-23": {Holiday, "dragon-boat", 2, 3, true},
		"2027-10-01": {Work, "", 0, 0, false}, // no notice yet
	} {
		if got := c.Of(day(t, date)); got != want {
			t.Errorf("%s is %+v, want %+v", date, got, want)
		}
	}
}

func TestEachYearHasItsNoticeAndItsHolidays(t *testing.T) {
	c := china(t)
	for year := 2012; year <= 2026; year++ {
		n, ok := c.Notice(year)
		if !ok || !strings.Contains(n.Number, "国办发明电〔") || n.Published == "" || n.Verified == "" {
			t.Errorf("%d: %+v", year, n)
		}
		off, made := 0, 0
		for d := (Date{year, 1, 1}); d.Year == year; d = d.Next(1) {
			switch day := c.Of(d); day.Kind {
			case Holiday:
				off++
			case MakeUp:
				made++
				if w := d.Weekday(); w != 0 && w != 6 {
					t.Errorf("%s is worked to make up for another day and is no weekend day", d)
				}
			}
		}
		if off < 26 || off > 34 || made < 3 || made > 12 {
			t.Errorf("%d: %d free days, %d made up", year, off, made)
		}
	}
	if c.Knows(2011) || c.Knows(2027) {
		t.Error("a year without a notice is known")
	}
}

func TestTheZeroCalendarKnowsWeekends(t *testing.T) {
	var c Calendar
	if got := c.Of(Date{2026, 11, 28}); got != (Day{Kind: Rest}) {
		t.Error(got)
	}
	if got := c.Of(Date{2026, 11, 27}); got != (Day{Kind: Work}) {
		t.Error(got)
	}
}

func FuzzReadSpans(f *testing.F) {
	f.Add(chinaDays)
	f.Add("from\tto\tkind\tname\n2026-01-01\t2026-01-03\tholiday\tnew-year\n")
	f.Add("from\tto\tkind\tname\n2026-01-03\t2026-01-01\tholiday\tx\n")
	f.Fuzz(func(t *testing.T, text string) {
		spans, err := ReadSpans(text)
		if err != nil {
			return
		}
		c := New(spans, nil)
		for _, s := range spans {
			if d := c.Of(s.From); d.Kind != Holiday && d.Kind != MakeUp {
				t.Errorf("%s is read and not there", s.From)
			}
			if s.To.before(s.From) {
				t.Error("a span ends before it begins")
			}
		}
	})
}
