package sensors

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What can be wrong with a correction.
var (
	ErrInside = fault.Define(fault.Invalid, "sensors.correction_inside",
		"在园人数应为 0 至 {max} 的整数。", "The number inside must be a whole number from 0 to {max}.")
	ErrCorrectionReason = fault.Define(fault.Invalid, "sensors.correction_reason",
		"请写明校正的依据，不超过 {max} 个字符。", "Say what the correction is based on, in at most {max} characters.")
	ErrCorrections = fault.Define(fault.Conflict, "sensors.corrections",
		"今天已校正 {max} 次，不能再改。请检查闸机。", "There have been {max} corrections today, and there can be no more. Look at the gates.")
)

const (
	maxInside      = 1_000_000
	maxReason      = 200
	maxCorrections = 100 // of a day
)

// Correct sets the number inside a zone to what somebody counted or knows. What
// gates count from now on is added to it and taken from it; a sample of before
// that comes late is not, for who went in then was counted.
//
// Errors: ErrNotFound, ErrDenied, ErrInside, ErrCorrectionReason, ErrCorrections.
func (s *Service) Correct(ctx context.Context, by actor.Actor, id ZoneID, inside int, reason string) (*Occupancy, error) {
	reason = strings.TrimSpace(reason)
	var wrong []fault.Field
	if inside < 0 || inside > maxInside {
		wrong = append(wrong, ErrInside.At("inside", fault.P("max", maxInside)))
	}
	if reason == "" || utf8.RuneCountInString(reason) > maxReason {
		wrong = append(wrong, ErrCorrectionReason.At("reason", fault.P("max", maxReason)))
	}
	if err := fault.InvalidFields(wrong); err != nil {
		return nil, err
	}
	var out *Occupancy
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		zone, err := zoneDocs.Get(tx.Context(), tx, string(id))
		if errors.Is(err, store.ErrNotFound) {
			return ErrNotFound.New()
		}
		if err != nil {
			return err
		}
		if !by.Can(actor.AreaWrite, zone.Org) {
			if err := may(by, actor.AlarmAnswer, actor.DeviceRead, zone.Org); err != nil {
				return err
			}
		}
		out, err = s.correctIn(tx, zone, Correction{At: tx.Now(), Inside: inside, By: cmp.Or(by.Name, by.ID), Reason: reason})
		return err
	})
	return out, err
}

func (s *Service) correctIn(tx *store.Tx, zone *Zone, c Correction) (*Occupancy, error) {
	d, err := s.places.dayOf(zone.Fields, c.At)
	if err != nil {
		return nil, err
	}
	o, err := found(occupancyDocs.Get(tx.Context(), tx, occupancyID(ZoneID(zone.ID), d.name)))
	if err != nil {
		return nil, err
	}
	if o == nil {
		o = newOccupancy(zone, d)
	}
	if len(o.Corrections) >= maxCorrections {
		return nil, ErrCorrections.New(fault.P("max", maxCorrections))
	}
	o.Corrections = append(o.Corrections, c)
	slices.SortStableFunc(o.Corrections, func(a, b Correction) int { return a.At.Compare(b.At) })
	c, _ = o.corrected()
	for i := range o.Gates {
		if err := o.recountAfter(tx, &o.Gates[i], c, earlierOf(c.At.Truncate(time.Hour).Add(time.Hour), d.before)); err != nil {
			return nil, err
		}
	}
	o.total()
	if err := tx.Audit(o.Org, occupancyDocs.Name(), o.ID, "occupancy.correct", c.Reason); err != nil {
		return nil, err
	}
	return o, occupancyDocs.Put(tx, o)
}
