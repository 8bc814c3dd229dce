package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media/pyramid"
)

// Kinds of jobs.
const (
	JobPyramid = "media.pyramid" // makes the pyramid of one asset
	JobErase   = "media.erase"   // deletes the bytes of a removed asset
	JobFixity  = "media.fixity"  // reads originals again
	JobSweep   = "media.sweep"   // deletes what an interrupted upload left
)

const buildAttempts = 8

// assetJob is the payload of JobPyramid, JobDraw and JobErase.
type assetJob struct {
	Asset string `bson:"asset"`
}

// Handlers returns the handlers of this package's jobs, by kind, for
// store.NewRunner.
func (s *Service) Handlers() map[string]store.Handler {
	return map[string]store.Handler{JobPyramid: s.runPyramid, JobDraw: s.runDraw, JobRedraw: s.runRedraw, JobErase: s.runErase, JobSweep: s.runSweep}
}

func enqueueBuild(tx *store.Tx, a *Asset) error {
	_, err := store.Enqueue(tx, store.NewJob{Kind: JobPyramid, Key: a.ID, Org: a.Org, Payload: assetJob{Asset: a.ID}, MaxAttempts: buildAttempts})
	return err
}

var builder = actor.Actor{Kind: actor.System, ID: "media", Name: "图像处理"}

// runPyramid makes the pyramid of an asset and marks it ready, or failed with
// the reason. Run again after it had finished, it changes nothing.
func (s *Service) runPyramid(ctx context.Context, t *store.Task) error {
	var job assetJob
	if err := t.Decode(&job); err != nil {
		return err
	}
	a, err := s.Asset(ctx, s.st, job.Asset)
	if errors.Is(err, ErrNotFound) {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	if a.plays() {
		return nil
	}
	if a.State == Ready {
		if f, err := pyramid.Open(s.fileName(a.ID, "")); err == nil {
			return f.Close()
		}
	}
	if a.State != Processing && a.State != Ready {
		if err := s.mark(ctx, t, a.ID, Processing, ""); err != nil {
			return err
		}
	}
	err = s.build(ctx, a, form{}, s.progress(ctx, t, a.ID))
	if err == nil {
		return errors.Join(s.mark(ctx, t, a.ID, Ready, ""), s.tidy(ctx, a.ID))
	}
	if ctx.Err() == nil && (final(err) || t.Attempt >= buildAttempts) {
		return errors.Join(err, s.mark(ctx, t, a.ID, Failed, fault.Of(err).Code().ID()))
	}
	return err
}

// progress returns what tells the job how far a build has come.
func (s *Service) progress(ctx context.Context, t *store.Task, id string) func(done, total int) {
	var last time.Time
	return func(done, total int) { // renews the lease, for which once a second is often enough
		if now := time.Now(); done == total || now.Sub(last) >= time.Second {
			last = now
			if err := t.Progress(ctx, int64(done), int64(total)); err != nil {
				s.cfg.Log.Warn("media: progress of a pyramid was not kept", "asset", id, "error", err)
			}
		}
	}
}

// final reports whether trying again cannot help.
func final(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooLarge, fault.Unsupported:
		return true
	}
	return false
}

// mark writes the state of an asset that is still there, if this worker still
// has the job.
func (s *Service) mark(ctx context.Context, t *store.Task, id string, state State, code string) error {
	return s.st.Update(ctx, builder, func(tx *store.Tx) error {
		if err := t.Fence(tx); err != nil {
			return err
		}
		a, err := s.Asset(tx.Context(), tx, id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if a.State == state && a.Fault == code {
			return nil
		}
		tx.Describe("media."+string(state), "")
		a.State, a.Fault = state, code
		if state == Ready {
			a.Recipe = pyramid.Recipe
		}
		if err := assets.Put(tx, a); err != nil {
			return err
		}
		return s.follow(tx, a)
	}, store.AsBulk)
}

// build makes the packed file of a in the form f from its original, whose
// checksum it compares on the way.
func (s *Service) build(ctx context.Context, a *Asset, f form, progress func(done, total int)) error {
	select {
	case s.building <- struct{}{}:
		defer func() { <-s.building }()
	case <-ctx.Done():
		return ctx.Err()
	}
	src, done, err := s.fetch(ctx, a)
	if err != nil {
		return err
	}
	defer done()
	name := s.fileName(a.ID, f.digest)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return ErrStorage.Wrap(err)
	}
	opts, err := s.options(f)
	if err != nil {
		return err
	}
	opts.Progress, opts.Workers = progress, max(1, int(s.aside.count)/s.cfg.Builds)
	pause, leave, err := s.aside.build(ctx, int64(opts.Workers), s.turns.pause)
	if err != nil {
		return err
	}
	opts.Pause = pause
	_, err = pyramid.Build(ctx, src, name, opts)
	leave()
	var p *os.PathError
	if errors.As(err, &p) {
		return ErrStorage.Wrap(err)
	}
	s.files.drop(fileKey(a.ID, f.digest))
	return err
}

// fetch opens the original of a, whose sum it compares; one that lies elsewhere it
// copies into a file of this machine. done must be called once.
func (s *Service) fetch(ctx context.Context, a *Asset) (_ *os.File, done func(), err error) {
	r, missing, err := s.cfg.Originals.open(ctx, originalKey(a.Org, a.SHA256, a.ID))
	if missing {
		return nil, nil, ErrOriginalGone.Wrap(err)
	}
	if err != nil {
		return nil, nil, ErrStorage.Wrap(err)
	}
	file, local := r.(*os.File)
	done = func() { r.Close() }
	defer func() {
		if err != nil {
			done()
		}
	}()
	h := sha256.New()
	to := io.Writer(h)
	if !local {
		if file, err = os.CreateTemp(s.uploadDir(), "original-*"); err != nil {
			return nil, nil, ErrStorage.Wrap(err)
		}
		done = func() {
			r.Close()
			file.Close()
			os.Remove(file.Name())
		}
		to = io.MultiWriter(file, h)
	}
	if _, err := io.Copy(s.paced(to), r); err != nil {
		return nil, nil, ErrStorage.Wrap(err)
	}
	if hex.EncodeToString(h.Sum(nil)) != a.SHA256 {
		return nil, nil, ErrOriginalGone.New()
	}
	return file, done, nil
}
