package media

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Text is a text in two languages; either may be empty. A text that is the same in
// both belongs to no language, such as a measure.
type Text struct {
	ZH string `bson:"zh" json:"zh"`
	EN string `bson:"en" json:"en"`
}

// Pair is a labelled value, such as 年代 / Period: 春秋中期.
type Pair struct{ Label, Value Text }

// Picture is an asset as a record shows it.
type Picture struct {
	Asset   AssetID
	Caption Text   // label of the canvas; may be empty
	Notes   []Text // what must be said of this picture, such as 示意图，非文物照片
}

// Agent is the museum that provides what a record tells (Presentation 3.0 §3.1,
// provider).
type Agent struct {
	ID      string // of the published museum
	Name    Text
	Website string // its own, "" none
}

// Range is a part of what a record shows, such as a section of an exhibition
// (Presentation 3.0 §5.4). Pictures come before the parts inside it.
type Range struct {
	Label    Text
	Pictures []AssetID // that are among those of the manifest
	Parts    []Range
}

// Manifest is what a record says about itself in a IIIF manifest: facts only.
// mediahttp makes the IIIF document and its absolute addresses of it, adds credit
// and rights from the terms of the pictures, and leaves out every picture that the
// reader may not see.
type Manifest struct {
	ID         string    // of the record
	Label      Text      // the title; required
	Summary    Text      // a paragraph; may be empty
	Metadata   []Pair    // in the order of display
	Notes      []Text    // what must be said of the whole, such as 模拟数据
	Page       string    // path of the record's page in the guide, such as "/relics/0197…"; "" is none
	Data       string    // path of the record in the JSON API; "" is none
	Provider   *Agent    // nil when no published museum keeps it
	NavYear    *int      // where it stands in time, for navigation only; -670 is 670 BCE; nil unknown
	Pictures   []Picture // in order
	Structures []Range   // nil is none
}

// ManifestSource is implemented by a domain for one kind of record ("relics",
// "sites", "exhibitions", "stories").
type ManifestSource interface {
	// Manifest returns what by may know of the record with id: for actor.Nobody()
	// the published view. A record that by may not know of is a fault of kind
	// NotFound.
	Manifest(ctx context.Context, r store.Reader, by actor.Actor, id string) (*Manifest, error)

	// Published returns a page of the records that the public sees, by name, as
	// Manifest tells of them: of one museum, or of all when museum is "". A kind
	// that belongs to no museum has none of one. The page may be shorter than limit
	// although more follow.
	//
	// Errors: store.ErrCursor.
	Published(ctx context.Context, r store.Reader, museum string, limit int, after store.Cursor) (store.Page[Manifest], error)

	// Touched returns the ids of the records of this kind of which the public may
	// see something else after the change, each once; more than those do no harm. It
	// is asked for changes of every collection.
	Touched(ctx context.Context, r store.Reader, ch store.Change) ([]string, error)
}

// Shelf is a kind of record with manifests, as addresses and collections name it.
type Shelf struct {
	Kind   string // as it stands in addresses: "relics"
	Label  Text
	Source ManifestSource
}

// AssetsCollection is the collection of assets, by which Touched knows a change of
// a picture.
func AssetsCollection() string { return assets.Name() }
