package heritage

import (
	"context"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// update runs fn in a transaction and returns its order as by may see it.
func (m *Movements) update(ctx context.Context, by actor.Actor, fn func(*store.Tx) (*Movement, error)) (*Movement, error) {
	var o *Movement
	err := m.s.st.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		o, err = fn(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return o.seenBy(by), nil
}

// open returns the order for a step at revision rev, or for any revision when rev
// is 0. Who may read it but not act learns that it is denied.
func (m *Movements) open(tx *store.Tx, action actor.Action, id MovementID, rev int64) (*Movement, error) {
	o, err := m.read(tx.Context(), tx, tx.Actor(), id)
	switch {
	case err != nil:
		return nil, err
	case !tx.Actor().Can(action, o.Org):
		return nil, ErrDenied.New()
	case rev != 0 && o.Rev != rev:
		return nil, store.ErrConflict.New()
	}
	return o, nil
}

// read returns the stored order when by may read it.
func (m *Movements) read(ctx context.Context, r store.Reader, by actor.Actor, id MovementID) (*Movement, error) {
	o, err := movementDocs.Get(ctx, r, string(id))
	if isGone(err) || err == nil && !by.Can(actor.MovementRead, o.Org) {
		return nil, ErrNoMovement.New()
	}
	return o, err
}

// step notes what was done and saves the order.
func (m *Movements) step(tx *store.Tx, o *Movement, action MovementAction, reason string) error {
	o.Steps = append(o.Steps, MovementStep{At: tx.Now(), By: PersonOf(tx.Actor()), Action: action, Reason: reason})
	o.settle()
	tx.Describe("movement."+string(action), reason)
	err := movementDocs.Put(tx, o)
	if errors.Is(err, store.ErrDuplicate) { // another order for one of them came first
		return ErrInOrder.Wrap(err)
	}
	return err
}

// seenBy returns o without what by may not see: where things are stored.
func (o *Movement) seenBy(by actor.Actor) *Movement {
	if by.Can(actor.LocationRead, o.Org) {
		return o
	}
	c := *o
	c.ToPlace = ""
	c.Items, c.Destination = hidePlaces(o.Items, o.Destination)
	return &c
}

// seenBy is that of Movement.
func (v *Voucher) seenBy(by actor.Actor) *Voucher {
	if by.Can(actor.LocationRead, v.Org) {
		return v
	}
	c := *v
	c.Items, c.Destination = hidePlaces(v.Items, v.Destination)
	return &c
}

// hidePlaces leaves out where things stand in the house.
func hidePlaces(items []MovementItem, d Destination) ([]MovementItem, Destination) {
	items = append([]MovementItem(nil), items...)
	for i := range items {
		items[i].PlaceID, items[i].PlaceName = "", Text{}
	}
	if d.PlaceID != "" {
		d.PlaceID, d.Text = "", ""
	}
	return items, d
}
