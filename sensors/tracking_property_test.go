package sensors

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/sensors/locate"
)

// knowledge is what is known of a tag at last, without what names the documents
// and without what may be behind.
type knowledge struct {
	State    string
	Stays    []string
	Passages []string
	Hours    []string
	Samples  int
}

func (h *house) knows(tag TagID) knowledge {
	h.Helper()
	var k knowledge
	st := h.state(tag)
	percent := -1
	if st.BatteryPercent != nil {
		percent = *st.BatteryPercent
	}
	place, ok := st.place()
	if !ok {
		h.Fatalf("place %x", st.Place)
	}
	place, _ = locate.At(place, h.now())
	k.State = fmt.Sprintf("%s since %v, perhaps %s since %v, gone %v, also %s since %v, battery %d low %v, place %x, due %v, confirmed %v", st.ZoneID, st.Since, st.CandidateID,
		st.CandidateSince, st.Gone, st.TwinID, st.TwinAt, percent, st.LowBattery, place.Append(nil), st.DueAt, st.ConfirmedAt)
	for _, s := range h.staysOf(tag) {
		k.Stays = append(k.Stays, fmt.Sprintf("%s from %s, %v confirmed %v until %v, of %s on %s, under %q, alarm %v", s.ZoneID, s.FromZoneID, s.From, s.ConfirmedAt,
			s.Until, s.RelicID, s.Carrier, s.MovementID, s.AlarmID != ""))
	}
	for _, p := range h.passagesOf(tag) {
		k.Passages = append(k.Passages, fmt.Sprintf("%s from %s back %v, %v to %v x%d by %s, of %s on %s, under %q, alarm %v", p.ZoneID, p.FromZoneID, p.Back, p.At,
			p.LastAt, p.Samples, p.DeviceID, p.RelicID, p.Carrier, p.MovementID, p.AlarmID != ""))
	}
	var began []byte // an hour that says what the one before says is as good as none
	h.must(tagHours.Each(h.Context(), h.st, store.Query{Index: "byTag", Equal: []any{string(tag)}}, func(d *TagHour) error {
		if !bytes.Equal(d.Place, began) {
			k.Hours = append(k.Hours, fmt.Sprintf("%v %x", d.Hour, d.Place))
		}
		began = d.Place
		return nil
	}))
	h.in(func(tx *store.Tx) error {
		k.Samples = 0
		return h.s.tracker(tx, tx.Now()).sightings(&Tag{Meta: store.Meta{ID: string(tag)}}, h.start.AddDate(-1, 0, 0), farFuture, func(sighted) error {
			k.Samples++
			return nil
		})
	})
	return k
}

// way draws up to 30 sightings of a tag over some hours.
func way(t *rapid.T, h *house, tag TagID) []Sighting {
	s := 0.0
	var list []Sighting
	for range rapid.IntRange(1, 30).Draw(t, "sightings") {
		gap := rapid.SampledFrom([]float64{0, 0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 1, 2, 3, 5, 20, 60, 600, 1799, 9000, -1}).Draw(t, "gap")
		if gap < 0 { // at the very start of the next hour
			gap = 3600 - math.Mod(s, 3600)
		}
		s += gap
		zone := rapid.SampledFrom([]ZoneID{"store", "hall", "hall2", "corridor", "lab", "exit", "exit2"}).Draw(t, "zone")
		// Now and then it rests for longer than a State remembers.
		for range rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 40}).Draw(t, "rests") {
			list = append(list, h.seen(s, zone, tag, -55))
			s += 1.3
		}
		x := h.seen(s, zone, tag, rapid.SampledFrom([]float64{-80, -50, math.NaN()}).Draw(t, "rssi"))
		x.BatteryPercent = rapid.SampledFrom([]int{-1, -1, 15, 25, 35}).Draw(t, "battery")
		list = append(list, x)
	}
	return list
}

// TestAnyOrderOfArrivalEndsInTheSame: however late, repeated and shuffled
// sightings come, and whenever the watch looks, in the end the same is known of
// the tag as if they had come at once and in their order.
func TestAnyOrderOfArrivalEndsInTheSame(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { anyArrivalEndsInTheSame(t, newHouse(t), 1e9) })
	t.Run("MongoDB", func(t *testing.T) {
		anyArrivalEndsInTheSame(t, newHouseIn(newAlarmWorldOn(t, enginetest.MongoDB)), 20)
	})
}

