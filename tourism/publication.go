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
	var was []string
	if rec.Shown != nil {
		same, err := equal(*rec.Shown, rec.Fields)
		if err != nil {
			return nil, err
		}
		if same {
			return nil, ErrAlreadyShown.New()
		}
		was = of(rec.Shown).assets()
	}
	shown := rec.Fields
	rec.Shown = &shown
	now, who := tx.Now(), heritage.PersonOf(tx.Actor())
	rec.Publication = heritage.Publication{State: heritage.Published, Rev: rec.Rev + 1, By: &who, At: &now}
	tx.Describe(string(g.kind)+".publish", "")
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	return rec, g.s.showAssets(tx, of(rec.Shown).assets(), was)
}

// Withdraw takes a record from the eyes of tourists.
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
		was := of(rec.Shown).assets()
		now, who := tx.Now(), heritage.PersonOf(tx.Actor())
		rec.Shown = nil
		rec.Publication = heritage.Publication{State: heritage.Withdrawn, By: &who, At: &now, Reason: why}
		tx.Describe(string(g.kind)+".withdraw", why)
		if err := g.docs.Put(tx, rec); err != nil {
			return nil, err
		}
		return rec, g.s.showAssets(tx, nil, was)
	})
}

// shower is the visitor side among those who show pictures.
const shower = "tourism"

func (s *Service) showAssets(tx *store.Tx, is, was []string) error {
	return heritage.ShowAssets(tx, s.assets, shower, is, was, func(tx *store.Tx, id string) (bool, error) {
		return named(tx.Context(), tx, "shownByAsset", id)
	})
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
