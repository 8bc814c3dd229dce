package series

// rounding is what the difference of two decimal values may be off by.
const rounding = 1e-9

// Still tells for how long a value has kept within a tolerance: what measures air and
// never moves is stuck. The stretch begins anew with the sample that leaves the tolerance of
// all before it. The zero value is that of no samples.
type Still struct {
	SinceMS   int64
	Low, High float64
	Count     int64 // samples of the stretch; 0 before the first
}

// Add takes the next sample and returns for how long the value has been still. A gap longer
// than gapMS begins a new stretch: an instrument that said nothing was not seen to be stuck.
func (s *Still) Add(at, last int64, v, tolerance float64, gapMS int64) (stillMS int64) {
	low, high := min(s.Low, v), max(s.High, v)
	if s.Count == 0 || at-last > gapMS || high-low > tolerance+rounding {
		*s = Still{SinceMS: at, Low: v, High: v, Count: 1}
		return 0
	}
	s.Low, s.High = low, high
	s.Count++
	return at - s.SinceMS
}
