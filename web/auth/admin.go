package auth

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// adminsGuard makes changes of city-wide administrators run one after another.
const adminsGuard = "auth.admins"

// NewAccount is what an account begins with.
type NewAccount struct {
	Name           string
	DisplayName    string // a label such as 示范库房保管员
	Org            actor.OrgID
	Grants         []actor.Grant
	Password       string
	Temporary      bool // the owner must change the password before he gets his grants
	FactorRequired bool
}

// CreateAccount makes an account.
//
// Errors: httpkit.ErrDenied, fault.ErrInvalid with fields, ErrAccountTaken.
func (s *Service) CreateAccount(ctx context.Context, by actor.Actor, in NewAccount) (*Account, error) {
	a := &Account{Name: normalName(in.Name), DisplayName: in.DisplayName, Grants: in.Grants, MustChange: in.Temporary, FactorRequired: in.FactorRequired}
	a.Org = in.Org
	if a.Grants == nil {
		a.Grants = []actor.Grant{}
	}
	if !mayRule(by, actor.AccountWrite, a) {
		return nil, httpkit.ErrDenied.New()
	}
	var fields []fault.Field
	if !accountName.MatchString(a.Name) {
		fields = append(fields, ErrAccountName.At("account"))
	}
	fields = append(fields, checkDisplayName(a.DisplayName, "name")...)
	fields = append(fields, checkPassword(in.Password, a.Name, "password")...)
	encoded := ""
	if len(fields) == 0 {
		var err error
		if encoded, err = s.hasher.hash(ctx, in.Password); err != nil {
			return nil, err
		}
	}
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		more, err := checkGrants(a.Grants, orgExists(tx))
		if err != nil {
			return err
		}
		if a.Org != "" {
			ok, err := orgExists(tx)(a.Org)
			if err != nil {
				return err
			}
			if !ok {
				more = append(more, ErrOrgUnknown.At("org"))
			}
		}
		if err := fault.InvalidFields(append(fields[:len(fields):len(fields)], more...)); err != nil {
			return err
		}
		a.derive()
		if err := accounts.Put(tx, a); err != nil {
			return err
		}
		return secrets.Put(tx, &secret{Meta: store.Meta{ID: a.ID, Org: a.Org}, Password: encoded, ChangedAt: tx.Now()})
	})
	if errors.Is(err, store.ErrDuplicate) {
		return nil, ErrAccountTaken.Wrap(err)
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Account returns an account that by may know of, or store.ErrNotFound.
func (s *Service) Account(ctx context.Context, by actor.Actor, id string) (*Account, error) {
	a, err := accounts.Get(ctx, s.st, id)
	if err != nil {
		return nil, err
	}
	if !maySee(by, a) {
		return nil, store.ErrNotFound.New()
	}
	return a, nil
}

// AccountByName finds an account by the name to log in with, for the command
// line; store.ErrNotFound as Account.
func (s *Service) AccountByName(ctx context.Context, by actor.Actor, name string) (*Account, error) {
	a, err := accounts.One(ctx, s.st, store.Query{Index: "byName", Equal: []any{normalName(name)}})
	if err != nil {
		return nil, err
	}
	if !maySee(by, a) {
		return nil, store.ErrNotFound.New()
	}
	return a, nil
}

// ListAccounts returns the accounts with a home or a grant in org, by name; ""
// means all that by may see.
//
// Errors: httpkit.ErrDenied, ErrOrgChoose when by may see several organisations
// but not all and names none.
func (s *Service) ListAccounts(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Account], error) {
	org, err := scope(by, actor.AccountRead, org)
	if err != nil {
		return store.Page[Account]{}, err
	}
	if org == "" {
		return accounts.Find(ctx, s.st, store.Query{Index: "byName", Limit: limit, After: after})
	}
	return accounts.Find(ctx, s.st, store.Query{Index: "byOrg", Equal: []any{string(org)}, Limit: limit, After: after})
}

// scope returns the one organisation in which by acts, "" for all.
func scope(by actor.Actor, action actor.Action, org actor.OrgID) (actor.OrgID, error) {
	mine, all := by.Orgs(action)
	switch {
	case org != "" && by.Can(action, org):
		return org, nil
	case org != "" || (!all && len(mine) == 0):
		return "", httpkit.ErrDenied.New()
	case all:
		return "", nil
	case len(mine) > 1:
		return "", fault.InvalidFields([]fault.Field{ErrOrgChoose.At("query.org")})
	}
	return mine[0], nil
}

// SetGrants replaces the grants of an account whose revision is rev.
//
// Errors: store.ErrNotFound, httpkit.ErrDenied, ErrOwnAccount, ErrLastAdmin,
// fault.ErrInvalid, store.ErrConflict.
func (s *Service) SetGrants(ctx context.Context, by actor.Actor, id string, rev int64, grants []actor.Grant, reason string) (*Account, error) {
	if grants == nil {
		grants = []actor.Grant{}
	}
	return s.rule(ctx, by, id, rev, "account.grant", reason, func(tx *store.Tx, a *Account) error {
		fields, err := checkGrants(grants, orgExists(tx))
		if err != nil {
			return err
		}
		if err := fault.InvalidFields(fields); err != nil {
			return err
		}
		a.Grants = grants
		if !mayRule(by, actor.AccountWrite, a) {
			return httpkit.ErrDenied.New()
		}
		return nil
	})
}

