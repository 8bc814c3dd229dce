package heritage_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/media"
)

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if want == nil && err != nil || want != nil && !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

// wantField fails the test unless err names the code at path.
func wantField(t *testing.T, err error, path string, code *fault.Code) {
	t.Helper()
	for _, f := range fault.Of(err).Fields() {
		if f.Path == path && f.Code == code {
			return
		}
	}
	t.Fatalf("error %v, want %s at %s", err, code.ID(), path)
}

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

func TestAReviewTakesTwoPersons(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	g := w.Relics
	fresh := func(author actor.Actor) string {
		return create(w, g, author, heritage.RelicFields{Name: name("演示陶罐")}).ID
	}
	step := func(by actor.Actor, id string, s heritage.ReviewStep) error {
		_, err := g.Review(ctx, by, id, 0, s, "年代有误")
		return err
	}
	t.Run("another may approve", func(t *testing.T) {
		id := fresh(keeper)
		must(t, step(registrar, id, heritage.Submit))
		must(t, step(reviewer, id, heritage.Approve))
	})
	t.Run("who submitted may not", func(t *testing.T) {
		id := fresh(keeper)
		must(t, step(both, id, heritage.Submit))
		wantErr(t, step(both, id, heritage.Approve), heritage.ErrOwnRequest)
	})
	t.Run("who wrote it may not, whoever submitted", func(t *testing.T) {
		id := fresh(both)
		must(t, step(registrar, id, heritage.Submit))
		wantErr(t, step(both, id, heritage.Approve), heritage.ErrOwnRequest)
	})
	t.Run("a draft cannot be approved, nor submitted twice", func(t *testing.T) {
		id := fresh(keeper)
		wantErr(t, step(reviewer, id, heritage.Approve), heritage.ErrReviewStep)
		must(t, step(registrar, id, heritage.Submit))
		wantErr(t, step(registrar, id, heritage.Submit), heritage.ErrReviewStep)
	})
	t.Run("it is sent back with a reason", func(t *testing.T) {
		id := fresh(keeper)
		must(t, step(registrar, id, heritage.Submit))
		_, err := g.Review(ctx, reviewer, id, 0, heritage.SendBack, " ")
		wantField(t, err, "reason", heritage.ErrReason)
		rec, err := g.Review(ctx, reviewer, id, 0, heritage.SendBack, "年代有误")
		must(t, err)
		if rec.Review.State != heritage.Draft || rec.Review.Remark != "年代有误" {
			t.Errorf("review is %+v", rec.Review)
		}
	})
	t.Run("who submitted may recall it, another may not", func(t *testing.T) {
		id := fresh(keeper)
		must(t, step(keeper, id, heritage.Submit))
		wantErr(t, step(registrar, id, heritage.Recall), heritage.ErrDenied)
		must(t, step(keeper, id, heritage.Recall))
	})
	t.Run("what was changed under review is a draft again", func(t *testing.T) {
		id := fresh(keeper)
		must(t, step(keeper, id, heritage.Submit))
		rec, err := g.Change(ctx, registrar, id, 2, heritage.RelicFields{Name: name("另一名称")}, "")
		must(t, err)
		if rec.Review.State != heritage.Draft {
			t.Errorf("review is %s", rec.Review.State)
		}
		wantErr(t, step(reviewer, id, heritage.Approve), heritage.ErrReviewStep)
	})
	t.Run("the reviewer approves the revision that he saw", func(t *testing.T) {
		id := fresh(keeper)
		must(t, step(keeper, id, heritage.Submit))
		_, err := g.Review(ctx, reviewer, id, 1, heritage.Approve, "")
		wantErr(t, err, store.ErrConflict)
	})
	t.Run("an unknown step is refused", func(t *testing.T) {
		wantField(t, step(reviewer, fresh(keeper), "skip"), "step", heritage.ErrChoice)
	})
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

func TestPublishingShowsWhatWasReviewedAndNothingElse(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	rec := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("初名")})
	_, err := w.Relics.Publish(ctx, reviewer, rec.ID, 0)
	wantErr(t, err, heritage.ErrNotReviewed)
	_, _, err = w.PublicRelic(ctx, rec.ID)
	wantErr(t, err, heritage.ErrNotFound)

	rec = publish(w, w.Relics, rec.ID)
	seen := func() string {
		t.Helper()
		v, _, err := w.PublicRelic(ctx, rec.ID)
		must(t, err)
		page, _, err := w.PublicRelics(ctx, heritage.PublicFilter{}, 10, "")
		must(t, err)
		if len(page) != 1 || page[0].Name != v.Name {
			t.Errorf("the list shows %d relics", len(page))
		}
		return v.Name.ZH
	}
	if seen() != "初名" {
		t.Errorf("tourists see %s", seen())
	}
	_, err = w.Relics.Publish(ctx, reviewer, rec.ID, 0)
	wantErr(t, err, heritage.ErrAlreadyShown)

	draft, err := w.Relics.Change(ctx, keeper, rec.ID, rec.Rev, heritage.RelicFields{Name: name("改名中")}, "")
	must(t, err)
	if draft.Review.State != heritage.Draft || draft.Publication.State != heritage.Published {
		t.Errorf("the draft is %s, %s", draft.Review.State, draft.Publication.State)
	}
	if seen() != "初名" {
		t.Errorf("the draft leaked: %s", seen())
	}
	review(w, w.Relics, rec.ID)
	if seen() != "初名" {
		t.Error("a review published it")
	}
	_, err = w.Relics.Publish(ctx, reviewer, rec.ID, 0)
	must(t, err)
	if seen() != "改名中" {
		t.Errorf("tourists see %s", seen())
	}
	wantErr(t, w.Relics.Remove(ctx, registrar, rec.ID, 0, "重复"), heritage.ErrStillPublished)
	_, err = w.Relics.Withdraw(ctx, reviewer, rec.ID, 0, "")
	wantField(t, err, "reason", heritage.ErrReason)
	gone, err := w.Relics.Withdraw(ctx, reviewer, rec.ID, 0, "资料有误")
	must(t, err)
	if gone.Publication.State != heritage.Withdrawn || gone.Ledger.State != heritage.Pending || gone.Review.State != heritage.Reviewed {
		t.Errorf("withdrawing touched another life: %+v", gone.Lives)
	}
	_, _, err = w.PublicRelic(ctx, rec.ID)
	wantErr(t, err, heritage.ErrNotFound)
	page, _, err := w.PublicRelics(ctx, heritage.PublicFilter{}, 10, "")
	must(t, err)
	if len(page) != 0 {
		t.Error("a withdrawn relic is listed")
	}
	_, err = w.Relics.Withdraw(ctx, reviewer, rec.ID, 0, "再次")
	wantErr(t, err, heritage.ErrPublicationStep)
}

