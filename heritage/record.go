package heritage

import "yijianyou/internal/store"

// Identifiers of the records: UUIDv7 in text form.
type (
	RelicID      string
	SiteID       string
	MuseumID     string
	PlaceID      string
	ExhibitionID string
)

// Kind names a type of record. The values are those of search.Kind.
type Kind string

const (
	KindRelic      Kind = "relic"
	KindSite       Kind = "site"
	KindMuseum     Kind = "museum"
	KindPlace      Kind = "place"
	KindExhibition Kind = "exhibition"
)

// Content is what the five types of record say.
type Content interface {
	RelicFields | SiteFields | MuseumFields | PlaceFields | ExhibitionFields
}

// Record is a stored record of the catalogue.
type Record[F Content] struct {
	store.Meta `bson:",inline"`
	Lives      `bson:",inline"`

	// Fields is the newest content, a draft unless Review.State is Reviewed.
	Fields F `bson:"fields"`
	// Shown is the content that tourists see: Fields as they were when the record
	// was last published. Nil unless Publication.State is Published.
	Shown *F `bson:"shown,omitempty"`
}

// The records of the catalogue.
type (
	Relic      = Record[RelicFields]
	Site       = Record[SiteFields]
	Museum     = Record[MuseumFields]
	Place      = Record[PlaceFields]
	Exhibition = Record[ExhibitionFields]
)

// Differs reports whether d is published and its newest content differs from
// what tourists see; where the thing stands and internal notes do not count.
func (d *Record[F]) Differs() bool {
	if d.Shown == nil {
		return false
	}
	is, err := words(d.Fields)
	if err != nil {
		return true
	}
	was, err := words(*d.Shown)
	return err != nil || was != is
}
