package tourism

import "math"

// metres is the great-circle distance of two positions on a sphere with the
// mean radius of the earth.
func metres(a, b Position) float64 {
	const radius = 6371008.8
	rad := math.Pi / 180
	sinLat := math.Sin((b.Lat - a.Lat) * rad / 2)
	sinLon := math.Sin((b.Lon - a.Lon) * rad / 2)
	h := sinLat*sinLat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*sinLon*sinLon
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
