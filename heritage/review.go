package heritage

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// ReviewStep is a step in the review of a record.
type ReviewStep string

const (
	Submit   ReviewStep = "submit"   // draft -> in review, by who may write
	Approve  ReviewStep = "approve"  // in review -> reviewed, by a reviewer who neither wrote nor submitted it
	SendBack ReviewStep = "sendBack" // in review -> draft, by a reviewer, with the reason
	Recall   ReviewStep = "recall"   // in review -> draft, by who submitted it
)

// ReviewSteps lists the steps.
var ReviewSteps = []ReviewStep{Submit, Approve, SendBack, Recall}

// Review takes a step in the review of the record at revision rev; rev 0 is
// the newest. remark is the reason for sending it back, required there.
//
// The person who approves is another than who wrote or submitted the content.
// Parts of the system (first start, imports of published data) are exempt: what
// they do is in the history under their name.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrReviewStep,
// ErrOwnRequest, fault.ErrInvalid.
func (g *Register[F]) Review(ctx context.Context, by actor.Actor, id string, rev int64, step ReviewStep, remark string) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.ReviewIn(tx, id, rev, step, remark) })
}

// ReviewIn is Review in the caller's transaction.
func (g *Register[F]) ReviewIn(tx *store.Tx, id string, rev int64, step ReviewStep, remark string) (*Record[F], error) {
	action := actor.RecordReview
	switch step {
	case Submit, Recall:
		action = actor.RecordWrite
	case Approve, SendBack:
	default:
		return nil, fault.InvalidFields([]fault.Field{ErrChoice.At("step", fault.P("known", "submit approve sendBack recall"))})
	}
	rec, err := g.open(tx, action, id, rev)
	if err != nil {
		return nil, err
	}
	by, now := PersonOf(tx.Actor()), tx.Now()
	if want := InReview; (step == Submit) != (rec.Review.State == Draft) || step != Submit && rec.Review.State != want {
		return nil, ErrReviewStep.New()
	}
	remark = tidyText(remark)
	switch step {
	case Submit:
		rec.Review = Review{State: InReview, SubmittedBy: &by, SubmittedAt: &now}
	case Approve:
		if own(by, rec.Author) || rec.Review.SubmittedBy != nil && own(by, *rec.Review.SubmittedBy) {
			return nil, ErrOwnRequest.New()
		}
		rec.Review.State, rec.Review.ReviewedBy, rec.Review.ReviewedAt, rec.Review.Remark = Reviewed, &by, &now, ""
		rec.EverApproved = true
	case SendBack:
		if err := needReason(remark); err != nil {
			return nil, err
		}
		rec.Review = Review{State: Draft, Remark: remark}
	case Recall:
		if rec.Review.SubmittedBy == nil || !own(by, *rec.Review.SubmittedBy) && by.Kind != actor.System {
			return nil, ErrDenied.New()
		}
		rec.Review = Review{State: Draft}
	}
	tx.Describe(string(g.kind)+"."+string(step), remark)
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

// own reports whether a and b are one person. Parts of the system are no persons,
// but one that works on behalf of somebody bears his id: who imported a record
// wrote it.
func own(a, b Person) bool { return (a.Kind == actor.Staff || b.Kind == actor.Staff) && a.ID == b.ID }
