package index

import (
	"encoding/binary"
	"math"
	"strconv"

	"yijianyou/search"
)

// earthRadiusM is the mean radius of the Earth (IUGG).
const earthRadiusM = 6371008.8

// Distance returns the great-circle distance in metres (haversine on a sphere
// of mean radius).
func Distance(a, b search.Point) float64 {
	const rad = math.Pi / 180
	sinLat := math.Sin((b.Lat - a.Lat) * rad / 2)
	sinLon := math.Sin((b.Lon - a.Lon) * rad / 2)
	h := sinLat*sinLat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*sinLon*sinLon
	return 2 * earthRadiusM * math.Asin(math.Sqrt(min(h, 1)))
}

// grids are the cell sizes in degrees, coarse to fine; the letter names the
// grid in a term.
var grids = []struct {
	letter string
	degree float64
}{{"a", 10}, {"b", 1}, {"c", 0.1}, {"d", 0.02}}

// maxCells is how many cells a circle may be covered with.
const maxCells = 64

// cellsOf returns the cell of p in each grid.
func cellsOf(p search.Point) []string {
	out := make([]string, len(grids))
	for i, g := range grids {
		out[i] = cell(g.letter, int(math.Floor(p.Lon/g.degree)), int(math.Floor(p.Lat/g.degree)))
	}
	return out
}

func cell(letter string, x, y int) string {
	return letter + strconv.Itoa(x) + "," + strconv.Itoa(y)
}

// circle returns the box round a circle; ok is false when there is none, as round
// a pole. Its meridians may lie beyond the date line.
func circle(n search.Near) (box search.Box, ok bool) {
	const deg = 180 / math.Pi
	dLat := n.KM * 1000 / earthRadiusM * deg * 1.001
	if n.Lat-dLat <= -90 || n.Lat+dLat >= 90 {
		return search.Box{}, false
	}
	dLon := math.Asin(min(1, math.Sin(min(dLat/deg, math.Pi/2))/math.Cos(n.Lat/deg))) * deg * 1.001
	return search.Box{South: n.Lat - dLat, West: n.Lon - dLon, North: n.Lat + dLat, East: n.Lon + dLon}, true
}

// cover returns cells of the finest grid that suffices to cover the box with at
// most maxCells; nil when there is none.
func cover(b search.Box) []string {
	if b.West > b.East {
		b.East += 360
	}
	for i := len(grids) - 1; i >= 0; i-- {
		g := grids[i]
		x0, x1 := int(math.Floor(b.West/g.degree)), int(math.Floor(b.East/g.degree))
		y0, y1 := int(math.Floor(b.South/g.degree)), int(math.Floor(b.North/g.degree))
		if (x1-x0+1)*(y1-y0+1) > maxCells {
			continue
		}
		round := int(math.Round(360 / g.degree))
		var out []string
		for x := x0; x <= x1; x++ {
			for y := y0; y <= y1; y++ {
				for _, wrapped := range []int{x - round, x, x + round} { // over the date line; 180° is a column of its own
					if lo, hi := -round/2, round/2; wrapped >= lo && wrapped <= hi {
						out = append(out, cell(g.letter, wrapped, y))
					}
				}
			}
		}
		return out
	}
	return nil
}

// packPoint writes a position for columnPoint: longitude and latitude, 8 bytes each.
func packPoint(p *search.Point) string {
	if p == nil {
		return ""
	}
	b := binary.BigEndian.AppendUint64(nil, math.Float64bits(p.Lon))
	return string(binary.BigEndian.AppendUint64(b, math.Float64bits(p.Lat)))
}

// unpackPoint reads what packPoint wrote; ok is false for no position.
func unpackPoint(s string) (p search.Point, ok bool) {
	if len(s) != 16 {
		return p, false
	}
	b := []byte(s)
	return search.Point{Lon: math.Float64frombits(binary.BigEndian.Uint64(b)), Lat: math.Float64frombits(binary.BigEndian.Uint64(b[8:]))}, true
}
