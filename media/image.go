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
	Rights  Rights          // what the public gets of it
	Private bool            // by right of an account: the answer is for this reader alone, and it is the picture itself
	Levels  []pyramid.Level // the sizes that he may have, largest first
	form    form            // what he is given
	version string          // see Version; "" is not known yet
}

// Form names in what form the reader gets the picture: two looks at one asset
// with the same Form get the same pixels. "" is the picture itself.
func (k *Look) Form() string { return k.form.digest }

// Look returns the picture with id as by may see it. With asStaff the reader
// asks for the picture itself by right of his account, even where the public sees
// less; without, it is what the public sees, or the picture itself when the public
// sees nothing and he may.
//
// Errors: ErrNotFound, also when by may not see it; ErrNotReady to staff while the
// pyramid is being made, and to everybody while the smaller or marked picture is
// that the public may have; ErrFailed to staff when none can be made.
func (s *Service) Look(ctx context.Context, r store.Reader, by actor.Actor, id string, asStaff bool) (*Look, error) {
	a, err := s.Asset(ctx, r, id)
	if err != nil {
		return nil, err
	}
	if a.plays() {
		return nil, ErrNotFound.New()
	}
	rights, _, err := s.Rights(ctx, r, a)
	if err != nil {
		return nil, err
	}
	k := &Look{Asset: a, Rights: rights}
	public := rights.Audience == Public && a.State == Ready
	if public && !asStaff {
		if k.form = formOf(a, rights); a.made(k.form) {
			k.Levels = pyramid.LevelsOf(k.form.size.X, k.form.size.Y)
			return k, nil
		}
	}
	if !mayRead(by, a.Org) {
		if public && !asStaff {
			return nil, ErrNotReady.New()
		}
		return nil, ErrNotFound.New()
	}
	k.Private, k.form, k.Levels = true, form{}, pyramid.LevelsOf(a.Width, a.Height)
	switch a.State {
	case Ready:
		return k, nil
	case Failed:
		return nil, ErrFailed.New()
	}
	return nil, ErrNotReady.New()
}

// PublicLook is Look for the public. It is remembered for as long as nothing is
// written, so it costs next to nothing, and what has been withdrawn is refused from
// the moment at which the withdrawal is done. The Look is shared: nobody may change it.
func (s *Service) PublicLook(ctx context.Context, id string) (*Look, error) {
	return s.looks.Of(id, func() (*Look, error) {
		k, err := s.Look(ctx, s.st, actor.Nobody(), id, false)
		if err != nil {
			return nil, err
		}
		k.version = k.Version()
		return k, nil
	})
}

// KnownLook returns the PublicLook at an asset without waiting for anything; ok is
// false when it has to be read.
func (s *Service) KnownLook(id string) (k *Look, ok bool) {
	s.aside.served.Add(1)
	return s.looks.Known(id)
}

// Image is a picture that can be read. Close it when the answer is made.
type Image struct {
	*Look
	file    *pyramid.File
	release func()
	service *Service
}

// Open opens the picture that k looks at.
//
// Errors: ErrNotReady when its pyramid must be made again first and ctx ends.
func (s *Service) Open(ctx context.Context, k *Look) (*Image, error) {
	file, release, err := s.pyramidOf(ctx, k.Asset, k.form)
	if err != nil {
		return nil, err
	}
	return &Image{Look: k, file: file, release: release, service: s}, nil
}

// rebuildTime bounds the making of a pyramid that was missing.
const rebuildTime = 5 * time.Minute

// pyramidOf opens the packed file of a in the form f. One that is missing on this
// machine or damaged (a restored backup, another node, an older version) is made
// again from the original; meanwhile readers wait as long as their context allows.
func (s *Service) pyramidOf(ctx context.Context, a *Asset, f form) (*pyramid.File, func(), error) {
	key, name := fileKey(a.ID, f.digest), s.fileName(a.ID, f.digest)
	file, release, err := s.files.open(key, name)
	if err == nil && file.Recipe() < a.Recipe { // another node has made its own again
		release()
		s.files.drop(key)
		err = pyramid.ErrContainer.New()
	}
	if err == nil || (!errors.Is(err, fs.ErrNotExist) && !errors.Is(err, pyramid.ErrContainer)) {
		return file, release, err
	}
	s.cfg.Log.Info("media: making a missing pyramid again", "asset", a.ID, "form", f.digest, "reason", err)
	made := s.again.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rebuildTime)
		defer cancel()
		return nil, s.build(ctx, a, f, nil)
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
	return s.files.open(key, name)
}

// Close ends the use of the picture.
func (i *Image) Close() { i.release() }

// Gray reports whether the picture has no colour.
func (i *Image) Gray() bool { return i.file.Gray() }

// Picture returns what is wanted: stored bytes when they fit, else rendered, at
// most Config.Renders at once and before pyramids are made.
//
// Errors: ErrBusy when ctx ends while others render, those of pyramid.Render.
func (i *Image) Picture(ctx context.Context, want pyramid.Want) ([]byte, error) {
	i.service.aside.served.Add(1)
	b, ok, err := i.file.Stored(want)
	if err != nil || ok {
		return b, err
	}
	s := i.service
	s.turns.enter()
	defer s.turns.leave()
	select {
	case s.render <- struct{}{}:
		defer func() { <-s.render }()
	case <-ctx.Done():
		return nil, ErrBusy.Wrap(ctx.Err())
	}
	return i.file.Render(ctx, want)
}
