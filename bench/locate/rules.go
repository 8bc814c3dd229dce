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
	quiet int64 // after which it is missing
	said  said
	zone  int
	next  placed // seen there, only there, since
	last  int64
}

func (l *lastSeen) name() string { return l.label }
func (l *lastSeen) begin() {
	l.said, l.zone, l.next, l.last = said{}, building.Outside, placed{zone: building.Outside}, math.MinInt64
}

func (l *lastSeen) see(r building.Read) {
	if l.last != math.MinInt64 && r.At-l.last > l.quiet {
		l.said.missing = append(l.said.missing, l.last+l.quiet)
	}
	l.last = r.At
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
	if building.DayMS-l.last > l.quiet {
		l.said.missing = append(l.said.missing, l.last+l.quiet)
	}
	return &l.said
}

// move notes a change, and a passage when it is to an exit. Passages within a
// minute are one.
func (s *said) move(b *building.Building, at int64, zone, from int) {
	if zone != from {
		s.changes = append(s.changes, placed{at, zone})
	}
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
	quiet  int64
	said   said
	zone   int
	reads  []building.Read
	last   int64
	sum    []float64
	n      []int
}

func (f *fixedWindow) name() string { return f.label }
func (f *fixedWindow) begin() {
	f.said, f.zone, f.reads, f.last = said{}, building.Outside, f.reads[:0], math.MinInt64
	f.sum, f.n = make([]float64, len(f.b.Zones)), make([]int, len(f.b.Zones))
}

func (f *fixedWindow) see(r building.Read) {
	if f.last != math.MinInt64 && r.At-f.last > f.quiet {
		f.said.missing = append(f.said.missing, f.last+f.quiet)
	}
	f.last = r.At
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
	if building.DayMS-f.last > f.quiet {
		f.said.missing = append(f.said.missing, f.last+f.quiet)
	}
	return &f.said
}

// ours is package locate, as the tracking uses it.
type ours struct {
	b       *building.Building
	label   string
	dwell   time.Duration
	quiet   time.Duration
	outages [][]building.Span
	zones   map[string]int
	sees    func(st *locate.State, last, now int64) // is told the state between reads; nil nobody

	said  said
	state locate.State
	last  int64
	twins int
}

func newOurs(b *building.Building, label string, dwell, quiet time.Duration) *ours {
	o := &ours{b: b, label: label, dwell: dwell, quiet: quiet, zones: map[string]int{}}
	for i, z := range b.Zones {
		o.zones[z.Name] = i
	}
	return o
}

func (o *ours) name() string { return o.label }
func (o *ours) begin()       { o.said, o.state, o.last, o.twins = said{}, locate.State{}, math.MinInt64, 0 }

// sighting returns what the tracking hands on of a read.
func (o *ours) sighting(r building.Read) locate.Sighting {
	reader := &o.b.Readers[r.Reader]
	z := &o.b.Zones[reader.Zone]
	s := locate.Sighting{At: moment(r.At), Zone: z.Name, Exit: z.Kind == building.Exit, Dwell: o.dwell, RSSI: r.RSSI,
		Spot: locate.Spot{Known: true, X: float32(reader.X), Y: float32(reader.Y)}}
	return s
}

func (o *ours) see(r building.Read) {
	o.pause(r.At)
	next, out := locate.Step(o.state, o.sighting(r))
	o.state, o.last = next, r.At
	o.moved(out.Confirmed)
	o.moved(out.Placed)
	if p := out.Passed; !p.IsZero() && p.Sightings == 1 {
		o.said.passages = append(o.said.passages, placed{sinceStart(p.At), o.zones[p.Zone]})
	}
	if !out.Copied.IsZero() {
		o.twins++
	}
}

func (o *ours) moved(ch locate.Change) {
	if !ch.IsZero() {
		o.said.changes = append(o.said.changes, placed{sinceStart(ch.At), o.zones[ch.To]})
	}
}

// pause lets time pass until the next read.
func (o *ours) pause(now int64) {
	if o.last == math.MinInt64 {
		return
	}
	if o.sees != nil {
		o.sees(&o.state, o.last, now)
	}
	patience := o.state.Patience(o.quiet).Milliseconds()
	if now-o.last <= patience || o.state.Gone() {
		return
	}
	if at := o.missed(patience); at < now {
		o.said.missing = append(o.said.missing, at)
	}
}

// missed returns when the tag has been unseen for its time while a reader of its
// zone was at work all the while.
func (o *ours) missed(patience int64) int64 {
	from := o.last
	for changed := true; changed; {
		changed = false
		for i, r := range o.b.Readers {
			if o.b.Zones[r.Zone].Name != o.state.Zone() {
				continue
			}
			for _, s := range o.outages[i] {
				if s.From < from+patience && s.Until > from {
					from, changed = s.Until, true
				}
			}
		}
	}
	return from + patience
}

func (o *ours) end() *said {
	next, ch := locate.At(o.state, moment(building.DayMS))
	o.state = next
	o.moved(ch)
	o.pause(building.DayMS)
	return &o.said
}
