package sensors

import (
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// Battery of a tag, in percent: below lowPercent it is low, until finePercent.
const (
	lowPercent  = 20
	finePercent = 30
)

// charge is what sightings say of the battery of a tag, in whatever order they
// are heard: the newest percent, and whether it is low by the newest that decides
// it. Of one moment the lower counts. Zero times: nothing was said.
type charge struct {
	at, judgedAt time.Time
	percent      int
	low          bool
}

func (c *charge) hear(s sighted) {
	if s.battery < 0 {
		return
	}
	if s.at.After(c.at) || s.at.Equal(c.at) && s.battery < c.percent {
		c.at, c.percent = s.at, s.battery
	}
	low := s.battery < lowPercent
	if !low && s.battery < finePercent {
		return
	}
	if s.at.After(c.judgedAt) || s.at.Equal(c.judgedAt) && low {
		c.judgedAt, c.low = s.at, low
	}
}

// charge returns what is known of the battery.
func (st *TagState) charge() charge {
	var c charge
	if st.BatteryAt != nil && st.BatteryPercent != nil {
		c.at, c.percent = *st.BatteryAt, *st.BatteryPercent
	}
	if st.JudgedAt != nil {
		c.judgedAt, c.low = *st.JudgedAt, st.LowBattery
	}
	return c
}

// charged returns what is known of the battery after more sightings, and whether
// a screen shows the difference.
func (st *TagState) charged(more []sighted) (c charge, shows bool) {
	c = st.charge()
	was := c
	for _, s := range more {
		c.hear(s)
	}
	return c, c.percent != was.percent || c.low != was.low || was.at.IsZero() != c.at.IsZero()
}

// power writes what is known of the battery and raises or clears the alarm. What
// hangs on nothing raises none.
func (t *tracker) power(tag *Tag, st *TagState, c charge) error {
	was := st.LowBattery
	if !c.at.IsZero() {
		st.BatteryAt, st.BatteryPercent = &c.at, &c.percent
	}
	if !c.judgedAt.IsZero() {
		st.JudgedAt, st.LowBattery = &c.judgedAt, c.low
	}
	switch {
	case st.LowBattery && !was && tag.Binding != nil:
		return t.raiseLow(tag, st, c.judgedAt)
	case was && !st.LowBattery:
		return t.s.clearIn(t.tx, OpenKey(LowBattery, tag.ID), "电量恢复 (charged again)")
	}
	return nil
}

func (t *tracker) raiseLow(tag *Tag, st *TagState, at time.Time) error {
	percent := 0
	if st.BatteryPercent != nil {
		percent = *st.BatteryPercent
	}
	_, err := t.s.raiseIn(t.tx, Alarm{Meta: store.Meta{Org: tag.Org}, Kind: LowBattery, RelicID: tag.Binding.RelicID, TagID: TagID(tag.ID),
		Carrier: tag.Binding.Carrier, ZoneID: st.ZoneID, DeviceID: st.LastDevice, OccurredAt: at, Certainty: Certain,
		Ground: lowGround(percent), Late: t.late(at)})
	return err
}

func lowGround(percent int) heritage.Text {
	return heritage.Text{ZH: fmt.Sprintf("标签电量 %d%%，低于 %d%%。请更换电池，以免其失联。", percent, lowPercent),
		EN: fmt.Sprintf("The battery of the tag is at %d %%, below %d %%. Change it before the tag falls silent.", percent, lowPercent)}
}
