package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
)

// ZoneID returns the identifier of the zone with a key, such as "G1".
func ZoneID(key string) sensors.ZoneID { return sensors.ZoneID(ID("zone", key)) }

// TagIDOf returns the chip of an example relic, by its number from 1: 24
// hexadecimal digits, as an EPC of 96 bits has them.
func TagIDOf(n int) sensors.TagID {
	sum := sha256.Sum256([]byte(fmt.Sprintf("demo-tag/%03d", n)))
	return sensors.TagID("e280" + hex.EncodeToString(sum[:10]))
}

// exampleZone is a zone of 示范博物馆 or 示范景区 as the table has it.
type exampleZone struct {
	key    string
	org    actor.OrgID
	kind   sensors.ZoneKind
	zh, en string
	place  string // code of the place of the catalogue
	floor  string
	box    [4]float64 // x and y of two corners on the plan, metres
	risk   sensors.RiskLevel
	dwellS int
}

// roomDwellS is the dwell of every room: four reads of ten seconds and a little
// more. A reader sees through a door now and then and misses a tag now and then; in
// a shorter dwell the two together would make a move of it.
const roomDwellS = 45

// exampleZones is the house, floor by floor, and the grounds.
var exampleZones = []exampleZone{
	{"G1", MuseumOrg, sensors.Gallery, "示范一展厅", "Model gallery 1", "G1", "1", [4]float64{0, 16, 20, 36}, 2, roomDwellS},
	{"G2", MuseumOrg, sensors.Gallery, "示范二展厅", "Model gallery 2", "G2", "1", [4]float64{20, 16, 40, 36}, 2, roomDwellS},
	{"G3", MuseumOrg, sensors.Gallery, "示范三展厅", "Model gallery 3", "G3", "1", [4]float64{40, 16, 60, 36}, 2, roomDwellS},
	{"G4", MuseumOrg, sensors.Gallery, "示范四展厅", "Model gallery 4", "G4", "1", [4]float64{40, 0, 60, 16}, 1, roomDwellS},
	{"lobby", MuseumOrg, sensors.Passageway, "示范大厅", "Model lobby", "", "1", [4]float64{12, 0, 40, 16}, 3, roomDwellS},
	{"exit-main", MuseumOrg, sensors.Exit, "示范正门出口", "Model main exit", "", "1", [4]float64{22, -5, 30, 0}, 2, 0},
	{"S1", MuseumOrg, sensors.Store, "示范库房1", "Model store room 1", "S1", "B1", [4]float64{0, 16, 20, 36}, 1, roomDwellS},
	{"S2", MuseumOrg, sensors.Store, "示范库房2", "Model store room 2", "S2", "B1", [4]float64{20, 16, 40, 36}, 1, roomDwellS},
	{"S3", MuseumOrg, sensors.Store, "示范库房3", "Model store room 3", "S3", "B1", [4]float64{40, 16, 60, 36}, 1, roomDwellS},
	{"workshop", MuseumOrg, sensors.Workshop, "示范提看与修复室", "Model study and conservation room", "", "B1", [4]float64{40, 0, 60, 16}, 2, roomDwellS},
	{"corridor", MuseumOrg, sensors.Passageway, "示范库区通道", "Model store corridor", "", "B1", [4]float64{12, 0, 40, 16}, 2, roomDwellS},
	{"exit-dock", MuseumOrg, sensors.Exit, "示范装卸口", "Model loading dock", "", "B1", [4]float64{0, 0, 12, 16}, 2, 0},
	{"park", AreaOrg, sensors.Ground, "示范景区", "Model Scenic Area", "", "", [4]float64{}, 0, 0},
}

// ExampleZones returns the zones.
func ExampleZones() []sensors.NewThing[sensors.ZoneFields] {
	var out []sensors.NewThing[sensors.ZoneFields]
	for _, z := range exampleZones {
		f := sensors.ZoneFields{Name: heritage.Text{ZH: z.zh, EN: z.en}, Kind: z.kind, DwellS: z.dwellS, Risk: z.risk, Floor: z.floor, Simulated: true}
		if z.place != "" {
			f.PlaceID = placeID(z.place)
		}
		if b := z.box; b[2] > b[0] {
			f.Outline = []sensors.PlanPoint{{X: b[0], Y: b[1]}, {X: b[2], Y: b[1]}, {X: b[2], Y: b[3]}, {X: b[0], Y: b[3]}}
		}
		if z.kind == sensors.Ground {
			f.AreaID, f.StaleAfterS = string(AreaID("demo-area")), 180
		}
		out = append(out, sensors.NewThing[sensors.ZoneFields]{ID: string(ZoneID(z.key)), Org: z.org, Fields: f})
	}
	return out
}

// exampleDoors are the zones between which a reader may see through.
var exampleDoors = [][2]string{{"G1", "G2"}, {"G2", "lobby"}, {"G3", "G4"}, {"G4", "lobby"}, {"lobby", "exit-main"}, {"S1", "corridor"}, {"S2", "corridor"},
	{"S3", "workshop"}, {"workshop", "corridor"}, {"corridor", "exit-dock"}, {"corridor", "lobby"}}

