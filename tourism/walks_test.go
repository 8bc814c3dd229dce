package tourism

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yijianyou/heritage"
)

// TestStraightLinesAreTheShortestWalksWithoutPaths: filling the rows gives what the
// search over all straight lines gives. Sums of float32 are apart by roundings.
func TestStraightLinesAreTheShortestWalksWithoutPaths(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		spots := make([]*Public[SpotFields], rapid.IntRange(0, 8).Draw(r, "spots"))
		for i := range spots {
			spots[i] = &Public[SpotFields]{}
			if rapid.IntRange(0, 4).Draw(r, "placed") > 0 { // on a grid, so that some stand in a row or on each other
				east, north := rapid.IntRange(0, 4).Draw(r, "east"), rapid.IntRange(0, 4).Draw(r, "north")
				spots[i].Fields.Location = &heritage.GeoPoint{Lon: 113 + float64(east)*0.001, Lat: 34.8 + float64(north)*0.001}
			}
		}
		got := (&terrain{spots: spots, index: map[SpotID]int{}}).newWalks("")
		want, edges := emptyWalks(len(spots)), make([][]edge, len(spots))
		for a := range spots {
			for b := range spots {
				from, ok := place(&spots[a].Fields)
				to, known := place(&spots[b].Fields)
				if a != b && ok && known {
					m := detour * metres(from, to)
					edges[a] = append(edges[a], edge{to: b, path: -1, costM: m, meters: m})
				}
			}
		}
		for a := range spots {
			want.from(a, edges)
		}
		near := func(a, b float32) bool { return a == b || math.Abs(float64(a-b)) < 1e-3 }
		for a := range spots {
			for b := range spots {
				k := a*len(spots) + b
				paths, guessed := got.along(a, b)
				wantPaths, wantGuessed := want.along(a, b)
				if !near(got.cost[k], want.cost[k]) || !near(got.meters[k], want.meters[k]) || !slices.Equal(paths, wantPaths) || guessed != wantGuessed {
					r.Fatalf("from %d to %d: %v m (%v) along %v, guessed %v; want %v m (%v) along %v, guessed %v",
						a, b, got.cost[k], got.meters[k], paths, guessed, want.cost[k], want.meters[k], wantPaths, wantGuessed)
				}
			}
		}
	})
}

// BenchmarkWalks finds the walks between as many spots as a plan takes: over no path,
// so that straight lines are laid; over one, so that all others are joined to it by
// the shortest; and over as many as are read.
func BenchmarkWalks(b *testing.B) {
	spots, index := make([]*Public[SpotFields], maxPlanSpots), make(map[SpotID]int)
	for i := range spots {
		spots[i] = &Public[SpotFields]{ID: fmt.Sprint(i), Fields: SpotFields{Location: &heritage.GeoPoint{Lon: 113 + float64(i*i%499)*1e-4, Lat: 34.8 + float64(i)*1e-5}}}
		index[SpotID(spots[i].ID)] = i
	}
	for _, n := range []int{0, 1, maxPlanPaths} {
		g := &terrain{spots: spots, index: index}
		for k := range n {
			from, to := k%len(spots), (k%len(spots)+1+k/len(spots)*7)%len(spots)
			g.paths = append(g.paths, &Public[PathFields]{Fields: PathFields{FromSpot: SpotID(fmt.Sprint(from)), ToSpot: SpotID(fmt.Sprint(to)), LengthM: 50}})
		}
		b.Run(fmt.Sprintf("paths=%d", n), func(b *testing.B) {
			for b.Loop() {
				g.newWalks("")
			}
		})
	}
}
