package tourism

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

// BenchmarkPlan is a whole request in an area of 300 spots and 420 paths on
// SQLite. Cold reads the area and finds its walks first, as the first request
// after a write does.
func BenchmarkPlan(b *testing.B) {
	engine, err := sqlitestore.Open(b.Context(), b.TempDir()+"/plan.db", sqlitestore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	st, err := store.Open(b.Context(), engine, store.Options{}, Collections()...)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	w := &world{st: st}
	w.Service = New(Options{Store: st, Assets: &pictures{}, Catalogue: catalogue{}, SortKey: func(s string) string { return s }})
	area := bigPark(b, w.Service)
	for _, minutes := range []int{60, 180, 480} {
		for _, cold := range []bool{true, false} {
			b.Run(fmt.Sprintf("minutes=%d/cold=%v", minutes, cold), func(b *testing.B) {
				for b.Loop() {
					if cold {
						w.remembered = store.NewMemo[*terrain](st, maxTerrains)
					}
					if _, err := w.Plan(b.Context(), PlanRequest{AreaID: area, Minutes: minutes}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// bigPark publishes an area with 15 by 20 spots, 60 m apart, and the paths between neighbours.
func bigPark(b *testing.B, s *Service) AreaID {
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	ctx, r := b.Context(), rand.New(rand.NewPCG(1, 1))
	a, err := s.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "大园"}}})
	must(err)
	_, err = s.Areas.Publish(ctx, manager, a.ID, 0)
	must(err)
	ids, at := make([]SpotID, 300), make([]Position, 300)
	for i := range ids {
		at[i] = Position{Lon: 113 + float64(i%20)*60/91300, Lat: 34.8 + float64(i/20)*60/111200}
		minutes := 5 + r.IntN(20)
		f := SpotFields{AreaID: AreaID(a.ID), Name: heritage.Text{ZH: fmt.Sprint("景", i)}, Kind: "sight", Order: i + 1, Minutes: &minutes, Notable: r.Float64(),
			Location: &heritage.GeoPoint{Lon: at[i].Lon, Lat: at[i].Lat, PrecisionM: 5}}
		if i == 0 {
			f.Kind = "gate"
		}
		d, err := s.Spots.Create(ctx, manager, NewRecord[SpotFields]{Org: org, Fields: f})
		must(err)
		_, err = s.Spots.Publish(ctx, manager, d.ID, 0)
		must(err)
		ids[i] = SpotID(d.ID)
	}
	for i := range ids {
		for _, j := range []int{i + 1, i + 20} {
			if j >= len(ids) || j == i+1 && j%20 == 0 || r.IntN(4) == 0 {
				continue
			}
			d, err := s.Paths.Create(ctx, manager, NewRecord[PathFields]{Org: org, Fields: PathFields{AreaID: AreaID(a.ID), FromSpot: ids[i], ToSpot: ids[j],
				Line: []Position{at[i], at[j]}, PrecisionM: 5, LengthM: metres(at[i], at[j])}})
			must(err)
			_, err = s.Paths.Publish(ctx, manager, d.ID, 0)
			must(err)
		}
	}
	return AreaID(a.ID)
}
