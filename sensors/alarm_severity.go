package sensors

import (
	"errors"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// The severity of an alarm follows from what is at stake and from what happened.
//
// At stake: the grade of the relic and the risk level of the place, the worse of
// the two. A relic that is not graded, or whose record is gone, counts as
// precious until somebody grades it. A place that has not been assessed says
// nothing, neither way. Without a relic and without an assessed place the lowest
// stake is taken.
//
// What happened: a relic that passes an exit or changes rooms without an order is
// the danger itself and takes the stake as it is, an exit never below 3. A tag, a
// device or a date that has merely lapsed, or a tag that somebody has copied, is a
// weaker protection, not a loss: one lower, a low battery two.
//
// Source: the levels of places after GB/T 16571-2012 and GA 27-2002, the grades
// after 文物藏品定级标准; how they join is a choice of this project. The texts of
// the standards were not seen (verified: false).
var severityRules = map[AlarmKind]alarm.Weight{
	UnlawfulExit: {Shift: 0, Lowest: 3},
	UnlawfulMove: {Shift: 0, Lowest: 4},
	Overdue:      {Shift: 1, Lowest: 4},
	TagSilent:    {Shift: 1, Lowest: 4},
	TagCopied:    {Shift: 1, Lowest: 4},
	DeviceDown:   {Shift: 1, Lowest: 4},
	LowBattery:   {Shift: 2, Lowest: 4},
}

// relicStake is the stake of a relic of the catalogue.
func (s *Service) relicStake(tx *store.Tx, id heritage.RelicID) (Severity, error) {
	relic, err := s.catalogue.RelicGlance(tx.Context(), tx, id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return 0, err
	}
	stake, _ := alarm.StakeOf(relic.Grade)
	return stake, nil
}

// severityIn reads what is at stake, stake at the least, marks the alarm as
// simulated when something in it is, and returns its severity. That of a Climate is
// stake: its rule says it.
func (s *Service) severityIn(tx *store.Tx, a *Alarm, stake Severity) (Severity, error) {
	asked := stake
	if a.RelicID != "" {
		of, err := s.relicStake(tx, a.RelicID)
		if err != nil {
			return 0, err
		}
		stake = min(stake, of)
	}
	device, err := found(deviceDocs.Get(tx.Context(), tx, string(a.DeviceID)))
	if err != nil {
		return 0, err
	}
	zones := []ZoneID{a.ZoneID, a.FromZoneID}
	if device != nil {
		a.Simulated = a.Simulated || device.Fields.Simulated
		zones = append(zones, device.Fields.ZoneID)
	}
	tag, err := found(tagDocs.Get(tx.Context(), tx, string(a.TagID)))
	if err != nil {
		return 0, err
	}
	a.Simulated = a.Simulated || tag != nil && tag.Fields.Simulated
	for _, id := range zones {
		zone, err := found(zoneDocs.Get(tx.Context(), tx, string(id)))
		if err != nil {
			return 0, err
		}
		if zone == nil {
			continue
		}
		a.Simulated = a.Simulated || zone.Fields.Simulated
		if risk := zone.Fields.Risk; risk > 0 {
			stake = min(stake, Severity(risk))
		}
	}
	if a.Kind == Climate { // the rule says it
		return asked, nil
	}
	return severityRules[a.Kind].Severity(stake), nil
}

// found turns ErrNotFound of a Get into nil: an alarm outlives what it is about.
func found[T any](doc *T, err error) (*T, error) {
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return doc, err
}
