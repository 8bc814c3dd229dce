package comfort

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestThePublishedDataHoldsTogether(t *testing.T) {
	for _, s := range Schemes() {
		if err := s.Check(); err != nil {
			t.Error(err)
		}
		if s.Source.ZH == "" || s.Source.EN == "" || s.Version == "" || s.Name.ZH == "" || s.Name.EN == "" {
			t.Errorf("%+v", s)
		}
	}
	w := Published()
	for _, list := range [][]Weighed{w.Comfort, w.Safety} {
		sum := 0.0
		for _, p := range list {
			sum += p.Weight
			if zh, en := p.Quantity.Label(); zh == "" || en == "" {
				t.Errorf("%s has no words", p.Quantity)
			}
			for i := 1; i < len(p.Curve); i++ {
				if p.Curve[i].At <= p.Curve[i-1].At || p.Curve[i].Score < 0 || p.Curve[i].Score > 100 {
					t.Errorf("the curve of %s: %+v", p.Quantity, p.Curve)
				}
			}
		}
		if sum != 100 {
			t.Errorf("weights add up to %v", sum)
		}
	}
	for _, f := range Formulas() {
		if f.Version == "" || f.Source == "" || f.ZH == "" || f.EN == "" || f.compute == nil {
			t.Errorf("%+v", f)
		}
	}
}

func TestTheIndexByItsWeights(t *testing.T) {
	// 50 % scores 80, 22 °C 100, 15 min 75, AQI 60 91: (80·45 + 100·25 + 75·15 + 91·15) / 100.
	all := []Input{measured(Share, 50), measured(Feels, 22), measured(WaitMinutes, 15), measured(AQI, 60), measured(PerPerson, 4)}
	x := Assess(noon, Published(), all...)
	if v, ok := x.Value(); !ok || v != 85.9 || x.Confidence != 1 || x.Low != 85.9 || x.High != 85.9 || x.Grade != "index-5" || x.Safety.Value != 100 {
		t.Errorf("%v %v %+v", v, ok, x)
	}
	// Without air and queue the rest decides, and it is said how little that is.
	x = Assess(noon, Published(), all[0], all[1], all[4])
	if v, _ := x.Value(); v != 87.1 || x.Confidence != 0.7 || x.Low != 0 || x.High != 91 {
		t.Errorf("%v %+v", v, x)
	}
	if zh, en := x.Explain(true); !strings.Contains(zh, "缺少：预计等候、空气质量指数") || !strings.Contains(en, "Missing: expected wait, air quality index") {
		t.Errorf("%q %q", zh, en)
	}
	// A place that is not safe is not recommended, however mild the air.
	x = Assess(noon, Published(), measured(Share, 50), measured(Feels, 22), measured(WaitMinutes, 0), measured(AQI, 20), measured(PerPerson, 0.25))
	if v, _ := x.Value(); v != 10 || x.Grade != "index-1" {
		t.Errorf("in a crush: %v %s", v, x.Grade)
	}
}

func TestTheIndexKeepsTheFourStatesApart(t *testing.T) {
	rest := []Input{measured(Feels, 22), measured(WaitMinutes, 0), measured(AQI, 20), measured(PerPerson, 4)}
	said := map[string]bool{}
	for _, c := range []struct {
		share Input
		want  State
		value bool
	}{{Missing(Share), Unknown, false}, {Shut(Share), Closed, false}, {measured(Share, 0).Outdated(), Stale, true}, {measured(Share, 0), Live, true}} {
		x := Assess(noon, Published(), append(rest, c.share)...)
		if _, ok := x.Value(); x.State != c.want || ok != c.value {
			t.Errorf("%s: %s, value %v", c.want, x.State, ok)
		}
		zh, _ := x.Explain(true)
		if band, _ := x.Explain(false); !c.value && (strings.Contains(zh+band, "可信度") || x.State == Closed && strings.Contains(zh+band, "缺少")) {
			t.Errorf("%s is no index and says %s", c.want, zh+band)
		}
		if said[zh] {
			t.Errorf("%s says what another state says", c.want)
		}
		said[zh] = true
	}
}

