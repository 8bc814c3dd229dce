package comfort

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 10, 1, 4, 0, 0, 0, time.UTC)

func measured(q Quantity, v float64) Input { return Measured(q, v, noon.Add(-3*time.Minute), "test") }

func TestFiguresAsTheSourcesHaveThem(t *testing.T) {
	for _, c := range []struct {
		rule   string
		id     string
		inputs []Input
		want   float64
		grade  Grade
	}{
		{"I: 25 − 0.55·0.4·10.6 = 22.668", "climate-i", []Input{measured(MeanTemp, 25), measured(MeanHumidity, 60)}, 22.7, "climate-3"},
		{"I is rounded before the table: 16.95 is 17.0 and comfortable", "climate-i", []Input{measured(MeanTemp, 16.95), measured(MeanHumidity, 100)}, 17, "climate-3"},
		{"I 16.94 is 16.9 and cold", "climate-i", []Input{measured(MeanTemp, 16.94), measured(MeanHumidity, 100)}, 16.9, "climate-2"},
		{"K: −(20 + 10.45 − 4)·23 + 8.55·6 = −557.05", "climate-k", []Input{measured(MeanTemp, 10), measured(MeanWind, 4), measured(Sunshine, 6)}, -557, "climate-1"},
		{"K without wind: −10.45·13 + 8.55·8", "climate-k", []Input{measured(MeanTemp, 20), measured(MeanWind, 0), measured(Sunshine, 8)}, -67, "climate-4"},
		{"in winter K decides", "climate-class", []Input{measured(MeanTemp, 10), measured(MeanHumidity, 60), measured(MeanWind, 2), measured(Sunshine, 6), measured(Month, 1)}, 1, "climate-1"},
		{"in summer I decides", "climate-class", []Input{measured(MeanTemp, 24), measured(MeanHumidity, 60), measured(MeanWind, 2), measured(Sunshine, 6), measured(Month, 7)}, 3, "climate-3"},
		{"AT: 30 + 0.33·25.37 − 1.4 − 4", "apparent-steadman-bom", []Input{measured(AirTemp, 30), measured(Humidity, 60), measured(Wind, 2)}, 33, "feels-hot"},
		{"AT in the cold wind", "apparent-steadman-bom", []Input{measured(AirTemp, 0), measured(Humidity, 50), measured(Wind, 8)}, -8.6, "feels-freezing"},
		{"Fruin: 2000 m² for 1000", "fruin-walkway", []Input{measured(Inside, 1000), measured(Area, 2000)}, 2, "los-c"},
		{"Fruin at the bound is the worse", "fruin-walkway", []Input{measured(Inside, 100), measured(Area, 139)}, 1.39, "los-d"},
		{"the same space on stairs is freer", "fruin-stairs", []Input{measured(Inside, 100), measured(Area, 139.5)}, 1.4, "los-b"},
		{"nobody is free to walk", "fruin-queue", []Input{measured(Inside, 0), measured(Area, 50)}, 50, "los-a"},
		{"30 waiting, 120 an hour", "queue-little", []Input{measured(Waiting, 30), measured(Served, 120)}, 15, "wait-long"},
		{"nobody waits", "queue-little", []Input{measured(Waiting, 0), measured(Served, 0)}, 0, "wait-none"},
		{"PM2.5 75 is the end of good", "aqi", []Input{measured(PM25, 75)}, 100, "air-2"},
		{"the worst pollutant decides, rounded up", "aqi", []Input{measured(PM25, 20), measured(PM10, 201)}, 126, "air-3"},
		{"beyond the table it ends", "aqi", []Input{measured(PM25, 900)}, 500, "air-6"},
		{"share", "share-inside", []Input{measured(Inside, 620), measured(InstantLimit, 1000)}, 62, ""},
		{"a share is cut, not rounded to a step", "share-inside", []Input{measured(Inside, 9499), measured(InstantLimit, 10000)}, 94.9, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := Compute(c.id, noon, c.inputs...)
			v, ok := f.Result.Value()
			if !ok || v != c.want || f.Result.Grade != c.grade || f.Result.State() != Live {
				t.Errorf("%v %v %q %s, want %v %q", v, ok, f.Result.Grade, f.Result.State(), c.want, c.grade)
			}
			if zh, en := f.Explain(); !strings.Contains(zh, f.Formula.Source) || !strings.Contains(en, "From: ") || strings.Contains(en, "人") {
				t.Errorf("%q %q", zh, en)
			}
		})
	}
}

