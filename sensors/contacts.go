package sensors

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// NewContact is a contact that is to be registered.
type NewContact struct {
	Org    actor.OrgID
	Fields ContactFields
}

// CreateContact registers a contact. secret is what the posts of a webhook are
// signed with, shown this once; "" for an e-mail.
//
// Errors: fault.ErrInvalid with fields, ErrSetupDenied, ErrContacts.
func (n *Notifier) CreateContact(ctx context.Context, by actor.Actor, in NewContact) (c *Contact, secret string, err error) {
	wrong := in.Fields.tidy()
	if !ids.ValidSlug(string(in.Org)) {
		wrong = append(wrong, ErrOrg.At("org"))
	} else if !by.Can(actor.AlarmSetup, in.Org) {
		return nil, "", ErrSetupDenied.New()
	}
	if err := fault.InvalidFields(wrong); err != nil {
		return nil, "", err
	}
	if in.Fields.Kind == Webhook {
		secret = newContactSecret()
	}
	err = n.s.st.Update(ctx, by, func(tx *store.Tx) error {
		if err := tx.Guard("alarm-contacts:" + string(in.Org)); err != nil {
			return err
		}
		have, err := contactDocs.Count(tx.Context(), tx, store.Query{Index: "byOrg", Equal: []any{string(in.Org)}}, maxContacts)
		if err != nil {
			return err
		}
		if have >= maxContacts {
			return ErrContacts.New(fault.P("max", maxContacts))
		}
		c = &Contact{Meta: store.Meta{Org: in.Org}, Fields: in.Fields}
		tx.Describe("contact.create", "")
		if err := contactDocs.Put(tx, c); err != nil || secret == "" {
			return err
		}
		return n.keepSecret(tx, c, secret)
	})
	if err != nil {
		return nil, "", err
	}
	return c, secret, nil
}

// contactMark is in front of a secret, so that scanners find leaked ones.
const contactMark = "yjyhook_"

func newContactSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return contactMark + base64.RawURLEncoding.EncodeToString(b)
}

// sealedFor is what the secret of a contact is bound to.
func sealedFor(id string) string { return "alarm-contact/" + id }

func (n *Notifier) keepSecret(tx *store.Tx, c *Contact, secret string) error {
	kept, err := found(contactSecrets.Get(tx.Context(), tx, c.ID))
	if err != nil {
		return err
	}
	if kept == nil {
		kept = &contactSecret{Meta: store.Meta{ID: c.ID, Org: c.Org}}
	}
	kept.Sealed = n.seal.Seal(secret, sealedFor(c.ID))
	return contactSecrets.Put(tx, kept)
}

