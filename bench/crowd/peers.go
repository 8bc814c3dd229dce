package main

import (
	"math"
	"slices"
)

const week = 168

// naive says for each hour what was counted at the newest same hour of a week
// that is known.
type naive struct{ seen []float64 }

func (n *naive) observe(v float64) { n.seen = append(n.seen, v) }

func (n *naive) foretell(steps int) []float64 {
	out := make([]float64, steps)
	for k := 1; k <= steps; k++ {
		i := len(n.seen) + k - 1 - (k+week-1)/week*week
		for i >= week && math.IsNaN(n.seen[i]) {
			i -= week
		}
		out[k-1] = n.seen[i]
	}
	return out
}

// holtWinters is additive triple exponential smoothing with a damped trend.
type holtWinters struct {
	alpha, beta, gamma, phi float64
	level, trend            float64
	season                  [week]float64
	n                       int
}

// begin sets level and season by the first four weeks.
func (h *holtWinters) begin(values []float64) {
	sum, n := 0.0, 0
	for _, v := range values[:4*week] {
		if !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	h.level = sum / float64(n)
	for s := range week {
		sum, n := 0.0, 0
		for w := range 4 {
			if v := values[w*week+s]; !math.IsNaN(v) {
				sum, n = sum+v, n+1
			}
		}
		h.season[s] = sum/float64(max(n, 1)) - h.level
	}
}

func (h *holtWinters) observe(v float64) {
	s := h.n % week
	h.n++
	expected := h.level + h.phi*h.trend + h.season[s]
	if math.IsNaN(v) {
		v = expected
	}
	off := v - expected
	before := h.level
	h.level += h.phi*h.trend + h.alpha*off
	h.trend = h.phi*h.trend + h.beta*(h.level-before-h.phi*h.trend)
	h.season[s] += h.gamma * (1 - h.alpha) * off
}

func (h *holtWinters) foretell(steps int) []float64 {
	out := make([]float64, steps)
	damp, trend := 1.0, 0.0
	for k := range out {
		damp *= h.phi
		trend += damp * h.trend
		out[k] = max(h.level+trend+h.season[(h.n+k)%week], 0)
	}
	return out
}

// fit returns the smoothing that foretold a day ahead best in values, which are
// all of before the first origin.
func fit(values []float64) holtWinters {
	best, least := holtWinters{}, math.Inf(1)
	for _, alpha := range []float64{0.001, 0.003, 0.01, 0.03, 0.1, 0.3} {
		for _, beta := range []float64{0, 0.001, 0.01} {
			for _, gamma := range []float64{0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45} {
				for _, phi := range []float64{0.9, 0.98} {
					h := holtWinters{alpha: alpha, beta: beta, gamma: gamma, phi: phi}
					h.begin(values)
					if e := h.dayAhead(values); e < least {
						least, best = e, holtWinters{alpha: alpha, beta: beta, gamma: gamma, phi: phi}
					}
				}
			}
		}
	}
	return best
}

// dayAhead is the mean absolute error 24 hours ahead after the first four weeks.
func (h *holtWinters) dayAhead(values []float64) float64 {
	var errs []float64
	for i, v := range values {
		if i >= 4*week && i%5 == 0 && i+23 < len(values) && !math.IsNaN(values[i+23]) {
			errs = append(errs, math.Abs(h.foretell(24)[23]-values[i+23]))
		}
		h.observe(v)
	}
	return mean(errs)
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// tail is how far a peer was off in the past, by how many hours ahead less one.
type tail struct{ errs [][]float64 }

// ends returns the 80 % interval around v, which the peer foretells k+1 hours ahead;
// from 0 to the double while too little is known.
func (t *tail) ends(k int, v float64) (low, high float64) {
	e := t.errs[k]
	if len(e) < 50 {
		return 0, 2 * v
	}
	s := slices.Sorted(slices.Values(e[max(0, len(e)-500):]))
	return max(v+s[len(s)/10], 0), v + s[len(s)*9/10]
}
