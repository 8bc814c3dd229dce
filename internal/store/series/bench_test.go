package series

import (
	"encoding/binary"
	"fmt"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

// BenchmarkAppend measures what a pipeline does: transactions that each append
// to 64 channels. New points are behind all others (in time); points/s counts
// them. One point a channel is the worst case.
func BenchmarkAppend(b *testing.B) {
	for _, e := range []struct {
		name string
		open func(testing.TB) *store.Store
	}{
		{"SQLite", func(t testing.TB) *store.Store { return storetest.NewWith(t, store.Options{}, sums) }},
		{"MongoDB", func(t testing.TB) *store.Store { return mongoWith(t, store.Options{}) }},
	} {
		for _, each := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/%d", e.name, each), func(b *testing.B) { benchAppend(b, e.open(b), each) })
		}
	}
}

func benchAppend(b *testing.B, st *store.Store, each int) {
	const channels, everyMS = 64, 1000
	batches := make([]Batch, channels)
	for c := range batches {
		batches[c] = Batch{Org: "demo-museum", Channel: fmt.Sprintf("instrument-%d/rh", c), Points: make([]Point, each)}
	}
	now := int64(1764000000000)
	b.ReportAllocs()
	for n := uint64(0); b.Loop(); {
		for i := range each {
			now += everyMS
			n++
			key, data := binary.AppendUvarint(nil, n), binary.LittleEndian.AppendUint64(nil, n)
			for c := range batches {
				batches[c].Points[i] = Point{At: timeOf(now), Key: string(key), Data: data}
			}
		}
		if err := st.Update(b.Context(), tester, func(tx *store.Tx) error {
			_, err := sums.AppendAllIn(tx, batches)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	points := float64(b.N * channels * each)
	b.ReportMetric(points/b.Elapsed().Seconds(), "points/s")
}
