package heritage

import "math"

// Datum is the coordinate system in which somebody hands over a coordinate.
// Inside, every coordinate is WGS-84 (CGCS2000 is the same within centimetres).
type Datum string

const (
	WGS84    Datum = "WGS84"
	CGCS2000 Datum = "CGCS2000" // the national system; taken as WGS-84
	GCJ02    Datum = "GCJ02"    // shifted, as on most Chinese web maps
	BD09     Datum = "BD09"     // GCJ-02 shifted once more, Baidu
)

// GeoPoint is a place on earth in WGS-84 degrees.
type GeoPoint struct {
	Lon          float64 `bson:"lon" json:"lon" validate:"min=-180,max=180"`               // -180 to 180, east positive
	Lat          float64 `bson:"lat" json:"lat" validate:"min=-90,max=90"`                 // -90 to 90, north positive
	PrecisionM   float64 `bson:"precisionM" json:"precisionM" validate:"gt=0,max=1000000"` // radius in metres that surely holds the true place; > 0
	Confidential bool    `bson:"confidential,omitempty" json:"confidential,omitempty"`     // never public, whatever the record's state
	Unverified   bool    `bson:"unverified,omitempty" json:"unverified,omitempty"`         // 待核

	// Datum is read at the edge only: normalising converts to WGS-84 and empties
	// it. It is never stored. Empty means WGS84.
	Datum Datum `bson:"-" json:"datum,omitempty" validate:"omitempty,oneof=WGS84 CGCS2000 GCJ02 BD09"`
}

// toWGS84 converts p from the datum that it names, if that is a known one.
func (p *GeoPoint) toWGS84() {
	switch p.Datum {
	case GCJ02:
		p.Lon, p.Lat = gcjToWGS(p.Lon, p.Lat)
	case BD09:
		p.Lon, p.Lat = gcjToWGS(bdToGCJ(p.Lon, p.Lat))
		p.PrecisionM = math.Max(p.PrecisionM, 5) // the simple inverse leaves metres
	case "", WGS84, CGCS2000:
	default:
		return
	}
	p.Datum = ""
	p.Lon, p.Lat = round8(p.Lon), round8(p.Lat)
}

func round8(v float64) float64 { return math.Round(v*1e8) / 1e8 }

// fuzzed returns p moved to the middle of a grid cell of about 0.1 degree, so
// that a reader learns the district and not the place.
func (p GeoPoint) fuzzed() GeoPoint {
	const cell = 0.1
	p.Lon = round8((math.Floor(p.Lon/cell) + 0.5) * cell)
	p.Lat = round8((math.Floor(p.Lat/cell) + 0.5) * cell)
	p.PrecisionM = math.Max(p.PrecisionM, 10000)
	return p
}

// The constants of GCJ-02: the Krasovsky 1940 ellipsoid.
const (
	gcjAxis = 6378245.0
	gcjEcc2 = 0.00669342162296594323
)

// outsideChina is the coarse box outside of which GCJ-02 equals WGS-84.
func outsideChina(lon, lat float64) bool {
	return lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271
}

// wgsToGCJ shifts a WGS-84 coordinate the way Chinese web maps do.
func wgsToGCJ(lon, lat float64) (float64, float64) {
	if outsideChina(lon, lat) {
		return lon, lat
	}
	x, y := lon-105, lat-35
	wave := 20*math.Sin(6*math.Pi*x) + 20*math.Sin(2*math.Pi*x)
	dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) +
		(wave+20*math.Sin(math.Pi*y)+40*math.Sin(math.Pi*y/3)+160*math.Sin(math.Pi*y/12)+320*math.Sin(math.Pi*y/30))*2/3
	dLon := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) +
		(wave+20*math.Sin(math.Pi*x)+40*math.Sin(math.Pi*x/3)+150*math.Sin(math.Pi*x/12)+300*math.Sin(math.Pi*x/30))*2/3
	rad := lat * math.Pi / 180
	m := 1 - gcjEcc2*math.Sin(rad)*math.Sin(rad)
	dLat = dLat * 180 / (gcjAxis * (1 - gcjEcc2) / (m * math.Sqrt(m)) * math.Pi)
	dLon = dLon * 180 / (gcjAxis / math.Sqrt(m) * math.Cos(rad) * math.Pi)
	return lon + dLon, lat + dLat
}

// gcjToWGS inverts wgsToGCJ by iteration to about 1e-9 degree.
func gcjToWGS(lon, lat float64) (float64, float64) {
	wLon, wLat := lon, lat
	for range 30 {
		gLon, gLat := wgsToGCJ(wLon, wLat)
		dLon, dLat := gLon-lon, gLat-lat
		wLon, wLat = wLon-dLon, wLat-dLat
		if math.Abs(dLon) < 1e-9 && math.Abs(dLat) < 1e-9 {
			break
		}
	}
	return wLon, wLat
}

// bdToGCJ removes Baidu's second shift; it is right to about a metre.
func bdToGCJ(lon, lat float64) (float64, float64) {
	const k = math.Pi * 3000 / 180
	x, y := lon-0.0065, lat-0.006
	z := math.Sqrt(x*x+y*y) - 2e-5*math.Sin(y*k)
	t := math.Atan2(y, x) - 3e-6*math.Cos(x*k)
	return z * math.Cos(t), z * math.Sin(t)
}
