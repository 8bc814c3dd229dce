package searchhttp

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store/storetest"
	"yijianyou/search"
	"yijianyou/search/index"
	"yijianyou/search/saved"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

type codeLabels struct{}

func (codeLabels) Label(_ context.Context, facet, value string, lang fault.Lang) string {
	if facet == "era" && value == "chunqiu" {
		return search.Text{ZH: "春秋", EN: "Spring and Autumn"}.In(lang)
	}
	return value
}

func year(y int) *int { return &y }

// filled is an index with documents.
func filled(t testing.TB, a search.Audience, docs ...*search.Document) *index.Index {
	t.Helper()
	x, err := index.Open(filepath.Join(t.TempDir(), a.String()), a, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	for part := range slices.Chunk(docs, 1000) {
		if err := r.Write(t.Context(), index.Batch{Put: part}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	return x
}

// server has a published relic, a museum near and far, and a draft of each of
// two museums.
func server(t testing.TB) *httpkittest.Server {
	hu := &search.Document{Kind: search.Relic, ID: "hu", Org: "demo-museum", Title: search.Text{ZH: "莲鹤方壶", EN: "Square hu with lotus and crane"},
		Summary: search.Text{ZH: "盖上立鹤", EN: "A crane stands on the lid"}, Facets: map[string][]string{"era": {"chunqiu"}},
		FromYear: year(-670), ToYear: year(-570), Image: "asset-1", Show: map[string]string{"period": "春秋中期"}}
	here := &search.Document{Kind: search.Museum, ID: "here", Org: "demo-museum", Title: search.Text{ZH: "示范博物馆"}, Point: &search.Point{Lon: 113.6, Lat: 34.7}}
	draft := &search.Document{Kind: search.Relic, ID: "draft", Org: "demo-museum", Title: search.Text{ZH: "未公开铜鹤"}, Guarded: []string{"三号库房"},
		Facets: map[string][]string{"review": {"draft"}, "era": {"secretera"}}}
	other := &search.Document{Kind: search.Relic, ID: "other", Org: "demo-museum-b", Title: search.Text{ZH: "二馆未公开铜鹤"}, Guarded: []string{"南院地库"},
		Facets: map[string][]string{"review": {"draft"}}}
	d := Deps{Public: filled(t, search.Public, hu, here), Staff: filled(t, search.Staff, hu, here, draft, other), Labels: func(actor.Actor) search.Labels { return search.JoinLabels(nil, codeLabels{}) },
		Periods: func(text string) (int, int, bool) { return -770, -476, text == "春秋" }, Records: &fakeRecords{}, Saved: saved.New(storetest.New(t, saved.Collections()...))}
	return httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) { Mount(r, d) })
}

func get(c *httpkittest.Client, path string, params ...string) *httpkittest.Answer {
	v := url.Values{}
	for i := 0; i < len(params); i += 2 {
		v.Add(params[i], params[i+1])
	}
	return c.Get(path + "?" + v.Encode())
}

func TestAnswerOfASearch(t *testing.T) {
	c := server(t).Nobody()
	var got searchAnswer
	get(c, "/api/v1/search", "q", "蓮鶴", "lang", "en").Want(t, 200).JSON(t, &got)
	got.TookMS, got.Items[0].Score = 0, 0
	want := searchAnswer{Total: 1, Items: []hitView{{Kind: "relic", ID: "hu", Title: textView{"莲鹤方壶", "Square hu with lotus and crane"},
		Summary: textView{"盖上立鹤", "A crane stands on the lid"}, Highlight: highlightView{Name: "<em>莲鹤</em>方壶"},
		Image: "asset-1", FromYear: year(-670), ToYear: year(-570), Show: map[string]string{"period": "春秋中期"}}},
		Facets: map[string][]countView{"kind": {{"relic", "Relics", 1}}, "era": {{"chunqiu", "Spring and Autumn", 1}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	get(c, "/api/v1/search", "q", "蓮鶴", "lang", "zh").Has(t, `"label":"春秋"`, "<em>莲鹤</em>方壶")
	c.Get("/api/v1/search?q=%E9%B9%A4", "Accept-Language", "zh-CN").Has(t, `"label":"春秋"`)
	c.Get("/api/v1/search?q=%E9%B9%A4", "Accept-Language", "en").Has(t, `"label":"Spring and Autumn"`)
	get(c, "/api/v1/search", "near", "34.7,113.61,5", "sort", "distance").JSON(t, &got)
	if got.Total != 1 || got.Items[0].DistanceM == nil || *got.Items[0].DistanceM < 900 || *got.Items[0].DistanceM > 930 || *got.Items[0].Lat != 34.7 {
		t.Errorf("%+v", got)
	}
}

func TestKindsApart(t *testing.T) {
	c := server(t).Nobody()
	var got searchAnswer
	get(c, "/api/v1/search", "apart", "1", "lang", "en").Want(t, 200).JSON(t, &got)
	if len(got.Kinds) != 2 || got.Kinds[0].Kind != "relic" || got.Kinds[0].Items[0].ID != "hu" || got.Kinds[1].Label != "Museums" || got.Kinds[1].Total != 1 {
		t.Errorf("got %+v", got.Kinds)
	}
	got = searchAnswer{}
	get(c, "/api/v1/search", "apart", "1", "kind", "museum").Want(t, 200).JSON(t, &got)
	if len(got.Kinds) != 1 || got.Kinds[0].Kind != "museum" {
		t.Errorf("got %+v", got.Kinds)
	}
	get(c, "/api/v1/search", "apart", "21").Want(t, 400)
	for _, q := range []string{"", "莲鹤 示范 在哪里", "莲鹤方壶和示范博物馆"} { // all, a question, what nothing has wholly
		got = searchAnswer{}
		get(c, "/api/v1/search", "apart", "3", "q", q).Want(t, 200).JSON(t, &got)
		sum := 0
		for _, k := range got.Kinds {
			sum += k.Total
			if len(k.Items) == 0 || len(k.Items) > k.Total {
				t.Errorf("%q: %d of %d of kind %s", q, len(k.Items), k.Total, k.Kind)
			}
		}
		if sum != got.Total || sum == 0 {
			t.Errorf("%q: %d in all, %d by kinds", q, got.Total, sum)
		}
	}
}

func TestHelpWhenNothingIsFound(t *testing.T) {
	c := server(t).Nobody()
	var got searchAnswer
	get(c, "/api/v1/search", "q", "莲鹤方壶", "kind", "museum", "facet.era", "chunqiu").Want(t, 200).JSON(t, &got)
	if got.Help == nil || len(got.Help.Without) != 1 || got.Help.Without[0] != (withoutView{"kind", 1}) {
		t.Errorf("got %+v", got.Help)
	}
	got = searchAnswer{}
	get(c, "/api/v1/search", "q", "莲河方壶").Want(t, 200).JSON(t, &got)
	if got.Help == nil || len(got.Help.Corrections) != 1 || got.Help.Corrections[0].ID != "hu" {
		t.Errorf("got %+v", got.Help)
	}
	if !got.Partial || got.Total != 1 || got.Items[0].ID != "hu" {
		t.Errorf("what is spelt nearly so is shown, and said to be so: %+v", got)
	}
}

func TestFewItemsAreFollowedByWeakerOnes(t *testing.T) {
	relic := func(id, zh string) *search.Document {
		return &search.Document{Kind: search.Relic, ID: id, Org: "demo-museum", Title: search.Text{ZH: zh}}
	}
	x := filled(t, search.Public, relic("both", "三彩骆驼"), relic("one", "石雕骆驼"), relic("a", "三彩马"), relic("b", "三彩罐"))
	s := httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) {
		Mount(r, Deps{Public: x, Saved: saved.New(storetest.New(t, saved.Collections()...))})
	})
	var got searchAnswer
	get(s.Nobody(), "/api/v1/search", "q", "三彩 骆驼").Want(t, 200).JSON(t, &got)
	if got.Total != 1 || len(got.Items) != 1 || len(got.Weaker) != 1 || got.Weaker[0].ID != "one" || got.Partial {
		t.Errorf("got %+v", got)
	}
	get(s.Nobody(), "/api/v1/search", "q", "骆驼").Want(t, 200).Lacks(t, "weaker")
}

// cutting is an index whose answers are cut.
type cutting struct{ Index }

func (c cutting) Search(ctx context.Context, q search.Query, labels search.Labels) (search.Result, error) {
	res, err := c.Index.Search(ctx, q, labels)
	res.Cut = true
	return res, err
}

func TestAnAnswerSaysWhenItIsCut(t *testing.T) {
	x := filled(t, search.Public)
	for cut, public := range map[bool]Index{true: cutting{x}, false: x} {
		d := Deps{Public: public, Saved: saved.New(storetest.New(t, saved.Collections()...))}
		s := httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) { Mount(r, d) })
		get(s.Nobody(), "/api/v1/search", "q", "s").Want(t, 200).Has(t, fmt.Sprintf(`"cut":%v`, cut))
	}
}