func TestPicturesArePublicWhileAPublishedRecordShowsThem(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	shared, own, later := w.asset("demo-museum"), w.asset("demo-museum"), w.asset("demo-museum")
	want := func(t *testing.T, rule string, s, o, l media.Audience) {
		t.Helper()
		if w.audience(shared) != s || w.audience(own) != o || w.audience(later) != l {
			t.Errorf("%s: shared %q, own %q, later %q", rule, w.audience(shared), w.audience(own), w.audience(later))
		}
	}
	a := create(w, w.Relics, keeper, heritage.RelicFields{Name: name("甲"), Images: []heritage.ImageRef{{AssetID: shared}, {AssetID: own}}})
	b := create(w, w.Sites, keeper, heritage.SiteFields{Name: name("乙"), Images: []heritage.ImageRef{{AssetID: shared}}})
	want(t, "drafts are nobody's", "", "", "")
	a = publish(w, w.Relics, a.ID)
	publish(w, w.Sites, b.ID)
	want(t, "published", media.Public, media.Public, "")
	f := a.Fields
	f.Images = []heritage.ImageRef{{AssetID: later}}
	_, err := w.Relics.Change(ctx, keeper, a.ID, a.Rev, f, "")
	must(t, err)
	want(t, "a draft changes nothing", media.Public, media.Public, "")
	publish(w, w.Relics, a.ID)
	want(t, "replaced; the site still shows one", media.Public, media.Staff, media.Public)
	_, err = w.Sites.Withdraw(ctx, reviewer, b.ID, 0, "撤")
	must(t, err)
	want(t, "nobody shows it", media.Staff, media.Staff, media.Public)
	_, err = w.Relics.Withdraw(ctx, reviewer, a.ID, 0, "撤")
	must(t, err)
	want(t, "all withdrawn", media.Staff, media.Staff, media.Staff)

	_, err = w.Relics.Create(ctx, registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Fields: heritage.RelicFields{Name: name("丙"), Images: []heritage.ImageRef{{AssetID: w.asset("demo-museum-b")}}}})
	wantField(t, err, "images[0].assetId", heritage.ErrAsset)
	_, err = w.Relics.Create(ctx, registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Fields: heritage.RelicFields{Name: name("丁"), Images: []heritage.ImageRef{{AssetID: ids.New()}}}})
	wantField(t, err, "images[0].assetId", heritage.ErrAsset)
}

