package heritage_test

import (
	"testing"

	"yijianyou/heritage"
)

// TestACityTellsOnlyWhatEverybodyMayKnow: nothing hidden, nothing twice, and no
// confidential or exact place of what is buried.
func TestACityTellsOnlyWhatEverybodyMayKnow(t *testing.T) {
	w := newWorld(t)
	yes, no := true, false
	in := heritage.Division{City: heritage.Text{ZH: "甲市"}}
	at := func(edit func(*heritage.GeoPoint)) *heritage.GeoPoint {
		p := &heritage.GeoPoint{Lon: 113.012345, Lat: 34.456789, PrecisionM: 20}
		if edit != nil {
			edit(p)
		}
		return p
	}
	museum := func(name string, f heritage.MuseumFields) string {
		f.Name = heritage.Text{ZH: name}
		return publish(w, w.Museums, create(w, w.Museums, registrar, f).ID).ID
	}
	site := func(name string, f heritage.SiteFields) string {
		f.Name = heritage.Text{ZH: name}
		return publish(w, w.Sites, create(w, w.Sites, registrar, f).ID).ID
	}
	museum("公开馆", heritage.MuseumFields{Division: in, Location: at(nil), Notable: 0.7})
	museum("别处馆", heritage.MuseumFields{Division: heritage.Division{City: heritage.Text{ZH: "乙市"}}})
	create(w, w.Museums, registrar, heritage.MuseumFields{Name: heritage.Text{ZH: "未公开馆"}, Division: in})
	museum("保密馆", heritage.MuseumFields{Division: in, Location: at(func(p *heritage.GeoPoint) { p.Confidential = true })})
	main := site("开放点", heritage.SiteFields{Division: in, Location: at(nil), OpenToPublic: &yes})
	site("不开放点", heritage.SiteFields{Division: in, Location: at(nil), OpenToPublic: &no})
	site("没说点", heritage.SiteFields{Division: in, Location: at(nil)})
	site("未发掘墓", heritage.SiteFields{Division: in, Location: at(nil), Unopened: true})
	site("并入点", heritage.SiteFields{Division: in, MergedInto: heritage.SiteID(main)})

	type known struct{ placed, open bool }
	want := map[string]known{"公开馆": {true, true}, "保密馆": {false, true}, "开放点": {true, true}, "不开放点": {true, false}, "没说点": {true, false}, "未发掘墓": {false, false}}
	list, err := w.City(t.Context(), w.st, "甲市", 100)
	must(t, err)
	for i, l := range list {
		if got, ok := want[l.Name.ZH]; !ok || got != (known{l.Location != nil, l.Open}) {
			t.Errorf("%s: %+v", l.Name.ZH, l)
		}
		if l.Name.ZH == "公开馆" && (l.Notable != 0.7 || l.Kind != heritage.KindMuseum || l.ID == "" || i > 1) {
			t.Errorf("%d: %+v", i, l)
		}
	}
	if len(list) != len(want) {
		t.Errorf("%d of %d: %+v", len(list), len(want), list)
	}
	if some, err := w.City(t.Context(), w.st, "甲市", 1); err != nil || len(some) != 2 { // one of each
		t.Errorf("at most one of each: %d %v", len(some), err)
	}
}
