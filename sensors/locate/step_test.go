package locate_test

import (
	"math"
	"testing"
	"time"

	"yijianyou/sensors/locate"
)

var start = time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)

// at returns the moment so many seconds after the start.
func at(s float64) time.Time { return start.Add(time.Duration(s * float64(time.Second))) }

var unknown = math.NaN()

// seen is a sighting in a zone with a dwell of 5 s; in one called "exit…" it is an exit.
func seen(s float64, zone string, rssi float64) locate.Sighting {
	return locate.Sighting{At: at(s), Zone: zone, Exit: zone[:1] == "e", Dwell: 5 * time.Second, RSSI: rssi}
}

// walked is what a history showed, in order.
type walked struct {
	state    locate.State
	changes  []locate.Change
	passages []locate.Passage // the newest of each
}

// walk steps through sightings in order and then to now.
func walk(now time.Time, sightings ...locate.Sighting) walked {
	return walkWith(nil, now, sightings...)
}

// walkWith is walk while readers are out.
func walkWith(outs *locate.Outages, now time.Time, sightings ...locate.Sighting) walked {
	var w walked
	for _, s := range sightings {
		var out locate.Outcome
		w.state, out = locate.Step(w.state, s, outs)
		w.note(out)
	}
	var ch locate.Change
	w.state, ch = locate.At(w.state, now)
	w.note(locate.Outcome{Confirmed: ch})
	return w
}

func (w *walked) note(out locate.Outcome) {
	for _, ch := range []locate.Change{out.Confirmed, out.Placed} {
		if !ch.IsZero() {
			w.changes = append(w.changes, ch)
		}
	}
	if p := out.Passed; !p.IsZero() {
		for i, old := range w.passages {
			if old.Zone == p.Zone && old.At.Equal(p.At) {
				w.passages[i] = p
				return
			}
		}
		w.passages = append(w.passages, p)
	}
}

func TestTheFirstSightingPlacesAtOnce(t *testing.T) {
	w := walk(at(0), seen(0, "hall", unknown))
	if w.state.Zone() != "hall" || w.state.Gone() || len(w.changes) != 1 || w.changes[0].From != "" || !w.changes[0].At.Equal(at(0)) {
		t.Errorf("got %+v", w)
	}
}

func TestWhereATagWasFirstSeenIsAGuessUntilItsDwell(t *testing.T) {
	w := walk(at(4.9), seen(0, "hall", unknown))
	if zone, _ := w.state.Candidate(); w.state.Inner() != "" || zone != "" {
		t.Errorf("got %+v", w)
	}
	if w = walk(at(5), seen(0, "hall", unknown)); w.state.Inner() != "hall" || len(w.changes) != 1 {
		t.Errorf("got %+v", w)
	}
	// Seen elsewhere meanwhile, it was never there; or its dwell begins anew.
	if w = walk(at(60), seen(0, "hall", unknown), seen(3, "store", unknown), seen(5, "store", unknown)); w.state.Inner() != "store" || len(w.changes) != 2 {
		t.Errorf("got %+v", w)
	}
	list := []locate.Sighting{seen(0, "hall", unknown), seen(3, "store", unknown), seen(4, "hall", unknown)}
	if a, b := walk(at(8.9), list...), walk(at(9), list...); a.state.Inner() != "" || b.state.Inner() != "hall" || len(b.changes) != 1 {
		t.Errorf("got %+v and %+v", a, b)
	}
}

func TestAChangeIsConfirmedByTimeAlone(t *testing.T) {
	sightings := []locate.Sighting{seen(0, "hall", unknown), seen(10, "store", unknown)}
	if w := walk(at(14.999), sightings...); w.state.Zone() != "hall" || len(w.changes) != 1 {
		t.Errorf("before the dwell: %+v", w)
	}
	w := walk(at(15), sightings...)
	if w.state.Zone() != "store" || len(w.changes) != 2 {
		t.Fatalf("after the dwell: %+v", w)
	}
	ch := w.changes[1]
	if ch.From != "hall" || !ch.Since.Equal(at(10)) || !ch.At.Equal(at(15)) || ch.Sightings != 1 {
		t.Errorf("got %+v", ch)
	}
	due, ok := walk(at(12), sightings...).state.Due()
	if zone, since := walk(at(12), sightings...).state.Candidate(); !ok || !due.Equal(at(15)) || zone != "store" || !since.Equal(at(10)) {
		t.Errorf("due %v %v, candidate %s since %v", due, ok, zone, since)
	}
}

