package heritage_test

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/ids"
)

func TestAGlanceTellsWhoseARelicIsWhateverItsLives(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	m := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆")})
	p := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("库"), Kind: "store", MuseumID: heritage.MuseumID(m.ID), Code: "K1", Store: true})
	r := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("壶"), MuseumID: heritage.MuseumID(m.ID), Grade: "grade-1", Category: "bronze",
		Number: &heritage.Number{Kind: "register", Value: "1-1"}})
	g, err := w.RelicGlance(ctx, w.st, heritage.RelicID(r.ID))
	if err != nil || g != (heritage.RelicGlance{Org: "demo-museum", Name: name("壶"), Number: "1-1", Grade: "grade-1"}) {
		t.Errorf("glance at a draft: %+v %v", g, err)
	}
	_, err = w.RelicGlance(ctx, w.st, heritage.RelicID(ids.New()))
	wantErr(t, err, heritage.ErrNotFound)
	if org, err := w.PlaceOrg(ctx, w.st, heritage.PlaceID(p.ID)); err != nil || org != "demo-museum" {
		t.Errorf("a place in a store: %v %v", org, err)
	}
	_, err = w.PlaceOrg(ctx, w.st, heritage.PlaceID(ids.New()))
	wantErr(t, err, heritage.ErrNotFound)
}
