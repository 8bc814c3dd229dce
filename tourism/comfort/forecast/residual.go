package forecast

import (
	"math"
	"slices"
)

// Residuals are kept by the part of the day and by whether the day is free: nights,
// mornings and weekends err differently.
const (
	partHours = 3
	parts     = 2 * 24 / partHours
	ringSize  = 96  // of a part: about six weeks of working days
	poolSize  = 384 // of a horizon
	fewest    = 18  // with fewer a part borrows from its horizon
)

// ring is the last values of a stream.
type ring struct {
	values []float64
	next   int
	size   int
}

func (r *ring) add(v float64) {
	if len(r.values) < r.size {
		r.values = append(r.values, v)
		return
	}
	r.values[r.next] = v
	r.next = (r.next + 1) % r.size
}

// residuals are how the forecasts of one horizon were off: logarithms of what
// came over what was foretold.
type residuals struct {
	part [parts]ring
	pool ring
}

func newResiduals() *residuals {
	r := &residuals{pool: ring{size: poolSize}}
	for i := range r.part {
		r.part[i].size = ringSize
	}
	return r
}

func partOf(c class, hour int) int { return index(c.free)*24/partHours + hour/partHours }

func (r *residuals) add(part int, v float64) {
	r.part[part].add(v)
	r.pool.add(v)
}

// band is the lower end, the middle and the upper end of what is to be expected,
// as logarithms.
type band struct{ low, mid, high float64 }

// band returns the middle and the ends between which the share (0 to 1) of the
// outcomes lie, of the last residuals of a part; of all parts while it has few. ok
// is false while there are too few of either.
func (r *residuals) band(part int, share float64) (b band, ok bool) {
	from := r.part[part].values
	if len(from) < fewest {
		from = r.pool.values
	}
	if len(from) < fewest {
		return band{}, false
	}
	sorted := slices.Clone(from)
	slices.Sort(sorted)
	tail := (1 - share) / 2
	return band{quantile(sorted, tail), quantile(sorted, 0.5), quantile(sorted, 1-tail)}, true
}

// quantile is the q-th quantile of ascending values in the form of conformal
// prediction: position q·(n+1), between neighbours by their distance.
func quantile(sorted []float64, q float64) float64 {
	at := q*float64(len(sorted)+1) - 1
	i := int(math.Floor(at))
	switch {
	case i < 0:
		return sorted[0]
	case i >= len(sorted)-1:
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
