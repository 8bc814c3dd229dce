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

func TestTheHoursOfAMuseumAreThoseThatItPublishes(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	shut := &heritage.OpeningHours{Seasons: []heritage.Season{{Week: []heritage.WeekDay{{Days: []int{1}, Closed: true}}}}, Source: heritage.Source{Text: name("馆方公告"), Confidence: heritage.High}}
	m := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆"), Visiting: &heritage.Visiting{Hours: shut}})
	if h, err := w.Hours(ctx, w.st, heritage.MuseumID(m.ID)); err != nil || h != nil {
		t.Errorf("a draft: %+v %v", h, err)
	}
	publish(w, w.Museums, m.ID)
	if h, err := w.Hours(ctx, w.st, heritage.MuseumID(m.ID)); err != nil || h.On("2026-03-02").State != heritage.ClosedOn {
		t.Errorf("published: %+v %v", h, err)
	}
	if h, err := w.Hours(ctx, w.st, heritage.MuseumID(ids.New())); err != nil || h != nil {
		t.Errorf("no museum: %+v %v", h, err)
	}
}
