package media

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// builds starts n builds that never end, and counts the pieces that they begin.
func builds(ctx context.Context, t *turns, n int) *atomic.Int64 {
	var begun atomic.Int64
	for range n {
		go func() {
			for t.pause(ctx) == nil {
				if begun.Add(1) > 1e6 {
					return
				}
			}
		}()
	}
	return &begun
}

func TestAHundredBuildsDoOnePieceForEachReaderThatWasServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var turns turns
		turns.enter()
		turns.enter()
		begun := builds(ctx, &turns, 100)
		synctest.Wait()
		if n := begun.Load(); n != 0 {
			t.Fatalf("%d pieces begun while nobody was served", n)
		}
		for served := int64(1); served <= 500; served++ {
			turns.enter() // there is always another
			turns.leave()
			synctest.Wait()
			if n := begun.Load(); n != served {
				t.Fatalf("%d pieces for %d readers served", n, served)
			}
		}
	})
}

func TestBuildsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var turns turns
		turns.enter()
		turns.enter()
		order := make(chan int, 10)
		for i := range 3 {
			go func() {
				_ = turns.pause(t.Context())
				order <- i
			}()
			synctest.Wait()
		}
		for want := range 3 {
			turns.enter()
			turns.leave()
			if got := <-order; got != want {
				t.Errorf("build %d before %d", got, want)
			}
		}
	})
}

func TestBuildsGoOnWhenTheLastReaderLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var turns turns
		turns.enter()
		done := make(chan error, 3)
		for range 3 {
			go func() { done <- turns.pause(t.Context()) }()
		}
		synctest.Wait()
		turns.leave()
		for range 3 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if err := turns.pause(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestABuildThatIsCancelledGivesItsTurnAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var turns turns
		turns.enter()
		turns.enter()
		turns.enter()
		ctx, cancel := context.WithCancel(t.Context())
		first, second := make(chan error, 1), make(chan error, 1)
		go func() { first <- turns.pause(ctx) }()
		synctest.Wait()
		go func() { second <- turns.pause(t.Context()) }()
		synctest.Wait()
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		turns.leave()
		if err := <-second; err != nil {
			t.Error(err)
		}
		// What nobody waits for is kept, but only one piece of it.
		turns.leave()
		if err := turns.pause(t.Context()); err != nil {
			t.Error(err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		go func() { first <- turns.pause(ctx) }()
		synctest.Wait()
		select {
		case <-first:
			t.Error("a second piece was begun")
		default:
		}
		cancel()
		<-first
	})
}
