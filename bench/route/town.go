package main

import (
	"math"
	"math/rand/v2"

	"yijianyou/tourism/route"
)

// town is a plan of real size: spots along the streets of a scenic area, a day of
// so many hours in seconds, with opening hours, a few must-visits and crowds that
// come and go. It is made from a seed and stands for no place.
func town(spots int, hours float64, seed uint64) *route.Problem {
	r := rand.New(rand.NewPCG(seed, 300))
	p := &route.Problem{}
	n := spots + 1
	x, y := make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], y[i] = math.Round(r.Float64()*30)*100, math.Round(r.Float64()*20)*100
		if r.IntN(2) == 0 {
			x[i] = r.Float64() * 3000
		} else {
			y[i] = r.Float64() * 2000
		}
	}
	p.Travel = route.Matrix{Points: n, Cells: make([]route.Time, 0, n*n)}
	for i := range n {
		for j := range n {
			p.Travel.Cells = append(p.Travel.Cells, route.Time((math.Abs(x[i]-x[j])+math.Abs(y[i]-y[j]))/1.1)) // streets, 1.1 m/s
		}
	}
	day := route.Time(hours * 3600)
	for i := range spots {
		node := route.Node{Profit: 100 + r.IntN(900), Service: route.Time(300 + 60*r.IntN(25))}
		if r.IntN(3) == 0 { // opens late or closes early
			node.Windows = []route.Window{{Open: route.Time(r.IntN(int(day/3) + 1)), Close: day/2 + route.Time(r.IntN(int(day/2)))}}
		}
		if r.IntN(4) == 0 { // crowded in the middle of the visit
			node.Steps = []route.Step{{From: day / 3, Profit: node.Profit * 6 / 10}, {From: day * 2 / 3, Profit: node.Profit}}
		}
		node.Must = i%100 == 7
		p.Nodes = append(p.Nodes, node)
	}
	p.Walkers = []route.Walker{{Start: spots, End: spots, Until: day}}
	return p
}
