package sensors

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors/locate"
)

// Outage is a time in which a reader or portal saw nothing, be it Down or Deaf. Its id
// is made of device and start. A device has at most one that lasts. By our clock.
type Outage struct {
	store.Meta `bson:",inline"`
	DeviceID   DeviceID  `bson:"deviceId"`
	ZoneID     ZoneID    `bson:"zoneId"` // that it watched then
	From       time.Time `bson:"from"`   // when it was last heard; deaf, when it last saw a tag of its zone
	Until      time.Time `bson:"until"`  // when it was heard again, or saw a tag again; farFuture: it lasts
}

var outageDocs = store.Define[Outage](store.Spec{Name: "outages", Schema: 1, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "until", Kind: store.Time}}},
	{Name: "byDevice", Parts: []store.Part{{Path: "deviceId"}, {Path: "until", Kind: store.Time}}},
}})

// maxAgain is how many tags of a zone are looked at when its readers turn out to have
// been out.
const maxAgain = 1000

// outIn notes that a device has seen nothing since the moment from. When that leaves
// its zone without a reader, the tags that were there then and have been seen since
// are judged again by rejudge: what was taken for their silence was that of the reader.
func (t *tracker) outIn(d *Device, from time.Time) error {
	if d.Fields.Kind != Reader && d.Fields.Kind != Portal || from.IsZero() {
		return nil
	}
	open, err := openOutage(t.tx, DeviceID(d.ID))
	if err != nil || open != nil {
		return err
	}
	if err := t.forgetOutages(d); err != nil {
		return err
	}
	x := &Outage{Meta: store.Meta{ID: fmt.Sprintf("%s/%013d", d.ID, from.UnixMilli()), Org: d.Org}, DeviceID: DeviceID(d.ID), ZoneID: d.Fields.ZoneID, From: from.UTC(), Until: farFuture}
	if old, err := found(outageDocs.Get(t.ctx(), t.tx, x.ID)); err != nil {
		return err
	} else if old != nil {
		x.Rev = old.Rev // it went on
	}
	if err := outageDocs.Put(t.tx, x); err != nil {
		return err
	}
	t.outs = nil
	outs, err := t.outages(d.Org, from)
	if err != nil || !outs.Has(string(x.ZoneID), t.now) {
		return err
	}
	t.blind = append(t.blind, locate.Outage{Zone: string(x.ZoneID), From: from})
	return nil
}

// rejudge judges again the tags of zones that turned out to have had no reader. Their
// states must not be held by whoever calls it.
func (t *tracker) rejudge() error {
	list := t.blind
	t.blind = nil
	for _, x := range list {
		if err := t.again(ZoneID(x.Zone), x.From); err != nil {
			return err
		}
	}
	return nil
}

// backIn notes that a device which was out sees again.
func backIn(tx *store.Tx, id DeviceID, at time.Time) error {
	open, err := openOutage(tx, id)
	if err != nil || open == nil {
		return err
	}
	open.Until = laterOf(at.UTC(), open.From)
	return outageDocs.Put(tx, open)
}

// openOutage returns the outage of a device that lasts, nil when there is none.
func openOutage(tx *store.Tx, id DeviceID) (*Outage, error) {
	return found(outageDocs.One(tx.Context(), tx, store.Query{Index: "byDevice", Equal: []any{string(id)}, From: farFuture}))
}

// forgetOutages removes a few of a device that ended before anything that is still
// stepped again.
func (t *tracker) forgetOutages(d *Device) error {
	old, err := outageDocs.Find(t.ctx(), t.tx, store.Query{Index: "byDevice", Equal: []any{d.ID}, Before: t.now.Add(-keptHours), Limit: 4})
	if err != nil {
		return err
	}
	for _, x := range old.Items {
		if err := outageDocs.Delete(t.tx, x.ID, x.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// outages returns when zones of an organisation had no reader at work, as far as that
// ended after the moment from.
func (t *tracker) outages(org actor.OrgID, from time.Time) (*locate.Outages, error) {
	if t.outs != nil && t.outsOrg == org && !from.Before(t.outsFrom) {
		return t.outs, nil
	}
	from = laterOf(from, time.UnixMilli(0))
	list, err := outagesOf(t.ctx(), t.tx, org, from)
	if err != nil {
		return nil, err
	}
	outs := locate.OutagesOf(list...)
	t.outs, t.outsOrg, t.outsFrom = &outs, org, from
	return t.outs, nil
}

// outagesOf returns the same as a list.
func outagesOf(ctx context.Context, r store.Reader, org actor.OrgID, from time.Time) ([]locate.Outage, error) {
	byZone := make(map[ZoneID][]*Outage)
	err := outageDocs.Each(ctx, r, store.Query{Index: "byOrg", Equal: []any{string(org)}, From: from}, func(x *Outage) error {
		byZone[x.ZoneID] = append(byZone[x.ZoneID], x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var list []locate.Outage
	for zone, of := range byZone {
		readers := make(map[DeviceID]bool)
		err := deviceDocs.Each(ctx, r, store.Query{Index: "byZone", Equal: []any{string(zone)}}, func(d *Device) error {
			if f := d.Fields; !f.Retired && (f.Kind == Reader || f.Kind == Portal) {
				readers[DeviceID(d.ID)] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		list = append(list, allOut(string(zone), of, readers)...)
	}
	return list, nil
}

// allOut returns when all the readers of a zone were out.
func allOut(zone string, of []*Outage, readers map[DeviceID]bool) (list []locate.Outage) {
	type edge struct {
		at time.Time
		by int
	}
	var edges []edge
	for _, x := range of {
		if readers[x.DeviceID] {
			edges = append(edges, edge{x.From, 1}, edge{x.Until, -1})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.by, b.by)) })
	out := 0
	for i, e := range edges {
		if out += e.by; out < len(readers) {
			continue
		}
		x := locate.Outage{Zone: zone, From: e.at}
		if until := edges[i+1].at; until.Before(farFuture) {
			x.Until = until
		}
		list = append(list, x)
	}
	return list
}

// again judges anew the tags that were in a zone at the moment from or since.
func (t *tracker) again(zone ZoneID, from time.Time) error {
	ids := make(map[string]bool)
	looked := 0
	err := tagStates.Each(t.ctx(), t.tx, store.Query{Index: "byZone", Equal: []any{string(zone)}}, func(st *TagState) error {
		if st.CandidateID != "" || st.seenAt().After(from) {
			ids[st.ID] = true
		}
		if looked++; looked == maxAgain {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	err = stayDocs.Each(t.ctx(), t.tx, store.Query{Index: "left", Equal: []any{string(zone)}, From: from}, func(s *Stay) error {
		ids[string(s.TagID)] = true
		if len(ids) >= 2*maxAgain {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if err := t.tagAgain(id, from); err != nil {
			return err
		}
	}
	return nil
}

// tagAgain steps a tag again from a moment on.
func (t *tracker) tagAgain(id string, from time.Time) error {
	tag, err := found(tagDocs.Get(t.ctx(), t.tx, id))
	if err != nil || tag == nil {
		return err
	}
	st, err := found(tagStates.Get(t.ctx(), t.tx, id))
	if err != nil || st == nil || st.LastSeenAt == nil {
		return err
	}
	was := *st
	p, err := t.goBack(tag, st, sighted{at: from}, laterOf(t.now, st.seenAt()))
	if err != nil {
		return err
	}
	st.follow(p)
	return t.finish(tag, st, was, p.charge)
}
