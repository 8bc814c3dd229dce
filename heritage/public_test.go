package heritage_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagetest"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// asText is everything that v says, for "does not contain".
func asText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	must(t, err)
	return string(b)
}

func lacks(t *testing.T, what, text string, secrets ...string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(text, s) {
			t.Errorf("%s tells %q: %s", what, s, text)
		}
	}
}

// entry returns what both indexes hold of a record, and checks both documents.
func (w *world) entry(collection, id string) search.Entry {
	w.t.Helper()
	entries, err := w.Search().Map(w.t.Context(), w.st, collection, id)
	must(w.t, err)
	if len(entries) != 1 || entries[0].ID != id {
		w.t.Fatalf("%s %s has %d entries", collection, id, len(entries))
	}
	for _, d := range []*search.Document{entries[0].Public, entries[0].Staff} {
		if d != nil {
			must(w.t, d.Check())
		}
	}
	return entries[0]
}

// secrets are what no tourist may learn of the full records.
var secrets = []string{heritagetest.Secret, "987654321", "113.012345", "34.456789", "113.665123", "113.665777", "1953-05-01", "looting", "vanished"}

func TestATouristLearnsNothingSecretOfAFullRecord(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	r := w.refs()
	mus := publish(w, w.Museums, create(w, w.Museums, registrar, heritagetest.Museum(r)).ID)
	r.Museum = heritage.MuseumID(mus.ID)
	r.Place = ""
	shelf := create(w, w.Places, registrar, heritagetest.Place(r))
	r.Place = heritage.PlaceID(shelf.ID)
	rec, err := w.Relics.Create(ctx, registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Ledger: heritage.Held, Fields: heritagetest.Relic(r)})
	must(t, err)
	relic := publish(w, w.Relics, rec.ID)
	site := publish(w, w.Sites, create(w, w.Sites, registrar, heritagetest.Site(r)).ID)
	review(w, w.Places, shelf.ID)
	_, err = w.Places.Publish(ctx, reviewer, shelf.ID, 0)
	wantErr(t, err, heritage.ErrStorePublic)

	views := map[string]any{}
	views["relic"], _, err = w.PublicRelic(ctx, relic.ID)
	must(t, err)
	views["site"], _, err = w.PublicSite(ctx, site.ID)
	must(t, err)
	views["museum"], _, err = w.PublicMuseum(ctx, mus.ID)
	must(t, err)
	_, _, err = w.PublicPlace(ctx, shelf.ID)
	wantErr(t, err, heritage.ErrNotFound)
	for what, v := range views {
		lacks(t, "the view of a "+what, asText(t, v), append(secrets, shelf.ID, "stable")...)
	}
	for collection, id := range map[string]string{"relics": relic.ID, "sites": site.ID, "museums": mus.ID} {
		e := w.entry(collection, id)
		if e.Public == nil || e.Staff == nil {
			t.Fatalf("%s is not in both indexes", collection)
		}
		lacks(t, "the public document of "+collection, asText(t, e.Public), append(secrets, shelf.ID)...)
		if e.Public.Guarded != nil {
			t.Errorf("the public document of %s has guarded texts", collection)
		}
	}
	if e := w.entry("places", shelf.ID); e.Public != nil || e.Staff != nil {
		t.Error("a store is in an index")
	}
	staffDoc := *w.entry("relics", relic.ID).Staff
	if !strings.Contains(strings.Join(staffDoc.Guarded, " "), "一号库") {
		t.Error("who may know cannot find a relic by its store")
	}
	staffDoc.Guarded = nil
	lacks(t, "the open part of a staff document", asText(t, staffDoc), "一号库", shelf.ID)
	lacks(t, "a staff document of a site", asText(t, func() search.Document { d := *w.entry("sites", site.ID).Staff; d.Guarded = nil; return d }()), "113.012345", "某村北")

	for _, src := range []func() (any, error){
		func() (any, error) { return w.RelicManifests().Manifest(ctx, w.st, tourist, relic.ID) },
		func() (any, error) { return w.SiteManifests().Manifest(ctx, w.st, tourist, site.ID) },
	} {
		m, err := src()
		must(t, err)
		lacks(t, "a manifest", asText(t, m), append(secrets, shelf.ID)...)
		if !strings.Contains(asText(t, m), "示意图，非文物照片") || !strings.Contains(asText(t, m), "模拟数据") {
			t.Errorf("a drawing and simulated data are not declared: %s", asText(t, m))
		}
	}
}

