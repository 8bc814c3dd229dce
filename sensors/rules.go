package sensors

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// What can be wrong with a rule or a maintenance window.
var (
	ErrRuleQuantity = fault.Define(fault.Invalid, "sensors.rule_quantity",
		"没有这个量。可用：{names}。", "There is no such quantity. There are {names}.")
	ErrRuleUnit = fault.Define(fault.Invalid, "sensors.rule_unit",
		"该量的单位应为 {unit}。", "The unit of this quantity is {unit}.")
	ErrRuleMany = fault.Define(fault.Conflict, "sensors.rule_many",
		"一个单位最多 {max} 条规则。请删除不用的，或用适用范围更大的规则。", "An organisation has at most {max} rules. Remove what is not used, or use rules of a wider scope.")
	ErrMaintenanceMany = fault.Define(fault.Conflict, "sensors.maintenance_many",
		"一个单位最多 {max} 个未结束的维护窗口。请删除不用的，或用适用范围更大的窗口。", "An organisation has at most {max} maintenance windows that have not ended. Remove what is not used, or use windows of a wider scope.")
	ErrMaintenanceSpan = fault.Define(fault.Invalid, "sensors.maintenance_span",
		"维护须在开始之后结束，且不超过 {days} 天。", "A maintenance window ends after it begins, and lasts at most {days} days.")
	ErrMaintenanceReason = fault.Define(fault.Invalid, "sensors.maintenance_reason",
		"请写明原因，1 至 {max} 字。", "Say why, in 1 to {max} characters.")
)

const (
	maxRules           = 200 // of an organisation
	maxMaintenances    = 200 // of an organisation that have not ended
	maxMaintenanceDays = 31
	maxMaintenanceText = 500 // characters
)

// ruleRules is what is particular to rules.
type ruleRules struct{ s *Service }

var _ kind[Rule, RuleFields] = ruleRules{}

func (ruleRules) noun() string                 { return "rule" }
func (ruleRules) fields(r *Rule) *RuleFields   { return &r.Fields }
func (ruleRules) sees(actor.Actor, *Rule) bool { return true }

func (ruleRules) newID(id string) (string, []fault.Field) { return (zoneRules{}).newID(id) }

func (ruleRules) check(f *RuleFields) []fault.Field {
	f.Name = heritage.Text{ZH: heritage.TidyLine(f.Name.ZH), EN: heritage.TidyLine(f.Name.EN)}
	f.Rule.Source.Text, f.Rule.Source.EN = heritage.TidyLine(f.Rule.Source.Text), heritage.TidyLine(f.Rule.Source.EN)
	var c heritage.Findings
	c.Form(f)
	c.Title("name", f.Name)
	for _, wrong := range f.Rule.Check() {
		wrong.Path = "rule." + wrong.Path
		c.Add(wrong)
	}
	if f.Rule.TimeZone != "" {
		c.TimeZone("rule.timeZone", f.Rule.TimeZone)
	}
	f.checkUnit(&c)
	return c.Fields()
}

// checkUnit fills the unit in, or finds that it is another than that of the channels.
func (f *RuleFields) checkUnit(c *heritage.Findings) {
	if f.Rule.Quantity == "" {
		return
	}
	q, ok := QuantityNamed(f.Rule.Quantity)
	if !ok {
		c.Add(ErrRuleQuantity.At("rule.quantity", fault.P("names", quantityNames())))
		return
	}
	unit := q.Unit
	if unit == "Cel" && (f.Rule.Kind == alarm.Swing || f.Rule.Kind == alarm.Rate || f.Rule.Kind == alarm.Spike) {
		unit = "K" // a difference
	}
	if f.Rule.Unit == "" {
		f.Rule.Unit = unit
	}
	if f.Rule.Unit != unit {
		c.Add(ErrRuleUnit.At("rule.unit", fault.P("unit", unit)))
	}
}

