package feed

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/store"
	"yijianyou/search"
	"yijianyou/search/index"
)

const (
	pageSize   = 1000 // changes and documents read at once
	firstRetry = 100 * time.Millisecond
	lastRetry  = 10 * time.Second
)

// follower keeps one index up to date.
type follower struct {
	counters
	feed  *Feed
	index *index.Index
	turn  chan struct{} // holds one token: who has it may write the index
	at    place         // of the current generation; for who has the turn
}

// place is how far an index has followed the feed. Changes that touch no document
// of it are not worth a write of their own.
type place struct {
	saved   store.Token // that the index has
	token   store.Token // that or a later one, between which and saved nothing was to be written
	unsaved int         // changes between the two
}

// take takes the token of a channel; give puts it back.
func take(ctx context.Context, c chan struct{}) error {
	select {
	case c <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func give(c chan struct{}) { <-c }

// run drains and waits, and tries again with growing pauses when that fails.
func (w *follower) run(ctx context.Context) {
	pause := firstRetry
	for ctx.Err() == nil {
		token, err := w.drain(ctx)
		if err == nil {
			pause = firstRetry
			if token != (store.Token{}) {
				err = w.feed.st.Wait(ctx, token)
			}
		}
		if err == nil || over(ctx, err) {
			continue
		}
		w.failing.Store(true)
		w.feed.opts.Log.Error("search index cannot follow the store and will try again", "index", w.index.Audience().String(), "pause", pause, "err", err)
		wait(ctx, pause)
		pause = min(2*pause, lastRetry)
	}
}

// drain brings the index up to the newest change and returns its token, zero when
// there is no index.
func (w *follower) drain(ctx context.Context) (store.Token, error) {
	if err := take(ctx, w.turn); err != nil {
		return store.Token{}, err
	}
	defer give(w.turn)
	err := w.follow(ctx)
	if errors.Is(err, store.ErrEpoch) {
		w.feed.opts.Log.Warn("search index belongs to another life of the database and is built anew", "index", w.index.Audience().String())
		if err = w.index.Discard(); err == nil {
			err = w.build(ctx)
		}
	} else if _, ok := w.index.Token(); err == nil && !ok {
		err = w.build(ctx)
	}
	if err != nil {
		return store.Token{}, err
	}
	w.failing.Store(false)
	if !w.find() {
		return store.Token{}, nil
	}
	return w.at.token, nil
}

// find brings w.at in line with the current generation, which may be another than
// before. It reports whether there is one that has a token.
func (w *follower) find() bool {
	token, ok := w.index.Token()
	if token != w.at.saved {
		w.at = place{saved: token, token: token}
	}
	return ok
}

func (w *follower) reindex(ctx context.Context) error {
	if err := take(ctx, w.turn); err != nil {
		return err
	}
	defer give(w.turn)
	return w.build(ctx)
}

// follow applies changes to the current generation until there are no more. It
// does nothing when the index has no token.
func (w *follower) follow(ctx context.Context) error {
	if !w.find() {
		return nil
	}
	return w.advance(ctx, &w.at, w.index.Write)
}

// advance applies the changes after a place through write until there are no more.
func (w *follower) advance(ctx context.Context, at *place, write writeFunc) error {
	for {
		changes, err := w.feed.st.Changes(ctx, at.token, pageSize)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			w.pendingSince.Store(0)
			return nil
		}
		w.pendingSince.Store(changes[0].At.UnixMilli())
		token := changes[len(changes)-1].Token
		refs, err := w.feed.affected(ctx, changes)
		if err != nil {
			return err
		}
		if unsaved := at.unsaved + len(changes); len(refs) == 0 && unsaved < pageSize {
			at.token, at.unsaved = token, unsaved
			continue
		}
		if err := w.apply(ctx, refs, &token, write); err != nil {
			return err
		}
		*at = place{saved: token, token: token}
	}
}

type writeFunc func(context.Context, index.Batch) error

// apply writes the present state of refs in batches. The token stands in the
// last one: what came before it is only done again after a crash.
func (w *follower) apply(ctx context.Context, refs []search.Ref, token *store.Token, write writeFunc) error {
	for {
		n := min(len(refs), w.feed.opts.BatchSize)
		b, rejected, err := w.feed.batch(ctx, w.index.Audience(), refs[:n])
		if err != nil {
			return err
		}
		refs = refs[n:]
		if len(refs) == 0 {
			b.Token = token
		}
		for piece := range b.Pieces() {
			if err := write(ctx, piece); err != nil {
				return err
			}
		}
		w.rejected.Add(int64(rejected))
		w.applied.Add(int64(len(b.Put) + len(b.Delete)))
		if b.Token != nil && w.feed.opts.Applied != nil {
			w.feed.opts.Applied(w.index.Audience(), *token)
		}
		if len(refs) == 0 {
			return nil
		}
	}
}

// build makes a new generation from all documents, applies what has changed
// meanwhile and swaps. The current generation, if there is one, goes on
// following.
func (w *follower) build(ctx context.Context) (err error) {
	if err := take(ctx, w.feed.building); err != nil {
		return err
	}
	defer give(w.feed.building)
	w.isBuilding.Store(true)
	w.built.Store(0)
	defer w.isBuilding.Store(false)
	head, err := w.feed.st.Head(ctx)
	if err != nil {
		return err
	}
	r, err := w.index.Rebuild()
	if err != nil {
		return err
	}
	began := w.feed.opts.Now()
	committed := false
	defer func() {
		if !committed {
			err = errors.Join(err, r.Abort())
		}
	}()
	err = w.feed.everyRef(ctx, func(refs []search.Ref) error {
		for len(refs) > 0 {
			n := min(len(refs), w.feed.opts.BatchSize)
			b, rejected, err := w.feed.batch(ctx, w.index.Audience(), refs[:n])
			if err != nil {
				return err
			}
			b.Delete = nil // nothing is there yet
			if len(b.Put) > 0 {
				if err := r.Write(ctx, b); err != nil {
					return err
				}
			}
			refs = refs[n:]
			w.built.Add(int64(n))
			w.rejected.Add(int64(rejected))
			w.applied.Add(int64(len(b.Put)))
			if err := w.follow(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := r.Write(ctx, index.Batch{Token: &head}); err != nil {
		return err
	}
	if err := w.advance(ctx, &place{saved: head, token: head}, r.Write); err != nil {
		return err
	}
	committed = true // Commit removes the generation itself when it fails
	if err := r.Commit(); err != nil {
		return err
	}
	w.feed.opts.Log.Info("search index built", "index", w.index.Audience().String(), "records", w.built.Load(), "took", w.feed.opts.Now().Sub(began))
	return nil
}
