package heritage

import "yijianyou/heritage/vocab"

// PlaceFields is what is known of a place in a museum: a tree of buildings,
// rooms, cases and shelves. A store room is confidential by its nature and can
// never be published.
type PlaceFields struct {
	Name     Text       `bson:"name" json:"name"`                                                          // Chinese required
	Code     string     `bson:"code,omitempty" json:"code,omitempty" validate:"max=60"`                    // short code on labels; unique in the museum
	Kind     vocab.Code `bson:"kind,omitempty" json:"kind,omitempty" validate:"omitempty,term=place-kind"` // list place-kind: building floor gallery store room case shelf …
	MuseumID MuseumID   `bson:"museumId" json:"museumId" validate:"required,uuid"`                         // required
	ParentID PlaceID    `bson:"parentId,omitempty" json:"parentId,omitempty" validate:"omitempty,uuid"`    // "" at the top of the museum
	Store    bool       `bson:"store,omitempty" json:"store,omitempty"`                                    // confidential: a store or a way to it; so is all below it

	Location    *GeoPoint  `bson:"location,omitempty" json:"location,omitempty"`
	Images      []ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"`
	Description Text       `bson:"description" json:"description" required:"false"`

	InternalNotes string `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"`
	Simulated     bool   `bson:"simulated,omitempty" json:"simulated,omitempty"`
	Unverified    bool   `bson:"unverified,omitempty" json:"unverified,omitempty"`

	SortKey  string   `bson:"sortKey" json:"-"`
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"`
}