func (k ruleRules) checkIn(tx *store.Tx, r *Rule, f *RuleFields) ([]fault.Field, error) {
	if r.Rev == 0 {
		if err := tx.Guard("sensors/rules/" + string(r.Org)); err != nil {
			return nil, err
		}
		n, err := ruleDocs.Count(tx.Context(), tx, store.Query{Index: "byOrg", Equal: []any{string(r.Org)}}, maxRules)
		if err != nil {
			return nil, err
		}
		if n >= maxRules {
			return nil, ErrRuleMany.New(fault.P("max", maxRules))
		}
	}
	return k.s.scopeIn(tx, r.Org, &f.ZoneID, r.Fields.ZoneID, f.DeviceID, func(d *Device) bool { return sorts(f.Rule.Kind, d.Fields.Kind) })
}

// sorts reports whether a rule of a kind may be about a sort of device.
func sorts(k alarm.Kind, d DeviceKind) bool {
	switch k {
	case alarm.Passage:
		return d == Reader || d == Portal
	case alarm.Hours:
		return d == Gate || d == Instrument
	}
	return d == Instrument
}

// fits reports whether a rule can be tried on a device: it says what the rule needs.
func (f *RuleFields) fits(d *Device) bool {
	return sorts(f.Rule.Kind, d.Fields.Kind) && (f.Rule.Kind == alarm.Passage || measures(d, &f.Rule))
}

// scopeIn finds out whether zone and device are of the organisation and such that the actor may
// know of them. old is the zone that stood there; who was not shown it, because it is a store,
// leaves it as it is. fits says which devices it may be.
func (s *Service) scopeIn(tx *store.Tx, org actor.OrgID, zone *ZoneID, old ZoneID, device DeviceID, fits func(*Device) bool) ([]fault.Field, error) {
	var c heritage.Findings
	if *zone == "" && old != "" && !tx.Actor().Can(actor.LocationRead, org) {
		secret, err := storesAmong(tx.Context(), tx, []ZoneID{old})
		if err != nil {
			return nil, err
		}
		if secret[old] {
			*zone = old
		}
	}
	if *zone != "" && ids.Valid(string(*zone)) {
		z, err := found(zoneDocs.Get(tx.Context(), tx, string(*zone)))
		if err != nil {
			return nil, err
		}
		if z == nil || z.Org != org || *zone != old && !(zoneRules{}).sees(tx.Actor(), z) {
			c.Add(heritage.ErrReference.At("zoneId"))
		}
	}
	if device != "" {
		d, err := found(deviceDocs.Get(tx.Context(), tx, string(device)))
		if err != nil {
			return nil, err
		}
		if d == nil || d.Org != org || !fits(d) {
			c.Add(heritage.ErrReference.At("deviceId"))
		}
	}
	return c.Fields(), nil
}

// changedIn ends what the rule had raised: what it says now has not been judged yet.
func (k ruleRules) changedIn(tx *store.Tx, r *Rule) error {
	if r.Rev <= 1 {
		return nil
	}
	return k.s.dropRuleIn(tx, r.ID, "规则已修改，按新规则重新判断 (the rule was changed and judges anew)")
}

func (k ruleRules) removeIn(tx *store.Tx, r *Rule) error {
	return k.s.dropRuleIn(tx, r.ID, "规则已删除 (the rule was removed)")
}

// hide takes the zone away from those who may not know of a store.
func (ruleRules) hide(ctx context.Context, r store.Reader, by actor.Actor, docs []*Rule) error {
	return hideStores(ctx, r, by, docs, func(d *Rule) (actor.OrgID, *ZoneID) { return d.Org, &d.Fields.ZoneID })
}

func (k ruleRules) query(ctx context.Context, by actor.Actor, f Filter) (store.Query, error) {
	return k.s.byZoneOrOrg(ctx, by, f)
}

// byZoneOrOrg finds the documents of a zone that the actor may know of, or those of an
// organisation.
func (s *Service) byZoneOrOrg(ctx context.Context, by actor.Actor, f Filter) (store.Query, error) {
	switch {
	case f.ZoneKind != "" || f.Relic != "":
		return store.Query{}, ErrFilter.New()
	case f.Zone != "":
		if _, err := s.Zones.read(ctx, s.st, by, string(f.Zone)); err != nil {
			return store.Query{}, err
		}
		return store.Query{Index: "byZone", Equal: []any{string(f.Zone)}}, nil
	}
	return store.Query{Index: "byOrg", Equal: []any{string(f.Org)}}, nil
}