// Lock closes an account and ends its sessions.
//
// Errors: as SetGrants.
func (s *Service) Lock(ctx context.Context, by actor.Actor, id string, rev int64, reason string) (*Account, error) {
	return s.rule(ctx, by, id, rev, "account.lock", reason, func(tx *store.Tx, a *Account) error {
		a.Locked, a.LockReason = true, reason
		return endSessions(tx, a.ID, "")
	})
}

// Unlock opens an account again and forgets its failed logins.
//
// Errors: as SetGrants.
func (s *Service) Unlock(ctx context.Context, by actor.Actor, id string, rev int64, reason string) (*Account, error) {
	return s.rule(ctx, by, id, rev, "account.unlock", reason, func(tx *store.Tx, a *Account) error {
		a.Locked, a.LockReason = false, ""
		return forgive(tx, gauges(a.Name, ""), true)
	})
}

// Rename changes what others see of an account, and whether it needs a second
// factor beyond its roles.
//
// Errors: as SetGrants.
func (s *Service) Rename(ctx context.Context, by actor.Actor, id string, rev int64, displayName string, factorRequired bool, reason string) (*Account, error) {
	if err := fault.InvalidFields(checkDisplayName(displayName, "name")); err != nil {
		return nil, err
	}
	return s.rule(ctx, by, id, rev, "account.change", reason, func(_ *store.Tx, a *Account) error {
		a.DisplayName, a.FactorRequired = displayName, factorRequired
		return nil
	})
}

// ResetFactor removes the second factor of somebody who lost it and ends his
// sessions.
//
// Errors: as SetGrants.
func (s *Service) ResetFactor(ctx context.Context, by actor.Actor, id string, rev int64, reason string) (*Account, error) {
	return s.rule(ctx, by, id, rev, "account.factor.reset", reason, func(tx *store.Tx, a *Account) error {
		sec, err := secrets.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		sec.Factor, sec.Enrol, sec.Recovery = nil, nil, nil
		if err := secrets.Put(tx, sec); err != nil {
			return err
		}
		a.FactorEnrolled = false
		return endSessions(tx, a.ID, "")
	})
}

// ResetPassword sets a temporary password, which its owner must change, and
// ends his sessions.
//
// Errors: as SetGrants.
func (s *Service) ResetPassword(ctx context.Context, by actor.Actor, id string, rev int64, password, reason string) (*Account, error) {
	a, err := s.Account(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if err := fault.InvalidFields(checkPassword(password, a.Name, "password")); err != nil {
		return nil, err
	}
	encoded, err := s.hasher.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	return s.rule(ctx, by, id, rev, "account.password.reset", reason, func(tx *store.Tx, a *Account) error {
		sec, err := secrets.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		sec.Password, sec.ChangedAt = encoded, tx.Now()
		if err := secrets.Put(tx, sec); err != nil {
			return err
		}
		a.MustChange = true
		if err := forgive(tx, gauges(a.Name, ""), true); err != nil {
			return err
		}
		return endSessions(tx, a.ID, "")
	})
}

// rule does one act of administration: it checks who may, changes the account
// and writes it. change may run several times.
func (s *Service) rule(ctx context.Context, by actor.Actor, id string, rev int64, action, reason string, change func(*store.Tx, *Account) error) (*Account, error) {
	if strings.TrimSpace(reason) == "" || utf8.RuneCountInString(reason) > maxReason {
		return nil, fault.InvalidFields([]fault.Field{ErrReasonNeeded.At("reason", fault.P("max", maxReason))})
	}
	var a *Account
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		if a, err = accounts.Get(tx.Context(), tx, id); err != nil {
			return err
		}
		switch {
		case !maySee(by, a):
			return store.ErrNotFound.New()
		case !mayRule(by, actor.AccountWrite, a):
			return httpkit.ErrDenied.New()
		case by.Kind != actor.System && by.ID == a.ID:
			return ErrOwnAccount.New()
		case a.Rev != rev:
			return store.ErrConflict.New()
		}
		if err := tx.Guard(adminsGuard); err != nil {
			return err
		}
		wasAdmin := a.ActiveAdmin
		if err := change(tx, a); err != nil {
			return err
		}
		a.derive()
		if wasAdmin && !a.ActiveAdmin {
			n, err := accounts.Count(tx.Context(), tx, store.Query{Index: "byActiveAdmin", Equal: []any{true}}, 2)
			if err != nil {
				return err
			}
			if n < 2 {
				return ErrLastAdmin.New()
			}
		}
		tx.Describe(action, reason)
		return accounts.Put(tx, a)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}
