package media

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media/pyramid"
)

// Look is what one reader may know of a picture.
type Look struct {
	Asset   *Asset
	Private bool            // by right of an account: the answer is for this reader alone
	Levels  []pyramid.Level // the sizes that he may have, largest first
}

// Look returns the picture with id as by may see it. With asStaff the reader
// asks for all of it by right of his account, even where the public sees less;
// without, it is what the public sees, or all of it when the public sees
// nothing and he may.
//
// Errors: ErrNotFound, also when by may not see it; to staff ErrNotReady while
// the pyramid is being made, and ErrFailed when none can be.
func (s *Service) Look(ctx context.Context, r store.Reader, by actor.Actor, id string, asStaff bool) (*Look, error) {
	a, err := s.Asset(ctx, r, id)
	if err != nil {
		return nil, err
	}
	k := &Look{Asset: a, Levels: pyramid.LevelsOf(a.Width, a.Height)}
	if !asStaff && a.IsPublic() {
		k.Levels = k.Levels[pyramid.LevelWithin(k.Levels, a.Rights.MaxSize):]
		return k, nil
	}
	if !mayRead(by, a.Org) {
		return nil, ErrNotFound.New()
	}
	k.Private = true
	switch a.State {
	case Ready:
		return k, nil
	case Failed:
		return nil, ErrFailed.New()
	}
	return nil, ErrNotReady.New()
}

// Image is a picture that can be read. Close it when the answer is made.
type Image struct {
	*Look
	base    int // level that is the whole picture for this reader
	file    *pyramid.File
	release func()
	render  chan struct{}
}

// Open opens the picture that k looks at.
//
// Errors: ErrNotReady when its pyramid must be made again first and ctx ends.
func (s *Service) Open(ctx context.Context, k *Look) (*Image, error) {
	file, release, err := s.pyramidOf(ctx, k.Asset)
	if err != nil {
		return nil, err
	}
	return &Image{Look: k, base: len(file.Levels()) - len(k.Levels), file: file, release: release, render: s.render}, nil
}

// rebuildTime bounds the making of a pyramid that was missing.
const rebuildTime = 5 * time.Minute

// pyramidOf opens the packed file of a. One that is missing on this machine or
// damaged (a restored backup, another node, an older version) is made again
// from the original; meanwhile readers wait as long as their context allows.
func (s *Service) pyramidOf(ctx context.Context, a *Asset) (*pyramid.File, func(), error) {
	f, release, err := s.files.open(a.ID, s.pyramidName(a.ID))
	if err == nil || (!errors.Is(err, fs.ErrNotExist) && !errors.Is(err, pyramid.ErrContainer)) {
		return f, release, err
	}
	s.cfg.Log.Info("media: making a missing pyramid again", "asset", a.ID, "reason", err)
	made := s.again.DoChan(a.ID, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rebuildTime)
		defer cancel()
		return nil, s.build(ctx, a, nil)
	})
	ended := make(chan error, 1)
	s.rebuilds.Go(func() { ended <- (<-made).Err }) // Close waits for it, whether this reader does or not
	select {
	case err := <-ended:
		if err != nil {
			return nil, nil, err
		}
	case <-ctx.Done():
		return nil, nil, ErrNotReady.Wrap(ctx.Err())
	}
	return s.files.open(a.ID, s.pyramidName(a.ID))
}

// Close ends the use of the picture.
func (i *Image) Close() { i.release() }

// Gray reports whether the picture has no colour.
func (i *Image) Gray() bool { return i.file.Gray() }

// Picture returns what is wanted: stored bytes when they fit, else rendered, at
// most Config.Renders at once. want.Base is set to the reader's.
//
// Errors: ErrBusy when ctx ends while others render, those of pyramid.Render.
func (i *Image) Picture(ctx context.Context, want pyramid.Want) ([]byte, error) {
	want.Base = i.base
	b, ok, err := i.file.Stored(want)
	if err != nil || ok {
		return b, err
	}
	select {
	case i.render <- struct{}{}:
		defer func() { <-i.render }()
	case <-ctx.Done():
		return nil, ErrBusy.Wrap(ctx.Err())
	}
	return i.file.Render(ctx, want)
}
