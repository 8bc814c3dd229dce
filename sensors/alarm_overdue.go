package sensors

import (
	"errors"
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// overdueEvery is how often orders are asked for: days count here, not seconds.
const overdueEvery = time.Minute

// watchMark is when a part of the watch has to look next. Its id is the name of
// the part.
type watchMark struct {
	store.Meta `bson:",inline"`
	NextAt     time.Time `bson:"nextAt"`
}

var watchMarks = store.Define[watchMark](store.Spec{Name: "watchmarks", Schema: 1})

// dueIn reports whether the part of the watch has to look at now, and notes when
// it has to look again.
func dueIn(tx *store.Tx, part string, now time.Time, every time.Duration) (bool, error) {
	mark, err := watchMarks.Get(tx.Context(), tx, part)
	if errors.Is(err, store.ErrNotFound) {
		mark, err = &watchMark{Meta: store.Meta{ID: part}}, nil
	}
	if err != nil || now.Before(mark.NextAt) {
		return false, err
	}
	mark.NextAt = now.Add(every)
	return true, watchMarks.Put(tx, mark)
}

// overdueIn raises an alarm, once, for each order under which something should
// have been back at now, and clears those of orders that are not overdue any more.
// The watch calls it; it does something once in overdueEvery.
func (s *Service) overdueIn(tx *store.Tx, now time.Time) error {
	due, err := dueIn(tx, "overdue", now, overdueEvery)
	if err != nil || !due {
		return err
	}
	if err := s.clearReturned(tx, now); err != nil {
		return err
	}
	orders, err := s.loans.Late(tx.Context(), tx, now, watchPage)
	if err != nil {
		return err
	}
	for _, o := range orders {
		if err := s.raiseOverdue(tx, o); err != nil {
			return err
		}
		if err := s.loans.NoteLateIn(tx, heritage.MovementID(o.ID)); err != nil {
			return err
		}
	}
	return nil
}

// raiseOverdue raises the alarm of an order. It names the gravest relic that is
// not back.
func (s *Service) raiseOverdue(tx *store.Tx, o *heritage.Movement) error {
	stake, missing := alarm.Least, 0
	var gravest heritage.RelicID
	for _, it := range o.Items {
		if it.BackAt != nil {
			continue
		}
		missing++
		if of, _ := alarm.StakeOf(string(it.Weight)); gravest == "" || of < stake {
			gravest, stake = it.RelicID, of
		}
	}
	_, err := s.raiseAt(tx, Alarm{Meta: store.Meta{Org: o.Org}, Kind: Overdue, MovementID: heritage.MovementID(o.ID), RelicID: gravest,
		OccurredAt: o.DueBack, Certainty: Certain, Simulated: o.Simulated, Affected: missing, Ground: heritage.Text{
			ZH: fmt.Sprintf("出库单 %s 已过归还期限，尚有 %d 件未归。", o.Number, missing),
			EN: fmt.Sprintf("Order %s is past its day of return; %d are still out.", o.Number, missing)}}, stake)
	return err
}

// clearReturned clears the open alarms of orders that are not overdue any more.
func (s *Service) clearReturned(tx *store.Tx, now time.Time) error {
	page, err := alarmDocs.Find(tx.Context(), tx, store.Query{Index: "open", Prefix: OpenKey(Overdue, ""), Limit: store.MaxLimit})
	if err != nil {
		return err
	}
	for _, a := range page.Items {
		o, err := s.loans.Glance(tx.Context(), tx, a.MovementID)
		switch {
		case fault.KindOf(err) == fault.NotFound:
		case err != nil:
			return err
		case o.Overdue(now):
			continue
		}
		if err := s.clearIn(tx, a.OpenKey, "已归还或不再逾期 (back, or not overdue any more)"); err != nil {
			return err
		}
	}
	return nil
}
