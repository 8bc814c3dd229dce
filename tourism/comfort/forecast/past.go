package forecast

import "math"

// past is the last values with what was usual when they came.
type past struct {
	values []float64 // by step, a ring; no number where nothing is known
	usual  []float64
	newest int64 // step; 0 none
}

func newPast(steps int) past {
	p := past{values: make([]float64, steps), usual: make([]float64, steps)}
	for i := range p.values {
		p.values[i] = math.NaN()
	}
	return p
}

// push adds the next step.
func (p *past) push(step int64, v, usual float64) {
	i := step % int64(len(p.values))
	p.values[i], p.usual[i], p.newest = v, usual, step
}

// at returns the value of a step; ok is false when it is unknown, not come or too
// long ago.
func (p *past) at(step int64) (v, usual float64, ok bool) {
	if step <= 0 || step > p.newest || step <= p.newest-int64(len(p.values)) {
		return 0, 0, false
	}
	i := step % int64(len(p.values))
	return p.values[i], p.usual[i], !math.IsNaN(p.values[i])
}
