package broker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
)

// publisher runs a publisher of reader-1 until the returned func is called; what
// Run returned comes out of it.
func (w *world) publisher(org actor.OrgID, secret string) (*Publisher, func() error) {
	p := NewPublisher(PublisherOptions{Remote: w.remote(), Org: org, Device: "reader-1", Secret: secret, Window: 16, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(w.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	return p, func() error {
		cancel()
		return <-ended
	}
}

func TestAPublisherSendsAgainWhatWasNotAcknowledged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := make(sink, 64)
		w := newWorld(t, s)
		p, end := w.publisher("a-museum", testSecret)
		const n = 10
		acknowledged := make(chan int, n)
		for i := range n {
			err := p.Send(t.Context(), sensors.CountKind, fmt.Appendf(nil, "%d", i), func(err error) {
				if err != nil {
					t.Errorf("%d: %v", i, err)
				}
				acknowledged <- i
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for i := range n {
			m := <-s
			if string(m.Payload) != fmt.Sprint(i) || m.Kind != sensors.CountKind {
				t.Fatalf("message %d is %s %s", i, m.Kind, m.Payload)
			}
			if i < 3 {
				m.done(nil)
				if got := <-acknowledged; got != i {
					t.Errorf("acknowledged %d, want %d", got, i)
				}
			} else if i == n-1 {
				m.done(errTest) // which cuts the connection
			}
		}
		for i := 3; i < n; i++ {
			m := <-s
			if string(m.Payload) != fmt.Sprint(i) {
				t.Fatalf("sent again is %s, want %d", m.Payload, i)
			}
			m.done(nil)
			if got := <-acknowledged; got != i {
				t.Errorf("acknowledged %d, want %d", got, i)
			}
		}
		if err := end(); err != nil {
			t.Error(err)
		}
		w.stop()
	})
}

func TestAPublisherIsToldWhatIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storing{})
		p, end := w.publisher("b-museum", testSecret)
		if err := p.Publish(t.Context(), sensors.StatusKind, []byte("[]")); !errors.Is(err, ErrPublishRefused) {
			t.Errorf("under a foreign name: %v", err)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
		if err := p.Publish(t.Context(), sensors.StatusKind, []byte("[]")); err == nil {
			t.Error("a publisher that has ended publishes")
		}
		p, end = w.publisher("a-museum", "guess")
		if err := p.Publish(t.Context(), sensors.StatusKind, []byte("[]")); err == nil {
			t.Error("it publishes without the secret")
		}
		if err := end(); !errors.Is(err, ErrLoginRefused) {
			t.Errorf("a wrong secret ends in %v", err)
		}
		w.stop()
	})
}

func TestAPublisherKeepsAsMuchAsItMayAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := make(sink, 64)
		w := newWorld(t, s)
		p, end := w.publisher("a-museum", testSecret)
		ctx, cancel := context.WithCancel(t.Context())
		sent := make(chan int)
		go func() {
			n := 0
			for p.Send(ctx, sensors.StatusKind, []byte("[]"), func(error) {}) == nil {
				n++
			}
			sent <- n
		}()
		synctest.Wait()
		cancel()
		if n := <-sent; n != 16 {
			t.Errorf("%d messages are kept, want the window of 16", n)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
		w.stop()
	})
}
