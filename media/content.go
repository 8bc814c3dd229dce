package media

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"

	"gocloud.dev/gcerrors"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media/avprobe"
)

// plays reports whether a is sound or film.
func (a *Asset) plays() bool {
	t := TypeOf(a.Kind)
	return t == AudioType || t == VideoType
}

// Content is a sound or film that one reader may play. Everybody is given the same
// bytes: those of the original behind its masks.
type Content struct {
	Asset   *Asset
	Private bool // by right of an account: the answer is for this reader alone
	service *Service
}

// playable returns the sound or film with id as by may play it.
//
// Errors: ErrNotFound, also for a picture and when by may not.
func (s *Service) playable(ctx context.Context, r store.Reader, by actor.Actor, id string) (a *Asset, private bool, err error) {
	if a, err = s.Asset(ctx, r, id); err != nil {
		return nil, false, err
	}
	if !a.plays() || a.State != Ready {
		return nil, false, ErrNotFound.New()
	}
	if a.Audience() == Public {
		return a, false, nil
	}
	if !mayRead(by, a.Org) {
		return nil, false, ErrNotFound.New()
	}
	return a, true, nil
}

// Content returns the sound or film with id as by may play it.
//
// Errors: ErrNotFound, also for a picture and when by may not.
func (s *Service) Content(ctx context.Context, by actor.Actor, id string) (*Content, error) {
	a, private, err := s.playable(ctx, s.st, by, id)
	if err != nil {
		return nil, err
	}
	return &Content{Asset: a, Private: private, service: s}, nil
}

// Version names the bytes of c: it changes when the masks do, and the original
// never does.
func (c *Content) Version() string {
	h := fnv.New64a()
	for _, m := range c.Asset.Masks {
		fmt.Fprintf(h, "%d %d %d %x\n", m.At, m.Length, m.Fill, m.Bytes)
	}
	return fmt.Sprintf("%s-%x", c.Asset.SHA256[:16], h.Sum64())
}

// Open returns length bytes of c from off on. They are read as they are sent.
//
// Errors: ErrOriginalGone, ErrStorage.
func (c *Content) Open(ctx context.Context, off, length int64) (io.ReadCloser, error) {
	a := c.Asset
	r, err := c.service.cfg.Originals.bucket.NewRangeReader(ctx, originalKey(a.Org, a.SHA256, a.ID), off, length, nil)
	switch {
	case err != nil && gcerrors.Code(err) == gcerrors.NotFound:
		return nil, ErrOriginalGone.Wrap(err)
	case err != nil:
		return nil, ErrStorage.Wrap(err)
	case r.Size() != a.Bytes:
		return nil, errors.Join(ErrOriginalGone.New(), r.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{avprobe.Masked(r, off, a.Masks), r}, nil
}
