package heritage_test

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// TestADraftDoesNotKeepAPictureThatIsGone: a change that leaves it in says so.
func TestADraftDoesNotKeepAPictureThatIsGone(t *testing.T) {
	w := newWorld(t)
	pic := w.asset("demo-museum")
	rec := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范馆"), Images: []heritage.ImageRef{{AssetID: pic}}})
	if used, err := w.UsesAsset(t.Context(), w.st, pic); err != nil || !used {
		t.Errorf("UsesAsset = %v, %v for the picture of a draft", used, err)
	}
	must(t, w.st.Update(t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error {
		a, err := assetDocs.Get(tx.Context(), tx, pic)
		if err != nil {
			return err
		}
		return assetDocs.Delete(tx, pic, a.Rev, "")
	}))
	f := rec.Fields
	f.Phone = "0371-00000000"
	_, err := w.Museums.Change(t.Context(), registrar, rec.ID, rec.Rev, f, "")
	wantField(t, err, "images[0].assetId", heritage.ErrAsset)
	f.Images = nil
	if _, err := w.Museums.Change(t.Context(), registrar, rec.ID, rec.Rev, f, ""); err != nil {
		t.Error(err)
	}
	if used, err := w.UsesAsset(t.Context(), w.st, pic); err != nil || used {
		t.Errorf("UsesAsset = %v, %v after the record let it go", used, err)
	}
}

// TestAPublishedPlaceThatComesToLieInAStoreTakesItsPictureAlong: it is hidden at
// once, without a step of its own.
func TestAPublishedPlaceThatComesToLieInAStoreTakesItsPictureAlong(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	m := heritage.MuseumID(create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆")}).ID)
	place := func(zh string, parent heritage.PlaceID, pics ...string) *heritage.Place {
		f := heritage.PlaceFields{Name: name(zh), MuseumID: m, ParentID: parent}
		for _, p := range pics {
			f.Images = append(f.Images, heritage.ImageRef{AssetID: p})
		}
		return create(w, w.Places, registrar, f)
	}
	ofCase, ofRoom, ofBoth := w.asset("demo-museum"), w.asset("demo-museum"), w.asset("demo-museum")
	wing, hall := place("东翼", ""), place("大厅", "")
	room := place("展厅", heritage.PlaceID(wing.ID), ofRoom, ofBoth)
	box := place("展柜", heritage.PlaceID(room.ID), ofCase)
	elsewhere := place("前厅", heritage.PlaceID(hall.ID), ofBoth)
	for _, p := range []*heritage.Place{room, box, elsewhere} {
		publish(w, w.Places, p.ID)
	}
	sees := func(when string, want ...media.Audience) {
		t.Helper()
		for i, id := range []string{ofCase, ofRoom, ofBoth} {
			if got := w.audience(id); got != want[i] {
				t.Errorf("%s: picture %d is for %q, want %q", when, i, got, want[i])
			}
		}
	}
	edit := func(id string, change func(*heritage.PlaceFields)) {
		t.Helper()
		rec, err := w.Places.Record(ctx, keeper, id)
		must(t, err)
		f := rec.Fields
		change(&f)
		_, err = w.Places.Change(ctx, keeper, id, rec.Rev, f, "")
		must(t, err)
	}
	sees("all are open", media.Public, media.Public, media.Public)
	edit(wing.ID, func(f *heritage.PlaceFields) { f.Store = true })
	sees("the wing is a store", media.Staff, media.Staff, media.Public)
	edit(box.ID, func(f *heritage.PlaceFields) { f.ParentID = heritage.PlaceID(hall.ID) })
	sees("the case was moved out of it", media.Public, media.Staff, media.Public)
	edit(wing.ID, func(f *heritage.PlaceFields) { f.Store = false })
	sees("the wing is open again", media.Public, media.Public, media.Public)
	edit(hall.ID, func(f *heritage.PlaceFields) { f.Store = true })
	sees("the hall is a store", media.Staff, media.Public, media.Public)
}
