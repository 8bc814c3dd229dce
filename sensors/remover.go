package sensors

import (
	"errors"
	"slices"
	"strings"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// remover is one batch of retention: what is older than before goes, unless
// something that is open needs it.
type remover struct {
	s           *Service
	tx          *store.Tx
	now, before time.Time
	open        map[actor.OrgID][]*Alarm // that were looked up
}

// openAlarms returns the open alarms of an organisation.
func (k *remover) openAlarms(org actor.OrgID) ([]*Alarm, error) {
	if list, ok := k.open[org]; ok {
		return list, nil
	}
	list := []*Alarm{}
	err := alarmDocs.Each(k.tx.Context(), k.tx, store.Query{Index: "byOpen", Equal: []any{string(org), true}}, func(a *Alarm) error {
		list = append(list, a)
		return nil
	})
	if k.open == nil {
		k.open = make(map[actor.OrgID][]*Alarm)
	}
	k.open[org] = list
	return list, err
}

// alarmed reports whether an open alarm of the organisation is one that fits says.
func (k *remover) alarmed(org actor.OrgID, fits func(*Alarm) bool) (bool, error) {
	list, err := k.openAlarms(org)
	return err == nil && slices.ContainsFunc(list, fits), err
}

// out reports whether a relic is out under a movement order.
func (k *remover) out(relic heritage.RelicID) (bool, error) {
	if relic == "" {
		return false, nil
	}
	cover, err := k.s.orders.Covering(k.tx.Context(), k.tx, relic, k.now)
	return cover.Movement != "", err
}

// tagNeeded reports whether an open alarm or movement needs the way of a tag.
func (k *remover) tagNeeded(org actor.OrgID, tag string) (bool, error) {
	relics := map[heritage.RelicID]bool{}
	err := bindingDocs.Each(k.tx.Context(), k.tx, store.Query{Index: "byTag", Equal: []any{tag}}, func(b *BindingRecord) error {
		relics[b.Binding.RelicID] = true
		return nil
	})
	if err != nil {
		return false, err
	}
	needed, err := k.alarmed(org, func(a *Alarm) bool { return string(a.TagID) == tag || a.RelicID != "" && relics[a.RelicID] })
	if err != nil || needed {
		return needed, err
	}
	for relic := range relics {
		if needed, err := k.out(relic); err != nil || needed {
			return needed, err
		}
	}
	return false, nil
}

// evidenceNeeded reports whether an open alarm or movement needs a stay or a
// passage of a relic.
func (k *remover) evidenceNeeded(org actor.OrgID, tag TagID, relic heritage.RelicID, movement heritage.MovementID, alarm string) (bool, error) {
	needed, err := k.alarmed(org, func(a *Alarm) bool { return a.ID == alarm || a.TagID == tag || relic != "" && a.RelicID == relic })
	if err != nil || needed {
		return needed, err
	}
	if movement != "" {
		order, err := k.s.loans.Glance(k.tx.Context(), k.tx, movement)
		switch {
		case err == nil && !order.State.Closed():
			return true, nil
		case err != nil && !errors.Is(err, heritage.ErrNotFound):
			return false, err
		}
	}
	return k.out(relic)
}

func (k *remover) sightings(after string) (looked, error) {
	return k.channels(sightingSeries, after, func(c series.Channel) (time.Time, error) {
		if needed, err := k.tagNeeded(c.Org, c.Name); err != nil || needed {
			return time.Time{}, err
		}
		// A late sighting is stepped from the hour before it in which the tag was seen.
		last, err := sightingSeries.LastBefore(k.tx.Context(), k.tx, c.Name, k.before)
		if errors.Is(err, store.ErrNotFound) {
			return time.Time{}, nil
		}
		return last.At, err
	})
}

func (k *remover) readings(after string) (looked, error) {
	return k.channels(readingSeries, after, func(c series.Channel) (time.Time, error) {
		device, _, _ := strings.Cut(c.Name, "/")
		return k.unlessAlarmed(c.Org, DeviceID(device))
	})
}

func (k *remover) counts(after string) (looked, error) {
	return k.channels(countSeries, after, func(c series.Channel) (time.Time, error) {
		_, gate, _ := strings.Cut(c.Name, "/")
		return k.unlessAlarmed(c.Org, DeviceID(gate))
	})
}

// unlessAlarmed returns before, the zero time while an open alarm is about a
// device.
func (k *remover) unlessAlarmed(org actor.OrgID, device DeviceID) (time.Time, error) {
	if needed, err := k.alarmed(org, func(a *Alarm) bool { return a.DeviceID == device || a.Members.Has(string(device)) }); err != nil || needed {
		return time.Time{}, err
	}
	return k.before, nil
}

// looked is how far a step has come.
type looked struct {
	last    string // thing that was looked at; the next step goes on behind it
	more    bool   // there may be more behind it
	removed int    // documents
}

// channels forgets what is old of channels. until says from when on a channel is
// kept; the zero time keeps all of it.
func (k *remover) channels(s *series.Series, after string, until func(series.Channel) (time.Time, error)) (looked, error) {
	l := looked{last: after, more: true}
	for i := 0; i < retentionBatch && l.removed < retentionBatch; i++ {
		c, ok, err := s.Next(k.tx.Context(), k.tx, l.last)
		if err != nil || !ok {
			l.more = false
			return l, err
		}
		if c.Oldest.Before(k.before) {
			end, err := until(c)
			if err != nil {
				return l, err
			}
			if !end.IsZero() {
				n, err := s.ForgetIn(k.tx, c.Name, end, retentionBatch)
				if l.removed += n; err != nil || n == retentionBatch {
					return l, err // there may be more of it
				}
			}
		}
		l.last = c.Name
	}
	return l, nil
}

// documents removes the old ones of a collection, in the order of their ids.
func documents[T any](k *remover, docs *store.Collection[T], after string, old func(*T) (bool, error)) (looked, error) {
	l := looked{last: after}
	q := store.Query{Index: store.ByID, Limit: retentionBatch}
	if after != "" {
		q.From = after + "\x00" // the least that is greater
	}
	page, err := docs.Find(k.tx.Context(), k.tx, q)
	if err != nil {
		return l, err
	}
	for _, doc := range page.Items {
		meta := any(doc).(interface{ Head() *store.Meta }).Head()
		l.last = meta.ID
		gone, err := old(doc)
		if err != nil {
			return l, err
		}
		if !gone {
			continue
		}
		if err := docs.Delete(k.tx, meta.ID, meta.Rev, ""); err != nil {
			return l, err
		}
		l.removed++
	}
	l.more = page.Next != ""
	return l, nil
}

func (k *remover) stays(after string) (looked, error) {
	return documents(k, stayDocs, after, func(s *Stay) (bool, error) {
		if s.Until == nil || !s.Until.Before(k.before) {
			return false, nil
		}
		needed, err := k.evidenceNeeded(s.Org, s.TagID, s.RelicID, s.MovementID, s.AlarmID)
		return !needed, err
	})
}

func (k *remover) passages(after string) (looked, error) {
	return documents(k, passageDocs, after, func(p *Passage) (bool, error) {
		if !p.LastAt.Before(k.before) {
			return false, nil
		}
		needed, err := k.evidenceNeeded(p.Org, p.TagID, p.RelicID, p.MovementID, p.AlarmID)
		return !needed, err
	})
}

func (k *remover) deliveries(after string) (looked, error) {
	return documents(k, deliveryDocs, after, func(d *Delivery) (bool, error) {
		if d.State == Waiting || !d.UpdatedAt.Before(k.before) {
			return false, nil
		}
		needed, err := k.alarmed(d.Org, func(a *Alarm) bool { return a.ID == d.AlarmID })
		return !needed, err
	})
}

func (k *remover) refusals(after string) (looked, error) {
	return documents(k, refusalDocs, after, func(r *Refusal) (bool, error) { return r.LastAt.Before(k.before), nil })
}
