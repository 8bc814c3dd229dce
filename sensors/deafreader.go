package sensors

import (
	"errors"
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/locate"
)

// How many tags of a zone are compared to tell a reader that sees nothing from tags
// that are silent, and among how many they are looked for.
const (
	maxUnseen = 50
	maxLooked = 1000
)

// deaf finds out whether it is the readers of a zone that see nothing any more, and
// not the tag that is silent: then each reader that works has an alarm as if it
// were down, though it still speaks.
func (t *tracker) deaf(st *TagState) (bool, error) {
	var tags []locate.Unseen
	looked, saw := 0, time.Time{}
	err := tagStates.Each(t.ctx(), t.tx, store.Query{Index: "byZone", Equal: []any{string(st.ZoneID)}, Limit: maxUnseen}, func(o *TagState) error {
		if looked++; len(tags) == maxUnseen || looked > maxLooked {
			return errEnough
		}
		if o.Silent || o.Gone || o.LastSeenAt == nil {
			return nil
		}
		if err := t.catchUp(&Tag{Meta: store.Meta{ID: o.ID}}, o); err != nil {
			return err
		}
		saw = laterOf(saw, o.seenAt())
		tags = append(tags, locate.Unseen{For: t.now.Sub(o.seenAt()), Pace: time.Duration(o.PaceMS) * time.Millisecond})
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return false, err
	}
	if !locate.Deaf(tags) {
		return false, nil
	}
	page, err := deviceDocs.Find(t.ctx(), t.tx, store.Query{Index: "byZone", Equal: []any{string(st.ZoneID)}, Limit: dueAtOnce})
	if err != nil {
		return false, err
	}
	for _, d := range page.Items {
		if f := d.Fields; f.Retired || f.Maintenance || f.Kind != Reader && f.Kind != Portal {
			continue
		}
		if err := t.deafen(d, len(tags), saw); err != nil {
			return false, err
		}
	}
	return true, nil
}

// deafen marks a reader that works as one that has seen nothing since the moment saw,
// and raises its alarm.
func (t *tracker) deafen(d *Device, unseen int, saw time.Time) error {
	state, err := found(deviceStates.Get(t.ctx(), t.tx, d.ID))
	if err != nil || state == nil || state.Down || state.Deaf {
		return err
	}
	state.Deaf = true
	if err := deviceStates.Put(t.tx, state); err != nil {
		return err
	}
	if err := t.outIn(d, saw); err != nil {
		return err
	}
	affected, stake, err := t.s.hangsOn(t.tx, d)
	if err != nil {
		return err
	}
	_, err = t.s.raiseAt(t.tx, Alarm{Meta: store.Meta{Org: d.Org}, Kind: DeviceDown, DeviceID: DeviceID(d.ID), ZoneID: d.Fields.ZoneID,
		OccurredAt: t.now, Certainty: Probable, Affected: max(affected, unseen), Ground: heritage.Text{
			ZH: fmt.Sprintf("设备仍有消息，但其区域内的 %d 个标签同时不再被读到。请检查天线、馈线和供电，并到现场核对器物。", unseen),
			EN: fmt.Sprintf("The device still speaks, but none of the %d tags in its zone is seen any more. Check antenna, cable and power, and look at the objects on site.", unseen)}}, stake)
	return err
}
