package main

import (
	"math"
	"slices"

	"yijianyou/sensors/locate/building"
)

// day is a Day with answers to questions about its truth.
type day struct{ *building.Day }

// at returns the true zone at a moment.
func (d *day) at(at int64) int {
	i, ok := slices.BinarySearchFunc(d.Stays, at, func(s building.Stay, at int64) int { return int(s.From - at) })
	if !ok {
		i--
	}
	return d.Stays[max(i, 0)].Zone
}

// near reports whether the tag was in the zone within so long of a moment.
func (d *day) near(at int64, zone int, ms int64) bool {
	return slices.ContainsFunc(d.Stays, func(s building.Stay) bool { return s.Zone == zone && at >= s.From-ms && at < s.Until+ms })
}

// was reports whether the tag is in the zone, was a little while ago, or comes there
// in a moment: its readers hear it through the door.
func (d *day) was(at int64, zone int) bool {
	return slices.ContainsFunc(d.Stays, func(s building.Stay) bool { return s.Zone == zone && at >= s.From-nearMS && at < s.Until+lateMS })
}

// hidden reports whether no reader can see the tag, or could not so long ago.
func (d *day) hidden(at, ms int64) bool {
	return slices.ContainsFunc(d.Hidden, func(s building.Span) bool { return at >= s.From && at < s.Until+ms })
}

// right reports whether a zone is where the tag is.
func (d *day) right(b *building.Building, at int64, zone int) bool {
	truth := d.at(at)
	if truth == building.Outside {
		return zone >= 0 && b.Zones[zone].Kind == building.Exit
	}
	return truth == zone
}

// doubled reports whether a copy of the tag is about, or was a little while ago: no
// rule can then be right or wrong.
func (d *day) doubled(at int64) bool {
	return at >= d.Cloned.From && at < d.Cloned.Until+lateMS && d.Cloned.Until > 0
}

// apartM is how far the readers of two rooms must lie from each other for a copy in
// one of them to be told from a tag in the other: what both may be nearer than their
// readers (twice 8 m if they are heard well) and what is walked between two reads.
const apartM = 16 + 6

// apart reports whether a copy of the tag was heard that far from the tag, so that it
// could be told at all. One in the same room or the next cannot.
func (d *day) apart(b *building.Building) bool {
	type pair struct{ tag, copied int }
	seen := make(map[pair]bool)
	last := -1
	for _, r := range d.Reads {
		switch {
		case r.At < d.Cloned.From || r.At >= d.Cloned.Until:
		case !r.Copy:
			last = r.Reader
		case last >= 0:
			seen[pair{last, r.Reader}] = true
		}
	}
	for p := range seen {
		tag, copied := b.Readers[p.tag], b.Readers[p.copied]
		if math.Hypot(tag.X-copied.X, tag.Y-copied.Y) > apartM {
			return true
		}
	}
	return false
}
