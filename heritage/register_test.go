package heritage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

func TestWhoMayDoWhat(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	for _, c := range []struct {
		who                                         actor.Actor
		read, change, remove, submit, approve, show error
	}{
		{registrar, nil, nil, nil, nil, heritage.ErrDenied, heritage.ErrNotReviewed},
		{keeper, nil, nil, heritage.ErrDenied, nil, heritage.ErrDenied, heritage.ErrDenied},
		{reviewer, nil, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrReviewStep, heritage.ErrNotReviewed},
		{admin, nil, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied},
		{auditor, nil, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied, heritage.ErrDenied},
		{stranger, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound},
		{tourist, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound, heritage.ErrNotFound},
	} {
		t.Run("as "+c.who.Name, func(t *testing.T) {
			rec := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("演示陶罐")})
			_, err := w.Relics.Record(ctx, c.who, rec.ID)
			wantErr(t, err, c.read)
			_, _, err = w.Relics.History(ctx, c.who, rec.ID, 10, "")
			wantErr(t, err, c.read)
			_, err = w.Relics.Revision(ctx, c.who, rec.ID, 1)
			wantErr(t, err, c.read)
			_, err = w.Relics.Change(ctx, c.who, rec.ID, 1, heritage.RelicFields{Name: name("改名")}, "")
			wantErr(t, err, c.change)
			_, err = w.Relics.Review(ctx, c.who, rec.ID, 0, heritage.Approve, "")
			wantErr(t, err, c.approve)
			_, err = w.Relics.Publish(ctx, c.who, rec.ID, 0)
			wantErr(t, err, c.show)
			_, err = w.Relics.Review(ctx, c.who, rec.ID, 0, heritage.Submit, "")
			wantErr(t, err, c.submit)
			now, err := w.Relics.Record(ctx, registrar, rec.ID)
			must(t, err)
			wantErr(t, w.Relics.Remove(ctx, c.who, rec.ID, now.Rev, "录入错误"), c.remove)
		})
	}
}

func TestARecordIsKeptInOnesOwnOrganisation(t *testing.T) {
	w := newWorld(t)
	f := heritage.RelicFields{Name: name("演示陶罐")}
	for org, want := range map[actor.OrgID]error{"demo-museum": nil, "demo-museum-b": heritage.ErrOrgDenied, "Bad Org": fault.ErrInvalid, "": fault.ErrInvalid} {
		_, err := w.Relics.Create(t.Context(), registrar, heritage.NewRecord[heritage.RelicFields]{Org: org, Fields: f})
		wantErr(t, err, want)
	}
}

func TestTwoRelicsMayBearOneNameAndDifferByHolderAndNumber(t *testing.T) {
	w := newWorld(t)
	a := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范博物馆")})
	b := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范分馆")})
	relic := func(m *heritage.Museum, kind, value string) error {
		_, err := w.Relics.Create(t.Context(), registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Fields: heritage.RelicFields{
			Name: name("莲鹤方壶"), MuseumID: heritage.MuseumID(m.ID), Number: &heritage.Number{Kind: "register", Value: value}}})
		return err
	}
	must(t, relic(a, "register", "001"))
	must(t, relic(a, "register", "002"))
	must(t, relic(b, "register", "001"))
	err := relic(a, "register", "００１")
	wantErr(t, err, heritage.ErrNumberTaken)
	wantField(t, err, "number.value", heritage.ErrNumberTaken)
}

func TestWhereAThingStandsIsNoPartOfWhatItsRecordSays(t *testing.T) {
	w := newWorld(t)
	mus := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范博物馆")})
	hall := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("一号展厅"), Kind: "gallery", MuseumID: heritage.MuseumID(mus.ID)})
	rec := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("演示陶罐")})
	rec = review(w, w.Relics, rec.ID)
	f := rec.Fields
	f.PlaceID, f.InternalNotes = heritage.PlaceID(hall.ID), "移入展厅"
	rec, err := w.Relics.Change(t.Context(), keeper, rec.ID, rec.Rev, f, "")
	must(t, err)
	if rec.Review.State != heritage.Reviewed || rec.Fields.PlaceID != heritage.PlaceID(hall.ID) {
		t.Errorf("review %s, place %s", rec.Review.State, rec.Fields.PlaceID)
	}
	same, err := w.Relics.Change(t.Context(), keeper, rec.ID, rec.Rev, rec.Fields, "")
	must(t, err)
	if same.Rev != rec.Rev {
		t.Error("equal content made a revision")
	}
}

