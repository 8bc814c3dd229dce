package simulate

import (
	"fmt"
	"slices"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
)

// World is what is played.
type World struct {
	Devices []Device
	Tags    []Tag
	Doors   [][2]string // pairs of zones between which a reader may see through, by key
	Inside  int         // people who are in at the beginning
}

// Device is one that publishes. Its zone is a key of the world, such as "G1".
type Device struct {
	ID       sensors.DeviceID
	Org      actor.OrgID
	Kind     sensors.DeviceKind
	Zone     string
	Channels []Channel // of an instrument
}

// Channel is what an instrument measures here: a value that wanders around
// Around by about Swing.
type Channel struct {
	Name, Unit    string
	Around, Swing float64
}

// Tag is a tag with the zone in which it is at the beginning.
type Tag struct {
	ID      sensors.TagID
	Zone    string
	Battery int // percent; -1 has none
}

// device returns the device with id.
func (w World) device(id sensors.DeviceID) (Device, bool) {
	i := slices.IndexFunc(w.Devices, func(d Device) bool { return d.ID == id })
	if i < 0 {
		return Device{}, false
	}
	return w.Devices[i], true
}

// hasZone reports whether some device watches the zone.
func (w World) hasZone(zone string) bool {
	return slices.ContainsFunc(w.Devices, func(d Device) bool { return d.Zone == zone })
}

// Check returns what a script names that the world does not have.
func (w World) Check(s *Script) error {
	for _, e := range s.Events {
		for _, id := range []sensors.DeviceID{e.Device, e.By} {
			if _, ok := w.device(id); id != "" && !ok {
				return fmt.Errorf("line %d: there is no device %s", e.Line, id)
			}
		}
		if e.Tag != "" && !slices.ContainsFunc(w.Tags, func(t Tag) bool { return t.ID == e.Tag }) {
			return fmt.Errorf("line %d: there is no tag %s", e.Line, e.Tag)
		}
		for _, z := range e.Via {
			if !w.hasZone(z) {
				return fmt.Errorf("line %d: no device watches a zone %s", e.Line, z)
			}
		}
	}
	for _, g := range s.Gates {
		if d, ok := w.device(g.Device); g.Device != "*" && (!ok || d.Kind != sensors.Gate) {
			return fmt.Errorf("line %d: there is no gate %s", g.Line, g.Device)
		}
	}
	return nil
}
