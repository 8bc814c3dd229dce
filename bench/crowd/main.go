package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"yijianyou/tourism/comfort/calendar"
	"yijianyou/tourism/comfort/forecast"
)

func main() {
	data := flag.String("data", "../shared/data/crowd", "folder with FremontBridge.csv")
	from := flag.String("from", "2016-01-01", "first origin")
	before := flag.String("before", "", "no origin from this day on; empty: to the end")
	every := flag.Int("every", 5, "hours between two origins; 5 comes to each hour of the day")
	flag.Parse()
	if err := run(os.Stdout, *data, *from, *before, *every); err != nil {
		fmt.Fprintln(os.Stderr, "crowd:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, data, from, before string, every int) error {
	c, err := read(data)
	if err != nil {
		return err
	}
	start, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return err
	}
	end := c.at(len(c.values))
	if before != "" {
		if end, err = time.Parse(time.DateOnly, before); err != nil {
			return err
		}
	}
	r := newRolling(c, start, end, every)
	r.hw = fit(c.values[:r.first])
	if err := r.run(); err != nil {
		return err
	}
	fmt.Fprintf(w, "Fremont Bridge, %d hours from %s; origins every %d hours from %s to %s; MASE by %.1f\n", len(c.values), c.from.Format(time.DateOnly), every, from, end.Format(time.DateOnly), r.scale)
	fmt.Fprintf(w, "Holt-Winters: alpha %g beta %g gamma %g phi %g\n\n", r.hw.alpha, r.hw.beta, r.hw.gamma, r.hw.phi)
	heading(w)
	for _, k := range []int{1, 2, 3, 6, 12, 24, 36, 48, 72} {
		r.scores[k-1].line(w, fmt.Sprintf("%d h", k), r.scale)
	}
	var day, all score
	for k, s := range r.scores {
		if k < 24 {
			day.add(s)
		}
		all.add(s)
	}
	day.line(w, "day", r.scale)
	all.line(w, "72 h", r.scale)
	fmt.Fprintf(w, "\n%d values learned in %s, %.1f µs each; a forecast of 72 hours %.2f ms\n", len(c.values), r.learning.Round(time.Millisecond), float64(r.learning.Microseconds())/float64(len(c.values)), r.telling.Seconds()*1000/float64(r.origins))
	return nil
}

// rolling lets three forecasters go through the hours.
type rolling struct {
	c                 counts
	cal               calendar.Calendar
	first, last       int
	every             int
	scores            [72]score
	scale             float64
	hw                holtWinters
	learning, telling time.Duration
	origins           int
}

func newRolling(c counts, from, before time.Time, every int) *rolling {
	r := &rolling{c: c, cal: washington(2012, 2018), first: int(from.Sub(c.from) / time.Hour), last: int(before.Sub(c.from) / time.Hour), every: every}
	r.scale = scaleOf(c.values[:r.first])
	return r
}

func (r *rolling) run() error {
	m, err := forecast.New(forecast.Options{Step: time.Hour, Zone: time.UTC, Calendar: r.cal})
	if err != nil {
		return err
	}
	known := r.c.values[:r.first]
	hw, nv := r.hw, &naive{}
	hw.begin(known)
	pending := make([][]float64, len(r.c.values)+72) // what Holt-Winters foretold, by hour
	tails := &tail{errs: make([][]float64, 72)}
	for i, v := range r.c.values[:min(r.last, len(r.c.values))] {
		if i >= r.first && (i-r.first)%r.every == 0 {
			r.origin(i, m, nv, &hw, tails)
		}
		if i > 4*week && i%5 == 0 {
			pending[i] = hw.foretell(72)
		}
		for k := range 72 {
			if j := i - k; j >= 0 && pending[j] != nil && !math.IsNaN(v) {
				tails.errs[k] = append(tails.errs[k], v-pending[j][k])
			}
		}
		began := time.Now()
		if err := m.Observe(r.c.at(i), v); err != nil {
			return err
		}
		r.learning += time.Since(began)
		nv.observe(v)
		hw.observe(v)
	}
	return nil
}

// origin foretells the hours from i on, of which nothing has been observed yet.
func (r *rolling) origin(i int, m *forecast.Model, nv *naive, hw *holtWinters, tails *tail) {
	began := time.Now()
	points := m.Forecast(72 * time.Hour)
	r.telling += time.Since(began)
	r.origins++
	a, b := nv.foretell(72), hw.foretell(72)
	for k := 0; k < 72 && i+k < len(r.c.values); k++ {
		v := r.c.values[i+k]
		if math.IsNaN(v) {
			continue
		}
		s := score{ours: math.Abs(points[k].Expected - v), naive: math.Abs(a[k] - v), hw: math.Abs(b[k] - v), n: 1, width: points[k].High - points[k].Low}
		if v >= math.Floor(points[k].Low) && v <= math.Ceil(points[k].High) {
			s.inside = 1
		}
		low, high := tails.ends(k, b[k])
		s.hwWidth = high - low
		if v >= math.Floor(low) && v <= math.Ceil(high) {
			s.hwInside = 1
		}
		r.scores[k].add(s)
	}
}
