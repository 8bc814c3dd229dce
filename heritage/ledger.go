package heritage

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// LedgerChange is a step that somebody asks the ledger to take.
type LedgerChange struct {
	State      LedgerState
	Reason     string // required
	Voucher    string // number of the 凭证
	Authority  string // who approved; required for Transferred and Deaccessioned, as are the next two
	Approval   string
	ApprovedOn Day
	DueBack    Day // of a loan
}

// EnterLedger takes a step in the ledger of a relic; see LedgerState.CanBecome.
// Nothing else changes: a deaccessioned relic may still be published, and a
// withdrawn one still be held.
//
// WW/T 0018-2008 has a deaccession approved by the superior authority, item by
// item; the entry therefore names authority, document and date.
//
// Errors: ErrNotFound, ErrNoLedger for what is no relic, ErrDenied,
// store.ErrConflict, ErrInOrder, ErrLedgerStep, fault.ErrInvalid (ErrReason,
// ErrApproval …).
func (g *Register[F]) EnterLedger(ctx context.Context, by actor.Actor, id string, rev int64, ch LedgerChange) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.EnterLedgerIn(tx, id, rev, ch) })
}

// EnterLedgerIn is EnterLedger in the caller's transaction.
func (g *Register[F]) EnterLedgerIn(tx *store.Tx, id string, rev int64, ch LedgerChange) (*Record[F], error) {
	rec, err := g.open(tx, actor.LedgerWrite, id, rev)
	if err != nil {
		return nil, err
	}
	if g.kind != KindRelic {
		return nil, ErrNoLedger.New()
	}
	// An order that is open says where the relic is: its own steps enter the ledger.
	if err := tx.Guard(guardKey(KindRelic, id)); err != nil {
		return nil, err
	}
	in, err := g.s.inOrder(tx.Context(), tx, RelicID(id))
	if err != nil {
		return nil, err
	}
	if in {
		return nil, ErrInOrder.New()
	}
	return rec, g.enter(tx, rec, ch, PersonOf(tx.Actor()))
}

// enter takes a step in the ledger in the name of by, who may write it.
func (g *Register[F]) enter(tx *store.Tx, rec *Record[F], ch LedgerChange, by Person) error {
	e := LedgerEntry{Reason: tidyText(ch.Reason), Voucher: tidyLine(ch.Voucher), Authority: tidyLine(ch.Authority), Approval: tidyLine(ch.Approval),
		ApprovedOn: ch.ApprovedOn, By: by, At: tx.Now()}
	if ch.State == OnLoan {
		e.DueBack = ch.DueBack
	}
	if err := fault.InvalidFields(checkLedger(ch, e)); err != nil {
		return err
	}
	if !rec.Ledger.State.CanBecome(ch.State) {
		return ErrLedgerStep.New()
	}
	rec.Ledger = Ledger{State: ch.State, Entry: &e}
	tx.Describe("relic.ledger."+string(ch.State), e.Reason)
	return g.docs.Put(tx, rec)
}

func checkLedger(ch LedgerChange, e LedgerEntry) []fault.Field {
	var c checker
	known := false
	for _, s := range LedgerStates {
		known = known || s == ch.State
	}
	if !known {
		c.add(ErrChoice.At("state", fault.P("known", "pending held onLoan transferred deaccessioned")))
	}
	c.length("reason", e.Reason, maxReason)
	if e.Reason == "" {
		c.add(ErrReason.At("reason", fault.P("max", maxReason)))
	}
	for path, v := range map[string]Day{"approvedOn": e.ApprovedOn, "dueBack": e.DueBack} {
		if !v.Valid() {
			c.add(ErrDay.At(path))
		}
	}
	for _, m := range []struct{ path, value string }{{"voucher", e.Voucher}, {"authority", e.Authority}, {"approval", e.Approval}} {
		c.length(m.path, m.value, maxName)
	}
	if ch.State == Transferred || ch.State == Deaccessioned {
		for _, m := range []struct{ path, value string }{{"authority", e.Authority}, {"approval", e.Approval}, {"approvedOn", string(e.ApprovedOn)}} {
			if m.value == "" {
				c.add(ErrApproval.At(m.path))
			}
		}
	}
	return c.fields
}
