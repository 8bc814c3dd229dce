package discovery

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"yijianyou/internal/store"
	"yijianyou/media"
)

// PageSize is how many activities a page has; the last may have fewer.
const PageSize = 100

// Digester tells what the public sees: media.Service.
type Digester interface {
	Digest(ctx context.Context, r store.Reader, source media.ManifestSource, id string) (string, error)
}

// Log is the log of changes. It is safe for concurrent use, except that Run and
// Settle are called one at a time.
type Log struct {
	st      *store.Store
	pages   Digester
	shelves []media.Shelf
	log     *slog.Logger
	ahead   store.Token // in the feed; between what is saved and this there was nothing to tell
	saved   int64       // revision of the progress that ahead goes on from
	unsaved int         // changes since then
}

// New returns the log of the manifests on shelves.
func New(st *store.Store, pages Digester, shelves []media.Shelf, log *slog.Logger) *Log {
	return &Log{st: st, pages: pages, shelves: shelves, log: log}
}

// Total returns how many activities there are.
func (l *Log) Total(ctx context.Context, r store.Reader) (int64, error) {
	at, err := l.progress(ctx, r)
	return at.Seq, err
}

// Page returns the activities of a page in their order, none behind the last.
// Pages are counted from 0.
func (l *Log) Page(ctx context.Context, r store.Reader, page int64) ([]*Activity, error) {
	first := page*PageSize + 1
	found, err := activities.Find(ctx, r, store.Query{Index: "bySeq", From: first, Before: first + PageSize, Limit: PageSize})
	return found.Items, err
}

func (l *Log) progress(ctx context.Context, r store.Reader) (*progress, error) {
	at, err := progresses.Get(ctx, r, progressID)
	if errors.Is(err, store.ErrNotFound) {
		return &progress{Meta: store.Meta{ID: progressID}}, nil
	}
	return at, err
}

const (
	rest      = time.Second      // between two looks: what happens meanwhile is taken together
	restAfter = 10 * time.Second // a failure
)

// Run follows the store until ctx ends.
func (l *Log) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		pause := rest
		token, err := l.settle(ctx)
		if err == nil {
			err = l.st.Wait(ctx, token)
		}
		switch {
		case err == nil || ctx.Err() != nil, errors.Is(err, store.ErrConflict): // another node was first
		default:
			pause = restAfter
			l.log.Error("the log of changed manifests cannot follow the store and will try again", "pause", pause, "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	return ctx.Err()
}

// Settle brings the log up to the newest change.
func (l *Log) Settle(ctx context.Context) error {
	_, err := l.settle(ctx)
	return err
}