// anyArrivalEndsInTheSame tries at most most histories.
func anyArrivalEndsInTheSame(t *testing.T, h *house, most int) {
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(100), to: h.sec(4000), outside: true, due: h.sec(3000)}}
	h.draws(map[ZoneID]float64{"store": 0, "hall": 5, "hall2": 60, "lab": 90, "exit": 120})
	cases := 0
	rapid.Check(t, func(rt *rapid.T) {
		if cases++; cases > most {
			return
		}
		one, other := TagID(fmt.Sprintf("a%05d", cases)), TagID(fmt.Sprintf("b%05d", cases))
		h.tag(one, "jar", OnBox)
		h.tag(other, "jar", OnBox)
		list := way(rt, h, one)
		end := list[len(list)-1].At.Sub(h.start).Seconds() + 10_000
		h.clock(list[len(list)-1].At.Sub(h.start).Seconds())
		h.take(slices.Clone(list)...)
		h.watch(end)

		sent := disturbed(list, rt)
		clock := 0.0
		for len(sent) > 0 {
			n := min(len(sent), rapid.IntRange(1, 6).Draw(rt, "together"))
			part := slices.Clone(sent[:n])
			for i := range part {
				part[i].Tag = other
				clock = max(clock, part[i].At.Sub(h.start).Seconds())
			}
			h.clock(clock)
			h.take(part...)
			sent = sent[n:]
			if wait := rapid.SampledFrom([]float64{0, 0, 0.3, 2.5, 8}).Draw(rt, "wait"); wait > 0 {
				clock += wait
				h.watch(clock)
			}
		}
		h.watch(end)
		if diff := cmp.Diff(h.knows(one), h.knows(other)); diff != "" {
			rt.Fatalf("in order (-) and as it came (+):\n%s", diff)
		}
		a, b := h.state(one), h.state(other)
		if d := a.LastSeenAt.Sub(*b.LastSeenAt).Abs(); d >= seenEvery {
			rt.Fatalf("last seen %v and %v", a.LastSeenAt, b.LastSeenAt)
		}
	})
}

// disturbed returns sightings with repeats, shuffled or only a little out of
// their order.
func disturbed(list []Sighting, t *rapid.T) []Sighting {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 7))
	sent := append(slices.Clone(list), list[:random.IntN(len(list))]...)
	if rapid.Bool().Draw(t, "shuffle") {
		random.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
		return sent
	}
	for range 5 {
		i := random.IntN(len(sent))
		j := min(len(sent)-1, i+random.IntN(4))
		sent[i], sent[j] = sent[j], sent[i]
	}
	return sent
}

func TestASetOfSightingsIsJudgedByTheOrdersOfItsTime(t *testing.T) {
	// What comes an hour late is judged by what the orders say of its moment.
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(3000), to: h.sec(9000), outside: true}}
	h.clock(3600)
	h.take(h.seen(0, "hall", "aa01", -45), h.seen(10, "exit", "aa01", -45))
	if got, want := h.said("aa01"), "in exit; gone; passage exit 10 x1 unlawful; alarm exit probable raised"; got != want {
		t.Errorf("an order that began later: got %s", got)
	}
	if a := h.alarmsOf("demo-museum")[0]; !a.Late {
		t.Error("the alarm does not say that it is late")
	}
	h = newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(5), to: h.sec(100), outside: true}}
	h.clock(3600)
	h.take(h.seen(0, "hall", "aa01", -45), h.seen(10, "exit", "aa01", -45))
	if got, want := h.said("aa01"), "in exit; gone; passage exit 10 x1 under m1"; got != want {
		t.Errorf("an order that has ended since: got %s", got)
	}
}

func TestALateSightingRaisesNoSecondAlarm(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "store", "aa01", -45))
	h.take(h.seen(10, "hall", "aa01", -45))
	h.take(h.seen(40, "exit", "aa01", -45))
	h.watch(60)
	first := h.alarmsOf("demo-museum")
	if len(first) != 2 {
		t.Fatalf("%d alarms, want a move and an exit", len(first))
	}
	for _, a := range first {
		h.resolve(a.ID)
	}
	// Both began a little earlier than was known.
	h.take(h.seen(9, "hall", "aa01", -45), h.seen(39, "exit", "aa01", -45))
	h.watch(70)
	if n := len(h.alarmsOf("demo-museum")); n != 2 {
		t.Errorf("%d alarms, want 2", n)
	}
	if p := h.passagesOf("aa01"); len(p) != 1 || !p[0].At.Equal(h.sec(39)) || p[0].Samples != 2 || p[0].AlarmID == "" {
		t.Errorf("passages %+v", p)
	}
	if s := h.staysOf("aa01"); len(s) != 3 || !s[1].From.Equal(h.sec(9)) || s[1].AlarmID == "" {
		t.Errorf("stays %+v", s)
	}
}