func TestUnknownStaleClosedAndZeroStayApartInEachFigure(t *testing.T) {
	at := noon
	for _, f := range Formulas() {
		said := map[string]State{}
		for _, s := range []State{Unknown, Stale, Closed, Live} {
			var inputs []Input
			for _, q := range append(f.Needs, f.Any...) {
				l := quantities[q]
				in := Measured(q, max(l.min, min(1, l.max)), at.Add(-time.Minute), "test")
				if in.State() != Live {
					t.Fatalf("%s: %s", f.ID, q)
				}
				switch s {
				case Unknown:
					in = Missing(q)
				case Stale:
					in = in.Outdated()
				case Closed:
					in = Shut(q)
				}
				inputs = append(inputs, in)
			}
			fig := f.figure(at, inputs)
			want := s
			if s == Closed && len(f.Needs) == 0 {
				want = Unknown // no pollutant is ever closed
			}
			if fig.Result.State() != want {
				t.Errorf("%s of %s inputs is %s", f.ID, s, fig.Result.State())
			}
			if _, ok := fig.Result.Value(); ok != (s == Stale || s == Live) {
				t.Errorf("%s of %s inputs has a value: %v", f.ID, s, ok)
			}
			zh, _ := fig.Explain()
			if other, ok := said[zh]; ok && want == s {
				t.Errorf("%s says the same of %s and %s", f.ID, s, other)
			}
			said[zh] = s
		}
	}
}

func TestAnInputAges(t *testing.T) {
	in := Measured(Wind, 0, noon, "mast")
	for _, c := range []struct {
		later time.Duration
		want  State
	}{{0, Live}, {30 * time.Minute, Live}, {31 * time.Minute, Stale}, {3 * time.Hour, Stale}, {3*time.Hour + time.Minute, Unknown}, {-2 * time.Minute, Unknown}} {
		if got := in.AsOf(noon.Add(c.later)); got.State() != c.want {
			t.Errorf("after %s: %s", c.later, got.State())
		}
	}
	for _, later := range []time.Duration{time.Minute, 4 * time.Hour} {
		if got := in.Outdated().AsOf(noon.Add(later)); later == time.Minute && got.State() != Stale || later > time.Hour && (got.State() != Unknown || got.Lack() != TooOld) {
			t.Errorf("stale already, after %s: %s %q", later, got.State(), got.Lack())
		}
	}
	if got := Measured(MeanTemp, 15, noon, "mast").AsOf(noon.AddDate(1, 0, 0)); got.State() != Live {
		t.Errorf("the mean of a day that is over is %s a year later", got.State())
	}
	if v, ok := in.Value(); !ok || v != 0 {
		t.Error("a calm is no zero")
	}
	for _, wrong := range []float64{math.NaN(), math.Inf(1), -1, 90} {
		if in := Measured(Wind, wrong, noon, "mast"); in.State() != Unknown {
			t.Errorf("wind of %v is %s", wrong, in.State())
		}
	}
}

// drawInput draws an input of a quantity in any of the four states.
func drawInput(r *rapid.T, q Quantity) Input {
	l := quantities[q]
	v := rapid.Float64Range(l.min, min(l.max, l.min+1e5)).Draw(r, string(q))
	in := Measured(q, v, noon.Add(-time.Duration(rapid.IntRange(0, 1e7).Draw(r, "age"))*time.Millisecond), "d-1")
	switch rapid.IntRange(0, 6).Draw(r, "state") {
	case 0:
		return Missing(q)
	case 3:
		return Lacking(q, rapid.SampledFrom([]Lack{NoSource, TooFew, TooOld}).Draw(r, "lack"))
	case 4:
		if in.trust > 0 {
			in.trust *= rapid.Float64Range(0.001, 1).Draw(r, "trust")
		}
		return in
	case 1:
		return Shut(q)
	case 2:
		return in.Outdated()
	}
	return in
}

func TestAWrittenFigureIsComputedAgainBitForBit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := rapid.SampledFrom(Formulas()).Draw(r, "formula")
		var inputs []Input
		for _, q := range append(f.Needs, f.Any...) {
			inputs = append(inputs, drawInput(r, q))
		}
		fig := f.figure(noon, inputs)
		again, err := Again(fig.Encode())
		if err != nil {
			r.Fatal(err)
		}
		if !bytes.Equal(fig.Encode(), again.Encode()) {
			r.Fatalf("%s\n%s", fig.Encode(), again.Encode())
		}
	})
}

