package heritage

import (
	"context"
	"slices"
	"time"

	"yijianyou/internal/store"
)

// Cover is what an order says of a relic at a moment. The zero Cover is none.
type Cover struct {
	Movement MovementID // under which the relic was handed out; "" none
	Outside  bool       // the order lets it leave the house
	Overdue  bool       // it should have been back
}

// Moves reports whether the relic may change rooms. An order that is overdue
// still says who has it, and bringing it home late is what is wanted: that it is
// late is an alarm of its own.
func (c Cover) Moves() bool { return c.Movement != "" }

// Leaves reports whether the relic may leave the house. An order that is overdue
// lets nothing out: whoever still needs the relic elsewhere asks again.
func (c Cover) Leaves() bool { return c.Outside && !c.Overdue }

// Covering returns what the orders say of relic at the moment at: the order
// under which it was out, from the second confirmation of the hand-out until
// that of its return, both by our clock. The order of a set covers its parts.
// It costs one read of an index, and it reads the past: what is asked of last
// week is answered by the orders of last week.
//
// It authorises nobody: it is for the program's own rules.
func (m *Movements) Covering(ctx context.Context, r store.Reader, relic RelicID, at time.Time) (Cover, error) {
	// A relic is in one open order at a time, so that the newest hand-out before
	// the moment is the only one that can cover it.
	o, err := movementDocs.One(ctx, r, store.Query{Index: "byHandOut", Equal: []any{string(relic)}, Before: at.Add(time.Millisecond), Reverse: true})
	if isGone(err) {
		return Cover{}, nil
	}
	if err != nil {
		return Cover{}, err
	}
	for _, it := range o.Items {
		if it.RelicID != relic && !slices.Contains(it.Parts, relic) {
			continue
		}
		if it.BackAt == nil || at.Before(*it.BackAt) {
			return Cover{Movement: MovementID(o.ID), Outside: o.Destination.Outside, Overdue: at.After(o.DueBack)}, nil
		}
	}
	return Cover{}, nil
}
