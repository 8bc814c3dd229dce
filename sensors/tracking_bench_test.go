package sensors

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

// BenchmarkTrackIn measures how many sightings a second are stored and tracked on
// SQLite, one durable transaction for each batch. at rest: a thousand tags, each
// seen once a second in its room. packed: fifty tags, each seen twenty times in a
// batch. on the way: every batch finds every tag in another room. late: each
// batch is an hour old.
func BenchmarkTrackIn(b *testing.B) {
	for _, c := range []struct {
		name       string
		tags, each int
		zone       func(batch int) ZoneID
		late       time.Duration
	}{
		{"at rest", 1000, 1, func(int) ZoneID { return "corridor" }, 0},
		{"packed", 50, 20, func(int) ZoneID { return "corridor" }, 0},
		{"on the way", 200, 1, func(batch int) ZoneID { return []ZoneID{"corridor", "lift"}[batch/10%2] }, 0},
		{"late", 200, 1, func(int) ZoneID { return "corridor" }, time.Hour},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := benchHouse(b, c.tags)
			n := 0
			for batch := 0; b.Loop(); batch++ {
				at := h.sec(float64(batch))
				h.at = at
				if c.late > 0 && batch%2 == 1 {
					at = at.Add(-c.late)
				}
				var list []Sighting
				for k := range c.each {
					for i := range c.tags {
						x := h.seen(0, c.zone(batch), TagID(fmt.Sprintf("%04d", i)), -50)
						x.At = at.Add(time.Duration(k) * 40 * time.Millisecond)
						list = append(list, x)
					}
				}
				if err := h.st.Update(b.Context(), ingest, func(tx *store.Tx) error { return h.s.trackIn(tx, list) }); err != nil {
					b.Fatal(err)
				}
				n += len(list)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "sightings/s")
		})
	}
}

// benchHouse is a house with so many tags on relics, whose Updates run once.
func benchHouse(b *testing.B, tags int) *house {
	w := &alarmWorld{at: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC), relics: map[heritage.RelicID]string{}}
	h := &house{alarmWorld: w, start: w.at}
	w.st = storetest.NewWith(b, store.Options{Now: w.now}, Collections()...)
	w.s = New(Options{Store: w.st, Catalogue: w, Orders: h, Loans: w, Assets: noNeighbours{}, Areas: noNeighbours{}})
	err := w.st.Update(context.Background(), actor.SystemPart("test"), func(tx *store.Tx) error {
		if err := h.furnish(tx); err != nil {
			return err
		}
		for i := range tags {
			tag := &Tag{Meta: store.Meta{ID: fmt.Sprintf("%04d", i), Org: "demo-museum"}, Fields: TagFields{Kind: PassiveUHF, SilentAfterS: 300}}
			tag.Binding = &Binding{ID: tag.ID, RelicID: heritage.RelicID(tag.ID), Carrier: OnBox, From: w.at.Add(-time.Hour)}
			if err := tagDocs.Put(tx, tag); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return h
}
