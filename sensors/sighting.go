package sensors

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"yijianyou/internal/store/series"
	"yijianyou/sensors/locate"
)

// sightingSeries holds the sightings of each tag under its TagID. A point keeps
// the zone, its dwell and whether it is an exit as they were when the sighting
// came, so that a tag's way follows from its points alone, also after a reader
// was moved or a zone changed.
var sightingSeries = series.Define("sightings")

// farFuture is after every sighting.
var farFuture = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

// sighted is a stored Sighting. The order of sightings is that of (at, key),
// which is (At, Device, Seq).
type sighted struct {
	at      time.Time
	key     string
	battery int // percent; -1 unknown
	seen    locate.Sighting
}

// device returns who saw it.
func (s sighted) device() DeviceID {
	device, _, _ := strings.Cut(s.key, " ")
	return DeviceID(device)
}

// after reports whether s comes after the sighting (at, key).
func (s sighted) after(at time.Time, key string) bool {
	return s.at.After(at) || s.at.Equal(at) && s.key > key
}

// Form of the data of a point: version, flags, dwell in seconds, zone, antenna,
// battery in percent, strength (a float32 without the zeros at its end). What
// changes most comes last, because a series stores what two points begin with once.
const (
	sightingForm = 2
	exitFlag     = 1
	noBattery    = 255
)

// pointOf returns the point of a sighting in the zone z, nil when that is not
// known any more.
func pointOf(s Sighting, z *Zone) series.Point {
	var flags byte
	dwell := 0
	if z != nil {
		dwell = z.Fields.DwellS
		if z.Fields.Kind == Exit {
			flags = exitFlag
		}
	}
	battery := byte(noBattery)
	if s.BatteryPercent >= 0 && s.BatteryPercent <= 100 {
		battery = byte(s.BatteryPercent)
	}
	data := make([]byte, 0, 16+len(s.Zone))
	data = append(data, sightingForm, flags)
	data = binary.BigEndian.AppendUint16(data, uint16(min(max(dwell, 0), maxDwellS)))
	data = binary.AppendUvarint(data, uint64(len(s.Zone)))
	data = append(data, s.Zone...)
	data = binary.AppendUvarint(data, uint64(max(s.Antenna, 0)))
	data = append(data, battery)
	for bits := math.Float32bits(float32(s.RSSI)); bits != 0; bits <<= 8 {
		data = append(data, byte(bits>>24))
	}
	return series.Point{At: s.At, Key: sightingKey(s.Device, s.Seq), Data: data}
}

// sightingKey tells sightings of one moment apart. A blank is less than all that
// an id may hold, so keys sort as (Device, Seq).
func sightingKey(device DeviceID, seq int64) string {
	var digits [8]byte
	b := make([]byte, 0, 1+2*len(digits)+len(device))
	b = append(append(b, device...), ' ')
	binary.BigEndian.PutUint64(digits[:], uint64(seq)+1)
	return string(hex.AppendEncode(b, digits[:]))
}

var errSightingForm = errors.New("sensors: a stored sighting of an unknown form")

// sightedOf reads a point.
func sightedOf(p series.Point) (sighted, error) {
	d := p.Data
	if len(d) < 5 || d[0] != sightingForm {
		return sighted{}, errSightingForm
	}
	exit, dwell := d[1]&exitFlag != 0, time.Duration(binary.BigEndian.Uint16(d[2:]))*time.Second
	size, n := binary.Uvarint(d[4:])
	if n <= 0 || size > uint64(len(d)-4-n) {
		return sighted{}, errSightingForm
	}
	zone, d := d[4+n:4+n+int(size)], d[4+n+int(size):]
	_, n = binary.Uvarint(d) // the antenna decides nothing
	if n <= 0 || len(d) < n+1 || len(d) > n+1+4 {
		return sighted{}, errSightingForm
	}
	s := sighted{at: p.At, key: p.Key, battery: int(d[n])}
	if d[n] == noBattery {
		s.battery = -1
	}
	var bits [4]byte
	copy(bits[:], d[n+1:])
	s.seen = locate.Sighting{At: p.At, Zone: string(zone), Exit: exit, Dwell: dwell, RSSI: float64(math.Float32frombits(binary.BigEndian.Uint32(bits[:])))}
	return s, nil
}

// sightedAll reads points.
func sightedAll(points []series.Point) ([]sighted, error) {
	out := make([]sighted, len(points))
	for i, p := range points {
		var err error
		if out[i], err = sightedOf(p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// count says "3 次" or "3 times".
func count(n int) (zh, en string) {
	switch n {
	case 1:
		return "1 次", "once"
	case 2:
		return "2 次", "twice"
	}
	return strconv.Itoa(n) + " 次", strconv.Itoa(n) + " times"
}
