package media

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Text is a text in two languages; either may be empty.
type Text struct {
	ZH string `bson:"zh" json:"zh"`
	EN string `bson:"en" json:"en"`
}

// Pair is a labelled value, such as 年代 / Period: 春秋中期.
type Pair struct{ Label, Value Text }

// Picture is an asset as a record shows it.
type Picture struct {
	Asset   AssetID
	Caption Text // label of the canvas; may be empty
}

// Manifest is what a record says about itself in a IIIF manifest: facts only.
// mediahttp makes the IIIF document and its absolute addresses of it, and
// leaves out every picture that the reader may not see.
type Manifest struct {
	Label     Text      // the title; required
	Summary   Text      // a paragraph; may be empty
	Metadata  []Pair    // in the order of display
	Statement *Pair     // must be shown (attribution, 示意图，非文物照片); nil is none
	RightsURI string    // a Creative Commons or RightsStatements.org URI, "" when neither is true
	Page      string    // path of the record's page in the guide, such as "/relics/0197…"; "" is none
	Pictures  []Picture // in order
	Rev       int64     // of the record, for the ETag
	UpdatedAt time.Time // of the record
}

// ManifestSource is implemented by a domain for one kind of record ("relics",
// "sites", "exhibitions", "stories").
//
// Manifest returns what by may know of the record with id: for actor.Nobody()
// the published view. A record that by may not know of is a fault of kind
// NotFound.
type ManifestSource interface {
	Manifest(ctx context.Context, r store.Reader, by actor.Actor, id string) (*Manifest, error)
}
