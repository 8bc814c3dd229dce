package heritage

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Publish shows the reviewed content of the record to tourists: its content is
// copied to Shown, and the pictures in it become public in the same transaction,
// as does with the Followers what is seen only with it. Publishing a newer
// content replaces the older one. rev is the
// expected revision, 0 the newest.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrNotReviewed,
// ErrAlreadyShown, ErrStorePublic, fault.ErrInvalid for pictures that are gone.
func (g *Register[F]) Publish(ctx context.Context, by actor.Actor, id string, rev int64) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.PublishIn(tx, id, rev) })
}

// PublishIn is Publish in the caller's transaction.
func (g *Register[F]) PublishIn(tx *store.Tx, id string, rev int64) (*Record[F], error) {
	rec, err := g.open(tx, actor.RecordPublish, id, rev)
	if err != nil {
		return nil, err
	}
	if rec.Review.State != Reviewed {
		return nil, ErrNotReviewed.New()
	}
	if rec.Shown != nil {
		was, err := words(*rec.Shown)
		if err != nil {
			return nil, err
		}
		is, err := words(rec.Fields)
		if err != nil {
			return nil, err
		}
		if was == is {
			return nil, ErrAlreadyShown.New()
		}
	}
	if g.kind == KindPlace {
		if err := guardAround(tx, PlaceID(rec.ID)); err != nil {
			return nil, err
		}
		secret, err := g.s.confidential(tx.Context(), tx, PlaceID(rec.ID))
		if err != nil {
			return nil, err
		}
		if secret {
			return nil, ErrStorePublic.New()
		}
	}
	var was []string
	seen := rec.Shown != nil
	if seen {
		was = of(rec.Shown).assets()
	}
	shown := rec.Fields
	of(&shown).setCustody(custody{})
	rec.leaveBehind(&shown)
	rec.Shown = &shown
	by, now := PersonOf(tx.Actor()), tx.Now()
	rec.Publication = Publication{State: Published, Rev: rec.Rev + 1, By: &by, At: &now}
	tx.Describe(string(g.kind)+".publish", "")
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	if err := g.s.showing().Settle(tx, of(rec.Shown).assets(), was); err != nil || seen {
		return rec, err
	}
	return rec, g.s.sightChanged(tx, g.kind, rec.ID)
}

// Withdraw hides a published record from tourists, its pictures that no other
// published record shows, and with the Followers what is seen only with it. It
// says nothing about the ledger.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrPublicationStep, ErrReason.
func (g *Register[F]) Withdraw(ctx context.Context, by actor.Actor, id string, rev int64, reason string) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.WithdrawIn(tx, id, rev, reason) })
}

// WithdrawIn is Withdraw in the caller's transaction.
func (g *Register[F]) WithdrawIn(tx *store.Tx, id string, rev int64, reason string) (*Record[F], error) {
	rec, err := g.open(tx, actor.RecordPublish, id, rev)
	if err != nil {
		return nil, err
	}
	if rec.Publication.State != Published {
		return nil, ErrPublicationStep.New()
	}
	if err := needReason(reason); err != nil {
		return nil, err
	}
	was := of(rec.Shown).assets()
	rec.leaveBehind(nil)
	rec.Shown = nil
	by, now := PersonOf(tx.Actor()), tx.Now()
	rec.Publication = Publication{State: Withdrawn, By: &by, At: &now, Reason: tidyText(reason)}
	tx.Describe(string(g.kind)+".withdraw", tidyText(reason))
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	if err := g.s.showing().Settle(tx, nil, was); err != nil {
		return nil, err
	}
	return rec, g.s.sightChanged(tx, g.kind, rec.ID)
}
