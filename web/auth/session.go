package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// session is a logged-in browser. The id is the SHA-256 of the cookie's value.
type session struct {
	store.Meta `bson:",inline"`
	Account    string    `bson:"account"`
	SeenAt     time.Time `bson:"seenAt"`    // to the minute
	ExpiresAt  time.Time `bson:"expiresAt"` // the earlier of idle and absolute end
	Until      time.Time `bson:"until"`     // absolute end
	Address    string    `bson:"address"`
	Agent      string    `bson:"agent"`
}

var sessions = store.Define[session](store.Spec{Name: "sessions", Schema: 1, Indexes: []store.Index{
	{Name: "byAccount", Parts: []store.Part{{Path: "account"}}},
	{Name: "byExpiry", Parts: []store.Part{{Path: "expiresAt", Kind: store.Time}}},
}})

// touchEvery is how often the time of last use is written.
const touchEvery = time.Minute

// Pending says what an account must do before it gets its grants.
const (
	PendingPassword = "password"     // change a password that an administrator set
	PendingFactor   = "secondFactor" // enrol a second factor
)

// pending lists what a must still do, in the order in which to do it.
func (s *Service) pending(a *Account) []string {
	var list []string
	if a.MustChange {
		list = append(list, PendingPassword)
	}
	if !a.FactorEnrolled && s.factorRequired(a) {
		list = append(list, PendingFactor)
	}
	return list
}

func (s *Service) factorRequired(a *Account) bool {
	if a.FactorRequired {
		return true
	}
	for _, g := range a.Grants {
		for _, r := range s.opts.FactorRoles {
			if g.Role == r {
				return true
			}
		}
	}
	return false
}

// CookieName returns the name of the session cookie: with the prefix __Host-
// when cookies are Secure, so that no subdomain can set it.
func (s *Service) CookieName() string {
	if s.opts.Secure {
		return "__Host-yjy"
	}
	return "yjy"
}

// Read implements httpkit.Sessions.
func (s *Service) Read(ctx context.Context, cred httpkit.Credentials) (httpkit.SessionInfo, error) {
	if cred.Bearer != "" {
		return s.readKey(ctx, cred)
	}
	if len(cred.Cookie) != 43 {
		return httpkit.SessionInfo{Clear: true}, nil
	}
	now := s.st.Now()
	sess, err := sessions.Get(ctx, s.st, digest(cred.Cookie))
	if errors.Is(err, store.ErrNotFound) || (err == nil && !now.Before(sess.ExpiresAt)) {
		return httpkit.SessionInfo{Clear: true}, nil
	}
	if err != nil {
		return httpkit.SessionInfo{}, err
	}
	a, err := accounts.Get(ctx, s.st, sess.Account)
	if errors.Is(err, store.ErrNotFound) || (err == nil && a.Locked) {
		return httpkit.SessionInfo{Clear: true}, nil
	}
	if err != nil {
		return httpkit.SessionInfo{}, err
	}
	if now.Sub(sess.SeenAt) >= touchEvery {
		s.touch(ctx, sess)
	}
	return httpkit.SessionInfo{Actor: a.acts(cred.RequestID, s.pending(a)), ID: sess.ID, CSRFToken: csrfToken(cred.Cookie)}, nil
}

