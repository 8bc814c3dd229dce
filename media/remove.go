package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Remove makes a tombstone of the asset whose revision is rev: its document
// stays with the reason, its captions and transcripts are deleted with it, its
// bytes by a job.
//
// Errors: ErrNotFound, ErrDenied, ErrReason, ErrInUse while a record names it or
// shows it, store.ErrConflict.
func (s *Service) Remove(ctx context.Context, by actor.Actor, id string, rev int64, reason string) error {
	reason = strings.TrimSpace(reason)
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		a, err := s.Asset(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		switch {
		case !mayRead(by, a.Org):
			return ErrNotFound.New()
		case !by.Can(actor.MediaWrite, a.Org):
			return ErrDenied.New()
		case a.Rev != rev:
			return store.ErrConflict.New()
		case reason == "":
			return ErrReason.New()
		case len(a.Showers) > 0:
			return ErrInUse.New()
		}
		if err := Guard(tx, id); err != nil {
			return err
		}
		if s.cfg.Users != nil {
			used, err := s.cfg.Users.UsesAsset(tx.Context(), tx, id)
			if err != nil {
				return err
			}
			if used {
				return ErrInUse.New()
			}
		}
		tx.Describe("media.remove", reason)
		if err := dropTracks(tx, a, reason); err != nil {
			return err
		}
		a.State, a.Same, a.Fault, a.Grams, a.Tracks, a.Reason = Removed, "", "", nil, nil, reason
		if err := assets.Put(tx, a); err != nil {
			return err
		}
		if err := unwatch(tx, a.ID); err != nil {
			return err
		}
		_, err = store.Enqueue(tx, store.NewJob{Kind: JobErase, Key: a.ID, Org: a.Org, Payload: assetJob{Asset: a.ID}})
		return err
	})
}

// runErase deletes the bytes of a tombstone.
func (s *Service) runErase(ctx context.Context, t *store.Task) error {
	var job assetJob
	if err := t.Decode(&job); err != nil {
		return err
	}
	a, err := assets.Get(ctx, s.st, job.Asset)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if a.State != Removed {
		return nil
	}
	if err := s.erasePyramid(a.ID); err != nil {
		return ErrStorage.Wrap(err)
	}
	if err := s.cfg.Originals.remove(ctx, originalKey(a.Org, a.SHA256, a.ID)); err != nil {
		return ErrStorage.Wrap(err)
	}
	return nil
}

// erasePyramid deletes every packed file of an asset on this machine.
func (s *Service) erasePyramid(id string) error {
	if err := s.eraseForms(id, ""); err != nil {
		return err
	}
	s.files.drop(id)
	if err := os.Remove(s.fileName(id, "")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// tidy deletes what was made of an asset that was removed while it was made: the
// job that erases may have run before.
func (s *Service) tidy(ctx context.Context, id string) error {
	gone, err := s.gone(ctx, id)
	if err != nil || !gone {
		return err
	}
	if err := s.erasePyramid(id); err != nil {
		return ErrStorage.Wrap(err)
	}
	return nil
}
