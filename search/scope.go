package search

import (
	"slices"

	"yijianyou/internal/actor"
)

// Audience tells the two indexes apart.
type Audience uint8

const (
	NoAudience Audience = iota // of the zero Scope, which finds nothing
	Public                     // the public index: what everybody may see
	Staff                      // the staff index
)

// String returns "public" or "staff", also the name of the index directory.
func (a Audience) String() string {
	switch a {
	case Public:
		return "public"
	case Staff:
		return "staff"
	}
	return "none"
}

// Scope is who asks, as far as search must know. It is made by PublicScope and
// StaffScope only; the zero Scope finds nothing and is refused by an index.
type Scope struct {
	audience Audience
	grants   []grant
	location reach
}

// grant says that kinds of records are visible in the reach.
type grant struct {
	kinds []Kind
	reach
}

// reach is a set of organisations.
type reach struct {
	all  bool
	orgs []actor.OrgID
}

func (r reach) empty() bool { return !r.all && len(r.orgs) == 0 }

// readers joins the actions that open records to the kinds that they open.
var readers = []struct {
	action actor.Action
	kinds  []Kind
}{
	{actor.RecordRead, []Kind{Relic, Site, Museum, Place, Exhibition}},
	{actor.AreaRead, []Kind{Area, Spot, Story}},
}

// PublicScope is the scope of everybody; it opens the public index.
func PublicScope() Scope { return Scope{audience: Public} }

// StaffScope opens the staff index as far as by may read it: relics, sites,
// museums, places and exhibitions by actor.RecordRead, areas, spots and stories
// by actor.AreaRead, each in the organisations of his grants. Naming actions
// narrows it to those; with none named it is both. An actor without such a
// grant gets a scope that finds nothing.
func StaffScope(by actor.Actor, actions ...actor.Action) Scope {
	s := Scope{audience: Staff}
	for _, r := range readers {
		if len(actions) > 0 && !slices.Contains(actions, r.action) {
			continue
		}
		if g := (grant{kinds: r.kinds, reach: reachOf(by, r.action)}); !g.empty() {
			s.grants = append(s.grants, g)
		}
	}
	s.location = reachOf(by, actor.LocationRead)
	return s
}

func reachOf(by actor.Actor, action actor.Action) reach {
	orgs, all := by.Orgs(action)
	slices.Sort(orgs)
	return reach{all: all, orgs: orgs}
}

// Audience returns the index that the scope opens.
func (s Scope) Audience() Audience { return s.audience }

// Opens calls fn for each set of kinds that is visible in a staff scope, with
// the organisations; all means every organisation and orgs is then nil. Nothing
// is visible when fn is never called. It is not called for a public scope, which
// has no limit inside its index.
func (s Scope) Opens(fn func(kinds []Kind, orgs []actor.OrgID, all bool)) {
	for _, g := range s.grants {
		fn(g.kinds, g.orgs, g.all)
	}
}

// Guarded returns the organisations whose guarded texts may be searched; all
// means every one. It is none for a public scope.
func (s Scope) Guarded() (orgs []actor.OrgID, all bool) { return s.location.orgs, s.location.all }
