package main

import (
	"cmp"
	"math"
	"slices"
	"time"

	"yijianyou/sensors/locate"
	"yijianyou/sensors/locate/building"
)

// ours is package locate, as the tracking uses it. That a zone has no reader any more
// is known after a while; then what was seen since is stepped again.
type ours struct {
	b     *building.Building
	label string
	dwell time.Duration
	floor time.Duration
	late  int64 // after how long an outage is known, milliseconds; shorter ones never are
	zones map[string]int
	sees  func(o *ours, now int64) // is told of the time between reads; nil nobody

	outages []locate.Outage // of the day, in the order in which they become known
	all     locate.Outages  // of the day: whoever waits for a word of a reader before he calls a tag missing needs no more
	known   locate.Outages
	told    int // of outages, how many are known

	said  said
	state locate.State
	last  int64
	twins int
	reads []building.Read
	marks []locate.State // before each read whose index is a multiple of markEvery
}

const markEvery = 256

func newOurs(b *building.Building, label string, dwell, floor, late time.Duration) *ours {
	o := &ours{b: b, label: label, dwell: dwell, floor: floor, late: late.Milliseconds(), zones: map[string]int{}}
	for i, z := range b.Zones {
		o.zones[z.Name] = i
	}
	return o
}

func (o *ours) name() string { return o.label }
func (o *ours) begin() {
	o.said, o.state, o.last, o.twins, o.told, o.known = said{}, locate.State{}, math.MinInt64, 0, 0, locate.Outages{}
	o.reads, o.marks = o.reads[:0], o.marks[:0]
}

// day tells it which readers are out when in the days that come.
func (o *ours) day(outages [][]building.Span) {
	list := zoneOutages(o.b, outages)
	o.all = locate.OutagesOf(list...)
	o.outages = slices.DeleteFunc(list, func(x locate.Outage) bool { return x.Until.Sub(x.From).Milliseconds() < o.late })
	slices.SortFunc(o.outages, func(a, b locate.Outage) int { return a.From.Compare(b.From) })
}

// zoneOutages returns when zones have no reader: all of theirs are out.
func zoneOutages(b *building.Building, outages [][]building.Span) (list []locate.Outage) {
	for z, zone := range b.Zones {
		var edges []placed // zone: 1 a reader goes out, -1 one is back
		readers := 0
		for i, r := range b.Readers {
			if r.Zone != z {
				continue
			}
			readers++
			for _, s := range merge(outages[i]) {
				edges = append(edges, placed{s.From, 1}, placed{s.Until, -1})
			}
		}
		slices.SortFunc(edges, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
		out := 0
		for i, e := range edges {
			if out += e.zone; out == readers {
				list = append(list, locate.Outage{Zone: zone.Name, From: moment(e.at), Until: moment(edges[i+1].at)})
			}
		}
	}
	return list
}

// merge returns spans that do not overlap.
func merge(list []building.Span) (out []building.Span) {
	list = slices.SortedFunc(slices.Values(list), func(a, b building.Span) int { return cmp.Compare(a.From, b.From) })
	for _, s := range list {
		if n := len(out); n > 0 && s.From <= out[n-1].Until {
			out[n-1].Until = max(out[n-1].Until, s.Until)
			continue
		}
		out = append(out, s)
	}
	return out
}

// sighting returns what the tracking hands on of a read.
func (o *ours) sighting(r building.Read) locate.Sighting {
	reader := &o.b.Readers[r.Reader]
	z := &o.b.Zones[reader.Zone]
	return locate.Sighting{At: moment(r.At), Zone: z.Name, Exit: z.Kind == building.Exit, Dwell: o.dwell, RSSI: r.RSSI,
		Spot: locate.Spot{Known: true, X: float32(reader.X), Y: float32(reader.Y)}}
}

func (o *ours) see(r building.Read) {
	o.pause(r.At)
	if len(o.reads)%markEvery == 0 {
		o.marks = append(o.marks, o.state)
	}
	o.reads = append(o.reads, r)
	was := o.state.Zone()
	next, out := locate.Step(o.state, o.sighting(r), &o.known)
	o.state, o.last = next, r.At
	o.moved(out.Confirmed)
	o.moved(out.Placed)
	if p := out.Passed; !p.IsZero() && p.Sightings == 1 && p.Zone != was {
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
	for o.told < len(o.outages) && sinceStart(o.outages[o.told].From)+o.late <= now {
		o.told++
		o.known = locate.OutagesOf(o.outages[:o.told]...)
		o.again(sinceStart(o.outages[o.told-1].From))
	}
	if o.last == math.MinInt64 {
		return
	}
	if o.sees != nil {
		o.sees(o, now)
	}
	if at, ok := o.state.MissingAt(moment(o.last), o.floor, &o.all); ok && sinceStart(at) < now {
		o.said.missing = append(o.said.missing, sinceStart(at))
	}
}

// again steps what was seen since a moment once more. Alarms have been raised, and
// those that would be raised now are late: only where the tag is is said.
func (o *ours) again(from int64) {
	first, _ := slices.BinarySearchFunc(o.reads, from, func(r building.Read, at int64) int { return cmp.Compare(r.At, at) })
	if first == len(o.reads) {
		return
	}
	first -= first % markEvery
	was := o.state.Zone()
	st := o.marks[first/markEvery]
	for i := first; i < len(o.reads); i++ {
		if i%markEvery == 0 {
			o.marks[i/markEvery] = st
		}
		st, _ = locate.Step(st, o.sighting(o.reads[i]), &o.known)
	}
	if o.state = st; st.Zone() != was {
		o.said.changes = append(o.said.changes, placed{from + o.late, o.zones[st.Zone()]})
	}
}

func (o *ours) end() *said {
	next, ch := locate.At(o.state, moment(building.DayMS))
	o.state = next
	o.moved(ch)
	o.pause(building.DayMS)
	return &o.said
}
