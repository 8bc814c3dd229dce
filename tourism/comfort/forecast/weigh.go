package forecast

import "math"

// inputs are what a deviation from the usual is foretold from: the levels, the
// slot of the day before and the one of the week before.
const inputs = len(spans) + 3

type vector [inputs]float64

// weigher learns by damped least squares how much of each input is left after one
// horizon. It begins with weights that are right for most places and leaves them
// as it sees more.
type weigher struct {
	a     [inputs][inputs]float64
	b     vector
	w     vector // solved
	older int    // outcomes that were learned since w was solved; -1 it never was
}

// strength is how much the first weights count for, in steps of mean size that
// deviate by e.
const strength = 24

func newWeigher(h float64) *weigher {
	g := &weigher{older: -1}
	begin := firstWeights(h)
	for i := range begin {
		g.a[i][i], g.b[i] = strength, strength*begin[i]
	}
	return g
}

// firstWeights are those for h hours ahead before anything is learned.
func firstWeights(h float64) (w vector) {
	w[0] = 0.5 * math.Exp(-h/2)
	w[1] = 0.3 * math.Exp(-h/8)
	w[2] = 0.3 * math.Exp(-h/48)
	w[3], w[4] = 0.3, 0.2
	return w
}

// learn takes an outcome: the deviation that x came before. weight is the usual
// value, so that busy hours count for more; keep is what is left of the past.
func (g *weigher) learn(x vector, outcome, weight, keep float64) {
	for i := range x {
		for j := 0; j <= i; j++ {
			g.a[i][j] = g.a[i][j]*keep + weight*x[i]*x[j]
		}
		g.b[i] = g.b[i]*keep + weight*x[i]*outcome
	}
	if g.older >= 0 {
		g.older++
	}
}

// solveEvery is after how many outcomes the weights are solved again: they change
// slowly, and solving is most of the work.
const solveEvery = 12

// foretell returns the deviation to expect after x.
func (g *weigher) foretell(x vector) float64 {
	if g.older < 0 || g.older >= solveEvery {
		g.solve()
	}
	sum := 0.0
	for i := range x {
		sum += g.w[i] * x[i]
	}
	return clamp(sum)
}

// ridge keeps the matrix from being singular once the first weights are forgotten.
const ridge = 0.5

// solve finds the weights by Cholesky's method.
func (g *weigher) solve() {
	var l [inputs][inputs]float64
	for i := range l {
		for j := 0; j <= i; j++ {
			sum := g.a[i][j]
			if i == j {
				sum += ridge
			}
			for k := range j {
				sum -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(math.Max(sum, 1e-12))
			} else {
				l[i][j] = sum / l[j][j]
			}
		}
	}
	var y vector
	for i := range y {
		y[i] = g.b[i]
		for k := range i {
			y[i] -= l[i][k] * y[k]
		}
		y[i] /= l[i][i]
	}
	for i := inputs - 1; i >= 0; i-- {
		g.w[i] = y[i]
		for k := i + 1; k < inputs; k++ {
			g.w[i] -= l[k][i] * g.w[k]
		}
		g.w[i] /= l[i][i]
	}
	g.older = 0
}
