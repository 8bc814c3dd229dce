package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Publish shows the newest content of a record to tourists.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrAlreadyShown.
func (g *Register[F]) Publish(ctx context.Context, by actor.Actor, id string, rev int64) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.PublishIn(tx, id, rev) })
}

// PublishIn is Publish in the caller's transaction.
func (g *Register[F]) PublishIn(tx *store.Tx, id string, rev int64) (*Record[F], error) {
	rec, err := g.open(tx, actor.AreaPublish, id, rev)
	if err != nil {
		return nil, err
	}
	if rec.Shown != nil {
		same, err := equal(*rec.Shown, rec.Fields)
		if err != nil {
			return nil, err
		}
		if same {
			return nil, ErrAlreadyShown.New()
		}
	}
	now, who := tx.Now(), heritage.PersonOf(tx.Actor())
	shown := rec.Fields
	p := heritage.Publication{State: heritage.Published, Rev: rec.Rev + 1, By: &who, At: &now}
	return g.show(tx, rec, &shown, p, "publish")
}

// Withdraw takes a record from the eyes of tourists, and with it all that
// belongs to it.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrReason, ErrNotShown.
func (g *Register[F]) Withdraw(ctx context.Context, by actor.Actor, id string, rev int64, reason string) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) {
		rec, err := g.open(tx, actor.AreaPublish, id, rev)
		if err != nil {
			return nil, err
		}
		why, err := needReason(reason)
		if err != nil {
			return nil, err
		}
		if rec.Shown == nil {
			return nil, ErrNotShown.New()
		}
		now, who := tx.Now(), heritage.PersonOf(tx.Actor())
		return g.show(tx, rec, nil, heritage.Publication{State: heritage.Withdrawn, By: &who, At: &now, Reason: why}, "withdraw")
	})
}

// show saves what tourists see of rec from now on, nil for nothing, and gives
// the pictures the rights that follow from it.
func (g *Register[F]) show(tx *store.Tx, rec *Record[F], shown *F, p heritage.Publication, step string) (*Record[F], error) {
	was, err := sightOf(tx.Context(), g.s, tx, rec)
	if err != nil {
		return nil, err
	}
	rec.Shown, rec.Publication = shown, p
	tx.Describe(string(g.kind)+"."+step, p.Reason)
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	is, err := sightOf(tx.Context(), g.s, tx, rec)
	if err != nil {
		return nil, err
	}
	return rec, g.s.settle(tx, g.kind, rec.ID, was, is)
}

// UsesAsset reports whether any record of the visitor side names the picture, in
// its newest content or in what tourists see.
func (s *Service) UsesAsset(ctx context.Context, r store.Reader, asset string) (bool, error) {
	if used, err := named(ctx, r, "ofAsset", asset); used || err != nil {
		return used, err
	}
	return named(ctx, r, "shownByAsset", asset)
}

// named reports whether a record names the picture, by one of the two indexes.
func named(ctx context.Context, r store.Reader, index, asset string) (bool, error) {
	for _, count := range []func(context.Context, store.Reader, store.Query, int) (int, error){areaDocs.Count, spotDocs.Count, storyDocs.Count} {
		n, err := count(ctx, r, store.Query{Index: index, Equal: []any{asset}}, 1)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
