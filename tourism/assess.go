package tourism

import (
	"context"
	"slices"
	"time"

	"yijianyou/tourism/comfort"
)

// assess makes the figures of out and the index, of the counts, the queue and what is
// measured outdoors. The climate is that of the last 24 hours, since GB/T 27963 grades
// days; it is told beside the index and no part of it.
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
	var err error
	if out.Queue, err = s.queue(ctx, s.st, out.AreaID); err != nil {
		return err
	}
	month, err := out.month(now)
	if err != nil {
		return err
	}
	inputs := append(append(out.counts(now), unmeasured(outdoors)...), month)
	inputs = append(inputs, out.Queue.inputs(out.Judgement.State, now)...)
	figure := func(id string) comfort.Figure {
		f := comfort.Compute(id, now, inputs...)
		out.Figures = append(out.Figures, f)
		return f
	}
	share := fuller(figure("share-inside").As(comfort.Share), figure("share-entered").As(comfort.Share))
	space := figure("fruin-walkway").As(comfort.PerPerson)
	feels := figure("apparent-steadman-bom").As(comfort.Feels)
	air := figure("aqi").As(comfort.AQI)
	wait := figure("queue-little").As(comfort.WaitMinutes)
	for _, id := range []string{"climate-i", "climate-k", "climate-class"} {
		figure(id)
	}
	out.Index = comfort.Assess(now, comfort.Published(), share, space, feels, air, wait)
	return nil
}

// outdoorQuantities are what instruments outdoors could measure for a figure.
var outdoorQuantities = []comfort.Quantity{comfort.AirTemp, comfort.Humidity, comfort.Wind, comfort.MeanTemp, comfort.MeanHumidity, comfort.MeanWind, comfort.Sunshine,
	comfort.PM25, comfort.PM10, comfort.SO2, comfort.NO2, comfort.CO, comfort.O3}

// unmeasured adds to what is measured outdoors that nothing measures the rest.
func unmeasured(list []comfort.Input) []comfort.Input {
	for _, q := range outdoorQuantities {
		if !slices.ContainsFunc(list, func(i comfort.Input) bool { return i.Quantity() == q }) {
			list = append(list, comfort.Lacking(q, comfort.NoSource))
		}
	}
	return list
}

// month is the month of the middle of the last 24 hours, by the clock of the area.
func (c *Crowd) month(now time.Time) (comfort.Input, error) {
	zone, err := time.LoadLocation(c.Fields.TimeZone)
	if err != nil {
		return comfort.Input{}, err
	}
	return comfort.Measured(comfort.Month, float64(now.Add(-12*time.Hour).In(zone).Month()), now, ""), nil
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
			return comfort.Measured(q, float64(v), at, comfort.Gates)
		case comfort.Stale:
			return comfort.Measured(q, float64(v), at, comfort.Gates).Outdated()
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
		return append(out, comfort.Measured(comfort.Area, m2, now, "LB/T 034-2014"))
	}
	return append(out, comfort.Lacking(comfort.Area, comfort.NoSource))
}

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
