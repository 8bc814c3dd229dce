package heritage

import (
	"context"
	"slices"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// CheckAssets finds among the pictures of a record of org, in the order of its
// member images, those that are gone, and those of another organisation that it
// did not have before. A picture that is gone is found again at every change, so
// that no record keeps it unnoticed.
func CheckAssets(ctx context.Context, assets Assets, r store.Reader, org actor.OrgID, ids, had []string) ([]fault.Field, error) {
	var wrong []fault.Field
	for i, id := range ids {
		if id == "" {
			continue
		}
		a, err := assets.Asset(ctx, r, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err != nil || a.Org != org && !slices.Contains(had, id) {
			wrong = append(wrong, ErrAsset.At(at("images", i)+".assetId"))
		}
	}
	return wrong, nil
}

// GuardAssets keeps the pictures that a record begins to name from being removed
// at the same time.
func GuardAssets(tx *store.Tx, ids, had []string) error {
	for _, id := range ids {
		if id == "" || slices.Contains(had, id) {
			continue
		}
		if err := media.Guard(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// ShowAssets makes the pictures in is public on behalf of shower, and withdraws
// those that only were so unless another published record of shower shows them.
// It is called after the record itself is saved.
//
// Errors: fault.ErrInvalid for a picture in is that is gone, those of SetRights.
func ShowAssets(tx *store.Tx, assets Assets, shower string, is, was []string, shown func(*store.Tx, string) (bool, error)) error {
	all := slices.Concat(is, was)
	slices.Sort(all) // one order for all, so that two transactions never wait for each other
	for _, id := range slices.Compact(all) {
		if err := tx.Guard(shower + "/asset/" + id); err != nil {
			return err
		}
		rights := media.Rights{Audience: media.Public}
		i := slices.Index(is, id)
		if i < 0 {
			elsewhere, err := shown(tx, id)
			if err != nil {
				return err
			}
			if elsewhere {
				continue
			}
			rights.Audience = media.Staff
		}
		err := assets.SetRights(tx, id, shower, rights)
		switch {
		case err == nil:
		case fault.KindOf(err) != fault.NotFound:
			return err
		case i >= 0:
			return fault.InvalidFields([]fault.Field{ErrAsset.At(at("images", i) + ".assetId")})
		}
	}
	return nil
}

// shower is the catalogue among those who show pictures.
const shower = "heritage"

func (s *Service) showAssets(tx *store.Tx, is, was []string) error {
	return ShowAssets(tx, s.assets, shower, is, was, func(tx *store.Tx, id string) (bool, error) {
		return anyNames(tx.Context(), tx, shownAssets, id)
	})
}

// counter counts the records under one value of an index; see count.
type counter = func(ctx context.Context, r store.Reader, value string) (int, error)

// Where records name pictures: in their newest content, and in what tourists see.
var (
	namedAssets = []counter{count(relicDocs, "ofAsset"), count(siteDocs, "ofAsset"), count(museumDocs, "ofAsset"), count(placeDocs, "ofAsset")}
	shownAssets = []counter{count(relicDocs, "shownByAsset"), count(siteDocs, "shownByAsset"), count(museumDocs, "shownByAsset"), count(placeDocs, "shownByAsset")}
)

// UsesAsset reports whether any record of the catalogue names the picture, in
// its newest content or in what tourists see.
func (s *Service) UsesAsset(ctx context.Context, r store.Reader, asset string) (bool, error) {
	return anyNames(ctx, r, slices.Concat(namedAssets, shownAssets), asset)
}

func anyNames(ctx context.Context, r store.Reader, in []counter, value string) (bool, error) {
	for _, n := range in {
		if c, err := n(ctx, r, value); err != nil || c > 0 {
			return c > 0, err
		}
	}
	return false, nil
}
