package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
)

func TestScopeHoldsEverywhere(t *testing.T) {
	docs := []*search.Document{
		{Kind: search.Relic, ID: "mine", Org: "a", Title: search.Text{ZH: "甲馆铜鹤"}, Guarded: []string{"北阁甲箱"}, Facets: map[string][]string{"era": {"x"}}},
		{Kind: search.Relic, ID: "theirs", Org: "b", Title: search.Text{ZH: "乙馆铜鹤"}, Guarded: []string{"南苑乙橱"}, Facets: map[string][]string{"era": {"y"}}},
		{Kind: search.Area, ID: "area", Org: "a", Title: search.Text{ZH: "铜鹤景区"}},
	}
	x := fill(t, search.Staff, docs)
	staff := func(grants ...actor.Grant) actor.Actor {
		return actor.Actor{Kind: actor.Staff, ID: "p", Grants: grants}
	}
	for _, c := range []struct {
		name       string
		by         actor.Actor
		actions    []actor.Action
		sees       []string
		facets     int
		finds      map[string]int
		completion string
	}{
		{"a keeper sees relics of his museum", staff(actor.Grant{Role: actor.Keeper, Org: "a"}), nil, []string{"mine"}, 1, map[string]int{"北阁甲箱": 1, "南苑乙橱": 0, "乙馆": 0}, "甲馆铜鹤"},
		{"the other keeper his", staff(actor.Grant{Role: actor.Keeper, Org: "b"}), nil, []string{"theirs"}, 1, map[string]int{"北阁甲箱": 0, "南苑乙橱": 1, "甲馆": 0}, "乙馆铜鹤"},
		{"an area manager sees areas", staff(actor.Grant{Role: actor.AreaManager, Org: "a"}), nil, []string{"area"}, 0, map[string]int{"北阁甲箱": 0, "甲馆": 0}, "铜鹤景区"},
		{"an administrator sees records and no store location", staff(actor.Grant{Role: actor.Admin, Org: actor.CityWide}), nil, []string{"area", "mine", "theirs"}, 2, map[string]int{"北阁甲箱": 0, "乙馆": 1}, ""},
		{"an auditor sees all", staff(actor.Grant{Role: actor.Auditor, Org: actor.CityWide}), nil, []string{"area", "mine", "theirs"}, 2, map[string]int{"北阁甲箱": 1, "南苑乙橱": 1}, ""},
		{"narrowed to one action", staff(actor.Grant{Role: actor.Auditor, Org: actor.CityWide}), []actor.Action{actor.AreaRead}, []string{"area"}, 0, nil, "铜鹤景区"},
		{"two museums", staff(actor.Grant{Role: actor.Keeper, Org: "a"}, actor.Grant{Role: actor.Approver, Org: "b"}), nil, []string{"mine", "theirs"}, 2, nil, ""},
		{"nobody sees nothing", actor.Nobody(), nil, []string{}, 0, map[string]int{"甲馆": 0}, ""},
		{"a device sees nothing", actor.Actor{Kind: actor.Device, ID: "d"}, nil, []string{}, 0, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			scope := search.StaffScope(c.by, c.actions...)
			run := func(text string) search.Result {
				q := search.NewQuery(scope)
				q.Text, q.Count = text, []string{"era"}
				res, err := x.Search(context.Background(), q, nil)
				if err != nil {
					t.Fatal(err)
				}
				return res
			}
			for _, text := range []string{"", "铜鹤"} {
				res := run(text)
				got := hitIDs(res)
				slices.Sort(got)
				if !slices.Equal(got, c.sees) || res.Total != len(c.sees) || len(res.Facets["era"]) != c.facets {
					t.Errorf("%q: sees %v (total %d, facets %v), want %v", text, got, res.Total, res.Facets, c.sees)
				}
			}
			for text, n := range c.finds {
				if got := run(text).Total; got != n {
					t.Errorf("finds %d by %s, want %d", got, text, n)
				}
			}
			s, err := x.Suggest(context.Background(), scope, "铜鹤", fault.Chinese, 10)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Completions) != len(c.sees) || c.completion != "" && s.Completions[0].Text != c.completion {
				t.Errorf("completions %+v", s.Completions)
			}
			if s, err = x.Suggest(context.Background(), scope, "铜贺", fault.Chinese, 10); err != nil || len(s.Corrections) > len(c.sees) {
				t.Errorf("corrections %+v, %v", s.Corrections, err)
			}
			if s, err = x.Suggest(context.Background(), scope, "甲箱", fault.Chinese, 10); err != nil || len(s.Completions)+len(s.Corrections) != 0 {
				t.Errorf("a store location is suggested: %+v, %v", s, err)
			}
		})
	}
}

