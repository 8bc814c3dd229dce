package sensors

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// DeviceID names a device: a slug of 1 to 64 of a-z, 0-9 and hyphen, unique in
// the whole installation. It is the MQTT client id and user name of the device
// and the third level of its topics.
type DeviceID string

// DeviceKind is what sort of device it is. Never rename.
type DeviceKind string

const (
	Reader     DeviceKind = "reader"     // 读写器: sees tags in its zone
	Portal     DeviceKind = "portal"     // 通道门: a reader at an exit
	Gate       DeviceKind = "gate"       // 闸机: counts people in and out of its zone
	Instrument DeviceKind = "instrument" // 监测仪: temperature, humidity, light …
)

// DeviceKinds lists the kinds in the order of screens.
var DeviceKinds = []DeviceKind{Reader, Portal, Gate, Instrument}

// Device is a registered reader, portal, gate or instrument. Its document id is
// its DeviceID.
type Device struct {
	store.Meta `bson:",inline"`
	Fields     DeviceFields `bson:"fields"`
}

// DeviceFields is what is known of a device.
type DeviceFields struct {
	Kind         DeviceKind    `bson:"kind" json:"kind" validate:"oneof=reader portal gate instrument"`
	Name         heritage.Text `bson:"name" json:"name"`                                               // Chinese required
	ZoneID       ZoneID        `bson:"zoneId" json:"zoneId" validate:"required,uuid"`                  // what it watches; required, of the same organisation
	Channels     []Channel     `bson:"channels,omitempty" json:"channels,omitempty" validate:"max=32"` // of an instrument, at most 32
	SilentAfterS int           `bson:"silentAfterS" json:"silentAfterS"`                               // seconds without a word after which it counts as down, 10 to 86400; 0 becomes 120
	Maintenance  bool          `bson:"maintenance,omitempty" json:"maintenance"`                       // being worked on: heard, but raises no alarm
	Retired      bool          `bson:"retired,omitempty" json:"retired"`                               // out of service: may not log in
	Model        string        `bson:"model,omitempty" json:"model,omitempty" validate:"max=200"`      // maker and model, at most 200 characters
	PlanX        *float64      `bson:"planX,omitempty" json:"planX,omitempty"`                         // metres on the plan of its floor, -100000 to 100000, with PlanY; nil not drawn
	PlanY        *float64      `bson:"planY,omitempty" json:"planY,omitempty"`                         // metres
	Notes        string        `bson:"notes,omitempty" json:"notes,omitempty" validate:"max=2000"`     // at most 2000 characters
	Simulated    bool          `bson:"simulated,omitempty" json:"simulated"`                           // 模拟数据
}

// Channel is one quantity that an instrument measures.
type Channel struct {
	Name     string  `bson:"name" json:"name"`         // slug, unique in the device, such as "rh"
	Quantity string  `bson:"quantity" json:"quantity"` // temperature, relative-humidity, illuminance, uv, co2, pm25, wind-speed, vibration, presence, battery …: see Quantities
	Unit     string  `bson:"unit" json:"unit"`         // UCUM: Cel, %, lx, uW/lm, [ppm], ug/m3, m/s, mm/s, 1
	Min      float64 `bson:"min" json:"min"`           // values outside of Min to Max are no measurement and are refused
	Max      float64 `bson:"max" json:"max"`
}

// DeviceState is how a device was last heard. Its id is the DeviceID. It is
// written when something that screens show has changed, and at most every ten
// seconds otherwise.
type DeviceState struct {
	store.Meta     `bson:",inline"`
	ZoneID         ZoneID      `bson:"zoneId" json:"zoneId"`
	LastHeardAt    time.Time   `bson:"lastHeardAt" json:"lastHeardAt"`                           // by our clock; zero never
	DueAt          *time.Time  `bson:"dueAt,omitempty" json:"-"`                                 // when it counts as down unless heard before; nil while down or not watched
	Down           bool        `bson:"down,omitempty" json:"down"`                               // has been silent for SilentAfterS
	Deaf           bool        `bson:"deaf,omitempty" json:"deaf"`                               // of a reader: it speaks, and none of the tags that rest in its zone is seen any more
	BatteryPercent *int        `bson:"batteryPercent,omitempty" json:"batteryPercent,omitempty"` // nil unknown or on mains
	Firmware       string      `bson:"firmware,omitempty" json:"firmware,omitempty"`
	ClockSkewMS    int64       `bson:"clockSkewMs,omitempty" json:"clockSkewMs"` // its clock minus ours when it last spoke
	Last           []LastValue `bson:"last,omitempty" json:"last,omitempty"`     // newest reading of each channel, in the order of the channels
	BatteryAt      time.Time   `bson:"batteryAt,omitempty" json:"-"`             // of the status that said BatteryPercent, by the device's clock; zero none has
	FirmwareAt     time.Time   `bson:"firmwareAt,omitempty" json:"-"`            // likewise
}

// LastValue is the newest reading of a channel.
type LastValue struct {
	Channel string    `bson:"channel" json:"channel"`
	Value   float64   `bson:"value" json:"value"`
	Unit    string    `bson:"unit" json:"unit"`
	At      time.Time `bson:"at" json:"at"`
}

// DeviceSecret holds the proofs of a device: SHA-256 of 256-bit random secrets,
// at most two so that a secret can be changed without a gap. Its id is the
// DeviceID. The collection keeps no history and is not in the feed.
type DeviceSecret struct {
	store.Meta `bson:",inline"`
	Hashes     [][]byte  `bson:"hashes"` // newest first
	ChangedAt  time.Time `bson:"changedAt"`
}
