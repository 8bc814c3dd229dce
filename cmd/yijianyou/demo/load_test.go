package demo

import (
	"context"
	"errors"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/search"
	"yijianyou/search/chinese"
	"yijianyou/sensors"
	"yijianyou/tourism"
)

// blind is a heritage.Assets without pictures.
type blind struct{}

func (blind) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, media.ErrNotFound.New()
}
func (blind) SetShown(*store.Tx, string, string, []string) error    { return nil }
func (blind) FollowShown(*store.Tx, string, string, []string) error { return nil }

func newDeps(t *testing.T, twice bool) Deps {
	t.Helper()
	var all []store.Declared
	for _, list := range [][]store.Declared{heritage.Collections(), tourism.Collections(), sensors.Collections(), Collections()} {
		all = append(all, list...)
	}
	st := storetest.NewWith(t, store.Options{RunTwice: twice}, all...)
	h := heritage.New(heritage.Options{Store: st, Assets: blind{}, SortKey: chinese.SortKey})
	tm := tourism.New(tourism.Options{Store: st, Assets: blind{}, Catalogue: h, SortKey: chinese.SortKey})
	return Deps{Store: st, Heritage: h, Tourism: tm, Secret: secretOf,
		Sensors: sensors.New(sensors.Options{Store: st, Catalogue: h, Orders: h.Movements, Loans: h.Movements, Assets: blind{}, Areas: tm})}
}

func secretOf(id sensors.DeviceID) string { return "secret of a device of the tests: " + string(id) }

