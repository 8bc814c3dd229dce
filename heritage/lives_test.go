package heritage_test

import (
	"errors"
	"testing"

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
	want(t, "drafts are nobody's", media.Staff, media.Staff, media.Staff)
	a = publish(w, w.Relics, a.ID)
	publish(w, w.Sites, b.ID)
	want(t, "published", media.Public, media.Public, media.Staff)
	f := a.Fields
	f.Images = []heritage.ImageRef{{AssetID: later}}
	_, err := w.Relics.Change(ctx, keeper, a.ID, a.Rev, f, "")
	must(t, err)
	want(t, "a draft changes nothing", media.Public, media.Public, media.Staff)
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

// TestOnlyWhoWritesTheLedgerRegistersAsHeld: creating is no way round the ledger.
func TestOnlyWhoWritesTheLedgerRegistersAsHeld(t *testing.T) {
	w := newWorld(t)
	held := func(by actor.Actor) error {
		_, err := w.Relics.Create(t.Context(), by, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Ledger: heritage.Held, Fields: heritage.RelicFields{Name: name("鼎")}})
		return err
	}
	wantErr(t, held(keeper), heritage.ErrLedgerDenied)
	wantErr(t, held(registrar), nil)
}

// TestWhoImportedARecordDoesNotReviewIt: the import writes on behalf of a person.
func TestWhoImportedARecordDoesNotReviewIt(t *testing.T) {
	w := newWorld(t)
	rec, err := w.Relics.Create(t.Context(), actor.Actor{Kind: actor.System, ID: both.ID, Name: both.Name},
		heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Fields: heritage.RelicFields{Name: name("鼎")}})
	must(t, err)
	_, err = w.Relics.Review(t.Context(), keeper, rec.ID, 0, heritage.Submit, "")
	must(t, err)
	_, err = w.Relics.Review(t.Context(), both, rec.ID, 0, heritage.Approve, "")
	wantErr(t, err, heritage.ErrOwnRequest)
	_, err = w.Relics.Review(t.Context(), reviewer, rec.ID, 0, heritage.Approve, "")
	wantErr(t, err, nil)
}
