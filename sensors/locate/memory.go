package locate

import (
	"math"
	"time"
)

const (
	maxHeard = 8
	// Slots is how many seconds of readers, at most, a State remembers.
	Slots = 32
)

// Memory is for how long a State remembers at most. Who recalls begins a second
// before that, for slots are whole.
const Memory = time.Hour

const memorySeconds = int64(Memory / time.Second)

// slot is what one zone has heard of the tag in one second.
type slot struct {
	zone  string
	at    int64 // Unix milliseconds, of the newest sighting
	n     int32 // sightings whose strength is known
	level int32 // sum of their strengths, hundredths of a dB
	spot  Spot
}

// memory holds the newest slots, oldest first, at most Slots of the last Memory.
type memory struct {
	slots [Slots]slot
	first int // index of the oldest
	n     int
}

// at returns the i-th slot, the oldest is 0.
func (m *memory) at(i int) *slot { return &m.slots[(m.first+i)%Slots] }

// hear remembers a sighting; fresh says that it is the first of its zone in its
// second.
func (m *memory) hear(s *Sighting, ms int64) (fresh bool) {
	second := ms / 1000
	for i := m.n - 1; i >= 0; i-- {
		p := m.at(i)
		if p.at/1000 != second {
			break
		}
		if p.zone == s.Zone {
			p.at = ms
			p.add(s.RSSI)
			return false
		}
	}
	if m.n == Slots {
		m.first, m.n = (m.first+1)%Slots, Slots-1
	}
	p := m.at(m.n)
	*p = slot{zone: s.Zone, at: ms, spot: s.Spot}
	p.add(s.RSSI)
	m.n++
	return true
}

func (p *slot) add(rssi float64) {
	if !math.IsNaN(rssi) {
		p.n++
		p.level += int32(math.Round(100 * max(-200, min(100, rssi))))
	}
}

// forget drops what is too old.
func (m *memory) forget(now int64) {
	for m.n > 0 && now/1000-m.slots[m.first].at/1000 >= memorySeconds {
		m.first, m.n = (m.first+1)%Slots, m.n-1
	}
}

// record is what the memory says of a zone.
type record struct {
	n           int   // slots
	first, last int64 // Unix milliseconds of their newest sightings
	longest     int64 // longest time between two of them
	known       int   // slots whose strength is known
	sum         float64
	out         bool  // no reader of the zone is at work now
	outMS       int64 // for so long none was since last
}

// level returns the mean strength in dBm; ok is false when it is not known.
func (r record) level() (dBm float64, ok bool) {
	return r.sum / float64(max(r.known, 1)), r.known > 0
}

// of returns the record of a zone from one moment until before another.
func (m *memory) of(zone string, from, before int64) record {
	var r record
	for i := 0; i < m.n; i++ {
		p := m.at(i)
		if p.at < from || p.at >= before || p.zone != zone {
			continue
		}
		if r.n == 0 {
			r.first = p.at
		} else {
			r.longest = max(r.longest, p.at-r.last)
		}
		r.n++
		r.last = p.at
		if p.n > 0 {
			r.known++
			r.sum += float64(p.level) / float64(p.n) / 100
		}
	}
	return r
}
