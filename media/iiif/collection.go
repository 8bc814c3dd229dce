package iiif

// Collection is a list of manifests and other collections (Presentation 3.0 §5.1).
type Collection struct {
	Context string  `json:"@context"`
	ID      string  `json:"id"`
	Type    string  `json:"type"`
	Label   LangMap `json:"label"`
	About
	Items []Ref `json:"items"`
}

// NewCollection returns an empty collection at the address id.
func NewCollection(id string, label LangMap) *Collection {
	return &Collection{Context: PresentationContext, ID: id, Type: "Collection", Label: label, Items: []Ref{}}
}
