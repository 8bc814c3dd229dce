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

	ID        RelicID
	Materials []string // list material
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
	return relicGlanceOf(d), nil
}

func relicGlanceOf(d *Record[RelicFields]) RelicGlance {
	g := RelicGlance{Org: d.Org, Name: d.Fields.Name, Number: d.Fields.number(), Grade: string(d.Fields.Grade), ID: RelicID(d.ID)}
	for _, m := range d.Fields.Materials {
		g.Materials = append(g.Materials, string(m))
	}
	return g
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

// maxPlacesWithin is how many places RelicsWithin looks through.
const maxPlacesWithin = 500

// RelicsWithin returns what stands in a place and in the places below it, by what people have
// confirmed: at most limit. more: there are others. Nobody's right to see it is asked.
func (s *Service) RelicsWithin(ctx context.Context, r store.Reader, id PlaceID, limit int) (list []RelicGlance, more bool, err error) {
	places := []PlaceID{id}
	for i := 0; i < len(places); i++ {
		q := store.Query{Index: "ofParent", Equal: []any{string(places[i])}, Limit: store.MaxLimit}
		below, err := placeDocs.Find(ctx, r, q)
		if err != nil {
			return nil, false, err
		}
		for _, p := range below.Items {
			places = append(places, PlaceID(p.ID))
		}
		if len(places) > maxPlacesWithin || below.Next != "" {
			return nil, true, nil
		}
	}
	for _, place := range places {
		for _, index := range []string{"ofPlace", "awayAt"} {
			page, err := relicDocs.Find(ctx, r, store.Query{Index: index, Equal: []any{string(place)}, Limit: min(limit-len(list)+1, store.MaxLimit)})
			if err != nil {
				return nil, false, err
			}
			more = more || page.Next != ""
			for _, d := range page.Items {
				if d.stands() != place { // it is away from here
					continue
				}
				if len(list) == limit {
					return list, true, nil
				}
				list = append(list, relicGlanceOf(d))
			}
		}
	}
	return list, more, nil
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