// exampleDevice is a device with its zone.
type exampleDevice struct {
	sensors.NewThing[sensors.DeviceFields]
	zone string
}

// exampleDevices returns a reader in every room, a portal at every exit, an
// instrument in every gallery and store, three gates and a weather mast.
func exampleDevices() []exampleDevice {
	var out []exampleDevice
	add := func(id string, z exampleZone, kind sensors.DeviceKind, zh, en string, channels []sensors.Channel) {
		x, y := (z.box[0]+z.box[2])/2, (z.box[1]+z.box[3])/2
		f := sensors.DeviceFields{Kind: kind, Name: heritage.Text{ZH: zh, EN: en}, ZoneID: ZoneID(z.key), Channels: channels, SilentAfterS: 90, Model: "模拟设备", Simulated: true}
		if z.floor != "" {
			if kind == sensors.Instrument {
				x, y = x+4, y+4
			}
			f.PlanX, f.PlanY = &x, &y
		}
		out = append(out, exampleDevice{sensors.NewThing[sensors.DeviceFields]{ID: id, Org: z.org, Fields: f}, z.key})
	}
	for _, z := range exampleZones {
		key := strings.ToLower(z.key)
		switch z.kind {
		case sensors.Exit:
			add("demo-portal-"+strings.TrimPrefix(key, "exit-"), z, sensors.Portal, z.zh+"通道门", "Portal, "+z.en, nil)
		case sensors.Ground:
			for _, g := range [][3]string{{"demo-gate-south-1", "南大门1号闸机", "South gate, lane 1"}, {"demo-gate-south-2", "南大门2号闸机", "South gate, lane 2"}, {"demo-gate-north-1", "北门闸机", "North gate"}} {
				add(g[0], z, sensors.Gate, g[1], g[2], nil)
			}
			add("demo-mast-park", z, sensors.Instrument, "示范气象杆", "Weather mast (model)", []sensors.Channel{
				{Name: "temperature", Quantity: "temperature", Unit: "Cel", Min: -40, Max: 60}, {Name: "rh", Quantity: "relative-humidity", Unit: "%", Min: 0, Max: 100},
				{Name: "wind", Quantity: "wind-speed", Unit: "m/s", Min: 0, Max: 60}, {Name: "pm25", Quantity: "pm25", Unit: "ug/m3", Min: 0, Max: 1000}})
		default:
			add("demo-reader-"+key, z, sensors.Reader, z.zh+"读写器", "Reader, "+z.en, nil)
		}
		if z.kind == sensors.Gallery || z.kind == sensors.Store {
			add("demo-env-"+key, z, sensors.Instrument, z.zh+"环境监测仪", "Instrument, "+z.en, []sensors.Channel{
				{Name: "temperature", Quantity: "temperature", Unit: "Cel", Min: -20, Max: 60}, {Name: "rh", Quantity: "relative-humidity", Unit: "%", Min: 0, Max: 100}})
		}
	}
	return out
}

// ExampleDevices returns the devices.
func ExampleDevices() []sensors.NewThing[sensors.DeviceFields] {
	var out []sensors.NewThing[sensors.DeviceFields]
	for _, d := range exampleDevices() {
		out = append(out, d.NewThing)
	}
	return out
}

// ExampleTag is a chip with what it hangs on.
type ExampleTag struct {
	sensors.NewThing[sensors.TagFields]
	Bind sensors.NewBinding
	zone string
}

// tagged reports which of the example relics bear a chip: some in every room.
func tagged(i int) bool { return i%3 == 0 || i%7 == 0 }

// ExampleTags returns the chips: on the relics on show at base or showcase, in
// the stores on the box.
func ExampleTags() ([]ExampleTag, error) {
	items, err := ExampleItems()
	if err != nil {
		return nil, err
	}
	zoneOf := map[heritage.PlaceID]string{}
	for _, p := range ExamplePlaces() {
		zoneOf[heritage.PlaceID(p.ID)] = strings.SplitN(p.Fields.Code, "-", 2)[0]
	}
	var out []ExampleTag
	for i := 0; i < exampleItems; i++ {
		it := items[i]
		if !tagged(i) || it.Ledger != heritage.Held {
			continue
		}
		zone := zoneOf[it.Fields.PlaceID]
		b := sensors.NewBinding{RelicID: heritage.RelicID(it.ID), Carrier: sensors.OnBox, Method: "囊匣内袋", Reversible: true, ApprovedBy: "示范角色·保管部主任"}
		if strings.HasPrefix(zone, "G") {
			b.Carrier, b.Method = sensors.OnBase, "底座背面卡扣"
			if i%12 == 0 {
				b.Carrier, b.Method = sensors.OnBody, "棉线悬挂"
			}
		}
		f := sensors.TagFields{Kind: sensors.PassiveUHF, Label: fmt.Sprintf("演示标签 %03d", i+1), SilentAfterS: 300, Simulated: true}
		out = append(out, ExampleTag{sensors.NewThing[sensors.TagFields]{ID: string(TagIDOf(i + 1)), Org: MuseumOrg, Fields: f}, b, zone})
	}
	return out, nil
}
