package sensors

import (
	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// ZoneID names a zone: a UUID.
type ZoneID string

// ZoneKind is what sort of zone it is. Never rename.
type ZoneKind string

const (
	Gallery    ZoneKind = "gallery"    // 展厅
	Store      ZoneKind = "store"      // 库房: confidential
	Workshop   ZoneKind = "workshop"   // 修复、摄影、提看
	Passageway ZoneKind = "passageway" // 通道: inside, between rooms
	Exit       ZoneKind = "exit"       // 出口: whatever passes it leaves the house
	Ground     ZoneKind = "ground"     // 景区或其中的广场、步道: where people are counted
)

// ZoneKinds lists the kinds in the order of screens.
var ZoneKinds = []ZoneKind{Gallery, Store, Workshop, Passageway, Exit, Ground}

// RiskLevel is the level of protection of a place (GB/T 16571-2012): 1 is the
// highest.
type RiskLevel int

// Zone is a part of a house or of grounds in which something is seen or
// counted.
type Zone struct {
	store.Meta `bson:",inline"`
	Fields     ZoneFields `bson:"fields"`
}

// ZoneFields is what is known of a zone.
type ZoneFields struct {
	Name        heritage.Text    `bson:"name" json:"name"` // Chinese required
	Kind        ZoneKind         `bson:"kind" json:"kind" validate:"oneof=gallery store workshop passageway exit ground"`
	PlaceID     heritage.PlaceID `bson:"placeId,omitempty" json:"placeId,omitempty" validate:"omitempty,uuid"` // of the catalogue; "" none
	AreaID      string           `bson:"areaId,omitempty" json:"areaId,omitempty" validate:"omitempty,uuid"`   // Ground only: the scenic area whose visitors are counted here; at most one zone stands for an area
	TimeZone    string           `bson:"timeZone" json:"timeZone"`                                             // IANA name; "" becomes Asia/Shanghai
	ResetAt     string           `bson:"resetAt,omitempty" json:"resetAt,omitempty" validate:"clock"`          // Ground only: "HH:MM" local time at which the counts of a day begin; "" becomes 04:00
	StaleAfterS int              `bson:"staleAfterS,omitempty" json:"staleAfterS,omitempty"`                   // Ground only: seconds after which a count without a word of a gate is stale, 30 to 86400; 0 becomes 300
	DwellS      int              `bson:"dwellS" json:"dwellS"`                                                 // seconds that a tag must be seen here, and nowhere else, to count as here, 0 to 3600
	Risk        RiskLevel        `bson:"risk" json:"risk"`                                                     // 1 to 3; 0 not assessed
	Floor       string           `bson:"floor,omitempty" json:"floor,omitempty" validate:"max=60"`             // name of the plan that it is drawn on, such as "1"
	Outline     []PlanPoint      `bson:"outline,omitempty" json:"outline,omitempty" validate:"max=100"`        // simple polygon on the plan, 3 to 100 corners, needs Floor; empty not drawn
	Retired     bool             `bson:"retired,omitempty" json:"retired"`                                     // no longer used: takes no device
	Simulated   bool             `bson:"simulated,omitempty" json:"simulated"`                                 // 模拟数据
}

// PlanPoint is a place on a plan, in metres east and north of its origin.
type PlanPoint struct {
	X float64 `bson:"x" json:"x"`
	Y float64 `bson:"y" json:"y"`
}
