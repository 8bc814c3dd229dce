package alarm

import (
	"math"
	"strconv"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/sensors/series"
)

// inputs is how many quantities a rule takes in at most.
const inputs = 3

// Quiet is a maintenance window, in milliseconds; Until is exclusive.
type Quiet struct{ From, Until int64 }

// Judge is a rule that is ready for use. It is immutable and safe for concurrent use.
type Judge struct {
	rule      Rule
	low, high float64 // infinite where there is no bound
	holdMS    int64
	clearMS   int64
	spanMS    int64
	gapMS     int64
	times     int
	hours     []minutes
	loc       *time.Location
	quiet     []Quiet
	takes     [inputs]string // quantities, "" none
}

// NewJudge makes a rule ready. loc is the time zone of hours and years, nil UTC. quiet are the
// maintenance windows that concern what is measured.
//
// Errors: what Check finds.
func NewJudge(r Rule, loc *time.Location, quiet []Quiet) (*Judge, error) {
	if err := fault.InvalidFields(r.Check()); err != nil {
		return nil, err
	}
	if loc == nil {
		loc = time.UTC
	}
	j := &Judge{rule: r, low: math.Inf(-1), high: math.Inf(1), holdMS: int64(r.HoldS) * 1000, clearMS: int64(r.ClearS) * 1000,
		spanMS: int64(r.SpanS) * 1000, gapMS: int64(orDefault(r.GapS, defaultGapS)) * 1000, times: orDefault(r.Times, defaultTimes), loc: loc, quiet: quiet}
	if r.Low != nil {
		j.low = *r.Low
	}
	if r.High != nil {
		j.high = *r.High
	}
	for _, h := range r.Hours {
		m, _ := h.compile()
		j.hours = append(j.hours, m)
	}
	switch r.Kind {
	case Rate:
		j.spanMS = int64(orDefault(r.SpanS, defaultRateS)) * 1000
	case Swing:
		j.spanMS = int64(orDefault(r.SpanS, defaultSwingS)) * 1000
	case Stuck:
		if r.High == nil {
			j.high = 0
		}
	}
	j.takes = r.takes()
	return j, nil
}

func orDefault(v, other int) int {
	if v == 0 {
		return other
	}
	return v
}

func (r *Rule) takes() [inputs]string {
	switch r.Kind {
	case Dew:
		return [inputs]string{Temperature, Humidity, Surface}
	case Mould:
		return [inputs]string{Temperature, Humidity}
	case Dose:
		return [inputs]string{Illuminance}
	case Hours:
		return [inputs]string{Presence}
	case Passage:
		return [inputs]string{Uncovered}
	}
	return [inputs]string{r.Quantity}
}

// Clock is the clock by which it tells hours and days.
func (j *Judge) Clock() *time.Location { return j.loc }

// Takes reports whether samples of a quantity concern the rule.
func (j *Judge) Takes(quantity string) bool { return j.input(quantity) >= 0 }

func (j *Judge) input(quantity string) int {
	if quantity == "" {
		return -1
	}
	for i := range j.takes {
		if j.takes[i] == quantity {
			return i
		}
	}
	return -1
}

// Memory names what a state remembers of samples: a state may be carried over from one rule to
// another with the same, see State.Rebase.
func (j *Judge) Memory() string {
	return string(j.rule.Kind) + "/" + j.rule.Quantity + "/" + strconv.FormatInt(j.spanMS, 10) + "/" + strconv.FormatInt(j.gapMS, 10) + "/" + string(j.rule.Class)
}

// input of a state: the newest sample of a quantity.
type input struct {
	at    int64
	value float64
	known bool
}

// State is what a rule knows of one place that is measured. The zero value knows nothing.
type State struct {
	phase Phase
	told  bool  // somebody was told: it was raised outside of maintenance windows
	since int64 // when the phase began; of Raised when it began to be out
	good  int64 // of Clearing: since when it is good
	at    int64 // newest sample that was taken
	value float64
	worst float64 // furthest out since it began
	above bool    // it is out above, else below
	valid bool    // value is known

	in     [inputs]input
	window series.Window
	dose   series.Dose
	year   int
	mould  series.Mould
	still  series.Still
	spikes series.Spikes

	lapsed int64 // of Hours: the newest moment that time alone was judged at since the newest sample; 0 none
}

// Phase is how far it has come.
func (s *State) Phase() Phase { return s.phase }

// Muted reports that there is an alarm of which nobody was told.
func (s *State) Muted() bool { return s.phase.On() && !s.told }

// At is the moment of the newest sample that was taken; 0 before the first.
func (s *State) At() int64 { return s.at }

// Value is the figure that was last judged; ok is false before the first.
func (s *State) Value() (v float64, ok bool) { return s.value, s.valid }

// Worst is the figure furthest out since the alarm began.
func (s *State) Worst() float64 { return s.worst }