func TestTheDwellAsksThatItIsSeenNowhereElse(t *testing.T) {
	cases := []struct {
		name      string
		sightings []locate.Sighting
		zone      string
		since     float64
	}{
		{"seen at home again", []locate.Sighting{seen(0, "hall", unknown), seen(10, "store", unknown), seen(14, "hall", unknown)}, "hall", 0},
		{"seen there again afterwards, the dwell begins anew", []locate.Sighting{seen(0, "hall", unknown), seen(10, "store", unknown), seen(14, "hall", unknown),
			seen(14.5, "store", unknown), seen(24, "store", unknown), seen(26, "store", unknown)}, "store", 14.5},
		{"seen in a third zone", []locate.Sighting{seen(0, "hall", unknown), seen(10, "store", unknown), seen(12, "lab", unknown)}, "lab", 12},
		{"seen there again, the dwell goes on", []locate.Sighting{seen(0, "hall", unknown), seen(10, "store", unknown), seen(13, "store", unknown)}, "store", 10},
		{"seen at home at the very moment of confirming", []locate.Sighting{seen(0, "hall", unknown), seen(10, "store", unknown), seen(15, "hall", unknown),
			seen(15.1, "store", unknown)}, "store", 10},
	}
	for _, c := range cases {
		w := walk(at(60), c.sightings...)
		last := w.changes[len(w.changes)-1]
		if w.state.Zone() != c.zone || !last.Since.Equal(at(c.since)) {
			t.Errorf("%s: in %s since %v; want %s since %v s", c.name, w.state.Zone(), last.Since, c.zone, c.since)
		}
	}
}

func TestAnExitIsAPassageAtOnce(t *testing.T) {
	w := walk(at(10), seen(0, "hall", -50), seen(10, "exit", -60))
	if !w.state.Gone() || w.state.Zone() != "exit" || w.state.Inner() != "hall" || len(w.passages) != 1 || !w.passages[0].At.Equal(at(10)) {
		t.Errorf("got %+v", w)
	}
	// Back inside it counts as there after the dwell, as in any zone.
	w = walk(at(30), seen(0, "hall", -50), seen(10, "exit", -60), seen(20, "hall", -50))
	if w.state.Gone() || w.state.Zone() != "hall" || !w.changes[2].Since.Equal(at(20)) || w.changes[2].From != "exit" {
		t.Errorf("got %+v", w)
	}
}

func TestWhatIsSeenAtAnExitWithinAMinuteIsOnePassage(t *testing.T) {
	var sightings []locate.Sighting
	for _, s := range []float64{0, 10, 59.999, 60, 125} {
		sightings = append(sightings, seen(s, "exit", -60+s/10))
	}
	w := walk(at(130), append(sightings[:1:1], append([]locate.Sighting{seen(5, "exit2", unknown)}, sightings[1:]...)...)...)
	want := []locate.Passage{
		{Zone: "exit", At: at(0), LastAt: at(59.999), Sightings: 3, Strongest: -60 + 59.999/10},
		{Zone: "exit2", At: at(5), LastAt: at(5), Sightings: 1},
		{Zone: "exit", At: at(60), LastAt: at(60), Sightings: 1, Strongest: -54},
		{Zone: "exit", At: at(125), LastAt: at(125), Sightings: 1, Strongest: -47.5},
	}
	if len(w.passages) != len(want) {
		t.Fatalf("got %+v", w.passages)
	}
	for i, p := range w.passages {
		if p.Zone == "exit2" && math.IsNaN(p.Strongest) {
			p.Strongest = 0
		}
		if p != want[i] {
			t.Errorf("got %+v, want %+v", p, want[i])
		}
	}
}

