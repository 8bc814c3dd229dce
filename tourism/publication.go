package tourism

import (
	"context"
	"slices"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
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
	return rec, g.rights(tx, was, of(rec.Shown).assets())
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
		return rec, g.rights(tx, was, nil)
	})
}

// rights opens the pictures that are now shown and closes those that no
// published record of this package shows any longer.
func (g *Register[F]) rights(tx *store.Tx, was, is []string) error {
	for _, id := range is {
		if err := g.s.assets.SetRights(tx, id, media.Rights{Audience: media.Public}); err != nil {
			return err
		}
	}
	for _, id := range was {
		if slices.Contains(is, id) {
			continue
		}
		shown, err := shownSomewhere(tx, id)
		if err != nil {
			return err
		}
		if shown {
			continue
		}
		if err := g.s.assets.SetRights(tx, id, media.Rights{Audience: media.Staff}); err != nil {
			return err
		}
	}
	return nil
}

// shownSomewhere reports whether a published record shows the picture.
func shownSomewhere(tx *store.Tx, asset string) (bool, error) {
	for _, count := range []func(context.Context, store.Reader, store.Query, int) (int, error){areaDocs.Count, spotDocs.Count, storyDocs.Count} {
		n, err := count(tx.Context(), tx, store.Query{Index: "shownByAsset", Equal: []any{asset}}, 1)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
