package media

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// aside are the processors that may be at work on what nobody waits for on a screen:
// on files that come in and on pyramids, together. They are all but one, and at
// least one, so that readers always find a free one. Who waits for a place gets it
// in the order of coming.
//
// Files come in all at once, so what they cost also rests: while somebody looks at
// pictures, for as long as it works. Others than this program may want processors.
type aside struct {
	places *semaphore.Weighted
	count  int64
	served atomic.Int64 // answers to those who look at pictures
	owed   atomic.Int64 // nanoseconds of rest
	after  func(time.Duration) <-chan time.Time
}

// leastRest is how long a rest must be to be worth the trouble: clocks are not finer.
const leastRest = 2 * time.Millisecond

func newAside(processors int, after func(time.Duration) <-chan time.Time) *aside {
	n := int64(max(1, processors-1))
	return &aside{places: semaphore.NewWeighted(n), count: n, after: after}
}

// enter takes a place for a piece of work that came in, until leave.
//
// Errors: that of ctx.
func (a *aside) enter(ctx context.Context) (leave func(), err error) {
	if err := a.places.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	began, served := time.Now(), a.served.Load()
	return func() {
		defer a.places.Release(1)
		if a.served.Load() == served {
			return
		}
		if owed := a.owed.Add(int64(time.Since(began))); owed >= int64(leastRest) {
			a.owed.Add(-owed)
			<-a.after(time.Duration(owed))
		}
	}, nil
}

// build takes the places of a build that uses so many processors, until leave.
// Between two pieces of work of any of them pause is called: it gives one place to
// who waits for it, then waits for the turn of the build and for a place.
func (a *aside) build(ctx context.Context, processors int64, turn func(context.Context) error) (pause func(context.Context) error, leave func(), err error) {
	if err := a.places.Acquire(ctx, processors); err != nil {
		return nil, nil, err
	}
	pause = func(ctx context.Context) error {
		a.places.Release(1)
		err := turn(ctx)
		// Also for a build that ends: leave gives back what was taken. Who is in front
		// has a place for one piece of work only.
		_ = a.places.Acquire(context.WithoutCancel(ctx), 1)
		return err
	}
	return pause, func() { a.places.Release(processors) }, nil
}

// paced returns a writer to w of which only as many are at work at once as there are
// places: however many files come in, what they cost leaves room for readers. Waiting
// for the sender's bytes takes no place.
func (s *Service) paced(w io.Writer) io.Writer { return pacedWriter{w, s.aside} }

type pacedWriter struct {
	w     io.Writer
	aside *aside
}

func (p pacedWriter) Write(b []byte) (int, error) {
	leave, err := p.aside.enter(context.Background())
	if err != nil {
		return 0, err
	}
	defer leave()
	return p.w.Write(b)
}
