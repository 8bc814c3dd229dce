package sensors

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// house is a small museum: a store, two galleries, a workshop, a corridor and
// two exits, each with a reader named after it, two tags on relics (aa01 on the
// box of jar, aa02 on the body of bell) and one on nothing (aa09).
type house struct {
	*alarmWorld
	start  time.Time
	orders []order
	seq    int64

	hearing time.Time // since when the watch hears
}

// order is a movement order from a moment to another.
type order struct {
	id       heritage.MovementID
	relic    heritage.RelicID
	from, to time.Time
	outside  bool
	due      time.Time // zero: at its end
}

var houseZones = map[ZoneID]ZoneFields{
	"store":    {Name: heritage.Text{ZH: "地下二号库", EN: "Vault 2"}, Kind: Store, DwellS: 5},
	"hall":     {Name: heritage.Text{ZH: "青铜厅", EN: "Bronze hall"}, Kind: Gallery, DwellS: 3},
	"hall2":    {Name: heritage.Text{ZH: "玉器厅", EN: "Jade hall"}, Kind: Gallery, DwellS: 3},
	"lab":      {Name: heritage.Text{ZH: "修复室", EN: "Workshop"}, Kind: Workshop},
	"corridor": {Name: heritage.Text{ZH: "走廊", EN: "Corridor"}, Kind: Passageway, DwellS: 2},
	"lift":     {Name: heritage.Text{ZH: "电梯", EN: "Lift"}, Kind: Passageway, DwellS: 2},
	"exit":     {Name: heritage.Text{ZH: "东门", EN: "East door"}, Kind: Exit},
	"exit2":    {Name: heritage.Text{ZH: "西门", EN: "West door"}, Kind: Exit},
}

func newHouse(t *testing.T) *house { return newHouseIn(newAlarmWorld(t)) }

func newHouseIn(w *alarmWorld) *house {
	h := &house{alarmWorld: w, start: w.at}
	w.s.orders = h
	w.relics["jar"], w.relics["bell"] = "grade-2", "general"
	w.in(func(tx *store.Tx) error { return h.furnish(tx) })
	h.tag("aa01", "jar", OnBox)
	h.tag("aa02", "bell", OnBody)
	h.tag("aa09", "", "")
	return h
}

func (h *house) furnish(tx *store.Tx) error {
	for id, f := range houseZones {
		z := &Zone{Meta: store.Meta{ID: string(id), Org: "demo-museum"}, Fields: f}
		z.Fields.Simulated = true
		d := &Device{Meta: store.Meta{ID: "r-" + string(id), Org: "demo-museum"}, Fields: DeviceFields{Kind: Reader, ZoneID: id, SilentAfterS: 120,
			Name: heritage.Text{ZH: f.Name.ZH + "读写器", EN: f.Name.EN + " reader"}}}
		st := &DeviceState{Meta: store.Meta{ID: d.ID, Org: d.Org}, ZoneID: id, LastHeardAt: tx.Now()}
		if err := zoneDocs.Put(tx, z); err != nil {
			return err
		}
		if err := deviceDocs.Put(tx, d); err != nil {
			return err
		}
		if err := deviceStates.Put(tx, st); err != nil {
			return err
		}
	}
	return nil
}

// tag registers a tag that hangs on a relic, "" on nothing, since a day.
func (h *house) tag(id TagID, relic heritage.RelicID, on Carrier) {
	h.Helper()
	h.in(func(tx *store.Tx) error {
		tag := &Tag{Meta: store.Meta{ID: string(id), Org: "demo-museum"}, Fields: TagFields{Kind: ActiveBLE, Simulated: true}}
		if relic != "" {
			tag.Binding = &Binding{ID: "b-" + tag.ID, RelicID: relic, Carrier: on, From: h.start.Add(-24 * time.Hour)}
			rec := &BindingRecord{Meta: store.Meta{ID: tag.Binding.ID, Org: tag.Org}, TagID: id, OpenTag: id, Binding: *tag.Binding}
			if err := bindingDocs.Put(tx, rec); err != nil {
				return err
			}
		}
		return tagDocs.Put(tx, tag)
	})
}

// Covering implements Orders.
func (h *house) Covering(_ context.Context, _ store.Reader, relic heritage.RelicID, at time.Time) (heritage.Cover, error) {
	for _, o := range h.orders {
		if o.relic == relic && !at.Before(o.from) && at.Before(o.to) {
			return heritage.Cover{Movement: o.id, Outside: o.outside, Overdue: !o.due.IsZero() && at.After(o.due)}, nil
		}
	}
	return heritage.Cover{}, nil
}

// sec returns the moment so many seconds after the start.
func (h *house) sec(s float64) time.Time {
	return h.start.Add(time.Duration(math.Round(s*1000)) * time.Millisecond)
}

// seen is a sighting by the reader of a zone, from now on with a running number.
func (h *house) seen(s float64, zone ZoneID, tag TagID, rssi float64) Sighting {
	h.seq++
	return Sighting{Source: Source{Org: "demo-museum", Device: DeviceID("r-" + zone), Kind: Reader, Zone: zone, Seq: h.seq, At: h.sec(s), Received: h.now()},
		Tag: tag, RSSI: rssi, BatteryPercent: -1}
}

