package auth

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// AuditQuery chooses entries of the audit trail; zero members choose all.
type AuditQuery struct {
	Org        actor.OrgID
	Actor      string // account id, "key:ID" or the name of a system part
	Collection string
	Doc        string // needs Collection
	Action     string
	From, To   time.Time // From inclusive, To exclusive
	Limit      int
	After      store.Cursor
}

// Audit returns entries of the audit trail, newest first, that the actor may
// read: those of his organisations. A page may hold fewer entries than asked
// for, even none, and still have a next one: what the actor may not see or
// another filter excludes is left out after reading.
//
// Errors: httpkit.ErrDenied, ErrOrgChoose, ErrTimeRange, store.ErrCursor.
func (s *Service) Audit(ctx context.Context, by actor.Actor, in AuditQuery) (store.Page[store.Revision], error) {
	none := store.Page[store.Revision]{}
	if !in.From.IsZero() && !in.To.IsZero() && !in.From.Before(in.To) {
		return none, fault.InvalidFields([]fault.Field{ErrTimeRange.At("query.from")})
	}
	if in.Org != "" && !by.Can(actor.AuditRead, in.Org) {
		return none, httpkit.ErrDenied.New()
	}
	if !by.CanSomewhere(actor.AuditRead) {
		return none, httpkit.ErrDenied.New()
	}
	q := store.Query{Reverse: true, Limit: in.Limit, After: in.After}
	timed := true
	switch {
	case in.Doc != "" && in.Collection != "":
		q.Index, q.Equal, timed = "byDoc", []any{in.Collection, in.Doc}, false
	case in.Actor != "":
		q.Index, q.Equal = "byActor", []any{in.Actor}
	default:
		org, err := scope(by, actor.AuditRead, in.Org)
		if err != nil {
			return none, err
		}
		if org == "" {
			q.Index = "byTime"
		} else {
			q.Index, q.Equal = "byOrg", []any{string(org)}
		}
	}
	if timed {
		if !in.From.IsZero() {
			q.From = in.From
		}
		if !in.To.IsZero() {
			q.Before = in.To
		}
	}
	page, err := store.History.Find(ctx, s.st, q)
	if err != nil {
		return none, err
	}
	kept := page.Items[:0]
	for _, r := range page.Items {
		if by.Can(actor.AuditRead, r.Org) && in.matches(r) {
			kept = append(kept, r)
		}
	}
	page.Items = kept
	return page, nil
}

func (in AuditQuery) matches(r *store.Revision) bool {
	return (in.Org == "" || r.Org == in.Org) &&
		(in.Actor == "" || r.ActorID == in.Actor) &&
		(in.Collection == "" || r.Collection == in.Collection) &&
		(in.Doc == "" || r.Doc == in.Doc) &&
		(in.Action == "" || r.Action == in.Action) &&
		(in.From.IsZero() || !r.CreatedAt.Before(in.From)) &&
		(in.To.IsZero() || r.CreatedAt.Before(in.To))
}
