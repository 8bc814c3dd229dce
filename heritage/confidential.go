package heritage

import (
	"context"
	"errors"

	"yijianyou/internal/store"
)

// confidential reports whether a place is a store or lies in one, by what is
// true of it and of the places around it now. A place whose chain cannot be
// followed to the top counts as confidential.
func (s *Service) confidential(ctx context.Context, r store.Reader, id PlaceID) (bool, error) {
	for range maxDepth {
		if id == "" {
			return false, nil
		}
		p, err := placeDocs.Get(ctx, r, string(id))
		if errors.Is(err, store.ErrNotFound) {
			return true, nil
		}
		if err != nil || p.Fields.Store {
			return true, err
		}
		id = p.Fields.ParentID
	}
	return true, nil
}

// gallery returns the nearest published place that holds the place id: where a
// tourist may be told to look. It is nil when there is none, and whenever any
// place on the way up is confidential.
func (s *Service) gallery(ctx context.Context, r store.Reader, id PlaceID) (*Place, error) {
	var found *Place
	for range maxDepth {
		if id == "" {
			return found, nil
		}
		p, err := placeDocs.Get(ctx, r, string(id))
		if errors.Is(err, store.ErrNotFound) || err == nil && p.Fields.Store {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if found == nil && p.Shown != nil && !p.Shown.Store {
			found = p
		}
		id = p.Fields.ParentID
	}
	return nil, nil
}
