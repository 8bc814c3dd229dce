package locate_test

import (
	"bytes"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"yijianyou/sensors/locate"
)

// history draws up to 40 sightings in order, of three rooms and two exits, in
// two strengths, so near in time that dwells, windows and passages overlap.
func history(t *rapid.T) []locate.Sighting {
	dwell := map[string]time.Duration{"hall": 0, "store": 2 * time.Second, "lab": 5 * time.Second}
	ms := int64(0)
	var list []locate.Sighting
	for range rapid.IntRange(0, 40).Draw(t, "n") {
		ms += rapid.SampledFrom([]int64{0, 1, 100, 300, 499, 500, 501, 1000, 2000, 5000, 30_000, 60_000, 1_800_000}).Draw(t, "gap")
		zone := rapid.SampledFrom([]string{"hall", "store", "lab", "exit", "exit2"}).Draw(t, "zone")
		rssi := rapid.SampledFrom([]float64{-70, -50, math.NaN()}).Draw(t, "rssi")
		spot := locate.Spot{Known: zone != "store", X: map[string]float32{"hall": 0, "lab": 60, "exit": 90, "exit2": 9}[zone]}
		list = append(list, locate.Sighting{Spot: spot, At: start.Add(time.Duration(ms) * time.Millisecond), Zone: zone, Exit: zone[:1] == "e", Dwell: dwell[zone], RSSI: rssi})
	}
	return list
}

// failing draws up to four outages of the same time.
func failing(t *rapid.T) (list []locate.Outage) {
	for range rapid.IntRange(0, 4).Draw(t, "outages") {
		from := start.Add(time.Duration(rapid.Int64Range(-5000, 120_000).Draw(t, "from")) * time.Millisecond)
		x := locate.Outage{Zone: rapid.SampledFrom([]string{"hall", "store", "lab", "exit"}).Draw(t, "out"), From: from}
		if ms := rapid.SampledFrom([]int64{0, 500, 30_000, 4_000_000}).Draw(t, "for"); ms > 0 {
			x.Until = from.Add(time.Duration(ms) * time.Millisecond)
		}
		list = append(list, x)
	}
	return list
}

// later draws a moment that is not before the last sighting.
func later(t *rapid.T, list []locate.Sighting) time.Time {
	now := start
	if len(list) > 0 {
		now = list[len(list)-1].At
	}
	return now.Add(time.Duration(rapid.Int64Range(0, 7000).Draw(t, "later")) * time.Millisecond)
}

var same = cmp.Options{cmpopts.EquateNaNs(), cmpopts.EquateEmpty()}

// grounds fails when a change or a passage lacks what doc.go asks for.
func grounds(t *rapid.T, list []locate.Sighting, w walked) {
	dwell := map[string]time.Duration{}
	for _, s := range list {
		dwell[s.Zone] = s.Dwell
	}
	zone := ""
	for _, ch := range w.changes {
		if ch.From != zone || ch.From == ch.To {
			t.Fatalf("%+v follows on %s", ch, zone)
		}
		zone = ch.To
		if !slices.ContainsFunc(list, func(s locate.Sighting) bool { return s.Zone == ch.To && s.At.Equal(ch.Since) }) {
			t.Fatalf("%+v began without a sighting", ch)
		}
		waited := max(dwell[ch.To], locate.Window)
		if ch.To[:1] == "e" || ch.From == "" {
			waited = 0
		}
		if ch.At.Sub(ch.Since) < waited {
			t.Fatalf("%+v was not waited for", ch)
		}
	}
	if w.state.Zone() != zone {
		t.Fatalf("in %s after %s", w.state.Zone(), zone)
	}
	for i, p := range w.passages {
		at := slices.IndexFunc(list, func(s locate.Sighting) bool { return s.Zone == p.Zone && s.At.Equal(p.At) })
		if at < 0 || p.LastAt.Sub(p.At) >= locate.PassageTime {
			t.Fatalf("%+v", p)
		}
		for _, q := range w.passages[:i] {
			if q.Zone == p.Zone && p.At.Sub(q.At) < locate.PassageTime {
				t.Fatalf("%+v is part of %+v", p, q)
			}
		}
	}
}

func TestEveryChangeHasItsGrounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		outs := locate.OutagesOf(failing(t)...)
		grounds(t, list, walkWith(&outs, later(t, list), list...))
	})
}

// TestAnExitOfUnknownStrengthIsNeverMissed: where strength cannot be weighed what an
// exit sees is a passage at once.
func TestAnExitOfUnknownStrengthIsNeverMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		var w walked
		for i := range list {
			list[i].RSSI = math.NaN()
			var out locate.Outcome
			w.state, out = locate.Step(w.state, list[i], nil)
			if list[i].Exit && out.Passed.IsZero() {
				t.Fatalf("%+v of %+v is no passage", list[i], list[:i])
			}
		}
	})
}