func TestRelatedRecordsKeepTheScope(t *testing.T) {
	s := server(t)
	get(s.Nobody(), "/api/v1/related", "kind", "relic", "id", "draft").Want(t, 404)
	get(s.Nobody(), "/api/v1/related", "kind", "relic", "id", "hu").Want(t, 200).Lacks(t, "draft", "铜鹤")
	get(s.Nobody(), "/api/v1/related", "kind", "nonsense", "id", "hu").Want(t, 400)
	get(s.Nobody(), "/api/v1/related", "kind", "relic").Want(t, 400)
}

func TestFiltersOfASearch(t *testing.T) {
	c := server(t).Nobody()
	for _, f := range []struct {
		params []string
		want   []string
	}{
		{nil, []string{"here", "hu"}},
		{[]string{"kind", "museum"}, []string{"here"}},
		{[]string{"kind", "museum", "kind", "relic"}, []string{"here", "hu"}},
		{[]string{"kind", "museum,relic"}, []string{"here", "hu"}},
		{[]string{"facet.era", "chunqiu"}, []string{"hu"}},
		{[]string{"facet.era", "tang", "facet.era", "chunqiu"}, []string{"hu"}},
		{[]string{"facet.era", "tang"}, []string{}},
		{[]string{"box", "34,113,35,114"}, []string{"here"}},
		{[]string{"box", "34,114,35,113"}, []string{}},
		{[]string{"within", "34,113;34,114;35,114"}, []string{}},
		{[]string{"within", "34,113;34,114;35,114;35,113"}, []string{"here"}},
		{[]string{"placed", "true"}, []string{"here"}},
		{[]string{"placed", "false"}, []string{"here", "hu"}},
		{[]string{"placed", "true", "kind", "relic"}, []string{}},
		{[]string{"period", "-600..-500"}, []string{"hu"}},
		{[]string{"period", "..-671"}, []string{}},
		{[]string{"period", "-570.."}, []string{"hu"}},
		{[]string{"period", "-600"}, []string{"hu"}},
		{[]string{"period", "春秋"}, []string{"hu"}},
		{[]string{"q", "lhfh"}, []string{"hu"}},
	} {
		var got searchAnswer
		get(c, "/api/v1/search", f.params...).Want(t, 200).JSON(t, &got)
		ids := []string{}
		for _, h := range got.Items {
			ids = append(ids, h.ID)
		}
		slices.Sort(ids)
		if !slices.Equal(ids, f.want) {
			t.Errorf("%v: got %v, want %v", f.params, ids, f.want)
		}
	}
}

