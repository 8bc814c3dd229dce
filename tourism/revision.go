package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Revisions returns the history of a record, newest first.
//
// Errors: ErrNotFound, store.ErrCursor.
func (g *Register[F]) Revisions(ctx context.Context, by actor.Actor, id string, limit int, after store.Cursor) (store.Page[store.Revision], error) {
	if _, err := g.read(ctx, g.s.st, by, id); err != nil {
		return store.Page[store.Revision]{}, err
	}
	return g.docs.Revisions(ctx, g.s.st, id, limit, after)
}

// AtRevision returns the record as it was at revision rev.
//
// Errors: ErrNotFound.
func (g *Register[F]) AtRevision(ctx context.Context, by actor.Actor, id string, rev int64) (*Record[F], error) {
	if _, err := g.read(ctx, g.s.st, by, id); err != nil {
		return nil, err
	}
	old, err := existing(g.docs.AtRevision(ctx, g.s.st, id, rev))
	if err != nil {
		return nil, err
	}
	return seen(old, by), nil
}

// Restore brings back what the record said at revision from, as a new revision of
// the one whose revision is rev. Tourists keep seeing what was published. reason
// may be empty.
//
// Errors: those of Change; ErrNotFound also when there was no such revision.
func (g *Register[F]) Restore(ctx context.Context, by actor.Actor, id string, rev, from int64, reason string) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) {
		rec, err := g.open(tx, actor.AreaWrite, id, rev)
		if err != nil {
			return nil, err
		}
		old, err := existing(g.docs.AtRevision(tx.Context(), tx, id, from))
		if err != nil {
			return nil, err
		}
		return g.change(tx, rec, old.Fields, "restore", heritage.TidyText(reason))
	})
}
