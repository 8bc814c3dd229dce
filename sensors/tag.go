package sensors

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// TagID is what a chip says of itself: its EPC or serial as 4 to 64 lower-case
// hexadecimal digits.
type TagID string

// Tag is a registered chip. Its document id is its TagID.
type Tag struct {
	store.Meta `bson:",inline"`
	Fields     TagFields `bson:"fields"`
	Binding    *Binding  `bson:"binding,omitempty"` // what it hangs on now; nil free
}

// TagFields is what is known of a tag.
type TagFields struct {
	Kind         TagKind `bson:"kind" json:"kind" validate:"oneof=passive-uhf active-ble"`
	Label        string  `bson:"label" json:"label" validate:"max=60"` // what is printed on it, at most 60 characters; "" nothing
	SilentAfterS int     `bson:"silentAfterS" json:"silentAfterS"`     // seconds without a sighting after which it counts as silent, 30 to 604800; 0 never (it does not report by itself)
	Retired      bool    `bson:"retired,omitempty" json:"retired"`     // no longer used
	Simulated    bool    `bson:"simulated,omitempty" json:"simulated"` // 模拟数据
}

// TagKind is how a tag works. Never rename.
type TagKind string

const (
	PassiveUHF TagKind = "passive-uhf" // answers a reader
	ActiveBLE  TagKind = "active-ble"  // reports by itself, has a battery
)

// Carrier is what a tag hangs on: it decides what a sighting proves.
type Carrier string

const (
	OnBody     Carrier = "body"     // 挂签: on the object itself
	OnBox      Carrier = "box"      // 囊匣
	OnBase     Carrier = "base"     // 底座
	OnShowcase Carrier = "showcase" // 展柜
)

// Binding is the joining of a tag to a relic. Its history is that of bindings:
// one document for each, ended by Until.
type Binding struct {
	ID         string           `bson:"id" json:"id"`
	RelicID    heritage.RelicID `bson:"relicId" json:"relicId" validate:"required,uuid"`
	Carrier    Carrier          `bson:"carrier" json:"carrier" validate:"oneof=body box base showcase"`
	Method     string           `bson:"method" json:"method" validate:"required,max=200"`                     // how it is fixed, such as 棉线悬挂; required, at most 200 characters
	Reversible bool             `bson:"reversible" json:"reversible"`                                         // comes off without a trace
	ApprovedBy string           `bson:"approvedBy" json:"approvedBy" validate:"required,max=200"`             // who allowed it, by role or name; required, at most 200 characters
	PhotoID    string           `bson:"photoId,omitempty" json:"photoId,omitempty" validate:"omitempty,uuid"` // asset that shows it; "" none yet
	From       time.Time        `bson:"from" json:"from"`
	By         heritage.Person  `bson:"by" json:"by"`
}

// BindingRecord is a Binding with its end. Unique: one open binding of a tag.
type BindingRecord struct {
	store.Meta `bson:",inline"`
	TagID      TagID            `bson:"tagId" json:"tagId"`
	OpenTag    TagID            `bson:"openTag,omitempty" json:"-"` // TagID while it lasts, "" after
	Binding    Binding          `bson:"binding" json:"binding"`
	Until      *time.Time       `bson:"until,omitempty" json:"until,omitempty"` // nil while it lasts
	EndedBy    *heritage.Person `bson:"endedBy,omitempty" json:"endedBy,omitempty"`
	EndReason  string           `bson:"endReason,omitempty" json:"endReason,omitempty"`
}

// TagState is where a tag is and how sure that is. Its id is the TagID. It is a
// function of the sightings and of the time, whatever the order in which they
// came. It is written when what screens show has changed, and at most every ten
// seconds otherwise.
type TagState struct {
	store.Meta     `bson:",inline"`
	RelicID        heritage.RelicID `bson:"relicId,omitempty" json:"relicId,omitempty"`
	Carrier        Carrier          `bson:"carrier,omitempty" json:"carrier,omitempty"`
	ZoneID         ZoneID           `bson:"zoneId,omitempty" json:"zoneId,omitempty"`           // "" never seen
	Since          *time.Time       `bson:"since,omitempty" json:"since,omitempty"`             // first seen there
	CandidateID    ZoneID           `bson:"candidateId,omitempty" json:"candidateId,omitempty"` // where it seems to be going; "" nowhere
	CandidateSince *time.Time       `bson:"candidateSince,omitempty" json:"candidateSince,omitempty"`
	LastSeenAt     *time.Time       `bson:"lastSeenAt,omitempty" json:"lastSeenAt,omitempty"`
	LastDevice     DeviceID         `bson:"lastDevice,omitempty" json:"lastDevice,omitempty"`
	Gone           bool             `bson:"gone,omitempty" json:"gone"`     // last seen passing an exit
	Silent         bool             `bson:"silent,omitempty" json:"silent"` // not seen for SilentAfterS while its readers work
	BatteryPercent *int             `bson:"batteryPercent,omitempty" json:"batteryPercent,omitempty"`
	DueAt          *time.Time       `bson:"dueAt,omitempty" json:"-"` // when the passing of time next changes the state; nil never
}

// Stay is a time that a tag spent in a zone. Its id is made of tag and start.
type Stay struct {
	store.Meta `bson:",inline"`
	TagID      TagID            `bson:"tagId" json:"tagId"`
	RelicID    heritage.RelicID `bson:"relicId,omitempty" json:"relicId,omitempty"`
	Carrier    Carrier          `bson:"carrier,omitempty" json:"carrier,omitempty"`
	ZoneID     ZoneID           `bson:"zoneId" json:"zoneId"`
	From       time.Time        `bson:"from" json:"from"`
	Until      *time.Time       `bson:"until,omitempty" json:"until,omitempty"` // nil: still there
}

// Passage is a tag that went through an exit: with an order evidence, without
// one the ground of an alarm. Its id is made of tag, zone and time.
type Passage struct {
	store.Meta `bson:",inline"`
	TagID      TagID               `bson:"tagId" json:"tagId"`
	RelicID    heritage.RelicID    `bson:"relicId,omitempty" json:"relicId,omitempty"` // "" a tag that hangs on nothing
	Carrier    Carrier             `bson:"carrier,omitempty" json:"carrier,omitempty"`
	ZoneID     ZoneID              `bson:"zoneId" json:"zoneId"`
	DeviceID   DeviceID            `bson:"deviceId" json:"deviceId"`
	At         time.Time           `bson:"at" json:"at"`                                     // by the clock of the portal
	MovementID heritage.MovementID `bson:"movementId,omitempty" json:"movementId,omitempty"` // the order that covers it; "" none
	AlarmID    string              `bson:"alarmId,omitempty" json:"alarmId,omitempty"`       // the alarm that it raised or belongs to; "" lawful
}
