package heritage

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// RelicGlance returns what a plan and an alarm tell of a relic to those who keep
// it, whatever its lives: whose it is, its newest name and its grade, "" when the
// grade is not known. Nobody's right to see it is asked.
//
// Errors: ErrNotFound.
func (s *Service) RelicGlance(ctx context.Context, r store.Reader, id RelicID) (org actor.OrgID, name Text, grade string, err error) {
	d, err := existing(relicDocs.Get(ctx, r, string(id)))
	if err != nil {
		return "", Text{}, "", err
	}
	return d.Org, d.Fields.Name, string(d.Fields.Grade), nil
}

// RelicNumber returns the number of a relic (藏品编号), "" when it has none. Nobody's
// right to see it is asked.
//
// Errors: ErrNotFound.
func (s *Service) RelicNumber(ctx context.Context, r store.Reader, id RelicID) (string, error) {
	d, err := existing(relicDocs.Get(ctx, r, string(id)))
	if err != nil {
		return "", err
	}
	return d.Fields.number(), nil
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
