package searchhttp

import (
	"context"

	"yijianyou/search"
)

type searchOutput struct{ Body searchAnswer }

type searchAnswer struct {
	Total  int                    `json:"total" doc:"all hits, not only those of this page"`
	Items  []hitView              `json:"items" nullable:"false"`
	Facets map[string][]countView `json:"facets" doc:"facet -> its values among the hits, most frequent first"`
	Cursor string                 `json:"cursor" doc:"give it as cursor to get the next page; empty at the end"`
	TookMS float64                `json:"tookMs" doc:"milliseconds in the index"`
}

type textView struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

type hitView struct {
	Kind      string            `json:"kind"`
	ID        string            `json:"id"`
	Title     textView          `json:"title"`
	Summary   textView          `json:"summary"`
	Highlight highlightView     `json:"highlight" doc:"HTML: escaped text with em round each match"`
	Score     float64           `json:"score" doc:"comparable inside one answer only"`
	DistanceM *float64          `json:"distanceM,omitempty" doc:"great circle, with near only"`
	Image     string            `json:"image,omitempty" doc:"asset id"`
	Lon       *float64          `json:"lon,omitempty" doc:"WGS-84"`
	Lat       *float64          `json:"lat,omitempty" doc:"WGS-84"`
	FromYear  *int              `json:"fromYear,omitempty" doc:"negative for BCE"`
	ToYear    *int              `json:"toYear,omitempty"`
	Show      map[string]string `json:"show,omitempty"`
}

type highlightView struct {
	Title   string `json:"title,omitempty"`
	Summary string `json:"summary,omitempty"`
	Name    string `json:"name,omitempty" doc:"the other name that matched when the title did not"`
}

type countView struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

func (d Deps) search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	at, err := d.where(ctx, in.Asker)
	if err != nil {
		return nil, err
	}
	q, err := in.query(ctx, at.scope, d)
	if err != nil {
		return nil, inQuery(err)
	}
	res, err := at.Search(ctx, q, d.labels(at))
	if err != nil {
		return nil, inQuery(err)
	}
	out := searchAnswer{Total: res.Total, Items: make([]hitView, len(res.Items)), Facets: map[string][]countView{}, Cursor: res.Cursor,
		TookMS: float64(res.Took.Microseconds()) / 1000}
	for i, h := range res.Items {
		out.Items[i] = viewOf(h)
	}
	for name, counts := range res.Facets {
		for _, c := range counts {
			out.Facets[name] = append(out.Facets[name], countView(c))
		}
	}
	return &searchOutput{Body: out}, nil
}

func viewOf(h search.Hit) hitView {
	v := hitView{Kind: string(h.Kind), ID: h.ID, Title: textView(h.Title), Summary: textView(h.Summary), Highlight: highlightView(h.Highlight),
		Score: h.Score, DistanceM: h.DistanceM, Image: h.Image, FromYear: h.FromYear, ToYear: h.ToYear, Show: h.Show}
	if h.Point != nil {
		v.Lon, v.Lat = &h.Point.Lon, &h.Point.Lat
	}
	return v
}
