package sensors

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// fails lets a device be found down so many seconds after the start, which was last
// heard at the second heard.
func (h *house) fails(id DeviceID, heard, found float64) {
	h.Helper()
	h.clock(found)
	h.in(func(tx *store.Tx) error {
		st, err := deviceStates.Get(tx.Context(), tx, string(id))
		if err != nil {
			return err
		}
		st.LastHeardAt = h.sec(heard)
		return h.s.deviceDueIn(tx, st)
	})
}

// comesBack lets it be heard again now.
func (h *house) comesBack(id DeviceID) {
	h.Helper()
	h.in(func(tx *store.Tx) error { return h.s.deviceHeardIn(tx, id) })
	h.speaks(h.now().Sub(h.start).Seconds(), false, id)
}

// often lets a reader see a tag each 1.4 s from one second until another, as it comes.
func (h *house) often(from, until float64, zone ZoneID, tag TagID, rssi float64) {
	h.Helper()
	for s := from; s < until; s += 1.4 {
		h.clock(s)
		h.take(h.seen(s, zone, tag, rssi))
		h.watch(s + 0.2)
	}
}

func TestAMoveThatFollowedFromASilentReaderIsUndone(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	h.often(0, 60, "hall", "aa01", -60)
	h.often(61, 110, "corridor", "aa01", -66)
	h.wants("aa01", "in corridor; alarm move certain raised") // nothing is known of the reader yet
	h.fails("r-hall", 59, 190)
	h.wants("aa01", "in hall; alarm move certain raised")
	if stays := h.staysOf("aa01"); len(stays) != 1 || stays[0].ZoneID != "hall" || stays[0].Until != nil {
		t.Errorf("stays %+v", stays)
	}
	h.often(191, 230, "corridor", "aa01", -66)
	h.wants("aa01", "in hall; alarm move certain raised")
	h.run(500) // nobody sees it, and nobody could
	h.wants("aa01", "in hall; alarm move certain raised")
	h.comesBack("r-hall")
	h.often(501, 520, "hall", "aa01", -60)
	h.wants("aa01", "in hall; alarm move certain raised")
	if stays := h.staysOf("aa01"); len(stays) != 1 {
		t.Errorf("%d stays", len(stays))
	}
	// The outage is over: the same strays move it, for its reader is at work.
	h.often(521, 600, "corridor", "aa01", -66)
	h.wants("aa01", "in corridor; alarm move certain raised")
}

func TestAZoneIsOutWhenAllItsReadersAre(t *testing.T) {
	h := newHouse(t)
	h.in(func(tx *store.Tx) error {
		d := &Device{Meta: store.Meta{ID: "r-hall-2", Org: "demo-museum"}, Fields: DeviceFields{Kind: Reader, ZoneID: "hall", SilentAfterS: 120}}
		if err := deviceDocs.Put(tx, d); err != nil {
			return err
		}
		return deviceStates.Put(tx, &DeviceState{Meta: store.Meta{ID: d.ID, Org: d.Org}, ZoneID: "hall", LastHeardAt: h.start})
	})
	out := func() (is bool) {
		h.in(func(tx *store.Tx) error {
			outs, err := h.s.tracker(tx, tx.Now()).outages("demo-museum", h.start)
			is = err == nil && outs.Has("hall", tx.Now())
			return err
		})
		return is
	}
	h.fails("r-hall", 10, 140)
	if out() {
		t.Error("one of two readers is out")
	}
	h.fails("r-hall-2", 20, 150)
	if !out() {
		t.Error("both are out")
	}
	h.clock(200)
	h.comesBack("r-hall")
	if out() {
		t.Error("one is back")
	}
	if n, err := outageDocs.Count(t.Context(), h.st, store.Query{}, 10); err != nil || n != 2 {
		t.Errorf("%d outages, %v", n, err)
	}
}

// TestAnOutageEndsInTheSameWheneverItIsFound: whether it was known before the first
// sighting or is found between or after them, however they come.
func TestAnOutageEndsInTheSameWheneverItIsFound(t *testing.T) {
	h := newHouse(t)
	h.draws(map[ZoneID]float64{"store": 0, "hall": 5, "hall2": 60, "lab": 90, "exit": 120})
	cases := 0
	rapid.Check(t, func(rt *rapid.T) {
		cases++
		one, other := TagID(fmt.Sprintf("a%05d", cases)), TagID(fmt.Sprintf("b%05d", cases))
		h.tag(one, "", "")
		h.tag(other, "", "")
		list := way(rt, h, one)
		last := list[len(list)-1].At.Sub(h.start).Seconds()
		zone := list[rapid.IntRange(0, len(list)-1).Draw(rt, "zone")].Zone
		from := rapid.Float64Range(0, last).Draw(rt, "from")
		sent := disturbed(list, rt)
		cut := rapid.IntRange(0, len(sent)).Draw(rt, "cut")
		end := last + 10_000
		h.clock(last)
		if cut > 0 {
			h.take(slices.Clone(sent[:cut])...)
		}
		h.fails(DeviceID("r-"+zone), from, last)
		if cut < len(sent) {
			h.take(slices.Clone(sent[cut:])...)
		}
		for i := range list {
			list[i].Tag = other
		}
		h.take(list...)
		h.watch(end)
		if diff := cmp.Diff(h.knows(other), h.knows(one)); diff != "" {
			rt.Fatalf("known before (-) and found later (+), %s out since %g s:\n%s", zone, from, diff)
		}
		h.comesBack(DeviceID("r-" + zone))
		h.in(func(tx *store.Tx) error {
			return outageDocs.Each(tx.Context(), tx, store.Query{}, func(x *Outage) error { return outageDocs.Delete(tx, x.ID, x.Rev, "") })
		})
	})
}

func TestSilenceSaysNothingWhileItsReadersAreOut(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	says := func(want string) {
		t.Helper()
		list, err := h.s.Positions(t.Context(), person(actor.Keeper, "demo-museum"), "")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(list, func(p Position) bool { return p.TagID == "aa01" })
		if i < 0 {
			t.Fatalf("no position in %+v", list)
		}
		if got := fmt.Sprintf("unheard %v, silent %v", list[i].Unheard, list[i].Silent); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	h.often(0, 60, "hall", "aa01", -60)
	says("unheard false, silent false")
	h.fails("r-hall", 59, 190)
	h.run(500)
	says("unheard true, silent false")
	h.comesBack("r-hall")
	says("unheard true, silent false") // it may yet be seen
	for s := 510.0; s < 800; s += 10 {
		h.clock(s)
		h.speaks(s, false, "r-hall")
		h.watch(s)
	}
	says("unheard false, silent true")
	h.often(801, 830, "hall", "aa01", -60)
	says("unheard false, silent false")
}
