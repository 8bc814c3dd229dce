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
