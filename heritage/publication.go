package heritage

import (
	"context"
	"sort"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// Publish shows the reviewed content of the record to tourists: its content is
// copied to Shown, and the pictures in it become public in the same
// transaction. Publishing a newer content replaces the older one. rev is the
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
		secret, err := g.s.confidential(tx.Context(), tx, PlaceID(rec.ID))
		if err != nil {
			return nil, err
		}
		if secret {
			return nil, ErrStorePublic.New()
		}
	}
	if err := setAudience(tx, g.s, id, &rec.Fields, rec.Shown); err != nil {
		return nil, err
	}
	shown := rec.Fields
	of(&shown).setCustody(custody{})
	rec.Shown = &shown
	by, now := PersonOf(tx.Actor()), tx.Now()
	rec.Publication = Publication{State: Published, Rev: rec.Rev + 1, By: &by, At: &now}
	tx.Describe(string(g.kind)+".publish", "")
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

// Withdraw hides a published record from tourists, and its pictures that no
// other published record shows. It says nothing about the ledger.
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
	if err := setAudience(tx, g.s, id, nil, rec.Shown); err != nil {
		return nil, err
	}
	rec.Shown = nil
	by, now := PersonOf(tx.Actor()), tx.Now()
	rec.Publication = Publication{State: Withdrawn, By: &by, At: &now, Reason: tidyText(reason)}
	tx.Describe(string(g.kind)+".withdraw", tidyText(reason))
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

// setAudience makes the pictures of next public and those that only was has
// staff's again, unless another published record of the catalogue shows them.
func setAudience[F Content](tx *store.Tx, s *Service, id string, next, was *F) error {
	public := make(map[string]int)
	if next != nil {
		for i, a := range of(next).assets() {
			public[a] = i
		}
	}
	var all []string
	for a := range public {
		all = append(all, a)
	}
	if was != nil {
		for _, a := range of(was).assets() {
			if _, ok := public[a]; !ok {
				all = append(all, a)
			}
		}
	}
	sort.Strings(all) // one order for all, so that two transactions never wait for each other
	for _, a := range all {
		if err := tx.Guard("heritage/asset/" + a); err != nil {
			return err
		}
		rights := media.Rights{Audience: media.Public}
		i, ok := public[a]
		if !ok {
			elsewhere, err := s.shownElsewhere(tx, a, id)
			if err != nil {
				return err
			}
			if elsewhere {
				continue
			}
			rights.Audience = media.Staff
		}
		err := s.assets.SetRights(tx, a, rights)
		switch {
		case err == nil:
		case fault.KindOf(err) != fault.NotFound:
			return err
		case ok:
			return fault.InvalidFields([]fault.Field{ErrAsset.At(at("images", i) + ".assetId")})
		}
	}
	return nil
}

// shownElsewhere reports whether a published record other than id shows the asset.
func (s *Service) shownElsewhere(tx *store.Tx, asset, id string) (bool, error) {
	q := store.Query{Index: "shownByAsset", Equal: []any{asset}, Limit: 2}
	for _, find := range []func(*store.Tx, store.Query, string) (bool, error){
		another(relicDocs), another(siteDocs), another(museumDocs), another(placeDocs),
	} {
		if ok, err := find(tx, q, id); err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}

func another[F Content](docs *store.Collection[Record[F]]) func(*store.Tx, store.Query, string) (bool, error) {
	return func(tx *store.Tx, q store.Query, id string) (bool, error) {
		page, err := docs.Find(tx.Context(), tx, q)
		if err != nil {
			return false, err
		}
		for _, d := range page.Items {
			if d.ID != id {
				return true, nil
			}
		}
		return false, nil
	}
}