func TestADraftIsInNoPublicPlace(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	rec := publish(w, w.Relics, create(w, w.Relics, keeper, heritage.RelicFields{Name: name("旧名"), Description: name("旧文")}).ID)
	f := rec.Fields
	f.Name, f.Description, f.Aliases, f.Category = name("草稿名"), name("草稿文"), []string{"草稿别名"}, "bronze"
	_, err := w.Relics.Change(ctx, keeper, rec.ID, rec.Rev, f, "")
	must(t, err)
	e := w.entry("relics", rec.ID)
	if e.Public.Title.ZH != "旧名" || e.Staff.Title.ZH != "草稿名" {
		t.Errorf("public %s, staff %s", e.Public.Title.ZH, e.Staff.Title.ZH)
	}
	lacks(t, "the public document", asText(t, e.Public), "草稿", "bronze", "青铜")
	v, rev, err := w.PublicRelic(ctx, rec.ID)
	must(t, err)
	lacks(t, "the public view", asText(t, v), "草稿", "bronze")
	if rev != rec.Rev {
		t.Errorf("revision %d, want the published %d", rev, rec.Rev)
	}
	m, err := w.RelicManifests().Manifest(ctx, w.st, tourist, rec.ID)
	must(t, err)
	lacks(t, "the manifest", asText(t, m), "草稿")
	if mine, err := w.RelicManifests().Manifest(ctx, w.st, keeper, rec.ID); err != nil || mine.Label.ZH != "草稿名" {
		t.Errorf("the keeper's manifest: %v, %v", mine, err)
	}
	hidden := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("未公开")})
	if e := w.entry("relics", hidden.ID); e.Public != nil || e.Staff == nil {
		t.Error("a hidden record is in the public index, or not in the staff's")
	}
	for _, by := range []actor.Actor{tourist, stranger} {
		_, err = w.RelicManifests().Manifest(ctx, w.st, by, hidden.ID)
		wantErr(t, err, heritage.ErrNotFound)
	}
	must(t, w.Relics.Remove(ctx, registrar, hidden.ID, 1, "误录"))
	if e := w.entry("relics", hidden.ID); e.Public != nil || e.Staff != nil {
		t.Error("a removed record is in an index")
	}
}

func TestWhatBecomesConfidentialIsHiddenAtOnce(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	site := publish(w, w.Sites, create(w, w.Sites, registrar, heritage.SiteFields{Name: name("遗址"), Address: name("村北"), Location: &heritage.GeoPoint{Lon: 113.0123, Lat: 34.4567, PrecisionM: 20}}).ID)
	view := func() *heritage.PublicSite {
		t.Helper()
		v, _, err := w.PublicSite(ctx, site.ID)
		must(t, err)
		return v
	}
	change := func(edit func(*heritage.SiteFields)) {
		t.Helper()
		now, err := w.Sites.Record(ctx, registrar, site.ID)
		must(t, err)
		f := now.Fields
		if f.Location != nil {
			p := *f.Location
			f.Location = &p
		}
		edit(&f)
		_, err = w.Sites.Change(ctx, registrar, site.ID, now.Rev, f, "")
		must(t, err)
	}
	if p := view().Location; p == nil || p.Lon != 113.0123 || p.PrecisionM != 20 || p.Datum != heritage.WGS84 {
		t.Fatalf("location %+v", p)
	}
	change(func(f *heritage.SiteFields) { f.Unopened = true })
	v := view()
	if v.Location == nil || !v.LocationFuzzed || v.Location.PrecisionM < 10000 || !v.Address.IsZero() {
		t.Errorf("an unopened tomb: %+v", v)
	}
	if math.Abs(v.Location.Lon-113.0123) > 0.051 || math.Abs(v.Location.Lat-34.4567) > 0.051 {
		t.Errorf("the cell does not hold the place: %+v", v.Location)
	}
	if p := w.entry("sites", site.ID).Public.Point; p == nil || p.Lon == 113.0123 {
		t.Errorf("the index holds %v", p)
	}
	change(func(f *heritage.SiteFields) { f.Location.Confidential = true })
	if view().Location != nil || w.entry("sites", site.ID).Public.Point != nil {
		t.Error("a confidential coordinate is shown")
	}
}

