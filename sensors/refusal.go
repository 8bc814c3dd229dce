package sensors

import (
	"time"

	"yijianyou/internal/store"
)

// RefusalKind is why something that was sent was not taken. Never rename.
type RefusalKind string

const (
	UnknownDevice RefusalKind = "unknown-device" // no such device is registered
	BadSecret     RefusalKind = "bad-secret"     // the device's secret is wrong
	RetiredDevice RefusalKind = "retired-device" // the secret is right, but the device is out of service
	ForeignTopic  RefusalKind = "foreign-topic"  // published under another's name
	BadPayload    RefusalKind = "bad-payload"    // not in the form of docs, out of range, of an unknown channel
	BadClock      RefusalKind = "bad-clock"      // a sample of the future or of long ago
	UnknownTag    RefusalKind = "unknown-tag"    // seen, but not registered
)

// Refusal is the quarantine list: what came and was not taken, one entry for
// each cause and claimed name, with how often. Its id is made of them.
type Refusal struct {
	store.Meta `bson:",inline"`
	Kind       RefusalKind `bson:"kind" json:"kind"`
	Claimed    string      `bson:"claimed" json:"claimed"`                     // name of the device or tag, at most 64 characters, others dropped
	Device     DeviceID    `bson:"device,omitempty" json:"device,omitempty"`   // that sent it, if it is known
	Address    string      `bson:"address,omitempty" json:"address,omitempty"` // of the network, without the port
	Code       string      `bson:"code,omitempty" json:"code,omitempty"`       // of the fault, for BadPayload
	Detail     string      `bson:"detail,omitempty" json:"detail,omitempty"`   // where, such as samples[3].value; never what was sent
	Count      int64       `bson:"count" json:"count"`
	FirstAt    time.Time   `bson:"firstAt" json:"firstAt"`
	LastAt     time.Time   `bson:"lastAt" json:"lastAt"`
}
