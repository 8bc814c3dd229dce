package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
)

func TestRelatedRecordsHaveMuchInCommon(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	for _, c := range []struct {
		of     Ref
		first  string
		hasNot []string
	}{
		{Ref{search.Relic, "hu-henan"}, "hu-palace", []string{"hu-henan", "yuntai", "baimasi"}},
		{Ref{search.Relic, "duling-ding"}, "fuhao-zun", []string{"longmen"}},
		{Ref{search.Spot, "toilet-3"}, "toilet-12", []string{"hu-henan"}},
	} {
		res, err := x.Related(context.Background(), search.PublicScope(), c.of, fault.Chinese, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := hitIDs(res)
		if len(got) == 0 || got[0] != c.first {
			t.Errorf("%s: got %v, want %s first", c.of.ID, got, c.first)
		}
		for _, id := range c.hasNot {
			if slices.Contains(got, id) {
				t.Errorf("%s: %s has nothing to do with it: %v", c.of.ID, id, got)
			}
		}
	}
}

func TestRelatedRecordsStayInTheScope(t *testing.T) {
	docs := sampleDocs(t)
	for _, d := range docs {
		if d.ID == "hu-palace" {
			d.Org = "palace"
		}
	}
	x := fill(t, search.Staff, docs)
	keeper := search.StaffScope(actor.Actor{Kind: actor.Staff, ID: "k", Grants: []actor.Grant{{Role: actor.Registrar, Org: "henan"}}})
	res, err := x.Related(context.Background(), keeper, Ref{search.Relic, "hu-henan"}, fault.Chinese, 100)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(hitIDs(res), "hu-palace") || res.Total == 0 {
		t.Errorf("got %v", hitIDs(res))
	}
	for _, ref := range []Ref{{search.Relic, "hu-palace"}, {search.Relic, "nothing"}, {"", ""}} {
		if _, err := x.Related(context.Background(), keeper, ref, fault.Chinese, 5); !errors.Is(err, search.ErrNotThere) {
			t.Errorf("%v: %v", ref, err)
		}
	}
	if _, err := x.Related(context.Background(), search.PublicScope(), Ref{search.Relic, "hu-henan"}, fault.Chinese, 5); !errors.Is(err, search.ErrScope) {
		t.Error(err)
	}
}

func TestNothingFoundSaysWhatHelps(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	from, to := 1900, 1950
	q := search.NewQuery(search.PublicScope())
	q.Text, q.Kinds, q.Facets, q.FromYear, q.ToYear = "莲鹤方壶", []search.Kind{search.Relic}, map[string][]string{"era": {"chunqiu"}}, &from, &to
	res, err := x.Search(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Total != 0 || res.Help == nil || len(res.Help.Without) != 1 || res.Help.Without[0] != (search.Relaxed{Filter: "period", Total: 2}) {
		t.Errorf("got %d hits and %+v", res.Total, res.Help)
	}
	q = search.NewQuery(search.PublicScope())
	q.Text = "龙们石窟"
	if res, err = x.Search(context.Background(), q, nil); err != nil {
		t.Fatal(err)
	}
	if res.Help == nil || len(res.Help.Corrections) == 0 || res.Help.Corrections[0].Text != "龙门石窟" {
		t.Errorf("got %+v", res.Help)
	}
	for _, text := range []string{"龙门石窟", "氢弹"} {
		q.Text = text
		if res, err = x.Search(context.Background(), q, nil); err != nil || res.Help != nil {
			t.Errorf("%s: %+v, %v", text, res.Help, err)
		}
	}
}

func TestARecordOfManyThingsIsComparedByBoundedWork(t *testing.T) {
	docs := sampleDocs(t)
	rich := &search.Document{Kind: search.Area, ID: "rich", Org: "henan", Title: search.Text{ZH: strings.Repeat("莲鹤方壶云纹铜禁", 40)}, Facets: map[string][]string{}}
	for i := range 500 {
		rich.Facets["theme"] = append(rich.Facets["theme"], fmt.Sprint("t", i))
	}
	x := fill(t, search.Public, append(docs, rich))
	m := &meter{Context: context.Background()}
	res, err := x.Related(m, search.PublicScope(), Ref{search.Area, "rich"}, fault.Chinese, 5)
	if err != nil {
		t.Fatal(err)
	}
	if res.Total == 0 || m.looks > 300 {
		t.Errorf("%d related, %d lists read", res.Total, m.looks)
	}
}
