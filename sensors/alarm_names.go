package sensors

import (
	"context"
	"strings"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// NamedAlarm is an alarm as somebody may see it, with what people call the things
// in it. Stores are confidential: to those who lack location.read one is 库房, and
// the alarm does not say which.
type NamedAlarm struct {
	Alarm
	Names AlarmNames
}

// AlarmNames is what people call the things in an alarm; empty where there is no
// such thing, or none any more.
type AlarmNames struct {
	Relic        heritage.Text `json:"relic"`
	Grade        string        `json:"grade"` // of the relic, code of the list relic-grade; "" not graded or no relic
	Zone         heritage.Text `json:"zone"`
	ZoneKind     ZoneKind      `json:"zoneKind"`
	FromZone     heritage.Text `json:"fromZone"`
	FromZoneKind ZoneKind      `json:"fromZoneKind"`
	Device       heritage.Text `json:"device"`
	Tag          string        `json:"tag"`      // what is printed on it
	Movement     string        `json:"movement"` // number of the order
	Rule         heritage.Text `json:"rule"`     // Climate, and passages that a rule of the organisation judged
}

// someStore is the name of a store for those who may not know which one it is.
var someStore = heritage.Text{ZH: "库房", EN: "a store"}

// namer finds names for one reader, each once.
type namer struct {
	s      *Service
	r      store.Reader
	by     actor.Actor
	zones  map[ZoneID]*Zone
	relics map[heritage.RelicID]AlarmNames
}

func (s *Service) namer(r store.Reader, by actor.Actor) *namer {
	return &namer{s: s, r: r, by: by, zones: map[ZoneID]*Zone{}, relics: map[heritage.RelicID]AlarmNames{}}
}

// alarm returns a as the reader may see it.
func (n *namer) alarm(ctx context.Context, a *Alarm) (*NamedAlarm, error) {
	out := &NamedAlarm{Alarm: *a}
	if err := n.relic(ctx, a.RelicID, &out.Names); err != nil {
		return nil, err
	}
	var err error
	if out.Names.Zone, out.Names.ZoneKind, err = n.zone(ctx, &out.Alarm, &out.ZoneID); err != nil {
		return nil, err
	}
	if out.Names.FromZone, out.Names.FromZoneKind, err = n.zone(ctx, &out.Alarm, &out.FromZoneID); err != nil {
		return nil, err
	}
	device, err := found(deviceDocs.Get(ctx, n.r, string(a.DeviceID)))
	if err != nil {
		return nil, err
	}
	if device != nil {
		out.Names.Device = device.Fields.Name
	}
	tag, err := found(tagDocs.Get(ctx, n.r, string(a.TagID)))
	if err != nil {
		return nil, err
	}
	if tag != nil {
		out.Names.Tag = tag.Fields.Label
	}
	if err := n.rule(ctx, out); err != nil {
		return nil, err
	}
	return out, n.movement(ctx, a.MovementID, &out.Names)
}

// rule names the rule of an alarm. One of a store would say which store it is.
func (n *namer) rule(ctx context.Context, out *NamedAlarm) error {
	if out.RuleID == "" {
		return nil
	}
	rule, err := found(ruleDocs.Get(ctx, n.r, out.RuleID))
	if err != nil || rule == nil {
		return err
	}
	secret, err := storesAmong(ctx, n.r, []ZoneID{rule.Fields.ZoneID})
	if err != nil {
		return err
	}
	if secret[rule.Fields.ZoneID] && !n.by.Can(actor.LocationRead, out.Org) {
		out.RuleID = ""
		return nil
	}
	out.Names.Rule = rule.Fields.Name
	return nil
}

func (n *namer) relic(ctx context.Context, id heritage.RelicID, names *AlarmNames) error {
	if id == "" {
		return nil
	}
	known, ok := n.relics[id]
	if !ok {
		relic, err := n.s.catalogue.RelicGlance(ctx, n.r, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		known = AlarmNames{Relic: relic.Name, Grade: relic.Grade}
		n.relics[id] = known
	}
	names.Relic, names.Grade = known.Relic, known.Grade
	return nil
}

func (n *namer) movement(ctx context.Context, id heritage.MovementID, names *AlarmNames) error {
	if id == "" {
		return nil
	}
	o, err := n.s.loans.Glance(ctx, n.r, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil
	case err != nil:
		return err
	}
	names.Movement = o.Number
	return nil
}

// zone returns the name of a zone of the alarm. A store that the reader may not
// know is taken out of the alarm: its id, and its name in the ground.
func (n *namer) zone(ctx context.Context, a *Alarm, id *ZoneID) (heritage.Text, ZoneKind, error) {
	if *id == "" {
		return heritage.Text{}, "", nil
	}
	zone, ok := n.zones[*id]
	if !ok {
		var err error
		if zone, err = found(zoneDocs.Get(ctx, n.r, string(*id))); err != nil {
			return heritage.Text{}, "", err
		}
		n.zones[*id] = zone
	}
	switch {
	case zone == nil:
		return heritage.Text{}, "", nil
	case zone.Fields.Kind != Store || n.by.Can(actor.LocationRead, a.Org):
		return zone.Fields.Name, zone.Fields.Kind, nil
	}
	*id = ""
	a.Ground.ZH = without(a.Ground.ZH, zone.Fields.Name.ZH, someStore.ZH)
	a.Ground.EN = without(without(a.Ground.EN, zone.Fields.Name.EN, someStore.EN), zone.Fields.Name.ZH, someStore.EN)
	return someStore, Store, nil
}

// without replaces a name in a text.
func without(text, name, by string) string {
	if name == "" {
		return text
	}
	return strings.ReplaceAll(text, name, by)
}