// RenewSecret makes a new secret of a webhook, shown this once. The one before
// ends at once: posts that are refused meanwhile are tried again.
//
// Errors: ErrNotFound, ErrDenied, ErrNoSecret.
func (n *Notifier) RenewSecret(ctx context.Context, by actor.Actor, id string) (string, error) {
	secret := newContactSecret()
	err := n.s.st.Update(ctx, by, func(tx *store.Tx) error {
		c, err := n.contactIn(tx, by, id, 0)
		if err != nil {
			return err
		}
		if c.Fields.Kind != Webhook {
			return ErrNoSecret.New()
		}
		if err := tx.Audit(c.Org, contactDocs.Name(), c.ID, "contact.secret", ""); err != nil {
			return err
		}
		return n.keepSecret(tx, c, secret)
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// ChangeContact replaces what is known of a contact. Its kind stays.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, fault.ErrInvalid.
func (n *Notifier) ChangeContact(ctx context.Context, by actor.Actor, id string, rev int64, f ContactFields) (*Contact, error) {
	wrong := f.tidy()
	var out *Contact
	err := n.s.st.Update(ctx, by, func(tx *store.Tx) error {
		c, err := n.contactIn(tx, by, id, rev)
		if err != nil {
			return err
		}
		all := wrong
		if f.Kind != c.Fields.Kind {
			all = append(slices.Clone(wrong), ErrContactKind.At("kind"))
		}
		if err := fault.InvalidFields(all); err != nil {
			return err
		}
		c.Fields, out = f, c
		tx.Describe("contact.change", "")
		return contactDocs.Put(tx, c)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// RemoveContact deletes a contact and its secret. What it has not been told yet
// it is not told any more; the log of deliveries stays.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, store.ErrReason.
func (n *Notifier) RemoveContact(ctx context.Context, by actor.Actor, id string, rev int64, reason string) error {
	return n.s.st.Update(ctx, by, func(tx *store.Tx) error {
		c, err := n.contactIn(tx, by, id, rev)
		if err != nil {
			return err
		}
		tx.Describe("contact.remove", reason)
		if err := contactDocs.Delete(tx, id, c.Rev, strings.TrimSpace(reason)); err != nil {
			return err
		}
		kept, err := found(contactSecrets.Get(tx.Context(), tx, id))
		if err != nil || kept == nil {
			return err
		}
		return contactSecrets.Delete(tx, id, kept.Rev, "")
	})
}

// contactIn returns a contact that by may set, at revision rev (0 any).
func (n *Notifier) contactIn(tx *store.Tx, by actor.Actor, id string, rev int64) (*Contact, error) {
	c, err := found(contactDocs.Get(tx.Context(), tx, id))
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, ErrNotFound.New()
	}
	if err := may(by, actor.AlarmSetup, actor.AlarmRead, c.Org); err != nil {
		return nil, err
	}
	if rev != 0 && rev != c.Rev {
		return nil, store.ErrConflict.New()
	}
	return c, nil
}

// Contact returns one contact.
//
// Errors: ErrNotFound.
func (n *Notifier) Contact(ctx context.Context, by actor.Actor, id string) (*Contact, error) {
	c, err := found(contactDocs.Get(ctx, n.s.st, id))
	if err != nil {
		return nil, err
	}
	if c == nil || !by.Can(actor.AlarmRead, c.Org) {
		return nil, ErrNotFound.New()
	}
	return c.shownTo(by), nil
}

// Contacts returns the contacts of one organisation.
//
// Errors: ErrOrg, ErrDenied, ErrNotFound, store.ErrCursor.
func (n *Notifier) Contacts(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Contact], error) {
	org, err := oneOrg(by, actor.AlarmRead, org)
	if err != nil {
		return store.Page[Contact]{}, err
	}
	page, err := contactDocs.Find(ctx, n.s.st, store.Query{Index: "byOrg", Equal: []any{string(org)}, Limit: limit, After: after})
	if err != nil {
		return store.Page[Contact]{}, err
	}
	for i, c := range page.Items {
		page.Items[i] = c.shownTo(by)
	}
	return page, nil
}

// shownTo returns c without the rest of its address for those who may not set it:
// the URL of a webhook may hold a token.
func (c *Contact) shownTo(by actor.Actor) *Contact {
	if by.Can(actor.AlarmSetup, c.Org) {
		return c
	}
	shut := *c
	if u, err := url.Parse(c.Fields.URL); err == nil && c.Fields.URL != "" {
		shut.Fields.URL = u.Scheme + "://" + u.Host + "/…"
	}
	if _, host, ok := strings.Cut(c.Fields.Address, "@"); ok {
		shut.Fields.Address = "…@" + host
	}
	return &shut
}

// TryContact sends a message to a contact that says that it is a test, and returns
// how it went. Nothing is tried again.
//
// Errors: ErrNotFound, ErrDenied.
func (n *Notifier) TryContact(ctx context.Context, by actor.Actor, id string) (DeliveryAttempt, error) {
	c, err := found(contactDocs.Get(ctx, n.s.st, id))
	if err != nil {
		return DeliveryAttempt{}, err
	}
	if c == nil {
		return DeliveryAttempt{}, ErrNotFound.New()
	}
	if err := may(by, actor.AlarmSetup, actor.AlarmRead, c.Org); err != nil {
		return DeliveryAttempt{}, err
	}
	msg, err := n.composeTest(ctx, c)
	if err != nil {
		return DeliveryAttempt{}, err
	}
	secret, err := n.secret(ctx, c)
	status := 0
	if err == nil {
		status, err = n.send(ctx, c, secret, msg)
	}
	if ctx.Err() != nil {
		return DeliveryAttempt{}, ctx.Err()
	}
	return attemptOf(n.s.st.Now(), status, err), nil
}
