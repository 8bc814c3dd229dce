package tourism

import (
	"context"
	"slices"
	"time"

	"yijianyou/tourism/comfort"
)

// Foretold is what is expected at a moment, judged.
type Foretold struct {
	Ahead
	Closed bool          // by the hours: nobody is expected
	Level  comfort.Level // of what is expected; NotAssessed without a limit
	Peak   comfort.Peak  // of what is expected
	Best   comfort.Level // of the lower end
	Worst  comfort.Level // of the upper end

	expected, upper comfort.Judgement // zero while closed
}

// Foretold judges what is ahead of a crowd by the limits and hours that it was
// judged by itself. What has passed since is left out.
func (s *Service) Foretold(c *Crowd, list []Ahead) []Foretold {
	now := s.st.Now()
	i, _ := slices.BinarySearchFunc(list, now, func(a Ahead, t time.Time) int { return a.At.Compare(t) })
	return foretold(c.Fields, c.closed, list[i:])
}

// foretold judges what is ahead by the limits of f and the hours.
func foretold(f *AreaFields, closed closing, list []Ahead) []Foretold {
	limits, scheme := f.Capacity.limits(), f.Capacity.scheme()
	judge := func(in, entered int) comfort.Judgement {
		return comfort.Judge(comfort.Count{State: comfort.Live, Inside: in, Entered: entered}, limits, scheme)
	}
	out := make([]Foretold, 0, len(list))
	for _, a := range list {
		v := Foretold{Ahead: a}
		if v.Closed = closed(a.At.Add(-time.Millisecond)); !v.Closed {
			v.expected, v.upper = judge(a.Inside.Expected, a.Entered.Expected), judge(a.Inside.High, a.Entered.High)
			v.Level, v.Peak = v.expected.Level, v.expected.Peak
			v.Best, v.Worst = judge(a.Inside.Low, a.Entered.Low).Level, v.upper.Level
		}
		out = append(out, v)
	}
	return out
}

// foreseen expects what the counts of the past foretell, and where that is not known
// or does not reach as far as the present level holds, that it stays as it is.
type foreseen struct{ s *Service }

// Outlook implements Expectations.
func (e foreseen) Outlook(ctx context.Context, area AreaID, fields *AreaFields, closed closing) (Outlook, error) {
	kept := e.s.forecast(area)
	if kept == nil || kept.ends().Before(e.s.st.Now().Add(presentHolds)) {
		return presentLevel{e.s}.Outlook(ctx, area, fields, closed)
	}
	return foreseenOutlook{soon: foretold(fields, closed, kept.Soon), later: foretold(fields, closed, kept.Later), from: kept.MadeAt,
		basis: ExpectedBasis{Kind: "forecast", AsOf: kept.Until, Simulated: kept.Simulated || fields.Simulated}}, nil
}

// foreseenOutlook is a forecast, judged.
type foreseenOutlook struct {
	soon, later []Foretold // by time
	from        time.Time
	basis       ExpectedBasis
}

// Expected implements Outlook. A spot is as full as its area: no gate counts it
// alone. Nothing is said of a moment at which the area is closed.
func (o foreseenOutlook) Expected(_ SpotID, at time.Time) (comfort.Level, bool) {
	if at.Before(o.from.Add(-time.Hour)) {
		return comfort.NotAssessed, false
	}
	for _, list := range [][]Foretold{o.soon, o.later} {
		i, _ := slices.BinarySearchFunc(list, at, func(f Foretold, t time.Time) int { return f.At.Compare(t) })
		if i < len(list) {
			return list[i].Level, list[i].Level != comfort.NotAssessed
		}
	}
	return comfort.NotAssessed, false
}

// Basis implements Outlook.
func (o foreseenOutlook) Basis() ExpectedBasis { return o.basis }