func TestAGalleryIsToldWhileTheRelicIsHeldThere(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	mus := publish(w, w.Museums, create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范博物馆")}).ID)
	m := heritage.MuseumID(mus.ID)
	hall := publish(w, w.Places, create(w, w.Places, registrar, heritage.PlaceFields{Name: name("一号展厅"), Kind: "gallery", MuseumID: m}).ID)
	box := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("三号柜"), Kind: "case", MuseumID: m, ParentID: heritage.PlaceID(hall.ID)})
	rec, err := w.Relics.Create(ctx, registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Ledger: heritage.Held,
		Fields: heritage.RelicFields{Name: name("罐"), MuseumID: m, PlaceID: heritage.PlaceID(box.ID)}})
	must(t, err)
	publish(w, w.Relics, rec.ID)
	gallery := func() string {
		t.Helper()
		v, _, err := w.PublicRelic(ctx, rec.ID)
		must(t, err)
		d := w.entry("relics", rec.ID).Public
		lacks(t, "a view", asText(t, v)+asText(t, d), "三号柜", box.ID)
		onView := len(d.Facets["onView"]) == 1
		if onView != (v.Gallery != nil) {
			t.Error("view and index disagree")
		}
		if v.Gallery == nil {
			return ""
		}
		return v.Gallery.Name.ZH
	}
	if got := gallery(); got != "一号展厅" {
		t.Errorf("gallery %q", got)
	}
	_, err = w.Relics.EnterLedger(ctx, registrar, rec.ID, 0, heritage.LedgerChange{State: heritage.OnLoan, Reason: "借展"})
	must(t, err)
	if got := gallery(); got != "" {
		t.Errorf("on loan, but in %q", got)
	}
	_, err = w.Relics.EnterLedger(ctx, registrar, rec.ID, 0, heritage.LedgerChange{State: heritage.Held, Reason: "归还"})
	must(t, err)
	f := hall.Fields
	f.Store = true // the hall is turned into a store
	_, err = w.Places.Change(ctx, registrar, hall.ID, hall.Rev, f, "")
	must(t, err)
	if got := gallery(); got != "" {
		t.Errorf("in a store, but told to be in %q", got)
	}
	_, _, err = w.PublicPlace(ctx, hall.ID)
	wantErr(t, err, heritage.ErrNotFound)
	if w.entry("places", hall.ID).Public != nil {
		t.Error("a store stays in the public index")
	}
}

func TestPartsKnowTheirSetAndTheReverse(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	set := publish(w, w.Relics, create(w, w.Relics, registrar, heritage.RelicFields{Name: name("编钟")}).ID)
	part := func(n string) *heritage.Relic {
		return create(w, w.Relics, registrar, heritage.RelicFields{Name: name(n), PartOf: heritage.RelicID(set.ID)})
	}
	one := publish(w, w.Relics, part("钟一").ID)
	part("钟二") // a draft
	v, _, err := w.PublicRelic(ctx, set.ID)
	must(t, err)
	if diff := cmp.Diff([]heritage.Named{{ID: one.ID, Name: name("钟一")}}, v.Parts); diff != "" {
		t.Error(diff)
	}
	p, _, err := w.PublicRelic(ctx, one.ID)
	must(t, err)
	if p.PartOf == nil || p.PartOf.ID != set.ID {
		t.Errorf("part of %v", p.PartOf)
	}
	page, _, err := w.PublicRelics(ctx, heritage.PublicFilter{Set: heritage.RelicID(set.ID)}, 10, "")
	must(t, err)
	if len(page) != 1 {
		t.Errorf("%d parts listed", len(page))
	}
	_, _, err = w.PublicSites(ctx, heritage.PublicFilter{Set: heritage.RelicID(set.ID)}, 10, "")
	wantErr(t, err, heritage.ErrFilter)
	_, _, err = w.PublicRelics(ctx, heritage.PublicFilter{Category: "bronze", Museum: "x"}, 10, "")
	wantErr(t, err, heritage.ErrFilter)
}

