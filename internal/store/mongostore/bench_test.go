package mongostore_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
)

func BenchmarkEngine(b *testing.B) {
	storetest.Benchmark(b, func(b *testing.B) store.Engine {
		e, err := mongostore.Open(b.Context(), mongotest.Database(b), mongostore.Options{})
		if err != nil {
			b.Fatal(err)
		}
		return e
	})
}

// BenchmarkFollow measures from the start of an Update to the moment when a
// follower has its change.
func BenchmarkFollow(b *testing.B) {
	e, err := mongostore.Open(b.Context(), mongotest.Database(b), mongostore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	st, err := store.Open(b.Context(), e, store.Options{}, entries)
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	at, err := st.Head(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var began atomic.Int64
	var behind time.Duration
	ready := make(chan struct{})
	go func() {
		for n := range b.N {
			<-ready
			began.Store(time.Now().UnixNano())
			if err := st.Update(b.Context(), tester, func(tx *store.Tx) error {
				return entries.Put(tx, &entry{Meta: store.Meta{ID: fmt.Sprint(n)}})
			}); err != nil {
				b.Error(err)
				return
			}
		}
	}()
	b.ResetTimer()
	for range b.N {
		ready <- struct{}{}
		if err := st.Wait(b.Context(), at); err != nil {
			b.Fatal(err)
		}
		changes, err := st.Changes(b.Context(), at, 100)
		if err != nil || len(changes) == 0 {
			b.Fatal(changes, err)
		}
		behind += time.Since(time.Unix(0, began.Load()))
		at = changes[len(changes)-1].Token
	}
	b.ReportMetric(float64(behind.Microseconds())/float64(b.N)/1000, "ms/followed")
}
