package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/web/httpkit"
)

// Target names a record of a bulk call and the revision that was seen.
type Target struct {
	ID  string `json:"id" format:"uuid"`
	Rev int64  `json:"rev,omitempty" doc:"0 or absent: whatever is newest"`
}

// BulkReview is one step in the review of many records.
type BulkReview struct {
	ReviewRequest
	Items []Target `json:"items" nullable:"false" maxItems:"500"`
}

// BulkPublication is one step in the publication of many records.
type BulkPublication struct {
	PublicationRequest
	Items []Target `json:"items" nullable:"false" maxItems:"500"`
}

// Outcome is what became of one record of a bulk call.
type Outcome struct {
	ID      string           `json:"id"`
	Rev     int64            `json:"rev" doc:"the new revision; 0 when it failed"`
	Problem *httpkit.Problem `json:"problem" doc:"null when it was done"`
}

// BulkReport says what became of each record, in the order of the call.
type BulkReport struct {
	Done   int       `json:"done"`
	Failed int       `json:"failed"`
	Items  []Outcome `json:"items" nullable:"false"`
}

type bulkReviewInput struct{ Body BulkReview }
type bulkPublicationInput struct{ Body BulkPublication }
type bulkOutput struct{ Body BulkReport }

// bulk declares the calls that take one step for many records. Each is a
// transaction of its own, and one that fails does not stop the others.
func bulk[F heritage.Content, V any](r *httpkit.Router, res resource[F, V]) {
	httpkit.Handle(r, res.op("POST", "/reviews", res.name+"-bulk-review", "Take a step in the review of many records, with a report", httpkit.Can(actor.RecordRead)),
		func(ctx context.Context, in *bulkReviewInput) (*bulkOutput, error) {
			out, err := res.of.ReviewMany(ctx, httpkit.Actor(ctx), targets(in.Body.Items), in.Body.Step, in.Body.Remark)
			return report(ctx, out, err)
		})
	httpkit.Handle(r, res.op("POST", "/publications", res.name+"-bulk-publication", "Publish or withdraw many records, with a report", httpkit.Can(actor.RecordPublish)),
		func(ctx context.Context, in *bulkPublicationInput) (*bulkOutput, error) {
			switch in.Body.Step {
			case Publish:
				out, err := res.of.PublishMany(ctx, httpkit.Actor(ctx), targets(in.Body.Items))
				return report(ctx, out, err)
			case Withdraw:
				out, err := res.of.WithdrawMany(ctx, httpkit.Actor(ctx), targets(in.Body.Items), in.Body.Reason)
				return report(ctx, out, err)
			}
			return nil, errStep()
		})
}

func targets(items []Target) []heritage.Target {
	out := make([]heritage.Target, len(items))
	for i, t := range items {
		out[i] = heritage.Target(t)
	}
	return out
}

func report[F heritage.Content](ctx context.Context, list []heritage.Outcome[F], err error) (*bulkOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &bulkOutput{Body: BulkReport{Items: make([]Outcome, 0, len(list))}}
	for _, o := range list {
		v := Outcome{ID: o.ID}
		if o.Err != nil {
			p := httpkit.NewProblem(o.Err, httpkit.Lang(ctx), httpkit.RequestID(ctx))
			v.Problem = &p
			out.Body.Failed++
		} else {
			v.Rev = o.Record.Rev
			out.Body.Done++
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}
