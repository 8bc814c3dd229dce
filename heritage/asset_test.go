package heritage_test

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
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
