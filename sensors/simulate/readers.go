package simulate

import (
	"context"
	"math"
	"time"

	"yijianyou/sensors"
)

// Signal strengths in dBm, as UHF readers report them a few metres away.
const (
	near      = -56.0
	far       = -71.0
	scatter   = 3.5
	walkReads = 2 * time.Second // how often a reader sees a tag that is carried past
)

// read reports the tags that a reader sees now.
func (p *Player) read(ctx context.Context, d Device, at time.Time) error {
	var seen []sample
	for _, t := range p.world.Tags {
		strength := 0.0
		switch zone := p.zone[t.ID]; {
		case zone == "" || p.silent[t.ID]:
			continue
		case zone == d.Zone:
			if p.random.Float64() < p.script.Miss {
				continue
			}
			strength = near
		case p.beside(zone, d.Zone) && p.random.Float64() < p.script.Stray:
			strength = far
		default:
			continue
		}
		seen = append(seen, p.sighting(d, t.ID, strength, at))
	}
	return p.send(ctx, d, sensors.SightingKind, seen...)
}

func (p *Player) sighting(d Device, tag sensors.TagID, strength float64, at time.Time) sample {
	s := p.new(d.ID, at)
	rssi := math.Round((strength+p.random.NormFloat64()*scatter)*10) / 10
	s.Tag, s.RSSI, s.Antenna = string(tag), &rssi, 1+p.random.IntN(4)
	if b := p.battery[tag]; b >= 0 {
		s.Battery = &b
	}
	return s
}

// beside reports whether a reader of the one zone may see into the other.
func (p *Player) beside(a, b string) bool {
	for _, d := range p.world.Doors {
		if d == [2]string{a, b} || d == [2]string{b, a} {
			return true
		}
	}
	return false
}

// carry plans the way of a tag: in each zone its readers see it at once and
// every two seconds.
func (p *Player) carry(e Event, begin time.Time) {
	for i, zone := range e.Via {
		enter := begin.Add(time.Duration(i) * e.Every)
		p.plan(enter, func(context.Context, time.Time) error { p.zone[e.Tag] = zone; return nil })
		for at := enter; at.Before(enter.Add(e.Every)); at = at.Add(walkReads) {
			p.plan(at, func(ctx context.Context, at time.Time) error { return p.walk(ctx, e.Tag, zone, at) })
		}
	}
	last := e.Via[len(e.Via)-1]
	for _, d := range p.world.Devices {
		if d.Zone == last && d.Kind == sensors.Portal { // out of the house
			p.plan(begin.Add(time.Duration(len(e.Via))*e.Every), func(context.Context, time.Time) error { p.zone[e.Tag] = ""; return nil })
			return
		}
	}
}

// walk lets every reader of a zone see a tag that is carried.
func (p *Player) walk(ctx context.Context, tag sensors.TagID, zone string, at time.Time) error {
	if p.silent[tag] {
		return nil
	}
	for _, d := range p.world.Devices {
		if d.Zone != zone || d.Kind != sensors.Reader && d.Kind != sensors.Portal {
			continue
		}
		if err := p.send(ctx, d, sensors.SightingKind, p.sighting(d, tag, near, at)); err != nil {
			return err
		}
	}
	return nil
}

// measure reports the channels of an instrument: values that swing with the
// hour of the day and scatter a little.
func (p *Player) measure(ctx context.Context, d Device, at time.Time) error {
	var values []sample
	day := 2 * math.Pi * float64(at.Unix()%86400) / 86400
	for _, c := range d.Channels {
		s := p.new(d.ID, at)
		v := math.Round((c.Around+c.Swing*math.Sin(day)+p.random.NormFloat64()*c.Swing/8)*100) / 100
		s.Channel, s.Unit, s.Value = c.Name, c.Unit, &v
		values = append(values, s)
	}
	return p.send(ctx, d, sensors.ReadingKind, values...)
}