// Since is when what is out began.
func (s *State) Since() int64 { return s.since }

// Rebase forgets the phase and keeps what is remembered of samples: of a rule whose bounds
// have changed.
func (s *State) Rebase() {
	s.phase, s.told, s.since, s.good, s.worst, s.above = Fine, false, 0, 0, 0, false
}

// Step judges one sample, or with x nil that time has passed up to now, and returns the
// next state and what changed. Samples come by time, those of one moment by the names of their
// quantities: a figure of two quantities is made when the temperature comes, the last of them.
// Those of quantities that the rule does not take, late ones, and what is no finite number, which
// instruments write where they measured nothing, change nothing.
func (j *Judge) Step(s State, x *Sample, now int64) (State, Changes) {
	var c Changes
	j.step(&s, x, now, &c)
	return s, c
}

// step is Step in place, for those who step through many samples.
func (j *Judge) step(s *State, x *Sample, now int64, c *Changes) {
	if x == nil {
		j.tick(s, now, c)
		return
	}
	i := j.input(x.Quantity)
	if i < 0 || math.IsNaN(x.Value) || math.IsInf(x.Value, 0) {
		return
	}
	if x.At < s.at || s.in[i].known && x.At <= s.in[i].at {
		return
	}
	if j.rule.Kind == Silence {
		j.tick(s, x.At, c)
		j.tick(s, x.At, c) // one that was muted and outlasts its window
	}
	last := s.at
	begun := s.in[0].known || s.in[1].known || s.in[2].known
	f := j.measure(s, i, x, last, begun)
	s.in[i], s.at = input{x.At, x.Value, true}, x.At
	if f.known {
		j.pass(s, max(x.At, s.lapsed), f, begun && x.At-last > j.gapMS, c) // what time has done is not taken back by what comes seconds later
	}
	if x.At >= s.lapsed {
		s.lapsed = 0
	}
}

// tick lets time pass for the kinds that ripen by it.
func (j *Judge) tick(s *State, now int64, c *Changes) {
	in := s.in[0]
	if !in.known || now <= s.at {
		return
	}
	switch j.rule.Kind {
	case Silence:
		at := in.at + j.spanMS
		if now < at {
			return
		}
		if s.phase == Raised {
			at = now
		}
		j.pass(s, at, figure{value: float64(at-in.at) / 1000, bound: float64(j.spanMS) / 1000, known: true, out: true, above: true}, false, c)
	case Hours:
		if in.value > 0 && now > s.lapsed {
			j.pass(s, now, j.presence(in.value, now), false, c)
			s.lapsed = now
		}
	}
}

// lookEvery is how often it is looked whether a maintenance window has ended.
const lookEvery = int64(time.Minute / time.Millisecond)

// Due is when time alone may next change the state, without a sample; ok is false for
// never. It is after what has been judged, and may be before now.
func (j *Judge) Due(s *State, now int64) (at int64, ok bool) {
	switch {
	case !s.in[0].known:
		return 0, false
	case j.rule.Kind == Silence && s.phase != Raised:
		return s.in[0].at + j.spanMS, true
	case j.rule.Kind == Silence && !s.told:
		return now + lookEvery, true
	case j.rule.Kind == Hours && s.in[0].value > 0:
		return j.dueOfPresence(s)
	}
	return 0, false
}

// dueOfPresence is when what somebody's presence means may next change: at the edge of the hours,
// when a hold or a clear time has passed, when a maintenance window may have ended.
func (j *Judge) dueOfPresence(s *State) (at int64, ok bool) {
	from := max(s.at, s.lapsed)
	at, ok = edge(j.hours, from, j.loc)
	sooner := func(t int64) {
		if t = max(t, from+1); !ok || t < at {
			at, ok = t, true
		}
	}
	switch {
	case s.phase == Pending:
		sooner(s.since + j.holdMS)
	case s.phase == Clearing:
		sooner(s.good + j.clearMS)
	case s.phase == Raised && !s.told:
		sooner(from + lookEvery)
	}
	return at, ok
}

// Lapse lets time pass up to a moment (exclusive) and calls fn with what changes on the way: of the
// kinds that time alone moves between samples. Whoever steps through samples lets the time before
// each of them lapse, so that the end is the same however often somebody has looked meanwhile.
func (j *Judge) Lapse(s *State, until int64, fn func(*Changes)) {
	if j.rule.Kind != Hours {
		return
	}
	at, ok := j.Due(s, until)
	for ; ok && at < until; at, ok = j.Due(s, until) {
		var c Changes
		j.tick(s, at, &c)
		if c.n > 0 {
			fn(&c)
		}
	}
}

// hushed reports whether a moment lies in a maintenance window.
func (j *Judge) hushed(at int64) bool {
	for _, q := range j.quiet {
		if at >= q.From && at < q.Until {
			return true
		}
	}
	return false
}
