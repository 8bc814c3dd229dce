package heritage

import (
	"context"

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
		if isGone(err) {
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
		if isGone(err) || err == nil && p.Fields.Store {
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

// placesShow reports whether tourists see a place that shows the picture.
func (s *Service) placesShow(ctx context.Context, r store.Reader, asset string) (shown bool, err error) {
	err = placeDocs.Each(ctx, r, store.Query{Index: "shownByAsset", Equal: []any{asset}}, func(p *Place) error {
		if shown || p.Shown.Store {
			return nil
		}
		secret, err := s.confidential(ctx, r, PlaceID(p.ID))
		shown = err == nil && !secret
		return err
	})
	return shown, err
}

// followPlace gives the pictures of a place that was changed, and of all in it,
// their rights when the change has made them confidential, or no longer. Records
// that are no places have none such.
func followPlace[F Content](tx *store.Tx, s *Service, id string, f, old *F) error {
	is, ok := any(f).(*PlaceFields)
	if !ok {
		return nil
	}
	if was := any(old).(*PlaceFields); is.Store == was.Store && is.ParentID == was.ParentID {
		return nil
	}
	if err := guardAround(tx, PlaceID(id)); err != nil {
		return err
	}
	assets, err := shownIn(tx.Context(), tx, PlaceID(id), maxDepth)
	if err != nil {
		return err
	}
	return s.showing().Follow(tx, assets)
}

// shownIn returns the pictures in what is published of a place and of all in it.
func shownIn(ctx context.Context, r store.Reader, id PlaceID, depth int) ([]string, error) {
	p, err := placeDocs.Get(ctx, r, string(id))
	if err != nil || depth == 0 {
		return nil, err
	}
	var assets []string
	if p.Shown != nil {
		assets = append(assets, p.Shown.AssetIDs...)
	}
	err = placeDocs.Each(ctx, r, store.Query{Index: "ofParent", Equal: []any{string(id)}}, func(inner *Place) error {
		more, err := shownIn(ctx, r, PlaceID(inner.ID), depth-1)
		assets = append(assets, more...)
		return err
	})
	return assets, err
}

// guardAround makes a place that is being published or moved wait for one around
// it that becomes a store, and the reverse.
func guardAround(tx *store.Tx, id PlaceID) error {
	for range maxDepth {
		if id == "" {
			return nil
		}
		if err := tx.Guard("heritage/sight/" + string(id)); err != nil {
			return err
		}
		p, err := placeDocs.Get(tx.Context(), tx, string(id))
		if err != nil {
			return unlessGone(err)
		}
		id = p.Fields.ParentID
	}
	return nil
}
