package iiif

import "strings"

// PresentationContext is the JSON-LD context of manifests.
const PresentationContext = "http://iiif.io/api/presentation/3/context.json"

// LangMap is a text in languages: BCP 47 tag, or "none", to paragraphs
// (Presentation 3.0 §4.1).
type LangMap map[string][]string

// Words makes a LangMap of a Chinese and an English text, leaving out empty
// ones; nil when both are.
func Words(zh, en string) LangMap {
	m := LangMap{}
	if zh != "" {
		m["zh-Hans"] = []string{zh}
	}
	if en != "" {
		m["en"] = []string{en}
	}
	if len(m) == 0 {
		return nil
	}
	return m
}

// LabelValue is an entry of metadata, or a required statement (§3.1).
type LabelValue struct {
	Label LangMap `json:"label"`
	Value LangMap `json:"value"`
}

// Link is a resource that is referred to: a home page, a thumbnail, a logo.
type Link struct {
	ID      string         `json:"id"`
	Type    string         `json:"type"`
	Label   LangMap        `json:"label,omitempty"`
	Format  string         `json:"format,omitempty"`
	Width   int            `json:"width,omitempty"`
	Height  int            `json:"height,omitempty"`
	Service []ImageService `json:"service,omitempty"`
}

// ImageService points a viewer to the info.json of an image.
type ImageService struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Profile string `json:"profile"`
}

// ServiceOf returns the service at the address id.
func ServiceOf(id string) ImageService {
	return ImageService{ID: id, Type: "ImageService3", Profile: "level2"}
}

// Manifest describes one object (§5.2).
type Manifest struct {
	Context           string       `json:"@context"`
	ID                string       `json:"id"`
	Type              string       `json:"type"`
	Label             LangMap      `json:"label"`
	Metadata          []LabelValue `json:"metadata,omitempty"`
	Summary           LangMap      `json:"summary,omitempty"`
	RequiredStatement *LabelValue  `json:"requiredStatement,omitempty"`
	Rights            string       `json:"rights,omitempty"`
	Homepage          []Link       `json:"homepage,omitempty"`
	Thumbnail         []Link       `json:"thumbnail,omitempty"`
	Items             []Canvas     `json:"items"`
}

// Canvas is one view of the object (§5.3).
type Canvas struct {
	ID        string           `json:"id"`
	Type      string           `json:"type"`
	Label     LangMap          `json:"label,omitempty"`
	Width     int              `json:"width"`
	Height    int              `json:"height"`
	Thumbnail []Link           `json:"thumbnail,omitempty"`
	Items     []AnnotationPage `json:"items"`
}

// AnnotationPage holds what is painted on a canvas (§5.5).
type AnnotationPage struct {
	ID    string       `json:"id"`
	Type  string       `json:"type"`
	Items []Annotation `json:"items"`
}

// Annotation paints an image on a canvas (§5.6).
type Annotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Body       Link   `json:"body"`
	Target     string `json:"target"`
}

// NewManifest returns a manifest without canvases at the address id.
func NewManifest(id string, label LangMap) *Manifest {
	return &Manifest{Context: PresentationContext, ID: id, Type: "Manifest", Label: label, Items: []Canvas{}}
}

// Paint adds a canvas of width × height, the size of an image: service is the
// address of the image service, full that of the largest picture that it gives,
// of fullWidth × fullHeight. name tells the canvas from the others.
func (m *Manifest) Paint(name string, label LangMap, service, full string, width, height, fullWidth, fullHeight int, thumbnail Link) {
	base, query, staff := strings.Cut(m.ID, "?")
	canvas := base + "/canvas/" + name
	if staff {
		canvas += "?" + query
	}
	body := Link{ID: full, Type: "Image", Format: "image/jpeg", Width: fullWidth, Height: fullHeight, Service: []ImageService{ServiceOf(service)}}
	m.Items = append(m.Items, Canvas{ID: canvas, Type: "Canvas", Label: label, Width: width, Height: height,
		Thumbnail: []Link{thumbnail},
		Items: []AnnotationPage{{ID: canvas + "#page", Type: "AnnotationPage",
			Items: []Annotation{{ID: canvas + "#image", Type: "Annotation", Motivation: "painting", Body: body, Target: canvas}}}}})
	if m.Thumbnail == nil {
		m.Thumbnail = []Link{thumbnail}
	}
}
