package media

import (
	"context"
	"errors"
	"slices"

	"yijianyou/internal/store"
)

// lifted reports whether a was written by this version of the program: of what
// type it is, by what its name is found, and of which grades the records are that
// show it.
func (a *Asset) lifted() bool {
	return a.Type != "" && (a.Name == "" || a.Grams != nil) &&
		!slices.ContainsFunc(a.Showers, func(s Shower) bool { return s.Grades == nil })
}

// lift completes the assets that an older version wrote. Until then a list by type
// or name lacks them, and every rule counts for what shows them.
func (s *Service) lift(ctx context.Context) error {
	q := store.Query{Index: store.ByID, Limit: redrawPage}
	for {
		page, err := assets.Find(ctx, s.st, q)
		if err != nil {
			return err
		}
		for _, a := range page.Items {
			if a.State == Removed || a.lifted() {
				continue
			}
			if err := s.liftOne(ctx, a.ID); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

func (s *Service) liftOne(ctx context.Context, id string) error {
	return s.st.Update(ctx, builder, func(tx *store.Tx) error {
		a, err := s.Asset(tx.Context(), tx, id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		tx.Describe("media.lift", "")
		a.Type, a.Grams = TypeOf(a.Kind), grams(a.Name)
		if err := assets.Put(tx, a); err != nil {
			return err
		}
		if s.cfg.Users == nil || a.lifted() {
			return nil
		}
		return s.cfg.Users.Reshow(tx, id)
	}, store.AsBulk)
}
