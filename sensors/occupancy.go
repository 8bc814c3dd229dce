package sensors

import (
	"time"

	"yijianyou/internal/store"
)

// Occupancy is what the gates of a zone counted in one of its days. Its id is
// the ZoneID, a slash and the day. Totals are made anew of the samples each time,
// never added up, so that a sample sent twice counts once.
type Occupancy struct {
	store.Meta   `bson:",inline"`
	ZoneID       ZoneID       `bson:"zoneId" json:"zoneId"`
	AreaID       string       `bson:"areaId,omitempty" json:"areaId,omitempty"`
	Day          string       `bson:"day" json:"day"` // "2026-11-28", from ResetAt to ResetAt in the zone's time
	Gates        []GateCount  `bson:"gates" json:"gates"`
	Corrections  []Correction `bson:"corrections,omitempty" json:"corrections,omitempty"`
	EnteredToday int          `bson:"enteredToday" json:"enteredToday"` // 累计入园
	Inside       int          `bson:"inside" json:"inside"`             // 在园人数: in less out from the last correction or the reset; never below 0
	Drift        int          `bson:"drift" json:"drift"`               // how far below zero the gates would have it: they miss people
	AsOf         time.Time    `bson:"asOf" json:"asOf"`                 // of the newest sample
	Simulated    bool         `bson:"simulated,omitempty" json:"simulated"`
}

// GateCount is what one gate counted in the day.
type GateCount struct {
	Device DeviceID    `bson:"device" json:"device"`
	Hours  []HourCount `bson:"hours" json:"hours"`       // those with samples, oldest first
	After  *HourCount  `bson:"after,omitempty" json:"-"` // of the hour of the last correction, what came after it; nil nothing
	LastAt time.Time   `bson:"lastAt" json:"lastAt"`     // of its newest sample
}

// HourCount is what a gate counted in an hour of UTC, as far as it is of the day.
type HourCount struct {
	Hour time.Time `bson:"hour" json:"hour"`
	In   int       `bson:"in" json:"in"`
	Out  int       `bson:"out" json:"out"`
}

// Correction sets the number inside to what somebody counted or knows.
type Correction struct {
	At     time.Time `bson:"at" json:"at"`
	Inside int       `bson:"inside" json:"inside"`
	By     string    `bson:"by" json:"by"`
	Reason string    `bson:"reason" json:"reason"`
}
