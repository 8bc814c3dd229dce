package alarm

import "slices"

// MaxMembers is how many members a Group names; more are counted in none, and the group stays
// up while any of those that it names is in it.
const MaxMembers = 100

// Member is a sensor that finds what a group is about.
type Member struct {
	Name  string  `bson:"name" json:"name"`   // of the sensor
	Since int64   `bson:"since" json:"since"` // when it began to be out there, in milliseconds
	Value float64 `bson:"value" json:"value"` // newest that it told
}

// Group is what several sensors of one room find under one rule: one alarm. The zero value
// has no member.
type Group []Member

// Join takes a sensor in, or notes its newer value, and reports whether it is the first: then
// the alarm begins.
func (g *Group) Join(m Member) (first bool) {
	if i := g.index(m.Name); i >= 0 {
		(*g)[i].Value, (*g)[i].Since = m.Value, min((*g)[i].Since, m.Since)
		return false
	}
	if len(*g) < MaxMembers {
		*g = append(*g, m)
	}
	return len(*g) == 1
}

// Leave lets a sensor out and reports whether it was the last: then the alarm ends.
func (g *Group) Leave(name string) (last bool) {
	i := g.index(name)
	if i < 0 {
		return false
	}
	*g = slices.Delete(*g, i, i+1)
	return len(*g) == 0
}

// Has reports whether a sensor is in it.
func (g Group) Has(name string) bool { return g.index(name) >= 0 }

func (g *Group) index(name string) int {
	return slices.IndexFunc(*g, func(m Member) bool { return m.Name == name })
}
