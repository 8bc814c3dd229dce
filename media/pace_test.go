package media

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// silentSender sends nothing, and breaks off when it is told.
type silentSender struct{ end chan struct{} }

func (s silentSender) Read(p []byte) (int, error) {
	<-s.end
	return 0, io.ErrUnexpectedEOF
}

// meter counts how many writes are at work at once.
type meter struct {
	now, written atomic.Int64
	step         chan struct{}
}

func (m *meter) Write(p []byte) (int, error) {
	m.now.Add(1)
	<-m.step
	m.now.Add(-1)
	m.written.Add(int64(len(p)))
	return len(p), nil
}

func TestAHundredFilesThatComeInAreWrittenAFewAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Service{aside: newAside(3, time.After)}
		m := &meter{step: make(chan struct{})}
		// Senders that fall silent hold no place.
		quiet := silentSender{make(chan struct{})}
		for range 50 {
			go io.Copy(s.paced(m), quiet)
		}
		for range 100 {
			go io.Copy(s.paced(m), strings.NewReader("picture"))
		}
		for i := range 100 {
			synctest.Wait()
			if n, want := m.now.Load(), int64(min(2, 100-i)); n != want {
				t.Fatalf("%d at work after %d, want %d", n, i, want)
			}
			m.step <- struct{}{}
		}
		synctest.Wait()
		if m.written.Load() != 700 {
			t.Errorf("%d bytes", m.written.Load())
		}
		close(quiet.end)
		synctest.Wait()
	})
}

func TestFilesThatComeInAndBuildsShareTheProcessorsAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const processors = 3
		s := &Service{aside: newAside(processors, time.After)}
		m := &meter{step: make(chan struct{})}
		pause, leave, err := s.aside.build(t.Context(), processors-1, func(context.Context) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		var pieces atomic.Int64
		var hands sync.WaitGroup
		for range processors - 1 {
			hands.Go(func() {
				for range 50 {
					_, _ = m.Write(nil) // a piece of the build
					pieces.Add(1)
					if err := pause(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		go func() { hands.Wait(); leave() }()
		for range 100 {
			go io.Copy(s.paced(m), strings.NewReader("picture"))
		}
		for i := range 200 {
			synctest.Wait()
			if n := m.now.Load(); n > processors-1 || n == 0 {
				t.Fatalf("%d at work after %d", n, i)
			}
			if i == 110 && pieces.Load() < 2 {
				t.Error("the build stands still while files come in")
			}
			m.step <- struct{}{}
		}
		synctest.Wait()
		if m.written.Load() != 700 || pieces.Load() != 100 {
			t.Errorf("%d bytes, %d pieces", m.written.Load(), pieces.Load())
		}
		if !s.aside.places.TryAcquire(processors - 1) {
			t.Error("a place is lost")
		}
	})
}

func TestABuildThatEndsInAPauseGivesBackItsPlaces(t *testing.T) {
	a := newAside(4, time.After)
	pause, leave, err := a.build(t.Context(), 3, func(ctx context.Context) error { return ctx.Err() })
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := pause(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	leave()
	if !a.places.TryAcquire(3) {
		t.Error("a place is lost")
	}
}

// slow is a writer that takes a while, in which it may be that somebody reads.
type slow func()

func (s slow) Write(p []byte) (int, error) {
	s()
	return len(p), nil
}

func TestWhatComesInRestsAsLongAsItWorksWhileSomebodyReads(t *testing.T) {
	for _, read := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			s := &Service{aside: newAside(2, time.After)}
			const each, times = 300 * time.Microsecond, 1000
			w := s.paced(slow(func() {
				if time.Sleep(each); read {
					s.aside.served.Add(1)
				}
			}))
			began := time.Now()
			var files sync.WaitGroup
			for range 10 {
				files.Go(func() {
					for range times / 10 {
						_, _ = w.Write([]byte("piece"))
					}
				})
			}
			files.Wait()
			want := times * each
			if read {
				want *= 2
			}
			if took := time.Since(began); took > want || took < want-leastRest {
				t.Errorf("read %v: took %v, want %v", read, took, want)
			}
		})
	}
}
