package sensors

import (
	"cmp"
	"slices"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// How often the state of a device is written that only was heard: stateEvery,
// or more often when its silence is told within seconds.
const (
	stateEvery     = 10 * time.Second
	skewShownMS    = 1000 // a clock that is less astray than before by so much is not written for that alone
	silenceQuarter = 4
)

// stateEvery is how far LastHeardAt may be behind.
func (f DeviceFields) stateEvery() time.Duration {
	return min(stateEvery, f.silentAfter()/silenceQuarter)
}

// silentAfter is after how long without a word a device counts as down.
func (f DeviceFields) silentAfter() time.Duration {
	return time.Duration(cmp.Or(f.SilentAfterS, defaultSilentS)) * time.Second
}

// dueAfter is when a device counts as down that was heard up to the moment at
// or up to a stateEvery later, which is not written down.
func (f DeviceFields) dueAfter(at time.Time) time.Time {
	return at.Add(f.silentAfter() + f.stateEvery())
}

// news is what a batch says of a device.
type news struct {
	device *Device
	heard  time.Time // newest message, by our clock
	spoke  time.Time // newest sample of that message, by its clock; zero no sample
	state  *DeviceState
	saw    bool // a tag
	shows  bool // something that screens show has changed

	oldest, newest int64                     // of the fresh readings or counts, in milliseconds; 0 there are none
	before         int64                     // newest reading that was stored before, of any channel; 0 none
	readings       map[string][]series.Point // the fresh ones by channel, in their order
}

// hear notes that a message came from the device.
func (n *news) hear(m *Message, samples []sample) {
	if m.Received.Before(n.heard) {
		return
	}
	if m.Received.After(n.heard) {
		n.heard, n.spoke = m.Received, time.Time{}
	}
	for _, smp := range samples {
		if at := time.UnixMilli(smp.ms).UTC(); at.After(n.spoke) {
			n.spoke = at
		}
	}
}

// loadStates reads the states of the devices of a batch, and makes new ones
// for those that have none.
func (in *intake) loadStates(tx *store.Tx) error {
	ids := make([]string, 0, len(in.news))
	for id := range in.news {
		ids = append(ids, string(id))
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, store.MaxLimit) {
		states, err := deviceStates.GetMany(tx.Context(), tx, part)
		if err != nil {
			return err
		}
		for _, st := range states {
			in.news[DeviceID(st.ID)].state = st
		}
	}
	for id, n := range in.news {
		if n.state == nil {
			n.state, n.shows = &DeviceState{Meta: store.Meta{ID: string(id), Org: n.device.Org}}, true
		}
	}
	return nil
}

// statusesIn notes what statuses say. What a device has said last counts; of one
// moment the greater, so that the order in which statuses come makes no
// difference. For the same reason each later saying is written down.
func (in *intake) statusesIn() {
	for _, x := range in.statuses {
		n := in.news[x.Device]
		st := n.state
		if x.BatteryPercent >= 0 {
			known := -1
			if st.BatteryPercent != nil {
				known = *st.BatteryPercent
			}
			if cmp.Or(x.At.Compare(st.BatteryAt), cmp.Compare(x.BatteryPercent, known)) > 0 {
				st.BatteryAt, st.BatteryPercent, n.shows = x.At, &x.BatteryPercent, true
			}
		}
		if x.Firmware != "" && cmp.Or(x.At.Compare(st.FirmwareAt), cmp.Compare(x.Firmware, st.Firmware)) > 0 {
			st.FirmwareAt, st.Firmware, n.shows = x.At, x.Firmware, true
		}
	}
}

// statesIn writes the states that screens show otherwise now, and those of
// which nobody has written for a while that they were heard.
func (s *Service) statesIn(tx *store.Tx, in *intake) error {
	for _, id := range in.order {
		n := in.news[id]
		st, f := n.state, n.device.Fields
		was := *st
		if n.heard.After(st.LastHeardAt) {
			st.LastHeardAt = n.heard
			if !n.spoke.IsZero() {
				st.ClockSkewMS = n.spoke.Sub(n.heard).Milliseconds()
			}
		}
		st.ZoneID, st.Org, st.Down = f.ZoneID, n.device.Org, false
		st.Deaf = was.Deaf && !n.saw && !was.Down
		st.Last = slices.DeleteFunc(st.Last, func(v LastValue) bool { return f.channel(v.Channel) < 0 })
		slices.SortFunc(st.Last, func(a, b LastValue) int { return cmp.Compare(f.channel(a.Channel), f.channel(b.Channel)) })
		shows := n.shows || was.Down || was.Deaf != st.Deaf || was.DueAt == nil || was.ZoneID != st.ZoneID || len(was.Last) != len(st.Last) ||
			max(st.ClockSkewMS-was.ClockSkewMS, was.ClockSkewMS-st.ClockSkewMS) >= skewShownMS
		if !shows && st.LastHeardAt.Sub(was.LastHeardAt) < f.stateEvery() {
			continue
		}
		// By our time now, for while we did not listen nobody was silent.
		due := f.dueAfter(tx.Now())
		st.DueAt = &due
		if err := deviceStates.Put(tx, st); err != nil {
			return err
		}
		if was.Down || was.Deaf != st.Deaf {
			if err := s.deviceHeardIn(tx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// channel returns which channel has the name, -1 for none.
func (f DeviceFields) channel(name string) int {
	return slices.IndexFunc(f.Channels, func(c Channel) bool { return c.Name == name })
}
