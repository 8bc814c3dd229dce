package feed

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/search"
)

func TestFollowsAReplicaSet(t *testing.T) {
	t.Parallel()
	engine, err := mongostore.Open(t.Context(), mongotest.Database(t), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), engine, store.Options{}, items, museums)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	public, staff := pair(t, t.TempDir())
	applied := make(chan search.Audience, 1000)
	f := newFeed(t, st, &fakeSource{}, Options{Applied: func(a search.Audience, _ store.Token) { applied <- a }}, public, staff)
	put(t, st, items, many(0, 100, "m")...)
	mustAgree(t, f)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = f.Run(ctx) }()
	defer func() { cancel(); <-done }()
	for len(applied) > 0 {
		<-applied
	}
	var slowest time.Duration
	for i := range 5 {
		put(t, st, items, &item{Meta: store.Meta{Org: "m"}, Title: fmt.Sprint("新发现", i), Published: true})
		committed := time.Now()
		for public.Stats().Documents != uint64(51+i) {
			select {
			case <-applied:
			case <-time.After(10 * time.Second):
				t.Fatal("not searchable after 10 s")
			}
		}
		slowest = max(slowest, time.Since(committed))
	}
	t.Logf("slowest of 5 changes: %v", slowest)
	mustAgree(t, f)
	if err := engine.NewEpoch(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustAgree(t, f)
}
