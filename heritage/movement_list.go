package heritage

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// MovementFilter chooses the orders of a list. At most one of State, Overdue and
// Relic is set.
type MovementFilter struct {
	Org     actor.OrgID // "" is every one, for those who may read all, or the only one that the actor may read
	State   MovementState
	Overdue bool    // out and past the day of return, the longest first
	Relic   RelicID // in which it is, or a set that it is a part of
}

// Movement returns the order with id as by may see it.
//
// Errors: ErrNoMovement.
func (m *Movements) Movement(ctx context.Context, by actor.Actor, id MovementID) (*Movement, error) {
	o, err := m.read(ctx, m.s.st, by, id)
	if err != nil {
		return nil, err
	}
	return o.seenBy(by), nil
}

// List returns a page of orders, the newest first. A page may be shorter than
// limit although more follow: only an empty cursor is the end.
//
// Errors: ErrFilter, ErrOrg when one is needed, ErrNotFound for one whose orders
// by may not read, store.ErrCursor.
func (m *Movements) List(ctx context.Context, by actor.Actor, f MovementFilter, limit int, after store.Cursor) (store.Page[Movement], error) {
	org, all, err := oneOrg(by, actor.MovementRead, f.Org)
	if err != nil && (f.Relic == "" || fault.KindOf(err) != fault.Invalid) { // a relic is of one organisation
		return store.Page[Movement]{}, err
	}
	q := store.Query{Index: "byTime", Reverse: true, Limit: limit, After: after}
	if !all {
		q.Index, q.Equal = "byOrg", []any{string(org)}
	}
	chosen := 0
	if f.State != "" {
		chosen++
		q.Index, q.Equal = "byState", []any{string(org), string(f.State)}
	}
	if f.Overdue {
		chosen++
		q.Index, q.Equal, q.Before, q.Reverse = "byAwaited", []any{string(org)}, m.s.st.Now(), false
	}
	if f.Relic != "" {
		chosen++
		q.Index, q.Equal = "byRelic", []any{string(f.Relic)}
	}
	switch {
	case chosen > 1:
		return store.Page[Movement]{}, ErrFilter.New()
	case all && (f.State != "" || f.Overdue):
		return store.Page[Movement]{}, ErrOrg.New()
	}
	page, err := movementDocs.Find(ctx, m.s.st, q)
	if err != nil {
		return store.Page[Movement]{}, err
	}
	seen := page.Items[:0]
	for _, o := range page.Items {
		if by.Can(actor.MovementRead, o.Org) && (f.Org == "" || o.Org == f.Org) {
			seen = append(seen, o.seenBy(by))
		}
	}
	page.Items = seen
	return page, nil
}

// oneOrg returns the organisation whose records by asks for: org, or without one
// the only one in which he may do action; all is true when it is every one.
//
// Errors: ErrNotFound, ErrOrg when one is needed, ErrDenied.
func oneOrg(by actor.Actor, action actor.Action, org actor.OrgID) (_ actor.OrgID, all bool, err error) {
	orgs, all := by.Orgs(action)
	switch {
	case org != "" && !by.Can(action, org):
		return "", false, ErrNotFound.New()
	case org != "":
		return org, false, nil
	case all:
		return "", true, nil
	case len(orgs) == 1:
		return orgs[0], false, nil
	case len(orgs) == 0:
		return "", false, ErrDenied.New()
	}
	return "", false, ErrOrg.New()
}

// Late returns orders that have become overdue before now and of which nobody was
// told yet, the longest first, at most limit. It is one read of an index that
// holds nothing else. It authorises nobody: it is for the program's watch.
func (m *Movements) Late(ctx context.Context, r store.Reader, now time.Time, limit int) ([]*Movement, error) {
	page, err := movementDocs.Find(ctx, r, store.Query{Index: "byDue", Before: now, Limit: limit})
	return page.Items, err
}

// NoteLateIn notes in the transaction of who tells of it that an order is
// overdue: Late does not return it again. Nothing happens when it is back.
func (m *Movements) NoteLateIn(tx *store.Tx, id MovementID) error {
	o, err := movementDocs.Get(tx.Context(), tx, string(id))
	if err != nil {
		return err
	}
	if o.DueAt == nil || !o.Overdue(tx.Now()) {
		return nil
	}
	return m.step(tx, o, StepOverdue, "")
}
