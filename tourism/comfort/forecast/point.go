package forecast

import (
	"math"
	"time"
)

// Point is what is expected of one step.
type Point struct {
	At       time.Time // begin of the step
	Expected float64   // as often more as less will come
	Low      float64   // with High: Share of what comes lies between
	High     float64
	Known    bool // the calendar covers the day
}

// Forecast foretells the steps after the newest value up to horizon, at most
// Longest. It is empty while too little is known: before a whole day of values.
func (m *Model) Forecast(horizon time.Duration) []Point {
	if m.steps < m.slots || m.mean() <= 0 {
		return nil
	}
	n := int(min(horizon, Longest) / m.o.Step)
	lv := m.levels.of(m.mean())
	out := make([]Point, 0, n)
	for k := 1; k <= n; k++ {
		step := m.past.newest + int64(k)
		lower, upper, share := m.between(k)
		p := m.point(lower, lv, step)
		if share > 0 {
			q := m.point(upper, lv, step)
			p.Expected += share * (q.Expected - p.Expected)
			p.Low += share * (q.Low - p.Low)
			p.High += share * (q.High - p.High)
		}
		out = append(out, p)
	}
	return out
}

// between finds the learned horizons around k steps, and how far on the way from
// the first to the second it is.
func (m *Model) between(k int) (lower, upper *ahead, share float64) {
	lower = m.ahead[0]
	for _, a := range m.ahead {
		if a.steps >= k {
			upper = a
			break
		}
		lower = a
	}
	if upper == nil || upper == lower || upper.steps == k {
		if upper != nil {
			lower = upper
		}
		return lower, lower, 0
	}
	return lower, upper, float64(k-lower.steps) / float64(upper.steps-lower.steps)
}

// point foretells one step by the weights and residuals of one horizon.
func (m *Model) point(a *ahead, lv [len(spans)]float64, step int64) Point {
	t := m.foretell(a, lv, m.past.newest, step)
	at := m.moment(step)
	b, ok := a.errs.band(partOf(at.class, at.hour), Share)
	if !ok { // nothing has come true yet: half to double, wider farther ahead
		wide := math.Ln2 * (1 + a.hours/72)
		b = band{-wide, 0, wide}
	}
	little := m.little()
	end := func(l float64) float64 { return max((t.value+little)*math.Exp(l)-little, 0) }
	begin := time.Unix(0, step*int64(m.o.Step)).In(m.o.Zone)
	return Point{At: begin.UTC(), Expected: end(b.mid), Low: end(b.low), High: end(b.high), Known: m.o.Calendar.Knows(begin.Year())}
}
