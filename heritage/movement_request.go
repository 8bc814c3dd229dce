package heritage

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"time"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// NewMovement is what somebody asks for.
type NewMovement struct {
	MuseumID    MuseumID    `json:"museumId" validate:"required,uuid"`
	Purpose     vocab.Code  `json:"purpose" validate:"required,term=movement-purpose"`
	Destination Destination `json:"destination"`
	Reason      string      `json:"reason" validate:"required,max=500"`
	StartsAt    time.Time   `json:"startsAt" validate:"required"`
	DueBack     time.Time   `json:"dueBack" validate:"required"`
	RelicIDs    []RelicID   `json:"relicIds" validate:"min=1,max=200,dive,required,uuid"`
}

// Purposes that have rules of their own.
const (
	purposeLoan       vocab.Code = "loan"
	purposeRelocation vocab.Code = "relocation"
	purposeReturn     vocab.Code = "return"
)

const (
	maxMovementYears = 10
	// maxLoanYears is how long a relic of grade one may be lent, from a notice of
	// the national administration of 2025-07, seen at second hand. It also names
	// chains of borrowers: here a loan ends in the house, so that there are none.
	maxLoanYears = 3
	// maxCovers bounds the relics of an order with their parts: each is written
	// when it is handed out.
	maxCovers = 1000
)

// Request asks for a movement. Who may record it is who may request movements in
// the organisation of the museum. The levels of approval are those of the policy
// of the moment.
//
// Errors: fault.ErrInvalid with fields, ErrNotFound for a museum that by may not
// see, ErrDenied; ErrNotHeld and ErrInOrder at the relic that is at fault.
func (m *Movements) Request(ctx context.Context, by actor.Actor, n NewMovement) (*Movement, error) {
	n.tidy()
	if err := fault.InvalidFields(n.check(m.s.st.Now())); err != nil {
		return nil, err
	}
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) { return m.requestIn(tx, n) })
}

func (m *Movements) requestIn(tx *store.Tx, n NewMovement) (*Movement, error) {
	museum, err := m.s.Museums.read(tx.Context(), tx, tx.Actor(), string(n.MuseumID))
	if err != nil {
		return nil, err
	}
	if !tx.Actor().Can(actor.MovementRequest, museum.Org) {
		return nil, ErrDenied.New()
	}
	o := &Movement{MuseumID: n.MuseumID, MuseumName: museum.Fields.Name, Purpose: n.Purpose, Destination: n.Destination, Reason: n.Reason,
		StartsAt: n.StartsAt, DueBack: n.DueBack, State: Requested, RequestedBy: PersonOf(tx.Actor()), Simulated: museum.Fields.Simulated}
	o.Org = museum.Org
	wrong, err := m.place(tx, o)
	if err != nil {
		return nil, err
	}
	items, err := m.items(tx, o, n.RelicIDs)
	if err != nil {
		return nil, err
	}
	zone, err := museum.Fields.zone()
	if err != nil {
		return nil, err
	}
	if wrong = append(wrong, items...); o.Destination.Outside && o.holds("grade-1") && o.DueBack.After(o.StartsAt.In(zone).AddDate(maxLoanYears, 0, 0)) {
		wrong = append(wrong, ErrLoanTime.At("dueBack", fault.P("years", maxLoanYears)))
	}
	if err := fault.InvalidFields(wrong); err != nil {
		return nil, err
	}
	policy, err := m.policy(tx.Context(), tx, o.Org)
	if err != nil {
		return nil, err
	}
	for _, code := range policy.Fields.levels(o) {
		level, _ := policy.Fields.level(code)
		o.Approvals = append(o.Approvals, Approval{Level: code, Name: level.Name})
	}
	o.Year = tx.Now().In(zone).Year()
	if o.Running, err = nextRunning(tx, o.Org, o.MuseumID, "movement", o.Year); err != nil {
		return nil, err
	}
	o.Number = fmt.Sprintf("提用-%d-%04d", o.Year, o.Running)
	if err := m.step(tx, o, StepRequest, o.Reason); err != nil {
		return nil, err
	}
	return o, nil
}

// holds reports whether a relic of that grade, or a set with such a part, is in o.
func (o *Movement) holds(grade vocab.Code) bool {
	return slices.ContainsFunc(o.Items, func(it MovementItem) bool { return it.Weight == grade })
}

// tidy brings n into the form in which it is stored.
func (n *NewMovement) tidy() {
	n.Reason = tidyText(n.Reason)
	d := &n.Destination
	d.Text, d.Borrower, d.Contract = tidyLine(d.Text), tidyLine(d.Borrower), tidyLine(d.Contract)
	n.StartsAt, n.DueBack = n.StartsAt.UTC().Truncate(time.Millisecond), n.DueBack.UTC().Truncate(time.Millisecond)
}

