package sensors

import (
	"context"
	"errors"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// chronicle collects what happened to a relic, for one reader.
type chronicle struct {
	*sight
	relic        heritage.RelicID
	org          actor.OrgID
	from, before time.Time
	limit        int
	list         []Happening
}

// add takes a happening that lies in the time; enough says that limit of its kind
// have been taken since start, and none of the same moment is missing.
func (c *chronicle) add(h Happening, start int) (enough bool) {
	if n := len(c.list); n-start >= c.limit && h.At.Before(c.list[n-1].At) {
		return true
	}
	if !c.by.Can(actor.MovementRead, c.org) {
		h.MovementID = ""
	}
	if h.Carrier != "" && h.Kind != HappenedAlarm {
		h.Proves = h.Carrier.Proves()
	}
	if !h.At.Before(c.from) && h.At.Before(c.before) {
		c.list = append(c.list, h)
	}
	return false
}

// newest calls fn with the documents of an index from the newest on, until it
// says that it has enough.
func newest[T any](ctx context.Context, r store.Reader, docs *store.Collection[T], q store.Query, fn func(*T) (enough bool, err error)) error {
	q.Reverse = true
	err := docs.Each(ctx, r, q, func(doc *T) error {
		enough, err := fn(doc)
		if err == nil && enough {
			err = errEnough
		}
		return err
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// ofRelic asks for what an index by relic and time has in the time.
func (c *chronicle) ofRelic() store.Query {
	return store.Query{Index: "byRelic", Equal: []any{string(c.relic)}, From: c.from, Before: c.before}
}

// place tells a zone to the reader: its id and its name, or that it is a store.
func (c *chronicle) place(ctx context.Context, id ZoneID) (ZoneID, heritage.Text, bool, error) {
	z, err := c.zone(ctx, id)
	switch {
	case err != nil || id == "":
		return "", heritage.Text{}, false, err
	case c.hides(z, c.org):
		return "", someStore, true, nil
	case z == nil:
		return id, heritage.Text{}, false, nil
	}
	return id, z.Fields.Name, z.Fields.Kind == Store, nil
}

// bindings adds the bindings of the relic, and the stays of each tag while it
// hung on it.
func (c *chronicle) bindings(ctx context.Context) error {
	start := len(c.list)
	var all []*BindingRecord
	err := newest(ctx, c.r, bindingDocs, store.Query{Index: "byRelic", Equal: []any{string(c.relic)}, Before: c.before}, func(b *BindingRecord) (bool, error) {
		all = append(all, b)
		by := b.Binding.By
		c.add(Happening{Kind: HappenedBinding, ID: b.ID, At: b.Binding.From, Until: b.Until, TagID: b.TagID, Carrier: b.Binding.Carrier,
			Method: b.Binding.Method, ApprovedBy: b.Binding.ApprovedBy, By: &by, Reason: b.EndReason, Simulated: c.simulated(ctx, b.TagID)}, start)
		return false, nil
	})
	for _, b := range all {
		if err == nil {
			err = c.stays(ctx, b)
		}
	}
	return err
}

// simulated reports whether a tag is; one that cannot be read is not.
func (c *chronicle) simulated(ctx context.Context, id TagID) bool {
	tag, err := tagDocs.Get(ctx, c.r, string(id))
	return err == nil && tag.Fields.Simulated
}

// stays adds the stays of a tag during a binding, cut to it.
func (c *chronicle) stays(ctx context.Context, b *BindingRecord) error {
	start, simulated := len(c.list), c.simulated(ctx, b.TagID)
	before := c.before
	if b.Until != nil && b.Until.Before(before) {
		before = *b.Until
	}
	return newest(ctx, c.r, stayDocs, store.Query{Index: "byTag", Equal: []any{string(b.TagID)}, Before: before}, func(s *Stay) (bool, error) {
		if s.Until != nil && !s.Until.After(laterOf(b.Binding.From, s.From)) { // it ended before the binding, or in the moment in which it began
			return !s.Until.After(b.Binding.From), nil
		}
		h := Happening{Kind: HappenedStay, ID: s.ID, At: laterOf(s.From, b.Binding.From), Until: s.Until, TagID: s.TagID, Carrier: b.Binding.Carrier,
			MovementID: s.MovementID, AlarmID: s.AlarmID, Simulated: simulated}
		if b.Until != nil && (h.Until == nil || b.Until.Before(*h.Until)) {
			h.Until = b.Until
		}
		var err error
		if h.ZoneID, h.ZoneName, h.InStore, err = c.place(ctx, s.ZoneID); err != nil {
			return false, err
		}
		if h.InStore && h.ZoneID == "" {
			h.ID = "" // it names the zone
		}
		if h.FromZoneID, h.FromZoneName, _, err = c.place(ctx, s.FromZoneID); err != nil {
			return false, err
		}
		return c.add(h, start) || h.At.Before(c.from), nil
	})
}

// passages adds the ways of the relic through exits.
func (c *chronicle) passages(ctx context.Context) error {
	start := len(c.list)
	return newest(ctx, c.r, passageDocs, c.ofRelic(), func(p *Passage) (bool, error) {
		h := Happening{Kind: HappenedPassage, ID: p.ID, At: p.At, Until: &p.LastAt, TagID: p.TagID, Carrier: p.Carrier, DeviceID: p.DeviceID, Back: p.Back,
			Samples: p.Samples, MovementID: p.MovementID, AlarmID: p.AlarmID, Simulated: c.simulated(ctx, p.TagID)}
		var err error
		if h.ZoneID, h.ZoneName, _, err = c.place(ctx, p.ZoneID); err != nil {
			return false, err
		}
		h.FromZoneID, h.FromZoneName, _, err = c.place(ctx, p.FromZoneID)
		return err == nil && c.add(h, start), err
	})
}

// alarms adds the alarms about the relic, at the time at which they were raised,
// for who may see them.
func (c *chronicle) alarms(ctx context.Context) error {
	if !c.by.Can(actor.AlarmRead, c.org) {
		return nil
	}
	start, names := len(c.list), c.s.namer(c.r, c.by)
	return newest(ctx, c.r, alarmDocs, c.ofRelic(), func(stored *Alarm) (bool, error) {
		a, err := names.alarm(ctx, stored)
		if err != nil {
			return false, err
		}
		if a.ZoneID != stored.ZoneID {
			a.DeviceID = "" // the device of a store says which
		}
		return c.add(Happening{Kind: HappenedAlarm, ID: a.ID, At: a.RaisedAt, TagID: a.TagID, Carrier: a.Carrier, ZoneID: a.ZoneID, ZoneName: a.Names.Zone,
			FromZoneID: a.FromZoneID, FromZoneName: a.Names.FromZone, DeviceID: a.DeviceID, MovementID: a.MovementID, AlarmID: a.ID, AlarmKind: a.Kind,
			AlarmState: a.State, Severity: a.Severity, Verdict: a.Verdict, Ground: a.Ground, Simulated: a.Simulated}, start), nil
	})
}
