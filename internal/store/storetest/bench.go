package storetest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"yijianyou/internal/store"
)

// benchDocuments is how many documents the database holds that is measured.
const benchDocuments = 5000

// Benchmark measures an engine operation by operation on a database of 5,000
// documents with four indexes, history and feed. Each operation is one durable
// transaction, or one reading. open is called once and its engine closed.
//
// insert, update: one document of things. 100 inserts, 100 updates: as many in
// one transaction, as an import writes them. 8 writers: the same update by eight
// at a time on documents of their own, ns/op per transaction. 3 collections: an
// insert into things and parts and a change of a counter. get: one document by
// id. page of 50: the next 50 in the order of an index.
func Benchmark(b *testing.B, open func(b *testing.B) store.Engine) {
	ctx := context.Background()
	e := open(b)
	defer func() {
		if err := e.Close(); err != nil {
			b.Error(err)
		}
	}()
	st, err := store.Open(ctx, e, store.Options{}, counters, things, parts)
	if err != nil {
		b.Fatal(err)
	}
	var ids []string
	for batch := range benchDocuments / 100 {
		err := st.Update(ctx, tester, func(tx *store.Tx) error {
			for i := range 100 {
				d := benchThing(int64(batch*100 + i))
				if err := things.Put(tx, d); err != nil {
					return err
				}
				ids = append(ids, d.ID)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	next := int64(benchDocuments)
	update := func(id string) error {
		return st.Update(ctx, tester, func(tx *store.Tx) error {
			d, err := things.Get(tx.Context(), tx, id)
			if err != nil {
				return err
			}
			d.N++
			return things.Put(tx, d)
		})
	}
	measure := func(name string, op func(i int) error) {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := op(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	measure("insert", func(int) error {
		next++
		return st.Update(ctx, tester, func(tx *store.Tx) error { return things.Put(tx, benchThing(next)) })
	})
	measure("update", func(i int) error { return update(ids[i%len(ids)]) })
	measure("3 collections", func(int) error {
		next++
		return st.Update(ctx, tester, func(tx *store.Tx) error {
			d := benchThing(next)
			if err := things.Put(tx, d); err != nil {
				return err
			}
			if err := parts.Put(tx, &part{Thing: d.ID}); err != nil {
				return err
			}
			return counters.Put(tx, &counter{N: next})
		})
	})
	measure("100 inserts", func(int) error {
		return st.Update(ctx, tester, func(tx *store.Tx) error {
			for range 100 {
				next++
				if err := things.Put(tx, benchThing(next)); err != nil {
					return err
				}
			}
			return nil
		}, store.AsBulk)
	})
	measure("100 updates", func(i int) error {
		part := ids[i*100%len(ids):][:100]
		return st.Update(ctx, tester, func(tx *store.Tx) error {
			docs, err := things.GetMany(tx.Context(), tx, part)
			if err != nil {
				return err
			}
			for _, d := range docs {
				d.N++
				if err := things.Put(tx, d); err != nil {
					return err
				}
			}
			return nil
		}, store.AsBulk)
	})
	b.Run("8 writers", func(b *testing.B) {
		var left atomic.Int64
		left.Store(int64(b.N))
		b.ResetTimer()
		together(writers, func(w int) {
			for i := 0; left.Add(-1) >= 0; i++ {
				if err := update(ids[(w+i*writers)%len(ids)]); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
	measure("get", func(i int) error {
		_, err := things.Get(ctx, st, ids[i%len(ids)])
		return err
	})
	measure("page of 50", func(i int) error {
		page, err := things.Find(ctx, st, store.Query{Index: "byName", Equal: []any{benchName(int64(i))}, Limit: 50})
		if err == nil && len(page.Items) != 50 {
			err = fmt.Errorf("a page of %d", len(page.Items))
		}
		return err
	})
}

func benchName(n int64) string { return fmt.Sprintf("青铜器 %d", n%20) }

// benchThing is a document of about 400 bytes with a key in each index.
func benchThing(n int64) *thing {
	return &thing{Meta: store.Meta{Org: "henan"}, Code: fmt.Sprintf("豫博-%08d", n), Name: name{ZH: benchName(n),
		EN: "A square hu with a crane and lotus petals, cast bronze, Spring and Autumn period, unearthed at Xinzheng in 1923"},
		Tags: []string{"铜器", "春秋", fmt.Sprint(n % 7)}, N: n, On: true, At: time.UnixMilli(n).UTC()}
}
