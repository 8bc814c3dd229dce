package sensors

import (
	"testing"

	"yijianyou/internal/store"
)

// waits makes a tag count as silent after so many seconds.
func (h *house) waits(id TagID, seconds int) {
	h.Helper()
	h.in(func(tx *store.Tx) error {
		tag, err := tagDocs.Get(tx.Context(), tx, string(id))
		if err != nil {
			return err
		}
		tag.Fields.SilentAfterS = seconds
		return tagDocs.Put(tx, tag)
	})
}

// speaks lets devices be heard, or be down.
func (h *house) speaks(s float64, down bool, devices ...DeviceID) {
	h.Helper()
	h.in(func(tx *store.Tx) error {
		for _, id := range devices {
			st, err := deviceStates.Get(tx.Context(), tx, string(id))
			if err != nil {
				return err
			}
			if st.Down = down; !down {
				st.LastHeardAt = h.sec(s)
			}
			if err := deviceStates.Put(tx, st); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *house) wants(tag TagID, want string) {
	h.Helper()
	if got := h.said(tag); got != want {
		h.Errorf("at %g s of %s it is said\n  %s\nwant\n  %s", h.now().Sub(h.start).Seconds(), tag, got, want)
	}
}

func TestATagIsSilentWhenItsReaderWorksAndDoesNotSeeIt(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	h.waits("aa09", 60)
	h.take(h.seen(0, "hall", "aa01", -45), h.seen(0, "hall", "aa09", -45))
	h.speaks(58, false, "r-hall")
	h.watch(59.9)
	h.wants("aa01", "in hall")
	h.watch(60)
	h.wants("aa01", "in hall; silent; alarm tag-silent certain raised")
	h.wants("aa09", "in hall; silent") // nothing hangs on it
	if st := h.state("aa01"); st.DueAt != nil {
		t.Errorf("due %v: it is asked again and again", st.DueAt)
	}
	h.clock(70)
	h.take(h.seen(70, "hall", "aa01", -45))
	h.wants("aa01", "in hall; alarm tag-silent certain resolved")
	// What comes later than its time ends no silence.
	h.speaks(139, false, "r-hall")
	h.watch(140)
	h.clock(200)
	h.take(h.seen(100, "hall", "aa01", -45))
	h.wants("aa01", "in hall; silent; alarm tag-silent certain resolved; alarm tag-silent certain raised")
}

func TestATagWhoseReadersAreDownIsNotSilent(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	h.take(h.seen(0, "hall", "aa01", -45))
	// The reader dies with the tag in view. Until it is known to be down it has not
	// said that it sees nothing.
	h.speaks(1, false, "r-hall")
	h.run(100)
	h.wants("aa01", "in hall")
	h.speaks(0, true, "r-hall")
	h.run(300)
	h.wants("aa01", "in hall")
	// It works again at 301 s, and the tag has its whole time from then on.
	h.speaks(301, false, "r-hall")
	h.run(340)
	h.speaks(340, false, "r-hall")
	h.wants("aa01", "in hall")
	h.run(360)
	h.speaks(360, false, "r-hall")
	h.run(375)
	h.wants("aa01", "in hall; silent; alarm tag-silent certain raised")
}

func TestADeadReaderIsOneAlarmAndNotOneForEachTag(t *testing.T) {
	h := newHouse(t)
	for _, id := range []TagID{"aa01", "aa02"} {
		h.waits(id, 60)
		h.take(h.seen(0, "hall", id, -45))
	}
	h.in(func(tx *store.Tx) error {
		st, err := deviceStates.Get(tx.Context(), tx, "r-hall")
		if err != nil {
			return err
		}
		return h.s.deviceDueIn(tx, st)
	})
	h.run(400)
	list := h.alarmsOf("demo-museum")
	if len(list) != 1 || list[0].Kind != DeviceDown || list[0].Affected != 2 {
		t.Errorf("got %d alarms: %+v", len(list), list)
	}
}

func TestAReaderInMaintenanceSaysNothingOfSilence(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	h.maintain("r-hall", true)
	h.take(h.seen(0, "hall", "aa01", -45))
	h.speaks(59, false, "r-hall")
	h.run(130)
	h.wants("aa01", "in hall")
}

func TestATagThatHasLeftIsNotWaitedFor(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(0), to: h.sec(1e6), outside: true}}
	h.take(h.seen(0, "hall", "aa01", -45), h.seen(10, "exit", "aa01", -45))
	h.speaks(100, false, "r-hall", "r-exit")
	h.run(140)
	h.wants("aa01", "in exit; gone; passage exit 10 x1 under m1")
}

func TestLowBatteryIsOneAlarmUntilItIsCharged(t *testing.T) {
	h := newHouse(t)
	said := func(s float64, percent int, want string) {
		t.Helper()
		x := h.seen(s, "hall", "aa01", -45)
		x.BatteryPercent = percent
		h.clock(s)
		h.take(x)
		h.wants("aa01", want)
	}
	said(0, 20, "in hall")
	said(1, 19, "in hall; alarm low-battery certain raised")
	said(2, 25, "in hall; alarm low-battery certain raised")
	said(3, 15, "in hall; alarm low-battery certain raised")
	said(4, 29, "in hall; alarm low-battery certain raised")
	said(5, 30, "in hall; alarm low-battery certain resolved")
	said(6, 22, "in hall; alarm low-battery certain resolved")
	// A late word from before the change says nothing.
	said(2.5, 5, "in hall; alarm low-battery certain resolved")
	if st := h.state("aa01"); st.BatteryPercent == nil || *st.BatteryPercent != 22 {
		t.Errorf("battery %v, want 22", st.BatteryPercent)
	}
}

func TestAlarmsOfATagFollowItsBinding(t *testing.T) {
	h := newHouse(t)
	h.waits("aa09", 60)
	x := h.seen(0, "hall", "aa09", -45)
	x.BatteryPercent = 10
	h.take(x)
	h.speaks(59, false, "r-hall")
	h.watch(61)
	h.wants("aa09", "in hall; silent")
	bind := func(b *Binding) {
		t.Helper()
		h.in(func(tx *store.Tx) error {
			tag, err := tagDocs.Get(tx.Context(), tx, "aa09")
			if err != nil {
				return err
			}
			tag.Binding = b
			return h.s.carryIn(tx, tag)
		})
	}
	bind(&Binding{ID: "b9", RelicID: "bell", Carrier: OnBase, From: h.now()})
	h.wants("aa09", "in hall; silent; alarm tag-silent certain raised; alarm low-battery certain raised")
	bind(nil)
	h.wants("aa09", "in hall; silent; alarm tag-silent certain resolved; alarm low-battery certain resolved")
}

func TestATagAtRestIsWrittenSeldom(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(-20, "hall", "aa01", -45), h.seen(0, "hall", "aa01", -45))
	rev := h.state("aa01").Rev
	for s := 1.0; s < 10; s++ {
		h.clock(s)
		h.take(h.seen(s, "hall", "aa01", -45))
	}
	if got := h.state("aa01").Rev; got != rev {
		t.Errorf("written %d times within %v", got-rev, seenEvery)
	}
	h.clock(10)
	h.take(h.seen(10, "hall", "aa01", -45))
	if st := h.state("aa01"); st.Rev != rev+1 || !st.LastSeenAt.Equal(h.sec(10)) {
		t.Errorf("revision %d, last seen %v", st.Rev, st.LastSeenAt)
	}
	// A batch on the way is one write, whatever is in it.
	h.clock(20)
	h.take(h.seen(12, "corridor", "aa01", -45), h.seen(13, "hall", "aa01", -45), h.seen(15, "corridor", "aa01", -45), h.seen(19, "hall2", "aa01", -45))
	if got := h.state("aa01").Rev; got != rev+2 {
		t.Errorf("%d writes of a batch, want 1", got-rev-1)
	}
}

