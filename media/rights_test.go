package media_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

func (r *room) effective(t testing.TB, id string) media.Rights {
	t.Helper()
	a, err := r.See(context.Background(), registrar, id)
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Facts(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	return f.Rights
}

// terms sets the terms of an asset, whatever its revision.
func (r *room) terms(by actor.Actor, id string, terms media.Terms, reason string) error {
	a, err := r.Asset(context.Background(), r.st, id)
	if err != nil {
		return err
	}
	_, err = r.SetTerms(context.Background(), by, id, a.Rev, terms, reason)
	return err
}

// TestTheStrictestOfAllThatShowAPictureHolds: what one part withdraws stays
// public while another shows it, never more openly than either alone allows.
func TestTheStrictestOfAllThatShowAPictureHolds(t *testing.T) {
	enginetest.Each(t, theStrictestOfAllThatShowAPictureHolds)
}

func theStrictestOfAllThatShowAPictureHolds(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	id := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1)).ID
	hidden, unlimited := media.Rights{Audience: media.Staff}, media.Rights{Audience: media.Public}
	small := media.Rights{Audience: media.Public, MaxSize: 600}
	marked := media.Rights{Audience: media.Public, MaxSize: 800, Watermark: "示范 SAMPLE"}
	both := media.Rights{Audience: media.Public, MaxSize: 600, Watermark: "示范 SAMPLE"}
	for _, step := range []struct {
		shower string
		grades []string
		want   media.Rights
	}{
		{"heritage", []string{"small"}, small},
		{"tourism", []string{""}, small},
		{"heritage", []string{"marked", "small"}, both},
		{"heritage", []string{"marked"}, marked},
		{"tourism", nil, marked},
		{"heritage", []string{"unheard-of"}, unlimited},
		{"heritage", nil, hidden},
		{"tourism", []string{""}, unlimited},
	} {
		err := r.st.Update(context.Background(), reviewer, func(tx *store.Tx) error { return r.SetShown(tx, id, step.shower, step.grades) })
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(step.want, r.effective(t, id)); d != "" {
			t.Errorf("after %s gave %q: %s", step.shower, step.grades, d)
		}
	}
}

// TestAShowerWithoutGradesCountsAsEveryGrade: it was written before grades were.
func TestAShowerWithoutGradesCountsAsEveryGrade(t *testing.T) {
	a := &media.Asset{Type: media.ImageType, Showers: []media.Shower{{Name: "heritage"}}}
	a.Org = "museum-a"
	r := newRoom(t, nil)
	got, why, err := r.Rights(context.Background(), r.st, a)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(media.Rights{Audience: media.Public, MaxSize: 600, Watermark: "示范 SAMPLE"}, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]int{2, 3}, why.Rules); d != "" {
		t.Error(d)
	}
}

func TestTermsOpenAndCloseAtOnce(t *testing.T) { enginetest.Each(t, termsOpenAndCloseAtOnce) }

func termsOpenAndCloseAtOnce(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	ctx := context.Background()
	id := r.upload(t, registrar, "museum-a", picture(t, 1200, 900, 1)).ID
	r.work(t)
	if err := r.shows(reviewer, id, "marked"); err != nil {
		t.Fatal(err)
	}
	look := func() string {
		k, err := r.Look(ctx, r.st, actor.Nobody(), id, false)
		switch {
		case errors.Is(err, media.ErrNotReady):
			return "not ready"
		case errors.Is(err, media.ErrNotFound):
			return "hidden"
		case err != nil:
			t.Fatal(err)
		case k.Form() == "":
			return "clean"
		}
		return "marked"
	}
	set := func(terms media.Terms) {
		t.Helper()
		if err := r.terms(registrar, id, terms, "按授权书"); err != nil {
			t.Fatal(err)
		}
	}
	is := func(want, when string) {
		t.Helper()
		if got := look(); got != want {
			t.Errorf("%s: the public gets %q, want %q", when, got, want)
		}
	}
	is("not ready", "shown, not drawn")
	r.work(t)
	is("marked", "drawn")
	set(media.Terms{Licence: "https://creativecommons.org/licenses/by/4.0/"})
	is("clean", "openly licensed")
	set(media.Terms{Licence: media.InC})
	is("marked", "no longer so, before the marked one is erased")
	set(media.Terms{Licence: media.CC0})
	r.work(t)
	is("clean", "openly licensed again, the marked one erased")
	set(media.Terms{})
	is("not ready", "no longer so")
	set(media.Terms{Audience: media.Staff})
	is("hidden", "kept")
	r.work(t)
	is("hidden", "kept, whatever ran")
	set(media.Terms{Audience: media.Public})
	r.work(t)
	is("marked", "given free again")
}

