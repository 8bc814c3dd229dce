package index

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

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
		"box":         {func(q *search.Query) { q.Box = &search.Box{South: 2, North: 1} }, search.ErrBox},
		"no box":      {func(q *search.Query) { q.Box = &search.Box{South: math.NaN(), North: 1} }, search.ErrBox},
		"polygon":     {func(q *search.Query) { q.Within = []search.Point{{Lon: 1}, {Lon: 2}} }, search.ErrPolygon},
		"many":        {func(q *search.Query) { q.Within = make([]search.Point, 101) }, search.ErrPolygon},
		"flat":        {func(q *search.Query) { q.Within = make([]search.Point, 5) }, search.ErrPolygon},
		"date line":   {func(q *search.Query) { q.Within = []search.Point{{Lon: -179}, {Lon: 179}, {Lat: 1}} }, search.ErrPolygon},
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
	"k=relic", "f=1", "^lian", "\xff\xfe", "😀👍🏽", "a\u0301\u0301\u0301\u0301", "％２７", "ﷺ", "\ufeff鼎", "../../etc/passwd", "{}[]", "T莲鹤方壶", "鼎\n鼎\r鼎", strings.Repeat("( a OR ", 30), strings.Repeat("\"", 256), strings.Repeat("\"鼎\"", 60), "“「『鼎”」』", "\"\"", "“的 的 的”", strings.Repeat("唐", 250), strings.Repeat("公元前", 80),
	strings.Repeat("he ", 80), strings.Repeat("sh", 128), strings.Repeat("0", 256), strings.Repeat("莲鹤", 128), "(a+)+$", "ﷲ" + strings.Repeat("\u0300", 200)}

func TestHostileTextIsData(t *testing.T) {
	x := fill(t, search.Public, append(sampleDocs(t), randomDocs(500, rand.New(rand.NewPCG(5, 6)))...))
	for _, text := range hostile {
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
