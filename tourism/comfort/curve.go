package comfort

// Knot is a point that a curve goes through.
type Knot struct {
	At    float64 `json:"at"`
	Score float64 `json:"score"` // 0 to 100
}

// Curve turns a quantity into a score from 0 to 100: straight between its knots,
// flat outside them.
type Curve []Knot

// score returns the score of v, to 0.1.
func (c Curve) score(v float64) float64 {
	if v <= c[0].At {
		return c[0].Score
	}
	for i := 1; i < len(c); i++ {
		if a, b := c[i-1], c[i]; v <= b.At {
			return round(a.Score+float64((b.Score-a.Score)*float64(float64(v-a.At)/float64(b.At-a.At))), 1)
		}
	}
	return c[len(c)-1].Score
}
