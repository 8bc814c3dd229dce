package building

import (
	"math"
	"math/rand/v2"
)

// Simulator makes up days of tags in a building, read as the reader of a log reads.
// It holds no state: the same seed, day and tag are the same Day, in any order.
type Simulator struct {
	Building *Building
	Log      *Log
	Customs  Customs
	Seed     uint64
}

// source returns what is random of one thing in one day.
func (s *Simulator) source(day, thing int) *rand.Rand {
	return rand.New(rand.NewPCG(s.Seed, uint64(day)<<32|uint64(uint32(thing))))
}

// Outages returns when each reader is out of order in a day, power losses included.
func (s *Simulator) Outages(day int) [][]Span {
	r := s.source(day, -1)
	list := make([][]Span, len(s.Building.Readers))
	for at := exponential(r, s.Customs.Power); at < DayMS; at += exponential(r, s.Customs.Power) {
		end := at + 5*minute + r.Int64N(15*minute)
		for i := range list {
			list[i] = append(list[i], Span{at, end})
		}
	}
	for i := range list {
		for at := exponential(r, s.Customs.Outages); at < DayMS; at += exponential(r, s.Customs.Outages) {
			list[i] = append(list[i], Span{at, at + 2*minute + r.Int64N(38*minute)})
		}
	}
	return list
}

// Play makes up the day of a tag into d, whose memory is used again. outages are
// those of the day.
func (s *Simulator) Play(d *Day, day, tag int, outages [][]Span) {
	r := s.source(day, tag)
	*d = Day{Reads: d.Reads[:0], Stays: d.Stays[:0], Hidden: d.Hidden[:0], Torn: DayMS}
	// A tag has its own gain: by what it hangs on and how it is turned.
	gain := s.Log.Tags[r.IntN(len(s.Log.Tags))].Level - s.typical()
	l := s.Building.live(s.Customs, r)
	d.truth(l.parts)
	w := &watching{s: s, r: r, gain: gain, outages: outages}
	d.Reads = w.see(l.parts, d.Reads, false)
	if r.Float64() >= s.Customs.Clones {
		return
	}
	from := r.Int64N(DayMS - 150*minute)
	d.Cloned = Span{from, from + 120*minute}
	c := &life{b: s.Building, r: r, now: from}
	c.settle(r.IntN(8))
	c.rest(d.Cloned.Until)
	own := len(d.Reads)
	d.Reads = w.see(c.parts, d.Reads, true)
	d.Reads = merged(d.Reads, own)
}

// typical returns the median level of the tags of the log.
func (s *Simulator) typical() float64 {
	sum := 0.0
	for _, t := range s.Log.Tags {
		sum += t.Level / float64(len(s.Log.Tags))
	}
	return sum
}

// truth notes what truly happened.
func (d *Day) truth(parts []part) {
	for _, p := range parts {
		if p.span.From == p.span.Until {
			continue
		}
		if n := len(d.Stays); n > 0 && d.Stays[n-1].Zone == p.zone {
			d.Stays[n-1].Until = p.span.Until
			d.Stays[n-1].Rests = d.Stays[n-1].Rests || p.rests
		} else {
			d.Stays = append(d.Stays, Stay{Zone: p.zone, From: p.span.From, Until: p.span.Until, Rests: p.rests})
		}
		if p.zone != Outside && p.lossDB >= coverDB {
			d.Hidden = append(d.Hidden, p.span)
			if p.lossDB > coverDB {
				d.Torn = p.span.From
			}
		}
	}
}

// watching is all readers watching one tag.
type watching struct {
	s       *Simulator
	r       *rand.Rand
	gain    float64
	outages [][]Span
	ears    []ear
}

// ear is one reader that may hear the tag.
type ear struct {
	next   int64 // its next chance
	level  float64
	chance float64
	fading float64
}

// hopeless is a probability that is taken for none.
const hopeless = 1e-4

// see appends what the readers see in the parts of a life, in the order of time.
func (w *watching) see(parts []part, reads []Read, copied bool) []Read {
	b := w.s.Building
	w.ears = make([]ear, len(b.Readers))
	for i := range w.ears {
		if len(parts) > 0 {
			w.ears[i].next = parts[0].span.From + w.r.Int64N(1500)
		}
	}
	for _, p := range parts {
		w.turn(p)
		for {
			first := -1
			for i := range w.ears {
				if e := &w.ears[i]; e.chance > 0 && e.next < p.span.Until && (first < 0 || e.next < w.ears[first].next) {
					first = i
				}
			}
			if first < 0 {
				break
			}
			e := &w.ears[first]
			if at := e.next; w.r.Float64() < e.chance && !within(w.outages[first], at) {
				rssi := e.level + drawn(w.s.Log.Noise, w.r)
				reads = append(reads, Read{At: at, Reader: first, RSSI: math.Round(rssi*10) / 10, Copy: copied})
			}
			e.next += int64(drawn(w.s.Log.Gaps, w.r)/b.Readers[first].Fast) + 1
		}
		for i := range w.ears { // who could not hear it asks all the same
			if e := &w.ears[i]; e.next < p.span.Until {
				e.next = p.span.Until + w.r.Int64N(1400)
			}
		}
	}
	return reads
}

// turn works out how the readers hear the tag in a part.
func (w *watching) turn(p part) {
	for i, reader := range w.s.Building.Readers {
		e := &w.ears[i]
		if p.anew {
			e.fading = w.r.NormFloat64() * p.fading
		}
		e.level = w.s.Building.strength(reader, p.x, p.y) + w.gain + e.fading - p.lossDB
		if e.chance = w.s.Log.taken(e.level - sensitivity + w.s.Log.Reach); e.chance < hopeless {
			e.chance = 0
		}
	}
}

func within(list []Span, at int64) bool {
	for _, s := range list {
		if s.Has(at) {
			return true
		}
	}
	return false
}

// merged puts two runs of reads into one order.
func merged(reads []Read, half int) []Read {
	a, b := append([]Read(nil), reads[:half]...), append([]Read(nil), reads[half:]...)
	out := reads[:0]
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].At <= b[0].At {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return out
}
