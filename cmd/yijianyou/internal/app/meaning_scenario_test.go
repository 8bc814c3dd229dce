package app

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"yijianyou/heritage"
)

// TestWordsAreFoundByWhatTheyMean searches published relics through the whole
// program by times, broader terms and phrases that no record says.
func TestWordsAreFoundByWhatTheyMean(t *testing.T) {
	p := start(t, nil)
	clerk, second, visitor := p.login(t, "clerk"), p.login(t, "second"), p.visitor(t)
	years := func(from, to int) heritage.Period { return heritage.Period{FromYear: &from, ToYear: &to} }
	ids := make(map[string]string)
	for name, f := range map[string]heritage.RelicFields{
		"horse": {Name: heritage.Text{ZH: "场景鎏金马"}, Period: years(713, 741)},
		"plate": {Name: heritage.Text{ZH: "场景彩绘盘"}, Period: years(601, 900)},
		"jue":   {Name: heritage.Text{ZH: "场景兽面纹爵（甲）"}, Period: years(-1300, -1046)},
		"stone": {Name: heritage.Text{ZH: "场景爵士石座"}, Period: years(-206, 1911)},
	} {
		f.Simulated = true
		rec := clerk.create(f)
		clerk.step(rec.ID, "review", "submit")
		second.step(rec.ID, "review", "approve")
		second.step(rec.ID, "publication", "publish")
		ids[rec.ID] = name
	}
	if err := p.Feed.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"唐 场景": {"horse", "plate", "stone"}, "开元 场景": {"horse"}, "公元8世纪 场景": {"horse", "plate"}, "场景 8th century": {"horse", "plate"}, "商代晚期 场景": {"jue"},
		"场景 酒器": {"jue"}, "场景 wine vessel": {"jue"}, "“场景兽面纹爵”": {"jue"}, "“兽面爵”": nil, "唐 酒器 场景": nil,
	} {
		var res struct {
			Items   []struct{ ID string }
			Partial bool
		}
		visitor.get("/api/v1/search?q=" + url.QueryEscape(text)).want(http.StatusOK).decode(&res)
		var got []string
		for _, it := range res.Items {
			got = append(got, ids[it.ID])
		}
		if res.Partial { // nothing has all of the text
			got = nil
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", text, got, want)
		}
	}
}
