package simulate

import (
	"context"
	"math"
	"math/rand/v2"
	"time"

	"yijianyou/sensors"
)

// gateEvery is how often a gate reports what passed.
const gateEvery = 5 * time.Second

// startGate plans the counts of a gate. Nobody leaves that did not come.
func (p *Player) startGate(d Device) {
	p.every(gateEvery, func(ctx context.Context, at time.Time) error {
		since := at.Sub(p.begin)
		var in, out float64
		for _, g := range p.script.Gates {
			if (g.Device == "*" || g.Device == d.ID) && since >= g.From && (g.Until == 0 || since < g.Until) {
				in, out = in+g.In+g.arriving(at), out+g.Out+g.arriving(at.Add(-g.Stay))
			}
		}
		if p.dead[d.ID] {
			return nil
		}
		part := gateEvery.Minutes()
		came := poisson(p.random, in*part)
		went := min(poisson(p.random, out*part), p.inside()+came)
		if came == 0 && went == 0 {
			return nil
		}
		p.tally.In[d.ID] += came
		p.tally.Out[d.ID] += went
		s := p.new(d.ID, at)
		s.In, s.Out = &came, &went
		return p.send(ctx, d, sensors.CountKind, s)
	})
}

// arrivals is how a day's visitors come, in percent by the hour from eight: a
// made-up day with a high morning and a lower afternoon.
var arrivals = [...]float64{6, 12, 16, 14, 10, 12, 14, 10, 6}

const firstHour = 8

// china is the clock of the gates.
var china = time.FixedZone("CST", 8*3600)

// arriving returns the people a minute who come at a moment of a day.
func (g GateFlow) arriving(at time.Time) float64 {
	i := at.In(china).Hour() - firstHour
	if i < 0 || i >= len(arrivals) {
		return 0
	}
	return g.Day * arrivals[i] / 100 / 60
}

// inside is how many people are in by what all gates played.
func (p *Player) inside() int {
	n := p.world.Inside
	for _, v := range p.tally.In {
		n += v
	}
	for _, v := range p.tally.Out {
		n -= v
	}
	return n
}

// poisson draws how many come when mean are expected (Knuth's product method
// for small means, the normal approximation above 30).
func poisson(r *rand.Rand, mean float64) int {
	if mean <= 0 {
		return 0
	}
	if mean > 30 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*r.NormFloat64())))
	}
	limit, product, n := math.Exp(-mean), r.Float64(), 0
	for ; product > limit; n++ {
		product *= r.Float64()
	}
	return n
}
