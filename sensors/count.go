package sensors

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// countSeries keeps what gates counted: a channel for each gate in each zone
// that it has stood in. Data is in and out as varints, so is the summary of a
// bucket, which has the sums; the key is the sequence.
var countSeries = series.Define("counts", series.Summary(func(points iter.Seq2[time.Time, []byte]) []byte {
	var sum people
	for _, data := range points {
		if p, err := peopleOf(data); err == nil {
			sum = sum.and(p)
		}
	}
	return sum.bytes()
}))

func countChannel(zone ZoneID, gate DeviceID) string { return string(zone) + "/" + string(gate) }

// people is how many went in and out.
type people struct{ in, out uint64 }

func (p people) and(q people) people { return people{p.in + q.in, p.out + q.out} }

func (p people) bytes() []byte { return binary.AppendUvarint(binary.AppendUvarint(nil, p.in), p.out) }

func peopleOf(b []byte) (people, error) {
	in, n := binary.Uvarint(b)
	if n > 0 {
		if out, m := binary.Uvarint(b[n:]); m > 0 && n+m == len(b) {
			return people{in, out}, nil
		}
	}
	return people{}, errors.New("sensors: malformed count")
}

// countedIn returns what a gate counted in a zone from from to before.
func countedIn(ctx context.Context, r store.Reader, zone ZoneID, gate DeviceID, from, before time.Time) (sum people, err error) {
	err = countSeries.Summaries(ctx, r, countChannel(zone, gate), from, before, func(summary []byte) error {
		p, err := peopleOf(summary)
		sum = sum.and(p)
		return err
	})
	return sum, err
}

// countsIn stores the counts of a batch and makes anew, of what is stored, the
// hours of the days that they belong to.
func (s *Service) countsIn(tx *store.Tx, in *intake) error {
	if len(in.counts) == 0 {
		return nil
	}
	slices.SortFunc(in.counts, func(a, b *Count) int {
		return cmp.Or(cmp.Compare(a.Zone, b.Zone), cmp.Compare(a.Device, b.Device), a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
	})
	var groups [][]*Count
	var batches []series.Batch
	for list := in.counts; len(list) > 0; {
		first, n := list[0], 1
		for n < len(list) && list[n].Device == first.Device {
			n++
		}
		points := make([]series.Point, n)
		for i, c := range list[:n] {
			points[i] = series.Point{At: c.At, Key: seqKey(c.Seq), Data: people{uint64(c.In), uint64(c.Out)}.bytes()}
		}
		groups = append(groups, list[:n])
		batches = append(batches, series.Batch{Org: first.Org, Channel: countChannel(first.Zone, first.Device), Points: points})
		list = list[n:]
	}
	fresh, err := countSeries.AppendAllIn(tx, batches)
	if err != nil {
		return err
	}
	zones, err := zonesOf(tx, groups)
	if err != nil {
		return err
	}
	days := make(map[string]*dayNews)
	for i, group := range groups {
		tellRepeated(group, batches[i].Points, fresh[i])
		if len(fresh[i]) > 0 {
			in.news[group[0].Device].measured(fresh[i])
		}
		if err := s.touch(days, zones[group[0].Zone], in.news[group[0].Device].device, fresh[i]); err != nil {
			return err
		}
	}
	return s.occupyIn(tx, days)
}

// zonesOf reads the zones in which counts were made. One that is gone is a zone
// without settings.
func zonesOf(tx *store.Tx, groups [][]*Count) (map[ZoneID]*Zone, error) {
	zones := make(map[ZoneID]*Zone)
	var ids []string
	for _, g := range groups {
		if id := g[0].Zone; zones[id] == nil {
			zones[id] = &Zone{Meta: store.Meta{ID: string(id), Org: g[0].Org}}
			ids = append(ids, string(id))
		}
	}
	for part := range slices.Chunk(ids, store.MaxLimit) {
		docs, err := zoneDocs.GetMany(tx.Context(), tx, part)
		if err != nil {
			return nil, err
		}
		for _, z := range docs {
			zones[ZoneID(z.ID)] = z
		}
	}
	return zones, nil
}

// dayNews is what is new in a day of a zone.
type dayNews struct {
	zone      *Zone
	day       day
	simulated bool
	gates     map[DeviceID]*gateNews
}

// gateNews is when a gate counted.
type gateNews struct {
	hours []time.Time // distinct, ascending
	last  time.Time
}

// touch notes to which days and hours the fresh counts of a gate belong.
func (s *Service) touch(days map[string]*dayNews, zone *Zone, gate *Device, fresh []series.Point) error {
	var d *dayNews
	for _, pt := range fresh {
		if d == nil || !pt.At.Before(d.day.before) {
			of, err := s.places.dayOf(zone.Fields, pt.At)
			if err != nil {
				return err
			}
			id := occupancyID(ZoneID(zone.ID), of.name)
			if d = days[id]; d == nil {
				d = &dayNews{zone: zone, day: of, simulated: zone.Fields.Simulated, gates: make(map[DeviceID]*gateNews)}
				days[id] = d
			}
			d.simulated = d.simulated || gate.Fields.Simulated
		}
		g := d.gates[DeviceID(gate.ID)]
		if g == nil {
			g = &gateNews{}
			d.gates[DeviceID(gate.ID)] = g
		}
		if hour := pt.At.Truncate(time.Hour); len(g.hours) == 0 || hour.After(g.hours[len(g.hours)-1]) {
			g.hours = append(g.hours, hour)
		}
		g.last = pt.At
	}
	return nil
}
