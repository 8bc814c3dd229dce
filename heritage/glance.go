package heritage

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// RelicGlance is what a plan and an alarm tell of a relic to those who keep it.
type RelicGlance struct {
	Org    actor.OrgID // whose it is
	Name   Text        // newest
	Number string      // 藏品编号; "" none
	Grade  string      // list relic-grade; "" not known
}

// RelicGlance returns a glance of a relic, whatever its lives. Nobody's right to
// see it is asked.
//
// Errors: ErrNotFound.
func (s *Service) RelicGlance(ctx context.Context, r store.Reader, id RelicID) (RelicGlance, error) {
	d, err := existing(relicDocs.Get(ctx, r, string(id)))
	if err != nil {
		return RelicGlance{}, err
	}
	return RelicGlance{Org: d.Org, Name: d.Fields.Name, Number: d.Fields.number(), Grade: string(d.Fields.Grade)}, nil
}

// PlaceOrg returns whose a place is. Nobody's right to see it is asked.
//
// Errors: ErrNotFound.
func (s *Service) PlaceOrg(ctx context.Context, r store.Reader, id PlaceID) (actor.OrgID, error) {
	d, err := existing(placeDocs.Get(ctx, r, string(id)))
	if err != nil {
		return "", err
	}
	return d.Org, nil
}

// Glance returns an order for the program's own rules: nobody's right to see it is
// asked.
//
// Errors: ErrNoMovement.
func (m *Movements) Glance(ctx context.Context, r store.Reader, id MovementID) (*Movement, error) {
	o, err := movementDocs.Get(ctx, r, string(id))
	if isGone(err) {
		return nil, ErrNoMovement.New()
	}
	return o, err
}
