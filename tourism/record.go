package tourism

import (
	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// Identifiers of the records: UUIDv7 in text form.
type (
	AreaID  string
	SpotID  string
	PathID  string
	StoryID string
)

// Kind names a type of record.
type Kind string

const (
	KindArea  Kind = "area"
	KindSpot  Kind = "spot"
	KindPath  Kind = "path"
	KindStory Kind = "story"
)

// Content is what the four types of record say.
type Content interface {
	AreaFields | SpotFields | PathFields | StoryFields
}

// Record is a stored record of the visitor side.
type Record[F Content] struct {
	store.Meta `bson:",inline"`

	// Publication is whether tourists see it: hidden, published, withdrawn.
	Publication heritage.Publication `bson:"publication"`
	// Author is who last changed what the record says.
	Author heritage.Person `bson:"author"`

	// Fields is the newest content.
	Fields F `bson:"fields"`
	// Shown is the content that tourists see: Fields as they were when the record
	// was last published. Nil unless Publication.State is Published.
	Shown *F `bson:"shown,omitempty"`
}

// The records of the visitor side.
type (
	Area  = Record[AreaFields]
	Spot  = Record[SpotFields]
	Path  = Record[PathFields]
	Story = Record[StoryFields]
)

// The collections. Indexes that begin with "shown" hold what has been published
// and nothing else.
var (
	areaDocs = store.Define[Area](store.Spec{Name: "areas", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byName", Parts: []store.Part{{Path: "org"}, {Path: "fields.sortKey"}}},
		{Name: "ofMuseum", Parts: []store.Part{{Path: "fields.museumId"}}},
		{Name: "shownByMuseum", Parts: []store.Part{{Path: "shown.museumId"}}},
		{Name: "shownByName", Parts: []store.Part{{Path: "shown.sortKey"}}},
		{Name: "shownByCity", Parts: []store.Part{{Path: "shown.division.city.zh"}, {Path: "shown.sortKey"}}},
		{Name: "shownByGrade", Parts: []store.Part{{Path: "shown.grade"}, {Path: "shown.sortKey"}}},
	}, common...)})

	spotDocs = store.Define[Spot](store.Spec{Name: "spots", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byName", Parts: []store.Part{{Path: "org"}, {Path: "fields.sortKey"}}},
		{Name: "byArea", Parts: []store.Part{{Path: "org"}, {Path: "fields.areaId"}, {Path: "fields.order", Kind: store.Int}}},
		{Name: "ofArea", Parts: []store.Part{{Path: "fields.areaId"}}},
		{Name: "shownByName", Parts: []store.Part{{Path: "shown.sortKey"}}},
		{Name: "shownByArea", Parts: []store.Part{{Path: "shown.areaId"}, {Path: "shown.order", Kind: store.Int}}},
	}, common...)})

	pathDocs = store.Define[Path](store.Spec{Name: "paths", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byArea", Parts: []store.Part{{Path: "org"}, {Path: "fields.areaId"}}},
		{Name: "ofArea", Parts: []store.Part{{Path: "fields.areaId"}}},
		{Name: "ofSpot", Parts: []store.Part{{Path: "fields.ends", Array: true}}},
		{Name: "shownByArea", Parts: []store.Part{{Path: "shown.areaId"}}},
	}, common...)})

	storyDocs = store.Define[Story](store.Spec{Name: "stories", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byName", Parts: []store.Part{{Path: "org"}, {Path: "fields.sortKey"}}},
		{Name: "bySubject", Parts: []store.Part{{Path: "org"}, {Path: "fields.subject.id"}, {Path: "fields.order", Kind: store.Int}}},
		{Name: "ofSubject", Parts: []store.Part{{Path: "fields.subject.id"}}},
		{Name: "shownByName", Parts: []store.Part{{Path: "shown.sortKey"}}},
		{Name: "shownBySubject", Parts: []store.Part{{Path: "shown.subject.id"}, {Path: "shown.order", Kind: store.Int}}},
	}, common...)})
)

// common are the indexes that every type of record has.
var common = []store.Index{
	{Name: "byUpdated", Parts: []store.Part{{Path: "org"}, {Path: "updatedAt", Kind: store.Time}}},
	{Name: "byPublication", Parts: []store.Part{{Path: "org"}, {Path: "publication.state"}, {Path: "updatedAt", Kind: store.Time}}},
	{Name: "ofAsset", Parts: []store.Part{{Path: "fields.assetIds", Array: true}}},
	{Name: "shownByAsset", Parts: []store.Part{{Path: "shown.assetIds", Array: true}}},
}

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared {
	return []store.Declared{areaDocs, spotDocs, pathDocs, storyDocs, queueDocs}
}
