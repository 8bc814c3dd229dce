package sensors

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// Rule says when what instruments measure, gates count, or readers see pass is an alarm. Its document id is a UUID.
type Rule struct {
	store.Meta `bson:",inline"`
	Fields     RuleFields `bson:"fields"`
}

// RuleFields is what a rule says, and of which devices.
type RuleFields struct {
	Name     heritage.Text `bson:"name" json:"name"`                                                   // Chinese required
	ZoneID   ZoneID        `bson:"zoneId,omitempty" json:"zoneId,omitempty" validate:"omitempty,uuid"` // "" every zone of the organisation; of a passage the exit, or either of the rooms
	DeviceID DeviceID      `bson:"deviceId,omitempty" json:"deviceId,omitempty" validate:"max=64"`     // "" every device there
	Disabled bool          `bson:"disabled,omitempty" json:"disabled"`                                 // kept, and judges nothing
	Rule     alarm.Rule    `bson:"rule" json:"rule"`
}

// covers reports whether the rule is about an instrument and something that it measures.
func (r *Rule) covers(d *Device) bool {
	f := &r.Fields
	return !f.Disabled && r.Org == d.Org && (f.ZoneID == "" || f.ZoneID == d.Fields.ZoneID) && (f.DeviceID == "" || f.DeviceID == DeviceID(d.ID))
}

// Maintenance is a time in which rules only record. Its document id is a UUID.
type Maintenance struct {
	store.Meta `bson:",inline"`
	Fields     MaintenanceFields `bson:"fields"`
}

// MaintenanceFields is when and where somebody works, and why.
type MaintenanceFields struct {
	ZoneID   ZoneID    `bson:"zoneId,omitempty" json:"zoneId,omitempty" validate:"omitempty,uuid"` // "" every zone of the organisation
	DeviceID DeviceID  `bson:"deviceId,omitempty" json:"deviceId,omitempty" validate:"max=64"`     // "" every device there; passages are muted by a window that names who saw them alone
	From     time.Time `bson:"from" json:"from"`
	Until    time.Time `bson:"until" json:"until"`   // exclusive; at most 31 days after From
	Reason   string    `bson:"reason" json:"reason"` // 1 to 500 characters
}

// covers reports whether the window is about an instrument.
func (m *Maintenance) covers(d *Device) bool {
	f := &m.Fields
	return m.Org == d.Org && (f.ZoneID == "" || f.ZoneID == d.Fields.ZoneID) && (f.DeviceID == "" || f.DeviceID == DeviceID(d.ID))
}

// ClimateState is how far the rules of an instrument have come. Its id is the DeviceID. It may be
// behind by what fits into a few samples, which are judged again from the series; it is
// written in the transaction that raises or clears an alarm.
type ClimateState struct {
	store.Meta `bson:",inline"`
	Begun      bool        `bson:"begun,omitempty"`
	Until      int64       `bson:"until"` // milliseconds, see alarm.Course
	Mark       int64       `bson:"mark"`
	Rules      []RuleState `bson:"rules"`
	DueAt      *time.Time  `bson:"dueAt,omitempty"` // when time alone may change something; nil never
}

// RuleState is the part of one rule.
type RuleState struct {
	RuleID   string          `bson:"ruleId"`
	Rev      int64           `bson:"rev"`    // of the rule
	ZoneID   ZoneID          `bson:"zoneId"` // in whose group an alarm is
	Memory   string          `bson:"memory"` // alarm.Judge.Memory: what Now and Kept remember
	Now      []byte          `bson:"now"`    // alarm.State at Until
	Kept     []byte          `bson:"kept"`   // alarm.State at Mark
	Episodes []alarm.Episode `bson:"episodes,omitempty"`
}

var (
	ruleDocs = store.Define[Rule](store.Spec{Name: "rules", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byZone", Parts: []store.Part{{Path: "fields.zoneId"}}},
	}})
	maintenanceDocs = store.Define[Maintenance](store.Spec{Name: "maintenances", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byEnd", Parts: []store.Part{{Path: "org"}, {Path: "fields.until", Kind: store.Time}}},
	}})
	climateStates = store.Define[ClimateState](store.Spec{Name: "climatestates", Schema: 1, Indexes: []store.Index{
		{Name: "byDue", Parts: []store.Part{{Path: "dueAt", Kind: store.Time}}},
	}})
)
