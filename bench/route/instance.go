package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"yijianyou/tourism/route"
)

// instance is a file of the TOPTW benchmarks: Solomon's and Cordeau's places
// with profits and windows, as Righini, Salani, Montemanni and Gambardella use them.
type instance struct {
	places []place // the depot first
}

type place struct {
	x, y, service, profit, open, close float64
}

// limits of a file, so that a wrong one is refused before memory is taken.
const (
	maxPlaces = 1000
	maxLine   = 4096
)

// parse reads an instance: a line "k v N t", a line of two numbers, then for
// each place "i x y d S f a list O C", where O and C are the last two.
func parse(r io.Reader) (*instance, error) {
	in := &instance{}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, maxLine), maxLine)
	for line := 0; sc.Scan(); line++ {
		f := strings.Fields(sc.Text())
		if line < 2 || len(f) == 0 {
			continue
		}
		p, err := parsePlace(f)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line+1, err)
		}
		if in.places = append(in.places, p); len(in.places) > maxPlaces {
			return nil, fmt.Errorf("more than %d places", maxPlaces)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	if len(in.places) < 2 {
		return nil, fmt.Errorf("no places")
	}
	return in, nil
}

func parsePlace(f []string) (place, error) {
	if len(f) < 8 {
		return place{}, fmt.Errorf("%d fields where at least 8 belong", len(f))
	}
	pick := []int{1, 2, 3, 4, len(f) - 2, len(f) - 1}
	var v [6]float64
	for i, k := range pick {
		x, err := strconv.ParseFloat(f[k], 64)
		if err != nil || math.IsNaN(x) || math.Abs(x) > 1e5 || i > 1 && x < 0 {
			return place{}, fmt.Errorf("field %d is no number of the right size", k+1)
		}
		v[i] = x
	}
	if v[4] > v[5] {
		return place{}, fmt.Errorf("closes before it opens")
	}
	return place{x: v[0], y: v[1], service: v[2], profit: v[3], open: v[4], close: v[5]}, nil
}

// problem makes it a problem for m walkers. Distances are cut off after so many
// decimals as the literature does: one for Solomon's places, two for Cordeau's.
func (in *instance) problem(m, decimals int) *route.Problem {
	unit := math.Pow10(decimals)
	n := len(in.places)
	p := &route.Problem{Travel: route.Matrix{Points: n, Cells: make([]route.Time, n*n)}}
	point := func(i int) place { return in.places[(i+1)%n] } // the depot last
	for i := range n {
		for j := range n {
			a, b := point(i), point(j)
			p.Travel.Cells[i*n+j] = route.Time(math.Floor(math.Hypot(a.x-b.x, a.y-b.y)*unit + 1e-9))
		}
	}
	for i := range n - 1 {
		a := point(i)
		p.Nodes = append(p.Nodes, route.Node{Profit: int(a.profit), Service: route.Time(a.service * unit),
			Windows: []route.Window{{Open: route.Time(a.open * unit), Close: route.Time(a.close * unit)}}})
	}
	depot := in.places[0]
	for range m {
		p.Walkers = append(p.Walkers, route.Walker{Start: n - 1, End: n - 1, From: route.Time(depot.open * unit), Until: route.Time(depot.close * unit)})
	}
	return p
}
