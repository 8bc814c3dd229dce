package main

import (
	"maps"
	"math"
	"slices"
)

const (
	gainDepth   = 10 // of nDCG
	recallDepth = 50
	relevant    = 2 // the least grade that recall asks for
)

// ndcg is the normalised discounted cumulative gain of the first ten (Järvelin
// and Kekäläinen 2002), with the gain 2^grade−1 and the discount log2(1+place):
// 1 when nothing better could stand there.
func ndcg(found []string, grades map[string]int) float64 {
	best := slices.Sorted(maps.Values(grades))
	slices.Reverse(best)
	var got, ideal float64
	for i := range gainDepth {
		if i < len(found) {
			got += gain(grades[found[i]], i)
		}
		if i < len(best) {
			ideal += gain(best[i], i)
		}
	}
	if ideal == 0 {
		return 0
	}
	return got / ideal
}

func gain(grade, place int) float64 {
	return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(place)+2)
}

// recall is the share of the relevant records that stand among the first fifty,
// of fifty when there are more; ok is false when none is relevant.
func recall(found []string, grades map[string]int) (share float64, ok bool) {
	all, got := 0, 0
	for _, g := range grades {
		if g >= relevant {
			all++
		}
	}
	for _, key := range found[:min(len(found), recallDepth)] {
		if grades[key] >= relevant {
			got++
		}
	}
	if all == 0 {
		return 0, false
	}
	return float64(got) / float64(min(all, recallDepth)), true
}

// mean of what is added to it.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(v float64) { m.sum, m.n = m.sum+v, m.n+1 }

func (m mean) value() float64 {
	if m.n == 0 {
		return math.NaN()
	}
	return m.sum / float64(m.n)
}
