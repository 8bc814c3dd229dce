package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// randomDocs returns n documents over a few kinds, organisations and facet
// values, scattered over Henan, the date line and a pole.
func randomDocs(n int, r *rand.Rand) []*search.Document {
	names := []string{"莲鹤方壶", "妇好鸮尊", "云纹铜禁", "贾湖骨笛", "龙门石窟", "白马寺", "方鼎", "编钟", "石磬", "陶鬶"}
	out := make([]*search.Document, n)
	for i := range out {
		d := &search.Document{Kind: search.Kinds[r.IntN(4)], ID: fmt.Sprintf("id-%05d", i), Org: actor.OrgID(fmt.Sprintf("org-%d", r.IntN(3))),
			Title: search.Text{ZH: names[r.IntN(len(names))] + []string{"", "甲", "乙", "残件"}[r.IntN(4)]}, Weight: float64(r.IntN(5)) / 4,
			Facets: map[string][]string{"era": {fmt.Sprint("e", r.IntN(4))}, "grade": {fmt.Sprint("g", r.IntN(3))}}}
		if r.IntN(3) == 0 {
			d.Facets["era"] = append(d.Facets["era"], "e9")
		}
		if r.IntN(4) > 0 {
			from := r.IntN(3000) - 1500
			to := from + r.IntN(400)
			d.FromYear, d.ToYear = &from, &to
		}
		switch r.IntN(5) {
		case 0:
			d.Point = &search.Point{Lon: 180 - r.Float64()*0.3, Lat: r.Float64()}
		case 1:
			d.Point = &search.Point{Lon: -180 + r.Float64()*0.3, Lat: r.Float64()}
		case 2:
			d.Point = &search.Point{Lon: 360*r.Float64() - 180, Lat: 89 + r.Float64()}
		case 3:
			d.Point = &search.Point{Lon: 112 + r.Float64()*3, Lat: 33 + r.Float64()*3}
		}
		out[i] = d
	}
	return out
}

func TestFiltersAndCountsAgreeWithAFullScan(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	docs := randomDocs(1500, r)
	x := fill(t, search.Public, nil)
	// Small batches, each record written twice and some removed: many segments,
	// which are merged meanwhile.
	for _, list := range [][]*search.Document{randomDocs(1600, r), docs} {
		for part := range slices.Chunk(list, 40) {
			if err := x.Write(context.Background(), Batch{Put: part}); err != nil {
				t.Fatal(err)
			}
		}
	}
	dropSurplus(t, x, docs)
	centres := []search.Near{{Point: search.Point{Lon: 113, Lat: 34.5}, KM: 50}, {Point: search.Point{Lon: 179.95, Lat: 0.5}, KM: 30},
		{Point: search.Point{Lon: -179.9, Lat: 0.4}, KM: 5}, {Point: search.Point{Lon: 10, Lat: 89.5}, KM: 80}, {Point: search.Point{Lon: 0, Lat: 0}, KM: 15000}, {Point: search.Point{Lon: 180, Lat: 0.5}, KM: 20}}
	for round := range 120 {
		q := search.NewQuery(search.PublicScope())
		q.Limit, q.Count = 200, []string{"kind", "era", "grade"}
		if r.IntN(2) == 0 {
			q.Kinds = []search.Kind{search.Kinds[r.IntN(4)], search.Kinds[r.IntN(4)]}
		}
		q.Facets = map[string][]string{}
		if r.IntN(2) == 0 {
			q.Facets["era"] = []string{fmt.Sprint("e", r.IntN(4)), "e9"}
		}
		if r.IntN(2) == 0 {
			q.Facets["grade"] = []string{fmt.Sprint("g", r.IntN(3))}
		}
		if r.IntN(2) == 0 {
			from := r.IntN(3000) - 1500
			q.FromYear = &from
			if r.IntN(2) == 0 {
				to := from + r.IntN(600)
				q.ToYear = &to
			}
		}
		if r.IntN(2) == 0 {
			near := centres[r.IntN(len(centres))]
			q.Near, q.Sort = &near, search.ByDistance
		}
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		wantTotal, wantFacets := scan(docs, q)
		got := map[string]map[string]int{}
		for name, list := range res.Facets {
			got[name] = map[string]int{}
			for _, c := range list {
				if c.Count > 0 {
					got[name][c.Value] = c.Count
				}
			}
		}
		if res.Total != wantTotal {
			t.Fatalf("round %d: total %d, want %d: %+v", round, res.Total, wantTotal, q)
		}
		if diff := cmp.Diff(wantFacets, got); diff != "" {
			t.Fatalf("round %d: %s", round, diff)
		}
		last := 0.0
		for _, h := range res.Items {
			if q.Near == nil {
				continue
			}
			if d := Distance(*h.Point, q.Near.Point); math.Abs(d-*h.DistanceM) > 0.5 || *h.DistanceM < last {
				t.Fatalf("distance %v of %s after %v, want %v", *h.DistanceM, h.ID, last, d)
			}
			last = *h.DistanceM
		}
	}
}

