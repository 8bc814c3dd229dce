package app

import (
	"context"
	"slices"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors"
	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
)

// crowds joins tourism.Crowds with the counting gates. It holds the core because
// each of the two services asks the other.
type crowds struct{ core *Core }

// Counted implements tourism.Crowds.
func (g crowds) Counted(ctx context.Context, r store.Reader, area tourism.AreaID) (tourism.Counted, error) {
	c, err := g.core.Sensors.OccupancyNow(ctx, r, string(area))
	if err != nil {
		return tourism.Counted{}, err
	}
	out := tourism.Counted{State: worth[c.State], Inside: c.Today.Inside, Entered: c.Today.EnteredToday, Drift: c.Today.Drift, AsOf: c.Today.AsOf,
		Day: c.Today.Day, Simulated: c.Today.Simulated, Hours: hoursOf(c.Today.Gates)}
	for _, gate := range c.Gates {
		v := tourism.Gate{ID: gate.Gate.ID, Name: gate.Gate.Fields.Name, HeardAt: gate.HeardAt, Down: gate.Down}
		for _, h := range gate.Today.Hours {
			v.In, v.Out = v.In+h.In, v.Out+h.Out
		}
		out.Gates = append(out.Gates, v)
	}
	return out, nil
}

// Areas implements tourism.Crowds.
func (g crowds) Areas(ctx context.Context, r store.Reader) ([]tourism.AreaID, error) {
	list, err := g.core.Sensors.AreasCounted(ctx, r)
	out := make([]tourism.AreaID, len(list))
	for i, id := range list {
		out[i] = tourism.AreaID(id)
	}
	return out, err
}

// Past implements tourism.Crowds.
func (g crowds) Past(ctx context.Context, r store.Reader, area tourism.AreaID, since time.Time, step time.Duration) (tourism.Past, error) {
	p, err := g.core.Sensors.Past(ctx, r, string(area), since, step)
	out := tourism.Past{DayEnds: p.DayEnds, Simulated: p.Simulated, Steps: make([]tourism.PastStep, len(p.Steps))}
	for i, s := range p.Steps {
		out.Steps[i] = tourism.PastStep{At: s.At, Inside: s.Inside, Entered: s.Entered, Heard: s.Heard}
	}
	return out, err
}

// outdoorQuantities are what figures call the newest value of a quantity of
// instruments, outdoorMeans what they call the mean of its day.
var (
	outdoorQuantities = map[string]comfort.Quantity{"temperature": comfort.AirTemp, "relative-humidity": comfort.Humidity, "wind-speed": comfort.Wind}
	outdoorMeans      = map[string]comfort.Quantity{"temperature": comfort.MeanTemp, "relative-humidity": comfort.MeanHumidity, "wind-speed": comfort.MeanWind, "pm25": comfort.PM25}
)

// meanHolds is how long the mean of 24 hours stands for the last ones: GB/T 27963 and
// air quality judge a day, not what was measured when an instrument fell silent.
const meanHolds = 2 * time.Hour

// Outdoors implements tourism.Crowds. Of two instruments the one that spoke last
// counts; one that has too few hours for a mean says so unless another has it.
func (g crowds) Outdoors(ctx context.Context, r store.Reader, area tourism.AreaID) (inputs []comfort.Input, simulated bool, err error) {
	measured, err := g.core.Sensors.Outdoors(ctx, r, string(area))
	if err != nil {
		return nil, false, err
	}
	slices.SortStableFunc(measured, func(a, b sensors.Outdoor) int { return b.At.Compare(a.At) })
	now := g.core.Store.Now()
	add := func(in comfort.Input, m sensors.Outdoor) {
		i := slices.IndexFunc(inputs, func(i comfort.Input) bool { return i.Quantity() == in.Quantity() })
		switch {
		case i < 0:
			inputs = append(inputs, in)
		case inputs[i].Lack() == "" || in.Lack() != "":
			return
		default:
			inputs[i] = in
		}
		simulated = simulated || m.Simulated
	}
	for _, m := range measured {
		if q, ok := outdoorQuantities[m.Quantity]; ok {
			add(comfort.Measured(q, m.Value, m.At, string(m.Device)).AsOf(now), m)
		}
		if q, ok := outdoorMeans[m.Quantity]; ok {
			add(meanOf(q, m, now), m)
		}
	}
	return inputs, simulated, nil
}

// meanOf is the mean of the day of what m measures, as it is worth now.
func meanOf(q comfort.Quantity, m sensors.Outdoor, now time.Time) comfort.Input {
	switch {
	case now.Sub(m.At) > meanHolds:
		return comfort.Lacking(q, comfort.TooOld)
	case m.Mean == nil:
		return comfort.Lacking(q, comfort.TooFew)
	}
	return comfort.Measured(q, *m.Mean, m.At, string(m.Device)).AsOf(now)
}

// forecastEvery is how often what is expected of the crowds is made anew.
const forecastEvery = 5 * time.Minute

// lookAhead makes the forecasts of the areas anew until ctx ends. One that cannot be
// made stays as it was, and its age tells.
func (a *App) lookAhead(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := a.Tourism.RefreshForecasts(ctx); err != nil && ctx.Err() == nil {
			a.Log.Warn("what is expected of the crowds is not made anew", "error", err)
		}
		_ = wallClock{}.Wait(ctx, time.Now().Add(forecastEvery)) // ctx is asked above
	}
	return nil
}

// Correct implements tourism.Crowds.
func (g crowds) Correct(ctx context.Context, by actor.Actor, area tourism.AreaID, inside int, reason string) error {
	c, err := g.core.Sensors.OccupancyNow(ctx, g.core.Store, string(area))
	if err != nil {
		return err
	}
	if c.Today.ZoneID == "" {
		return tourism.ErrNotCounted.New()
	}
	_, err = g.core.Sensors.Correct(ctx, by, c.Today.ZoneID, inside, reason)
	return err
}

var worth = map[sensors.CountState]comfort.State{sensors.CountUnknown: comfort.Unknown, sensors.CountStale: comfort.Stale, sensors.CountLive: comfort.Live}

// hoursOf adds up what all gates counted in each hour, oldest first.
func hoursOf(gates []sensors.GateCount) []tourism.Hour {
	sums := make(map[time.Time]*tourism.Hour)
	for _, g := range gates {
		for _, h := range g.Hours {
			at := h.Hour.UTC()
			if sums[at] == nil {
				sums[at] = &tourism.Hour{Hour: at}
			}
			sums[at].In, sums[at].Out = sums[at].In+h.In, sums[at].Out+h.Out
		}
	}
	out := make([]tourism.Hour, 0, len(sums))
	for _, h := range sums {
		out = append(out, *h)
	}
	slices.SortFunc(out, func(a, b tourism.Hour) int { return a.Hour.Compare(b.Hour) })
	return out
}
