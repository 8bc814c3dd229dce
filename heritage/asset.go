package heritage

import (
	"context"
	"slices"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// CheckPlayable does so for the sound and film of a record, at its member media.
func CheckPlayable(ctx context.Context, assets Assets, r store.Reader, org actor.OrgID, refs []MediaRef, had []string) ([]fault.Field, error) {
	ids := make([]string, len(refs))
	for i, ref := range refs {
		ids[i] = ref.AssetID
	}
	return checkAssets(ctx, assets, r, org, ids, had, true)
}

// CheckAssets finds among the pictures of a record of org, in the order of its
// member images, those that are gone, those of another organisation that it did not
// have before, and those that are no pictures. A picture that is gone is found again
// at every change, so that no record keeps it unnoticed.
func CheckAssets(ctx context.Context, assets Assets, r store.Reader, org actor.OrgID, ids, had []string) ([]fault.Field, error) {
	return checkAssets(ctx, assets, r, org, ids, had, false)
}

// checkAssets is CheckPlayable or CheckAssets. Elements without an id are passed
// over: that they lack it is found elsewhere.
func checkAssets(ctx context.Context, assets Assets, r store.Reader, org actor.OrgID, ids, had []string, playable bool) ([]fault.Field, error) {
	path, code := "images", ErrAsset
	if playable {
		path, code = "media", ErrPlayable
	}
	var wrong []fault.Field
	for i, id := range ids {
		if id == "" {
			continue
		}
		a, err := assets.Asset(ctx, r, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err != nil || a.Org != org && !slices.Contains(had, id) || (a.Type == media.AudioType || a.Type == media.VideoType) != playable {
			wrong = append(wrong, code.At(at(path, i)+".assetId"))
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

// Showing is a part of the program whose published records show pictures.
type Showing struct {
	Assets Assets
	Name   string // of the part, such as "heritage"
	// Shown returns the grades of the records of the part that tourists see and that
	// show the picture, "" for one without a grade; nil when there is none.
	Shown func(tx *store.Tx, asset string) ([]string, error)
}

// Settle tells media of the pictures of a record that is being published or
// withdrawn what shows them now: is are those that it shows now, in the order of its member
// images, was those that it showed before. It is called after the record is saved.
//
// Errors: fault.ErrInvalid for a picture in is that is gone, those of SetShown.
func (s Showing) Settle(tx *store.Tx, is, was []string) error {
	return s.each(tx, slices.Concat(is, was), func(id string, grades []string) error {
		err := s.Assets.SetShown(tx, id, s.Name, grades)
		if err == nil || fault.KindOf(err) != fault.NotFound {
			return err
		}
		if i := slices.Index(is, id); i >= 0 {
			return fault.InvalidFields([]fault.Field{ErrAsset.At(at("images", i) + ".assetId")})
		}
		return nil
	})
}

// Follow does so for the pictures of other records, which came into sight or went
// out of it with the one that was published, withdrawn or changed.
//
// Errors: those of FollowShown but NotFound.
func (s Showing) Follow(tx *store.Tx, pictures []string) error {
	return s.each(tx, pictures, func(id string, grades []string) error {
		err := s.Assets.FollowShown(tx, id, s.Name, grades)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		return err
	})
}

// each calls set with each picture and the grades of what shows it.
func (s Showing) each(tx *store.Tx, pictures []string, set func(string, []string) error) error {
	slices.Sort(pictures) // one order for all, so that two transactions never wait for each other
	for _, id := range slices.Compact(pictures) {
		if err := tx.Guard(s.Name + "/asset/" + id); err != nil {
			return err
		}
		grades, err := s.Shown(tx, id)
		if err != nil {
			return err
		}
		if err := set(id, grades); err != nil {
			return err
		}
	}
	return nil
}

// showing is the catalogue among those who show pictures.
func (s *Service) showing() Showing {
	return Showing{Assets: s.assets, Name: "heritage", Shown: func(tx *store.Tx, id string) ([]string, error) {
		grades, err := shownGrades(tx.Context(), tx, id)
		if err != nil {
			return nil, err
		}
		plain, err := anyNames(tx.Context(), tx, shownAssets, id)
		if err == nil && !plain {
			plain, err = s.placesShow(tx.Context(), tx, id)
		}
		if plain {
			grades = append(grades, "")
		}
		return grades, err
	}}
}

// Reshow tells media anew which published records of the catalogue show the
// picture.
func (s *Service) Reshow(tx *store.Tx, asset string) error {
	return s.showing().Follow(tx, []string{asset})
}

// maxGraded is up to how many relics with one picture are looked at one by one.
const maxGraded = 50

// shownGrades returns the grades of the relics that tourists see with the picture,
// ungraded for one of which none is recorded. Of more than maxGraded relics it is
// every grade: the strictest rule holds.
func shownGrades(ctx context.Context, r store.Reader, asset string) ([]string, error) {
	page, err := relicDocs.Find(ctx, r, store.Query{Index: "shownByAsset", Equal: []any{asset}, Limit: maxGraded})
	if err != nil {
		return nil, err
	}
	if page.Next != "" {
		return Grades(), nil
	}
	var grades []string
	for _, rec := range page.Items {
		grade := string(rec.Shown.Grade)
		if grade == "" {
			grade = string(ungraded)
		}
		if !slices.Contains(grades, grade) {
			grades = append(grades, grade)
		}
	}
	return grades, nil
}

// counter counts the records under one value of an index; see count.
type counter = func(ctx context.Context, r store.Reader, value string) (int, error)

// Where records name pictures: in their newest content, and in what is published,
// of relics apart because they have a grade, and of places because a published one
// may have come to lie in a store.
var (
	namedAssets = []counter{count(relicDocs, "ofAsset"), count(siteDocs, "ofAsset"), count(museumDocs, "ofAsset"), count(placeDocs, "ofAsset"), count(exhibitionDocs, "ofAsset")}
	shownAssets = []counter{count(siteDocs, "shownByAsset"), count(museumDocs, "shownByAsset"), count(exhibitionDocs, "shownByAsset")}
	shownRelics = []counter{count(relicDocs, "shownByAsset")}
	shownPlaces = []counter{count(placeDocs, "shownByAsset")}
)

// UsesAsset reports whether any record of the catalogue names the picture, in
// its newest content or in what tourists see.
func (s *Service) UsesAsset(ctx context.Context, r store.Reader, asset string) (bool, error) {
	return anyNames(ctx, r, slices.Concat(namedAssets, shownAssets, shownRelics, shownPlaces), asset)
}

func anyNames(ctx context.Context, r store.Reader, in []counter, value string) (bool, error) {
	for _, n := range in {
		if c, err := n(ctx, r, value); err != nil || c > 0 {
			return c > 0, err
		}
	}
	return false, nil
}
