package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"yijianyou/internal/store"
	"yijianyou/search"
	"yijianyou/search/index"
)

// Options change how a Feed works. The zero value is right.
type Options struct {
	Log       *slog.Logger     // nil means slog.Default
	BatchSize int              // documents written together; 0 means 500
	Now       func() time.Time // for the lag; nil means time.Now

	// Applied is called after a batch has become searchable, with the place of
	// the index in the feed. It must return soon. nil means nobody is told.
	Applied func(search.Audience, store.Token)
}

// Feed keeps indexes up to date. Its methods are safe for concurrent use.
type Feed struct {
	st        *store.Store
	opts      Options
	sources   []search.Source
	owners    map[string]search.Source
	followers []*follower
	building  chan struct{} // holds one token: who has it may build
}

// New returns a feed from st into the indexes. It fails when two sources claim
// one collection, or when a collection is unknown or is not fed.
func New(st *store.Store, indexes []*index.Index, sources []search.Source, opts Options) (*Feed, error) {
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.BatchSize <= 0 {
		opts.BatchSize = 500
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	f := &Feed{st: st, opts: opts, sources: sources, owners: map[string]search.Source{}, building: make(chan struct{}, 1)}
	fed := make(map[string]bool)
	for _, spec := range st.Specs() {
		fed[spec.Name] = spec.Feed
	}
	for _, src := range sources {
		for _, name := range src.Collections() {
			isFed, known := fed[name]
			switch {
			case !known:
				return nil, fmt.Errorf("feed: collection %s is not in the store", name)
			case !isFed:
				return nil, fmt.Errorf("feed: collection %s does not publish its changes", name)
			case f.owners[name] != nil:
				return nil, fmt.Errorf("feed: collection %s has two sources", name)
			}
			f.owners[name] = src
		}
	}
	for _, x := range indexes {
		f.followers = append(f.followers, &follower{feed: f, index: x, turn: make(chan struct{}, 1)})
	}
	return f, nil
}

// Run follows the store until ctx ends, whatever fails meanwhile. It returns nil.
func (f *Feed) Run(ctx context.Context) error {
	var group errgroup.Group
	for _, w := range f.followers {
		group.Go(func() error {
			w.run(ctx)
			return nil
		})
	}
	return group.Wait()
}

// Settle brings every index up to everything that was committed before the
// call, building it first if need be. It works beside Run and without it.
func (f *Feed) Settle(ctx context.Context) error {
	for _, w := range f.followers {
		if _, err := w.drain(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Reindex builds the index of the audience anew while the old one is searched
// and kept up to date, and swaps them.
func (f *Feed) Reindex(ctx context.Context, audience search.Audience) error {
	for _, w := range f.followers {
		if w.index.Audience() == audience {
			return w.reindex(ctx)
		}
	}
	return fmt.Errorf("feed: no %s index", audience)
}

// Ready reports whether every index can be searched.
func (f *Feed) Ready() bool {
	for _, w := range f.followers {
		if !w.index.Ready() {
			return false
		}
	}
	return true
}

// Status tells how one index does.
type Status struct {
	Audience  search.Audience
	Ready     bool          // it can be searched
	Building  bool          // a new generation is being built
	Built     int64         // records read into it so far
	Lag       time.Duration // age of the oldest change that is not searchable yet; 0 when there is none
	Failing   bool          // the last attempt failed; it is repeated
	Rejected  int64         // records left out since the start because they break a rule
	Applied   int64         // documents put and deleted since the start, those of a build included
	Documents uint64
	DiskBytes int64
}

// Status returns the state of each index.
func (f *Feed) Status() []Status {
	out := make([]Status, len(f.followers))
	for i, w := range f.followers {
		s := w.index.Stats()
		out[i] = Status{Audience: w.index.Audience(), Ready: s.Ready, Documents: s.Documents, DiskBytes: s.DiskBytes,
			Building: w.isBuilding.Load(), Built: w.built.Load(), Failing: w.failing.Load(), Rejected: w.rejected.Load(), Applied: w.applied.Load()}
		if since := w.pendingSince.Load(); since != 0 {
			out[i].Lag = max(0, f.opts.Now().Sub(time.UnixMilli(since)))
		}
	}
	return out
}

// counters are what Status reads while the follower works.
type counters struct {
	isBuilding, failing      atomic.Bool
	built, rejected, applied atomic.Int64
	pendingSince             atomic.Int64 // Unix milliseconds of the oldest change at hand, 0 none
}

// wait waits for d or the end of ctx.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// over reports whether err is the end of ctx and not a failure.
func over(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, store.ErrUnavailable))
}
