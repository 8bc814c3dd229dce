package media_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

// has reports whether err is want or has a field of it.
func has(err, want error) bool {
	return errors.Is(err, want) || slices.ContainsFunc(fault.Of(err).Fields(), func(f fault.Field) bool { return error(f.Code) == want })
}

func TestWhoMaySetAPolicyAndWhatItMaySay(t *testing.T) {
	r := newRoom(t, nil)
	fine := []media.Rule{{Name: media.Text{ZH: "全部"}, MaxSize: 1024}}
	rule := func(r media.Rule) []media.Rule { return []media.Rule{r} }
	for name, tc := range map[string]struct {
		by     actor.Actor
		org    actor.OrgID
		rules  []media.Rule
		reason string
		want   error
	}{
		"somebody of another museum": {stranger, "museum-a", fine, "理由", media.ErrNotFound},
		"nobody":                     {actor.Nobody(), "museum-a", fine, "理由", media.ErrNotFound},
		"a path":                     {reviewer, "../a", fine, "理由", media.ErrNotFound},
		"who may not publish":        {auditor, "museum-a", fine, "理由", media.ErrPolicyDenied},
		"without a reason":           {reviewer, "museum-a", fine, "", media.ErrPolicyReason},
		"an unknown grade":           {reviewer, "museum-a", rule(media.Rule{Grades: []string{"grade-9"}}), "理由", media.ErrGrade},
		"an unknown licence":         {reviewer, "museum-a", rule(media.Rule{Licences: []media.Licence{"mine"}}), "理由", media.ErrLicence},
		"a tiny size":                {reviewer, "museum-a", rule(media.Rule{MaxSize: 10}), "理由", media.ErrMaxSize},
		"a mark of many words":       {reviewer, "museum-a", rule(media.Rule{Watermark: strings.Repeat("样", 41)}), "理由", media.ErrWatermark},
		"a mark without a letter":    {reviewer, "museum-a", rule(media.Rule{Watermark: "\U0001F600"}), "理由", media.ErrWatermark},
		"too many rules":             {reviewer, "museum-a", make([]media.Rule, 51), "理由", media.ErrRules},
		"a long name":                {reviewer, "museum-a", rule(media.Rule{Name: media.Text{EN: strings.Repeat("a", 61)}}), "理由", media.ErrLong},
		"a reviewer":                 {reviewer, "museum-a", fine, "馆办公会", nil},
	} {
		_, err := r.SetPolicy(context.Background(), tc.by, tc.org, 0, tc.rules, tc.reason)
		if tc.want == nil && err != nil || tc.want != nil && !has(err, tc.want) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
	if _, err := r.SetPolicy(context.Background(), reviewer, "museum-a", 0, fine, "再次"); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a stale revision: %v", err)
	}
	if _, err := r.Policy(context.Background(), stranger, "museum-a"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("the policy of another museum was read: %v", err)
	}
}

// TestAPolicyHoldsFromTheMomentItIsStored: with no job run, nothing more is
// public than the new policy allows; the cascade makes what it allows, and erases
// what it does not.
func TestAPolicyHoldsFromTheMomentItIsStored(t *testing.T) {
	enginetest.Each(t, aPolicyHoldsFromTheMomentItIsStored)
}

func aPolicyHoldsFromTheMomentItIsStored(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	ctx := context.Background()
	var ids []string
	for i := range 3 {
		a := r.upload(t, registrar, "museum-a", picture(t, 1200, 900, byte(i)))
		ids = append(ids, a.ID)
		if err := r.shows(reviewer, a.ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	r.work(t)
	rev := int64(0)
	set := func(rules ...media.Rule) {
		t.Helper()
		p, err := r.SetPolicy(ctx, reviewer, "museum-a", rev, rules, "馆办公会")
		if err != nil {
			t.Fatal(err)
		}
		rev = p.Rev
	}
	forms := map[string]bool{}
	width := func(want int, when string) {
		t.Helper()
		for _, id := range ids {
			k, err := r.Look(ctx, r.st, actor.Nobody(), id, false)
			if want == 0 {
				if !errors.Is(err, media.ErrNotReady) {
					t.Errorf("%s: %v", when, err)
				}
				continue
			}
			if err != nil || k.Levels[0].Width != want {
				t.Errorf("%s: %+v %v", when, k, err)
				continue
			}
			forms[k.Form()] = true
			img, err := r.Open(ctx, k)
			if err != nil {
				t.Fatal(err)
			}
			if got := img.Levels[0].Width; got != want {
				t.Errorf("%s: the file has %d", when, got)
			}
			img.Close()
		}
	}
	tiles := func() int { return len(r.files(t, "media/pyramids")) }
	width(1200, "at first")
	set(media.Rule{MaxSize: 600})
	width(0, "limited, before any job ran")
	r.work(t)
	width(600, "limited")
	if n := tiles(); n != 6 {
		t.Errorf("%d packed files", n)
	}
	set(media.Rule{MaxSize: 600, Watermark: "示范博物馆"})
	width(0, "marked, before any job ran")
	r.work(t)
	width(600, "marked")
	if n := tiles(); n != 6 {
		t.Errorf("%d packed files: the unmarked ones were not erased", n)
	}
	if len(forms) != 3 {
		t.Errorf("forms %v", forms)
	}
	set()
	width(1200, "open again, before any job ran")
	r.work(t)
	if n := tiles(); n != 3 {
		t.Errorf("%d packed files: the marked ones were not erased", n)
	}
	set(media.Rule{MaxSize: 2000})
	width(1200, "a limit that is none for these")
}
