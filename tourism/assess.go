package tourism

import (
	"context"
	"time"

	"yijianyou/tourism/comfort"
)

// assess makes the figures of out and the index, of the counts and what is measured
// outdoors.
func (s *Service) assess(ctx context.Context, out *Crowd) error {
	now := s.st.Now()
	var outdoors []comfort.Input
	out.Simulated = out.Fields.Simulated || out.Counted.Simulated
	if s.crowds != nil {
		measured, simulated, err := s.crowds.Outdoors(ctx, s.st, out.AreaID)
		if err != nil {
			return err
		}
		outdoors, out.Simulated = measured, out.Simulated || simulated
	}
	inputs := append(out.counts(now), outdoors...)
	figure := func(id string) comfort.Figure {
		f := comfort.Compute(id, now, inputs...)
		out.Figures = append(out.Figures, f)
		return f
	}
	share := fuller(figure("share-inside").As(comfort.Share), figure("share-entered").As(comfort.Share))
	space := figure("fruin-walkway").As(comfort.PerPerson)
	feels := figure("apparent-steadman-bom").As(comfort.Feels)
	air := figure("aqi").As(comfort.AQI)
	out.Index = comfort.Assess(now, comfort.Published(), share, space, feels, air)
	return nil
}

// counts are the counts and the limits that hold, as inputs.
func (c *Crowd) counts(now time.Time) []comfort.Input {
	at := c.Counted.AsOf
	if at.IsZero() {
		at = now // nobody has come yet today
	}
	of := func(q comfort.Quantity, v int) comfort.Input {
		switch c.Judgement.State {
		case comfort.Live:
			return comfort.Measured(q, float64(v), at, sourceOfCounts)
		case comfort.Stale:
			return comfort.Measured(q, float64(v), at, sourceOfCounts).Outdated()
		case comfort.Closed:
			return comfort.Shut(q)
		}
		return comfort.Missing(q)
	}
	out := []comfort.Input{of(comfort.Inside, c.Counted.Inside), of(comfort.Entered, c.Counted.Entered)}
	document := ""
	if p := c.Fields.Capacity; p != nil {
		document = p.Document
	}
	for _, k := range c.Judgement.Compared {
		q := comfort.InstantLimit
		if k.Kind == comfort.Daily {
			q = comfort.DailyLimit
		}
		if k.Limit != nil {
			out = append(out, comfort.Measured(q, float64(*k.Limit), now, document))
		}
	}
	if m2 := c.Fields.Capacity.usableM2(); m2 > 0 {
		out = append(out, comfort.Measured(comfort.Area, m2, now, "LB/T 034-2014"))
	}
	return out
}

// sourceOfCounts names the gates as the source of a figure.
const sourceOfCounts = "gates"

// fuller returns the greater of two shares; one that has a value rather than one
// that has none.
func fuller(a, b comfort.Input) comfort.Input {
	v, ok := a.Value()
	w, also := b.Value()
	if ok && (!also || v >= w) || !also {
		return a
	}
	return b
}
