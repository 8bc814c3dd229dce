package forecast

import "math"

// The spans over which it is looked at how far the recent past was above or below
// the usual, in hours.
var spans = [...]float64{2, 8, 30, 24 * 7, 24 * 28}

// levels is how far the recent past was from the usual, over several spans: each a
// damped sum of what was seen beside what the profile expected.
type levels struct {
	keep  [len(spans)]float64
	seen  [len(spans)]float64
	usual [len(spans)]float64
}

func newLevels(stepHours float64) *levels {
	l := &levels{}
	for i, h := range spans {
		l.keep[i] = math.Exp(-stepHours / h)
	}
	return l
}

// pass lets n steps go by of which nothing is known yet.
func (l *levels) pass(n int64) {
	for i, k := range l.keep {
		if n > 1 {
			k = math.Pow(k, float64(n))
		}
		l.seen[i] *= k
		l.usual[i] *= k
	}
}

// learn takes what was seen and what was usual; sure weighs it, 0 to 1.
func (l *levels) learn(seen, usual, sure float64) {
	for i, k := range l.keep {
		l.seen[i] = l.seen[i]*k + sure*seen
		l.usual[i] = l.usual[i]*k + sure*usual
	}
}

// of returns the logarithm of seen over usual for each span, drawn to 0 by mean,
// the usual value of a step.
func (l *levels) of(mean float64) (out [len(spans)]float64) {
	for i := range out {
		out[i] = clamp(math.Log((l.seen[i] + mean) / (l.usual[i] + mean)))
	}
	return out
}

// far is as far from the usual as is believed.
const far = 2.5

// clamp keeps v within far; what is no number is no deviation.
func clamp(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return math.Min(math.Max(v, -far), far)
}
