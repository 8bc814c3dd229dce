package alarm

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRaisesAndClearsAlternateAndAgreeWithThePhase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := someJudge(t)
		var s State
		told, muted := false, false
		for _, x := range someSamples(t, 60) {
			var ch Changes
			s, ch = j.Step(s, &x, x.At)
			for i := range ch.Len() {
				switch c := ch.At(i); {
				case c.Kind == Raise && !told:
					told, muted = true, false
				case c.Kind == Clear && told:
					told = false
				case c.Kind == Mute && !told && !muted:
					muted = true
				case c.Kind == Unmute && muted:
					muted = false
				default:
					t.Fatalf("%s: change %d while told is %v and muted %v", j.rule.Kind, c.Kind, told, muted)
				}
				if c := ch.At(i); c.Since > c.At {
					t.Fatalf("a change begins after it was noticed: %+v", c)
				}
			}
			if s.Phase().On() != (told || muted) || s.Muted() != muted {
				t.Fatalf("phase %d, told %v, muted %v", s.Phase(), told, muted)
			}
		}
	})
}

func TestNothingFlapsInsideTheHysteresis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRule(Limit)
		r.HoldS, r.ClearS = 0, 0
		j := judgeOf(t, r)
		s, _ := j.Step(State{}, &Sample{begin, Humidity, rapid.SampledFrom([]float64{30, 50, 70}).Draw(t, "before")}, begin)
		on := s.Phase().On()
		for i := range rapid.Int64Range(1, 50).Draw(t, "n") {
			v := rapid.SampledFrom([]float64{58.001, 59, 60, 41.999, 41, 40}).Draw(t, "inside")
			var ch Changes
			s, ch = j.Step(s, &Sample{begin + (i+1)*minute, Humidity, v}, 0)
			if ch.Len() > 0 || s.Phase().On() != on {
				t.Fatalf("a value of %v in the hysteresis changed %+v", v, ch)
			}
		}
	})
}

func TestAStateThatIsReadBackGoesOnAsBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := someJudge(t)
		list := someSamples(t, 60)
		cut := rapid.IntRange(0, len(list)).Draw(t, "cut")
		var s State
		for _, x := range list[:cut] {
			s, _ = j.Step(s, &x, x.At)
		}
		again, err := j.Parse(j.Append(nil, &s))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list[cut:] {
			var a, b Changes
			s, a = j.Step(s, &x, x.At)
			if again, b = j.Step(again, &x, x.At); a != b {
				t.Fatalf("changes %+v, read back %+v", a, b)
			}
		}
		if !bytes.Equal(j.Append(nil, &s), j.Append(nil, &again)) {
			t.Fatal("the states differ")
		}
	})
}

func TestARepeatedSampleChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := someJudge(t)
		var s State
		for _, x := range someSamples(t, 30) {
			s, _ = j.Step(s, &x, x.At)
			again, ch := j.Step(s, &x, x.At)
			if ch.Len() > 0 || again != s {
				t.Fatalf("%s: a repeated sample changed something", j.rule.Kind)
			}
		}
	})
}

func TestWhatIsNoNumberIsNoSample(t *testing.T) {
	for _, k := range Kinds {
		j := judgeOf(t, someRule(k))
		s, _ := j.Step(State{}, &Sample{begin, j.takes[0], 50}, begin)
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			again, ch := j.Step(s, &Sample{begin + minute, j.takes[0], v}, begin+minute)
			if ch.Len() > 0 || again != s {
				t.Errorf("%s: %v changed something", k, v)
			}
		}
	}
}

// shelf is where samples are stored.
type shelf []Sample

func (h *shelf) put(list []Sample) {
	*h = append(*h, list...)
	slices.SortStableFunc(*h, func(a, b Sample) int {
		if a.At != b.At {
			return int(a.At - b.At)
		}
		if a.Quantity < b.Quantity {
			return -1
		}
		return 1
	})
}

func (h *shelf) read(after, until int64, fn func(Sample)) error {
	for _, x := range *h {
		if x.At > after && x.At <= until {
			fn(x)
		}
	}
	return nil
}

// arrivals deals samples into batches, each of which is late by at most Patience.
func arrivals(t *rapid.T, list []Sample) [][]Sample {
	var out [][]Sample
	for len(list) > 0 {
		n := rapid.IntRange(1, min(len(list), 40)).Draw(t, "batch")
		part := slices.Clone(list[:n])
		list = list[n:]
		var early, late []Sample
		for _, x := range part {
			if part[n-1].At-x.At < Patience && rapid.IntRange(0, 3).Draw(t, "late") == 0 {
				late = append(late, x)
			} else {
				early = append(early, x)
			}
		}
		for _, b := range [][]Sample{early, late} {
			if len(b) > 0 {
				out = append(out, b)
			}
		}
	}
	return out
}

func TestLateSamplesEndInTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := someJudge(t)
		list := slices.DeleteFunc(someSamples(t, 60), func(x Sample) bool { return !j.Takes(x.Quantity) })
		if len(list) == 0 {
			return
		}
		var all shelf
		all.put(list)
		var straight State
		for _, x := range all {
			j.Lapse(&straight, x.At, func(*Changes) {})
			straight, _ = j.Step(straight, &x, x.At)
		}
		e := &Entry{Judge: j}
		c := Course{Rules: []*Entry{e}}
		told := 0
		tell := func(_ *Entry, x Change) {
			switch x.Kind {
			case Raise:
				told++
			case Clear:
				told--
			}
			if told < 0 || told > 1 {
				t.Fatalf("%s: raises and clears do not alternate: %d", j.rule.Kind, told)
			}
		}
		var h shelf
		for i, b := range arrivals(t, list) {
			oldest, newest := b[0].At, b[len(b)-1].At
			if c.TooLate(oldest) || i == 0 && b[0] != list[0] {
				return // a first batch without the first sample begins the course there
			}
			h.put(b)
			if err := c.Advance(h.read, oldest, newest, newest, tell); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(j.Append(nil, &straight), j.Append(nil, &e.Now)) {
			t.Fatalf("%s: late samples end in phase %d, ordered ones in %d", j.rule.Kind, e.Now.Phase(), straight.Phase())
		}
		if on := straight.phase.On() && straight.told; (told == 1) != on {
			t.Fatalf("%s: told is %d, the alarm is on: %v", j.rule.Kind, told, on)
		}
	})
}

// TestPresenceIsJudgedTheSameHoweverOftenSomebodyLooks: the edges of the hours are found by whoever
// looks every few minutes and by whoever looks when the next sample comes.
func TestPresenceIsJudgedTheSameHoweverOftenSomebodyLooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRule(Hours)
		r.HoldS, r.ClearS = 60*rapid.IntRange(0, 30).Draw(t, "hold"), 60*rapid.IntRange(0, 30).Draw(t, "clear")
		j := judgeOf(t, r)
		var seldom, often State
		var told, toldOften []Change
		note := func(to *[]Change) func(*Changes) {
			return func(c *Changes) {
				for i := range c.Len() {
					*to = append(*to, c.At(i))
				}
			}
		}
		at := begin
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			next := at + minute*rapid.Int64Range(1, 3000).Draw(t, "step")
			for look := at + minute; look < next; look += 7 * minute {
				j.Lapse(&often, look, note(&toldOften))
				var c Changes
				often, c = j.Step(often, nil, look)
				note(&toldOften)(&c)
			}
			x := Sample{next, Presence, float64(rapid.IntRange(0, 2).Draw(t, "there"))}
			var c Changes
			j.Lapse(&seldom, next, note(&told))
			seldom, c = j.Step(seldom, &x, next)
			note(&told)(&c)
			j.Lapse(&often, next, note(&toldOften))
			often, c = j.Step(often, &x, next)
			note(&toldOften)(&c)
			at = next
		}
		if !slices.Equal(told, toldOften) || seldom != often {
			t.Fatalf("looking often told %v, seldom %v", toldOften, told)
		}
	})
}

func FuzzParse(f *testing.F) {
	for i, k := range Kinds {
		j := judgeOf(f, someRule(k))
		var s State
		for n := range int64(30) {
			for _, q := range j.takes {
				s, _ = j.Step(s, &Sample{begin + n*10*minute, q, float64(30 + n*n%50)}, 0)
			}
		}
		f.Add(uint8(i), j.Append(nil, &s))
	}
	f.Fuzz(func(t *testing.T, kind uint8, b []byte) {
		j := judgeOf(t, someRule(Kinds[int(kind)%len(Kinds)]))
		s, err := j.Parse(b)
		if err != nil {
			return
		}
		form := j.Append(nil, &s)
		again, err := j.Parse(form)
		if err != nil || !bytes.Equal(j.Append(nil, &again), form) {
			t.Fatalf("what was read is not written as it was read: %v", err)
		}
		for n := range int64(5) {
			s, _ = j.Step(s, &Sample{s.At() + n*minute, j.takes[0], 70}, 0)
		}
	})
}

func TestAStepAllocatesNothing(t *testing.T) {
	for _, k := range Kinds {
		j := judgeOf(t, someRule(k))
		var s State
		at := begin
		if n := testing.AllocsPerRun(500, func() {
			at += 10 * minute
			for i := len(j.takes) - 1; i >= 0; i-- {
				x := Sample{at, j.takes[i], float64(at / minute % 97)}
				s, _ = j.Step(s, &x, at)
			}
			s, _ = j.Step(s, nil, at+minute)
		}); n != 0 {
			t.Errorf("%s: %v allocations in a step", k, n)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for _, k := range []Kind{Limit, Swing, Dew, Mould} {
		b.Run(string(k), func(b *testing.B) {
			b.ReportAllocs()
			j := judgeOf(b, someRule(k))
			var s State
			at := begin
			for range b.N {
				at += minute
				s, _ = j.Step(s, &Sample{at, Humidity, 55}, at)
				s, _ = j.Step(s, &Sample{at, Temperature, 20}, at)
			}
		})
	}
}
