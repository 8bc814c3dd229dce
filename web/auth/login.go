package auth

import (
	"context"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Origin is where a login comes from.
type Origin struct{ Address, Agent, RequestID string }

// Attempt is what somebody logs in with.
type Attempt struct {
	Account  string
	Password string
	Code     string // of the second factor, or a recovery code; "" when not asked for yet
	Replaces string // value of the session cookie that the browser already had; that session ends
}

// Opened is a new session.
type Opened struct {
	Cookie    string // value of the cookie; shown to the browser only
	CSRFToken string
	SessionID string
	Account   *Account
	Actor     actor.Actor
	Pending   []string // see PendingPassword and PendingFactor
}

// Login opens a session.
//
// Errors: ErrLogin for an unknown account and a wrong password alike,
// ErrCodeNeeded, ErrCodeWrong, ErrLocked (only after the right password), and
// ErrThrottled in an httpkit.WaitError.
func (s *Service) Login(ctx context.Context, in Attempt, from Origin) (*Opened, error) {
	name := normalName(in.Account)
	list := gauges(name, from.Address)
	part := actor.SystemPart("login")
	part.RequestID = from.RequestID
	err := s.st.Update(ctx, part, func(tx *store.Tx) error {
		if err := dropExpired(tx); err != nil {
			return err
		}
		return charge(tx, list)
	})
	if err != nil {
		return nil, err
	}
	a, right, err := s.checkLogin(ctx, name, in.Password)
	if err != nil {
		return nil, err
	}
	if !right {
		if a != nil {
			err = s.st.Update(ctx, part, func(tx *store.Tx) error {
				return tx.Audit(a.Org, accounts.Name(), a.ID, "session.refused", "")
			})
			if err != nil {
				return nil, err
			}
		}
		return nil, ErrLogin.New()
	}
	renewed, err := s.renewHash(ctx, a.ID, in.Password)
	if err != nil {
		return nil, err
	}
	value := token()
	id := a.ID
	var refused error
	err = s.st.Update(ctx, a.acts(from.RequestID, nil), func(tx *store.Tx) error {
		refused = nil
		var err error
		if a, err = accounts.Get(tx.Context(), tx, id); err != nil {
			return err
		}
		if a.Locked {
			refused = ErrLocked.New()
			return tx.Audit(a.Org, accounts.Name(), a.ID, "session.refused", "locked")
		}
		if a.FactorEnrolled {
			if in.Code == "" {
				refused = ErrCodeNeeded.New()
				return forgive(tx, list, false)
			}
			ok, err := s.useCode(tx, a, in.Code)
			if err != nil {
				return err
			}
			if !ok {
				refused = ErrCodeWrong.New()
				return tx.Audit(a.Org, accounts.Name(), a.ID, "session.refused", "code")
			}
		}
		if err := forgive(tx, list, true); err != nil {
			return err
		}
		if renewed != "" {
			sec, err := secrets.Get(tx.Context(), tx, a.ID)
			if err != nil {
				return err
			}
			sec.Password = renewed
			if err := secrets.Put(tx, sec); err != nil {
				return err
			}
		}
		if err := dropSession(tx, in.Replaces); err != nil {
			return err
		}
		if err := s.open(tx, a, value, from); err != nil {
			return err
		}
		return tx.Audit(a.Org, accounts.Name(), a.ID, "session.login", "")
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return nil, err
	}
	return s.opened(a, value), nil
}

// checkLogin compares the password. a is nil for an unknown account, which
// takes the same time.
func (s *Service) checkLogin(ctx context.Context, name, password string) (a *Account, right bool, err error) {
	if len(password) > 4*maxPassword {
		password = password[:4*maxPassword]
	}
	a, err = accounts.One(ctx, s.st, store.Query{Index: "byName", Equal: []any{name}})
	if errors.Is(err, store.ErrNotFound) {
		_, err := s.hasher.verify(ctx, s.hasher.dummy, password)
		return nil, false, err
	}
	if err != nil {
		return nil, false, err
	}
	sec, err := secrets.Get(ctx, s.st, a.ID)
	if err != nil {
		return nil, false, err
	}
	right, err = s.hasher.verify(ctx, sec.Password, password)
	return a, right, err
}

// renewHash returns a new hash when the stored one has another cost, else "".
func (s *Service) renewHash(ctx context.Context, id, password string) (string, error) {
	sec, err := secrets.Get(ctx, s.st, id)
	if err != nil || !s.hasher.outdated(sec.Password) {
		return "", err
	}
	return s.hasher.hash(ctx, password)
}

func (s *Service) opened(a *Account, value string) *Opened {
	pending := s.pending(a)
	return &Opened{Cookie: value, CSRFToken: csrfToken(value), SessionID: digest(value), Account: a, Actor: a.acts("", pending), Pending: pending}
}

// dropSession ends the session with the cookie value, if there is one.
func dropSession(tx *store.Tx, value string) error {
	if value == "" {
		return nil
	}
	old, err := sessions.Get(tx.Context(), tx, digest(value))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return sessions.Delete(tx, old.ID, old.Rev, "")
}

// Logout ends the session with the id; there is no error when it has ended.
func (s *Service) Logout(ctx context.Context, by actor.Actor, id string) error {
	err := s.EndSession(ctx, by, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// Own returns the account of the actor and what it must still do.
func (s *Service) Own(ctx context.Context, by actor.Actor) (*Account, []string, error) {
	if err := ownAccount(by); err != nil {
		return nil, nil, err
	}
	a, err := accounts.Get(ctx, s.st, by.ID)
	if err != nil {
		return nil, nil, err
	}
	return a, s.pending(a), nil
}

// ChangePassword changes the actor's own password, ends all of his sessions and
// opens a new one.
//
// Errors: ErrPasswordWrong, ErrThrottled, fault.ErrInvalid with the rule.
func (s *Service) ChangePassword(ctx context.Context, by actor.Actor, current, next string, from Origin) (*Opened, error) {
	a, err := s.confirm(ctx, by, current, from)
	if err != nil {
		return nil, err
	}
	fields := checkPassword(next, a.Name, "new")
	if len(fields) == 0 && current == next {
		fields = append(fields, ErrPasswordSame.At("new"))
	}
	if err := fault.InvalidFields(fields); err != nil {
		return nil, err
	}
	encoded, err := s.hasher.hash(ctx, next)
	if err != nil {
		return nil, err
	}
	value := token()
	id := a.ID
	err = s.st.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		if a, err = accounts.Get(tx.Context(), tx, id); err != nil {
			return err
		}
		sec, err := secrets.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		sec.Password, sec.ChangedAt = encoded, tx.Now()
		if err := secrets.Put(tx, sec); err != nil {
			return err
		}
		tx.Describe("account.password", "")
		a.MustChange = false
		if err := accounts.Put(tx, a); err != nil {
			return err
		}
		if err := endSessions(tx, a.ID, ""); err != nil {
			return err
		}
		return s.open(tx, a, value, from)
	})
	if err != nil {
		return nil, err
	}
	return s.opened(a, value), nil
}

// confirm asks the actor for his password again before something grave.
func (s *Service) confirm(ctx context.Context, by actor.Actor, password string, from Origin) (*Account, error) {
	a, _, err := s.Own(ctx, by)
	if err != nil {
		return nil, err
	}
	list := gauges(a.Name, from.Address)
	if err := s.st.Update(ctx, by, func(tx *store.Tx) error { return charge(tx, list) }); err != nil {
		return nil, err
	}
	_, right, err := s.checkLogin(ctx, a.Name, password)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, ErrPasswordWrong.New()
	}
	return a, s.st.Update(ctx, by, func(tx *store.Tx) error { return forgive(tx, list, true) })
}
