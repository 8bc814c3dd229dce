package sqlitestore_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
)

func BenchmarkEngine(b *testing.B) {
	storetest.Benchmark(b, func(b *testing.B) store.Engine {
		return open(b, filepath.Join(b.TempDir(), "bench.db"), sqlitestore.Options{})
	})
}

// BenchmarkBulk loads documents as a restore does; ns/op for one.
func BenchmarkBulk(b *testing.B) {
	st, e := benchPapers(b)
	defer st.Close()
	docs := rawPapers(b, b.N)
	b.ResetTimer()
	if err := e.Load(b.Context(), "papers", docs); err != nil {
		b.Fatal(err)
	}
}

func benchPapers(b *testing.B) (*store.Store, *sqlitestore.Engine) {
	e := open(b, filepath.Join(b.TempDir(), "bulk.db"), sqlitestore.Options{})
	st, err := store.Open(b.Context(), e, store.Options{}, papers)
	if err != nil {
		b.Fatal(err)
	}
	return st, e
}

func rawPapers(b *testing.B, n int) []bson.Raw {
	docs := make([]bson.Raw, n)
	for i := range docs {
		raw, err := bson.Marshal(&paper{Meta: store.Meta{ID: ids.New(), Rev: 1, Schema: 1}, Code: fmt.Sprint(i), Text: strings.Repeat("文", 100)})
		if err != nil {
			b.Fatal(err)
		}
		docs[i] = raw
	}
	return docs
}