func TestSearchKnowsTheWordsOfCodes(t *testing.T) {
	w := newWorld(t)
	r := w.refs()
	mus := publish(w, w.Museums, create(w, w.Museums, registrar, heritagetest.Museum(r)).ID)
	r.Museum = heritage.MuseumID(mus.ID)
	relic := publish(w, w.Relics, create(w, w.Relics, registrar, heritagetest.Relic(r)).ID)
	d := w.entry("relics", relic.ID).Public
	body := strings.Join(append(append([]string{}, d.Body...), d.Names...), "\n")
	for _, word := range []string{"铜器", "bronze", "一级", "Grade I", "春秋中期", "周", "示范博物馆", "Demo museum", "演示方壶", "演示銅壺", "旧称壶", "示范遗址"} {
		if !strings.Contains(body, word) {
			t.Errorf("it is not found by %q", word)
		}
	}
	want := map[string][]string{"category": {"bronze"}, "grade": {"grade-1"}, "material": {"copper"}, "era": {"zhou"}, "museum": {mus.ID},
		"city": {"郑州市"}, "county": {"登封市"}, "simulated": {"true"}, "unverified": {"true"}}
	if diff := cmp.Diff(want, d.Facets); diff != "" {
		t.Error(diff)
	}
	if *d.FromYear != -670 || *d.ToYear != -570 || d.Image != r.Asset || d.Weight != 0.5 {
		t.Errorf("years %d to %d, image %s, weight %v", *d.FromYear, *d.ToYear, d.Image, d.Weight)
	}
	site := publish(w, w.Sites, create(w, w.Sites, registrar, heritage.SiteFields{Name: name("遗址"), Class: "ancient-site", Level: "national", Batch: ptr(3),
		Period: heritage.Period{Text: name("旧石器时代"), FromYear: ptr(-2_000_000), ToYear: ptr(-10_000)}}).ID)
	s := w.entry("sites", site.ID).Public
	if diff := cmp.Diff(map[string][]string{"class": {"ancient-site"}, "level": {"national"}, "batch": {"3"}, "era": {"palaeolithic"}}, s.Facets); diff != "" {
		t.Error(diff)
	}
	if *s.FromYear != -2_000_000 {
		t.Errorf("from %d", *s.FromYear)
	}
	for _, c := range []struct{ facet, value, zh, en string }{
		{"category", "bronze", "铜器", "Bronzes and copperware"}, {"grade", "grade-1", "一级", "Grade I"}, {"grade", "first", "国家一级博物馆", "National museum of the first grade"},
		{"era", "tang", "唐", "Tang"}, {"city", "郑州市", "郑州市", "Zhengzhou"}, {"museum", mus.ID, "示范博物馆", "Demo museum"}, {"review", "inReview", "待审", "In review"},
		{"level", "national", "全国重点文物保护单位", "National key unit"}, {"batch", "3", "3", "3"}, {"county", "登封市", "登封市", "登封市"},
		{"free", "true", "免费", "Free"}, {"free", "false", "收费", "Paid"}, {"onView", "true", "正在展出", "On view"},
	} {
		if zh := w.Labels(tourist).Label(t.Context(), c.facet, c.value, fault.Chinese); zh != c.zh {
			t.Errorf("%s %s is %q", c.facet, c.value, zh)
		}
		if en := w.Labels(tourist).Label(t.Context(), c.facet, c.value, fault.English); en != c.en {
			t.Errorf("%s %s is %q in English", c.facet, c.value, en)
		}
	}
}

