package alarm

import (
	"pgregory.net/rapid"

	"yijianyou/sensors/series"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
	begin  = int64(1_767_225_600_000) // 2026-01-01 00:00 UTC, a Thursday
)

func ptr(v float64) *float64 { return &v }

func someRule(kind Kind) Rule {
	r := Rule{Kind: kind, Severity: 3, Source: Source{Text: "test"}}
	switch kind {
	case Limit:
		r.Quantity, r.Low, r.High, r.Hysteresis, r.HoldS, r.ClearS = Humidity, ptr(40), ptr(60), 2, 1200, 600
	case Rate:
		r.Quantity, r.High, r.Hysteresis = Humidity, ptr(8), 1
	case Swing:
		r.Quantity, r.High, r.Hysteresis, r.ClearS = Humidity, ptr(20), 2, 600
	case Silence:
		r.Quantity, r.SpanS = Humidity, 1800
	case Stuck:
		r.Quantity, r.SpanS = Humidity, 3600
	case Spike:
		r.Quantity, r.High, r.SpanS, r.Times = Humidity, ptr(15), 7200, 2
	case Dew:
		r.Low, r.Hysteresis, r.SurfaceBelowK, r.HoldS = ptr(3), 0.5, 8, 600
	case Mould:
		r.High = ptr(0.001)
	case Dose:
		r.High = ptr(500)
	case Hours:
		r.Hours = []Span{{Days: []int{1, 2, 3, 4, 5}, From: "09:00", To: "17:00"}}
	}
	return r
}

func judgeOf(t interface{ Fatal(...any) }, r Rule, quiet ...Quiet) *Judge {
	j, err := NewJudge(r, nil, quiet)
	if err != nil {
		t.Fatal(r.Kind, err)
	}
	return j
}

// someSamples draws samples in the order of a Course; steps are minutes to hours.
func someSamples(t *rapid.T, n int) []Sample {
	var list []Sample
	at := begin
	rh, lux := 50.0, 100.0
	for range rapid.IntRange(1, n).Draw(t, "n") {
		at += minute * rapid.SampledFrom([]int64{1, 5, 10, 10, 10, 15, 30, 90}).Draw(t, "step")
		rh = min(max(rh+float64(rapid.IntRange(-80, 80).Draw(t, "rh"))/10, 1), 99)
		for _, x := range []Sample{{at, Illuminance, lux}, {at, Presence, float64(rapid.IntRange(0, 1).Draw(t, "there"))}, {at, Humidity, rh},
			{at, Temperature, float64(rapid.IntRange(100, 300).Draw(t, "celsius")) / 10}, {at, Uncovered, float64(rapid.IntRange(0, 1).Draw(t, "uncovered"))}} {
			list = append(list, x)
		}
	}
	return list
}

func someJudge(t *rapid.T) *Judge {
	r := someRule(rapid.SampledFrom(Kinds).Draw(t, "kind"))
	if rapid.Bool().Draw(t, "bare") && r.Kind != Stuck && r.Kind != Silence {
		r.HoldS, r.ClearS = 0, 0
	}
	if r.Kind == Mould {
		r.Class = rapid.SampledFrom(series.MouldClasses).Draw(t, "class")
	}
	var quiet []Quiet
	if rapid.Bool().Draw(t, "maintenance") {
		from := begin + minute*rapid.Int64Range(0, 600).Draw(t, "from")
		quiet = append(quiet, Quiet{from, from + minute*rapid.Int64Range(1, 600).Draw(t, "for")})
	}
	return judgeOf(t, r, quiet...)
}
