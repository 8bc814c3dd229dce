package sensors

import (
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// draws puts the readers of zones on one plan, so many metres along a wall.
func (h *house) draws(x map[ZoneID]float64) {
	h.Helper()
	h.in(func(tx *store.Tx) error {
		for id, at := range x {
			z, err := zoneDocs.Get(tx.Context(), tx, string(id))
			if err != nil {
				return err
			}
			z.Fields.Floor = "1"
			if err := zoneDocs.Put(tx, z); err != nil {
				return err
			}
			d, err := deviceDocs.Get(tx.Context(), tx, "r-"+string(id))
			if err != nil {
				return err
			}
			y := 0.0
			d.Fields.PlanX, d.Fields.PlanY = &at, &y
			if err := deviceDocs.Put(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestATagInTheRoomBesideTheExitRaisesNothing(t *testing.T) {
	h := newHouse(t)
	for s := 0.0; s < 120; s++ {
		h.clock(s + 0.5)
		h.take(h.seen(s, "hall", "aa01", -58), h.seen(s+0.45, "exit", "aa01", -74))
	}
	h.wants("aa01", "in hall")
	h.clock(121)
	h.take(h.seen(121, "exit", "aa01", -50))
	h.wants("aa01", "in exit; gone; passage exit 121 x1 unlawful; alarm exit probable raised")
}

func TestACopiedTagIsOneAlarmAndMovesNothing(t *testing.T) {
	h := newHouse(t)
	h.draws(map[ZoneID]float64{"hall": 0, "hall2": 60})
	var all []Sighting
	for s := 0.0; s < 60; s += 1.5 {
		all = append(all, h.seen(s, "hall", "aa01", -50))
		if s > 10 {
			all = append(all, h.seen(s+0.7, "hall2", "aa01", -52))
		}
	}
	for _, x := range all {
		h.clock(x.At.Sub(h.start).Seconds())
		h.take(x)
	}
	h.wants("aa01", "in hall; alarm tag-copied probable raised")
	a := h.alarmsOf("demo-museum")[0]
	if a.ZoneID != "hall2" || a.FromZoneID != "hall" || a.RelicID != "jar" || a.Severity != 3 {
		t.Errorf("got %+v", a)
	}
	if st := h.state("aa01"); st.TwinID != "hall2" || st.TwinAt == nil {
		t.Errorf("state %+v", st)
	}
	// Resolved, it is not raised again by what comes late.
	h.resolve(a.ID)
	h.take(h.seen(20.2, "hall", "aa01", -51))
	if n := len(h.alarmsOf("demo-museum")); n != 1 {
		t.Errorf("%d alarms", n)
	}
	// A copy that hangs on nothing has none.
	for _, x := range all {
		x.Tag = "aa09"
		h.take(x)
	}
	h.wants("aa09", "in hall")
}

// Readers that are not drawn stand somewhere in the outlines of their zones: a copy is
// noticed where these alone are too far apart, and not where they may not be.
func TestACopyIsNoticedByTheOutlinesOfZones(t *testing.T) {
	for far, want := range map[float64]string{80: "in hall; alarm tag-copied probable raised", 30: "in hall"} {
		h := newHouse(t)
		h.in(func(tx *store.Tx) error {
			for id, x := range map[ZoneID]float64{"hall": 0, "hall2": far} {
				z, err := zoneDocs.Get(tx.Context(), tx, string(id))
				if err != nil {
					return err
				}
				z.Fields.Floor, z.Fields.Outline = "1", []PlanPoint{{X: x, Y: 0}, {X: x + 12, Y: 0}, {X: x + 12, Y: 9}, {X: x, Y: 9}}
				if err := zoneDocs.Put(tx, z); err != nil {
					return err
				}
			}
			return nil
		})
		for s := 0.0; s < 60; s += 1.5 {
			h.clock(s + 0.7)
			h.take(h.seen(s, "hall", "aa01", -50))
			if s > 10 {
				h.take(h.seen(s+0.7, "hall2", "aa01", -52))
			}
		}
		h.wants("aa01", want)
	}
}

func TestAReaderThatSeesNothingAnyMoreIsOneAlarmAndNotOneForEachTag(t *testing.T) {
	h := newHouse(t)
	for i, id := range []TagID{"aa01", "aa02", "aa03"} {
		if i == 2 {
			h.tag(id, "bell", OnBase)
		}
		h.waits(id, 60)
		for s := 0.0; s < 10; s += 2 {
			h.take(h.seen(s, "hall", id, -45))
		}
	}
	for s := 10.0; s < 200; s += 10 { // it lives, and its antenna is off
		h.run(s)
		h.speaks(s, false, "r-hall")
	}
	list := h.alarmsOf("demo-museum")
	if len(list) != 1 || list[0].Kind != DeviceDown || list[0].DeviceID != "r-hall" || list[0].Affected != 3 || list[0].Certainty != Probable {
		t.Fatalf("got %d alarms: %+v", len(list), list)
	}
	for _, id := range []TagID{"aa01", "aa02", "aa03"} {
		if h.state(id).Silent {
			t.Errorf("%s is called silent", id)
		}
	}
	// It sees one again: the alarm ends, and who is still missing is silent in its time.
	payload := []byte(`{"at":"` + h.sec(200).Format(time.RFC3339Nano) + `","seq":900,"tag":"aa01","rssi":-45}`)
	h.clock(200.2)
	if _, err := h.s.attempt(t.Context(), []*offered{h.s.offered(Message{Org: "demo-museum", Device: "r-hall", Kind: SightingKind, Payload: payload, Received: h.now()}, nil)}); err != nil {
		t.Fatal(err)
	}
	if a := h.alarmsOf("demo-museum")[0]; a.State != Resolved {
		t.Errorf("the alarm of the reader is %s", a.State)
	}
	for s := 205.0; s < 420; s += 5 {
		h.run(s)
		h.speaks(s, false, "r-hall")
		h.take(h.seen(s, "hall", "aa01", -45))
	}
	h.wants("aa01", "in hall")
	h.wants("aa02", "in hall; silent; alarm tag-silent certain raised")
}

func TestOneTagOfSeveralThatIsGoneIsSilentAndNotItsReader(t *testing.T) {
	h := newHouse(t)
	h.tag("aa03", "bell", OnBase)
	h.waits("aa01", 60)
	for s := 0.0; s < 10; s += 2 {
		h.take(h.seen(s, "hall", "aa01", -45), h.seen(s, "hall", "aa02", -45), h.seen(s, "hall", "aa03", -45))
	}
	for s := 10.0; s < 80; s += 2 {
		h.clock(s)
		h.take(h.seen(s, "hall", "aa02", -45), h.seen(s, "hall", "aa03", -45))
		h.speaks(s, false, "r-hall")
		h.watch(s)
	}
	h.wants("aa01", "in hall; silent; alarm tag-silent certain raised")
}

func TestATagThatIsSeldomSeenIsWaitedForLonger(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	for s := 0.0; s <= 200; s += 20 { // its pace is 20 s: fourteen of them are 280 s
		h.clock(s)
		h.take(h.seen(s, "hall", "aa01", -45))
	}
	for s := 210.0; s < 475; s += 10 {
		h.run(s)
		h.speaks(s, false, "r-hall")
	}
	h.wants("aa01", "in hall")
	h.run(485)
	h.speaks(485, false, "r-hall")
	h.run(500)
	h.wants("aa01", "in hall; silent; alarm tag-silent certain raised")
	if st := h.state("aa01"); st.PaceMS != 20_000 {
		t.Errorf("pace %d ms", st.PaceMS)
	}
}

func TestAPositionSaysHowSureItIs(t *testing.T) {
	h := newHouse(t)
	for s := 0.0; s < 20; s += 2 {
		h.take(h.seen(s, "hall", "aa01", -45))
	}
	by := actor.SystemPart("test")
	at := func(s float64) Position {
		t.Helper()
		h.clock(s)
		list, err := h.s.Positions(t.Context(), by, "demo-museum")
		h.must(err)
		for _, p := range list {
			if p.TagID == "aa01" {
				return p
			}
		}
		t.Fatal("no position")
		return Position{}
	}
	fresh, old := at(19), at(7200)
	if fresh.Confidence < 0.95 || fresh.Copied || fresh.HeadingFor != "" || old.Confidence >= fresh.Confidence || old.Confidence < 0.5 {
		t.Errorf("just seen %+v, after two hours %+v", fresh, old)
	}
	h.clock(19.5)
	h.take(h.seen(19.5, "hall2", "aa01", -44))
	if doubt := at(19.6); doubt.HeadingFor != "hall2" || doubt.Confidence > 0.5 {
		t.Errorf("seen next door %+v", doubt)
	}
}