// TestAHitNamesWhoKeepsTheThingAndWhereThatIs: a visitor learns the published name and
// position of a museum and nothing of one that is hidden; staff learn whose the
// record is besides, and no confidential position.
func TestAHitNamesWhoKeepsTheThingAndWhereThatIs(t *testing.T) {
	w := newWorld(t)
	mus := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("演示馆"), Location: &heritage.GeoPoint{Lon: 113.5, Lat: 34.5, PrecisionM: 100}})
	relic := publish(w, w.Relics, create(w, w.Relics, registrar, heritage.RelicFields{Name: name("鼎"), MuseumID: heritage.MuseumID(mus.ID)}).ID)
	e := w.entry("relics", relic.ID)
	if e.Public.Show["holderZh"] != "" || e.Public.Show["org"] != "" || e.Public.Point != nil {
		t.Errorf("a hidden museum is told: %v at %v", e.Public.Show, e.Public.Point)
	}
	if e.Staff.Show["holderZh"] != "演示馆" || e.Staff.Show["org"] != string(relic.Org) || e.Staff.Point == nil || e.Staff.Point.Lon != 113.5 {
		t.Errorf("staff are told %v at %v", e.Staff.Show, e.Staff.Point)
	}
	mus = publish(w, w.Museums, mus.ID)
	e = w.entry("relics", relic.ID)
	if e.Public.Show["holderZh"] != "演示馆" || e.Public.Show["org"] != "" || e.Public.Point == nil || e.Public.Point.Lat != 34.5 {
		t.Errorf("a published museum: %v at %v", e.Public.Show, e.Public.Point)
	}
	f := mus.Fields
	f.Location = &heritage.GeoPoint{Lon: 113.5, Lat: 34.5, PrecisionM: 100, Confidential: true}
	_, err := w.Museums.Change(t.Context(), registrar, mus.ID, 0, f, "")
	must(t, err)
	if e = w.entry("relics", relic.ID); e.Public.Point != nil || e.Staff.Point != nil {
		t.Errorf("a confidential position is told: %v, staff %v", e.Public.Point, e.Staff.Point)
	}
}

func TestARenamedMuseumChangesTheDocumentsOfItsRelics(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	r := w.refs()
	deps := func(collection, id string) []string {
		t.Helper()
		refs, err := w.Search().Dependents(ctx, w.st, store.Change{Collection: collection, ID: id, Op: store.OpPut})
		must(t, err)
		var out []string
		for _, ref := range refs {
			out = append(out, ref.Collection+" "+ref.ID)
		}
		return out
	}
	inner := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("柜"), MuseumID: r.Museum, ParentID: r.Place})
	r2 := r
	r2.Place = heritage.PlaceID(inner.ID)
	relic := create(w, w.Relics, registrar, heritagetest.Relic(r2))
	if diff := cmp.Diff([]string{"relics " + relic.ID, "places " + string(r.Place), "places " + inner.ID}, deps("museums", string(r.Museum))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"places " + inner.ID, "relics " + relic.ID}, deps("places", string(r.Place))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"relics " + relic.ID}, deps("relics", string(r.Set))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"relics " + relic.ID}, deps("sites", string(r.Site))); diff != "" {
		t.Error(diff)
	}
	if d := deps("areas", "x"); d != nil {
		t.Errorf("a change elsewhere has %v", d)
	}
	if e, err := w.Search().Map(ctx, w.st, "areas", "x"); err != nil || e != nil {
		t.Errorf("a record of another domain is mapped: %v, %v", e, err)
	}
	if _, err := w.RelicManifests().Manifest(ctx, w.st, tourist, "x"); !errors.Is(err, heritage.ErrNotFound) {
		t.Errorf("a manifest of nothing: %v", err)
	}
}
