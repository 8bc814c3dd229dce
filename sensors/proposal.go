package sensors

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
)

// ErrNoPlace is a zone of which nobody knows what stands in it.
var ErrNoPlace = fault.Define(fault.Invalid, "sensors.zone_place",
	"该区域没有对应的馆内位置，无法知道其中有哪些藏品。请先在区域登记中选择位置。", "The zone is no place of the catalogue, so that nobody knows what stands in it. Choose the place in the register of zones.")

// maxProposed is of how many objects limits are made.
const maxProposed = 1000

// Proposed is what the objects of a zone make of its limits.
type Proposed struct {
	material.Proposal
	Objects map[string]heritage.RelicGlance // by id
	Drafts  []alarm.Rule                    // for a person to judge
	More    bool                            // not all of the objects were looked at: nothing is proposed
}

// ProposeLimits returns the limits that the objects which stand in a zone ask for, with their
// sources, by their materials.
//
// Errors: ErrNotFound, ErrNoPlace.
func (s *Service) ProposeLimits(ctx context.Context, by actor.Actor, zone ZoneID) (*Proposed, error) {
	z, err := s.Zones.read(ctx, s.st, by, string(zone))
	if err != nil {
		return nil, err
	}
	if !by.Can(actor.LocationRead, z.Org) || !by.Can(actor.RecordRead, z.Org) {
		return nil, ErrDenied.New()
	}
	if z.Fields.PlaceID == "" {
		return nil, fault.InvalidFields([]fault.Field{ErrNoPlace.At("id")})
	}
	relics, more, err := s.catalogue.RelicsWithin(ctx, s.st, z.Fields.PlaceID, maxProposed)
	if err != nil {
		return nil, err
	}
	out := &Proposed{Objects: make(map[string]heritage.RelicGlance, len(relics)), More: more}
	objects := make([]material.Object, 0, len(relics))
	for _, g := range relics {
		out.Objects[string(g.ID)] = g
		objects = append(objects, material.Object{ID: string(g.ID), Name: g.Name.ZH, Materials: g.Materials})
	}
	if more { // one that was not looked at may be the most sensitive
		return out, nil
	}
	out.Proposal = material.Combine(objects)
	out.Drafts = out.Proposal.Drafts()
	return out, nil
}
