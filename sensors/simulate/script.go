package simulate

import (
	"time"

	"yijianyou/sensors"
)

// Script is what happens, and how often devices speak.
type Script struct {
	Title     string
	Seed      uint64
	For       time.Duration // 0: until stopped
	Heartbeat time.Duration
	Reads     time.Duration
	Climate   time.Duration
	Miss      float64 // share of reads that fail, 0 to 1
	Stray     float64 // share of reads by which a neighbour's reader sees a tag too, 0 to 1
	Gates     []GateFlow
	Events    []Event // in the order of their time
}

// GateFlow is how many people pass a gate.
type GateFlow struct {
	Line        int
	Device      sensors.DeviceID // "*": every gate
	In, Out     float64          // people a minute
	Day         float64          // people who come over a day; 0 none
	Stay        time.Duration    // how long each of them stays
	From, Until time.Duration    // Until 0: to the end
}

// Action is what an event does.
type Action uint8

const (
	Carry       Action = iota // a tag is carried through zones
	Die                       // a device falls silent
	Return                    // it speaks again
	Silent                    // a tag is heard no more
	Battery                   // the battery of a tag has this many percent
	Impersonate               // a device publishes under another's name
)

// Event is something that happens at a moment.
type Event struct {
	Line   int
	At     time.Duration
	Do     Action
	Device sensors.DeviceID
	By     sensors.DeviceID // Impersonate: who does it
	Tag    sensors.TagID
	Via    []string      // Carry: zones, the last is where it stays
	Every  time.Duration // Carry: how long in each
	Value  int           // Battery: percent
}
