package tourism

import (
	"cmp"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/tourism/comfort"
)

// Measure is a step of the response plan (应对预案) of an area: what is done once a
// trigger is reached.
type Measure struct {
	From Code          `bson:"from" json:"from"` // of list response-trigger
	Do   heritage.Text `bson:"do" json:"do"`     // who does what
}

// ResponseTriggers are what a measure may wait for.
func ResponseTriggers() List {
	l := List{Name: "response-trigger", ZH: "应对措施的触发条件", EN: "What a measure waits for", Source: "LB/T 068-2017 5.4, and " + ours}
	for _, t := range comfort.Triggers() {
		zh, en := t.Label()
		l.Terms = append(l.Terms, Term{Code(t), zh, en})
	}
	return l
}

// ErrTrigger is a measure that waits for nothing.
var ErrTrigger = fault.Define(fault.Invalid, "tourism.trigger_required",
	"请选择措施的触发条件。", "Choose what the measure waits for.")

// checkMeasures finds what is wrong with a response plan.
func checkMeasures(out *heritage.Findings, path string, list []Measure) {
	for i, m := range list {
		if m.From == "" {
			out.Add(ErrTrigger.At(at(path, i) + ".from"))
		}
		term(out, at(path, i)+".from", ResponseTriggers(), m.From)
		out.Title(at(path, i)+".do", m.Do)
	}
}

// measures is the plan of an area; where it has none, the triggers of its scheme, which
// say when but not what. own is whether it has one.
func (c *Capacity) measures() (list []Measure, own bool) {
	if c != nil && len(c.Response) > 0 {
		return c.Response, true
	}
	for _, t := range c.scheme().Triggers() {
		list = append(list, Measure{From: Code(t)})
	}
	return list, false
}

// PlanLack is what a response plan lacks, so that its next step cannot be told in full.
type PlanLack string

const (
	NoMeasures PlanLack = "no-measures" // the area has no plan: the triggers are those of its scheme
	NoLimit    PlanLack = "no-limit"    // no limit is approved, so nothing is ever reached
	NoForecast PlanLack = "no-forecast" // too little was counted, or too long ago
)

// Response is what the plan of an area says of now and of the hours ahead.
type Response struct {
	Started []Measure // whose triggers are reached now
	Next    []Measure // that come next, together; empty when none is expected
	At      time.Time // when they come; zero without Next
	Likely  bool      // by what is expected; false: only by the upper end of the interval
	Lacks   []PlanLack
}

// respondsFor is how far ahead the next step is looked for.
const respondsFor = 24 * time.Hour

// Response tells which measures of the plan are under way and which come next, by what
// is expected of the crowd; when nothing is, by the upper end of that.
func (s *Service) Response(c *Crowd) Response {
	list, own := c.Fields.Capacity.measures()
	var r Response
	if !own {
		r.Lacks = append(r.Lacks, NoMeasures)
	}
	if l := c.Fields.Capacity.limits(); l.Instant == nil && l.Daily == nil {
		r.Lacks = append(r.Lacks, NoLimit)
	}
	if c.Forecast == nil {
		r.Lacks = append(r.Lacks, NoForecast)
	}
	reached := func(j comfort.Judgement) (yes, no []Measure) {
		for _, m := range list {
			if comfort.Trigger(m.From).Reached(j) {
				yes = append(yes, m)
			} else {
				no = append(no, m)
			}
		}
		return yes, no
	}
	r.Started, list = reached(c.Judgement)
	ahead := s.hoursAhead(c, respondsFor)
	for _, r.Likely = range []bool{true, false} {
		for _, f := range ahead {
			j := f.expected
			if !r.Likely {
				j = f.upper
			}
			if r.Next, _ = reached(j); len(r.Next) > 0 {
				r.At = f.At
				return r
			}
		}
	}
	return r
}

// hoursAhead is what is foretold of c for a span, in quarters of an hour as long as
// there are any, then in hours.
func (s *Service) hoursAhead(c *Crowd, span time.Duration) []Foretold {
	if c.Forecast == nil {
		return nil
	}
	out := s.Foretold(c, c.Forecast.Soon)
	var end time.Time
	if n := len(out); n > 0 {
		end = out[n-1].At
	}
	for _, f := range s.Foretold(c, c.Forecast.Later) {
		if f.At.After(end) {
			out = append(out, f)
		}
	}
	last := s.st.Now().Add(span)
	return slices.DeleteFunc(out, func(f Foretold) bool { return f.At.After(last) })
}

// Moment is what is expected some time from now.
type Moment struct {
	After time.Duration
	Foretold
}

// outlooks are the moments that who is on duty looks at.
var outlooks = []time.Duration{quarter, time.Hour, 3 * time.Hour}

// Moments returns what is expected in a quarter of an hour, an hour and three, each at
// the step that ends nearest to then; those that no step is near are left out.
func (s *Service) Moments(c *Crowd) []Moment {
	now, ahead := s.st.Now(), s.hoursAhead(c, 5*time.Hour)
	var out []Moment
	for _, after := range outlooks {
		off := func(f Foretold) time.Duration { return f.At.Sub(now.Add(after)).Abs() }
		if len(ahead) == 0 {
			break
		}
		near := slices.MinFunc(ahead, func(a, b Foretold) int { return cmp.Compare(off(a), off(b)) })
		if off(near) <= nearStep {
			out = append(out, Moment{After: after, Foretold: near})
		}
	}
	return out
}

// nearStep is how far the end of a step may be from the moment that it stands for: half
// of the longest step.
const nearStep = 30 * time.Minute

// Rise returns the first moment within the hour at which a fuller level is expected than
// holds now; nil when none is. Where no level holds, closed or not counted, only what is
// at least busy rises.
func (s *Service) Rise(c *Crowd) *Foretold {
	now := c.Judgement.Level
	if now == comfort.NotAssessed {
		now = comfort.Comfortable
	}
	for _, f := range s.hoursAhead(c, time.Hour) {
		if f.Level.Fuller(now) {
			return &f
		}
	}
	return nil
}