// check finds what is wrong with n by itself.
func (n *NewMovement) check(now time.Time) []fault.Field {
	var c checker
	c.form(n)
	seen := make(map[RelicID]bool)
	for i, id := range n.RelicIDs {
		if seen[id] {
			c.add(ErrRepeated.At(at("relicIds", i)))
		}
		seen[id] = true
	}
	if !n.DueBack.After(n.StartsAt) || !n.DueBack.After(now) || n.DueBack.After(n.StartsAt.AddDate(maxMovementYears, 0, 0)) {
		c.add(ErrMovementTime.At("dueBack", fault.P("years", maxMovementYears)))
	}
	d := n.Destination
	moves := n.Purpose == purposeRelocation || n.Purpose == purposeReturn
	if n.Purpose == purposeLoan && !d.Outside || moves && d.Outside {
		c.add(ErrLoanOutside.At("destination.outside"))
	}
	if n.Purpose == purposeLoan && d.Borrower == "" {
		c.add(ErrRequired.At("destination.borrower"))
	}
	switch {
	case d.Outside && d.PlaceID != "":
		c.add(ErrPlaceOutside.At("destination.placeId"))
	case moves && !d.Outside && d.PlaceID == "": // it becomes their home
		c.add(ErrRequired.At("destination.placeId"))
	case d.PlaceID == "" && d.Text == "":
		c.add(ErrRequired.At("destination.text"))
	}
	return c.fields
}

// place checks the destination inside of the house.
func (m *Movements) place(tx *store.Tx, o *Movement) ([]fault.Field, error) {
	id := o.Destination.PlaceID
	if id == "" {
		return nil, nil
	}
	if err := tx.Guard(guardKey(KindPlace, string(id))); err != nil {
		return nil, err
	}
	p, err := m.s.Places.read(tx.Context(), tx, tx.Actor(), string(id))
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return []fault.Field{ErrReference.At("destination.placeId")}, nil
	case err != nil:
		return nil, err
	case p.Fields.MuseumID != o.MuseumID:
		return []fault.Field{ErrOtherMuseum.At("destination.placeId")}, nil
	}
	if o.Destination.Text == "" {
		o.Destination.Text = p.Fields.Name.ZH
	}
	return nil, nil
}

// items fills o.Items from the register and finds the relics that cannot go.
func (m *Movements) items(tx *store.Tx, o *Movement, list []RelicID) ([]fault.Field, error) {
	var wrong []fault.Field
	homes := make(map[PlaceID]Text)
	for i, id := range list {
		rec, err := m.s.Relics.read(tx.Context(), tx, tx.Actor(), string(id))
		switch {
		case fault.KindOf(err) == fault.NotFound:
			wrong = append(wrong, ErrReference.At(at("relicIds", i)))
			continue
		case err != nil:
			return nil, err
		case rec.Org != o.Org || rec.Fields.MuseumID != o.MuseumID:
			wrong = append(wrong, ErrElsewhere.At(at("relicIds", i)))
			continue
		case rec.Ledger.State != Held:
			wrong = append(wrong, ErrNotHeld.At(at("relicIds", i)))
			continue
		}
		it, err := m.item(tx, rec, homes)
		if err != nil {
			return nil, err
		}
		o.Items = append(o.Items, it)
		o.Simulated = o.Simulated || it.Simulated
	}
	within := make(map[RelicID]bool)
	covers := 0
	for _, it := range o.Items {
		covers += 1 + len(it.Parts)
		for _, p := range it.Parts {
			within[p] = true
		}
	}
	for i, id := range list {
		if within[id] {
			wrong = append(wrong, ErrPartNamed.At(at("relicIds", i)))
		}
	}
	if covers > maxCovers {
		wrong = append(wrong, ErrManyParts.At("relicIds", fault.P("max", maxCovers)))
	}
	if len(wrong) > 0 {
		return wrong, nil
	}
	return m.free(tx, o)
}

// free finds the relics of o that are in another open order, and keeps any of
// them from being removed or entered in the ledger at the same time.
func (m *Movements) free(tx *store.Tx, o *Movement) ([]fault.Field, error) {
	var wrong []fault.Field
	var keys []string
	for i, it := range o.Items {
		taken := false
		for _, id := range it.all() {
			keys = append(keys, guardKey(KindRelic, string(id)))
			in, err := m.s.inOrder(tx.Context(), tx, id)
			if err != nil {
				return nil, err
			}
			taken = taken || in
		}
		if taken {
			wrong = append(wrong, ErrInOrder.At(at("relicIds", i)))
		}
	}
	if len(wrong) > 0 {
		return wrong, nil
	}
	sort.Strings(keys) // one order for all, so that two transactions never wait for each other
	for _, key := range keys {
		if err := tx.Guard(key); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// inOrder reports whether an open order holds the relic, or a set that it is in.
func (s *Service) inOrder(ctx context.Context, r store.Reader, id RelicID) (bool, error) {
	n, err := movementDocs.Count(ctx, r, store.Query{Index: "byClaim", Equal: []any{string(id)}}, 1)
	return n > 0, err
}
