package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// orphanAge is how old an original without an asset must be before it counts
// as left behind: an upload may still be about to write its asset.
const orphanAge = 24 * time.Hour

// sweepEvery is the time between two sweeps.
const sweepEvery = 6 * time.Hour

// Begin is called once at the start of the program, before uploads: it deletes
// files that an earlier life left in the folder of uploads in one go (those of
// uploads in pieces stay), and asks for a sweep and
// for the audit of originals and the renewal of pyramids.
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
		for _, kind := range []string{JobSweep, JobFixity, JobRenew} {
			if _, err := store.Enqueue(tx, store.NewJob{Kind: kind, Key: "start"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// next asks for another run of a job at the next full multiple of every. However
// often it is called before then, there is one.
func (s *Service) next(ctx context.Context, kind string, every time.Duration) error {
	return s.st.Update(ctx, builder, func(tx *store.Tx) error {
		at := tx.Now().Truncate(every).Add(every)
		_, err := store.Enqueue(tx, store.NewJob{Kind: kind, Key: "at/" + at.Format(time.RFC3339), RunAt: at})
		return err
	})
}

// runSweep completes what an older version wrote, asks for public files that are
// missing and deletes originals that no asset refers to and uploads that nobody has gone on with, and on this machine
// packed files that nobody is given any more and what a broken build left.
func (s *Service) runSweep(ctx context.Context, _ *store.Task) error {
	if err := s.next(ctx, JobSweep, sweepEvery); err != nil {
		return err
	}
	if err := s.lift(ctx); err != nil {
		return err
	}
	if err := s.redraw(ctx, ""); err != nil {
		return err
	}
	for _, sweep := range []func(context.Context) error{s.sweepIncoming, s.watchAll, s.sweepOriginals, s.sweepPyramids} {
		if err := sweep(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sweepIncoming forgets uploads whose time is over, and bytes without an upload.
func (s *Service) sweepIncoming(ctx context.Context) error {
	now := s.st.Now()
	err := incomings.Each(ctx, s.st, store.Query{Index: "byExpiry", Before: now}, func(in *Incoming) error {
		release, ok := s.writers.take(in.ID)
		if !ok {
			return nil
		}
		defer release()
		return s.forget(ctx, in)
	})
	if err != nil {
		return err
	}
	left, err := os.ReadDir(s.incomingDir())
	if err != nil {
		return err
	}
	for _, e := range left {
		id := strings.TrimSuffix(e.Name(), ".part")
		info, err := e.Info()
		if err != nil || now.Sub(info.ModTime()) < orphanAge {
			continue
		}
		if _, err := incomings.Get(ctx, s.st, id); !errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err := os.Remove(filepath.Join(s.incomingDir(), e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) sweepOriginals(ctx context.Context) error {
	now := s.st.Now()
	return s.cfg.Originals.each(ctx, func(key, id string, at time.Time) error {
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
}

func (s *Service) sweepPyramids(ctx context.Context) error {
	now := s.st.Now()
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