// TestShuffledAndRepeatedSightingsEndInTheSame: who puts what came into its order,
// each once, and steps it comes to the same State, whatever the order was.
func TestShuffledAndRepeatedSightingsEndInTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		for i := range list { // so that the order is total
			list[i].At = list[i].At.Add(time.Duration(i) * time.Millisecond)
		}
		now := later(t, list)
		failed := failing(t)
		outs := locate.OutagesOf(failed...)
		whole := walkWith(&outs, now, list...)
		sent := append(slices.Clone(list), list...)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		random.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
		known := map[time.Time]locate.Sighting{}
		for _, s := range sent {
			known[s.At] = s
		}
		put := slices.SortedFunc(maps.Values(known), func(a, b locate.Sighting) int { return a.At.Compare(b.At) })
		failed = append(failed, failed...)
		random.Shuffle(len(failed), func(i, j int) { failed[i], failed[j] = failed[j], failed[i] })
		outs = locate.OutagesOf(failed...)
		again := walkWith(&outs, now, put...)
		if a, b := whole.state.Append(nil), again.state.Append(nil); !bytes.Equal(a, b) {
			t.Fatalf("%x and %x", a, b)
		}
	})
}

// TestLookingOftenChangesNothing: At(At(s, a), b) is At(s, b).
func TestLookingOftenChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		outs := locate.OutagesOf(failing(t)...)
		var st locate.State
		for _, s := range list {
			st, _ = locate.Step(st, s, &outs)
		}
		a := later(t, list)
		b := a.Add(time.Duration(rapid.Int64Range(0, 700_000).Draw(t, "more")) * time.Millisecond)
		between, _ := locate.At(st, a)
		once, _ := locate.At(st, b)
		twice, _ := locate.At(between, b)
		if x, y := once.Append(nil), twice.Append(nil); !bytes.Equal(x, y) {
			t.Fatalf("%x and %x", x, y)
		}
	})
}

// What is looked at in between, written down, read again and recalled ends as
// what was left alone.
func TestAnInterruptedHistoryEndsLikeAWholeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		now := later(t, list)
		outs := locate.OutagesOf(failing(t)...)
		whole := walkWith(&outs, now, list...)

		var w walked
		for i, s := range list {
			if rapid.Bool().Draw(t, "break") {
				// A moment between the sighting before and this one.
				from := start
				if i > 0 {
					from = list[i-1].At
				}
				between := from.Add(time.Duration(rapid.Int64Range(0, s.At.Sub(from).Milliseconds()).Draw(t, "between")) * time.Millisecond)
				var ch locate.Change
				w.state, ch = locate.At(w.state, between)
				w.note(locate.Outcome{Confirmed: ch})
				back, err := locate.Parse(w.state.Append(nil))
				if err != nil {
					t.Fatal(err)
				}
				for _, old := range list[:i] {
					if s.At.Sub(old.At) < 2*locate.Memory { // more than is needed does no harm
						back = locate.Recall(back, old)
					}
				}
				w.state = back
			}
			var out locate.Outcome
			w.state, out = locate.Step(w.state, s, &outs)
			w.note(out)
		}
		var ch locate.Change
		w.state, ch = locate.At(w.state, now)
		w.note(locate.Outcome{Confirmed: ch})
		if diff := cmp.Diff(whole.changes, w.changes, same); diff != "" {
			t.Fatalf("changes (-whole +interrupted):\n%s", diff)
		}
		if diff := cmp.Diff(whole.passages, w.passages, same); diff != "" {
			t.Fatalf("passages (-whole +interrupted):\n%s", diff)
		}
		if a, b := whole.state.Append(nil), w.state.Append(nil); !bytes.Equal(a, b) {
			t.Fatalf("states %x and %x", a, b)
		}
	})
}

// A tag that rests is one whose state a sighting in its zone cannot change.
func TestARestingTagIsNotChangedByBeingSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		outs := locate.OutagesOf(failing(t)...)
		st := walkWith(&outs, later(t, list), list...).state
		if st.Zone() == "" || !st.Rests(st.Zone()) {
			return
		}
		now := later(t, list).Add(time.Minute)
		st, _ = locate.At(st, now)
		next, out := locate.Step(st, locate.Sighting{At: now, Zone: st.Zone(), RSSI: -60}, &outs)
		if out != (locate.Outcome{}) || !bytes.Equal(st.Append(nil), next.Append(nil)) {
			t.Fatalf("%+v became %+v: %+v", st, next, out)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1, 0, 4, 'h', 'a', 'l', 'l', 4, 'h', 'a', 'l', 'l', 0})
	f.Add(walk(at(12), seen(0, "hall", -50), seen(1, "exit", unknown), seen(10, "store", -40)).state.Append(nil))
	outs := locate.OutagesOf(locate.Outage{Zone: "hall", From: at(5)})
	f.Add(walkWith(&outs, at(12), seen(0, "hall", -50), seen(10, "store", -60)).state.Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		st, err := locate.Parse(b)
		if err != nil {
			return
		}
		again, err := locate.Parse(st.Append(nil))
		if err != nil || !bytes.Equal(again.Append(nil), st.Append(nil)) {
			t.Fatalf("%x does not come back: %v", b, err)
		}
	})
}
