package media

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/store"
	"yijianyou/media/pyramid"
)

// JobRenew makes packed files of an older recipe again.
const JobRenew = "media.renew"

// runRenew makes the packed files of every picture again that an older version of
// the program made in another way (pyramid.Recipe), one after the other. Until one
// is there the old one is served, under its own Version. It rests between two
// pictures for as long as it worked, and readers come first (turns). Stopped at any
// point, it goes on with what is left.
func (s *Service) runRenew(ctx context.Context, t *store.Task) error {
	left := 0
	q := store.Query{Index: "byState", Equal: []any{string(Ready)}, Limit: redrawPage}
	for {
		page, err := assets.Find(ctx, s.st, q)
		if err != nil {
			return err
		}
		for _, a := range page.Items {
			if a.plays() || a.Recipe >= pyramid.Recipe {
				continue
			}
			began := time.Now()
			err := s.renew(ctx, t, a.ID)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				left++
				s.cfg.Log.Warn("media: a pyramid of an older recipe stays for now", "asset", a.ID, "error", err)
			}
			select {
			case <-s.cfg.After(time.Since(began)):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	if left > 0 {
		return s.next(ctx, JobRenew, sweepEvery)
	}
	return nil
}

// renew makes the packed files of one picture by the recipe of today, and says so.
func (s *Service) renew(ctx context.Context, t *store.Task, id string) error {
	a, err := s.Asset(ctx, s.st, id)
	if errors.Is(err, ErrNotFound) {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	forms := []form{{}}
	rights, _, err := s.Rights(ctx, s.st, a)
	if err != nil {
		return err
	}
	if f := formOf(a, rights); f.digest != "" && f.digest == a.Drawn {
		forms = append(forms, f)
	}
	for _, f := range forms {
		if s.recipeOf(a, f) == pyramid.Recipe {
			continue // a build that was broken off had come so far, or it was missing and made on demand
		}
		if err := s.build(ctx, a, f, s.progress(ctx, t, id)); err != nil {
			return err
		}
	}
	err = s.st.Update(ctx, builder, func(tx *store.Tx) error {
		if err := t.Fence(tx); err != nil {
			return err
		}
		now, err := s.Asset(tx.Context(), tx, id)
		if errors.Is(err, ErrNotFound) || err == nil && (now.State != Ready || now.Recipe >= pyramid.Recipe) {
			return nil
		}
		if err != nil {
			return err
		}
		tx.Describe("media.renew", "")
		now.Recipe = pyramid.Recipe
		return assets.Put(tx, now)
	}, store.AsBulk)
	return errors.Join(err, s.tidy(ctx, id))
}

// recipeOf returns the recipe of the packed file that this machine has, -1 for one
// that is missing or damaged.
func (s *Service) recipeOf(a *Asset, f form) int {
	file, err := pyramid.Open(s.fileName(a.ID, f.digest))
	if err != nil {
		return -1
	}
	defer file.Close()
	return file.Recipe()
}
