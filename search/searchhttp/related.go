package searchhttp

import (
	"context"

	"yijianyou/search"
	"yijianyou/search/index"
)

// relatedInput is GET /api/v1/related.
type relatedInput struct {
	Asker
	Kind  string `query:"kind" required:"true" enum:"relic,site,museum,place,area,spot,story,exhibition"`
	ID    string `query:"id" required:"true" minLength:"1" maxLength:"128"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"8"`
}

type relatedOutput struct{ Body relatedAnswer }

type relatedAnswer struct {
	Total  int       `json:"total" doc:"all records that have something in common with it"`
	Items  []hitView `json:"items" nullable:"false" doc:"those with most in common, the nearest first"`
	TookMS float64   `json:"tookMs"`
}

func (d Deps) related(ctx context.Context, in *relatedInput) (*relatedOutput, error) {
	at, err := d.where(ctx, in.Asker)
	if err != nil {
		return nil, err
	}
	res, err := at.Related(ctx, at.scope, index.Ref{Kind: search.Kind(in.Kind), ID: in.ID}, in.lang(ctx), in.Limit)
	if err != nil {
		return nil, err
	}
	return &relatedOutput{Body: relatedAnswer{Total: res.Total, Items: hitViews(res.Items), TookMS: milliseconds(res.Took)}}, nil
}
