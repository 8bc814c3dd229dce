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
	"yijianyou/tourism"
)

// blind is a heritage.Assets without pictures.
type blind struct{}

func (blind) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, media.ErrNotFound.New()
}
func (blind) SetRights(*store.Tx, string, string, media.Rights) error    { return nil }
func (blind) FollowRights(*store.Tx, string, string, media.Rights) error { return nil }

func newDeps(t *testing.T, twice bool) Deps {
	t.Helper()
	var all []store.Declared
	all = append(append(append(all, heritage.Collections()...), tourism.Collections()...), Collections()...)
	st := storetest.NewWith(t, store.Options{RunTwice: twice}, all...)
	h := heritage.New(heritage.Options{Store: st, Assets: blind{}, SortKey: chinese.SortKey})
	return Deps{Store: st, Heritage: h, Tourism: tourism.New(tourism.Options{Store: st, Assets: blind{}, Catalogue: h, SortKey: chinese.SortKey})}
}

func TestLoadWritesEverythingOnce(t *testing.T) {
	d, ctx := newDeps(t, false), t.Context()
	res, err := Load(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded %v in %v", res.Records, res.Took)
	want := map[string]int{"museums": 25, "sites": 420, "relics": 78, "places": 69, "examples": 210, "areas": 17, "spots": 87, "paths": 58, "stories": 59}
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
	for c, n := range map[string]int{"relics": 218, "sites": 420, "museums": 25, "areas": 15, "spots": 87, "stories": 59, "places": 29} {
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