func TestPagesOfASearch(t *testing.T) {
	c := server(t).Nobody()
	var first, second searchAnswer
	get(c, "/api/v1/search", "limit", "1", "sort", "name").JSON(t, &first)
	get(c, "/api/v1/search", "limit", "1", "sort", "name", "cursor", first.Cursor).JSON(t, &second)
	if len(first.Items) != 1 || len(second.Items) != 1 || first.Items[0].ID == second.Items[0].ID || second.Cursor != "" || second.Total != 2 {
		t.Errorf("%+v\n%+v", first, second)
	}
	get(c, "/api/v1/search", "limit", "1", "cursor", first.Cursor).Want(t, 422).Has(t, "search.cursor", "query.cursor")
}

func TestBadParametersAreExplained(t *testing.T) {
	c := server(t).Nobody()
	for _, b := range []struct {
		params []string
		status int
		has    string
	}{
		{[]string{"q", strings.Repeat("鼎", 257)}, 422, "search.text_too_long"},
		{[]string{"kind", "dragon"}, 422, "search.kind"},
		{[]string{"facet.dragon", "x"}, 422, "search.facet"},
		{[]string{"period", "long ago"}, 422, "search.years"},
		{[]string{"period", "5..1"}, 422, "search.years"},
		{[]string{"near", "1,2"}, 422, "search.near"},
		{[]string{"near", "NaN,2,3"}, 422, "search.near"},
		{[]string{"near", "91,2,3"}, 422, "search.near"},
		{[]string{"near", "1,2,0"}, 422, "search.near"},
		{[]string{"box", "1,2,3"}, 422, "search.box"},
		{[]string{"box", "3,1,2,2"}, 422, "search.box"},
		{[]string{"within", "1,2;3,4"}, 422, "search.polygon"},
		{[]string{"within", "1,2;3,x;5,5"}, 422, "search.polygon"},
		{[]string{"within", strings.Repeat("1,2;", 101)}, 422, "search.polygon"},
		{[]string{"sort", "distance"}, 422, "search.sort_near"},
		{[]string{"sort", "random"}, 400, "query.sort"},
		{[]string{"placed", "maybe"}, 400, "query.placed"},
		{[]string{"limit", "0"}, 400, "query.limit"},
		{[]string{"limit", "201"}, 400, "query.limit"},
		{[]string{"cursor", "%%%"}, 422, "search.cursor"},
	} {
		a := get(c, "/api/v1/search", b.params...)
		a.Want(t, b.status)
		a.Has(t, b.has)
		a.Lacks(t, "dragon", "long ago", "鼎鼎")
	}
	get(c, "/api/v1/suggest", "q", strings.Repeat("鼎", 257)).Want(t, 422).Has(t, "query.q")
}

