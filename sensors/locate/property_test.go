package locate_test

import (
	"bytes"
	"math"
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
		ms += rapid.SampledFrom([]int64{0, 1, 100, 300, 499, 500, 501, 1000, 2000, 5000, 30_000, 60_000}).Draw(t, "gap")
		zone := rapid.SampledFrom([]string{"hall", "store", "lab", "exit", "exit2"}).Draw(t, "zone")
		rssi := rapid.SampledFrom([]float64{-70, -50, math.NaN()}).Draw(t, "rssi")
		list = append(list, locate.Sighting{At: start.Add(time.Duration(ms) * time.Millisecond), Zone: zone, Exit: zone[:1] == "e", Dwell: dwell[zone], RSSI: rssi})
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

// byTheBook finds the changes and passages as doc.go defines them, looking at
// the whole list each time.
func byTheBook(list []locate.Sighting, now time.Time) (changes []locate.Change, passages []locate.Passage) {
	var speak []locate.Sighting
	for i, s := range list {
		if !slices.ContainsFunc(list[:i], func(o locate.Sighting) bool {
			return o.Zone != s.Zone && s.At.Sub(o.At) < locate.Window && o.RSSI > s.RSSI
		}) {
			speak = append(speak, s)
		}
	}
	for i, s := range speak {
		if !s.Exit || slices.ContainsFunc(passages, func(p locate.Passage) bool { return p.Zone == s.Zone && s.At.Sub(p.At) < locate.PassageTime }) {
			continue
		}
		p := locate.Passage{Zone: s.Zone, At: s.At, Strongest: math.NaN()}
		for _, o := range speak[i:] {
			if o.Zone == p.Zone && o.At.Sub(p.At) < locate.PassageTime {
				p.Sightings, p.LastAt, p.Strongest = p.Sightings+1, o.At, greater(p.Strongest, o.RSSI)
			}
		}
		passages = append(passages, p)
	}
	zone := ""
	for i := 0; i < len(speak); {
		s := speak[i]
		if s.Zone == zone {
			i++
			continue
		}
		if zone == "" || s.Exit {
			changes = append(changes, locate.Change{From: zone, To: s.Zone, Since: s.At, At: s.At, Sightings: 1, Strongest: s.RSSI})
			zone = s.Zone
			i++
			continue
		}
		due := s.At.Add(max(s.Dwell, locate.Window))
		end := i // of the run of sightings of this zone before it is due
		ch := locate.Change{From: zone, To: s.Zone, Since: s.At, At: due, Strongest: math.NaN()}
		for end < len(speak) && speak[end].Zone == s.Zone && speak[end].At.Before(due) {
			ch.Sightings, ch.Strongest = ch.Sightings+1, greater(ch.Strongest, speak[end].RSSI)
			end++
		}
		next := now
		if end < len(speak) {
			next = speak[end].At
		}
		if !next.Before(due) {
			changes = append(changes, ch)
			zone = s.Zone
		}
		i = end
	}
	return changes, passages
}

func greater(a, b float64) float64 {
	if math.IsNaN(a) || b > a {
		return b
	}
	return a
}

var same = cmp.Options{cmpopts.EquateNaNs(), cmpopts.EquateEmpty()}

func TestTheStateIsWhatTheDefinitionSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		now := later(t, list)
		w := walk(now, list...)
		changes, passages := byTheBook(list, now)
		if diff := cmp.Diff(changes, w.changes, same); diff != "" {
			t.Fatalf("changes (-book +machine):\n%s", diff)
		}
		if diff := cmp.Diff(passages, w.passages, same); diff != "" {
			t.Fatalf("passages (-book +machine):\n%s", diff)
		}
		if n := len(changes); n > 0 && w.state.Zone() != changes[n-1].To {
			t.Fatalf("in %s after %+v", w.state.Zone(), changes[n-1])
		}
	})
}

// What is looked at in between, written down, read again and recalled ends as
// what was left alone.
func TestAnInterruptedHistoryEndsLikeAWholeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		now := later(t, list)
		whole := walk(now, list...)

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
					if s.At.Sub(old.At) < 2*locate.Window { // more than is needed does no harm
						back = locate.Recall(back, old)
					}
				}
				w.state = back
			}
			var out locate.Outcome
			w.state, out = locate.Step(w.state, s)
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
		st := walk(later(t, list), list...).state
		if st.Zone() == "" || !st.Rests(st.Zone()) {
			return
		}
		now := later(t, list).Add(time.Minute)
		st, _ = locate.At(st, now)
		next, out := locate.Step(st, locate.Sighting{At: now, Zone: st.Zone(), RSSI: -60})
		if out != (locate.Outcome{}) || !bytes.Equal(st.Append(nil), next.Append(nil)) {
			t.Fatalf("%+v became %+v: %+v", st, next, out)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte{})
	f.Add(walk(at(12), seen(0, "hall", -50), seen(1, "exit", unknown), seen(10, "store", -40)).state.Append(nil))
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
