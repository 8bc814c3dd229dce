package main

import (
	"fmt"
	"io"
	"math"
)

// score is how well the three foretold one horizon.
type score struct {
	ours, naive, hw float64 // sums of absolute errors
	inside, n       int
	width           float64
	hwInside        int
	hwWidth         float64
}

func (s *score) add(o score) {
	s.ours, s.naive, s.hw, s.width, s.hwWidth = s.ours+o.ours, s.naive+o.naive, s.hw+o.hw, s.width+o.width, s.hwWidth+o.hwWidth
	s.inside, s.hwInside, s.n = s.inside+o.inside, s.hwInside+o.hwInside, s.n+o.n
}

// scaleOf is the mean absolute error of saying the same as a week before.
func scaleOf(values []float64) float64 {
	var errs []float64
	for i := week; i < len(values); i++ {
		if e := math.Abs(values[i] - values[i-week]); !math.IsNaN(e) {
			errs = append(errs, e)
		}
	}
	return mean(errs)
}

func heading(w io.Writer) {
	fmt.Fprintf(w, "%-5s %7s %6s %7s %7s %6s %6s %9s %7s %9s %7s\n", "ahead", "n", "MAE", "MASE", "naive", "HW", "/naive", "/HW", "in 80%", "width", "HW in")
}

func (s score) line(w io.Writer, name string, scale float64) {
	n := float64(s.n)
	fmt.Fprintf(w, "%-5s %7d %6.1f %7.3f %7.1f %6.1f %6.3f %9.3f %6.1f%% %9.1f %6.1f%%\n", name, s.n, s.ours/n, s.ours/n/scale, s.naive/n, s.hw/n,
		s.ours/s.naive, s.ours/s.hw, 100*float64(s.inside)/n, s.width/n, 100*float64(s.hwInside)/n)
}
