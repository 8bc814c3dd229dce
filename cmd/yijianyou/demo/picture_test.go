package demo

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/search/chinese"
	"yijianyou/tourism"
)

// newMediaDeps are what the loader works through with pictures and sound, but no devices.
func newMediaDeps(t *testing.T, twice bool) Deps {
	t.Helper()
	var all []store.Declared
	for _, list := range [][]store.Declared{heritage.Collections(), tourism.Collections(), media.Collections(), Collections()} {
		all = append(all, list...)
	}
	st := storetest.NewWith(t, store.Options{RunTwice: twice}, all...)
	m := newMedia(t, st)
	h := heritage.New(heritage.Options{Store: st, Assets: m, SortKey: chinese.SortKey})
	return Deps{Store: st, Heritage: h, Media: m, Tourism: tourism.New(tourism.Options{Store: st, Assets: m, Catalogue: h, SortKey: chinese.SortKey})}
}

func newMedia(t *testing.T, st *store.Store) *media.Service {
	t.Helper()
	originals, err := media.OpenOriginals(t.Context(), filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := media.New(media.Config{Store: st, Originals: originals, Dir: t.TempDir(), MaxBytes: 64 << 20, Rules: heritage.PictureRules(), Grades: heritage.Grades()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = m.Close(), originals.Close() }) // the test is over
	return m
}

func TestAPictureIsDrawnAttachedAndPublic(t *testing.T) {
	if testing.Short() {
		t.Skip("renders a drawing of 13 megapixels")
	}
	d, ctx := newMediaDeps(t, false), t.Context()
	st, m, h := d.Store, d.Media, d.Heritage

	museums, err := Museums()
	if err != nil {
		t.Fatal(err)
	}
	sites, err := Sites()
	if err != nil {
		t.Fatal(err)
	}
	l := &loader{Deps: d, ctx: ctx, progress: &Progress{Version: Version, Done: map[string]int{}}}
	l.progress.ID, l.progress.Org = progressID, Henan
	if err := records(l, "museums", h.Museums, published(museums)); err != nil {
		t.Fatal(err)
	}
	if err := records(l, "sites", h.Sites, published(sites)); err != nil {
		t.Fatal(err)
	}
	list, err := Relics()
	if err != nil {
		t.Fatal(err)
	}
	if err := records(l, "relics", h.Relics, published(list[:1])); err != nil {
		t.Fatal(err)
	}

	work, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = store.NewRunner(st, store.RunnerOptions{Handlers: m.Handlers(), Workers: 1}).Run(work) // ends with work
	}()
	defer func() { stop(); <-ended }()

	pictures, err := Pictures()
	if err != nil {
		t.Fatal(err)
	}
	if pictures[0].ID != string(RelicID("relic-001")) {
		t.Fatalf("the first picture is of %s", pictures[0].Spec.TitleZH)
	}
	done, err := d.picture(ctx, pictures[0], 900)
	if err != nil || !done {
		t.Fatalf("done %v: %v", done, err)
	}
	rec, err := h.Relics.Record(ctx, By(), pictures[0].ID)
	if err != nil || rec.Shown == nil || len(rec.Shown.Images) != 1 || !rec.Shown.Images[0].Drawing {
		t.Fatalf("the picture is not shown: %+v, %v", rec, err)
	}
	a, err := m.Asset(ctx, st, rec.Shown.Images[0].AssetID)
	if err != nil || a.Audience() != media.Public || max(a.Width, a.Height) != 900 {
		t.Errorf("asset %+v, %v", a, err)
	}
	if a.Terms != Terms(a.Org) {
		t.Errorf("terms %+v", a.Terms)
	}
	if done, err := d.picture(ctx, pictures[0], 900); err != nil || done {
		t.Errorf("drawn twice: %v, %v", done, err)
	}
	// the others of the list are not in this store and are passed over
	if done, err := d.picture(ctx, pictures[1], 900); err != nil || done {
		t.Errorf("a record that is gone: %v, %v", done, err)
	}
}

// TestTheModelMuseumShowsASmallerMarkedPicture: what the picture policy does can be
// seen without any setting.
func TestTheModelMuseumShowsASmallerMarkedPicture(t *testing.T) {
	pictures, err := Pictures()
	if err != nil {
		t.Fatal(err)
	}
	items, err := ExampleItems()
	if err != nil {
		t.Fatal(err)
	}
	grades := map[string]string{}
	for _, it := range items {
		grades[it.ID] = string(it.Fields.Grade)
	}
	marked, smaller, whole := 0, 0, 0
	for _, p := range pictures {
		if p.Org != MuseumOrg {
			continue
		}
		switch grade := grades[p.ID]; {
		case slices.Contains(Policies()[MuseumOrg][1].Grades, grade):
			marked++
		case slices.Contains(Policies()[MuseumOrg][2].Grades, grade):
			smaller++
		default:
			whole++
		}
	}
	if marked == 0 || smaller == 0 || whole == 0 {
		t.Errorf("%d drawings are marked, %d smaller, %d whole", marked, smaller, whole)
	}
}

func TestThePoliciesOfTheDemoAreStoredOnce(t *testing.T) {
	st := storetest.NewWith(t, store.Options{}, media.Collections()...)
	m := newMedia(t, st)
	d := Deps{Store: st, Media: m}
	for range 2 {
		if err := d.policies(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for org, rules := range Policies() {
		p, err := m.Policy(t.Context(), By(), org)
		if err != nil || p.Rev != 1 || len(p.Rules) != len(rules) {
			t.Errorf("%s: %+v %v", org, p, err)
		}
	}
}
