package sensors

import (
	"cmp"
	"context"
	"time"

	"yijianyou/internal/store"
)

// CountState says what a count is worth. Never rename.
type CountState string

const (
	CountUnknown CountState = "unknown" // nothing counts, or nothing was ever heard
	CountStale   CountState = "stale"   // a gate has been silent for longer than StaleAfterS: people may have passed unseen
	CountLive    CountState = "live"
)

// Counted is what the gates of a zone say now.
type Counted struct {
	State CountState
	Today Occupancy   // all zeros when nothing was counted today
	Gates []GateState // of the zone, those in maintenance included, retired ones not; in the order of their ids
}

// GateState is how a gate was last heard.
type GateState struct {
	Gate    *Device
	HeardAt *time.Time // by our clock, up to ten seconds behind; nil never
	Down    bool
	Today   GateCount
}

// OccupancyNow returns what the gates of an area say now, of its day up to now.
// Its State is CountUnknown, and Today has no ZoneID, when no zone stands for the
// area. Gates in maintenance count but are not waited for.
func (s *Service) OccupancyNow(ctx context.Context, r store.Reader, areaID string) (Counted, error) {
	out := Counted{State: CountUnknown}
	zone, err := found(zoneDocs.One(ctx, r, store.Query{Index: "byArea", Equal: []any{areaID}}))
	if err != nil || zone == nil {
		return out, err
	}
	now := s.st.Now()
	d, err := s.places.dayOf(zone.Fields, now)
	if err != nil {
		return out, err
	}
	today, err := found(occupancyDocs.Get(ctx, r, occupancyID(ZoneID(zone.ID), d.name)))
	if err != nil {
		return out, err
	}
	if today == nil {
		today = newOccupancy(zone, d)
	}
	out.Today = *today
	if out.Gates, err = gateStates(ctx, r, today); err != nil {
		return out, err
	}
	stale := time.Duration(cmp.Or(zone.Fields.StaleAfterS, defaultStaleS)) * time.Second
	out.State = countState(out.Gates, now.Add(-stale))
	return out, nil
}

// countState is the worth of what gates count that must have been heard at
// since or later.
func countState(gates []GateState, since time.Time) CountState {
	heard, silent := false, false
	for _, g := range gates {
		heard = heard || g.HeardAt != nil
		if !g.Gate.Fields.Maintenance {
			silent = silent || g.HeardAt == nil || g.HeardAt.Before(since)
		}
	}
	switch {
	case !heard:
		return CountUnknown
	case silent:
		return CountStale
	}
	return CountLive
}

// gateStates returns the gates of the zone of o.
func gateStates(ctx context.Context, r store.Reader, o *Occupancy) ([]GateState, error) {
	var gates []GateState
	var ids []string
	q := store.Query{Index: "byZone", Equal: []any{string(o.ZoneID)}}
	err := deviceDocs.Each(ctx, r, q, func(d *Device) error {
		if d.Fields.Kind == Gate && !d.Fields.Retired && len(ids) < store.MaxLimit {
			g := GateState{Gate: d, Today: GateCount{Device: DeviceID(d.ID)}}
			for _, c := range o.Gates {
				if c.Device == DeviceID(d.ID) {
					g.Today = c
				}
			}
			gates, ids = append(gates, g), append(ids, d.ID)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	states, err := deviceStates.GetMany(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	i := 0
	for _, st := range states { // both in the order of ids
		for gates[i].Gate.ID != st.ID {
			i++
		}
		gates[i].Down = st.Down
		if !st.LastHeardAt.IsZero() {
			gates[i].HeardAt = &st.LastHeardAt
		}
	}
	return gates, nil
}