func TestThatATagAtRestWasSeenAgainIsNoNews(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(-20, "hall", "aa01", -45), h.seen(0, "hall", "aa01", -45))
	news := func() (n int) {
		t.Helper()
		head, err := h.st.Head(t.Context())
		h.must(err)
		list, err := h.st.Changes(t.Context(), store.Token{Epoch: head.Epoch}, 1000)
		h.must(err)
		for _, c := range list {
			if c.Collection == "tagstates" {
				n++
			}
		}
		return n
	}
	before := news()
	for hour := range 3 {
		at := float64(3600*hour + 60)
		h.clock(at)
		h.take(h.seen(at, "hall", "aa01", -45), h.seen(at+11, "hall", "aa01", -45))
	}
	if st := h.state("aa01"); !st.LastSeenAt.Equal(h.sec(7271)) {
		t.Errorf("last seen %v", st.LastSeenAt)
	}
	if got := news() - before; got != 0 {
		t.Errorf("told %d times", got)
	}
	kept, err := tagHours.Count(t.Context(), h.st, store.Query{Index: "byTag", Equal: []any{"aa01"}}, 10)
	h.must(err)
	if kept != 2 {
		t.Errorf("%d hours are kept, want the first and the one after which it rests", kept)
	}
	h.clock(8000)
	h.take(h.seen(8000, "exit", "aa01", -45))
	if got := news() - before; got == 0 {
		t.Error("that it left was not told")
	}
}

