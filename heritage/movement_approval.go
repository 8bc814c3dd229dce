package heritage

import (
	"context"
	"slices"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Approve gives the next level that the order at revision rev needs; rev 0 is the
// newest. Who asked for it does not approve it, and each level takes another
// person: one who may approve movements and, where the policy of now names
// accounts for the level, is among them.
//
// Errors: ErrNoMovement, ErrDenied, store.ErrConflict, ErrMovementStep,
// ErrOwnOrder, ErrApprovedBefore, ErrLevel, ErrTooLate, fault.ErrInvalid.
func (m *Movements) Approve(ctx context.Context, by actor.Actor, id MovementID, rev int64, note string) (*Movement, error) {
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) {
		o, next, err := m.judge(tx, id, rev)
		if err != nil {
			return nil, err
		}
		if note = tidyText(note); utf8.RuneCountInString(note) > maxReason {
			return nil, fault.InvalidFields([]fault.Field{ErrTooLong.At("note", fault.P("max", maxReason))})
		}
		if tx.Now().After(o.DueBack) {
			return nil, ErrTooLate.New()
		}
		who, now := PersonOf(tx.Actor()), tx.Now()
		a := &o.Approvals[next]
		a.By, a.At, a.Note = &who, &now, note
		if next == len(o.Approvals)-1 {
			o.State = Approved
		}
		return o, m.step(tx, o, StepApprove, note)
	})
}

// Refuse ends an order that waits for approval. It takes who could approve it.
//
// Errors: those of Approve but ErrTooLate, and ErrReason.
func (m *Movements) Refuse(ctx context.Context, by actor.Actor, id MovementID, rev int64, reason string) (*Movement, error) {
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) {
		o, _, err := m.judge(tx, id, rev)
		if err != nil {
			return nil, err
		}
		if err := needReason(reason); err != nil {
			return nil, err
		}
		o.State = Refused
		return o, m.step(tx, o, StepRefuse, tidyText(reason))
	})
}

// judge returns an order that waits for the level next, when the actor of tx may
// give or refuse it.
func (m *Movements) judge(tx *store.Tx, id MovementID, rev int64) (o *Movement, next int, err error) {
	if o, err = m.open(tx, actor.MovementApprove, id, rev); err != nil {
		return nil, 0, err
	}
	if o.State != Requested {
		return nil, 0, ErrMovementStep.New()
	}
	who := PersonOf(tx.Actor())
	if own(who, o.RequestedBy) {
		return nil, 0, ErrOwnOrder.New()
	}
	for ; o.Approvals[next].By != nil; next++ {
		if own(who, *o.Approvals[next].By) {
			return nil, 0, ErrApprovedBefore.New()
		}
	}
	policy, err := m.policy(tx.Context(), tx, o.Org)
	if err != nil {
		return nil, 0, err
	}
	level, ok := policy.Fields.level(o.Approvals[next].Level)
	if ok && len(level.Accounts) > 0 && !slices.Contains(level.Accounts, who.ID) {
		return nil, 0, ErrLevel.New(fault.P("level", level.Name.ZH))
	}
	return o, next, nil
}

// Cancel ends an order under which nothing was handed out. It takes who may ask
// for movements, or who may approve them and has second thoughts. The order is kept.
//
// Errors: ErrNoMovement, ErrDenied, store.ErrConflict, ErrMovementStep, ErrReason.
func (m *Movements) Cancel(ctx context.Context, by actor.Actor, id MovementID, rev int64, reason string) (*Movement, error) {
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) {
		o, err := m.open(tx, actor.MovementRead, id, rev)
		if err != nil {
			return nil, err
		}
		who := tx.Actor()
		if !who.Can(actor.MovementRequest, o.Org) && !who.Can(actor.MovementApprove, o.Org) {
			return nil, ErrDenied.New()
		}
		if o.State != Requested && o.State != Approved && o.State != HandingOut {
			return nil, ErrMovementStep.New()
		}
		if err := needReason(reason); err != nil {
			return nil, err
		}
		o.State = Cancelled
		return o, m.step(tx, o, StepCancel, tidyText(reason))
	})
}
