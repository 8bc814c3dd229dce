package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Remove makes a tombstone of the asset whose revision is rev: its document
// stays with the reason, its bytes are deleted by a job.
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
		a.State, a.Same, a.Fault, a.Grams, a.Reason = Removed, "", "", nil, reason
		if err := assets.Put(tx, a); err != nil {
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

// orphanAge is how old an original without an asset must be before it counts
// as left behind: an upload may still be about to write its asset.
const orphanAge = 24 * time.Hour

// Begin is called once at the start of the program, before uploads: it deletes
// files that an earlier life left in the folder of uploads and asks for a sweep.
func (s *Service) Begin(ctx context.Context) error {
	left, err := os.ReadDir(s.uploadDir())
	if err != nil {
		return err
	}
	for _, e := range left {
		if err := os.Remove(filepath.Join(s.uploadDir(), e.Name())); err != nil {
			return err
		}
	}
	return s.st.Update(ctx, builder, func(tx *store.Tx) error {
		_, err := store.Enqueue(tx, store.NewJob{Kind: JobSweep, Key: "sweep"})
		return err
	})
}

// runSweep asks for public files that are missing and deletes originals that no
// asset refers to, and on this machine packed files that nobody is given any more
// and what a broken build left.
func (s *Service) runSweep(ctx context.Context, _ *store.Task) error {
	if err := s.redraw(ctx, ""); err != nil {
		return err
	}
	now := s.st.Now()
	err := s.cfg.Originals.each(ctx, func(key, id string, at time.Time) error {
		if now.Sub(at) < orphanAge {
			return nil
		}
		gone, err := s.gone(ctx, id)
		if err != nil || !gone {
			return err
		}
		s.cfg.Log.Info("media: sweeping an original without an asset", "key", key)
		return s.cfg.Originals.remove(ctx, key)
	})
	if err != nil {
		return err
	}
	return filepath.WalkDir(filepath.Join(s.cfg.Dir, "pyramids"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil || now.Sub(info.ModTime()) < orphanAge {
			return err
		}
		id, digest := parseFileName(e.Name())
		if ids.Valid(id) { // any other name is a temporary file
			if needed, err := s.needs(ctx, id, digest); err != nil || needed {
				return err
			}
		}
		return os.Remove(name)
	})
}

// needs reports whether the packed file of the digest is one to keep: that of the
// picture itself, or its public form of today.
func (s *Service) needs(ctx context.Context, id, digest string) (bool, error) {
	a, err := s.Asset(ctx, s.st, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil && (digest == "" || digest == a.Drawn), err
}

// gone reports whether no asset refers to the bytes of id any more.
func (s *Service) gone(ctx context.Context, id string) (bool, error) {
	_, err := s.Asset(ctx, s.st, id)
	if errors.Is(err, ErrNotFound) {
		return true, nil
	}
	return false, err
}
