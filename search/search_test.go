package search

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

func valid() Document {
	return Document{Kind: Relic, ID: "0190a0b0-0000-7000-8000-000000000001", Org: "m", Title: Text{ZH: "莲鹤方壶"}}
}

func TestDocumentCheck(t *testing.T) {
	two, one := 2, 1
	if d := valid(); d.Check() != nil {
		t.Fatal(d.Check())
	}
	for name, edit := range map[string]func(*Document){
		"unknown kind":        func(d *Document) { d.Kind = "thing" },
		"no id":               func(d *Document) { d.ID = "" },
		"id with a slash":     func(d *Document) { d.ID = "a/b" },
		"long id":             func(d *Document) { d.ID = strings.Repeat("a", 129) },
		"no title":            func(d *Document) { d.Title = Text{} },
		"off the globe":       func(d *Document) { d.Point = &Point{Lon: 181} },
		"no number":           func(d *Document) { d.Point = &Point{Lon: math.NaN()} },
		"weight above one":    func(d *Document) { d.Weight = 1.1 },
		"weight is no number": func(d *Document) { d.Weight = math.NaN() },
		"unknown facet":       func(d *Document) { d.Facets = map[string][]string{"colour": {"red"}} },
		"empty value":         func(d *Document) { d.Facets = map[string][]string{"era": {""}} },
		"long code":           func(d *Document) { d.Codes = []string{strings.Repeat("1", 129)} },
		"too much text":       func(d *Document) { d.Body = []string{strings.Repeat("字", MaxTextBytes/3+1)} },
		"too early":           func(d *Document) { y := -MaxYear - 1; d.FromYear = &y },
		"ends before it begins": func(d *Document) {
			d.FromYear, d.ToYear = &two, &one
		},
	} {
		d := valid()
		if edit(&d); d.Check() == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func TestFacetNamesCannotBeMistakenForInternalOnes(t *testing.T) {
	for _, name := range FacetNames {
		if len(name) < 2 || strings.Contains(name, "=") || name == "kind" {
			t.Errorf("bad facet name %q", name)
		}
	}
	sorted := slices.Clone(FacetNames)
	slices.Sort(sorted)
	if len(slices.Compact(sorted)) != len(FacetNames) {
		t.Error("a facet name is repeated")
	}
}

func TestOneKnownYearCountsForBoth(t *testing.T) {
	y := -670
	for _, d := range []Document{{FromYear: &y}, {ToYear: &y}, {FromYear: &y, ToYear: &y}} {
		if from, to, ok := d.Years(); !ok || from != y || to != y {
			t.Errorf("%d..%d %v", from, to, ok)
		}
	}
	if _, _, ok := (&Document{}).Years(); ok {
		t.Error("unknown years are known")
	}
}

func TestTextFallsBackToTheOtherLanguage(t *testing.T) {
	for _, c := range []struct {
		text Text
		lang fault.Lang
		want string
	}{{Text{"鼎", "ding"}, fault.Chinese, "鼎"}, {Text{"鼎", "ding"}, fault.English, "ding"}, {Text{"鼎", ""}, fault.English, "鼎"}, {Text{"", "ding"}, fault.Chinese, "ding"}, {Text{}, fault.English, ""}} {
		if got := c.text.In(c.lang); got != c.want {
			t.Errorf("%+v in %v: %q", c.text, c.lang, got)
		}
	}
	for _, k := range Kinds {
		if k.Label(fault.Chinese) == "" || k.Label(fault.English) == k.Label(fault.Chinese) {
			t.Errorf("%s lacks a label", k)
		}
	}
}

func TestNormalFillsDefaultsAndKeepsTheScope(t *testing.T) {
	q := NewQuery(PublicScope())
	q.Text = "  莲鹤\u3000"
	got, err := q.Normal()
	if err != nil || got.Text != "莲鹤" || got.Limit != DefaultLimit || got.Sort != Relevance || got.Scope().Audience() != Public {
		t.Errorf("%+v, %v", got, err)
	}
	q.Kinds, q.Sort, q.Limit = []Kind{"x", "y"}, "z", -1
	if _, err := q.Normal(); len(fault.Of(err).Fields()) != 3 {
		t.Errorf("not every mistake is reported once: %v", err)
	}
}

func TestStaffScopeOpensKindsByAction(t *testing.T) {
	by := actor.Actor{Kind: actor.Staff, Grants: []actor.Grant{{Role: actor.Keeper, Org: "b"}, {Role: actor.Keeper, Org: "a"}, {Role: actor.AreaManager, Org: "c"}}}
	seen := map[Kind][]actor.OrgID{}
	StaffScope(by).Opens(func(kinds []Kind, orgs []actor.OrgID, all bool) {
		if all {
			t.Error("opens every organisation")
		}
		for _, k := range kinds {
			seen[k] = orgs
		}
	})
	for _, k := range Kinds {
		want := []actor.OrgID{"a", "b"}
		if k == Area || k == Spot || k == Story {
			want = []actor.OrgID{"c"}
		}
		if !slices.Equal(seen[k], want) {
			t.Errorf("%s: %v, want %v", k, seen[k], want)
		}
	}
	if orgs, all := StaffScope(by).Guarded(); all || !slices.Equal(orgs, []actor.OrgID{"a", "b"}) {
		t.Errorf("guarded texts of %v, %v", orgs, all)
	}
	StaffScope(actor.Nobody()).Opens(func([]Kind, []actor.OrgID, bool) { t.Error("opens something to nobody") })
	if (Scope{}).Audience() != NoAudience {
		t.Error("the zero scope has an audience")
	}
}

type oneLabel struct{ value, label string }

func (o oneLabel) Label(_ context.Context, _, value string, _ fault.Lang) string {
	if value == o.value {
		return o.label
	}
	return value
}

func TestJoinLabelsTakesTheFirstThatKnows(t *testing.T) {
	l := JoinLabels(nil, oneLabel{"1", "一级"}, oneLabel{"1", "乙"}, oneLabel{"2", "二级"})
	for value, want := range map[string]string{"1": "一级", "2": "二级", "3": "3"} {
		if got := l.Label(t.Context(), "grade", value, fault.Chinese); got != want {
			t.Errorf("%s: %s", value, got)
		}
	}
}
