package saved_test

import (
	"errors"
	"fmt"
	"net/url"
	"sync"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/internal/store/storetest"
	"yijianyou/search/saved"
)

func staff(id string, role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: id, Name: "N " + id, Grants: []actor.Grant{{Role: role, Org: org}}}
}

var (
	owner     = staff("owner", actor.Registrar, "museum-a")
	colleague = staff("colleague", actor.Keeper, "museum-a")
	ruler     = staff("ruler", actor.Admin, "museum-a")
	stranger  = staff("stranger", actor.Registrar, "museum-b")
	manager   = staff("manager", actor.AreaManager, "museum-b")
)

func service(t *testing.T) (*saved.Service, *store.Store) {
	st := storetest.New(t, saved.Collections()...)
	return saved.New(st), st
}

func create(t *testing.T, s *saved.Service, by actor.Actor, org actor.OrgID, f saved.Fields) *saved.Search {
	t.Helper()
	kept, err := s.Create(t.Context(), by, saved.Draft{Org: org, Fields: f})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestAPrivateSearchExistsForItsOwnerOnly(t *testing.T) {
	s, _ := service(t)
	kept := create(t, s, owner, "museum-a", saved.Fields{Name: " 未定级 ", Query: "kind=relic&q=%E9%BC%8E&facet.grade="})
	if kept.Fields.Name != "未定级" || kept.Fields.Query != "kind=relic&q=%E9%BC%8E" || kept.OwnerName != "N owner" {
		t.Errorf("kept %+v", kept)
	}
	if got, err := s.ByID(t.Context(), owner, kept.ID); err != nil || got.ID != kept.ID {
		t.Errorf("the owner got %v, %v", got, err)
	}
	for _, by := range []actor.Actor{colleague, ruler, stranger, actor.Nobody()} {
		if _, err := s.ByID(t.Context(), by, kept.ID); !errors.Is(err, saved.ErrNotFound) {
			t.Errorf("%s reads it: %v", by.ID, err)
		}
		if _, err := s.Change(t.Context(), by, kept.ID, kept.Rev, kept.Fields); !errors.Is(err, saved.ErrNotFound) {
			t.Errorf("%s changes it: %v", by.ID, err)
		}
		if err := s.Remove(t.Context(), by, kept.ID, kept.Rev); !errors.Is(err, saved.ErrNotFound) {
			t.Errorf("%s removes it: %v", by.ID, err)
		}
	}
}

func TestASharedSearchIsSeenWhereItBelongsAndNowhereElse(t *testing.T) {
	enginetest.Each(t, sharedIsSeenWhereItBelongs)
}

func sharedIsSeenWhereItBelongs(t *testing.T, open enginetest.Open) {
	s := saved.New(open(t, store.Options{}, saved.Collections()...))
	kept := create(t, s, owner, "museum-a", saved.Fields{Name: "待审", Query: "facet.review=inReview", Shared: true})
	create(t, s, owner, "museum-a", saved.Fields{Name: "自用", Query: "q=x"})
	page, err := s.Shared(t.Context(), colleague, "museum-a", 10, "")
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != kept.ID {
		t.Errorf("a colleague sees %v, %v", page.Items, err)
	}
	if _, err := s.Shared(t.Context(), stranger, "museum-a", 10, ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("another museum lists it: %v", err)
	}
	if _, err := s.ByID(t.Context(), stranger, kept.ID); !errors.Is(err, saved.ErrNotFound) {
		t.Errorf("another museum reads it: %v", err)
	}
	if _, err := s.Change(t.Context(), colleague, kept.ID, kept.Rev, kept.Fields); !errors.Is(err, saved.ErrDenied) {
		t.Errorf("a colleague changes it: %v", err)
	}
	if err := s.Remove(t.Context(), colleague, kept.ID, kept.Rev); !errors.Is(err, saved.ErrDenied) {
		t.Errorf("a colleague removes it: %v", err)
	}
	if err := s.Remove(t.Context(), ruler, kept.ID, kept.Rev); err != nil {
		t.Errorf("who rules the accounts may not remove it: %v", err)
	}
	mine, err := s.Mine(t.Context(), owner, 10, "")
	if err != nil || len(mine.Items) != 1 || mine.Items[0].Fields.Name != "自用" {
		t.Errorf("the owner has %v, %v", mine.Items, err)
	}
}

func TestWhoMayNoLongerReadThereHasItNoLonger(t *testing.T) {
	s, _ := service(t)
	kept := create(t, s, owner, "museum-a", saved.Fields{Name: "n", Query: "q=x", Shared: true})
	moved := staff("owner", actor.Registrar, "museum-b")
	if _, err := s.ByID(t.Context(), moved, kept.ID); !errors.Is(err, saved.ErrNotFound) {
		t.Errorf("reads it: %v", err)
	}
	if page, err := s.Mine(t.Context(), moved, 10, ""); err != nil || len(page.Items) != 0 {
		t.Errorf("lists %v, %v", page.Items, err)
	}
}

func TestWhatIsSharedIsAuditedAndWhatIsPrivateIsNot(t *testing.T) {
	s, st := service(t)
	kept := create(t, s, owner, "museum-a", saved.Fields{Name: "n", Query: "q=x"})
	for _, shared := range []bool{true, true, false, true} {
		f := kept.Fields
		f.Shared = shared
		var err error
		if kept, err = s.Change(t.Context(), owner, kept.ID, kept.Rev, f); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Remove(t.Context(), owner, kept.ID, kept.Rev); err != nil {
		t.Fatal(err)
	}
	page, err := store.History.Find(t.Context(), st, store.Query{Index: "byOrg", Equal: []any{"museum-a"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range page.Items {
		got = append(got, r.Action)
	}
	if want := "[search.share search.change search.unshare search.share search.remove]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestNamesOfOnesOwnAreDistinct(t *testing.T) {
	s, _ := service(t)
	first := create(t, s, owner, "museum-a", saved.Fields{Name: "n", Query: "q=x"})
	create(t, s, colleague, "museum-a", saved.Fields{Name: "n", Query: "q=x"})
	if _, err := s.Create(t.Context(), owner, saved.Draft{Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "q=y"}}); !errors.Is(err, saved.ErrTaken) {
		t.Errorf("got %v", err)
	}
	other := create(t, s, owner, "museum-a", saved.Fields{Name: "m", Query: "q=y"})
	if _, err := s.Change(t.Context(), owner, other.ID, other.Rev, saved.Fields{Name: "n", Query: "q=y"}); !errors.Is(err, saved.ErrTaken) {
		t.Errorf("got %v", err)
	}
	again, err := s.Change(t.Context(), owner, first.ID, first.Rev, saved.Fields{Name: "n", Query: "q=z"})
	if err != nil || again.Fields.Query != "q=z" {
		t.Errorf("got %v, %v", again, err)
	}
	if _, err := s.Change(t.Context(), owner, first.ID, first.Rev, again.Fields); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a stale revision: %v", err)
	}
}

func TestOneOfTwoAtTheSameTimeGetsTheName(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, open enginetest.Open) {
		s := saved.New(open(t, store.Options{}, saved.Collections()...))
		other := create(t, s, owner, "museum-a", saved.Fields{Name: "other", Query: "q=o"})
		errs := make([]error, 4)
		var wg sync.WaitGroup
		for n := range 3 {
			wg.Go(func() {
				_, errs[n] = s.Create(t.Context(), owner, saved.Draft{Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "q=x"}})
			})
		}
		wg.Go(func() {
			_, errs[3] = s.Change(t.Context(), owner, other.ID, other.Rev, saved.Fields{Name: "n", Query: "q=o"})
		})
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, saved.ErrTaken) {
				t.Errorf("got %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d got the name", won)
		}
	})
}