// dropSurplus removes what is not in docs.
func dropSurplus(t *testing.T, x *Index, docs []*search.Document) {
	want := make(map[Ref]bool)
	for _, d := range docs {
		want[Ref{d.Kind, d.ID}] = true
	}
	var b Batch
	err := x.Digests(context.Background(), func(ref Ref, _ string) error {
		if !want[ref] {
			b.Delete = append(b.Delete, ref)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Write(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

// scan does the work of a query without an index.
func scan(docs []*search.Document, q search.Query) (total int, facets map[string]map[string]int) {
	facets = map[string]map[string]int{"kind": {}, "era": {}, "grade": {}}
	has := func(values, chosen []string) bool {
		return len(chosen) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(chosen, v) })
	}
	for _, d := range docs {
		from, to, dated := d.Years()
		if (q.FromYear != nil || q.ToYear != nil) && (!dated || q.FromYear != nil && to < *q.FromYear || q.ToYear != nil && from > *q.ToYear) {
			continue
		}
		if q.Near != nil && (d.Point == nil || Distance(*d.Point, q.Near.Point) > q.Near.KM*1000) {
			continue
		}
		values := map[string][]string{"kind": {string(d.Kind)}, "era": d.Facets["era"], "grade": d.Facets["grade"]}
		pass := map[string]bool{"kind": has(values["kind"], texts(q.Kinds)), "era": has(values["era"], q.Facets["era"]), "grade": has(values["grade"], q.Facets["grade"])}
		if pass["kind"] && pass["era"] && pass["grade"] {
			total++
		}
		for name, list := range values {
			others := true
			for other, ok := range pass {
				others = others && (ok || other == name)
			}
			for _, v := range list {
				if others {
					facets[name][v]++
				}
			}
		}
	}
	return total, facets
}

func TestPagesAreOneListWithoutGapsOrRepeats(t *testing.T) {
	x := fill(t, search.Public, randomDocs(700, rand.New(rand.NewPCG(3, 4))))
	for _, sort := range []search.Sort{search.Relevance, search.ByName, search.ByYear, search.ByDistance} {
		for _, text := range []string{"", "方", "莲鹤方壶"} {
			q := search.NewQuery(search.PublicScope())
			q.Text, q.Sort = text, sort
			if sort == search.ByDistance {
				q.Near = &search.Near{Point: search.Point{Lon: 113, Lat: 34}, KM: 20000}
			}
			var all []string
			for _, limit := range []int{200, 7} {
				q.Limit, q.Cursor = limit, ""
				var got []string
				for pages := 0; ; pages++ {
					res, err := x.Search(context.Background(), q, nil)
					if err != nil || pages > 1000 {
						t.Fatal(err)
					}
					if len(res.Items) > limit {
						t.Fatalf("%d hits on a page of %d", len(res.Items), limit)
					}
					for _, h := range res.Items {
						got = append(got, Key(h.Kind, h.ID))
					}
					if res.Cursor == "" {
						if len(got) != res.Total {
							t.Errorf("%s %q: %d hits on all pages, total %d", sort, text, len(got), res.Total)
						}
						break
					}
					q.Cursor = res.Cursor
				}
				if all == nil {
					all = got
					sorted := slices.Clone(got)
					slices.Sort(sorted)
					if len(slices.Compact(sorted)) != len(got) {
						t.Errorf("%s %q: repeats", sort, text)
					}
				} else if !slices.Equal(all, got) {
					t.Errorf("%s %q: small pages are another list", sort, text)
				}
			}
		}
	}
}

func TestACursorBelongsToItsQuery(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	q := search.NewQuery(search.PublicScope())
	q.Limit = 2
	res, err := x.Search(context.Background(), q, nil)
	if err != nil || res.Cursor == "" {
		t.Fatal(err)
	}
	other := q
	other.Text, other.Cursor = "鼎", res.Cursor
	for name, q := range map[string]search.Query{"another text": other, "garbage": {}, "cut": {}} {
		switch name {
		case "garbage":
			q = search.NewQuery(search.PublicScope())
			q.Cursor = "!!!"
		case "cut":
			q = search.NewQuery(search.PublicScope())
			q.Cursor = res.Cursor[:len(res.Cursor)-4]
		}
		_, err := x.Search(context.Background(), q, nil)
		var f *fault.Fault
		if !errors.As(err, &f) || len(f.Fields()) != 1 || f.Fields()[0].Code != search.ErrCursor {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

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

func TestBadQueriesAreRefused(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	two, one := 2, 1
	for name, c := range map[string]struct {
		edit func(*search.Query)
		want *fault.Code
	}{
		"text":        {func(q *search.Query) { q.Text = strings.Repeat("鼎", 257) }, search.ErrTextTooLong},
		"10 kB":       {func(q *search.Query) { q.Text = strings.Repeat("a b*", 2500) }, search.ErrTextTooLong},
		"kind":        {func(q *search.Query) { q.Kinds = []search.Kind{"x"} }, search.ErrKind},
		"facet":       {func(q *search.Query) { q.Facets = map[string][]string{"k": {"relic"}} }, search.ErrFacet},
		"values":      {func(q *search.Query) { q.Facets = map[string][]string{"era": make([]string, 65)} }, search.ErrFacetValues},
		"count":       {func(q *search.Query) { q.Count = []string{"o"} }, search.ErrFacet},
		"years":       {func(q *search.Query) { q.FromYear, q.ToYear = &two, &one }, search.ErrYears},
		"radius":      {func(q *search.Query) { q.Near = &search.Near{KM: math.Inf(1)} }, search.ErrNear},
		"position":    {func(q *search.Query) { q.Near = &search.Near{Point: search.Point{Lat: math.NaN()}, KM: 1} }, search.ErrNear},
		"sort":        {func(q *search.Query) { q.Sort = "best" }, search.ErrSort},
		"distance":    {func(q *search.Query) { q.Sort = search.ByDistance }, search.ErrSortNear},
		"limit":       {func(q *search.Query) { q.Limit = 201 }, search.ErrLimit},
		"long cursor": {func(q *search.Query) { q.Cursor = strings.Repeat("a", 3000) }, search.ErrCursor},
	} {
		q := search.NewQuery(search.PublicScope())
		c.edit(&q)
		_, err := x.Search(context.Background(), q, nil)
		var f *fault.Fault
		if !errors.As(err, &f) || f.Kind() != fault.Invalid || len(f.Fields()) != 1 || f.Fields()[0].Code != c.want {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// hostile are texts that are syntax somewhere.
var hostile = []string{"*", "?", "**********", "a*", "/.*/", "(((((((", "\"unbalanced", "+鼎 -方", "title:鼎", "鼎~2^9", "[1 TO *]", "' OR 1=1 --", "<em>鼎</em>", "\\", "\x00\x01\x1f=",
	"k=relic", "f=1", "^lian", "\xff\xfe", "😀👍🏽", "a\u0301\u0301\u0301\u0301", "％２７", "ﷺ", "\ufeff鼎", "../../etc/passwd", "{}[]", "T莲鹤方壶", "鼎\n鼎\r鼎", strings.Repeat("( a OR ", 30),
	strings.Repeat("he ", 80), strings.Repeat("sh", 128), strings.Repeat("0", 256), strings.Repeat("莲鹤", 128), "(a+)+$", "ﷲ" + strings.Repeat("\u0300", 200)}

func TestHostileTextIsData(t *testing.T) {
	x := fill(t, search.Public, append(sampleDocs(t), randomDocs(500, rand.New(rand.NewPCG(5, 6)))...))
	for _, text := range hostile {
		began := time.Now()
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Count = text, append([]string{"kind"}, search.FacetNames...)
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if res.Total == 521 {
			t.Errorf("%q finds everything", text)
		}
		for _, h := range res.Items {
			if s := strings.NewReplacer("<em>", "", "</em>", "").Replace(h.Highlight.Title + h.Highlight.Summary + h.Highlight.Name); strings.ContainsAny(s, "<>") {
				t.Errorf("%q: unescaped %q", text, s)
			}
		}
		if _, err := x.Suggest(context.Background(), search.PublicScope(), text, fault.English, 5); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%q took %v", text, took)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, "")
	}
	f.Add("莲he", "eyJmIjoiIn0")
	x := fill(f, search.Public, sampleDocs(f))
	f.Fuzz(func(t *testing.T, text, cursor string) {
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Cursor, q.Limit, q.Count = text, cursor, 200, []string{"kind", "era"}
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("%q %q: %v", text, cursor, err)
			}
			return
		}
		if res.Total < len(res.Items) {
			t.Fatalf("%q: total %d, %d hits", text, res.Total, len(res.Items))
		}
		if _, err := x.Suggest(context.Background(), search.PublicScope(), text, fault.Chinese, 5); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func FuzzDocument(f *testing.F) {
	f.Add("莲鹤方壶", "a <b> c", "lián hè")
	x := fill(f, search.Staff, nil)
	f.Fuzz(func(t *testing.T, title, body, reading string) {
		d := &search.Document{Kind: search.Relic, ID: "r", Org: "o", Title: search.Text{ZH: title}, Summary: search.Text{EN: body}, Names: []string{body}, Body: []string{body}, Reading: reading, Codes: []string{cut(body, 100)}}
		if d.Check() != nil {
			t.Skip()
		}
		if err := x.Write(context.Background(), Batch{Put: []*search.Document{d}}); err != nil {
			t.Fatal(err)
		}
		q := search.NewQuery(everybody())
		q.Text = cut(title, 60)
		if _, err := x.Search(context.Background(), q, nil); err != nil {
			t.Fatal(err)
		}
	})
}

func TestOneProcessAtATime(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, search.Public, Options{LockWait: 50 * time.Millisecond}); !errors.Is(err, search.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	if !x.Ready() {
		t.Error("the second opening has harmed the first")
	}
}

func TestAnIndexOfAnotherFormatIsNotUsed(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.gen.bleve.SetInternal(formatKey, []byte("0")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Commit(), x.Close()); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, search.Public, Options{}); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if x.Ready() {
		t.Error("it is used")
	}
	if _, err := x.Search(context.Background(), search.NewQuery(search.PublicScope()), nil); !errors.Is(err, search.ErrBuilding) {
		t.Errorf("got %v, want ErrBuilding", err)
	}
}

func TestTokenStandsInItsBatchAndOutlivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := x.Token(); ok {
		t.Error("an empty index has a token")
	}
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	want := store.Token{Epoch: "e", Pos: "7"}
	if err := x.Write(context.Background(), Batch{Put: sampleDocs(t), Token: &want}); err != nil {
		t.Fatal(err)
	}
	if err := x.Write(context.Background(), Batch{Delete: []Ref{{search.Relic, "hu-henan"}}}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, search.Public, Options{}); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if got, ok := x.Token(); !ok || got != want {
		t.Errorf("token %+v", got)
	}
	if n := x.Stats().Documents; n != 20 {
		t.Errorf("%d documents, want 20", n)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v in %s, want one generation and the pointer", entries, filepath.Base(dir))
	}
}

func TestSwapWhileSearching(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	stop, failed := make(chan struct{}), make(chan error, 4)
	for range 4 {
		go func() {
			for {
				select {
				case <-stop:
					failed <- nil
					return
				default:
				}
				q := search.NewQuery(search.PublicScope())
				q.Text = "莲鹤"
				if res, err := x.Search(context.Background(), q, nil); err != nil || res.Total != 3 {
					failed <- fmt.Errorf("total %d, %v", res.Total, err)
					return
				}
			}
		}()
	}
	for range 5 {
		r, err := x.Rebuild()
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Write(context.Background(), Batch{Put: sampleDocs(t)}); err != nil {
			t.Fatal(err)
		}
		if err := r.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	for range 4 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

func TestDigestsTellDocumentsApart(t *testing.T) {
	docs := sampleDocs(t)
	x := fill(t, search.Public, docs)
	n := 0
	err := x.Digests(context.Background(), func(ref Ref, digest string) error {
		n++
		i := slices.IndexFunc(docs, func(d *search.Document) bool { return d.Kind == ref.Kind && d.ID == ref.ID })
		want, err := Digest(docs[i])
		if err != nil || digest != want {
			t.Errorf("%v: %s, want %s", ref, digest, want)
		}
		return nil
	})
	if err != nil || n != len(docs) {
		t.Errorf("%d digests, %v", n, err)
	}
}
