package heritage_test

import (
	"reflect"
	"strconv"
	"testing"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/ids"
)

func TestAGlanceTellsWhoseARelicIsWhateverItsLives(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	m := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆")})
	p := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("库"), Kind: "store", MuseumID: heritage.MuseumID(m.ID), Code: "K1", Store: true})
	r := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("壶"), MuseumID: heritage.MuseumID(m.ID), Grade: "grade-1", Category: "bronze", Materials: []vocab.Code{"copper"},
		Number: &heritage.Number{Kind: "register", Value: "1-1"}})
	g, err := w.RelicGlance(ctx, w.st, heritage.RelicID(r.ID))
	want := heritage.RelicGlance{Org: "demo-museum", Name: name("壶"), Number: "1-1", Grade: "grade-1", ID: heritage.RelicID(r.ID), Materials: []string{"copper"}}
	if err != nil || !reflect.DeepEqual(g, want) {
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

func TestWhatStandsInARoomIsWhatIsInItsCasesToo(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	m := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆")})
	museum := heritage.MuseumID(m.ID)
	room := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("展厅"), Kind: "gallery", MuseumID: museum, Code: "G1"})
	showcase := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("展柜"), Kind: "case", MuseumID: museum, Code: "C1", ParentID: heritage.PlaceID(room.ID)})
	other := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("他厅"), Kind: "gallery", MuseumID: museum, Code: "G2"})
	for i, place := range []string{room.ID, showcase.ID, other.ID} {
		create(w, w.Relics, registrar, heritage.RelicFields{Name: name("壶"), MuseumID: museum, Category: "bronze", PlaceID: heritage.PlaceID(place),
			Number: &heritage.Number{Kind: "register", Value: strconv.Itoa(i)}})
	}
	list, more, err := w.RelicsWithin(ctx, w.st, heritage.PlaceID(room.ID), 10)
	if err != nil || more || len(list) != 2 || list[0].Number != "0" || list[1].Number != "1" {
		t.Errorf("in the room stand %+v, more %v, %v", list, more, err)
	}
	if list, more, err := w.RelicsWithin(ctx, w.st, heritage.PlaceID(room.ID), 1); err != nil || !more || len(list) != 1 {
		t.Errorf("one of two: %+v, more %v, %v", list, more, err)
	}
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