func TestWhoMaySetTerms(t *testing.T) {
	r := newRoom(t, nil)
	ctx := context.Background()
	keeper := staff("keeper", actor.Keeper, "museum-a")
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1))
	terms := media.Terms{Holder: media.Text{ZH: " 示范\n博物馆 "}, Licence: media.CCBY}
	if _, err := r.SetTerms(ctx, keeper, a.ID, a.Rev+1, terms, ""); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a stale revision: %v", err)
	}
	got, err := r.SetTerms(ctx, keeper, a.ID, a.Rev, terms, "")
	if err != nil || got.Terms != (media.Terms{Holder: media.Text{ZH: "示范 博物馆"}, Licence: media.CCBY}) {
		t.Errorf("of a hidden picture: %+v %v", got, err)
	}
	if err := r.shows(reviewer, a.ID, ""); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		by     actor.Actor
		terms  media.Terms
		reason string
		want   error
	}{
		"somebody of another museum": {stranger, media.Terms{}, "理由", media.ErrNotFound},
		"nobody":                     {actor.Nobody(), media.Terms{}, "理由", media.ErrNotFound},
		"a reader":                   {auditor, media.Terms{}, "理由", media.ErrDenied},
		"who may not publish":        {keeper, media.Terms{}, "理由", media.ErrPolicyDenied},
		"without a reason":           {registrar, media.Terms{}, " ", media.ErrTermsReason},
		"an unknown licence":         {registrar, media.Terms{Licence: "http://example.org/"}, "理由", media.ErrLicence},
		"an unknown audience":        {registrar, media.Terms{Audience: "friends"}, "理由", media.ErrAudience},
		"a registrar":                {registrar, media.Terms{Credit: media.Text{EN: "Museum A"}}, "按授权书", nil},
	} {
		err := r.terms(tc.by, a.ID, tc.terms, tc.reason)
		if tc.want == nil && err != nil || tc.want != nil && !has(err, tc.want) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
	page, err := store.History.Find(ctx, r.st, store.Query{Index: store.ByID, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, h := range page.Items {
		told = told || h.Action == "media.terms" && h.Reason == "按授权书" && h.ActorID == registrar.ID
	}
	if !told {
		t.Error("the history does not say who changed the terms and why")
	}
}

// users is a fake of media.Users: the assets that a record names.
type users map[string]bool

func (u users) Reshow(*store.Tx, media.AssetID) error { return nil }

func (u users) UsesAsset(_ context.Context, _ store.Reader, id media.AssetID) (bool, error) {
	return u[id], nil
}

func TestAPictureThatADraftNamesIsNotRemoved(t *testing.T) {
	named := users{}
	r := newRoom(t, func(c *media.Config) { c.Users = named })
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1))
	named[a.ID] = true
	if err := r.Remove(context.Background(), registrar, a.ID, a.Rev, "重复拍摄"); !errors.Is(err, media.ErrInUse) {
		t.Errorf("got %v, want %v", err, media.ErrInUse)
	}
	delete(named, a.ID)
	if err := r.Remove(context.Background(), registrar, a.ID, a.Rev, "重复拍摄"); err != nil {
		t.Error(err)
	}
}
