package index

import (
	"math"

	"yijianyou/search"
)

// placed reports whether a query asks where things lie.
func placed(q search.Query) bool { return q.Near != nil || q.Box != nil || q.Within != nil }

// lies reports whether p lies where q asks, and how far from the centre of its
// circle in metres.
func lies(q search.Query, p search.Point) (distance float64, ok bool) {
	if n := q.Near; n != nil {
		if distance = Distance(p, n.Point); distance > n.KM*1000 {
			return 0, false
		}
	}
	return distance, (q.Box == nil || q.Box.Has(p)) && (q.Within == nil || inside(q.Within, p))
}

// inside reports whether p lies in the polygon of the corners, seen on the plane
// of degrees. What lies on an edge may count or not.
func inside(corners []search.Point, p search.Point) bool {
	in := false
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < (b.Lon-a.Lon)*(p.Lat-a.Lat)/(b.Lat-a.Lat)+a.Lon {
			in = !in
		}
	}
	return in
}

// bounds returns the least box that holds a polygon.
func bounds(corners []search.Point) search.Box {
	b := search.Box{South: 90, West: 180, North: -90, East: -180}
	for _, p := range corners {
		b = search.Box{South: math.Min(b.South, p.Lat), West: math.Min(b.West, p.Lon), North: math.Max(b.North, p.Lat), East: math.Max(b.East, p.Lon)}
	}
	return b
}
