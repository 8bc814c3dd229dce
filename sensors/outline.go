package sensors

import "math"

// planSpan is how far from the origin of a plan something may be drawn, in metres.
const planSpan = 100_000

// simple reports whether the corners, in their order, bound an area: no edge
// without length, none that touches or crosses another but its neighbours at the
// common corner, which do not fold back on each other. It compares each pair of
// edges.
func simple(corners []PlanPoint) bool {
	n := len(corners)
	if n < 3 {
		return false
	}
	for i := range n {
		a, b := corners[i], corners[(i+1)%n]
		if a == b || folded(a, b, corners[(i+2)%n]) {
			return false
		}
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 {
				continue // the last edge and the first are neighbours
			}
			if meet(a, b, corners[j], corners[(j+1)%n]) {
				return false
			}
		}
	}
	return true
}

// folded reports whether the way from a over b to c goes back on itself.
func folded(a, b, c PlanPoint) bool {
	return turn(a, b, c) == 0 && (b.X-a.X)*(c.X-b.X)+(b.Y-a.Y)*(c.Y-b.Y) < 0
}

// turn is 1 when c lies left of the line from a to b, -1 right of it, 0 on it.
func turn(a, b, c PlanPoint) int {
	switch d := (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X); {
	case d > 0:
		return 1
	case d < 0:
		return -1
	}
	return 0
}

// meet reports whether the edges ab and cd have a point in common.
func meet(a, b, c, d PlanPoint) bool {
	abc, abd, cda, cdb := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if abc != abd && cda != cdb {
		return true
	}
	return abc == 0 && within(a, b, c) || abd == 0 && within(a, b, d) || cda == 0 && within(c, d, a) || cdb == 0 && within(c, d, b)
}

// within reports whether p, which lies on the line through a and b, lies between them.
func within(a, b, p PlanPoint) bool {
	return min(a.X, b.X) <= p.X && p.X <= max(a.X, b.X) && min(a.Y, b.Y) <= p.Y && p.Y <= max(a.Y, b.Y)
}

// onPlan reports whether a coordinate may be drawn.
func onPlan(v float64) bool { return math.Abs(v) <= planSpan }
