package iiif

// DiscoveryContext is the JSON-LD context of the feed of changes.
const DiscoveryContext = "http://iiif.io/api/discovery/1/context.json"

// OrderedCollection is a feed of changes (Change Discovery 1.0).
type OrderedCollection struct {
	Context    string `json:"@context"`
	ID         string `json:"id"`
	Type       string `json:"type"`
	TotalItems int64  `json:"totalItems"`
	First      Ref    `json:"first"`
	Last       Ref    `json:"last"`
}

// OrderedCollectionPage is a part of a feed, the earliest change first.
type OrderedCollectionPage struct {
	Context      string     `json:"@context"`
	ID           string     `json:"id"`
	Type         string     `json:"type"`
	StartIndex   int64      `json:"startIndex"`
	PartOf       Ref        `json:"partOf"`
	Prev         *Ref       `json:"prev,omitempty"`
	Next         *Ref       `json:"next,omitempty"`
	OrderedItems []Activity `json:"orderedItems"`
}

// Activity is one change of one resource.
type Activity struct {
	Type    string `json:"type"` // Create, Update or Delete
	Object  Ref    `json:"object"`
	EndTime string `json:"endTime"` // XSD dateTime in UTC
}
