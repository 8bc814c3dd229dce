package saved

import (
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Search is a search that somebody keeps. Its Org is where it belongs.
type Search struct {
	store.Meta `bson:",inline"`
	Owner      string `bson:"owner"`     // account id
	OwnerName  string `bson:"ownerName"` // as it was when he last saved it
	Fields     Fields `bson:"fields"`
}

// Fields is what its owner says of it.
type Fields struct {
	Name   string `bson:"name" json:"name" doc:"1 to 60 characters; of one's own in an organisation no two are called the same"`
	Query  string `bson:"query" json:"query" doc:"what GET /api/v1/search is asked: q, kind, period, near, box, within, placed, sort and facet.NAME, percent-encoded; at most 2,048 bytes"`
	Shared bool   `bson:"shared" json:"shared" doc:"seen by all who may read in the organisation"`
}

// searches has an index of each person's own, which also keeps names apart, and
// one of what is shared in an organisation.
var searches = store.Define[Search](store.Spec{Name: "savedsearches", Schema: 1, Indexes: []store.Index{
	{Name: "byOwner", Parts: []store.Part{{Path: "owner"}, {Path: "org"}, {Path: "fields.name"}}, Unique: true},
	{Name: "byShared", Parts: []store.Part{{Path: "org"}, {Path: "fields.shared", Kind: store.Bool}, {Path: "fields.name"}}},
}})

// Collections are the collections of the package.
func Collections() []store.Declared { return []store.Declared{searches} }

// Mine reports whether by saved it.
func (s *Search) Mine(by actor.Actor) bool { return by.ID != "" && s.Owner == by.ID }
