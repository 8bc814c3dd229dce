package auth

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

const (
	keyPrefix  = "key:"          // of the actor's id
	keyMark    = "yjy_"          // in front of a key, so that scanners find leaked ones
	maxKeyLife = 400 * 24        // hours
	keyTouch   = 5 * time.Minute // how often the time of last use is written
)

// Key is an API key of a partner. It has history; its hash lies in keySecret.
type Key struct {
	store.Meta `bson:",inline"`
	Label      string        `bson:"label"`
	Grants     []actor.Grant `bson:"grants"`
	ExpiresAt  time.Time     `bson:"expiresAt"`
	RevokedAt  *time.Time    `bson:"revokedAt,omitempty"`
	Hint       string        `bson:"hint"` // its last four characters, to tell keys apart
}

var keys = store.Define[Key](store.Spec{Name: "apikeys", Schema: 1, History: true, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "createdAt", Kind: store.Time}}},
}})

// keySecret finds a key by the SHA-256 of its text, which is the id.
type keySecret struct {
	store.Meta `bson:",inline"`
	Key        string    `bson:"key"`
	UsedAt     time.Time `bson:"usedAt"` // zero: never
}

var keySecrets = store.Define[keySecret](store.Spec{Name: "apikeysecrets", Schema: 1, Indexes: []store.Index{
	{Name: "byKey", Parts: []store.Part{{Path: "key"}}, Unique: true},
}})

// NewKey is what a key begins with.
type NewKey struct {
	Org       actor.OrgID
	Label     string // whose it is and what for
	Grants    []actor.Grant
	ExpiresAt time.Time
}

// CreateKey makes a key and returns its text, which is never shown again.
//
// Errors: httpkit.ErrDenied, fault.ErrInvalid with fields.
func (s *Service) CreateKey(ctx context.Context, by actor.Actor, in NewKey) (*Key, string, error) {
	if err := ownAccount(by); err != nil && by.Kind != actor.System {
		return nil, "", err
	}
	if !mayRule(by, actor.AccountWrite, &Account{Meta: store.Meta{Org: in.Org}, Grants: in.Grants}) {
		return nil, "", httpkit.ErrDenied.New()
	}
	text := keyMark + token()
	var k *Key
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		fields, err := checkGrants(in.Grants, orgExists(tx))
		if err != nil {
			return err
		}
		if len(in.Grants) == 0 {
			fields = append(fields, ErrKeyEmpty.At("grants"))
		}
		for i, g := range in.Grants {
			if g.Role == actor.Admin {
				fields = append(fields, ErrKeyRole.At("grants["+itoa(i)+"].role"))
			}
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(in.Label)); n < 1 || n > 80 || strings.ContainsFunc(in.Label, unicode.IsControl) {
			fields = append(fields, ErrKeyLabel.At("label"))
		}
		if !in.ExpiresAt.After(tx.Now()) || in.ExpiresAt.After(tx.Now().Add(maxKeyLife*time.Hour)) {
			fields = append(fields, ErrKeyExpiry.At("expiresAt", fault.P("days", maxKeyLife/24)))
		}
		if err := fault.InvalidFields(fields); err != nil {
			return err
		}
		k = &Key{Meta: store.Meta{Org: in.Org}, Label: strings.TrimSpace(in.Label), Grants: in.Grants,
			ExpiresAt: in.ExpiresAt.UTC().Truncate(time.Millisecond), Hint: text[len(text)-4:]}
		tx.Describe("key.create", "")
		if err := keys.Put(tx, k); err != nil {
			return err
		}
		return keySecrets.Put(tx, &keySecret{Meta: store.Meta{ID: digest(text), Org: in.Org}, Key: k.ID})
	})
	if err != nil {
		return nil, "", err
	}
	return k, text, nil
}

// ListKeys returns the keys of org, oldest first, revoked and ended ones
// included; "" means all where by may see all, those without a home too.
func (s *Service) ListKeys(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Key], error) {
	org, err := scope(by, actor.AccountRead, org)
	if err != nil {
		return store.Page[Key]{}, err
	}
	if org == "" {
		return keys.Find(ctx, s.st, store.Query{Limit: limit, After: after}) // ids are in the order of creation
	}
	return keys.Find(ctx, s.st, store.Query{Index: "byOrg", Equal: []any{string(org)}, Limit: limit, After: after})
}

// RevokeKey ends a key for ever.
//
// Errors: store.ErrNotFound, httpkit.ErrDenied, ErrReasonNeeded.
func (s *Service) RevokeKey(ctx context.Context, by actor.Actor, id, reason string) error {
	if strings.TrimSpace(reason) == "" || utf8.RuneCountInString(reason) > maxReason {
		return fault.InvalidFields([]fault.Field{ErrReasonNeeded.At("reason", fault.P("max", maxReason))})
	}
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		k, err := keys.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		if !by.Can(actor.AccountRead, k.Org) {
			return store.ErrNotFound.New()
		}
		if !by.Can(actor.AccountWrite, k.Org) {
			return httpkit.ErrDenied.New()
		}
		if k.RevokedAt != nil {
			return nil
		}
		now := tx.Now()
		k.RevokedAt = &now
		tx.Describe("key.revoke", reason)
		if err := keys.Put(tx, k); err != nil {
			return err
		}
		sec, err := keySecrets.One(tx.Context(), tx, store.Query{Index: "byKey", Equal: []any{k.ID}})
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return keySecrets.Delete(tx, sec.ID, sec.Rev, "")
	})
}

// readKey finds the actor of a Bearer key. Any that does not live is refused:
// a program should learn at once that its key has ended.
func (s *Service) readKey(ctx context.Context, cred httpkit.Credentials) (httpkit.SessionInfo, error) {
	if !strings.HasPrefix(cred.Bearer, keyMark) || len(cred.Bearer) != len(keyMark)+43 {
		return httpkit.SessionInfo{}, httpkit.ErrUnauthenticated.New()
	}
	sec, err := keySecrets.Get(ctx, s.st, digest(cred.Bearer))
	if errors.Is(err, store.ErrNotFound) {
		return httpkit.SessionInfo{}, httpkit.ErrUnauthenticated.New()
	}
	if err != nil {
		return httpkit.SessionInfo{}, err
	}
	k, err := keys.Get(ctx, s.st, sec.Key)
	if errors.Is(err, store.ErrNotFound) || (err == nil && (k.RevokedAt != nil || !s.st.Now().Before(k.ExpiresAt))) {
		return httpkit.SessionInfo{}, httpkit.ErrUnauthenticated.New()
	}
	if err != nil {
		return httpkit.SessionInfo{}, err
	}
	if s.st.Now().Sub(sec.UsedAt) > keyTouch {
		err := s.st.Update(ctx, actor.SystemPart("session"), func(tx *store.Tx) error {
			now, err := keySecrets.Get(tx.Context(), tx, sec.ID)
			if err != nil {
				return err
			}
			now.UsedAt = tx.Now()
			return keySecrets.Put(tx, now)
		})
		if err != nil && !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrNotFound) {
			s.opts.Log.WarnContext(ctx, "use of a key not written", "error", err.Error())
		}
	}
	by := actor.Actor{Kind: actor.Staff, ID: keyPrefix + k.ID, Name: k.Label, Grants: k.Grants, RequestID: cred.RequestID}
	return httpkit.SessionInfo{Actor: by, ID: keyPrefix + k.ID}, nil
}