func TestTheStrongerReaderOfTheSameHalfSecondIsBelieved(t *testing.T) {
	cases := []struct {
		name      string
		sightings []locate.Sighting
		zone      string
	}{
		{"weak through the wall after strong at home", []locate.Sighting{seen(0, "hall", -45), seen(10, "hall", -45), seen(10.3, "store", -75)}, "hall"},
		{"weak through the wall before strong at home", []locate.Sighting{seen(0, "hall", -45), seen(10, "store", -75), seen(10.3, "hall", -45)}, "hall"},
		{"strong in the next room", []locate.Sighting{seen(0, "hall", -45), seen(10, "hall", -75), seen(10.3, "store", -45)}, "store"},
		{"weak later on, while nobody else sees it, as often as it comes", []locate.Sighting{seen(0, "hall", -45), seen(10, "hall", -45), seen(10.5, "store", -75),
			seen(12, "store", -75), seen(14, "store", -75)}, "hall"},
		{"unknown strength is believed when it comes again", []locate.Sighting{seen(0, "hall", -45), seen(10, "hall", -45), seen(10.1, "store", unknown), seen(12, "store", unknown)}, "store"},
		{"unknown strength overrules nobody", []locate.Sighting{seen(0, "hall", unknown), seen(10, "hall", unknown), seen(10.1, "store", -80), seen(12, "store", -80)}, "store"},
		{"equal strength overrules nobody", []locate.Sighting{seen(0, "hall", -45), seen(10, "hall", -60), seen(10.1, "store", -60), seen(12, "store", -60), seen(14, "store", -60)}, "store"},
		{"a weaker one after it does not end its half second", []locate.Sighting{seen(0, "hall", -45), seen(10, "hall", -45), seen(10.2, "hall", -80),
			seen(10.4, "store", -60)}, "hall"},
		{"walking past the exit inside", []locate.Sighting{seen(0, "hall", -45), seen(1, "corridor", -50), seen(1.2, "exit", -72), seen(1.4, "corridor", -52),
			seen(1.6, "exit", -70), seen(1.8, "hall", -48)}, "hall"},
		{"walking out", []locate.Sighting{seen(0, "hall", -45), seen(1, "corridor", -50), seen(1.2, "exit", -72), seen(1.4, "corridor", -60),
			seen(1.6, "exit", -48)}, "exit"},
	}
	for _, c := range cases {
		if w := walk(at(60), c.sightings...); w.state.Zone() != c.zone {
			t.Errorf("%s: in %s, want %s", c.name, w.state.Zone(), c.zone)
		}
	}
}

func TestNoDwellStillWaitsForAStrongerReader(t *testing.T) {
	door := func(s float64, zone string, rssi float64) locate.Sighting {
		return locate.Sighting{At: at(s), Zone: zone, RSSI: rssi}
	}
	w := walk(at(60), door(0, "hall", -45), door(10, "corridor", -70), door(10.2, "hall", -50))
	if len(w.changes) != 1 {
		t.Errorf("it flickers: %+v", w.changes)
	}
	w = walk(at(10.5), door(0, "hall", -45), door(10, "corridor", -50))
	if w.state.Zone() != "corridor" || !w.changes[1].Since.Equal(at(10)) || !w.changes[1].At.Equal(at(10.5)) {
		t.Errorf("got %+v", w.changes)
	}
}

func TestAStepAllocatesNothing(t *testing.T) {
	sightings := []locate.Sighting{seen(0, "hall", -45), seen(1, "store", -50), seen(1.1, "hall", -60), seen(2, "exit", -40), seen(3, "lab", unknown), seen(20, "lab", -60)}
	got := testing.AllocsPerRun(100, func() {
		var st locate.State
		for _, s := range sightings {
			st, _ = locate.Step(st, s, nil)
			st, _ = locate.At(st, s.At)
		}
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}

func BenchmarkStep(b *testing.B) {
	sightings := []locate.Sighting{seen(0, "hall", -45), seen(0.1, "store", -60), seen(0.2, "hall", -46), seen(0.3, "hall", -47)}
	var st locate.State
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s := sightings[i%len(sightings)]
		s.At = start.Add(time.Duration(i) * 100 * time.Millisecond)
		st, _ = locate.Step(st, s, nil)
	}
}
