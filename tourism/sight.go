package tourism

import (
	"context"
	"errors"
	"slices"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// This file gives pictures the rights that follow from what tourists see: a
// picture is public on behalf of the visitor side while some record that shows it
// is seen, and a record is seen only with all to which it belongs. So a step of
// an area, a museum or a relic reaches the pictures of everything below it.
//
// Two transactions that change one chain of records, a spot being published while
// its area is withdrawn, guard one key: each record above guards its own when its
// sight changes, each record below those of all above it.

// sight is what tourists see of a record at one moment.
type sight struct {
	seen   bool     // they see it: it is published and so is all to which it belongs
	above  []string // guard keys of all to which it belongs, published or not
	assets []string // the pictures in what is published of it
}

// sightOf returns the sight of rec as it is, saved or not.
func sightOf[F Content](ctx context.Context, s *Service, r store.Reader, rec *Record[F]) (sight, error) {
	if rec.Shown == nil {
		return sight{}, nil
	}
	p, err := publicOf(ctx, s.viewer(r), rec)
	if err != nil {
		return sight{}, err
	}
	above, err := aboveOf(ctx, r, rec.Shown)
	return sight{seen: p != nil, above: above, assets: of(rec.Shown).assets()}, err
}

// aboveOf returns the guard keys of all to which a record with the content f belongs.
func aboveOf[F Content](ctx context.Context, r store.Reader, f *F) ([]string, error) {
	var area AreaID
	var keys []string
	switch f := any(f).(type) {
	case *AreaFields:
		return museumKey(f), nil
	case *SpotFields:
		area = f.AreaID
	case *PathFields:
		area = f.AreaID
		keys = []string{sightKey(string(KindSpot), string(f.FromSpot)), sightKey(string(KindSpot), string(f.ToSpot))}
	case *StoryFields:
		keys = []string{sightKey(f.Subject.Kind, f.Subject.ID)}
		switch Kind(f.Subject.Kind) {
		case KindArea:
			area = AreaID(f.Subject.ID)
		case KindSpot:
			spot, err := shownOf(ctx, r, spotDocs, f.Subject.ID)
			if err != nil || spot == nil {
				return keys, err
			}
			area = spot.AreaID
		}
	}
	if area == "" {
		return keys, nil
	}
	keys = append(keys, sightKey(string(KindArea), string(area)))
	shown, err := shownOf(ctx, r, areaDocs, string(area))
	if err != nil || shown == nil {
		return keys, err
	}
	return append(keys, museumKey(shown)...), nil
}

func museumKey(f *AreaFields) []string {
	if f.MuseumID == "" {
		return nil
	}
	return []string{sightKey(string(heritage.KindMuseum), string(f.MuseumID))}
}

func sightKey(kind, id string) string { return "tourism/sight/" + kind + "/" + id }

// shownOf returns what is published of a record, nil for nothing.
func shownOf[F Content](ctx context.Context, r store.Reader, docs *store.Collection[Record[F]], id string) (*F, error) {
	rec, err := docs.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return rec.Shown, nil
}

// settle gives the pictures of a record their rights after a step from was to is,
// and when it came into sight or went out of it those of all that belongs to it.
func (s *Service) settle(tx *store.Tx, kind Kind, id string, was, is sight) error {
	keys := slices.Concat(was.above, is.above)
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if err := tx.Guard(key); err != nil {
			return err
		}
	}
	if err := s.showing().Settle(tx, is.assets, was.assets); err != nil || was.seen == is.seen {
		return err
	}
	return s.follow(tx, string(kind), id)
}

// SightChanged implements heritage.Followers.
func (s *Service) SightChanged(tx *store.Tx, kind heritage.Kind, id string) error {
	return s.follow(tx, string(kind), id)
}

// follow gives the pictures of all that belongs to the record named their rights.
func (s *Service) follow(tx *store.Tx, kind, id string) error {
	if err := tx.Guard(sightKey(kind, id)); err != nil {
		return err
	}
	assets, err := below(tx.Context(), tx, kind, id)
	if err != nil {
		return err
	}
	return s.showing().Follow(tx, assets)
}

// below returns the pictures in what is published of all that belongs to the
// record named, at any depth.
func below(ctx context.Context, r store.Reader, kind, id string) (assets []string, err error) {
	take := func(found []string, err error) error {
		assets = append(assets, found...)
		return err
	}
	err = storyDocs.Each(ctx, r, store.Query{Index: "shownBySubject", Equal: []any{id}}, func(d *Story) error {
		return take(d.Shown.AssetIDs, nil)
	})
	if err != nil {
		return nil, err
	}
	switch kind {
	case string(KindArea):
		err = spotDocs.Each(ctx, r, store.Query{Index: "shownByArea", Equal: []any{id}}, func(d *Spot) error {
			assets = append(assets, d.Shown.AssetIDs...)
			return take(below(ctx, r, string(KindSpot), d.ID))
		})
	case string(heritage.KindMuseum):
		err = areaDocs.Each(ctx, r, store.Query{Index: "shownByMuseum", Equal: []any{id}}, func(d *Area) error {
			assets = append(assets, d.Shown.AssetIDs...)
			return take(below(ctx, r, string(KindArea), d.ID))
		})
	}
	return assets, err
}

// showing is the visitor side among those who show pictures.
func (s *Service) showing() heritage.Showing {
	return heritage.Showing{Assets: s.assets, Name: "tourism", Shown: func(tx *store.Tx, asset string) ([]string, error) {
		ctx := tx.Context()
		seen, err := anySeen(ctx, s, tx, areaDocs, asset)
		if err == nil && !seen {
			seen, err = anySeen(ctx, s, tx, spotDocs, asset)
		}
		if err == nil && !seen {
			seen, err = anySeen(ctx, s, tx, storyDocs, asset)
		}
		if !seen {
			return nil, err
		}
		return []string{""}, err // nothing of the visitor side has a grade
	}}
}

// Reshow tells media anew which published records of the visitor side show the
// picture.
func (s *Service) Reshow(tx *store.Tx, asset string) error {
	return s.showing().Follow(tx, []string{asset})
}

// anySeen reports whether tourists see a record of docs that shows the picture.
func anySeen[F Content](ctx context.Context, s *Service, r store.Reader, docs *store.Collection[Record[F]], asset string) (bool, error) {
	enough := errors.New("seen")
	err := docs.Each(ctx, r, store.Query{Index: "shownByAsset", Equal: []any{asset}}, func(rec *Record[F]) error {
		p, err := publicOf(ctx, s.viewer(r), rec)
		if err == nil && p != nil {
			err = enough
		}
		return err
	})
	if errors.Is(err, enough) {
		return true, nil
	}
	return false, err
}