func TestAnIndexAnswersItsOwnScopeOnly(t *testing.T) {
	public, staff := fill(t, search.Public, nil), fill(t, search.Staff, nil)
	for _, c := range []struct {
		x *Index
		q search.Query
	}{{staff, search.NewQuery(search.PublicScope())}, {public, search.NewQuery(everybody())}, {public, search.Query{}}, {staff, search.Query{}}} {
		if _, err := c.x.Search(context.Background(), c.q, nil); !errors.Is(err, search.ErrScope) {
			t.Errorf("got %v", err)
		}
		if _, err := c.x.Suggest(context.Background(), c.q.Scope(), "x", 0, 5); !errors.Is(err, search.ErrScope) {
			t.Errorf("suggest: got %v", err)
		}
	}
	guarded := &search.Document{Kind: search.Relic, ID: "r", Title: search.Text{ZH: "鼎"}, Guarded: []string{"库房"}}
	if err := public.Write(context.Background(), Batch{Put: []*search.Document{guarded}}); err == nil {
		t.Error("the public index takes a guarded text")
	}
}

// nameOfAnything is what Labels of a domain may be: it names hidden things too.
type nameOfAnything struct{}

func (nameOfAnything) Label(_ context.Context, _, value string, _ fault.Lang) string {
	return "name of " + value
}

// toldTo are labels that say to whom they were told, and how often they were asked.
type toldTo struct {
	name  string
	asked *int
}

func (l toldTo) Label(_ context.Context, _, value string, _ fault.Lang) string {
	*l.asked++
	if value == "unknown" {
		return value
	}
	return value + " for " + l.name
}

func TestALabelIsKeptForItsScopeUntilTheIndexChanges(t *testing.T) {
	docs := []*search.Document{{Kind: search.Relic, ID: "r", Org: "a", Title: search.Text{ZH: "甲"}, Facets: map[string][]string{"museum": {"m", "unknown"}}}}
	x := fill(t, search.Staff, docs)
	asked := 0
	search := func(role actor.Role, name string, lang fault.Lang) string {
		t.Helper()
		q := search.NewQuery(search.StaffScope(actor.Actor{Kind: actor.Staff, Grants: []actor.Grant{{Role: role, Org: "a"}}}))
		q.Count, q.Lang = []string{"museum"}, lang
		res, err := x.Search(context.Background(), q, toldTo{name, &asked})
		if err != nil {
			t.Fatal(err)
		}
		return res.Facets["museum"][0].Label
	}
	for i, c := range []struct {
		role  actor.Role
		name  string
		lang  fault.Lang
		label string
		asked int // in all
	}{
		{actor.Keeper, "one", fault.Chinese, "m for one", 2},
		{actor.Keeper, "another", fault.Chinese, "m for one", 3}, // the unknown is asked again
		{actor.Keeper, "another", fault.English, "m for another", 5},
		{actor.Admin, "admin", fault.Chinese, "m for admin", 7}, // he may see less
	} {
		if got := search(c.role, c.name, c.lang); got != c.label || asked != c.asked {
			t.Errorf("%d: %q after %d questions, want %q after %d", i, got, asked, c.label, c.asked)
		}
	}
	if err := x.Write(context.Background(), Batch{Token: &store.Token{Epoch: "e", Pos: "1"}}); err != nil {
		t.Fatal(err)
	}
	if got := search(actor.Keeper, "new", fault.Chinese); got != "m for one" {
		t.Errorf("after a token alone the label is %q", got)
	}
	if err := x.Write(context.Background(), Batch{Put: docs}); err != nil {
		t.Fatal(err)
	}
	if got := search(actor.Keeper, "new", fault.Chinese); got != "m for new" {
		t.Errorf("after a change the label is %q", got)
	}
}

func TestAChosenValueIsNamedOnlyWhenSomethingVisibleHasIt(t *testing.T) {
	x := fill(t, search.Staff, []*search.Document{
		{Kind: search.Relic, ID: "mine", Org: "a", Title: search.Text{ZH: "甲"}, Facets: map[string][]string{"museum": {"m-a"}}},
		{Kind: search.Relic, ID: "theirs", Org: "b", Title: search.Text{ZH: "乙"}, Facets: map[string][]string{"museum": {"m-b"}}},
	})
	by := actor.Actor{Kind: actor.Staff, Grants: []actor.Grant{{Role: actor.Keeper, Org: "a"}}}
	q := search.NewQuery(search.StaffScope(by))
	q.Text, q.Count, q.Facets = "丙", []string{"museum", "kind"}, map[string][]string{"museum": {"m-a", "m-b", "m-c"}}
	res, err := x.Search(context.Background(), q, nameOfAnything{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(res.Facets["museum"]); got != "[{m-a name of m-a 0}]" {
		t.Errorf("got %s", got)
	}
}
