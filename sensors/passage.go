package sensors

import (
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/locate"
)

// Passage is a tag that went through an exit: with an order evidence, without
// one the ground of an alarm. Its id is made of tag, zone and time. What is seen
// at one exit within locate.PassageTime is one passage.
type Passage struct {
	store.Meta `bson:",inline"`
	TagID      TagID               `bson:"tagId" json:"tagId"`
	RelicID    heritage.RelicID    `bson:"relicId,omitempty" json:"relicId,omitempty"` // "" a tag that hung on nothing
	Carrier    Carrier             `bson:"carrier,omitempty" json:"carrier,omitempty"`
	ZoneID     ZoneID              `bson:"zoneId" json:"zoneId"`
	FromZoneID ZoneID              `bson:"fromZoneId,omitempty" json:"fromZoneId,omitempty"` // last zone before it that is no exit; "" none
	Back       bool                `bson:"back,omitempty" json:"back"`                       // the tag had left already: it comes back, or lies there
	DeviceID   DeviceID            `bson:"deviceId" json:"deviceId"`                         // that saw it first
	At         time.Time           `bson:"at" json:"at"`                                     // by the clock of the portal
	LastAt     time.Time           `bson:"lastAt" json:"lastAt"`                             // of the newest sighting that belongs to it
	Samples    int                 `bson:"samples" json:"samples"`                           // how many belong to it
	MovementID heritage.MovementID `bson:"movementId,omitempty" json:"movementId,omitempty"` // the order that covers it; "" none
	AlarmID    string              `bson:"alarmId,omitempty" json:"alarmId,omitempty"`       // the alarm that it raised or belongs to; "" lawful or of no relic
}

func passageID(tag, zone string, at time.Time) string {
	return fmt.Sprintf("%s/%s/%013d", tag, zone, at.UnixMilli())
}

// passages writes the passages that a course saw. When the span is gone through
// again they take the place of those that were known in it.
func (t *tracker) passages(tag *Tag, list []passing, sp span) error {
	spare, err := t.knownPassages(tag, sp)
	if err != nil {
		return err
	}
	was := make(map[string]*Passage, len(list))
	for _, p := range list {
		id := passageID(tag.ID, p.Zone, p.At)
		if was[id] = spare[id]; was[id] == nil {
			if was[id], err = found(passageDocs.Get(t.ctx(), t.tx, id)); err != nil {
				return err
			}
		}
		delete(spare, id)
	}
	for _, p := range list {
		old := was[passageID(tag.ID, p.Zone, p.At)]
		if old != nil && sp.again && sp.until.Before(p.At.Add(locate.PassageTime)) {
			// It may have gone on after the span, from where on all is as it was.
			p.LastAt, p.Sightings = old.LastAt, old.Samples
		}
		if err := t.passage(tag, p, old, spare); err != nil {
			return err
		}
	}
	for _, old := range spare {
		if err := passageDocs.Delete(t.tx, old.ID, old.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// knownPassages returns the stored passages that began in a span which is gone
// through again, by their ids.
func (t *tracker) knownPassages(tag *Tag, sp span) (map[string]*Passage, error) {
	if !sp.again {
		return nil, nil
	}
	known := make(map[string]*Passage)
	q := store.Query{Index: "byTag", Equal: []any{tag.ID}, From: laterOf(sp.after, time.UnixMilli(0)), Before: sp.until}
	err := passageDocs.Each(t.ctx(), t.tx, q, func(p *Passage) error {
		known[p.ID] = p
		return nil
	})
	return known, err
}

// passage writes one passage; old is what was known of it, nil nothing. One that
// is new, or comes from elsewhere than was known, is judged; one that has only
// been dated anew takes over the alarm of the spare one that it was before.
func (t *tracker) passage(tag *Tag, p passing, old *Passage, spare map[string]*Passage) error {
	doc := &Passage{Meta: store.Meta{ID: passageID(tag.ID, p.Zone, p.At), Org: tag.Org}, TagID: TagID(tag.ID), ZoneID: ZoneID(p.Zone), At: p.At}
	if old != nil {
		*doc = *old
	}
	doc.LastAt, doc.Samples = p.LastAt, p.Sightings
	if p.begun {
		doc.FromZoneID, doc.Back, doc.DeviceID = ZoneID(p.inner), p.back, p.device
	}
	switch {
	case old != nil && old.FromZoneID == doc.FromZoneID && old.Back == doc.Back:
		if err := t.goesOn(old, doc, p); err != nil {
			return err
		}
		if *old == *doc {
			return nil
		}
	default:
		alarm := doc.AlarmID
		for _, s := range spare {
			if alarm == "" && s.ZoneID == doc.ZoneID && s.At.Sub(doc.At).Abs() < locate.PassageTime {
				alarm = s.AlarmID
			}
		}
		if err := t.judgeExit(tag, doc, p, alarm); err != nil {
			return err
		}
	}
	return passageDocs.Put(t.tx, doc)
}
