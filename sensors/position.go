package sensors

import (
	"context"
	"errors"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// maxPositions is how many tags a plan shows.
const maxPositions = 10000

// Position is where what a tag hangs on was last seen, for a plan.
type Position struct {
	TagID      TagID               `json:"tagId"`
	RelicID    heritage.RelicID    `json:"relicId"`
	RelicName  heritage.Text       `json:"relicName"` // empty when the record is gone
	Number     string              `json:"number"`    // 藏品编号; "" none
	Grade      string              `json:"grade"`     // list relic-grade; "" not graded, or gone
	Carrier    Carrier             `json:"carrier"`
	Proves     heritage.Text       `json:"proves"`     // what a sighting proves, and what not
	ZoneID     ZoneID              `json:"zoneId"`     // "" never seen
	ZoneName   heritage.Text       `json:"zoneName"`   // empty: never seen
	Confidence float64             `json:"confidence"` // how sure it is that it is there, 0 to 1: a probability
	PaceMS     int64               `json:"paceMs"`     // how often it is seen there, on the average; 0 not known
	HeadingFor ZoneID              `json:"headingFor"` // where it is seen too and may be; "" nowhere, or not to be known
	Copied     bool                `json:"copied"`     // its number is seen in two places at once
	Since      *time.Time          `json:"since"`      // null: never seen
	LastSeenAt *time.Time          `json:"lastSeenAt"`
	Gone       bool                `json:"gone"` // last seen passing an exit
	Silent     bool                `json:"silent"`
	Unheard    bool                `json:"unheard"` // its readers were out since it was seen: its silence says nothing, or nothing yet
	LowBattery bool                `json:"lowBattery"`
	MovementID heritage.MovementID `json:"movementId,omitempty"` // the order under which it is out now; "" none, or not to be known
	Simulated  bool                `json:"simulated"`
}

// Positions returns where the tags of an organisation that hang on something are,
// in the order of their ids, at most maxPositions. Those in a store are left out
// for who lacks location.read, and orders for who lacks movement.read.
//
// Errors: ErrOrg when it must be named, ErrDenied, ErrNotFound.
func (s *Service) Positions(ctx context.Context, by actor.Actor, org actor.OrgID) ([]Position, error) {
	org, err := oneOrg(by, actor.DeviceRead, org)
	if err != nil {
		return nil, err
	}
	list := []Position{}
	err = s.st.Snapshot(ctx, func(r store.Reader) error {
		see := s.sight(r, by)
		err := tagStates.Each(ctx, r, store.Query{Index: "byOrg", Equal: []any{string(org)}, Limit: store.MaxLimit}, func(st *TagState) error {
			p, err := see.position(ctx, st)
			if err != nil || p == nil {
				return err
			}
			if list = append(list, *p); len(list) == maxPositions {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	return list, err
}

// sight is what one reader may see of positions.
type sight struct {
	s     *Service
	r     store.Reader
	by    actor.Actor
	zones map[ZoneID]*Zone
}

func (s *Service) sight(r store.Reader, by actor.Actor) *sight {
	return &sight{s: s, r: r, by: by, zones: make(map[ZoneID]*Zone)}
}

// zone returns the zone, nil when there is none.
func (v *sight) zone(ctx context.Context, id ZoneID) (*Zone, error) {
	return lookUp(ctx, v.r, v.zones, zoneDocs, id)
}

// hides reports whether the reader may not know of the zone, which may be nil:
// one that is gone may have been a store.
func (v *sight) hides(z *Zone, org actor.OrgID) bool {
	return (z == nil || z.Fields.Kind == Store) && !v.by.Can(actor.LocationRead, org)
}

// position returns a position, nil when there is none to show.
func (v *sight) position(ctx context.Context, st *TagState) (*Position, error) {
	if st.RelicID == "" {
		return nil, nil
	}
	p := &Position{TagID: TagID(st.ID), RelicID: st.RelicID, Carrier: st.Carrier, Proves: st.Carrier.Proves(), ZoneID: st.ZoneID, Since: st.Since,
		Confidence: st.Confidence(v.s.st.Now()), PaceMS: st.PaceMS, Copied: st.TwinID != "", LastSeenAt: st.LastSeenAt, Gone: st.Gone, Silent: st.Silent, Unheard: st.Unheard(), LowBattery: st.LowBattery}
	if st.ZoneID != "" {
		z, err := v.zone(ctx, st.ZoneID)
		if err != nil || v.hides(z, st.Org) {
			return nil, err
		}
		if z != nil {
			p.ZoneName, p.Simulated = z.Fields.Name, z.Fields.Simulated
		}
	}
	if z, err := v.zone(ctx, st.CandidateID); err != nil {
		return nil, err
	} else if st.CandidateID != "" && !v.hides(z, st.Org) {
		p.HeadingFor = st.CandidateID
	}
	tag, err := found(tagDocs.Get(ctx, v.r, st.ID))
	if err != nil {
		return nil, err
	}
	p.Simulated = p.Simulated || tag != nil && tag.Fields.Simulated
	relic, err := v.s.catalogue.RelicGlance(ctx, v.r, st.RelicID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	p.RelicName, p.Number, p.Grade = relic.Name, relic.Number, relic.Grade
	if v.by.Can(actor.MovementRead, st.Org) {
		cover, err := v.s.orders.Covering(ctx, v.r, st.RelicID, v.s.st.Now())
		if err != nil {
			return nil, err
		}
		p.MovementID = cover.Movement
	}
	return p, nil
}
