package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"yijianyou/search"
)

func named(id, title string) *search.Document {
	return &search.Document{Kind: search.Relic, ID: id, Title: search.Text{ZH: title}}
}

func weakerIDs(res search.Result) (out []string) {
	for _, h := range res.Weaker {
		out = append(out, h.ID)
	}
	return out
}

func TestFewHitsAreFollowedByWhatHasMost(t *testing.T) {
	docs := []*search.Document{named("both", "三彩骆驼"), named("camel", "石雕骆驼"), named("sancai-1", "三彩马"), named("sancai-2", "三彩罐"), named("sancai-3", "三彩俑"),
		named("none", "青花盘"), named("pot", "记号罐")}
	x := fill(t, search.Public, docs)
	ask := func(text string, edit func(*search.Query)) search.Result {
		t.Helper()
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Count = text, []string{"kind"}
		if edit != nil {
			edit(&q)
		}
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	res := ask("三彩 骆驼", nil)
	if got := weakerIDs(res); !slices.Equal(hitIDs(res), []string{"both"}) || !slices.Equal(got, []string{"camel"}) { // the rarer word is most
		t.Errorf("%v, then %v", hitIDs(res), got)
	}
	if res.Total != 1 || res.Facets["kind"][0].Count != 1 || res.Partial || res.Cursor != "" {
		t.Errorf("what follows is counted: %+v", res)
	}
	for name, r := range map[string]search.Result{
		"one word":            ask("骆驼", nil),
		"in quotes":           ask("“三彩” 骆驼", nil),
		"by name":             ask("三彩 骆驼", func(q *search.Query) { q.Sort = search.ByName }),
		"not all on the page": ask("三彩", func(q *search.Query) { q.Limit = 2 }),
		"another kind":        ask("三彩 骆驼", func(q *search.Query) { q.Kinds = []search.Kind{search.Site} }),
	} {
		if len(r.Weaker) > 0 {
			t.Errorf("%s: %v follow", name, weakerIDs(r))
		}
	}
}

func TestANumberIsFollowedByNoOther(t *testing.T) {
	x := fill(t, search.Public, []*search.Document{{Kind: search.Site, ID: "a", Title: search.Text{ZH: "甲"}, Codes: []string{"7-1791-5-184"}},
		{Kind: search.Site, ID: "b", Title: search.Text{ZH: "乙"}, Body: []string{"编号7-1791-5-185"}}})
	q := search.NewQuery(search.PublicScope())
	q.Text = "7-1791-5-184"
	res, err := x.Search(context.Background(), q, nil)
	if err != nil || !slices.Equal(hitIDs(res), []string{"a"}) || len(res.Weaker) > 0 {
		t.Errorf("%v, then %v, %v", hitIDs(res), weakerIDs(res), err)
	}
}

// TestWhatFollowsObeysScopeAndFilters asks of random documents in both indexes.
func TestWhatFollowsObeysScopeAndFilters(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	x := fill(t, search.Public, randomDocs(1200, r))
	texts := []string{"方鼎 残件", "编钟 残件", "石磬 乙", "骨笛 甲", "陶鬶残件", "龙门石窟有哪些残件"}
	followed := 0
	for range 300 {
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Facets = texts[r.IntN(len(texts))], map[string][]string{"museum": {fmt.Sprint("m", r.IntN(60)), fmt.Sprint("m", r.IntN(60))}}
		if r.IntN(2) == 0 {
			q.Kinds = []search.Kind{search.Kinds[r.IntN(5)]}
		}
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Weaker) > 0 && (res.Total == 0 || res.Total >= fewHits || res.Partial) || len(res.Weaker) > maxWeaker {
			t.Fatalf("%q: %d follow %d", q.Text, len(res.Weaker), res.Total)
		}
		only := search.NewQuery(search.PublicScope()) // what the filters let pass
		only.Kinds, only.Facets, only.Limit = q.Kinds, q.Facets, search.MaxLimit
		all, err := x.Search(context.Background(), only, nil)
		if err != nil {
			t.Fatal(err)
		}
		passing := hitIDs(all)
		for _, id := range weakerIDs(res) {
			followed++
			if !slices.Contains(passing, id) || slices.Contains(hitIDs(res), id) {
				t.Fatalf("%q: %s follows %v", q.Text, id, hitIDs(res))
			}
		}
	}
	if followed < 100 {
		t.Errorf("only %d followed", followed)
	}
}

func TestAWordMeansWhatIsFiledUnderIt(t *testing.T) {
	filed := func(id, title string, kind search.Kind, facet, value string) *search.Document {
		return &search.Document{Kind: kind, ID: id, Title: search.Text{ZH: title}, Facets: map[string][]string{facet: {value}}}
	}
	says := named("says", "记事碑")
	says.Body = []string{"附近有厕所", "原藏博物馆"}
	x := fill(t, search.Public, []*search.Document{filed("wc", "北区一号", search.Spot, "type", "toilet"), filed("other", "北区二号", search.Spot, "type", "gate"), says,
		filed("house", "示范馆", search.Museum, "free", "true"), named("name", "厕所")})
	for text, want := range map[string][]string{"厕所": {"name", "wc", "says"}, "博物馆": {"house", "says"}, "北区 厕所": {"wc"}} {
		q := search.NewQuery(search.PublicScope())
		q.Text = text
		res, err := x.Search(context.Background(), q, nil)
		if err != nil || !slices.Equal(hitIDs(res), want) {
			t.Errorf("%s: %v, %v; want %v", text, hitIDs(res), err, want)
		}
	}
}
