package alarm

import (
	"math"
	"time"

	"yijianyou/sensors/series"
)

// figure is what a rule makes of a sample.
type figure struct {
	value, bound float64
	above        bool // which bound it is nearer to, or beyond
	out, back    bool // beyond the bound; inside it by the hysteresis
	known        bool
}

// measure takes a sample into what the state remembers and makes the figure of it. last is
// the newest moment before.
func (j *Judge) measure(s *State, i int, x *Sample, last int64, begun bool) figure {
	switch j.rule.Kind {
	case Limit:
		return j.watched(j.between(x.Value), x.At)
	case Rate:
		s.window.Add(j.spanMS, x.At, x.Value)
		return j.watched(j.under(math.Abs(s.window.Change(x.Value))), x.At)
	case Swing:
		s.window.Add(j.spanMS, x.At, x.Value)
		return j.watched(j.under(s.window.Swing()), x.At)
	case Silence:
		return figure{value: 0, bound: float64(j.spanMS) / 1000, known: true, back: true}
	case Stuck:
		still := s.still.Add(x.At, last, x.Value, j.high, j.gapMS)
		return figure{value: float64(still) / 1000, bound: float64(j.spanMS) / 1000, known: true, above: true, out: still >= j.spanMS, back: still == 0}
	case Spike:
		n := s.spikes.Add(x.At, x.Value, j.high, j.spanMS)
		return figure{value: float64(n), bound: float64(j.times), known: true, above: true, out: n >= j.times, back: n == 0}
	case Dew:
		return j.watched(j.margin(s, i, x), x.At)
	case Mould:
		return j.mouldIndex(s, i, x, last, begun)
	case Dose:
		return j.yearly(s, x)
	case Hours:
		return j.presence(x.Value, max(x.At, s.lapsed))
	case Passage:
		return j.watched(figure{value: x.Value, bound: 0, known: true, above: true, out: x.Value > 0, back: x.Value <= 0}, x.At)
	}
	return figure{}
}

// between judges a value by both bounds.
func (j *Judge) between(v float64) figure {
	f := figure{value: v, known: true, out: v > j.high || v < j.low,
		back: v <= j.high-j.rule.Hysteresis && v >= j.low+j.rule.Hysteresis}
	f.above = v-j.high > j.low-v || math.IsInf(j.low, -1)
	if f.bound = j.low; f.above {
		f.bound = j.high
	}
	return f
}

// rounding is what differences of decimal values may be off by: 55.1 less 50.1 is not above 5.
const rounding = 1e-9

// under judges a figure by the high bound.
func (j *Judge) under(v float64) figure {
	return figure{value: v, bound: j.high, above: true, known: true, out: v > j.high+rounding, back: v <= j.high-j.rule.Hysteresis+rounding}
}

// watched takes what is measured outside the hours of the rule as good: it is not watched.
func (j *Judge) watched(f figure, at int64) figure {
	if len(j.hours) > 0 && !within(j.hours, at, j.loc) {
		f.out, f.back = false, true
	}
	return f
}

// pair returns the temperature of sample x and the newest humidity; ok is false when x is of
// another quantity, or the humidity is missing or older than a gap.
func (j *Judge) pair(s *State, i int, x *Sample) (celsius, rh float64, ok bool) {
	in := s.in[1]
	return x.Value, in.value, i == 0 && in.known && x.At-in.at <= j.gapMS
}

// margin is by how much the surface is warmer than the dew point, in kelvin.
func (j *Judge) margin(s *State, i int, x *Sample) figure {
	celsius, rh, ok := j.pair(s, i, x)
	if !ok || rh <= 0 {
		return figure{}
	}
	surface := celsius - j.rule.SurfaceBelowK
	if in := s.in[2]; in.known && x.At-in.at <= j.gapMS {
		surface = in.value
	}
	v := surface - series.DewPointCelsius(celsius, rh)
	return figure{value: v, bound: j.low, known: true, out: v < j.low, back: v >= j.low+j.rule.Hysteresis}
}

// mouldIndex lets the mould grow under what was measured before, up to the sample.
func (j *Judge) mouldIndex(s *State, i int, x *Sample, last int64, begun bool) figure {
	if span := x.At - last; begun && span > 0 && span <= j.gapMS && s.in[0].known && s.in[1].known {
		class := j.rule.Class
		if class == "" {
			class = series.VerySensitive
		}
		s.mould.Step(class, s.in[0].value, s.in[1].value, span)
	}
	if _, _, ok := j.pair(s, i, x); !ok {
		return figure{}
	}
	return j.under(s.mould.Index)
}

// yearly adds light to the dose of the calendar year. What lies between the last sample of a
// year and the first of the next counts in the next.
func (j *Judge) yearly(s *State, x *Sample) figure {
	if y := time.UnixMilli(x.At).In(j.loc).Year(); y != s.year {
		s.year = y
		s.dose.Restart()
	}
	s.dose.Add(x.At, x.Value, j.gapMS)
	return j.under(s.dose.Hours)
}

// presence is out when somebody is there outside the hours.
func (j *Judge) presence(v float64, at int64) figure {
	out := v > 0 && !within(j.hours, at, j.loc)
	return figure{value: v, bound: 0, above: true, known: true, out: out, back: !out}
}