func TestTheLedgerTakesLawfulStepsOnly(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	approved := heritage.LedgerChange{Reason: "理由", Authority: "示范市文物局", Approval: "示文物〔2026〕1号", ApprovedOn: "2026-02-01"}
	to := func(s heritage.LedgerState) heritage.LedgerChange { c := approved; c.State = s; return c }
	for _, from := range heritage.LedgerStates {
		for _, next := range heritage.LedgerStates {
			rec := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("演示陶罐")})
			for _, s := range map[heritage.LedgerState][]heritage.LedgerState{heritage.Held: {heritage.Held}, heritage.OnLoan: {heritage.Held, heritage.OnLoan},
				heritage.Transferred: {heritage.Held, heritage.Transferred}, heritage.Deaccessioned: {heritage.Held, heritage.Deaccessioned}}[from] {
				_, err := w.Relics.EnterLedger(ctx, registrar, rec.ID, 0, to(s))
				must(t, err)
			}
			got, err := w.Relics.EnterLedger(ctx, registrar, rec.ID, 0, to(next))
			lawful := from == heritage.Pending && next == heritage.Held || from == heritage.OnLoan && next == heritage.Held ||
				from == heritage.Held && (next == heritage.OnLoan || next == heritage.Transferred || next == heritage.Deaccessioned)
			switch {
			case lawful && err != nil:
				t.Errorf("%s to %s: %v", from, next, err)
			case lawful && (got.Ledger.State != next || got.Publication.State != heritage.Hidden || got.Review.State != heritage.Draft):
				t.Errorf("%s to %s: %+v", from, next, got.Lives)
			case !lawful && !errors.Is(err, heritage.ErrLedgerStep):
				t.Errorf("%s to %s: %v", from, next, err)
			}
		}
	}
	rec := create(w, w.Relics, registrar, heritage.RelicFields{Name: name("演示陶罐")})
	_, err := w.Relics.EnterLedger(ctx, keeper, rec.ID, 0, to(heritage.Held))
	wantErr(t, err, heritage.ErrDenied)
	_, err = w.Relics.EnterLedger(ctx, registrar, rec.ID, 0, heritage.LedgerChange{State: heritage.Deaccessioned, Reason: "残损"})
	for _, path := range []string{"authority", "approval", "approvedOn"} {
		wantField(t, err, path, heritage.ErrApproval)
	}
	_, err = w.Relics.EnterLedger(ctx, registrar, rec.ID, 0, heritage.LedgerChange{State: "lost", ApprovedOn: "yesterday"})
	wantField(t, err, "state", heritage.ErrChoice)
	wantField(t, err, "reason", heritage.ErrReason)
	wantField(t, err, "approvedOn", heritage.ErrDay)
	site := create(w, w.Sites, registrar, heritage.SiteFields{Name: name("古塔")})
	_, err = w.Sites.EnterLedger(ctx, registrar, site.ID, 0, to(heritage.Held))
	wantErr(t, err, heritage.ErrNoLedger)
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
