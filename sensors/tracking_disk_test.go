package sensors

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

// BenchmarkSightingDisk measures how many bytes of a SQLite file, closed and so
// without its log, a sighting takes that comes in order: of 200 tags at rest, each
// seen every ten minutes for four days with another strength each time.
func BenchmarkSightingDisk(b *testing.B) {
	const tags, rounds = 200, 576
	for b.Loop() {
		file := filepath.Join(b.TempDir(), "disk.db")
		engine, err := sqlitestore.Open(b.Context(), file, sqlitestore.Options{})
		if err != nil {
			b.Fatal(err)
		}
		w := &ingestWorld{TB: b, at: time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)}
		w.st, err = store.Open(b.Context(), engine, store.Options{Now: w.now}, Collections()...)
		w.must(err)
		w.serve()
		for i := range tags {
			put(w, tagDocs, &Tag{Meta: store.Meta{ID: benchTag(0, i), Org: "demo-area"}})
		}
		before, n := w.now().Add(-rounds*10*time.Minute), int64(0)
		for round := range rounds {
			var list []Sighting
			for i := range tags {
				n++
				src := Source{Org: "demo-area", Device: "reader-1", Kind: Reader, Zone: "0194f1c2-1111-7000-8000-000000000001", Seq: n,
					At: before.Add(time.Duration(round)*10*time.Minute + time.Duration(i)*time.Second), Received: w.now()}
				list = append(list, Sighting{Source: src, Tag: TagID(benchTag(0, i)), RSSI: -40 - float64(n%30), Antenna: 1, BatteryPercent: -1})
			}
			w.must(w.st.Update(b.Context(), actor.SystemPart("test"), func(tx *store.Tx) error { return w.s.trackIn(tx, list) }))
		}
		w.must(w.st.Close())
		info, err := os.Stat(file)
		w.must(err)
		b.ReportMetric(float64(info.Size())/float64(n), "bytes/sighting")
	}
}
