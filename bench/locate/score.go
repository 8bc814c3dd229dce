package main

import (
	"slices"

	"yijianyou/sensors/locate/building"
)

// Tolerances of the verdict, milliseconds.
const (
	lateMS    = 60_000 // a zone that the tag was in so long ago is late, not false
	restsMS   = 60_000 // arrivals where it stays shorter are not waited for
	exitMS    = 60_000 // a passage so far from one is false
	nearMS    = 15_000 // a passage is noticed that is said so long before or after it
	settledMS = 10_000 // after it was hidden, and at the start, it has so long to be seen
)

// score is how well a rule did over days.
type score struct {
	days                              float64
	delays                            []int64 // of arrivals that were noticed
	arrivals, unnoticed               int
	falseMoves, falseExits, falseGone int
	exits, exitsMissed                int
	exitDelays                        []int64
	torn                              int
	tornDelays                        []int64
	right, counted                    int64 // milliseconds
}

// falseAlarms returns how many there were per tag and day.
func (s *score) falseAlarms() float64 {
	return float64(s.falseMoves+s.falseExits+s.falseGone) / s.days
}

// overlooked returns how many arrivals and exits were not noticed.
func (s *score) overlooked() int { return s.unnoticed + s.exitsMissed }

func (s *score) accuracy() float64 { return float64(s.right) / float64(max(s.counted, 1)) }

// quantile returns one of the delays, in seconds.
func quantile(list []int64, q float64) float64 {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	return float64(list[int(q*float64(len(list)-1))]) / 1000
}

// judge adds the verdict on what was said of a day.
func (s *score) judge(b *building.Building, d *day, said *said) {
	s.days++
	for i, c := range said.changes {
		if i > 0 && c.at > settledMS && !d.doubled(c.at) && !d.was(c.at, c.zone) {
			s.falseMoves++
		}
	}
	s.arrived(b, d, said)
	s.left(b, d, said)
	s.silent(d, said)
	s.place(b, d, said)
}

func (s *score) arrived(b *building.Building, d *day, said *said) {
	for i, stay := range d.Stays {
		if i == 0 || stay.Zone == building.Outside || b.Zones[stay.Zone].Kind != building.Room || stay.Until-stay.From < restsMS {
			continue
		}
		if d.doubled(stay.From) {
			continue
		}
		s.arrivals++
		noticed := int64(-1)
		for _, c := range said.changes {
			if c.zone == stay.Zone && c.at >= stay.From && c.at < stay.Until {
				noticed = c.at - stay.From
				break
			}
		}
		if noticed < 0 {
			s.unnoticed++
			continue
		}
		s.delays = append(s.delays, noticed)
	}
}

func (s *score) left(b *building.Building, d *day, said *said) {
	for _, p := range said.passages {
		if p.at > settledMS && !d.doubled(p.at) && !d.near(p.at, p.zone, exitMS) {
			s.falseExits++
		}
	}
	for i, stay := range d.Stays {
		if i+1 == len(d.Stays) || stay.Zone == building.Outside || b.Zones[stay.Zone].Kind != building.Exit || d.Stays[i+1].Zone != building.Outside {
			continue
		}
		s.exits++
		at := slices.IndexFunc(said.passages, func(p placed) bool {
			return p.zone == stay.Zone && p.at >= stay.From-nearMS && p.at < stay.Until+nearMS
		})
		if at < 0 {
			s.exitsMissed++
			continue
		}
		s.exitDelays = append(s.exitDelays, max(0, said.passages[at].at-stay.From))
	}
}

func (s *score) silent(d *day, said *said) {
	found := false
	for _, at := range said.missing {
		switch {
		case at >= d.Torn && !found:
			found = true
			s.tornDelays = append(s.tornDelays, at-d.Torn)
		case !d.hidden(at, 0) && !d.near(at, building.Outside, 0):
			s.falseGone++
		}
	}
	if d.Torn < building.DayMS {
		s.torn++
	}
}

// place adds for how long the rule had the tag in the right zone. What has left is
// right at the exit; what is hidden is not asked for.
func (s *score) place(b *building.Building, d *day, said *said) {
	next, zone := 0, building.Outside
	for at := int64(0); at < building.DayMS; at += 1000 {
		for next < len(said.changes) && said.changes[next].at <= at {
			zone = said.changes[next].zone
			next++
		}
		if d.hidden(at, settledMS) || d.doubled(at) {
			continue
		}
		s.counted += 1000
		if d.right(b, at, zone) {
			s.right += 1000
		}
	}
}
