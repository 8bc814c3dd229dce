package sensors

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// dryPassages judges what a reader or portal has seen pass: each passage by itself, as it was judged
// when it came. Changes of room that an order covered are not counted among the samples.
func (s *Service) dryPassages(ctx context.Context, d *Device, r *dryRun, from, before time.Time) error {
	seen, err := s.passedBy(ctx, d, from, before)
	if err != nil {
		return err
	}
	for _, x := range seen {
		if r.out.Samples++; r.out.Samples > maxDrySamples {
			r.out.Samples, r.out.Cut, r.out.Until = maxDrySamples, true, time.UnixMilli(x.At).UTC()
			return errEnough
		}
		r.state = alarm.State{}
		if err := r.step(&x, x.At); err != nil {
			return err
		}
		if r.open {
			end := time.UnixMilli(x.At).UTC()
			r.out.Episodes[len(r.out.Episodes)-1].EndedAt, r.open = &end, false
		}
	}
	return nil
}

// passedBy returns the passages of relics that a device saw, by time: those through an exit, and the
// changes of room that raised an alarm.
func (s *Service) passedBy(ctx context.Context, d *Device, from, before time.Time) (list []alarm.Sample, err error) {
	err = passageDocs.Each(ctx, s.st, store.Query{Index: "byOrg", Equal: []any{string(d.Org)}, From: from, Before: before}, func(p *Passage) error {
		if p.DeviceID != DeviceID(d.ID) || p.RelicID == "" {
			return nil
		}
		x := alarm.Sample{At: p.At.UnixMilli(), Quantity: alarm.Uncovered}
		if p.MovementID == "" {
			x.Value = 1
		}
		if list = append(list, x); len(list) > maxDrySamples {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	raised := store.Query{Index: "byOrg", Equal: []any{string(d.Org)}, From: from, Before: before.Add(clockBehind)} // some came late
	err = alarmDocs.Each(ctx, s.st, raised, func(a *Alarm) error {
		if a.Kind == UnlawfulMove && a.DeviceID == DeviceID(d.ID) && !a.OccurredAt.Before(from) && a.OccurredAt.Before(before) {
			list = append(list, alarm.Sample{At: a.OccurredAt.UnixMilli(), Quantity: alarm.Uncovered, Value: 1})
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b alarm.Sample) int { return cmp.Compare(a.At, b.At) })
	return list, err
}
