package sensors

import (
	"time"

	"yijianyou/internal/actor"
)

// SampleKind is the last level of a topic: what sort of samples it carries.
type SampleKind string

const (
	SightingKind SampleKind = "sighting"
	ReadingKind  SampleKind = "reading"
	CountKind    SampleKind = "count"
	StatusKind   SampleKind = "status"
)

// SampleKinds lists the kinds in the order of documents.
var SampleKinds = []SampleKind{SightingKind, ReadingKind, CountKind, StatusKind}

// Source is what every sample says of where it is from. Key and At together
// identify a sample of a device: one that has both in common with a stored one
// is the same, sent again.
type Source struct {
	Org      actor.OrgID
	Device   DeviceID
	Kind     DeviceKind // of the device
	Zone     ZoneID     // of the device
	Seq      int64      // the device's own running number, from 0; -1 it has none
	At       time.Time  // by the device's clock, UTC, milliseconds
	Received time.Time  // by ours

	intake  *intake // that is told what becomes of the sample; nil nobody is
	message int     // of the batch, which brought it
	index   int     // in the message
}

// Sighting is a tag seen by a reader or a portal.
type Sighting struct {
	Source
	Tag            TagID
	RSSI           float64 // dBm; NaN unknown
	Antenna        int     // from 1; 0 unknown
	BatteryPercent int     // of the tag; -1 unknown
}

// Reading is a value of one channel of an instrument.
type Reading struct {
	Source
	Channel Channel
	Value   float64
}

// Count is how many people went in and out of the zone of a gate since its
// sample before.
type Count struct {
	Source
	In, Out int // 0 to 100000
}

// Status is what a device says of itself: that it lives, and how.
type Status struct {
	Source
	BatteryPercent int    // -1 unknown or on mains
	Firmware       string // at most 60 characters; "" not said
}

// Message is what a device published or posted: one or many samples of a kind,
// not decoded yet. The broker or the HTTP of this package has made sure that
// Device is who it says.
type Message struct {
	Org      actor.OrgID
	Device   DeviceID
	Kind     SampleKind
	Payload  []byte // JSON, at most MaxPayload bytes
	Received time.Time
}

// MaxPayload is the largest payload of a message, in bytes.
const MaxPayload = 256 << 10
