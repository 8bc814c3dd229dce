package media

import (
	"context"
	"errors"

	"yijianyou/internal/store"
)

// BuildLate ends the making of both packed files of an asset as a job does that
// began before the asset was removed.
func (s *Service) BuildLate(ctx context.Context, a *Asset) error {
	for _, f := range []form{{}, formOf(a, Rights{Audience: Public, MaxSize: MinPublicSize})} {
		if err := s.build(ctx, a, f, nil); err != nil {
			return err
		}
	}
	return s.tidy(ctx, a.ID)
}

// Forget makes the program know nothing of the original of an asset, as a version
// without the audit did.
func (s *Service) Forget(id string) error {
	return s.st.Update(context.Background(), builder, func(tx *store.Tx) error { return unwatch(tx, id) })
}

// HasTrack reports whether the store holds a text of an asset, whoever may read it.
func (s *Service) HasTrack(ctx context.Context, id string, kind TrackKind, lang string) (bool, error) {
	_, err := tracks.Get(ctx, s.st, trackID(id, kind, lang))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// SetRecipe says of an asset that its packed files were made by that recipe.
func (s *Service) SetRecipe(id string, recipe int) error {
	return s.st.Update(context.Background(), builder, func(tx *store.Tx) error {
		a, err := s.Asset(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		a.Recipe = recipe
		return assets.Put(tx, a)
	})
}
