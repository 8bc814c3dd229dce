package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

type reviewInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body ReviewRequest
}

// ReviewRequest is a step in the review of a record.
type ReviewRequest struct {
	Step   heritage.ReviewStep `json:"step" enum:"submit,approve,sendBack,recall" doc:"approve and sendBack take another person than who wrote or submitted it"`
	Remark string              `json:"remark,omitempty" doc:"required to send back"`
}

type publicationInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body PublicationRequest
}

// PublicationRequest shows a record to tourists or takes it from them.
type PublicationRequest struct {
	Step   PublicationStep `json:"step" enum:"publish,withdraw"`
	Reason string          `json:"reason,omitempty" doc:"required to withdraw"`
}

// PublicationStep is a step in the public life of a record.
type PublicationStep string

// The steps of publication.
const (
	Publish  PublicationStep = "publish"
	Withdraw PublicationStep = "withdraw"
)

// errStep refuses any other step of publication.
func errStep() error {
	return fault.InvalidFields([]fault.Field{heritage.ErrChoice.At("step", fault.P("known", "publish withdraw"))})
}

type ledgerInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body LedgerRequest
}

// LedgerRequest is a step in the 总登记账. A transfer and a deaccession name
// who approved them, by which document and when.
type LedgerRequest struct {
	State      heritage.LedgerState `json:"state" enum:"pending,held,onLoan,transferred,deaccessioned"`
	Reason     string               `json:"reason"`
	Voucher    string               `json:"voucher,omitempty"`
	Authority  string               `json:"authority,omitempty"`
	Approval   string               `json:"approval,omitempty"`
	ApprovedOn heritage.Day         `json:"approvedOn,omitempty"`
	DueBack    heritage.Day         `json:"dueBack,omitempty"`
}

// lives declares the routes of the three lives.
func lives[F heritage.Content, V any](r *httpkit.Router, res resource[F, V]) {
	httpkit.Handle(r, res.op("POST", "/{id}/review", res.name+"-review", "Submit, approve, send back or recall", httpkit.Can(actor.RecordRead)),
		func(ctx context.Context, in *reviewInput) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Review(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Step, in.Body.Remark)
			return staff(ctx, rec, err)
		})
	httpkit.Handle(r, res.op("POST", "/{id}/publication", res.name+"-publication", "Show the reviewed content to tourists, or withdraw it", httpkit.Can(actor.RecordPublish)),
		func(ctx context.Context, in *publicationInput) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			var rec *heritage.Record[F]
			switch in.Body.Step {
			case Publish:
				rec, err = res.of.Publish(ctx, httpkit.Actor(ctx), in.ID, rev)
			case Withdraw:
				rec, err = res.of.Withdraw(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Reason)
			default:
				err = errStep()
			}
			return staff(ctx, rec, err)
		})
	if res.of.Kind() != heritage.KindRelic {
		return
	}
	httpkit.Handle(r, res.op("POST", "/{id}/ledger", res.name+"-ledger", "Enter a step in the ledger", httpkit.Can(actor.LedgerWrite)),
		func(ctx context.Context, in *ledgerInput) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.EnterLedger(ctx, httpkit.Actor(ctx), in.ID, rev, heritage.LedgerChange(in.Body))
			return staff(ctx, rec, err)
		})
}

type historyInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.PageInput
}

type historyOutput struct {
	Body httpkit.Page[RecordRevision]
}

type revisionInput struct {
	ID  string `path:"id" format:"uuid"`
	Rev int64  `path:"rev" minimum:"1"`
}

type restoreInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body RestoreRequest
}

// RestoreRequest brings back the content of an earlier revision.
type RestoreRequest struct {
	Rev    int64  `json:"rev" minimum:"1" doc:"whose content comes back"`
	Reason string `json:"reason,omitempty"`
}

// past declares the routes of history.
func past[F heritage.Content, V any](r *httpkit.Router, res resource[F, V]) {
	read := httpkit.Can(actor.RecordRead)
	httpkit.Handle(r, res.op("GET", "/{id}/history", res.name+"-history", "What was changed, by whom, when and why, the newest first", read),
		func(ctx context.Context, in *historyInput) (*historyOutput, error) {
			list, next, err := res.of.History(ctx, httpkit.Actor(ctx), in.ID, in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			out := &historyOutput{Body: httpkit.Page[RecordRevision]{Items: make([]RecordRevision, 0, len(list)), Cursor: string(next)}}
			for _, rev := range list {
				out.Body.Items = append(out.Body.Items, recordRevision(rev))
			}
			return out, nil
		})
	httpkit.Handle(r, res.op("GET", "/{id}/revisions/{rev}", res.name+"-revision", "The record as it was at a revision", read),
		func(ctx context.Context, in *revisionInput) (*staffOutput[F], error) {
			rec, err := res.of.Revision(ctx, httpkit.Actor(ctx), in.ID, in.Rev)
			return staff(ctx, rec, err)
		})
	httpkit.Handle(r, res.op("POST", "/{id}/restore", res.name+"-restore", "Bring back the content of an earlier revision as a draft", httpkit.Can(actor.RecordWrite)),
		func(ctx context.Context, in *restoreInput) (*staffOutput[F], error) {
			rev, err := in.IfMatchInput.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Restore(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Rev, in.Body.Reason)
			return staff(ctx, rec, err)
		})
}
