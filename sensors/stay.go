package sensors

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// Stay is a time that a tag spent in a zone. Its id is made of tag, start and
// zone. What the tag hung on is that of its start.
type Stay struct {
	store.Meta  `bson:",inline"`
	TagID       TagID               `bson:"tagId" json:"tagId"`
	RelicID     heritage.RelicID    `bson:"relicId,omitempty" json:"relicId,omitempty"`
	Carrier     Carrier             `bson:"carrier,omitempty" json:"carrier,omitempty"`
	ZoneID      ZoneID              `bson:"zoneId" json:"zoneId"`
	FromZoneID  ZoneID              `bson:"fromZoneId,omitempty" json:"fromZoneId,omitempty"` // last zone before it that is no exit; "" none
	From        time.Time           `bson:"from" json:"from"`
	ConfirmedAt time.Time           `bson:"confirmedAt" json:"confirmedAt"`                   // when the dwell had passed
	Until       *time.Time          `bson:"until,omitempty" json:"until,omitempty"`           // nil: still there
	MovementID  heritage.MovementID `bson:"movementId,omitempty" json:"movementId,omitempty"` // the order under which the relic came here; "" none
	AlarmID     string              `bson:"alarmId,omitempty" json:"alarmId,omitempty"`       // the alarm that its coming raised or belongs to; "" none
}

// stayReach is how long before its confirmation a stay may have begun.
const stayReach = maxDwellS*time.Second + time.Second

func stayID(tag string, from time.Time, zone string) string {
	return fmt.Sprintf("%s/%013d/%s", tag, from.UnixMilli(), zone)
}

