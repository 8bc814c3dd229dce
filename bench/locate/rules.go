package main

import (
	"math"
	"time"

	"yijianyou/sensors/locate"
	"yijianyou/sensors/locate/building"
)

// said is what a rule said of one tag in one day. Times are milliseconds.
type said struct {
	changes  []placed
	passages []placed
	missing  []int64
}

// placed is a zone from a moment on.
type placed struct {
	at   int64
	zone int
}

// rule is told what is read of one tag, in the order of time.
type rule interface {
	name() string
	begin()
	see(r building.Read)
	end() *said
}

// quiet calls a tag missing that no reader has seen for a time.
type quiet struct {
	after int64 // milliseconds
	last  int64 // when it was seen; math.MinInt64 never
}

// until notes in what is said that the tag was not seen until the moment now.
func (q *quiet) until(now int64, s *said) {
	if q.last != math.MinInt64 && now-q.last > q.after {
		s.missing = append(s.missing, q.last+q.after)
	}
	q.last = now
}

// start is a moment that days are counted from.
var start = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)

func moment(ms int64) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }

func sinceStart(t time.Time) int64 { return t.Sub(start).Milliseconds() }

// lastSeen believes the last reader that saw the tag, when it has been the only one
// for hold.
type lastSeen struct {
	b     *building.Building
	label string
	hold  int64 // milliseconds; 0: at once
	quiet quiet
	said  said
	zone  int
	next  placed // seen there, only there, since
}

func (l *lastSeen) name() string { return l.label }
func (l *lastSeen) begin() {
	l.said, l.zone, l.next, l.quiet.last = said{}, building.Outside, placed{zone: building.Outside}, math.MinInt64
}

func (l *lastSeen) see(r building.Read) {
	l.quiet.until(r.At, &l.said)
	zone := l.b.Readers[r.Reader].Zone
	if l.next.zone != zone {
		l.next = placed{r.At, zone}
	}
	if l.b.Zones[zone].Kind == building.Exit && l.hold == 0 || zone != l.zone && r.At-l.next.at >= l.hold {
		l.said.move(l.b, r.At, zone, l.zone)
		l.zone = zone
	}
}

func (l *lastSeen) end() *said {
	l.quiet.until(building.DayMS, &l.said)
	return &l.said
}

// move notes a change, and a passage when it is to an exit. Passages within a
// minute are one, and so are those of what lies at the exit: they are one alarm.
func (s *said) move(b *building.Building, at int64, zone, from int) {
	if zone == from {
		return
	}
	s.changes = append(s.changes, placed{at, zone})
	if b.Zones[zone].Kind != building.Exit {
		return
	}
	if n := len(s.passages); n == 0 || s.passages[n-1].zone != zone || at-s.passages[n-1].at >= locate.PassageTime.Milliseconds() {
		s.passages = append(s.passages, placed{at, zone})
	}
}

// fixedWindow believes the zone whose reads of the last so many milliseconds are
// the strongest on the average.
type fixedWindow struct {
	b      *building.Building
	label  string
	window int64
	quiet  quiet
	said   said
	zone   int
	reads  []building.Read
	sum    []float64
	n      []int
}

func (f *fixedWindow) name() string { return f.label }
func (f *fixedWindow) begin() {
	f.said, f.zone, f.reads, f.quiet.last = said{}, building.Outside, f.reads[:0], math.MinInt64
	f.sum, f.n = make([]float64, len(f.b.Zones)), make([]int, len(f.b.Zones))
}

func (f *fixedWindow) see(r building.Read) {
	f.quiet.until(r.At, &f.said)
	old := 0
	for old < len(f.reads) && r.At-f.reads[old].At > f.window {
		z := f.b.Readers[f.reads[old].Reader].Zone
		f.sum[z] -= f.reads[old].RSSI
		f.n[z]--
		old++
	}
	f.reads = append(f.reads[:copy(f.reads, f.reads[old:])], r)
	z := f.b.Readers[r.Reader].Zone
	f.sum[z] += r.RSSI
	f.n[z]++
	best, level := f.zone, math.Inf(-1)
	for i, n := range f.n {
		if n > 0 && f.sum[i]/float64(n) > level {
			best, level = i, f.sum[i]/float64(n)
		}
	}
	f.said.move(f.b, r.At, best, f.zone)
	f.zone = best
}

func (f *fixedWindow) end() *said {
	f.quiet.until(building.DayMS, &f.said)
	return &f.said
}
