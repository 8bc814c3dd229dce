package storetest

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"yijianyou/internal/store"
)

// Leaks opens an engine, uses all of it, among others with contexts that end
// midway, closes it and fails the test unless every goroutine has ended. Nothing
// else may run meanwhile: call it from a test that is not parallel.
func Leaks(t *testing.T, open Open) {
	must(t, open(t).Close()) // what a process starts once and keeps
	before := settled(0)
	e := open(t)
	st := openOn(t, e, store.Options{}, counters, things, parts)
	head, err := st.Head(t.Context())
	must(t, err)
	waited := make(chan error, 2)
	short, cancel := context.WithCancel(t.Context())
	go func() { waited <- st.Wait(short, head) }()
	go func() { waited <- st.Wait(context.WithoutCancel(t.Context()), head) }()
	together(writers, func(i int) {
		var opts []store.UpdateOption
		if i%2 == 0 {
			opts = append(opts, store.AsBulk)
		}
		for n := range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+n)*time.Millisecond/4)
			_ = st.Update(ctx, tester, func(tx *store.Tx) error { return counters.Put(tx, &counter{}) }, opts...)
			_, _ = counters.Find(ctx, st, store.Query{})
			cancel()
		}
	})
	must(t, st.Snapshot(t.Context(), func(r store.Reader) error {
		_, err := counters.Find(t.Context(), r, store.Query{})
		return err
	}))
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("waiting with a context that ended: %v", err)
	}
	must(t, st.Close())
	if err := <-waited; !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("waiting while the store closed: %v", err)
	}
	if after := settled(before); after > before {
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines, %d before:\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
	}
}

// settled returns the number of goroutines once it is at most that, or after
// some seconds.
func settled(most int) int {
	deadline := time.Now().Add(5 * time.Second)
	if most == 0 {
		deadline = time.Now().Add(200 * time.Millisecond)
	}
	for runtime.NumGoroutine() > most && time.Now().Before(deadline) {
		runtime.Gosched()
	}
	return runtime.NumGoroutine()
}
