package searchhttp

import (
	"context"
	"slices"
	"strconv"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

var (
	sheetName = search.Text{ZH: "检索结果", EN: "Results"}
	yes       = search.Text{ZH: "是", EN: "yes"}
)

// cellsOf makes the row of a hit; ok is false when it is to be left out.
type cellsOf func(ctx context.Context, hit search.Hit) (cells []string, ok bool, err error)

// hitColumn is one thing that an index knows of its hits.
type hitColumn struct {
	heading search.Text
	kinds   []search.Kind // that have it; nil all
	cell    func(h *search.Hit, lang fault.Lang) string
}

// shown reads a text out of Hit.Show in lang, or in the other language.
func shown(names ...string) func(*search.Hit, fault.Lang) string {
	return func(h *search.Hit, lang fault.Lang) string {
		for _, name := range names {
			text := search.Text{ZH: h.Show[name+"Zh"], EN: h.Show[name+"En"]}.In(lang)
			if text == "" {
				text = h.Show[name]
			}
			if text != "" {
				return text
			}
		}
		return ""
	}
}

// hitColumns are the columns of kinds that are not exported in full, and of lists
// of several kinds.
func hitColumns() []hitColumn {
	year := func(of func(*search.Hit) *int) func(*search.Hit, fault.Lang) string {
		return func(h *search.Hit, _ fault.Lang) string {
			if y := of(h); y != nil {
				return strconv.Itoa(*y)
			}
			return ""
		}
	}
	degrees := func(of func(*search.Point) float64) func(*search.Hit, fault.Lang) string {
		return func(h *search.Hit, _ fault.Lang) string {
			if h.Point == nil {
				return ""
			}
			return strconv.FormatFloat(of(h.Point), 'f', -1, 64)
		}
	}
	placed := []search.Kind{search.Site, search.Museum, search.Area, search.Spot}
	dated := []search.Kind{search.Relic, search.Site, search.Exhibition}
	return []hitColumn{
		{search.Text{ZH: "类别", EN: "Kind"}, nil, func(h *search.Hit, lang fault.Lang) string { return h.Kind.Label(lang) }},
		{search.Text{ZH: "名称", EN: "Name (Chinese)"}, nil, func(h *search.Hit, _ fault.Lang) string { return h.Title.ZH }},
		{search.Text{ZH: "英文名称", EN: "Name (English)"}, nil, func(h *search.Hit, _ fault.Lang) string { return h.Title.EN }},
		{search.Text{ZH: "编号", EN: "Number"}, []search.Kind{search.Relic}, shown("number")},
		{search.Text{ZH: "简介", EN: "Summary"}, nil, func(h *search.Hit, lang fault.Lang) string { return h.Summary.In(lang) }},
		{search.Text{ZH: "年代", EN: "Period"}, dated, shown("period")},
		{search.Text{ZH: "起始年", EN: "From year"}, dated, year(func(h *search.Hit) *int { return h.FromYear })},
		{search.Text{ZH: "结束年", EN: "To year"}, dated, year(func(h *search.Hit) *int { return h.ToYear })},
		{search.Text{ZH: "所属", EN: "Belongs to"}, []search.Kind{search.Relic, search.Exhibition, search.Place, search.Spot, search.Story}, shown("holder", "area", "subject")},
		{search.Text{ZH: "地点", EN: "Place"}, placed, shown("place")},
		{search.Text{ZH: "展出状态", EN: "Status"}, []search.Kind{search.Exhibition}, shown("status")},
		{search.Text{ZH: "展品数", EN: "Exhibits"}, []search.Kind{search.Exhibition}, shown("relics")},
		{search.Text{ZH: "纬度", EN: "Latitude"}, placed, degrees(func(p *search.Point) float64 { return p.Lat })},
		{search.Text{ZH: "经度", EN: "Longitude"}, placed, degrees(func(p *search.Point) float64 { return p.Lon })},
		{search.Text{ZH: "模拟数据", EN: "Simulated"}, nil, func(h *search.Hit, lang fault.Lang) string {
			if h.Show["simulated"] == "true" {
				return yes.In(lang)
			}
			return ""
		}},
		{search.Text{ZH: "标识", EN: "ID"}, nil, func(h *search.Hit, _ fault.Lang) string { return h.ID }},
	}
}

// columns chooses the columns of the list: those of the records where it is of one
// kind that has them, else what the index knows of the kinds that are asked for.
func (l *listing) columns() (heading []string, cells cellsOf) {
	kinds := l.query.Kinds
	if len(kinds) == 1 {
		if heading, ok := l.records.Columns(kinds[0]); ok {
			return heading, func(ctx context.Context, hit search.Hit) ([]string, bool, error) {
				return l.records.Cells(ctx, l.at.by, hit.Kind, hit.ID)
			}
		}
	}
	var chosen []hitColumn
	for _, c := range hitColumns() {
		if len(kinds) == 0 || c.kinds == nil || slices.ContainsFunc(c.kinds, func(k search.Kind) bool { return slices.Contains(kinds, k) }) {
			chosen = append(chosen, c)
			heading = append(heading, c.heading.In(l.query.Lang))
		}
	}
	return heading, func(_ context.Context, hit search.Hit) ([]string, bool, error) {
		row := make([]string, len(chosen))
		for i, c := range chosen {
			row[i] = c.cell(&hit, l.query.Lang)
		}
		return row, true, nil
	}
}
