package heritagehttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// movements are the routes of movement orders.
type movements struct {
	of        *heritage.Movements
	now       func() time.Time // the clock of the store
	publicURL string           // where vouchers lead to; "" nowhere
}

type movementsInput struct {
	Org   string `query:"org" maxLength:"64" doc:"whose; needed by those who read several organisations but not all"`
	State string `query:"state" enum:"requested,approved,handingOut,out,takingBack,returned,refused,cancelled,overdue" doc:"overdue: out and past the day of return, the longest first"`
	Relic string `query:"relic" format:"uuid" doc:"in which this relic is, or a set that it is a part of"`
	httpkit.PageInput
}

type movementsOutput struct {
	Body httpkit.Page[MovementView]
}

type movementInput struct {
	ID string `path:"id" format:"uuid"`
}

type movementOutput struct {
	httpkit.Entity
	Body MovementView
}

type newMovementInput struct{ Body heritage.NewMovement }

type newMovementOutput struct {
	httpkit.Entity
	Location string `header:"Location"`
	Body     MovementView
}

type movementNoteInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body MovementNote
}

// MovementNote goes with an approval.
type MovementNote struct {
	Note string `json:"note,omitempty"`
}

type movementReasonInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body MovementReason
}

// MovementReason says why.
type MovementReason struct {
	Reason string `json:"reason"`
}

type handOverInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body HandOverRequest
}

// HandOverRequest is the confirmation of one of two persons. The first notes each
// relic: all of them with their condition when they are handed out, those that are
// there with a finding when they are taken back. The second sends no items.
type HandOverRequest struct {
	Items []heritage.HandOverRow `json:"items,omitempty"`
}

const movementsPath = "/api/v1/movements"

// mountMovements declares the routes of movement orders, vouchers and policies.
func mountMovements(r *httpkit.Router, svc *heritage.Service) {
	h := movements{of: svc.Movements, now: svc.Now, publicURL: r.PublicURL()}
	op := func(method, path, id, summary string, action actor.Action, faults ...*fault.Code) httpkit.Op {
		return httpkit.Op{Method: method, Path: movementsPath + path, ID: id, Tag: "movements", Summary: summary, Policy: httpkit.Can(action), Faults: faults}
	}
	httpkit.Handle(r, op("GET", "", "movements", "Movement orders, the newest first; one filter at a time", actor.MovementRead), h.list)
	httpkit.Handle(r, op("GET", "/{id}", "movement-by-id", "One movement order", actor.MovementRead, heritage.ErrNoMovement), h.byID)
	request := op("POST", "", "movement-request", "Ask for a movement", actor.MovementRequest, heritage.ErrInOrder, heritage.ErrNotHeld)
	request.Status = 201
	httpkit.Handle(r, request, h.request)
	httpkit.Handle(r, op("POST", "/{id}/approve", "movement-approve", "Give the next level of approval", actor.MovementApprove,
		heritage.ErrMovementStep, heritage.ErrOwnOrder, heritage.ErrApprovedBefore, heritage.ErrLevel, heritage.ErrTooLate),
		func(ctx context.Context, in *movementNoteInput) (*movementOutput, error) {
			return h.step(ctx, in.ID, in.IfMatchInput, in.Body.Note, h.of.Approve)
		})
	for _, s := range []struct {
		path, id, summary string
		action            actor.Action
		do                func(context.Context, actor.Actor, heritage.MovementID, int64, string) (*heritage.Movement, error)
	}{
		{"/refuse", "movement-refuse", "Refuse an order that waits for approval", actor.MovementApprove, h.of.Refuse},
		{"/cancel", "movement-cancel", "Cancel an order under which nothing was handed out; it is kept", actor.MovementRead, h.of.Cancel},
		{"/recall", "movement-recall", "Take back a confirmation that waits for its second person", actor.MovementHand, h.of.Recall},
	} {
		httpkit.Handle(r, op("POST", "/{id}"+s.path, s.id, s.summary, s.action, heritage.ErrMovementStep),
			func(ctx context.Context, in *movementReasonInput) (*movementOutput, error) {
				return h.step(ctx, in.ID, in.IfMatchInput, in.Body.Reason, s.do)
			})
	}
	for _, s := range []struct {
		path, id, summary string
		do                func(context.Context, actor.Actor, heritage.MovementID, int64, []heritage.HandOverRow) (*heritage.Movement, error)
	}{
		{"/hand-out", "movement-hand-out", "Confirm a hand-out as one of two persons", h.of.HandOut},
		{"/take-back", "movement-take-back", "Confirm a return, of some or all, as one of two persons", h.of.TakeBack},
	} {
		httpkit.Handle(r, op("POST", "/{id}"+s.path, s.id, s.summary, actor.MovementHand,
			heritage.ErrMovementStep, heritage.ErrSamePerson, heritage.ErrKeeperNeeded, heritage.ErrRegistrarNeeded),
			func(ctx context.Context, in *handOverInput) (*movementOutput, error) {
				rev, err := in.Rev()
				if err != nil {
					return nil, err
				}
				o, err := s.do(ctx, httpkit.Actor(ctx), heritage.MovementID(in.ID), rev, in.Body.Items)
				return h.one(ctx, o, err)
			})
	}
	mountVouchers(r, h)
	mountMovementPolicies(r, h)
}

func (h movements) list(ctx context.Context, in *movementsInput) (*movementsOutput, error) {
	f := heritage.MovementFilter{Org: actor.OrgID(in.Org), State: heritage.MovementState(in.State), Relic: heritage.RelicID(in.Relic)}
	if in.State == "overdue" {
		f.State, f.Overdue = "", true
	}
	page, err := h.of.List(ctx, httpkit.Actor(ctx), f, in.Limit, in.After())
	if err != nil {
		return nil, err
	}
	return &movementsOutput{Body: httpkit.NewPage(page, h.view)}, nil
}

func (h movements) byID(ctx context.Context, in *movementInput) (*movementOutput, error) {
	o, err := h.of.Movement(ctx, httpkit.Actor(ctx), heritage.MovementID(in.ID))
	return h.one(ctx, o, err)
}

func (h movements) request(ctx context.Context, in *newMovementInput) (*newMovementOutput, error) {
	o, err := h.of.Request(ctx, httpkit.Actor(ctx), in.Body)
	if err != nil {
		return nil, err
	}
	return &newMovementOutput{Entity: staffEntity(ctx, o.Rev), Location: movementsPath + "/" + o.ID, Body: h.view(o)}, nil
}

// step takes a step that comes with words.
func (h movements) step(ctx context.Context, id string, match httpkit.IfMatchInput, words string,
	do func(context.Context, actor.Actor, heritage.MovementID, int64, string) (*heritage.Movement, error)) (*movementOutput, error) {
	rev, err := match.Rev()
	if err != nil {
		return nil, err
	}
	o, err := do(ctx, httpkit.Actor(ctx), heritage.MovementID(id), rev, words)
	return h.one(ctx, o, err)
}

func (h movements) one(ctx context.Context, o *heritage.Movement, err error) (*movementOutput, error) {
	if err != nil {
		return nil, err
	}
	return &movementOutput{Entity: staffEntity(ctx, o.Rev), Body: h.view(o)}, nil
}
