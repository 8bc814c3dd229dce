package saved

import (
	"context"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Service keeps saved searches. It is safe for concurrent use.
type Service struct{ st *store.Store }

// New returns the service.
func New(st *store.Store) *Service { return &Service{st: st} }

// reads reports whether by may read anything of org that search finds.
func reads(by actor.Actor, org actor.OrgID) bool {
	return by.Can(actor.RecordRead, org) || by.Can(actor.AreaRead, org)
}

// sees reports whether the search exists for by.
func (s *Search) sees(by actor.Actor) bool {
	return reads(by, s.Org) && (s.Mine(by) || s.Fields.Shared)
}

// Draft is a search that is to be kept.
type Draft struct {
	Org    actor.OrgID
	Fields Fields
}

// Create keeps a search for by.
//
// Errors: fault.ErrInvalid with fields (ErrOrg also for an organisation in which
// by may not read), ErrTaken, ErrTooMany.
func (s *Service) Create(ctx context.Context, by actor.Actor, d Draft) (*Search, error) {
	wrong := d.Fields.tidy()
	if !ids.ValidSlug(string(d.Org)) || by.Kind != actor.Staff || !reads(by, d.Org) {
		wrong = append(wrong, ErrOrg.At("org"))
	}
	if err := fault.InvalidFields(wrong); err != nil {
		return nil, err
	}
	var kept *Search
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		if err := guard(tx, by.ID); err != nil {
			return err
		}
		have, err := searches.Count(tx.Context(), tx, store.Query{Index: "byOwner", Equal: []any{by.ID}}, maxOwn)
		if err != nil {
			return err
		}
		if have >= maxOwn {
			return ErrTooMany.New(fault.P("max", maxOwn))
		}
		kept = &Search{Meta: store.Meta{Org: d.Org}, Owner: by.ID, OwnerName: by.Name, Fields: d.Fields}
		return keep(tx, kept, false)
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

// Change replaces what is said of a search; it stays where it is and whose it is.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, fault.ErrInvalid, ErrTaken.
func (s *Service) Change(ctx context.Context, by actor.Actor, id string, rev int64, f Fields) (*Search, error) {
	wrong := f.tidy()
	var kept *Search
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		old, err := s.open(tx, by, id, rev)
		if err != nil {
			return err
		}
		if !old.Mine(by) {
			return ErrDenied.New()
		}
		if err := fault.InvalidFields(wrong); err != nil {
			return err
		}
		if err := guard(tx, old.Owner); err != nil {
			return err
		}
		was := old.Fields.Shared
		old.Fields, old.OwnerName, kept = f, by.Name, old
		return keep(tx, kept, was)
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

// guard lets one change after the other touch the searches of a person: how many
// they are and what they are called is held over all of them.
func guard(tx *store.Tx, owner string) error { return tx.Guard("saved-searches:" + owner) }

// keep writes s, with an entry in the audit trail where others see it or saw it
// until now.
func keep(tx *store.Tx, s *Search, was bool) error {
	// Looked up first: a unique index that refuses ends the transaction without
	// telling which rule it held.
	same, err := searches.One(tx.Context(), tx, store.Query{Index: "byOwner", Equal: []any{s.Owner, string(s.Org), s.Fields.Name}})
	if err == nil && same.ID != s.ID {
		return ErrTaken.New()
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := searches.Put(tx, s); err != nil {
		return err
	}
	action := ""
	switch {
	case s.Fields.Shared && was:
		action = "search.change"
	case s.Fields.Shared:
		action = "search.share"
	case was:
		action = "search.unshare"
	default:
		return nil
	}
	return tx.Audit(s.Org, searches.Name(), s.ID, action, s.Fields.Name)
}

// Remove forgets a search.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict.
func (s *Service) Remove(ctx context.Context, by actor.Actor, id string, rev int64) error {
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		old, err := s.open(tx, by, id, rev)
		if err != nil {
			return err
		}
		if !old.Mine(by) && !by.Can(actor.AccountWrite, old.Org) {
			return ErrDenied.New()
		}
		if err := searches.Delete(tx, id, old.Rev, ""); err != nil || !old.Fields.Shared {
			return err
		}
		return tx.Audit(old.Org, searches.Name(), id, "search.remove", old.Fields.Name)
	})
}

// open returns a search that by sees, at revision rev (0 any).
func (s *Service) open(tx *store.Tx, by actor.Actor, id string, rev int64) (*Search, error) {
	old, err := s.read(tx.Context(), tx, by, id)
	if err == nil && rev != 0 && rev != old.Rev {
		return nil, store.ErrConflict.New()
	}
	return old, err
}

func (s *Service) read(ctx context.Context, r store.Reader, by actor.Actor, id string) (*Search, error) {
	found, err := searches.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && !found.sees(by) {
		return nil, ErrNotFound.New()
	}
	return found, err
}

// ByID returns one search.
//
// Errors: ErrNotFound.
func (s *Service) ByID(ctx context.Context, by actor.Actor, id string) (*Search, error) {
	return s.read(ctx, s.st, by, id)
}

// Mine returns the searches of by in the order of organisation and name. A page
// may hold fewer than limit where he may no longer read.
//
// Errors: store.ErrCursor.
func (s *Service) Mine(ctx context.Context, by actor.Actor, limit int, after store.Cursor) (store.Page[Search], error) {
	if by.Kind != actor.Staff {
		return store.Page[Search]{}, ErrDenied.New()
	}
	page, err := searches.Find(ctx, s.st, store.Query{Index: "byOwner", Equal: []any{by.ID}, Limit: limit, After: after})
	return seen(page, by), err
}

// Shared returns what is shared in an organisation, in the order of the names.
//
// Errors: ErrOrg as fault.ErrInvalid, store.ErrCursor.
func (s *Service) Shared(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Search], error) {
	if !ids.ValidSlug(string(org)) || by.Kind != actor.Staff || !reads(by, org) {
		return store.Page[Search]{}, fault.InvalidFields([]fault.Field{ErrOrg.At("org")})
	}
	page, err := searches.Find(ctx, s.st, store.Query{Index: "byShared", Equal: []any{string(org), true}, Limit: limit, After: after})
	return seen(page, by), err
}

func seen(page store.Page[Search], by actor.Actor) store.Page[Search] {
	kept := page.Items[:0]
	for _, s := range page.Items {
		if s.sees(by) {
			kept = append(kept, s)
		}
	}
	page.Items = kept
	return page
}
