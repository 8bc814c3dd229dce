package heritage_test

import (
	"slices"
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

// TestAPictureKnowsTheGradesOfTheRelicsThatShowIt: a changed grade holds when it
// is published, in the same transaction.
func TestAPictureKnowsTheGradesOfTheRelicsThatShowIt(t *testing.T) {
	w := newWorld(t)
	pic := w.asset("demo-museum")
	images := []heritage.ImageRef{{AssetID: pic}}
	want := func(when string, grades ...string) {
		t.Helper()
		a, err := assetDocs.Get(t.Context(), w.st, pic)
		must(t, err)
		var got []string
		if len(a.Showers) > 0 {
			got = slices.Sorted(slices.Values(a.Showers[0].Grades))
		}
		if !slices.Equal(got, grades) {
			t.Errorf("%s: %q, want %q", when, got, grades)
		}
	}
	one := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("甲"), Grade: "general", Images: images})
	two := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("乙"), Images: images})
	site := create(w, w.Sites, keeper, heritage.SiteFields{Name: name("丙"), Images: images})
	want("drafts")
	one = publish(w, w.Relics, one.ID)
	want("one of them", "general")
	publish(w, w.Relics, two.ID)
	want("one without a grade counts as ungraded", "general", "ungraded")
	publish(w, w.Sites, site.ID)
	want("a site has no grade", "", "general", "ungraded")
	f := one.Fields
	f.Grade = "grade-1"
	_, err := w.Relics.Change(t.Context(), keeper, one.ID, one.Rev, f, "定级")
	must(t, err)
	want("a draft changes nothing", "", "general", "ungraded")
	publish(w, w.Relics, one.ID)
	want("graded anew", "", "grade-1", "ungraded")
	for _, id := range []string{one.ID, two.ID} {
		_, err = w.Relics.Withdraw(t.Context(), reviewer, id, 0, "撤")
		must(t, err)
	}
	want("relics withdrawn", "")
}

// TestAPictureOfVeryManyRelicsCountsAsEveryGrade: they are not looked at one by one.
func TestAPictureOfVeryManyRelicsCountsAsEveryGrade(t *testing.T) {
	w := newWorld(t)
	pic := w.asset("demo-museum")
	for range 51 {
		rec := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("套件"), Grade: "general", Images: []heritage.ImageRef{{AssetID: pic}}})
		publish(w, w.Relics, rec.ID)
	}
	a, err := assetDocs.Get(t.Context(), w.st, pic)
	must(t, err)
	if got := a.Showers[0].Grades; !slices.Equal(got, heritage.Grades()) {
		t.Errorf("%q", got)
	}
}