// TestWhatIsMissingCostsConfidenceAndWidensTheRange: taking an input away never
// raises the confidence or the low end, never lowers the high end, and moves the
// index only within what it might have been.
func TestWhatIsMissingCostsConfidenceAndWidensTheRange(t *testing.T) {
	quantities := []Quantity{Share, Feels, WaitMinutes, AQI, PerPerson}
	rapid.Check(t, func(r *rapid.T) {
		var inputs []Input
		for _, q := range quantities {
			inputs = append(inputs, drawInput(r, q))
		}
		x := Assess(noon, Published(), inputs...)
		i := rapid.IntRange(0, len(inputs)-1).Draw(r, "missing")
		less := append([]Input{}, inputs...)
		less[i] = Missing(quantities[i])
		y := Assess(noon, Published(), less...)
		if y.Confidence > x.Confidence || y.Low > x.Low || y.High < x.High {
			r.Fatalf("without %s: confidence %v to %v, %v–%v to %v–%v", quantities[i], x.Confidence, y.Confidence, x.Low, x.High, y.Low, y.High)
		}
		for _, z := range []Index{x, y} {
			if v, ok := z.Value(); ok && (v < z.Low || v > z.High || v < 0 || v > 100 || math.IsNaN(v)) {
				r.Fatalf("%v is not in %v–%v", v, z.Low, z.High)
			}
			again, err := AgainIndex(z.Encode())
			if err != nil || !bytes.Equal(z.Encode(), again.Encode()) {
				r.Fatalf("%v\n%s\n%s", err, z.Encode(), again.Encode())
			}
		}
	})
}

func TestAFullerPlaceIsNeverBetter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var rest []Input
		for _, q := range []Quantity{Feels, WaitMinutes, AQI, PerPerson} {
			rest = append(rest, drawInput(r, q))
		}
		a := rapid.Float64Range(0, 200).Draw(r, "a")
		b := rapid.Float64Range(a, 250).Draw(r, "b")
		x, y := Assess(noon, Published(), append(rest, measured(Share, a))...), Assess(noon, Published(), append(rest, measured(Share, b))...)
		if v, _ := x.Value(); true {
			if w, _ := y.Value(); w > v {
				r.Fatalf("%v %% has %v, %v %% has %v", a, v, b, w)
			}
		}
	})
}

func TestALocalSchemeIsData(t *testing.T) {
	lyg, ok := SchemeOf("lianyungang")
	if !ok {
		t.Fatal("no such scheme")
	}
	for entered, want := range map[int]Peak{2999: NoPeak, 3000: PeakIV, 4000: PeakIII, 4500: PeakII, 4999: PeakII, 5000: PeakI} {
		j := Judge(Count{State: Live, Entered: entered}, Limits{Daily: ptr(5000), Optimal: ptr(3000)}, lyg)
		if j.Peak != want {
			t.Errorf("%d entered: %q, want %q", entered, j.Peak, want)
		}
	}
	epidemic, _ := SchemeOf("epidemic-2020")
	j := Judge(Count{State: Live, Inside: 300, Entered: 300}, Limits{Instant: ptr(1000), Daily: ptr(5000)}, epidemic)
	if !j.Full || *j.Compared[0].Limit != 300 || *j.Compared[1].Limit != 2500 {
		t.Errorf("%+v", j)
	}
	if _, ok := SchemeOf("nowhere"); ok {
		t.Error("a scheme of nowhere")
	}
}

func BenchmarkAssess(b *testing.B) {
	w := Published()
	inputs := []Input{measured(Share, 50), measured(Feels, 22), measured(WaitMinutes, 15), measured(AQI, 60)}
	for b.Loop() {
		Assess(noon, w, inputs...)
	}
}

func BenchmarkCompute(b *testing.B) {
	inputs := []Input{measured(AirTemp, 22), measured(Humidity, 50), measured(Wind, 1)}
	for b.Loop() {
		Compute("apparent-steadman-bom", noon, inputs...)
	}
}
