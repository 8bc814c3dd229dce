package tourism

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
)

// BenchmarkPlan is a whole request in an area of 300 spots and 420 paths on
// SQLite. written: something was written since the request before, so that the area
// is read again and its walks are found anew. cpu is the processor time of a request,
// which other programs on the machine disturb less than p50 and max.
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
	s := New(Options{Store: st, Assets: &pictures{}, Catalogue: catalogue{}, SortKey: func(s string) string { return s }})
	area := bigPark(b, s)
	other, err := s.Areas.Create(b.Context(), manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "别处"}}})
	if err != nil {
		b.Fatal(err)
	}
	for _, minutes := range []int{60, 180, 480} {
		for _, written := range []bool{true, false} {
			b.Run(fmt.Sprintf("minutes=%d/written=%v", minutes, written), func(b *testing.B) {
				var took, spent []float64
				for n := 0; b.Loop(); n++ {
					if written {
						b.StopTimer()
						if _, err := s.Areas.Change(b.Context(), manager, other.ID, 0, AreaFields{Name: heritage.Text{ZH: fmt.Sprint("别处", time.Now().UnixNano())}}); err != nil {
							b.Fatal(err)
						}
						b.StartTimer()
					}
					begin, before := time.Now(), processor(b)
					if _, err := s.Plan(b.Context(), PlanRequest{AreaID: area, Minutes: minutes}); err != nil {
						b.Fatal(err)
					}
					took, spent = append(took, 1000*time.Since(begin).Seconds()), append(spent, 1000*(processor(b)-before).Seconds())
				}
				slices.Sort(took)
				slices.Sort(spent)
				b.ReportMetric(took[len(took)/2], "p50-ms")
				b.ReportMetric(took[len(took)-1], "max-ms")
				b.ReportMetric(spent[len(spent)/2], "cpu-p50-ms")
				b.ReportMetric(spent[len(spent)-1], "cpu-max-ms")
			})
		}
	}
}

// processor returns what this process has spent of the processors.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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

// BenchmarkPlanOfACity is a whole request in a city of 300 museums and sites.
func BenchmarkPlanOfACity(b *testing.B) {
	st := storetest.New(b, Collections()...)
	r := rand.New(rand.NewPCG(1, 1))
	list := make([]heritage.Landmark, maxCityPlaces)
	for i := range list {
		list[i] = landmark(fmt.Sprint("馆", i), heritage.KindMuseum, 30_000*r.Float64(), func(l *heritage.Landmark) { l.Notable = r.Float64() })
	}
	s := New(Options{Store: st, Assets: &pictures{}, Catalogue: cityCatalogue{catalogue{}, list}, SortKey: func(s string) string { return s }})
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		b.Fatal(err)
	}
	y, m, d := st.Now().In(zone).Date()
	for b.Loop() {
		plan, err := s.Plan(b.Context(), PlanRequest{City: "甲市", Minutes: 480, StartAt: time.Date(y, m, d+1, 9, 0, 0, 0, zone)})
		if err != nil || len(plan.Stops) == 0 {
			b.Fatal(plan, err)
		}
	}
}
