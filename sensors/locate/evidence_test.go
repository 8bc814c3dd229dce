package locate_test

import (
	"encoding/binary"
	"testing"
	"time"

	"yijianyou/sensors/locate"
)

// every returns sightings in a zone from one second until before another.
func every(from, until, step float64, zone string, rssi float64) (list []locate.Sighting) {
	for s := from; s < until; s += step {
		list = append(list, seen(s, zone, rssi))
	}
	return list
}

// mixed puts runs of sightings into one order.
func mixed(runs ...[]locate.Sighting) (list []locate.Sighting) {
	for _, r := range runs {
		for _, s := range r {
			i := 0
			for i < len(list) && !list[i].At.After(s.At) {
				i++
			}
			list = append(list[:i], append([]locate.Sighting{s}, list[i:]...)...)
		}
	}
	return list
}

func TestATagThatRestsBesideAnExitPassesNothing(t *testing.T) {
	// Its own reader at -60, the portal through the wall at -74, three times as often.
	w := walk(at(3600), mixed(every(0, 3600, 1.4, "hall", -60), every(3, 3600, 0.45, "exit", -74))...)
	if len(w.passages) != 0 || w.state.Zone() != "hall" || len(w.changes) != 1 {
		t.Errorf("%d passages, in %s after %d changes", len(w.passages), w.state.Zone(), len(w.changes))
	}
	// And when it does go, it goes at once.
	w = walk(at(100), append(mixed(every(0, 90, 1.4, "hall", -60), every(3, 90, 0.45, "exit", -74)), seen(90.5, "exit", -52))...)
	if len(w.passages) != 1 || !w.passages[0].At.Equal(at(90.5)) {
		t.Errorf("it leaves: %+v", w.passages)
	}
}

func TestAnExitIsBelievedThoughWeakWhenItsRoomIsSilent(t *testing.T) {
	// Somebody carries it under a coat: its room has lost it for longer than it ever does.
	list := append(every(0, 60, 1.4, "hall", -55), seen(66, "exit", -71))
	if w := walk(at(66), list...); len(w.passages) != 1 {
		t.Errorf("passages %+v, in %s", w.passages, w.state.Zone())
	}
	// While the room sees it, the same read is a stray.
	list = append(every(0, 65.5, 1.4, "hall", -55), seen(66, "exit", -71))
	if w := walk(at(66), list...); len(w.passages) != 0 {
		t.Errorf("a stray passed: %+v", w.passages)
	}
}

func TestToleranceFollowsThePaceOfTheTag(t *testing.T) {
	// Seen each second, three seconds of silence and a strong read next door are a move.
	fast := append(every(0, 60, 1, "hall", -50), seen(61, "store", -50), seen(62.5, "store", -50))
	if w := walk(at(70), fast...); w.state.Zone() != "store" {
		t.Errorf("a tag that is seen each second: in %s", w.state.Zone())
	}
	// Seen each twenty seconds, the same is not enough: its room has not had its turn.
	slow := append(every(0, 600, 20, "hall", -50), seen(581, "store", -51))
	if w := walk(at(590), slow...); w.state.Zone() != "hall" {
		t.Errorf("a tag that is seen each twenty seconds: in %s", w.state.Zone())
	}
	if a, b := walk(at(60), every(0, 60, 1, "hall", -50)...).state.Patience(10*time.Second), walk(at(600), every(0, 600, 20, "hall", -50)...).state.Patience(10*time.Second); a != 14*time.Second || b != 280*time.Second {
		t.Errorf("patience %v and %v", a, b)
	}
	if p := walk(at(10), seen(0, "hall", -50)).state.Patience(time.Minute); p != time.Minute {
		t.Errorf("patience of a tag that is hardly known: %v", p)
	}
}

func TestAHabitOfStraysIsNoMove(t *testing.T) {
	// It lies at the wall: next door sees it nearly as strongly as its own room, always.
	list := mixed(every(0, 1200, 1.4, "hall", -64), every(10, 1200, 3.1, "store", -67))
	if w := walk(at(1200), list...); len(w.changes) != 1 {
		t.Errorf("%d changes", len(w.changes))
	}
	// Carried over, next door sees it as it never did.
	list = append(list, every(1201, 1210, 1.4, "store", -52)...)
	if w := walk(at(1212), list...); w.state.Zone() != "store" {
		t.Errorf("in %s", w.state.Zone())
	}
}