// stays writes the stays that moves began, in the place of those that were
// confirmed in the span, and returns the newest of the tag. One that is new, or
// comes from elsewhere than was known, is judged.
func (t *tracker) stays(tag *Tag, moves []move, sp span) (*Stay, error) {
	was, before, next, err := t.knownStays(tag, sp)
	if err != nil {
		return nil, err
	}
	var list []*Stay
	if before != nil {
		list = append(list, &Stay{})
		*list[0] = *before
	}
	arrived := make(map[string]move, len(moves))
	for _, m := range moves {
		stay := &Stay{Meta: store.Meta{ID: stayID(tag.ID, m.Since, m.To), Org: tag.Org}, TagID: TagID(tag.ID), ZoneID: ZoneID(m.To),
			FromZoneID: ZoneID(m.inner), From: m.Since, ConfirmedAt: m.At}
		arrived[stay.ID] = m
		list = append(slices.DeleteFunc(list, func(s *Stay) bool { return s.ID == stay.ID }), stay)
	}
	for i, stay := range list {
		stay.Until = nil
		if i+1 < len(list) {
			stay.Until = &list[i+1].From
		} else if next != nil {
			stay.Until = &next.From
		}
	}
	spare := make(map[string]*Stay, len(was)) // what is not there any more
	for id, s := range was {
		spare[id] = s
	}
	for _, stay := range list {
		delete(spare, stay.ID)
	}
	for _, stay := range list {
		old := was[stay.ID]
		if m, ok := arrived[stay.ID]; ok {
			if err := t.arrive(tag, stay, old, m, spare); err != nil {
				return nil, err
			}
		}
		if old == nil || !old.same(stay) {
			if err := stayDocs.Put(t.tx, stay); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range spare {
		if err := stayDocs.Delete(t.tx, s.ID, s.Rev, ""); err != nil {
			return nil, err
		}
	}
	if next == nil && len(list) > 0 {
		return list[len(list)-1], nil
	}
	return t.newestStay(tag)
}

// knownStays returns the stored stays of the span and the one before it by their
// ids, and the one before and the one after it; nil when there is none.
func (t *tracker) knownStays(tag *Tag, sp span) (was map[string]*Stay, before, next *Stay, err error) {
	from := laterOf(sp.after.Add(-stayReach), time.UnixMilli(0))
	before, err = found(stayDocs.One(t.ctx(), t.tx, store.Query{Index: "byTag", Equal: []any{tag.ID}, Before: from, Reverse: true}))
	if err != nil {
		return nil, nil, nil, err
	}
	was = make(map[string]*Stay)
	err = stayDocs.Each(t.ctx(), t.tx, store.Query{Index: "byTag", Equal: []any{tag.ID}, From: from}, func(s *Stay) error {
		switch {
		case s.before(sp.after, sp.again):
			before = s
		case s.before(sp.until, true):
			was[s.ID] = s
		default:
			next = s
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	if before != nil {
		was[before.ID] = before
	}
	return was, before, next, err
}

// errEnough ends an Each.
var errEnough = errors.New("sensors: enough")

// before reports whether s was confirmed before the moment at or by the time that
// had passed then; one that a sighting at that moment began is not, unless
// sightings of the moment count too.
func (s *Stay) before(at time.Time, sightingsLater bool) bool {
	if s.ConfirmedAt.Equal(at) {
		return !sightingsLater || s.From.Before(at)
	}
	return s.ConfirmedAt.Before(at)
}

func (t *tracker) newestStay(tag *Tag) (*Stay, error) {
	return found(stayDocs.One(t.ctx(), t.tx, store.Query{Index: "byTag", Equal: []any{tag.ID}, Reverse: true}))
}

// same reports whether two stays of one id say the same.
func (s *Stay) same(o *Stay) bool {
	ends := s.Until == nil && o.Until == nil || s.Until != nil && o.Until != nil && s.Until.Equal(*o.Until)
	return ends && s.RelicID == o.RelicID && s.Carrier == o.Carrier && s.FromZoneID == o.FromZoneID && s.ConfirmedAt.Equal(o.ConfirmedAt) &&
		s.MovementID == o.MovementID && s.AlarmID == o.AlarmID
}

// overlaps reports whether both are of one zone and have time in common.
func (s *Stay) overlaps(o *Stay) bool {
	return s.ZoneID == o.ZoneID && (s.Until == nil || o.From.Before(*s.Until)) && (o.Until == nil || s.From.Before(*o.Until))
}

// arrive fills a stay that a move began: from old when it was known to come from
// there, else by judging it. A change that has only been dated anew takes over the
// alarm of the spare stay that it was before.
func (t *tracker) arrive(tag *Tag, stay, old *Stay, m move, spare map[string]*Stay) error {
	alarm := ""
	if old != nil {
		stay.Meta, alarm = old.Meta, old.AlarmID
		if old.FromZoneID == stay.FromZoneID {
			stay.RelicID, stay.Carrier, stay.MovementID, stay.AlarmID = old.RelicID, old.Carrier, old.MovementID, old.AlarmID
			return nil
		}
	}
	for _, id := range slices.Sorted(maps.Keys(spare)) {
		if s := spare[id]; alarm == "" && s.AlarmID != "" && s.overlaps(stay) {
			alarm = s.AlarmID
			taken := *s
			taken.AlarmID = ""
			spare[id] = &taken
		}
	}
	b, err := t.bindingAt(tag, stay.From)
	if err != nil || b == nil {
		return err
	}
	stay.RelicID, stay.Carrier = b.RelicID, b.Carrier
	return t.judgeMove(stay, m, alarm)
}

// bindingAt returns what the tag hung on at the moment at, nil on nothing.
func (t *tracker) bindingAt(tag *Tag, at time.Time) (*Binding, error) {
	if tag.Binding != nil && !at.Before(tag.Binding.From) {
		return tag.Binding, nil
	}
	rec, err := found(bindingDocs.One(t.ctx(), t.tx, store.Query{Index: "byTag", Equal: []any{tag.ID}, Before: at.Add(time.Millisecond), Reverse: true}))
	if err != nil || rec == nil || rec.Until != nil && !at.Before(*rec.Until) {
		return nil, err
	}
	return &rec.Binding, nil
}
