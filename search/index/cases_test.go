package index

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
)

// fill opens an index in a fresh directory with one committed generation.
func fill(t testing.TB, audience search.Audience, docs []*search.Document) *Index {
	t.Helper()
	x, err := Open(t.TempDir(), audience, Options{Lexicon: words{}, Kept: -1}) // a slow machine would keep answers
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	rebuild(t, x, docs)
	return x
}

// rebuild builds an index anew of documents.
func rebuild(t testing.TB, x *Index, docs []*search.Document) {
	t.Helper()
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	for part := range slices.Chunk(docs, 1000) {
		if err := r.Write(context.Background(), Batch{Put: part}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
}

// words is a lexicon for tests: it knows a few words between spaces.
type words map[string]search.Sense

func (words) Read(folded []rune) (out []search.Sense) {
	known := words{
		"青铜": {Words: []string{"铜器"}}, "唐": {Years: &search.Span{From: 618, To: 907}}, "春秋": {Years: &search.Span{From: -770, To: -476}},
		"酒器": {Heads: []string{"尊", "方壶"}}, "8th century": {Years: &search.Span{From: 701, To: 800}}, "汴京": {Words: []string{"开封"}},
		"厕所": {Filed: []search.FacetValue{{Facet: "type", Value: "toilet"}}}, "博物馆": {Filed: []search.FacetValue{{Facet: "kind", Value: "museum"}}},
	}
	text := string(folded)
	for word, s := range known {
		if i := strings.Index(text, word); i >= 0 {
			s.At, s.Len = utf8.RuneCountInString(text[:i]), utf8.RuneCountInString(word)
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b search.Sense) int { return a.At - b.At })
	return out
}

func readJSON(t testing.TB, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

func sampleDocs(t testing.TB) []*search.Document {
	var docs []*search.Document
	readJSON(t, "testdata/docs.json", &docs)
	return docs
}

func hitIDs(r search.Result) []string {
	out := []string{}
	for _, h := range r.Items {
		out = append(out, h.ID)
	}
	return out
}

// everybody is a scope that sees the whole staff index.
func everybody() search.Scope { return search.StaffScope(actor.SystemPart("test")) }

func TestDocumentsAndQueries(t *testing.T) {
	type testCase struct {
		Name             string
		Q                string
		Kinds            []search.Kind
		Facets           map[string][]string
		FromYear, ToYear *int
		Near             *search.Near
		Sort             search.Sort
		First, Has       []string
		HasNot           []string
		Last             string
		Exactly          *[]string
		Total            int
	}
	var cases []testCase
	readJSON(t, "testdata/cases.json", &cases)
	for _, audience := range []search.Audience{search.Public, search.Staff} {
		x := fill(t, audience, sampleDocs(t))
		scope := search.PublicScope()
		if audience == search.Staff {
			scope = everybody()
		}
		for _, c := range cases {
			t.Run(fmt.Sprint(audience, "/", c.Name), func(t *testing.T) {
				q := search.NewQuery(scope)
				q.Text, q.Kinds, q.Facets, q.FromYear, q.ToYear, q.Near, q.Sort, q.Limit = c.Q, c.Kinds, c.Facets, c.FromYear, c.ToYear, c.Near, c.Sort, 100
				res, err := x.Search(context.Background(), q, nil)
				if err != nil {
					t.Fatal(err)
				}
				got := hitIDs(res)
				var scores []string
				for _, h := range res.Items {
					scores = append(scores, fmt.Sprintf("%s %.1f", h.ID, h.Score))
				}
				if res.Total != len(got) {
					t.Errorf("total %d, %d hits", res.Total, len(got))
				}
				if c.Exactly != nil && !slices.Equal(got, *c.Exactly) {
					t.Errorf("got %s\nwant %s", strings.Join(scores, ", "), strings.Join(*c.Exactly, ", "))
				}
				if len(got) < len(c.First) || !slices.Equal(got[:len(c.First)], c.First) {
					t.Errorf("first: got %s\nwant %s", strings.Join(scores, ", "), strings.Join(c.First, ", "))
				}
				for _, id := range c.Has {
					if !slices.Contains(got, id) {
						t.Errorf("%s is missing in %v", id, scores)
					}
				}
				for _, id := range c.HasNot {
					if slices.Contains(got, id) {
						t.Errorf("%s should not be in %v", id, scores)
					}
				}
				if c.Last != "" && (len(got) == 0 || got[len(got)-1] != c.Last) {
					t.Errorf("last of %v is not %s", scores, c.Last)
				}
				if c.Total != 0 && res.Total != c.Total {
					t.Errorf("total %d, want %d", res.Total, c.Total)
				}
			})
		}
	}
}

func TestHighlight(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	for _, c := range []struct {
		q             string
		lang          fault.Lang
		title, rest   string
		id            string
		inNameInstead bool
	}{
		{q: "蓮鶴", title: "<em>莲鹤</em>方壶（河南博物院藏）", id: "hu-henan"},
		{q: "鹤", title: "莲<em>鹤</em>方壶（河南博物院藏）", rest: "壶盖上立着一只展翅的<em>鹤</em>，四周是莲瓣。1923年新郑李家楼出土。", id: "hu-henan"},
		{q: "lianhe", title: "<em>莲鹤</em>方壶（河南博物院藏）", id: "hu-henan"},
		{q: "lhfh", title: "<em>莲鹤方壶</em>（河南博物院藏）", id: "hu-henan"},
		{q: "cranes", lang: fault.English, title: "Square hu with lotus and <em>crane</em> (Henan Museum)", rest: "A <em>crane</em> spreads its wings on the lid among lotus petals; found at Xinzheng in 1923.", id: "hu-henan"},
		{q: "莲鹤方壶", lang: fault.English, title: "<em>莲鹤方壶</em>（河南博物院藏）", inNameInstead: true, id: "hu-henan"},
	} {
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Lang = c.q, c.lang
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.Index(hitIDs(res), c.id)
		if i < 0 {
			t.Errorf("%s: not found", c.q)
			continue
		}
		h := res.Items[i].Highlight
		got := h.Title
		if c.inNameInstead {
			got = h.Name
		}
		if got != c.title || h.Summary != c.rest {
			t.Errorf("%s: got %+v", c.q, h)
		}
	}
	m := newMarker("<script> 鹤")
	if got := m.highlight(stored{Title: search.Text{ZH: `<b>"鹤"</b>`}}, fault.Chinese).Title; got != "&lt;b&gt;&#34;<em>鹤</em>&#34;&lt;/b&gt;" {
		t.Errorf("not escaped: %s", got)
	}
}

func TestSuggest(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	for _, c := range []struct {
		q, completes, corrects string
		lang                   fault.Lang
	}{
		{q: "莲", completes: "莲鹤方壶（河南博物院藏）"},
		{q: "龙门", completes: "龙门石窟"},
		{q: "longm", completes: "龙门石窟"},
		{q: "lmsk", completes: "龙门石窟"},
		{q: "white ho", completes: "White Horse Temple", lang: fault.English},
		{q: "云tai", completes: "云台山"},
		{q: "莲河方壶", corrects: "莲鹤方壶（河南博物院藏）"},
		{q: "龙们石窟", corrects: "龙门石窟"},
		{q: "贾湖古笛", corrects: "贾湖骨笛"},
		{q: "汝窑天兰釉刻花鹅颈瓶", completes: "汝窑天蓝釉刻花鹅颈瓶"},
		{q: "longmem grottoes", corrects: "Longmen Grottoes", lang: fault.English},
		{q: "lianhefanhgu", corrects: "莲鹤方壶（河南博物院藏）"},
		{q: "  ", completes: "", corrects: ""},
		{q: "量子计算机", completes: "", corrects: ""},
	} {
		got, err := x.Suggest(context.Background(), search.PublicScope(), c.q, c.lang, 5)
		if err != nil {
			t.Fatal(err)
		}
		for what, pair := range map[string][2]any{"completion": {c.completes, got.Completions}, "correction": {c.corrects, got.Corrections}} {
			want, list := pair[0].(string), pair[1].([]search.Completion)
			if want == "" && len(list) > 0 || want != "" && (len(list) == 0 || list[0].Text != want) {
				t.Errorf("%q: %s want %q, got %+v", c.q, what, want, list)
			}
		}
	}
}
