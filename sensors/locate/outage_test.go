package locate_test

import (
	"testing"
	"time"

	"yijianyou/sensors/locate"
)

// out is an outage of a zone between two seconds; until 0: it lasts.
func out(zone string, from, until float64) locate.Outages {
	x := locate.Outage{Zone: zone, From: at(from)}
	if until > 0 {
		x.Until = at(until)
	}
	return locate.OutagesOf(x)
}

func TestAFarReaderThatAloneHearsATagMovesItNotWhileItsOwnIsOut(t *testing.T) {
	// Its own reader at -60, the next room through the door at -66; then its own fails.
	rest := every(0, 60, 1.4, "hall", -60)
	list := append(rest, every(61, 900, 1.4, "store", -66)...)
	if w := walk(at(900), list...); w.state.Zone() != "store" {
		t.Fatalf("with a reader at work it is said to be in %s: the case shows nothing", w.state.Zone())
	}
	for name, outs := range map[string]locate.Outages{"it lasts": out("hall", 60, 0), "it ends": out("hall", 60, 901)} {
		w := walkWith(&outs, at(900), list...)
		if w.state.Zone() != "hall" || len(w.changes) != 1 {
			t.Errorf("%s: in %s after %d changes", name, w.state.Zone(), len(w.changes))
		}
		if zone, _ := w.state.Candidate(); zone != "store" {
			t.Errorf("%s: the candidate is %q", name, zone)
		}
	}
	// The reader is back and does not see it: then it has gone there.
	outs := out("hall", 60, 901)
	if w := walkWith(&outs, at(960), append(list, every(901, 950, 1.4, "store", -66)...)...); w.state.Zone() != "store" {
		t.Errorf("the reader is back: in %s", w.state.Zone())
	}
	// It sees it again: it never was elsewhere.
	if w := walkWith(&outs, at(960), append(list, every(902, 950, 1.4, "hall", -60)...)...); w.state.Zone() != "hall" || len(w.changes) != 1 {
		t.Errorf("it is seen again: in %s after %d changes", w.state.Zone(), len(w.changes))
	}
}

func TestWhatIsCarriedOffWhileItsReaderIsOutIsFollowed(t *testing.T) {
	outs := out("hall", 60, 0)
	list := append(every(0, 60, 1.4, "hall", -60), every(100, 110, 1.4, "store", -54)...)
	w := walkWith(&outs, at(120), list...)
	if w.state.Zone() != "store" || !w.changes[1].Since.Equal(at(100)) {
		t.Errorf("in %s: %+v", w.state.Zone(), w.changes)
	}
	w = walkWith(&outs, at(101), append(every(0, 60, 1.4, "hall", -60), seen(100, "exit", -50))...)
	if len(w.passages) != 1 {
		t.Errorf("an exit: %+v", w.passages)
	}
}

func TestAStrayAtAnExitIsNoPassageBecauseTheReaderOfTheRoomIsOut(t *testing.T) {
	list := append(every(0, 60, 1.4, "hall", -58), seen(90, "exit", -71))
	if w := walk(at(90), list...); len(w.passages) != 1 {
		t.Fatal("with a reader at work it is believed: the case shows nothing")
	}
	outs := out("hall", 60, 0)
	if w := walkWith(&outs, at(90), list...); len(w.passages) != 0 {
		t.Errorf("passages %+v", w.passages)
	}
}

func TestOnlyTheTimeInWhichAReaderWorksIsSilence(t *testing.T) {
	// Back just now, it has not had its turn to see the tag.
	list := append(every(0, 60, 1, "hall", -58), seen(90, "exit", -71))
	for back, want := range map[float64]int{89.9: 0, 80: 1} {
		outs := out("hall", 59.1, back)
		if w := walkWith(&outs, at(90), list...); len(w.passages) != want {
			t.Errorf("back at %g s: %d passages, want %d", back, len(w.passages), want)
		}
	}
}

func TestAReaderThatIsOutIsToldFromAMissingTag(t *testing.T) {
	st := walk(at(60), every(0, 60.5, 1, "hall", -50)...).state // unseen since 60 s, 14 s are long
	gone := walk(at(61), append(every(0, 60.5, 1, "hall", -50), seen(61, "exit", -45))...).state
	for _, c := range []struct {
		name string
		st   locate.State
		outs locate.Outages
		now  float64
		want locate.Presence
	}{
		{"just seen", st, locate.Outages{}, 61, locate.Present},
		{"unseen for its time", st, locate.Outages{}, 74, locate.Missing},
		{"a moment before", st, locate.Outages{}, 73.9, locate.Present},
		{"no reader", st, out("hall", 65, 0), 600, locate.ReaderOut},
		{"no reader, just seen", st, out("hall", 60.1, 0), 61, locate.ReaderOut},
		{"the reader of another room", st, out("store", 65, 0), 600, locate.Missing},
		{"the reader is back, for less than its time", st, out("hall", 65, 90), 100, locate.Returning},
		{"the reader is back for its time", st, out("hall", 65, 90), 104, locate.Missing},
		{"the reader failed after it was missing", st, out("hall", 80, 0), 600, locate.Missing},
		{"it has left", gone, locate.Outages{}, 600, locate.Left},
		{"it was never seen", locate.State{}, locate.Outages{}, 600, locate.Present},
	} {
		if got := c.st.Presence(at(60), at(c.now), 10*time.Second, &c.outs); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOutagesAreASet(t *testing.T) {
	a := locate.Outage{Zone: "hall", From: at(0), Until: at(10)}
	b := locate.Outage{Zone: "hall", From: at(10), Until: at(20)}
	outs := locate.OutagesOf(b, a, a, locate.Outage{Zone: "lab", From: at(5)}, locate.Outage{Zone: "store", From: at(5), Until: at(5)})
	for _, c := range []struct {
		zone string
		s    float64
		want bool
	}{{"hall", -0.001, false}, {"hall", 0, true}, {"hall", 10, true}, {"hall", 20, false}, {"lab", 1e6, true}, {"store", 5, false}} {
		if got := outs.Has(c.zone, at(c.s)); got != c.want {
			t.Errorf("%s at %g s: %v", c.zone, c.s, got)
		}
	}
}
