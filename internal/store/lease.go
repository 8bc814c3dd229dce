package store

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/actor"
)

// leaseDoc is a named right of one process to do something for a time. Its id
// is the name; it is never deleted, so that Fence only grows.
type leaseDoc struct {
	Meta  `bson:",inline"`
	Owner string    `bson:"owner"`
	Fence int64     `bson:"fence"`
	Until time.Time `bson:"until"`
}

var leases = Define[leaseDoc](Spec{Name: "leases", Schema: 1})

// Lease is a held right. What its holder writes is only safe when each of his
// transactions calls Tx.Fence: a process may sleep longer than its lease.
type Lease struct {
	Name  string
	Owner string
	Fence int64 // grows with every holder
	st    *Store
	ttl   time.Duration
}

var leaseKeeper = actor.SystemPart("lease")

func leaseGuard(name string) string { return "lease:" + name }

// Lease takes the right called name for ttl, when nobody holds it or its time
// is over. owner is what people are shown; a second taking by the same owner
// ends the first, as after a restart.
//
// Errors: ErrLeaseHeld.
func (s *Store) Lease(ctx context.Context, name, owner string, ttl time.Duration) (*Lease, error) {
	if name == "" || owner == "" || ttl <= 0 {
		return nil, errors.New("store: a lease needs a name, an owner and a time to live")
	}
	var l *Lease
	err := s.Update(ctx, leaseKeeper, func(tx *Tx) error {
		if err := tx.Guard(leaseGuard(name)); err != nil {
			return err
		}
		doc, err := leases.Get(tx.ctx, tx, name)
		switch {
		case errors.Is(err, ErrNotFound):
			doc = &leaseDoc{Meta: Meta{ID: name}}
		case err != nil:
			return err
		case doc.Owner != owner && tx.now.Before(doc.Until):
			return ErrLeaseHeld.New()
		}
		doc.Owner, doc.Until = owner, tx.now.Add(ttl)
		doc.Fence++
		l = &Lease{Name: name, Owner: owner, Fence: doc.Fence, st: s, ttl: ttl}
		return leases.Put(tx, doc)
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// Renew extends the lease by its time to live from now. A lease whose time was
// over but that nobody took is extended too.
//
// Errors: ErrLeaseLost.
func (l *Lease) Renew(ctx context.Context) error {
	return l.set(ctx, func(now time.Time) time.Time { return now.Add(l.ttl) })
}

// Release gives the right back at once. It does nothing when the lease is lost.
func (l *Lease) Release(ctx context.Context) error {
	err := l.set(ctx, func(now time.Time) time.Time { return now })
	if errors.Is(err, ErrLeaseLost) {
		return nil
	}
	return err
}

func (l *Lease) set(ctx context.Context, until func(time.Time) time.Time) error {
	return l.st.Update(ctx, leaseKeeper, func(tx *Tx) error {
		doc, err := l.held(tx)
		if err != nil {
			return err
		}
		doc.Until = until(tx.now)
		return leases.Put(tx, doc)
	})
}

// held returns the stored lease if it is still l.
func (l *Lease) held(tx *Tx) (*leaseDoc, error) {
	doc, err := leases.Get(tx.ctx, tx, l.Name)
	if errors.Is(err, ErrNotFound) || err == nil && doc.Fence != l.Fence {
		return nil, ErrLeaseLost.New()
	}
	return doc, err
}

// Fence makes the transaction fail when another has taken the lease, be it at
// the same moment.
//
// Errors: ErrLeaseLost.
func (tx *Tx) Fence(l *Lease) error {
	if err := tx.Guard(leaseGuard(l.Name)); err != nil {
		return err
	}
	_, err := l.held(tx)
	return err
}
