package searchhttp

import (
	"context"

	"yijianyou/search"
)

// suggestInput is GET /api/v1/suggest.
type suggestInput struct {
	Asker
	Q     string `query:"q" doc:"what has been typed so far; at most 256 characters"`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"8"`
}

type suggestOutput struct{ Body suggestAnswer }

type suggestAnswer struct {
	Completions []completionView `json:"completions" nullable:"false" doc:"titles that continue the text, best first"`
	Corrections []completionView `json:"corrections" nullable:"false" doc:"titles spelt or sounding nearly so, when nothing continues the text"`
	TookMS      float64          `json:"tookMs"`
}

type completionView struct {
	Text      string `json:"text"`
	Highlight string `json:"highlight,omitempty" doc:"HTML: escaped text with em round each match"`
	Name      string `json:"name,omitempty" doc:"the other name by which it was found"`
	Kind      string `json:"kind"`
	ID        string `json:"id"`
}

func (d Deps) suggest(ctx context.Context, in *suggestInput) (*suggestOutput, error) {
	at, err := d.where(ctx, in.Asker)
	if err != nil {
		return nil, err
	}
	s, err := at.Suggest(ctx, at.scope, in.Q, in.lang(ctx), in.Limit)
	if err != nil {
		return nil, inQuery(err)
	}
	return &suggestOutput{Body: suggestAnswer{Completions: completionViews(s.Completions), Corrections: completionViews(s.Corrections),
		TookMS: milliseconds(s.Took)}}, nil
}

func completionViews(list []search.Completion) []completionView {
	out := make([]completionView, len(list))
	for i, c := range list {
		out[i] = completionView{Text: c.Text, Highlight: c.Highlight, Name: c.Name, Kind: string(c.Kind), ID: c.ID}
	}
	return out
}