func TestAMissingInputSaysWhy(t *testing.T) {
	f := Compute("climate-k", noon, measured(MeanTemp, 15), measured(MeanWind, 2), Lacking(Sunshine, NoSource))
	zh, en := f.Explain()
	if f.Result.State() != Unknown || !strings.Contains(zh, "日照时数 暂无数据（没有数据来源）") || !strings.Contains(en, "sunshine no data (no source)") {
		t.Errorf("%s %q %q", f.Result.State(), zh, en)
	}
	wait := Compute("queue-little", noon, Lacking(Waiting, NoSource), Lacking(Served, NoSource)).As(WaitMinutes)
	if wait.Lack() != NoSource {
		t.Errorf("the wait lacks %q", wait.Lack())
	}
	zh, _ = Assess(noon, Published(), measured(Share, 10), wait).Explain(true)
	if !strings.Contains(zh, "预计等候（没有数据来源）") {
		t.Error(zh)
	}
	for _, wrong := range []string{`"state":"unknown","value":null,"unit":"h","at":null,"source":"","lack":"lost"`, `"state":"closed","value":null,"unit":"h","at":null,"source":"","lack":"no-source"`,
		`"state":"live","value":5,"unit":"h","at":"2026-10-01T04:00:00Z","source":"","trust":1.5`, `"state":"stale","value":5,"unit":"h","at":"2026-10-01T04:00:00Z","source":"","trust":0.7`} {
		if _, err := Again([]byte(`{"formula":"climate-k","version":"2011","at":"2026-10-01T04:00:00Z","inputs":[{"quantity":"sunshine",` + wrong + `}]}`)); !errors.Is(err, ErrWritten) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

// TestAFigureIsTrustedAsAnInputNoMoreThanItself: an air quality of one pollutant of six
// does not count in an index as if all were known.
func TestAFigureIsTrustedAsAnInputNoMoreThanItself(t *testing.T) {
	one := Compute("aqi", noon, measured(PM25, 30))
	all := Compute("aqi", noon, measured(PM25, 30), measured(PM10, 10), measured(SO2, 10), measured(NO2, 10), measured(CO, 1), measured(O3, 10))
	share, feels, wait := measured(Share, 50), measured(Feels, 22), measured(WaitMinutes, 15)
	x, y := Assess(noon, Published(), share, feels, wait, one.As(AQI)), Assess(noon, Published(), share, feels, wait, all.As(AQI))
	if one.Result.Confidence != 0.583 || x.Comfort.Confidence != 0.937 || y.Comfort.Confidence != 1 { // 0.85 + 0.15·0.583
		t.Errorf("%v: %v, all: %v", one.Result.Confidence, x.Comfort.Confidence, y.Comfort.Confidence)
	}
	again, err := AgainIndex(x.Encode())
	if err != nil || again.Confidence != x.Confidence {
		t.Errorf("read again: %v, %v", again.Confidence, err)
	}
	old := Compute("aqi", noon, measured(PM25, 30).Outdated()).As(AQI)
	if old.State() != Stale || old.worth() != 0.292 {
		t.Errorf("of an old figure: %s %v", old.State(), old.worth())
	}
}

func TestMorePeopleAreNeverABetterLevel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.SampledFrom(Schemes()).Draw(r, "scheme")
		l := Limits{}
		for _, p := range []**int{&l.Instant, &l.Daily, &l.Optimal} {
			if rapid.Bool().Draw(r, "approved") {
				*p = ptr(rapid.IntRange(1, 5000).Draw(r, "limit"))
			}
		}
		c := Count{State: Live, Inside: rapid.IntRange(0, 6000).Draw(r, "inside"), Entered: rapid.IntRange(0, 6000).Draw(r, "entered")}
		more := c
		more.Inside += rapid.IntRange(0, 500).Draw(r, "in")
		more.Entered += rapid.IntRange(0, 500).Draw(r, "more")
		a, b := Judge(c, l, s), Judge(more, l, s)
		if a.Level.Fuller(b.Level) || gravityOfPeak[a.Peak] > gravityOfPeak[b.Peak] || a.Full && !b.Full {
			r.Fatalf("%+v is %q %q, %+v is %q %q", c, a.Level, a.Peak, more, b.Level, b.Peak)
		}
	})
}

func TestLessSpaceIsNeverABetterService(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g := rapid.SampledFrom([]Ground{Walkway, Stairs, Queueing}).Draw(r, "ground")
		a := rapid.Float64Range(0, 5).Draw(r, "a")
		b := rapid.Float64Range(0, a).Draw(r, "b")
		if g.Service(b) < g.Service(a) {
			r.Fatalf("%v m² is %s, %v m² is %s", a, g.Service(a), b, g.Service(b))
		}
	})
}

func FuzzAgain(f *testing.F) {
	f.Add(Compute("apparent-steadman-bom", noon, measured(AirTemp, 20), measured(Humidity, 50), measured(Wind, 1)).Encode())
	f.Add(Compute("aqi", noon, measured(PM25, 20), Missing(O3)).Encode())
	f.Add([]byte(`{"formula":"aqi","version":"HJ 633-2012","inputs":[{"quantity":"pm25","state":"live","value":-1,"unit":"µg/m³","at":"2026-10-01T04:00:00Z"}]}`))
	f.Add(Assess(noon, Published(), measured(Share, 50)).Encode())
	f.Fuzz(func(t *testing.T, written []byte) {
		if fig, err := Again(written); err == nil {
			once := fig.Encode()
			again, err := Again(once)
			if err != nil || !bytes.Equal(once, again.Encode()) {
				t.Errorf("%v\n%s\n%s", err, once, again.Encode())
			}
		}
		if x, err := AgainIndex(written); err == nil {
			once := x.Encode()
			again, err := AgainIndex(once)
			if err != nil || !bytes.Equal(once, again.Encode()) {
				t.Errorf("%v\n%s\n%s", err, once, again.Encode())
			}
		}
	})
}