// take gives sightings to the tracking as the pipeline does.
func (h *house) take(sightings ...Sighting) {
	h.Helper()
	slices.SortStableFunc(sightings, func(a, b Sighting) int { return a.At.Compare(b.At) })
	h.in(func(tx *store.Tx) error { return h.s.trackIn(tx, sightings) })
}

// watch lets the clock stand so many seconds after the start and the watch look.
func (h *house) watch(s float64) {
	h.Helper()
	h.clock(s)
	h.in(func(tx *store.Tx) error { return h.s.tagsDueIn(tx, tx.Now(), h.hearing) })
}

func (h *house) clock(s float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.sec(s)
}

// run lets time pass until so many seconds after the start, the watch looking
// four times a second.
func (h *house) run(until float64) {
	h.Helper()
	for s := h.now().Sub(h.start).Seconds() + 0.25; s < until; s += 0.25 {
		h.watch(s)
	}
	h.watch(until)
}

func (h *house) state(tag TagID) *TagState {
	h.Helper()
	st, err := tagStates.Get(h.Context(), h.st, string(tag))
	h.must(err)
	return st
}

func (h *house) staysOf(tag TagID) (list []*Stay) {
	h.Helper()
	h.must(stayDocs.Each(h.Context(), h.st, store.Query{Index: "byTag", Equal: []any{string(tag)}}, func(s *Stay) error {
		list = append(list, s)
		return nil
	}))
	return list
}

func (h *house) passagesOf(tag TagID) (list []*Passage) {
	h.Helper()
	h.must(passageDocs.Each(h.Context(), h.st, store.Query{Index: "byTag", Equal: []any{string(tag)}}, func(p *Passage) error {
		list = append(list, p)
		return nil
	}))
	return list
}

func (h *house) alarmsOf(org actor.OrgID) (list []*Alarm) {
	h.Helper()
	h.must(alarmDocs.Each(h.Context(), h.st, store.Query{Index: "byOrg", Equal: []any{string(org)}}, func(a *Alarm) error {
		list = append(list, a)
		return nil
	}))
	return list
}

// said returns what the house shows of a tag in the words of scripts.
func (h *house) said(tag TagID) string {
	h.Helper()
	st := h.state(tag)
	var parts []string
	parts = append(parts, "in "+string(st.ZoneID))
	if st.Gone {
		parts = append(parts, "gone")
	}
	if st.Silent {
		parts = append(parts, "silent")
	}
	for _, p := range h.passagesOf(tag) {
		how := "unlawful"
		switch {
		case p.MovementID != "":
			how = "under " + string(p.MovementID)
		case p.RelicID == "":
			how = "of nothing"
		case p.AlarmID == "":
			how = "unheeded"
		}
		parts = append(parts, fmt.Sprintf("passage %s %g x%d %s", p.ZoneID, p.At.Sub(h.start).Seconds(), p.Samples, how))
	}
	for _, a := range h.alarmsOf("demo-museum") {
		if a.TagID == tag {
			parts = append(parts, fmt.Sprintf("alarm %s %s %s", a.Kind, a.Certainty, a.State))
		}
	}
	return strings.Join(parts, "; ")
}

// play plays a script, one line after the other at its time:
//
//	12.5 hall sees aa01 -45      the reader of a zone sees a tag, so strongly
//	12.5 hall sees aa01          likewise, strength unknown
//	20 aa01: in hall; …          what is then said of a tag
//	# …                          a remark
func (h *house) play(script string) {
	h.Helper()
	for _, line := range strings.Split(strings.TrimSpace(script), "\n") {
		line = strings.TrimSpace(line)
		at, rest, _ := strings.Cut(line, " ")
		if at == "#" || line == "" {
			continue
		}
		s, err := strconv.ParseFloat(at, 64)
		h.must(err)
		h.run(s)
		if tag, want, ok := strings.Cut(rest, ": "); ok {
			if got := h.said(TagID(tag)); got != want {
				h.Errorf("at %s s of %s it is said\n  %s\nwant\n  %s", at, tag, got, want)
			}
			continue
		}
		words := strings.Fields(rest)
		rssi := math.NaN()
		if len(words) == 4 {
			rssi, err = strconv.ParseFloat(words[3], 64)
			h.must(err)
		}
		h.take(h.seen(s, ZoneID(words[0]), TagID(words[2]), rssi))
	}
}

func (h *house) maintain(id DeviceID, on bool) {
	h.Helper()
	h.in(func(tx *store.Tx) error {
		d, err := deviceDocs.Get(tx.Context(), tx, string(id))
		if err != nil {
			return err
		}
		d.Fields.Maintenance = on
		return deviceDocs.Put(tx, d)
	})
}

// resolve closes an alarm as a person would.
func (h *house) resolve(id string) {
	h.Helper()
	h.in(func(tx *store.Tx) error {
		a, err := alarmDocs.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		a.resolve()
		return alarmDocs.Put(tx, a)
	})
}
