package index

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// lacking returns q without one of its filters, named as in search.Relaxed.
func lacking(q search.Query, name string) search.Query {
	q.Facets = maps.Clone(q.Facets)
	switch name {
	case "kind":
		q.Kinds = nil
	case "period":
		q.FromYear, q.ToYear = nil, nil
	case "place":
		q.Near, q.Box, q.Within = nil, nil, nil
	case "placed":
		q.Placed = false
	case "text":
		q.Text = ""
	default:
		delete(q.Facets, name[len("facet."):])
	}
	return q
}

func TestWhatHelpsIsWhatASearchWithoutTheFilterFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	x := fill(t, search.Public, randomDocs(1200, r))
	boxes := []search.Box{{South: 33, West: 112, North: 34, East: 113}, {South: 0, West: 179.9, North: 0.5, East: -179.9}}
	texts := []string{"", "方", "莲鹤方壶", "编钟残件", "唐", "莲鹤方壶是什么", `"方壶残件"`, "氢弹"}
	helped := 0
	for range 400 {
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Facets = texts[r.IntN(len(texts))], map[string][]string{"museum": {fmt.Sprint("m", r.IntN(60))}}
		if r.IntN(2) == 0 {
			q.Kinds = []search.Kind{search.Kinds[r.IntN(5)]}
		}
		if r.IntN(2) == 0 {
			q.Facets["era"] = []string{fmt.Sprint("e", r.IntN(4))}
		}
		if r.IntN(2) == 0 {
			from := r.IntN(3000) - 1500
			q.FromYear = &from
		}
		if r.IntN(2) == 0 {
			q.Box = &boxes[r.IntN(2)]
		}
		q.Placed = r.IntN(3) == 0
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if res.Total > 0 && !res.Partial {
			if res.Help != nil {
				t.Fatalf("%+v is helped", q)
			}
			continue
		}
		got := map[string]int{}
		if res.Help != nil {
			last := res.Help.Without
			if !slices.IsSortedFunc(last, func(a, b search.Relaxed) int { return b.Total - a.Total }) {
				t.Fatalf("not the most first: %+v", last)
			}
			for _, w := range last {
				got[w.Filter] = w.Total
			}
			helped++
		}
		names := []string{"kind", "facet.museum", "facet.era", "period", "place", "placed", "text"}
		for _, name := range names {
			less := lacking(q, name)
			if cacheKey(less) == cacheKey(q) {
				continue
			}
			want, err := x.Search(context.Background(), less, nil)
			if err != nil {
				t.Fatal(err)
			}
			if want.Partial {
				want.Total = 0
			}
			if got[name] != want.Total {
				t.Fatalf("without %s %d are found, told %d: %q %+v", name, want.Total, got[name], q.Text, q)
			}
		}
	}
	if helped < 50 {
		t.Errorf("only %d queries were helped", helped)
	}
}

func TestAPartialAnswerWithAFilterHasFurtherPages(t *testing.T) {
	x := fill(t, search.Public, randomDocs(300, rand.New(rand.NewPCG(9, 10))))
	q := search.NewQuery(search.PublicScope())
	q.Text, q.Kinds, q.Limit = "莲鹤方壶讲座", []search.Kind{search.Relic}, 1
	first, err := x.Search(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !first.Partial || first.Cursor == "" {
		t.Fatalf("the first page is %+v", first)
	}
	q.Cursor = first.Cursor
	second, err := x.Search(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if second.Total != first.Total || len(second.Items) != 1 || second.Items[0].ID == first.Items[0].ID {
		t.Errorf("the second page is %+v", second)
	}
}

// meter counts how often the work of a query looks whether it may go on: once for
// each list of documents, each text read and each few thousand documents.
type meter struct {
	context.Context
	looks, limit int // limit 0 is none
}

func (m *meter) Err() error {
	if m.looks++; m.limit > 0 && m.looks > m.limit {
		return context.Canceled
	}
	return m.Context.Err()
}

// loaded is a query that chooses as much as it may.
func loaded(text string) search.Query {
	q := search.NewQuery(search.PublicScope())
	q.Text, q.Kinds, q.Facets, q.Count = text, []search.Kind{search.Museum}, map[string][]string{}, append([]string{"kind"}, search.FacetNames...)
	for _, name := range search.FacetNames {
		for i := range search.MaxFacetValues {
			q.Facets[name] = append(q.Facets[name], fmt.Sprint("m", i))
		}
	}
	from := -5000
	q.Placed, q.FromYear, q.Near = true, &from, &search.Near{Point: search.Point{Lon: 113, Lat: 34}, KM: 500}
	for i := range search.MaxCorners {
		q.Within = append(q.Within, search.Point{Lon: 100 + float64(i)/10, Lat: 30 + float64(i%7)})
	}
	return q
}

func TestHelpLooksForTheTextOnce(t *testing.T) {
	docs := randomDocs(500, rand.New(rand.NewPCG(11, 12)))
	for _, d := range docs {
		d.Kind = search.Museum
		for _, name := range search.FacetNames {
			d.Facets[name] = []string{"m1"}
		}
	}
	x := fill(t, search.Public, docs)
	looks := func(q search.Query) int {
		m := &meter{Context: context.Background()}
		if _, err := x.Search(m, q, nil); err != nil {
			t.Fatal(err)
		}
		return m.looks
	}
	text := "莲鹤方壶妇好鸮尊云纹铜禁贾湖骨笛龙门石窟白马寺"
	plain := search.NewQuery(search.PublicScope())
	plain.Text = text
	if all, one := looks(loaded(text)), looks(plain); all > 5*one {
		t.Errorf("a text with 30 filters takes %d looks, alone %d", all, one)
	}
}

func TestASearchStopsWhenNobodyWaits(t *testing.T) {
	x := fill(t, search.Public, randomDocs(500, rand.New(rand.NewPCG(11, 12))))
	for _, q := range []search.Query{loaded("莲鹤方壶讲座"), loaded(""), loaded(`"莲鹤方壶" "方壶残件"`)} {
		all := &meter{Context: context.Background()}
		if _, err := x.Search(all, q, nil); err != nil {
			t.Fatal(err)
		}
		for _, limit := range []int{1, all.looks / 4, all.looks / 2, all.looks - 1} {
			m := &meter{Context: context.Background(), limit: limit}
			if _, err := x.Search(m, q, nil); fault.KindOf(err) != fault.KindOf(context.Canceled) || m.looks > limit+1 {
				t.Errorf("%q: after %d of %d looks: %d more, %v", q.Text, limit, all.looks, m.looks-limit, err)
			}
		}
	}
}