// hideStores takes the zones of documents that are stores away from those who may not know of
// them.
func hideStores[D any](ctx context.Context, r store.Reader, by actor.Actor, docs []*D, zone func(*D) (actor.OrgID, *ZoneID)) error {
	var zones []ZoneID
	for _, d := range docs {
		if org, z := zone(d); !by.Can(actor.LocationRead, org) {
			zones = append(zones, *z)
		}
	}
	secret, err := storesAmong(ctx, r, zones)
	if err != nil {
		return err
	}
	for _, d := range docs {
		if org, z := zone(d); secret[*z] && !by.Can(actor.LocationRead, org) {
			*z = ""
		}
	}
	return nil
}

// maintenanceRules is what is particular to maintenance windows.
type maintenanceRules struct{ s *Service }

var _ kind[Maintenance, MaintenanceFields] = maintenanceRules{}

func (maintenanceRules) noun() string                                { return "maintenance" }
func (maintenanceRules) fields(m *Maintenance) *MaintenanceFields    { return &m.Fields }
func (maintenanceRules) sees(actor.Actor, *Maintenance) bool         { return true }
func (maintenanceRules) newID(id string) (string, []fault.Field)     { return (zoneRules{}).newID(id) }
func (maintenanceRules) changedIn(*store.Tx, *Maintenance) error     { return nil }
func (maintenanceRules) removeIn(tx *store.Tx, m *Maintenance) error { return nil }

func (maintenanceRules) check(f *MaintenanceFields) []fault.Field {
	f.Reason = heritage.TidyLine(f.Reason)
	f.From, f.Until = f.From.UTC().Truncate(time.Millisecond), f.Until.UTC().Truncate(time.Millisecond)
	var c heritage.Findings
	c.Form(f)
	if d := f.Until.Sub(f.From); f.From.IsZero() || d <= 0 || d > maxMaintenanceDays*24*time.Hour {
		c.Add(ErrMaintenanceSpan.At("until", fault.P("days", maxMaintenanceDays)))
	}
	if n := utf8.RuneCountInString(f.Reason); n < 1 || n > maxMaintenanceText || strings.ContainsRune(f.Reason, '\n') {
		c.Add(ErrMaintenanceReason.At("reason", fault.P("max", maxMaintenanceText)))
	}
	return c.Fields()
}

func (k maintenanceRules) checkIn(tx *store.Tx, m *Maintenance, f *MaintenanceFields) ([]fault.Field, error) {
	now := tx.Now()
	if begins := m.Rev == 0 || m.Fields.Until.Before(now); begins && !f.Until.Before(now) {
		if err := tx.Guard("sensors/maintenances/" + string(m.Org)); err != nil {
			return nil, err
		}
		n, err := maintenanceDocs.Count(tx.Context(), tx, store.Query{Index: "byEnd", Equal: []any{string(m.Org)}, From: now}, maxMaintenances)
		if err != nil {
			return nil, err
		}
		if n >= maxMaintenances {
			return nil, ErrMaintenanceMany.New(fault.P("max", maxMaintenances))
		}
	}
	return k.s.scopeIn(tx, m.Org, &f.ZoneID, m.Fields.ZoneID, f.DeviceID, func(*Device) bool { return true })
}

func (maintenanceRules) hide(ctx context.Context, r store.Reader, by actor.Actor, docs []*Maintenance) error {
	return hideStores(ctx, r, by, docs, func(d *Maintenance) (actor.OrgID, *ZoneID) { return d.Org, &d.Fields.ZoneID })
}

func (maintenanceRules) query(_ context.Context, _ actor.Actor, f Filter) (store.Query, error) {
	if f.Zone != "" || f.ZoneKind != "" || f.Relic != "" {
		return store.Query{}, ErrFilter.New()
	}
	return store.Query{Index: "byOrg", Equal: []any{string(f.Org)}}, nil
}