// spotted puts the readers of sightings somewhere.
func spotted(list []locate.Sighting, x float32) []locate.Sighting {
	for i := range list {
		list[i].Spot = locate.Spot{Known: true, X: x}
	}
	return list
}

func TestATagInTwoPlacesAtOnceHasATwin(t *testing.T) {
	here, there := func() []locate.Sighting { return spotted(every(0, 60, 1.4, "hall", -55), 0) }, func(x float32) []locate.Sighting {
		return spotted(every(20, 60, 1.5, "store", -57), x)
	}
	w := walk(at(60), mixed(here(), there(50))...)
	twin := w.state.Twin()
	if twin.Zone != "store" || w.state.Zone() != "hall" || twin.At.After(at(30)) || len(w.changes) != 1 {
		t.Errorf("50 m apart: %+v, in %s, %d changes", twin, w.state.Zone(), len(w.changes))
	}
	if near := walk(at(60), mixed(here(), there(10))...); !near.state.Twin().IsZero() {
		t.Error("two readers 10 m apart may both see it")
	}
	if end, _ := locate.At(w.state, at(60).Add(locate.TwinTime)); !end.Twin().IsZero() {
		t.Error("a twin that is not seen any more is remembered for ever")
	}
	// Carried there at a walk it has none.
	walked := append(here(), spotted(every(90, 120, 1.5, "store", -57), 50)...)
	if w := walk(at(120), walked...); !w.state.Twin().IsZero() || w.state.Zone() != "store" {
		t.Errorf("%+v, in %s", w.state.Twin(), w.state.Zone())
	}
}

func TestADeafReaderIsToldFromMissingTags(t *testing.T) {
	quiet := func(seconds ...float64) (list []locate.Unseen) {
		for _, s := range seconds {
			list = append(list, locate.Unseen{For: time.Duration(s * float64(time.Second)), Pace: 1400 * time.Millisecond})
		}
		return list
	}
	for _, c := range []struct {
		name string
		tags []locate.Unseen
		want bool
	}{
		{"all are unseen", quiet(60, 59, 61), true},
		{"one of them is seen", quiet(60, 59, 1), false},
		{"two cannot tell", quiet(60, 59), false},
		{"not for long", quiet(4.5, 5, 6), false},
		{"of unknown pace", []locate.Unseen{{For: time.Minute}, {For: time.Minute}, {For: time.Minute}}, true},
	} {
		if got := locate.Deaf(c.tags); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestConfidenceFallsWithDoubt(t *testing.T) {
	rest := walk(at(60), every(0, 60, 1, "hall", -50)...).state
	doubt := walk(at(60), append(every(0, 60, 1, "hall", -50), seen(60, "store", -48))...).state
	pace, _ := rest.Pace()
	sure, unseen, rival := rest.Confidence(0, pace), rest.Confidence(time.Hour, pace), doubt.Confidence(0, pace)
	if !(sure > 0.95 && unseen < sure && unseen > 0.5 && rival < 0.5) {
		t.Errorf("at rest %.2f, unseen for an hour %.2f, with a rival %.2f", sure, unseen, rival)
	}
	if c := (locate.State{}).Confidence(0, 0); c != 0 {
		t.Errorf("never seen: %v", c)
	}
}

func appendVarint(b []byte, v int64) []byte { return binary.AppendVarint(b, v) }

func TestAStateOfTheFirstVersionIsRead(t *testing.T) {
	// In hall, confirmed; in store since 10 s, due at 15 s, seen twice, -50 dBm at most.
	old := []byte{1, 0, 4, 'h', 'a', 'l', 'l', 4, 'h', 'a', 'l', 'l', 5, 's', 't', 'o', 'r', 'e'}
	for _, ms := range []int64{at(10).UnixMilli(), at(15).UnixMilli()} {
		old = appendVarint(old, ms)
	}
	old = append(old, 2, 0xc0, 0x49, 0, 0, 0, 0, 0, 0)
	st, err := locate.Parse(old)
	if err != nil {
		t.Fatal(err)
	}
	if zone, since := st.Candidate(); st.Zone() != "hall" || st.Inner() != "hall" || zone != "store" || !since.Equal(at(10)) {
		t.Errorf("got %+v", st)
	}
	if next, ch := locate.At(st, at(15)); next.Zone() != "store" || ch.Sightings != 2 || ch.Strongest != -50 {
		t.Errorf("then %+v", ch)
	}
}