func TestAStaleRevisionIsRefusedAndNothingIsLost(t *testing.T) {
	w := newWorld(t)
	rec := create(w, w.Sites, registrar, heritage.SiteFields{Name: name("古塔")})
	first := rec.Fields
	first.Name = name("甲的改动")
	_, err := w.Sites.Change(t.Context(), registrar, rec.ID, 1, first, "")
	must(t, err)
	second := rec.Fields
	second.Name = name("乙的改动")
	_, err = w.Sites.Change(t.Context(), keeper, rec.ID, 1, second, "")
	wantErr(t, err, store.ErrConflict)
	wantErr(t, w.Sites.Remove(t.Context(), registrar, rec.ID, 1, "重复"), store.ErrConflict)
	now, err := w.Sites.Record(t.Context(), registrar, rec.ID)
	must(t, err)
	if now.Fields.Name.ZH != "甲的改动" {
		t.Errorf("the name is %s", now.Fields.Name.ZH)
	}
}

func TestRemovalLeavesATombstone(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	rec := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("录错的罐")})
	wantField(t, w.Relics.Remove(ctx, registrar, rec.ID, 1, "  "), "reason", heritage.ErrReason)
	must(t, w.Relics.Remove(ctx, registrar, rec.ID, 1, "重复录入"))
	_, err := w.Relics.Record(ctx, registrar, rec.ID)
	wantErr(t, err, heritage.ErrNotFound)
	stones, err := w.Tombstones(ctx, registrar, "", 10, "")
	must(t, err)
	if len(stones.Items) != 1 || stones.Items[0].Doc != rec.ID || stones.Items[0].Reason != "重复录入" || stones.Items[0].By.ID != "registrar" {
		t.Fatalf("tombstones: %+v", stones.Items)
	}
	if others, err := w.Tombstones(ctx, stranger, "", 10, ""); err != nil || len(others.Items) != 0 {
		t.Errorf("another museum's registrar sees %d tombstones, %v", len(others.Items), err)
	}
	_, err = w.Tombstones(ctx, stranger, "demo-museum", 10, "")
	wantErr(t, err, heritage.ErrDenied)
	_, err = w.Tombstones(ctx, tourist, "", 10, "")
	wantErr(t, err, heritage.ErrDenied)
	history, _, err := w.Relics.History(ctx, registrar, rec.ID, 10, "")
	must(t, err)
	if len(history) != 2 || history[0].Action != "relic.remove" || history[0].Reason != "重复录入" {
		t.Errorf("history: %+v", history)
	}
	_, _, err = w.Relics.History(ctx, stranger, rec.ID, 10, "")
	wantErr(t, err, heritage.ErrNotFound)
	old, err := w.Relics.Revision(ctx, registrar, rec.ID, 1)
	must(t, err)
	if old.Fields.Name.ZH != "录错的罐" {
		t.Errorf("revision 1 is %s", old.Fields.Name.ZH)
	}
}

func TestWhatOthersNeedIsNotRemoved(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	mus := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范博物馆")})
	m := heritage.MuseumID(mus.ID)
	room := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("库房"), Kind: "store", MuseumID: m})
	site := create(w, w.Sites, registrar, heritage.SiteFields{Name: name("遗址")})
	set := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("编钟")})
	bell := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("钟一"), MuseumID: m, PlaceID: heritage.PlaceID(room.ID), FindSite: heritage.SiteID(site.ID), PartOf: heritage.RelicID(set.ID)})
	wantErr(t, w.Museums.Remove(ctx, registrar, mus.ID, 1, "x"), heritage.ErrInUse)
	wantErr(t, w.Places.Remove(ctx, registrar, room.ID, 1, "x"), heritage.ErrInUse)
	wantErr(t, w.Sites.Remove(ctx, registrar, site.ID, 1, "x"), heritage.ErrInUse)
	wantErr(t, w.Relics.Remove(ctx, registrar, set.ID, 1, "x"), heritage.ErrInUse)
	must(t, w.Relics.Remove(ctx, registrar, bell.ID, 1, "x"))
	must(t, w.Relics.Remove(ctx, registrar, set.ID, 1, "x"))
	must(t, w.Sites.Remove(ctx, registrar, site.ID, 1, "x"))
	must(t, w.Places.Remove(ctx, registrar, room.ID, 1, "x"))
	must(t, w.Museums.Remove(ctx, registrar, mus.ID, 1, "x"))

	held := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("入账的罐")})
	_, err := w.Relics.EnterLedger(ctx, registrar, held.ID, 0, heritage.LedgerChange{State: heritage.Held, Reason: "入藏"})
	must(t, err)
	review(w, w.Relics, held.ID)
	wantErr(t, w.Relics.Remove(ctx, registrar, held.ID, 0, "x"), heritage.ErrRegistered)
}