// touch moves the idle end. Another request may have done it already; when it
// cannot be written the session merely ends earlier.
func (s *Service) touch(ctx context.Context, sess *session) {
	err := s.st.Update(ctx, actor.SystemPart("session"), func(tx *store.Tx) error {
		now, err := sessions.Get(tx.Context(), tx, sess.ID)
		if err != nil {
			return err
		}
		now.SeenAt = tx.Now()
		now.ExpiresAt = earlier(tx.Now().Add(s.opts.Idle), now.Until)
		return sessions.Put(tx, now)
	})
	if err != nil && !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrNotFound) {
		s.opts.Log.WarnContext(ctx, "session not extended", "error", err.Error())
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// csrfToken is the token that unsafe requests of the session carry.
func csrfToken(cookie string) string {
	mac := hmac.New(sha256.New, []byte(cookie))
	mac.Write([]byte("csrf"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// open starts a session for a and returns the value of its cookie. value is
// made outside of the transaction, which may run twice.
func (s *Service) open(tx *store.Tx, a *Account, value string, from Origin) error {
	until := tx.Now().Add(s.opts.Life)
	return sessions.Put(tx, &session{Meta: store.Meta{ID: digest(value)}, Account: a.ID, SeenAt: tx.Now(),
		ExpiresAt: earlier(tx.Now().Add(s.opts.Idle), until), Until: until, Address: from.Address, Agent: from.Agent})
}

// endSessions removes all sessions of an account but keep ("" keeps none).
func endSessions(tx *store.Tx, account, keep string) error {
	var list []*session
	err := sessions.Each(tx.Context(), tx, store.Query{Index: "byAccount", Equal: []any{account}}, func(x *session) error {
		list = append(list, x)
		return nil
	})
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.ID == keep {
			continue
		}
		if err := sessions.Delete(tx, x.ID, x.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// dropExpired removes some sessions and throttles that have ended; every login
// pays for more than itself.
func dropExpired(tx *store.Tx) error {
	old, err := sessions.Find(tx.Context(), tx, store.Query{Index: "byExpiry", Before: tx.Now(), Limit: 8})
	if err != nil {
		return err
	}
	for _, x := range old.Items {
		if err := sessions.Delete(tx, x.ID, x.Rev, ""); err != nil {
			return err
		}
	}
	gone, err := throttles.Find(tx.Context(), tx, store.Query{Index: "byExpiry", Before: tx.Now(), Limit: 8})
	if err != nil {
		return err
	}
	for _, x := range gone.Items {
		if err := throttles.Delete(tx, x.ID, x.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// SessionView is a session as its owner sees it.
type SessionView struct {
	ID        string    `json:"id" doc:"to end it; it does not let anybody in"`
	Current   bool      `json:"current" doc:"the one that asks"`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	Address   string    `json:"address"`
	Agent     string    `json:"agent"`
}

// OwnSessions lists the living sessions of the actor's account, newest first.
func (s *Service) OwnSessions(ctx context.Context, by actor.Actor, current string) ([]SessionView, error) {
	if err := ownAccount(by); err != nil {
		return nil, err
	}
	out := []SessionView{}
	page, err := sessions.Find(ctx, s.st, store.Query{Index: "byAccount", Equal: []any{by.ID}, Limit: 200})
	if err != nil {
		return nil, err
	}
	for _, x := range page.Items {
		if s.st.Now().Before(x.ExpiresAt) {
			out = append(out, SessionView{ID: x.ID, Current: x.ID == current, CreatedAt: x.CreatedAt, SeenAt: x.SeenAt,
				ExpiresAt: x.ExpiresAt, Address: x.Address, Agent: x.Agent})
		}
	}
	return out, nil
}

// EndSession ends one of the actor's own sessions.
//
// Errors: store.ErrNotFound, also for a session of somebody else.
func (s *Service) EndSession(ctx context.Context, by actor.Actor, id string) error {
	if err := ownAccount(by); err != nil {
		return err
	}
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		x, err := sessions.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		if x.Account != by.ID {
			return store.ErrNotFound.New()
		}
		a, err := accounts.Get(tx.Context(), tx, by.ID)
		if err != nil {
			return err
		}
		if err := sessions.Delete(tx, id, x.Rev, ""); err != nil {
			return err
		}
		return tx.Audit(a.Org, accounts.Name(), a.ID, "session.end", "")
	})
}

// ownAccount refuses keys and the public where an account is needed.
func ownAccount(by actor.Actor) error {
	if by.Kind != actor.Staff {
		return httpkit.ErrUnauthenticated.New()
	}
	if strings.HasPrefix(by.ID, keyPrefix) {
		return ErrNoSession.New()
	}
	return nil
}
