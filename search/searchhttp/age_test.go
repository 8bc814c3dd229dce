package searchhttp

import (
	"slices"
	"testing"

	"yijianyou/internal/store/storetest"
	"yijianyou/search"
	"yijianyou/search/saved"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// TestAFirstPageCountsTheAges: each with what its period finds, whatever period is
// asked, and in the language of the reader.
func TestAFirstPageCountsTheAges(t *testing.T) {
	relic := func(id, era string, from, to int) *search.Document {
		return &search.Document{Kind: search.Relic, ID: id, Title: search.Text{ZH: "鼎"}, Facets: map[string][]string{"era": {era}}, FromYear: &from, ToYear: &to}
	}
	d := Deps{Public: filled(t, search.Public, relic("ming", "ming", 1368, 1644), relic("qing", "qing", 1644, 1911), relic("late", "qing", 1875, 1908), relic("now", "prc", 1980, 1980)),
		Ages:  []Age{{search.Text{ZH: "明", EN: "Ming"}, 1368, year(1644)}, {search.Text{ZH: "清", EN: "Qing"}, 1644, year(1911)}, {search.Text{ZH: "近现代", EN: "Modern"}, 1840, nil}},
		Saved: saved.New(storetest.New(t, saved.Collections()...))}
	c := httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) { Mount(r, d) }).Nobody()
	for _, f := range []struct {
		params []string
		total  int
		counts [3]int
	}{
		{nil, 4, [3]int{1, 2, 3}},
		{[]string{"period", "1644..1911"}, 2, [3]int{1, 2, 3}},
		{[]string{"period", "1840.."}, 3, [3]int{1, 2, 3}},
		{[]string{"facet.era", "qing"}, 2, [3]int{0, 2, 2}},
		{[]string{"facet.era", "qing", "period", "1368..1644"}, 0, [3]int{0, 2, 2}},
		{[]string{"kind", "site"}, 0, [3]int{}},
	} {
		var got searchAnswer
		get(c, "/api/v1/search", append(f.params, "q", "鼎", "lang", "en")...).Want(t, 200).JSON(t, &got)
		want := []countView{{"1368..1644", "Ming", f.counts[0]}, {"1644..1911", "Qing", f.counts[1]}, {"1840..", "Modern", f.counts[2]}}
		if got.Total != f.total || !slices.Equal(got.Periods, want) {
			t.Errorf("%v: %d hits, periods %v, want %v", f.params, got.Total, got.Periods, want)
		}
		for i, p := range got.Periods {
			var of searchAnswer
			get(c, "/api/v1/search", append([]string{"q", "鼎", "period", p.Value}, withoutPeriod(f.params)...)...).Want(t, 200).JSON(t, &of)
			if of.Total != f.counts[i] {
				t.Errorf("%v: %d are counted for %s, its period finds %d", f.params, f.counts[i], p.Label, of.Total)
			}
		}
	}
	var first, second searchAnswer
	get(c, "/api/v1/search", "limit", "1", "lang", "zh").Want(t, 200).JSON(t, &first)
	get(c, "/api/v1/search", "limit", "1", "cursor", first.Cursor).Want(t, 200).JSON(t, &second)
	if first.Periods[0].Label != "明" || second.Periods != nil {
		t.Errorf("%v on the first page, %v on the second", first.Periods, second.Periods)
	}
}

func withoutPeriod(params []string) []string {
	if i := slices.Index(params, "period"); i >= 0 {
		return slices.Delete(slices.Clone(params), i, i+2)
	}
	return params
}
