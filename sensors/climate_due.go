package sensors

import (
	"errors"
	"time"

	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// climateDueIn does what time alone does to rules at the moment now: it finds instruments
// silent. hearing is since when what they say comes in: nobody is silent for a time in
// which we did not listen.
func (s *Service) climateDueIn(tx *store.Tx, now, hearing time.Time) error {
	page, err := climateStates.Find(tx.Context(), tx, store.Query{Index: "byDue", Before: now.Add(time.Millisecond), Limit: watchPage})
	if err != nil {
		return err
	}
	c := s.climate(tx, now)
	for _, st := range page.Items {
		if err := c.due(st, hearing); err != nil {
			return err
		}
	}
	return nil
}

func (c *climate) due(st *ClimateState, hearing time.Time) error {
	d, err := found(deviceDocs.Get(c.tx.Context(), c.tx, st.ID))
	if err != nil {
		return err
	}
	var j *judging
	if d != nil && !d.Fields.Retired {
		if j, err = c.open(d); err != nil {
			return err
		}
	}
	if j == nil { // it is gone, or no rule concerns it
		st.DueAt = nil
		return climateStates.Put(c.tx, st)
	}
	newest, err := j.newest()
	if err != nil {
		return err
	}
	if newest > j.course.Until { // read again what the state is behind by
		if err := j.advance(j.course.Until+1, newest); err != nil {
			return err
		}
	}
	if again, wait := j.listening(hearing); wait {
		return j.save(&again)
	}
	var failed error
	j.course.Tick(c.now.UnixMilli(), func(e *alarm.Entry, ch alarm.Change) {
		if failed == nil {
			failed = j.tell(e, ch)
		}
	})
	if failed != nil {
		return failed
	}
	return j.save(nil)
}

// listening reports whether it was not listened for long enough to call the instrument silent, and
// when it will have been.
func (j *judging) listening(hearing time.Time) (until time.Time, wait bool) {
	last := time.UnixMilli(j.course.Until)
	due, ok := j.course.Due(j.now.UnixMilli())
	if !ok || !last.Before(hearing) {
		return time.Time{}, false
	}
	until = hearing.Add(time.UnixMilli(due).Sub(last)).UTC()
	return until, until.After(j.now)
}

// newest is the moment of the newest reading or count, 0 when none is known.
func (j *judging) newest() (at int64, err error) {
	if j.device.Fields.Kind == Gate {
		p, err := countSeries.Last(j.tx.Context(), j.tx, countChannel(j.device.Fields.ZoneID, DeviceID(j.device.ID)))
		if errors.Is(err, store.ErrNotFound) {
			return 0, nil
		}
		return p.At.UnixMilli(), err
	}
	st, err := found(deviceStates.Get(j.tx.Context(), j.tx, j.device.ID))
	if err != nil || st == nil {
		return 0, err
	}
	for _, v := range st.Last {
		at = max(at, v.At.UnixMilli())
	}
	return at, nil
}