// What was in the end no change, since late sightings say so, is no stay; the
// alarm stays for whoever answers it.
func TestALateSightingUndoesAStayAndLeavesTheAlarm(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "store", "aa01", -45))
	h.take(h.seen(10, "hall", "aa01", -45))
	h.watch(14)
	h.clock(15)
	h.take(h.seen(11, "store", "aa01", -45))
	if got, want := h.said("aa01"), "in store; alarm move probable raised"; got != want {
		t.Errorf("got %s", got)
	}
	if n := len(h.staysOf("aa01")); n != 1 {
		t.Errorf("%d stays", n)
	}
}

// The change has been confirmed by time alone; that a late sighting is stepped
// again must not make it another one.
func TestALateSightingOfTheTimeBeforeRaisesNothing(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "store", "aa01", -45))
	h.take(h.seen(10, "hall", "aa01", -45))
	h.watch(14)
	h.resolve(h.alarmsOf("demo-museum")[0].ID)
	h.take(h.seen(5, "store", "aa01", -45))
	h.watch(20)
	if got, want := h.said("aa01"), "in hall; alarm move probable resolved"; got != want {
		t.Errorf("got %s", got)
	}
}

// A late sighting of weeks ago costs the reading of its hour: the rest has been
// settled since.
func TestALateSightingStopsWhereNothingChanges(t *testing.T) {
	h := newHouse(t)
	for hour := range 50 {
		h.clock(float64(hour * 3600))
		h.take(h.seen(float64(hour*3600), "hall", "aa01", -45), h.seen(float64(hour*3600+5), "hall", "aa01", -45))
	}
	h.clock(50 * 3600)
	read := 0
	h.in(func(tx *store.Tx) error {
		tr := h.s.tracker(tx, tx.Now())
		tag, err := tagDocs.Get(tx.Context(), tx, "aa01")
		if err != nil {
			return err
		}
		base, err := tr.hourAt(tag, h.sec(7200))
		if err != nil {
			return err
		}
		from := h.sec(7200)
		c := &course{hour: from}
		if c.state, err = locate.Parse(base.Place); err != nil {
			return err
		}
		end, err := tr.follow(tag, c, from, "", hourOf(from))
		read = int(end.Sub(from).Hours())
		return err
	})
	if read != 1 {
		t.Errorf("%d hours were read again, want 1", read)
	}
	before := h.knows("aa01")
	h.take(h.seen(7201, "hall", "aa01", -50))
	after := h.knows("aa01")
	before.Samples++
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownTagsGoToTheQuarantine(t *testing.T) {
	h := newHouse(t)
	other := h.seen(0, "hall", "aa01", -45)
	other.Org = "other-museum" // a device of another house sees our tag
	h.take(h.seen(0, "hall", "cc01", -45), h.seen(1, "hall", "cc01", -45), other)
	page, err := refusalDocs.Find(t.Context(), h.st, store.Query{Index: "byKind", Equal: []any{string(UnknownTag)}})
	h.must(err)
	counts := map[string]int64{}
	for _, r := range page.Items {
		counts[string(r.Org)+" "+r.Claimed] += r.Count
	}
	if diff := cmp.Diff(map[string]int64{"demo-museum cc01": 2, "other-museum aa01": 1}, counts); diff != "" {
		t.Error(diff)
	}
	if _, err := tagStates.Get(t.Context(), h.st, "aa01"); err == nil {
		t.Error("a device of another house moved the tag")
	}
}

func TestWhatATagHungOnIsThatOfTheMoment(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "hall", "aa01", -45))
	h.in(func(tx *store.Tx) error { // unbound at 100 s, bound to another at 200 s
		tag, err := tagDocs.Get(tx.Context(), tx, "aa01")
		if err != nil {
			return err
		}
		rec, err := bindingDocs.Get(tx.Context(), tx, tag.Binding.ID)
		if err != nil {
			return err
		}
		until := h.sec(100)
		rec.OpenTag, rec.Until = "", &until
		if err := bindingDocs.Put(tx, rec); err != nil {
			return err
		}
		tag.Binding = &Binding{ID: "b2", RelicID: "bell", Carrier: OnBase, From: h.sec(200)}
		if err := bindingDocs.Put(tx, &BindingRecord{Meta: store.Meta{ID: "b2", Org: tag.Org}, TagID: "aa01", OpenTag: "aa01", Binding: *tag.Binding}); err != nil {
			return err
		}
		return tagDocs.Put(tx, tag)
	})
	h.clock(1000)
	h.take(h.seen(50, "exit", "aa01", -45), h.seen(150, "exit2", "aa01", -45), h.seen(250, "exit", "aa01", -45))
	var relics []heritage.RelicID
	for _, p := range h.passagesOf("aa01") {
		relics = append(relics, p.RelicID)
	}
	if diff := cmp.Diff([]heritage.RelicID{"jar", "", "bell"}, relics); diff != "" {
		t.Error(diff)
	}
}