func TestTheTimeOfATagThatIsNotSeenAnyMoreMayBeChanged(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "hall", "aa01", -45))
	h.waits("aa01", 60)
	h.in(func(tx *store.Tx) error {
		tag, err := tagDocs.Get(tx.Context(), tx, "aa01")
		if err != nil {
			return err
		}
		return tagRules{}.changedIn(tx, tag)
	})
	h.speaks(59, false, "r-hall")
	h.watch(60)
	h.wants("aa01", "in hall; silent; alarm tag-silent certain raised")
}

// After a pause of ours a tag has its whole time again, as its readers may have
// seen it all the while.
func TestNobodyIsSilentWhomWeCouldNotHear(t *testing.T) {
	h := newHouse(t)
	h.waits("aa01", 60)
	h.take(h.seen(0, "hall", "aa01", -45))
	h.hearing = h.sec(3600)
	h.watch(3600)
	h.speaks(3601, false, "r-hall")
	h.run(3659)
	h.wants("aa01", "in hall")
	h.speaks(3659, false, "r-hall")
	h.run(3660)
	h.wants("aa01", "in hall; silent; alarm tag-silent certain raised")
}

// What a reader has kept while it was cut off comes in pieces.
func TestWhatIsKnownOnlyInPartIsNotJudged(t *testing.T) {
	h := newHouse(t)
	h.clock(3600)
	h.take(h.seen(0, "store", "aa01", -45), h.seen(10, "hall", "aa01", -45))
	h.watch(3601)
	h.wants("aa01", "in store")
	h.take(h.seen(12, "store", "aa01", -45))
	h.watch(3700)
	h.wants("aa01", "in store")
	// When no more comes it is what it seems to be.
	h.take(h.seen(100, "hall", "aa01", -45))
	h.watch(3704.9)
	h.wants("aa01", "in store")
	h.watch(3705)
	h.wants("aa01", "in hall; alarm move probable raised")
	if a := h.alarmsOf("demo-museum")[0]; !a.Late || !a.OccurredAt.Equal(h.sec(100)) {
		t.Errorf("got %+v", a)
	}
}

func TestAfterAPauseOfOursTheWatchWaitsOnceForWhatWasKept(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "store", "aa01", -45), h.seen(10, "hall", "aa01", -45))
	h.hearing = h.sec(600)
	h.watch(600)
	h.wants("aa01", "in store")
	h.hearing = h.sec(605) // we are still behind: a move is told all the same
	h.watch(605)
	h.wants("aa01", "in hall; alarm move probable raised")
}

// A stray sighting that comes first is no move when the tag turns out to be next
// door; in the same way as for a tag that has just been registered.
func TestATagThatTurnsOutToBeElsewhereHasNotMoved(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 hall2 sees aa01 -75
		1 hall sees aa01 -45
		2 hall sees aa01 -45
		10 aa01: in hall
		20 store sees aa01 -45
		30 aa01: in store; alarm move probable raised
	`)
}
