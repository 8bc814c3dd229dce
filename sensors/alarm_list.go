package sensors

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// AlarmFilter chooses the alarms of a list. At most one of Open, State and Relic
// is set.
type AlarmFilter struct {
	Org   actor.OrgID // "" when the actor reads the alarms of one organisation
	Open  bool        // those that are not resolved
	State AlarmState
	Relic heritage.RelicID
}

// query returns the index and the values that f asks for.
func (f AlarmFilter) query() (store.Query, error) {
	q := store.Query{Index: "byOrg", Equal: []any{string(f.Org)}, Reverse: true}
	n := 0
	if f.Open {
		n++
		q.Index, q.Equal = "byOpen", []any{string(f.Org), true}
	}
	if f.State != "" {
		n++
		q.Index, q.Equal = "byState", []any{string(f.Org), string(f.State)}
	}
	if f.Relic != "" {
		n++
		q.Index, q.Equal = "byRelic", []any{string(f.Relic)}
	}
	if n > 1 {
		return q, ErrFilter.New()
	}
	return q, nil
}

// Alarms returns the alarms of one organisation, newest first, with the names of
// what they are about. A page may be shorter than limit although more follow.
//
// Errors: ErrOrg when it must be named, ErrDenied, ErrNotFound for an organisation
// whose alarms by may not see, ErrFilter, store.ErrCursor.
func (s *Service) Alarms(ctx context.Context, by actor.Actor, f AlarmFilter, limit int, after store.Cursor) (store.Page[NamedAlarm], error) {
	none := store.Page[NamedAlarm]{}
	org, err := oneOrg(by, actor.AlarmRead, f.Org)
	if err != nil {
		return none, err
	}
	f.Org = org
	q, err := f.query()
	if err != nil {
		return none, err
	}
	q.Limit, q.After = limit, after
	page, err := alarmDocs.Find(ctx, s.st, q)
	if err != nil {
		return none, err
	}
	out := store.Page[NamedAlarm]{Next: page.Next, Items: []*NamedAlarm{}}
	names := s.namer(s.st, by)
	for _, a := range page.Items {
		if a.Org != org { // a relic may have been another's once
			continue
		}
		named, err := names.alarm(ctx, a)
		if err != nil {
			return none, err
		}
		out.Items = append(out.Items, named)
	}
	return out, nil
}

// Alarm returns one alarm with the names of what it is about.
//
// Errors: ErrNotFound.
func (s *Service) Alarm(ctx context.Context, by actor.Actor, id string) (*NamedAlarm, error) {
	a, err := s.alarmFor(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return s.namer(s.st, by).alarm(ctx, a)
}

// alarmFor returns an alarm that by may see.
func (s *Service) alarmFor(ctx context.Context, by actor.Actor, id string) (*Alarm, error) {
	a, err := found(alarmDocs.Get(ctx, s.st, id))
	if err != nil {
		return nil, err
	}
	if a == nil || !by.Can(actor.AlarmRead, a.Org) {
		return nil, ErrNotFound.New()
	}
	return a, nil
}
