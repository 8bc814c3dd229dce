package main

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yijianyou/tourism/comfort/calendar"
)

func TestTheHolidaysOfAYear(t *testing.T) {
	c := washington(2016, 2016)
	want := map[string]bool{"2016-01-01": true, "2016-01-18": true, "2016-02-15": true, "2016-05-30": true, "2016-07-04": true, "2016-09-05": true,
		"2016-11-11": true, "2016-11-24": true, "2016-11-25": true, "2016-12-26": true} // Christmas was a Sunday
	for d := (calendar.Date{Year: 2016, Month: 1, Day: 1}); d.Year == 2016; d = d.Next(1) {
		if got := c.Of(d).Kind == calendar.Holiday; got != want[d.String()] {
			t.Errorf("%s: %v", d, got)
		}
	}
}

// TestADayAheadOnFremontBridge is the target of the forecast, on the counts that
// it is stated for. Holt-Winters is not fitted here; see the command.
func TestADayAheadOnFremontBridge(t *testing.T) {
	c, err := read(filepath.Join(cmp.Or(os.Getenv("YJY_TEST_SHARED"), "../../../shared"), "data", "crowd"))
	if err != nil {
		t.Skip("the counts of Fremont Bridge are not here; the same rule is tested on made-up ones in tourism/comfort/forecast")
	}
	r := newRolling(c, time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC), c.at(len(c.values)), 29)
	r.hw = holtWinters{alpha: 0.01, gamma: 0.3, phi: 0.9}
	if err := r.run(); err != nil {
		t.Fatal(err)
	}
	s := r.scores[23]
	ratio, inside := s.ours/s.naive, float64(s.inside)/float64(s.n)
	t.Logf("%d outcomes: %.3f of seasonal naive, %.1f %% inside", s.n, ratio, 100*inside)
	if ratio > 0.8 || inside < 0.75 || inside > 0.85 {
		t.Errorf("%.3f of seasonal naive, %.3f inside", ratio, inside)
	}
}
