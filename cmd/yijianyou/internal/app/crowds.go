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
