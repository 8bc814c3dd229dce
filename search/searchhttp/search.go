package searchhttp

import (
	"context"
	"time"

	"yijianyou/search"
)

type searchOutput struct{ Body searchAnswer }

type searchAnswer struct {
	Total   int                    `json:"total" doc:"all hits, not only those of this page"`
	Items   []hitView              `json:"items" nullable:"false"`
	Weaker  []hitView              `json:"weaker,omitempty" nullable:"false" doc:"behind few items: what has most of what the text says, best first; total, facets and cursor are without it"`
	Facets  map[string][]countView `json:"facets" doc:"facet -> its values among the hits, most frequent first"`
	Periods []countView            `json:"periods,omitempty" nullable:"false" doc:"on the first page: the ages of history in their order, to be given as period, each with its hits whatever period is asked"`
	Kinds   []shelfView            `json:"kinds,omitempty" doc:"with apart: each kind that has hits by itself"`
	Help    *helpView              `json:"help,omitempty" doc:"when nothing has all that was asked and something could be changed"`
	Partial bool                   `json:"partial" doc:"nothing has all that the text says; the items have much of it or are spelt nearly so"`
	Cut     bool                   `json:"cut" doc:"a word that is only begun begins more than is looked at; there may be hits beside these, and a character more finds them"`
	Cursor  string                 `json:"cursor" doc:"give it as cursor to get the next page; empty at the end"`
	TookMS  float64                `json:"tookMs" doc:"milliseconds in the index"`
}

type helpView struct {
	Corrections []completionView `json:"corrections" nullable:"false" doc:"titles spelt or sounding nearly like the text"`
	Without     []withoutView    `json:"without" nullable:"false" doc:"filters without which something is found, most first"`
}

type withoutView struct {
	Filter string `json:"filter" doc:"kind, period, place, placed, text or facet.NAME"`
	Total  int    `json:"total" doc:"what is found then"`
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
	q, err := in.query(at.scope, d)
	if err != nil {
		return nil, inQuery(err)
	}
	q.Limit, q.Cursor, q.Lang, q.Count = in.Limit, in.Cursor, in.lang(ctx), append([]string{"kind"}, search.FacetNames...)
	if q.Cursor == "" {
		q.Spans = d.spans()
	}
	res, err := at.Search(ctx, q, d.labels(at))
	if err != nil {
		return nil, inQuery(err)
	}
	out := searchAnswer{Total: res.Total, Items: hitViews(res.Items), Facets: map[string][]countView{}, Partial: res.Partial, Cut: res.Cut, Cursor: res.Cursor, TookMS: milliseconds(res.Took)}
	if h := res.Help; h != nil {
		out.Help = &helpView{Corrections: completionViews(h.Corrections), Without: []withoutView{}}
		for _, w := range h.Without {
			out.Help.Without = append(out.Help.Without, withoutView(w))
		}
	}
	out.Periods = d.ageViews(res.Spans, in.lang(ctx))
	for name, counts := range res.Facets {
		for _, c := range counts {
			out.Facets[name] = append(out.Facets[name], countView(c))
		}
	}
	if len(res.Weaker) > 0 {
		out.Weaker = hitViews(res.Weaker)
	}
	if in.Apart > 0 {
		if out.Kinds, err = apart(ctx, at, q, res, in.Apart, in.lang(ctx)); err != nil {
			return nil, inQuery(err)
		}
	}
	return &searchOutput{Body: out}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func hitViews(hits []search.Hit) []hitView {
	out := make([]hitView, len(hits))
	for i, h := range hits {
		out[i] = viewOf(h)
	}
	return out
}

func viewOf(h search.Hit) hitView {
	v := hitView{Kind: string(h.Kind), ID: h.ID, Title: textView(h.Title), Summary: textView(h.Summary), Highlight: highlightView(h.Highlight),
		Score: h.Score, DistanceM: h.DistanceM, Image: h.Image, FromYear: h.FromYear, ToYear: h.ToYear, Show: h.Show}
	if h.Point != nil {
		v.Lon, v.Lat = &h.Point.Lon, &h.Point.Lat
	}
	return v
}
