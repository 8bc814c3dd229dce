package media

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/media/pyramid"
)

// Metadata are what an original says of its making, as one member of staff may
// see it.
type Metadata struct {
	pyramid.Metadata
	Withheld bool // it has a position, which this reader may not see
}

// Metadata reads what the original of the asset with id says of its making. The
// position is for those who may see store locations and confidential coordinates
// or upload for the organisation; the public never sees any of it.
//
// Errors: ErrNotFound, ErrOriginalGone, ErrStorage, ErrBusy when ctx ends while
// others read.
func (s *Service) Metadata(ctx context.Context, by actor.Actor, id string) (Metadata, error) {
	a, err := s.See(ctx, by, id)
	if err != nil {
		return Metadata{}, err
	}
	if a.plays() { // of its tags nothing is told
		return Metadata{}, nil
	}
	select {
	case s.telling <- struct{}{}:
		defer func() { <-s.telling }()
	case <-ctx.Done():
		return Metadata{}, ErrBusy.Wrap(ctx.Err())
	}
	r, missing, err := s.cfg.Originals.open(ctx, originalKey(a.Org, a.SHA256, a.ID))
	if missing {
		return Metadata{}, ErrOriginalGone.Wrap(err)
	}
	if err != nil {
		return Metadata{}, ErrStorage.Wrap(err)
	}
	defer r.Close()
	read, err := pyramid.ReadMetadata(r, pyramid.Kind(a.Kind))
	if err != nil {
		return Metadata{}, ErrStorage.Wrap(err)
	}
	m := Metadata{Metadata: read}
	if m.Position != nil && !by.Can(actor.LocationRead, a.Org) && !by.Can(actor.MediaWrite, a.Org) {
		m.Position, m.Withheld = nil, true
	}
	return m, nil
}
