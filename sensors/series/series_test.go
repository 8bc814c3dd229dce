package series

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v ± %v", what, got, want, within)
	}
}

// The table values are saturation pressures and dew points as handbooks of physics print them.
func TestMoistureAgreesWithTables(t *testing.T) {
	for _, c := range []struct{ celsius, hPa float64 }{{0, 6.11}, {10, 12.27}, {20, 23.39}, {25, 31.69}, {30, 42.45}, {40, 73.81}} {
		near(t, "saturation", SaturationHPa(c.celsius), c.hPa, c.hPa*0.003)
	}
	for _, c := range []struct{ celsius, rh, dew float64 }{{20, 100, 20}, {20, 50, 9.3}, {25, 60, 16.7}, {15, 80, 11.6}, {0, 50, -9.2}} {
		near(t, "dew point", DewPointCelsius(c.celsius, c.rh), c.dew, 0.1)
	}
	if !math.IsNaN(DewPointCelsius(20, 0)) {
		t.Error("dry air has a dew point")
	}
}

func TestAWindowNeverTellsMoreThanTheSpanAndHardlyLess(t *testing.T) {
	const span = 24 * hourMS
	rapid.Check(t, func(t *rapid.T) {
		type sample struct {
			at int64
			v  float64
		}
		n := rapid.IntRange(1, 200).Draw(t, "n")
		list := make([]sample, n)
		at := rapid.Int64Range(-span, span).Draw(t, "begin")
		for i := range list {
			at += rapid.Int64Range(0, 3*hourMS).Draw(t, "step")
			list[i] = sample{at, float64(rapid.IntRange(0, 1000).Draw(t, "value")) / 10}
		}
		var w, shuffled Window
		for _, s := range list {
			w.Add(span, s.at, s.v)
		}
		shuffled.Add(span, at, list[n-1].v)
		for _, i := range rapid.Permutation(indices(n)).Draw(t, "order") {
			shuffled.Add(span, list[i].at, list[i].v)
		}
		if w.Swing() != shuffled.Swing() {
			t.Fatalf("swing %v, shuffled %v", w.Swing(), shuffled.Swing())
		}
		extent := func(since int64) (low, high float64) {
			low, high = list[n-1].v, list[n-1].v
			for _, s := range list {
				if s.at > since {
					low, high = min(low, s.v), max(high, s.v)
				}
			}
			return low, high
		}
		low, high, _ := w.Extremes()
		wideLow, wideHigh := extent(at - span)
		sureLow, sureHigh := extent(at - span + span/Slots)
		if low < wideLow || high > wideHigh || low > sureLow || high < sureHigh {
			t.Fatalf("window says %v to %v, the span has %v to %v, all but a part %v to %v", low, high, wideLow, wideHigh, sureLow, sureHigh)
		}
	})
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func TestAChangeHasASign(t *testing.T) {
	var w Window
	for i, v := range []float64{50, 55, 60, 52} {
		w.Add(hourMS, int64(i)*hourMS/6, v)
	}
	near(t, "a rise", w.Change(59), 9, 0)
	near(t, "a fall", w.Change(51), -9, 0)
	near(t, "no change", new(Window).Change(51), 0, 0)
}

func TestADoseAddsUpLightAndNotGaps(t *testing.T) {
	var d Dose
	for _, h := range []int64{0, 1, 2, 12, 13} { // ten hours are not known
		d.Add(h*hourMS, 50, 2*hourMS)
	}
	near(t, "dose", d.Hours, 150, 1e-9)
	near(t, "unknown time", d.UnknownS, 36000, 0)
	d.Add(14*hourMS, -5, 2*hourMS)
	near(t, "dose with a value that light cannot have", d.Hours, 175, 1e-9)
	if d.Add(14*hourMS, 1e6, 2*hourMS) {
		t.Error("a repeated sample was added")
	}
	d.Restart()
	d.Add(15*hourMS, 100, 2*hourMS)
	near(t, "dose of the new year", d.Hours, 50, 1e-9)
}

// The figures were computed by another program (Python, hour by hour) from the equations.
func TestMouldGrowsAsTheEquationsSay(t *testing.T) {
	for _, c := range []struct {
		class       MouldClass
		celsius, rh float64
		want        float64
	}{
		{VerySensitive, 20, 97, 5.503914},
		{VerySensitive, 10, 90, 1.542658},
		{VerySensitive, 5, 95, 2.365447},
		{VerySensitive, 22, 85, 0.974507},
		{Sensitive, 20, 97, 2.559671},
		{Sensitive, 10, 90, 0.732594},
		{Sensitive, 5, 95, 0.972623},
		{Sensitive, 22, 85, 0.547345},
		{MediumResistant, 20, 97, 0.415358},
		{MediumResistant, 10, 90, 0.088444},
		{MediumResistant, 22, 85, 0},
		{Resistant, 20, 97, 0.186509},
		{Resistant, 5, 95, 0.053287},
	} {
		var m Mould
		m.Step(c.class, c.celsius, c.rh, 60*24*hourMS)
		near(t, string(c.class), m.Index, c.want, 2e-6)
	}
	cold := Mould{}
	cold.Step(VerySensitive, -1, 100, 90*24*hourMS)
	cold.Step(VerySensitive, 20, 79.9, 90*24*hourMS)
	near(t, "frozen or too dry", cold.Index, 0, 0)
}

func TestMouldDeclinesQuicklyThenPausesThenSlowly(t *testing.T) {
	m := Mould{Index: 2}
	m.Step(Sensitive, 20, 50, 6*hourMS)
	near(t, "after six hours", m.Index, 2-0.008, 1e-12)
	m.Step(Sensitive, 20, 50, 18*hourMS)
	near(t, "after a day", m.Index, 2-0.008, 1e-12)
	m.Step(Sensitive, 20, 50, 24*hourMS)
	near(t, "after two days", m.Index, 2-0.008-0.016, 1e-12)
	whole := Mould{Index: 2}
	whole.Step(Sensitive, 20, 50, 48*hourMS)
	near(t, "at one go", whole.Index, m.Index, 1e-12)
}

func TestAValueIsStillUntilItLeavesItsTolerance(t *testing.T) {
	var s Still
	var last, still int64
	for i, v := range []float64{50, 50.1, 50, 50.2} {
		at := int64(i) * hourMS
		still = s.Add(at, last, v, 0.15, 2*hourMS)
		last = at
		if want := []int64{0, hourMS, 2 * hourMS, 0}[i]; still != want {
			t.Errorf("still for %d ms after sample %d, want %d", still, i, want)
		}
	}
	if s.Add(10*hourMS, last, 50.2, 0.15, 2*hourMS) != 0 {
		t.Error("a gap did not begin a new stretch")
	}
}

func TestASpikeStandsAloneAndAStepDoesNot(t *testing.T) {
	count := func(values ...float64) (n int) {
		var s Spikes
		for i, v := range values {
			n = s.Add(int64(i)*60_000, v, 10, hourMS)
		}
		return n
	}
	if n := count(50, 50, 90, 50, 50); n != 1 {
		t.Errorf("%d spikes of one", n)
	}
	if n := count(50, 50, 50, 90, 90, 90, 90); n != 0 {
		t.Errorf("a step has %d spikes", n)
	}
	if n := count(50, 50, 90, 50, 50, 50, 10, 50, 50); n != 2 {
		t.Errorf("%d spikes of two", n)
	}
	var s Spikes
	for i := range 5 * MaxSpikes {
		v := 50.0
		if i%3 == 0 {
			v = 90
		}
		s.Add(int64(i), v, 10, hourMS)
	}
	if n := s.Add(hourMS*9, 50, 10, hourMS); n != 0 {
		t.Errorf("%d spikes are remembered for too long", n)
	}
}
