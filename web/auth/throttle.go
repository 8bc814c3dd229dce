package auth

import (
	"errors"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// throttle counts failed attempts against one account or from one address. The
// id is a hash of it.
type throttle struct {
	store.Meta `bson:",inline"`
	Failures   int64     `bson:"failures"`
	Until      time.Time `bson:"until"`     // no attempt before
	ExpiresAt  time.Time `bson:"expiresAt"` // forgotten after
}

var throttles = store.Define[throttle](store.Spec{Name: "loginthrottles", Schema: 1, Indexes: []store.Index{
	{Name: "byExpiry", Parts: []store.Part{{Path: "expiresAt", Kind: store.Time}}},
}})

const (
	freeByAccount = 5 // failures before the first wait
	freeByAddress = 30
	maxWait       = 15 * time.Minute
	throttleLife  = 24 * time.Hour
)

// gauge is one count that an attempt is charged to.
type gauge struct {
	id   string
	free int64
}

func gauges(account, address string) []gauge {
	list := []gauge{{id: digest("account " + account), free: freeByAccount}}
	if address != "" {
		list = append(list, gauge{id: digest("address " + httpkit.ClientNetwork(address)), free: freeByAddress})
	}
	return list
}

// charge counts an attempt as failed before it is looked at.
//
// Errors: ErrThrottled inside an httpkit.WaitError while a wait lasts.
func charge(tx *store.Tx, list []gauge) error {
	for _, g := range list {
		t, err := throttles.Get(tx.Context(), tx, g.id)
		if errors.Is(err, store.ErrNotFound) {
			t, err = &throttle{Meta: store.Meta{ID: g.id}}, nil
		}
		if err != nil {
			return err
		}
		if !tx.Now().Before(t.ExpiresAt) {
			t.Failures = 0
		}
		if wait := t.Until.Sub(tx.Now()); wait > 0 {
			seconds := int((wait + time.Second - 1) / time.Second)
			return &httpkit.WaitError{Err: ErrThrottled.New(fault.P("seconds", seconds)), Seconds: seconds}
		}
		t.Failures++
		t.Until = tx.Now().Add(waitAfter(t.Failures, g.free))
		t.ExpiresAt = tx.Now().Add(throttleLife)
		if err := throttles.Put(tx, t); err != nil {
			return err
		}
	}
	return nil
}

// waitAfter is how long the next attempt waits: nothing for the first free
// failures, then 2, 4, 8 … seconds up to maxWait.
func waitAfter(failures, free int64) time.Duration {
	over := failures - free
	if over < 0 {
		return 0
	}
	if over > 10 {
		return maxWait
	}
	return min(maxWait, time.Second<<(over+1))
}

// forgive takes a charge back. After a full login (done) the account starts
// anew; the address loses only this charge, so that an own account does not wash
// guesses at others.
func forgive(tx *store.Tx, list []gauge, done bool) error {
	for i, g := range list {
		t, err := throttles.Get(tx.Context(), tx, g.id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if (i == 0 && done) || t.Failures <= 1 {
			if err := throttles.Delete(tx, t.ID, t.Rev, ""); err != nil {
				return err
			}
			continue
		}
		t.Failures--
		t.Until = tx.Now()
		if err := throttles.Put(tx, t); err != nil {
			return err
		}
	}
	return nil
}