func TestReferencesExistAndDoNotRunInCircles(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	mus := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("示范博物馆")})
	other := create(w, w.Museums, stranger, heritage.MuseumFields{Name: name("示范二馆")})
	m := heritage.MuseumID(mus.ID)
	relic := func(f heritage.RelicFields) error {
		f.Name = name("罐")
		_, err := w.Relics.Create(ctx, registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Fields: f})
		return err
	}
	wantField(t, relic(heritage.RelicFields{MuseumID: heritage.MuseumID(ids.New())}), "museumId", heritage.ErrReference)
	wantField(t, relic(heritage.RelicFields{MuseumID: heritage.MuseumID(other.ID)}), "museumId", heritage.ErrReference)
	wantField(t, relic(heritage.RelicFields{PlaceID: heritage.PlaceID(mus.ID)}), "placeId", heritage.ErrReference)

	top := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("楼"), MuseumID: m})
	mid := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("层"), MuseumID: m, ParentID: heritage.PlaceID(top.ID)})
	low := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("柜"), MuseumID: m, ParentID: heritage.PlaceID(mid.ID)})
	for _, parent := range []string{top.ID, low.ID} {
		f := top.Fields
		f.ParentID = heritage.PlaceID(parent)
		_, err := w.Places.Change(ctx, registrar, top.ID, 1, f, "")
		wantField(t, err, "parentId", heritage.ErrCycle)
	}
	second := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("分馆")})
	_, err := w.Places.Create(ctx, registrar, heritage.NewRecord[heritage.PlaceFields]{Org: "demo-museum", Fields: heritage.PlaceFields{Name: name("柜"), MuseumID: heritage.MuseumID(second.ID), ParentID: heritage.PlaceID(top.ID)}})
	wantField(t, err, "parentId", heritage.ErrOtherMuseum)
}

// TestAPlaceInAStoreIsKnownToThoseOnlyWhoMayKnowStores: the administrator reads
// records, but not where things are stored.
func TestAPlaceInAStoreIsKnownToThoseOnlyWhoMayKnowStores(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	m := heritage.MuseumID(create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆")}).ID)
	store := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("一号库"), MuseumID: m, Kind: "store"})
	shelf := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("三号柜"), MuseumID: m, ParentID: heritage.PlaceID(store.ID)})
	hall := create(w, w.Places, registrar, heritage.PlaceFields{Name: name("序厅"), MuseumID: m})
	seen := func(by actor.Actor) (names []string) {
		page, _, err := w.Places.List(ctx, by, heritage.Filter{Org: "demo-museum"}, 50, "")
		must(t, err)
		for _, p := range page {
			names = append(names, p.Fields.Name.ZH)
		}
		return names
	}
	if d := cmp.Diff([]string{"序厅"}, seen(admin)); d != "" {
		t.Error(d)
	}
	if n := len(seen(keeper)); n != 3 {
		t.Errorf("the keeper sees %d places", n)
	}
	for _, id := range []string{store.ID, shelf.ID} {
		_, err := w.Places.Record(ctx, admin, id)
		wantErr(t, err, heritage.ErrNotFound)
		_, _, err = w.Places.History(ctx, admin, id, 10, "")
		wantErr(t, err, heritage.ErrNotFound)
	}
	for _, id := range []string{shelf.ID, store.ID, hall.ID} {
		must(t, w.Places.Remove(ctx, registrar, id, 0, "拆除"))
	}
	for by, want := range map[string]int{"admin": 1, "registrar": 3} {
		page, err := w.Tombstones(ctx, map[string]actor.Actor{"admin": admin, "registrar": registrar}[by], "demo-museum", 10, "")
		must(t, err)
		if len(page.Items) != want || want == 1 && page.Items[0].Name.ZH != "序厅" {
			t.Errorf("%s sees %d tombstones", by, len(page.Items))
		}
	}
	_, _, err := w.Places.History(ctx, admin, shelf.ID, 10, "")
	wantErr(t, err, heritage.ErrNotFound)
}

func TestANameIsToldOfWhatIsPublicOnly(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	m := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("未公开馆")})
	got, org, public, err := w.Name(ctx, w.st, heritage.KindMuseum, m.ID)
	if err != nil || got.ZH != "" || org != "demo-museum" || public {
		t.Errorf("hidden: %v %s %v %v", got, org, public, err)
	}
	publish(w, w.Museums, m.ID)
	if got, _, public, err = w.Name(ctx, w.st, heritage.KindMuseum, m.ID); err != nil || got.ZH != "未公开馆" || !public {
		t.Errorf("published: %v %v %v", got, public, err)
	}
}
