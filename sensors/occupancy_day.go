package sensors

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"yijianyou/internal/store"
)

func occupancyID(zone ZoneID, day string) string { return string(zone) + "/" + day }

// occupyIn makes anew what has changed of the days of zones.
func (s *Service) occupyIn(tx *store.Tx, days map[string]*dayNews) error {
	known := make(map[string]*Occupancy, len(days))
	ids := slices.Sorted(maps.Keys(days))
	for part := range slices.Chunk(ids, store.MaxLimit) {
		docs, err := occupancyDocs.GetMany(tx.Context(), tx, part)
		if err != nil {
			return err
		}
		for _, o := range docs {
			known[o.ID] = o
		}
	}
	for _, id := range ids {
		d := days[id]
		o := known[id]
		if o == nil {
			o = newOccupancy(d.zone, d.day)
		}
		o.AreaID, o.Simulated = d.zone.Fields.AreaID, o.Simulated || d.simulated
		for _, device := range slices.Sorted(maps.Keys(d.gates)) {
			if err := o.recount(tx, d.day, device, d.gates[device].hours); err != nil {
				return err
			}
			if g := o.gate(device); d.gates[device].last.After(g.LastAt) {
				g.LastAt = d.gates[device].last
			}
		}
		o.total()
		if err := occupancyDocs.Put(tx, o); err != nil {
			return err
		}
	}
	return nil
}

func newOccupancy(z *Zone, d day) *Occupancy {
	return &Occupancy{Meta: store.Meta{ID: occupancyID(ZoneID(z.ID), d.name), Org: z.Org}, ZoneID: ZoneID(z.ID), AreaID: z.Fields.AreaID,
		Day: d.name, Simulated: z.Fields.Simulated}
}

// gate returns what the gate counted, added when it is not there yet.
func (o *Occupancy) gate(id DeviceID) *GateCount {
	i, found := slices.BinarySearchFunc(o.Gates, id, func(g GateCount, id DeviceID) int { return cmp.Compare(g.Device, id) })
	if !found {
		o.Gates = slices.Insert(o.Gates, i, GateCount{Device: id})
	}
	return &o.Gates[i]
}

// recount makes the hours of a gate anew of its series.
func (o *Occupancy) recount(tx *store.Tx, d day, device DeviceID, hours []time.Time) error {
	g := o.gate(device)
	corrected, ok := o.corrected()
	for _, hour := range hours {
		from, before := laterOf(hour, d.from), earlierOf(hour.Add(time.Hour), d.before)
		p, err := countedIn(tx.Context(), tx, o.ZoneID, device, from, before)
		if err != nil {
			return err
		}
		h := HourCount{Hour: hour, In: int(p.in), Out: int(p.out)}
		i, found := slices.BinarySearchFunc(g.Hours, hour, func(h HourCount, t time.Time) int { return h.Hour.Compare(t) })
		if found {
			g.Hours[i] = h
		} else {
			g.Hours = slices.Insert(g.Hours, i, h)
		}
		if ok && corrected.At.Truncate(time.Hour).Equal(hour) {
			if err := o.recountAfter(tx, g, corrected, before); err != nil {
				return err
			}
		}
	}
	return nil
}

// recountAfter makes anew what a gate counted after the correction c, up to
// before in the hour of c. A sample of the moment of c tells of people who passed
// before.
func (o *Occupancy) recountAfter(tx *store.Tx, g *GateCount, c Correction, before time.Time) error {
	p, err := countedIn(tx.Context(), tx, o.ZoneID, g.Device, c.At.Add(time.Millisecond), before)
	g.After = &HourCount{Hour: c.At.Truncate(time.Hour), In: int(p.in), Out: int(p.out)}
	return err
}

// corrected returns the last correction; false when there is none.
func (o *Occupancy) corrected() (Correction, bool) {
	if len(o.Corrections) == 0 {
		return Correction{}, false
	}
	return o.Corrections[len(o.Corrections)-1], true
}

// total makes the totals anew of hours and corrections.
func (o *Occupancy) total() {
	corrected, ok := o.corrected()
	inside := 0
	if ok {
		inside = corrected.Inside
	}
	o.EnteredToday = 0
	for _, g := range o.Gates {
		for _, h := range g.Hours {
			o.EnteredToday += h.In
			if !ok || h.Hour.After(corrected.At) {
				inside += h.In - h.Out
			}
		}
		if g.After != nil {
			inside += g.After.In - g.After.Out
		}
		o.AsOf = laterOf(o.AsOf, g.LastAt)
	}
	o.Inside, o.Drift = max(inside, 0), max(-inside, 0)
}

func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
