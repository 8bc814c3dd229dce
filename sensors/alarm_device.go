package sensors

import (
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

const (
	maxAffected = 10000 // tags that a DeviceDown counts
	maxWeighed  = 200   // tags whose relics it looks at to tell how much is at stake
)

// stakeOfPortal is the least stake of a portal that is down: nobody watches the
// way out.
const stakeOfPortal Severity = 2

// deviceDueIn is what the watch does with a device that was not heard until its
// DueAt: it counts as Down, and one alarm is raised for it and all the tags that
// it was the last to see. Those tags have no alarms of their own: what nobody
// looks at is not silent. A device in maintenance is Down without an alarm and is
// asked again after its time; one that is retired or gone is not watched any more.
// The state is written here.
func (s *Service) deviceDueIn(tx *store.Tx, st *DeviceState) error {
	device, err := found(deviceDocs.Get(tx.Context(), tx, st.ID))
	if err != nil {
		return err
	}
	at := tx.Now()
	if st.DueAt != nil {
		at = *st.DueAt
	}
	st.DueAt = nil
	if device == nil || device.Fields.Retired {
		return deviceStates.Put(tx, st)
	}
	st.Down = true
	t := s.tracker(tx, tx.Now())
	if err := t.outIn(device, st.LastHeardAt); err != nil {
		return err
	}
	if err := t.rejudge(); err != nil {
		return err
	}
	if device.Fields.Maintenance {
		next := tx.Now().Add(time.Duration(device.Fields.SilentAfterS) * time.Second)
		st.DueAt = &next
		return deviceStates.Put(tx, st)
	}
	if err := deviceStates.Put(tx, st); err != nil {
		return err
	}
	affected, stake, err := s.hangsOn(tx, device)
	if err != nil {
		return err
	}
	_, err = s.raiseAt(tx, Alarm{Meta: store.Meta{Org: device.Org}, Kind: DeviceDown, DeviceID: DeviceID(device.ID), ZoneID: device.Fields.ZoneID,
		OccurredAt: at, Certainty: Certain, Affected: affected, Ground: downGround(device.Fields.SilentAfterS, affected)}, stake)
	return err
}

// deviceHeardIn says that a device which was Down is heard again, or one that was
// Deaf sees a tag again.
func (s *Service) deviceHeardIn(tx *store.Tx, id DeviceID) error {
	if err := backIn(tx, id, tx.Now()); err != nil {
		return err
	}
	return s.clearIn(tx, OpenKey(DeviceDown, string(id)), "设备恢复 (heard again)")
}

// hangsOn counts the tags that the device was the last to see, maxAffected at the
// most, and returns what is at stake with them.
func (s *Service) hangsOn(tx *store.Tx, device *Device) (affected int, stake Severity, err error) {
	q := store.Query{Index: "byDevice", Equal: []any{device.ID}}
	if affected, err = tagStates.Count(tx.Context(), tx, q, maxAffected); err != nil {
		return 0, 0, err
	}
	q.Limit = maxWeighed
	page, err := tagStates.Find(tx.Context(), tx, q)
	if err != nil {
		return 0, 0, err
	}
	if stake = alarm.Least; device.Fields.Kind == Portal {
		stake = stakeOfPortal
	}
	for _, tag := range page.Items {
		if stake == alarm.Precious {
			break
		}
		if tag.RelicID == "" {
			continue
		}
		of, err := s.relicStake(tx, tag.RelicID)
		if err != nil {
			return 0, 0, err
		}
		stake = min(stake, of)
	}
	return affected, stake, nil
}

func downGround(seconds, affected int) heritage.Text {
	t := heritage.Text{ZH: fmt.Sprintf("设备已 %d 秒没有消息。", seconds), EN: fmt.Sprintf("The device has not been heard for %d seconds.", seconds)}
	if affected > 0 {
		t.ZH += fmt.Sprintf("最后由它看到的标签有 %d 个，其后的移动无从得知。", affected)
		t.EN += fmt.Sprintf(" It was the last to see %d tags; how they move since is not known.", affected)
	}
	return t
}