func TestWhoSeesWhat(t *testing.T) {
	s := server(t)
	staff := []string{"view", "staff"}
	grants := func(role actor.Role, org actor.OrgID) actor.Actor {
		return httpkittest.Staff("x", actor.Grant{Role: role, Org: org})
	}
	keeper, keeperB, admin := s.As(grants(actor.Keeper, "demo-museum")), s.As(grants(actor.Keeper, "demo-museum-b")), s.As(grants(actor.Admin, actor.CityWide))
	manager := s.As(grants(actor.AreaManager, "demo-area"))
	for _, v := range []struct {
		name   string
		c      *httpkittest.Client
		params []string
		has    []string
		lacks  []string
	}{
		{"a visitor sees what is public", s.Nobody(), nil, []string{"莲鹤方壶"}, []string{"未公开", "draft", "secretera"}},
		{"a keeper in the public view too", keeper, nil, []string{"莲鹤方壶"}, []string{"未公开", "draft", "secretera"}},
		{"a keeper sees his drafts and not those of another museum", keeper, staff, []string{"未公开铜鹤", "secretera", `"draft"`}, []string{"二馆", `"other"`}},
		{"the other keeper likewise", keeperB, staff, []string{"二馆未公开铜鹤"}, []string{"莲鹤方壶", "secretera", `"hu"`}},
		{"an area manager sees no relics", manager, staff, []string{`"total":0`}, []string{"铜鹤", "莲鹤"}},
		{"an administrator sees all", admin, staff, []string{`"total":4`}, nil},
	} {
		t.Run(v.name, func(t *testing.T) {
			a := get(v.c, "/api/v1/search", v.params...).Want(t, 200)
			a.Has(t, v.has...)
			a.Lacks(t, v.lacks...)
			for _, more := range [][]string{{"apart", "5"}, {"q", "未公开铜河", "kind", "museum", "apart", "5"}, {"q", "“未公开铜鹤”", "facet.era", "secretera"}, {"q", "未公开铜鹤讲座", "facet.review", "draft"}} {
				get(v.c, "/api/v1/search", append(more, v.params...)...).Want(t, 200).Lacks(t, v.lacks...)
			}
			suggestion := get(v.c, "/api/v1/suggest", append([]string{"q", "鹤"}, v.params...)...).Want(t, 200)
			suggestion.Lacks(t, v.lacks...)
			correction := get(v.c, "/api/v1/suggest", append([]string{"q", "未公开铜河"}, v.params...)...).Want(t, 200)
			correction.Lacks(t, v.lacks...)
		})
	}
	total := func(c *httpkittest.Client, q string) string {
		var a searchAnswer
		get(c, "/api/v1/search", "q", q, "view", "staff").Want(t, 200).JSON(t, &a)
		return fmt.Sprint(a.Total)
	}
	if got := total(keeper, "三号库房") + total(keeper, "南院地库") + total(keeperB, "三号库房") + total(admin, "三号库房"); got != "1000" {
		t.Errorf("store locations are found by %s (keeper his, keeper of another museum, administrator without location.read)", got)
	}
	get(s.Nobody(), "/api/v1/search", staff...).Want(t, 401)
	get(s.Nobody(), "/api/v1/suggest", append(staff, "q", "鹤")...).Want(t, 401)
	get(s.Nobody(), "/api/v1/search", "q", "三号库房").Has(t, `"total":0`)
}

func TestEveryFacetHasAParameter(t *testing.T) {
	var declared []string
	typ := reflect.TypeFor[FacetInput]()
	in := FacetInput{}
	for i := range typ.NumField() {
		if tag, ok := typ.Field(i).Tag.Lookup("query"); ok {
			declared = append(declared, strings.TrimSuffix(strings.TrimPrefix(tag, "facet."), ",explode"))
			reflect.ValueOf(&in).Elem().Field(i).Set(reflect.ValueOf([]string{"v"}))
		}
	}
	if diff := cmp.Diff(search.FacetNames, declared); diff != "" {
		t.Error(diff)
	}
	for _, name := range search.FacetNames {
		if !slices.Equal(in.chosen()[name], []string{"v"}) {
			t.Errorf("facet.%s is not passed on", name)
		}
	}
}
