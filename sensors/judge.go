package sensors

import (
	"math"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// lateAfter is how old a sample may be when it comes without being called late.
const lateAfter = time.Minute

// weakRSSI is the strength in dBm below which sightings alone are not certain: a
// portal hears a tag through a wall like that. A choice of this project.
const weakRSSI = -70

// certainty is that of so many sightings, the strongest of this strength.
func certainty(sightings int, strongest float64) Certainty {
	if sightings < 2 || !math.IsNaN(strongest) && strongest < weakRSSI {
		return Probable
	}
	return Certain
}

// judgeExit says by which order the relic of doc leaves, and raises the alarm
// when there is none, as the rules of passages say (judgeEvent). What is already outside may come back under an order that
// would not let it out, be it overdue. alarm is the one that was raised for the
// passage before, "" none. A tag that hung on nothing is noted only.
func (t *tracker) judgeExit(tag *Tag, doc *Passage, p passing, alarm string) error {
	doc.RelicID, doc.Carrier, doc.MovementID, doc.AlarmID = "", "", "", ""
	b, err := t.bindingAt(tag, doc.At)
	if err != nil || b == nil {
		return err
	}
	doc.RelicID, doc.Carrier = b.RelicID, b.Carrier
	cover, err := t.s.orders.Covering(t.ctx(), t.tx, doc.RelicID, doc.At)
	switch {
	case err != nil:
		return err
	case cover.Leaves(), doc.Back && cover.Moves():
		doc.MovementID = cover.Movement
		return nil
	case alarm != "":
		doc.AlarmID = alarm
		return nil
	}
	ground, err := t.exitGround(doc, p, cover)
	if err != nil {
		return err
	}
	doc.AlarmID, err = t.raiseEvent(Alarm{Meta: store.Meta{Org: tag.Org}, Kind: UnlawfulExit, RelicID: doc.RelicID, TagID: doc.TagID, Carrier: doc.Carrier,
		ZoneID: doc.ZoneID, FromZoneID: doc.FromZoneID, DeviceID: doc.DeviceID, MovementID: cover.Movement, OccurredAt: doc.At, LastAt: doc.LastAt,
		Samples: doc.Samples, Certainty: certainty(p.Sightings, p.Strongest), Ground: ground, Late: t.late(doc.At)},
		event{at: doc.At, zones: []ZoneID{doc.ZoneID}, device: doc.DeviceID})
	return err
}

// goesOn tells the open alarm of a passage that there is more of it.
func (t *tracker) goesOn(old, doc *Passage, p passing) error {
	if doc.AlarmID == "" || doc.Samples <= old.Samples || certainty(p.Sightings, p.Strongest) != Certain {
		return nil
	}
	open, err := found(alarmDocs.Get(t.ctx(), t.tx, doc.AlarmID))
	if err != nil || open == nil || open.OpenKey == "" {
		return err
	}
	_, err = t.s.raiseIn(t.tx, Alarm{Meta: store.Meta{Org: doc.Org}, Kind: UnlawfulExit, RelicID: doc.RelicID, TagID: doc.TagID, OccurredAt: doc.LastAt,
		Samples: doc.Samples - old.Samples, Certainty: Certain})
	return err
}

// judgeMove says by which order the relic of stay came to another room, and
// raises the alarm when there is none. Only a change out of or into a room where
// relics are kept needs one, and not the way back into the room that it left by
// an exit: the exit has been judged.
func (t *tracker) judgeMove(stay *Stay, m move, alarm string) error {
	here, err := t.zone(stay.ZoneID)
	if err != nil {
		return err
	}
	from, err := t.zone(stay.FromZoneID)
	if err != nil {
		return err
	}
	if stay.FromZoneID == "" || stay.FromZoneID == stay.ZoneID || here.kind() == Exit || !here.keepsRelics() && !from.keepsRelics() {
		return nil
	}
	cover, err := t.s.orders.Covering(t.ctx(), t.tx, stay.RelicID, stay.From)
	switch {
	case err != nil:
		return err
	case cover.Moves():
		stay.MovementID = cover.Movement
		return nil
	case alarm != "":
		stay.AlarmID = alarm
		return nil
	}
	device, err := t.firstSeer(stay)
	if err != nil {
		return err
	}
	ground, err := t.moveGround(stay, m, device)
	if err != nil {
		return err
	}
	stay.AlarmID, err = t.raiseEvent(Alarm{Meta: store.Meta{Org: stay.Org}, Kind: UnlawfulMove, RelicID: stay.RelicID, TagID: stay.TagID, Carrier: stay.Carrier,
		ZoneID: stay.ZoneID, FromZoneID: stay.FromZoneID, DeviceID: device, OccurredAt: stay.From, LastAt: stay.ConfirmedAt,
		Samples: m.Sightings, Certainty: certainty(m.Sightings, m.Strongest), Ground: ground, Late: t.late(stay.ConfirmedAt)},
		event{at: stay.From, zones: []ZoneID{stay.ZoneID, stay.FromZoneID}, device: device})
	return err
}

// late reports whether what happened at the moment at became known late.
func (t *tracker) late(at time.Time) bool { return t.now.Sub(at) > lateAfter }

// firstSeer returns the device that saw the tag where a stay began; "" when the
// sighting is not kept any more.
func (t *tracker) firstSeer(stay *Stay) (DeviceID, error) {
	var device DeviceID
	tag := &Tag{Meta: store.Meta{ID: string(stay.TagID)}}
	err := t.sightings(tag, stay.From, stay.From.Add(time.Millisecond), func(s sighted) error {
		if device == "" && s.seen.Zone == string(stay.ZoneID) {
			device = s.device()
		}
		return nil
	})
	return device, err
}

// kind returns the kind of a zone that may be nil: "" not known.
func (z *Zone) kind() ZoneKind {
	if z == nil {
		return ""
	}
	return z.Fields.Kind
}

// keepsRelics reports whether a zone, which may be nil, is a room where relics
// are kept or worked on.
func (z *Zone) keepsRelics() bool {
	k := z.kind()
	return k == Gallery || k == Store || k == Workshop
}

// name returns what to call a zone, which may be nil, where everybody may read
// it: the name of a store is confidential.
func (z *Zone) name() heritage.Text {
	switch {
	case z == nil:
		return heritage.Text{ZH: "已删除的区域", EN: "a zone that was removed"}
	case z.Fields.Kind == Store:
		return someStore
	}
	return inQuotes(z.Fields.Name)
}

// inQuotes puts a name into quotation marks; a missing language takes the other.
func inQuotes(n heritage.Text) heritage.Text {
	if n.EN == "" {
		n.EN = n.ZH
	}
	if n.ZH == "" {
		n.ZH = n.EN
	}
	return heritage.Text{ZH: "“" + n.ZH + "”", EN: "“" + n.EN + "”"}
}
