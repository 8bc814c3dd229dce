package forecast

import (
	"math"
	"time"
)

// waves is how many waves a year the season is made of.
const waves = 2

// A season counts once a whole year has been seen, and fully after another
// seasonFade days; what a year told is half forgotten after two.
const (
	yearDays   = 366
	seasonFade = 90
	keepYear   = 0.99905 // a day
)

// season is how the year lifts and lowers whole days: a smooth curve through the
// logarithms of what ordinary days had, beside what such a weekday has over the year.
type season struct {
	a     [2*waves + 1][2*waves + 1]float64
	b     [2*waves + 1]float64
	w     [2*waves + 1]float64
	days  int
	usual [7]cell // by weekday, over the year

	today           time.Weekday
	ordinary        bool
	part, sum, seen float64
}

func basis(year float64) (x [2*waves + 1]float64) {
	x[0] = 1
	for k := 1; k <= waves; k++ {
		x[2*k-1], x[2*k] = math.Sincos(2 * math.Pi * float64(k) * year)
	}
	return x
}

// factor is what a part of the year multiplies a day with.
func (s *season) factor(year float64) float64 {
	share := math.Min(float64(s.days-yearDays)/seasonFade, 1)
	if share <= 0 {
		return 1
	}
	x, sum := basis(year), 0.0
	for i := 1; i < len(x); i++ {
		sum += s.w[i] * x[i]
	}
	return math.Exp(share * clamp(sum))
}

// learn takes a value.
func (s *season) learn(at moment, v float64, slots int) {
	if at.year != s.part || s.seen == 0 {
		s.day(slots)
		s.today, s.part, s.ordinary, s.sum, s.seen = at.class.weekday, at.year, at.class.special < 0, 0, 0
	}
	s.sum, s.seen = s.sum+v, s.seen+1
}

// day takes the day that has gone.
func (s *season) day(slots int) {
	if s.seen > 0 {
		s.days++
	}
	if !s.ordinary || s.seen < 0.9*float64(slots) {
		return
	}
	v := s.sum / s.seen
	u := &s.usual[s.today]
	if mean := u.towards(0, 1e-9); u.weight > 2 && mean > 0 {
		x, y := basis(s.part), clamp(math.Log((v+0.05*mean)/(1.05*mean)))
		for i := range x {
			for j := range x {
				s.a[i][j] = s.a[i][j]*keepYear + x[i]*x[j]
			}
			s.b[i] = s.b[i]*keepYear + x[i]*y
		}
		s.solve()
	}
	u.add(v, 0.985)
}

func (s *season) solve() {
	a, b := s.a, s.b
	for i := range a {
		a[i][i] += 20
	}
	for i := range a { // positive definite: no pivots are needed
		for j := i + 1; j < len(a); j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < len(a); k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		s.w[i] = b[i]
		for k := i + 1; k < len(a); k++ {
			s.w[i] -= a[i][k] * s.w[k]
		}
		s.w[i] /= a[i][i]
	}
}
