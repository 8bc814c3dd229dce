package heritage_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

func TestHistoryTellsFieldsAndRestores(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	rec := create(w, w.Sites, registrar, heritage.SiteFields{Name: name("旧名"), Location: &heritage.GeoPoint{Lon: 113, Lat: 34, PrecisionM: 50, Confidential: true}})
	f := rec.Fields
	f.Name, f.Class, f.Location = name("新名"), "ancient-tomb", &heritage.GeoPoint{Lon: 113.5, Lat: 34, PrecisionM: 50, Confidential: true}
	_, err := w.Sites.Change(ctx, keeper, rec.ID, 1, f, "更正")
	must(t, err)
	read := func(by actor.Actor) []heritage.Difference {
		t.Helper()
		h, _, err := w.Sites.History(ctx, by, rec.ID, 1, "")
		must(t, err)
		if h[0].Action != "site.change" || h[0].Reason != "更正" || h[0].By.ID != "keeper" || h[0].Rev != 2 {
			t.Errorf("the entry is %+v", h[0])
		}
		return h[0].Changes
	}
	want := []heritage.Difference{{Path: "class", New: "ancient-tomb"}, {Path: "location.lon", Old: 113.0, New: 113.5}, {Path: "name.zh", Old: "旧名", New: "新名"}}
	if diff := cmp.Diff(want, read(registrar)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]heritage.Difference{want[0], want[2]}, read(admin)); diff != "" {
		t.Errorf("who may not see places sees them in history:\n%s", diff)
	}
	back, err := w.Sites.Restore(ctx, registrar, rec.ID, 2, 1, "改回")
	must(t, err)
	if back.Rev != 3 || back.Fields.Name.ZH != "旧名" || back.Fields.Class != "" || back.Review.State != heritage.Draft {
		t.Errorf("restored: %+v", back)
	}
	_, err = w.Sites.Restore(ctx, registrar, rec.ID, 3, 99, "")
	wantErr(t, err, heritage.ErrNotFound)
	_, err = w.Sites.Restore(ctx, reviewer, rec.ID, 3, 1, "")
	wantErr(t, err, heritage.ErrDenied)
}

func TestManyAreTakenOneByOne(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	a := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("甲")})
	b := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("乙")})
	foreign := create(w, w.Relics, stranger, heritage.RelicFields{Name: name("丙")})
	targets := []heritage.Target{{ID: a.ID}, {ID: b.ID, Rev: 7}, {ID: foreign.ID}, {ID: ids.New()}}
	out, err := w.Relics.ReviewMany(ctx, registrar, targets, heritage.Submit, "")
	must(t, err)
	for i, want := range []error{nil, store.ErrConflict, heritage.ErrNotFound, heritage.ErrNotFound} {
		if out[i].ID != targets[i].ID || !errors.Is(out[i].Err, want) || (want == nil) != (out[i].Record != nil) {
			t.Errorf("%d: %v, want %v", i, out[i].Err, want)
		}
	}
	if out, err = w.Relics.ReviewMany(ctx, reviewer, targets[:1], heritage.Approve, ""); err != nil || out[0].Err != nil {
		t.Fatal(err, out[0].Err)
	}
	if out, err = w.Relics.PublishMany(ctx, reviewer, targets[:2]); err != nil || out[0].Err != nil || !errors.Is(out[1].Err, store.ErrConflict) {
		t.Fatal(err, out[0].Err, out[1].Err)
	}
	for _, bad := range [][]heritage.Target{nil, {{ID: a.ID}, {ID: a.ID}}, make([]heritage.Target, heritage.MaxBulk+1)} {
		_, err := w.Relics.WithdrawMany(ctx, reviewer, bad, "撤")
		wantField(t, err, "items", heritage.ErrBulk)
	}
}

func TestListsShowEachOnlyHisOwn(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	for _, n := range []string{"c", "a", "b"} {
		create(w, w.Relics, registrar, heritage.RelicFields{Name: name(n), Category: "pottery"})
	}
	create(w, w.Relics, stranger, heritage.RelicFields{Name: name("z"), Category: "pottery"})
	all := func(by actor.Actor, f heritage.Filter) string {
		t.Helper()
		var got, cursor string
		for {
			items, next, err := w.Relics.List(ctx, by, f, 2, cursor)
			must(t, err)
			for _, r := range items {
				got += r.Fields.Name.ZH
			}
			if next == "" {
				return got
			}
			cursor = next
		}
	}
	two := actor.Actor{Kind: actor.Staff, ID: "two", Grants: []actor.Grant{{Role: actor.Reviewer, Org: "demo-museum-b"}, {Role: actor.Reviewer, Org: "demo-museum"}}}
	for _, c := range []struct {
		by   actor.Actor
		f    heritage.Filter
		want string
	}{
		{registrar, heritage.Filter{}, "abc"},
		{stranger, heritage.Filter{}, "z"},
		{two, heritage.Filter{}, "abcz"},
		{auditor, heritage.Filter{}, "abcz"},
		{auditor, heritage.Filter{Org: "demo-museum-b"}, "z"},
		{auditor, heritage.Filter{Category: "pottery"}, "abcz"},
		{registrar, heritage.Filter{Category: "bronze"}, ""},
		{registrar, heritage.Filter{Publication: heritage.Published}, ""},
		{tourist, heritage.Filter{}, ""},
	} {
		if got := all(c.by, c.f); got != c.want {
			t.Errorf("%s, %+v: %q, want %q", c.by.ID, c.f, got, c.want)
		}
	}
	_, _, err := w.Relics.List(ctx, stranger, heritage.Filter{Org: "demo-museum"}, 2, "")
	wantErr(t, err, heritage.ErrNotFound)
	_, _, err = w.Relics.List(ctx, registrar, heritage.Filter{Category: "pottery", Review: heritage.Draft}, 2, "")
	wantErr(t, err, heritage.ErrFilter)
	_, next, err := w.Relics.List(ctx, registrar, heritage.Filter{}, 2, "")
	must(t, err)
	for _, bad := range []string{"%%%", "bm9uZQ", next + "A"} {
		_, _, err = w.Relics.List(ctx, registrar, heritage.Filter{}, 2, bad)
		wantErr(t, err, store.ErrCursor)
	}
	_, _, err = w.Relics.List(ctx, stranger, heritage.Filter{}, 2, next)
	wantErr(t, err, store.ErrCursor)
}

func TestRecordsOfAnOpenLoadAreNobodys(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	rec, err := w.Relics.Create(ctx, registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", LoadID: "load-1", Fields: heritage.RelicFields{Name: name("批量")}})
	must(t, err)
	w.loads["load-1"] = true
	_, err = w.Relics.Record(ctx, registrar, rec.ID)
	wantErr(t, err, heritage.ErrNotFound)
	items, _, err := w.Relics.List(ctx, registrar, heritage.Filter{}, 10, "")
	must(t, err)
	entries, err := w.Search().Map(ctx, w.st, "relics", rec.ID)
	must(t, err)
	if len(items) != 0 || entries[0].Staff != nil {
		t.Error("it is listed or found")
	}
	delete(w.loads, "load-1")
	items, _, err = w.Relics.List(ctx, registrar, heritage.Filter{Load: "load-1"}, 10, "")
	must(t, err)
	if len(items) != 1 {
		t.Error("a closed load is not listed")
	}
}