func TestWhatIsNoQuestionIsRefused(t *testing.T) {
	s, _ := service(t)
	long := make([]byte, 3000)
	for i := range long {
		long[i] = 'a'
	}
	for name, in := range map[string]saved.Draft{
		"no name":               {Org: "museum-a", Fields: saved.Fields{Query: "q=x"}},
		"a line break":          {Org: "museum-a", Fields: saved.Fields{Name: "a\nb", Query: "q=x"}},
		"another parameter":     {Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "view=staff"}},
		"an unknown facet":      {Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "facet.password=x"}},
		"a broken escape":       {Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "q=%zz"}},
		"no UTF-8":              {Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "q=%ff"}},
		"too long":              {Org: "museum-a", Fields: saved.Fields{Name: "n", Query: "q=" + string(long)}},
		"another museum":        {Org: "museum-b", Fields: saved.Fields{Name: "n", Query: "q=x"}},
		"no organisation":       {Fields: saved.Fields{Name: "n", Query: "q=x"}},
		"an organisation of \"": {Org: `a"b`, Fields: saved.Fields{Name: "n", Query: "q=x"}},
	} {
		if _, err := s.Create(t.Context(), owner, in); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Create(t.Context(), manager, saved.Draft{Org: "museum-b", Fields: saved.Fields{Name: "景点", Query: "kind=spot"}}); err != nil {
		t.Errorf("who reads areas only: %v", err)
	}
}

func TestOnePersonKeepsSoManyAndNoMore(t *testing.T) {
	st := storetest.NewWith(t, store.Options{}, saved.Collections()...)
	s := saved.New(st)
	for n := range 200 {
		create(t, s, owner, "museum-a", saved.Fields{Name: fmt.Sprint(n), Query: url.Values{"q": {fmt.Sprint(n)}}.Encode()})
	}
	if _, err := s.Create(t.Context(), owner, saved.Draft{Org: "museum-a", Fields: saved.Fields{Name: "x", Query: "q=x"}}); !errors.Is(err, saved.ErrTooMany) {
		t.Errorf("got %v", err)
	}
}

// FuzzQuery: whatever is kept reads back as itself.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"", "q=%E9%BC%8E&kind=relic", "facet.era=tang&facet.era=song", "q=a;b", "q", "=&q=&&", "q=%00", "q=+"} {
		f.Add(s)
	}
	st := storetest.NewWith(f, store.Options{}, saved.Collections()...)
	s := saved.New(st)
	f.Fuzz(func(t *testing.T, query string) {
		kept, err := s.Create(t.Context(), owner, saved.Draft{Org: "museum-a", Fields: saved.Fields{Name: "n", Query: query}})
		if err != nil {
			return
		}
		again, err := s.Change(t.Context(), owner, kept.ID, kept.Rev, saved.Fields{Name: "n", Query: kept.Fields.Query})
		if err != nil || again.Fields.Query != kept.Fields.Query {
			t.Errorf("%q became %q: %v", kept.Fields.Query, again.Fields.Query, err)
		}
		if err := s.Remove(t.Context(), owner, again.ID, again.Rev); err != nil {
			t.Fatal(err)
		}
	})
}