func TestLoadWritesEverythingOnce(t *testing.T) {
	d, ctx := newDeps(t, false), t.Context()
	res, err := Load(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded %v in %v", res.Records, res.Took)
	want := map[string]int{"museums": 25, "sites": 420, "relics": 78, "places": 69, "examples": 210, "exhibitions": 2, "areas": 17, "spots": 87, "paths": 58, "stories": 59,
		"zones": 13, "devices": 23, "tags": 81, "bindings": 81}
	for step, n := range want {
		if res.Records[step] != n {
			t.Errorf("%s: %d records, want %d", step, res.Records[step], n)
		}
	}
	if res.Took > 15*time.Second {
		t.Logf("SLOW: %v, the budget is 15 s", res.Took)
	}

	again, err := Load(ctx, d)
	if err != nil || !again.Already {
		t.Fatalf("second load: %+v, %v", again, err)
	}

	// what the model house has
	if _, err := d.Sensors.Authenticate(ctx, "demo-portal-main", secretOf("demo-portal-main"), "127.0.0.1"); err != nil {
		t.Errorf("a device of the demo may not come in: %v", err)
	}
	tag, err := d.Sensors.Tags.Record(ctx, By(), string(TagIDOf(1)))
	if err != nil || tag.Binding == nil || tag.Binding.RelicID != heritage.RelicID(ID("relic", "demo-museum/001")) {
		t.Errorf("the first chip: %+v, %v", tag, err)
	}
	crowd, err := d.Tourism.PublicCrowd(ctx, string(AreaID("demo-area")))
	if err != nil || crowd.Fields.Capacity == nil || *crowd.Fields.Capacity.InstantMax != 2000 {
		t.Errorf("the model area: %+v, %v", crowd, err)
	}

	// what tourists see
	lotus, err := d.Heritage.Relics.Record(ctx, By(), string(RelicID("relic-001")))
	if err != nil || lotus.Shown == nil || lotus.Shown.Name.ZH != "莲鹤方壶" || lotus.Author.ID != "demo" {
		t.Fatalf("莲鹤方壶: %+v, %v", lotus, err)
	}
	sites, err := d.Heritage.Sites.Record(ctx, By(), SiteID("1-0048-3-001"))
	if err != nil || sites.Shown.Division.County.ZH != "登封市" || sites.Shown.AsListed.County.ZH != "登封县" || *sites.Shown.Period.FromYear != 25 {
		t.Fatalf("太室阙: %+v, %v", sites, err)
	}
	page, err := d.Tourism.Spots.PublicList(ctx, tourism.Filter{Area: AreaID("demo-area")}, 200, "")
	if err != nil || len(page.Items) != 40 {
		t.Fatalf("spots of 示范景区: %d, %v", len(page.Items), err)
	}
	page, err = d.Tourism.Spots.PublicList(ctx, tourism.Filter{Area: AreaID("henan-museum")}, 200, "")
	if err != nil || len(page.Items) != 6 {
		t.Fatalf("spots of the Henan Museum: %d, %v", len(page.Items), err)
	}

	// every document for both indexes is one that search accepts
	counts := map[string]int{}
	for _, src := range []search.Source{d.Heritage.Search(), d.Tourism} {
		for _, c := range src.Collections() {
			for _, spec := range d.Store.Specs() {
				if spec.Name != c {
					continue
				}
				for _, id := range idsOf(t, d.Store, c) {
					entries, err := src.Map(ctx, d.Store, c, id)
					if err != nil {
						t.Fatal(err)
					}
					for _, e := range entries {
						for _, doc := range []*search.Document{e.Public, e.Staff} {
							if doc == nil {
								continue
							}
							if err := doc.Check(); err != nil {
								t.Error(err)
							}
						}
						if e.Public != nil {
							counts[c]++
						}
					}
				}
			}
		}
	}
	for c, n := range map[string]int{"relics": 218, "sites": 420, "museums": 25, "areas": 15, "spots": 87, "stories": 59, "places": 29, "exhibitions": 2} {
		if counts[c] != n {
			t.Errorf("%d public search documents of %s, want %d", counts[c], c, n)
		}
	}
}

// idsOf lists the ids of a collection through the history, which names every
// document that was created.
func idsOf(t *testing.T, st *store.Store, collection string) []string {
	t.Helper()
	var out []string
	seen := map[string]bool{}
	err := store.History.Each(t.Context(), st, store.Query{Index: "byDoc", Equal: []any{collection}}, func(r *store.Revision) error {
		if !seen[r.Doc] {
			seen[r.Doc] = true
			out = append(out, r.Doc)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestALoadThatWasCutOffGoesOn(t *testing.T) {
	d := newDeps(t, true)
	ctx, stop := context.WithCancel(t.Context())
	l := &loader{Deps: d, ctx: ctx, progress: &Progress{Version: Version, Done: map[string]int{}}}
	l.progress.ID, l.progress.Org = progressID, Henan
	museums, err := Museums()
	if err != nil {
		t.Fatal(err)
	}
	if err := records(l, "museums", d.Heritage.Museums, published(append(museums, ExampleMuseums()...))); err != nil {
		t.Fatal(err)
	}
	stop()
	sites, err := Sites()
	if err != nil {
		t.Fatal(err)
	}
	if err := records(l, "sites", d.Heritage.Sites, published(sites)); err == nil {
		t.Fatal("a load with an ended context went on")
	}
	res, err := Load(t.Context(), d)
	if err != nil || res.Already || res.Records["sites"] != 420 {
		t.Fatalf("the second load: %+v, %v", res, err)
	}
	rec, err := d.Heritage.Museums.Record(t.Context(), By(), string(MuseumID("henan-museum")))
	if err != nil || rec.Rev != 4 {
		t.Errorf("a museum was written again: %+v, %v", rec, err)
	}
}

func TestTwoLoadsAtOnceDoTheWorkOnce(t *testing.T) {
	d := newDeps(t, false)
	errs := make(chan error, 2)
	for range 2 {
		go func() { _, err := Load(t.Context(), d); errs <- err }()
	}
	var failed int
	for range 2 {
		if err := <-errs; err != nil {
			failed++
			if !errors.Is(err, store.ErrConflict) {
				t.Errorf("the second load: %v", err)
			}
		}
	}
	if failed > 1 {
		t.Error("both loads failed")
	}
	res, err := Load(t.Context(), d)
	if err != nil || res.Records["stories"] != 59 {
		t.Errorf("after two loads: %+v, %v", res, err)
	}
}

func TestAnOlderDataSetGetsWhatIsNew(t *testing.T) {
	d, ctx := newDeps(t, false), t.Context()
	if _, err := Load(ctx, d); err != nil {
		t.Fatal(err)
	}
	p, err := progressDocs.Get(ctx, d.Store, progressID)
	if err != nil {
		t.Fatal(err)
	}
	p.Version = 1
	for _, step := range []string{"zones", "devices", "tags", "bindings"} {
		delete(p.Done, step)
	}
	if err := d.Store.Update(ctx, By(), func(tx *store.Tx) error { return progressDocs.Put(tx, p) }); err != nil {
		t.Fatal(err)
	}
	res, err := Load(ctx, d)
	if err != nil || res.Already || res.Records["bindings"] == 0 || res.Records["sites"] != 420 {
		t.Errorf("%+v, %v", res, err)
	}
	if again, err := Load(ctx, d); err != nil || !again.Already {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestTheSceneIsGivenToAGuestForAWhile(t *testing.T) {
	d, ctx := newDeps(t, true), t.Context()
	taken := func() bool {
		t.Helper()
		is, err := SceneTaken(ctx, d.Store)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	if taken() {
		t.Error("taken before anybody came")
	}
	if err := SetScene(ctx, d.Store, "mqtt://127.0.0.1:1883"); err != nil {
		t.Fatal(err)
	}
	if broker, err := TakeScene(ctx, d.Store, "guest"); err != nil || broker != "mqtt://127.0.0.1:1883" || !taken() {
		t.Errorf("%q %v", broker, err)
	}
	if err := LeaveScene(ctx, d.Store, "another"); err != nil || !taken() {
		t.Errorf("another gave it back: %v", err)
	}
	if err := LeaveScene(ctx, d.Store, "guest"); err != nil || taken() {
		t.Errorf("it is not given back: %v", err)
	}
}
