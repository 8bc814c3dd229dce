package iiif

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// PresentationContext is the JSON-LD context of manifests and collections.
const PresentationContext = "http://iiif.io/api/presentation/3/context.json"

// LangMap is a text in languages: BCP 47 tag, or "none", to paragraphs
// (Presentation 3.0 §4).
type LangMap map[string][]string

// chinese is the tag of the language in which records are written first.
const chinese = "zh-Hans"

// MarshalJSON implements json.Marshaler. Chinese stands first, then the other
// languages by tag: viewers that ask for no language of their own show the first
// one (Mirador 3 does, whatever its reader has chosen).
func (m LangMap) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("null"), nil
	}
	langs := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if (a == chinese) != (b == chinese) {
			if a == chinese {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	out := bytes.NewBufferString("{")
	for i, lang := range langs {
		name, err := json.Marshal(lang)
		if err != nil {
			return nil, err
		}
		texts, err := json.Marshal(m[lang])
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(out, "%s:%s", name, texts)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// Words makes a LangMap of a Chinese and an English text, leaving out empty ones;
// one that is the same in both belongs to no language. nil when both are empty.
func Words(zh, en string) LangMap { return Lines([2]string{zh, en}) }

// Lines is Words for several texts, each in Chinese and in English.
func Lines(texts ...[2]string) LangMap {
	m := LangMap{}
	add := func(lang, text string) {
		if text != "" {
			m[lang] = append(m[lang], text)
		}
	}
	for _, t := range texts {
		if t[0] == t[1] {
			add("none", t[0])
			continue
		}
		add(chinese, t[0])
		add("en", t[1])
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

// Ref points to a resource that stands elsewhere: a canvas, a collection (§3.3).
type Ref struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"`
	Label     LangMap `json:"label,omitempty"`
	Thumbnail []Link  `json:"thumbnail,omitempty"`
}

// Link is a resource that is not of IIIF: a picture, a page, a file (§3.3).
type Link struct {
	ID       string         `json:"id"`
	Type     string         `json:"type"`
	Label    LangMap        `json:"label,omitempty"`
	Format   string         `json:"format,omitempty"`
	Language string         `json:"language,omitempty"`
	Width    int            `json:"width,omitempty"`
	Height   int            `json:"height,omitempty"`
	Duration float64        `json:"duration,omitempty"` // seconds
	Service  []ImageService `json:"service,omitempty"`
}

// Agent is a person or an organisation (§3.1, provider).
type Agent struct {
	ID       string  `json:"id"`
	Type     string  `json:"type"`
	Label    LangMap `json:"label"`
	Homepage []Link  `json:"homepage,omitempty"`
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

// About is what manifests, collections and canvases say of themselves, in the
// order of §3.
type About struct {
	Metadata          []LabelValue `json:"metadata,omitempty"`
	Summary           LangMap      `json:"summary,omitempty"`
	RequiredStatement *LabelValue  `json:"requiredStatement,omitempty"`
	Rights            string       `json:"rights,omitempty"` // of Creative Commons or RightsStatements.org, with http
	Provider          []Agent      `json:"provider,omitempty"`
	Thumbnail         []Link       `json:"thumbnail,omitempty"`
	NavDate           string       `json:"navDate,omitempty"`
	Behavior          []string     `json:"behavior,omitempty"`
	SeeAlso           []Link       `json:"seeAlso,omitempty"`
	Homepage          []Link       `json:"homepage,omitempty"`
	Rendering         []Link       `json:"rendering,omitempty"`
	PartOf            []Ref        `json:"partOf,omitempty"`
	Start             *Ref         `json:"start,omitempty"`
}

// Manifest describes one object (§5.2).
type Manifest struct {
	Context string  `json:"@context"`
	ID      string  `json:"id"`
	Type    string  `json:"type"`
	Label   LangMap `json:"label"`
	About
	Items      []Canvas `json:"items"`
	Structures []Range  `json:"structures,omitempty"`
}

// Canvas is one view of the object (§5.3): a surface, a time, or both.
type Canvas struct {
	ID       string  `json:"id"`
	Type     string  `json:"type"`
	Label    LangMap `json:"label,omitempty"`
	Height   int     `json:"height,omitempty"`
	Width    int     `json:"width,omitempty"`
	Duration float64 `json:"duration,omitempty"` // seconds
	About
	Items       []AnnotationPage `json:"items"`
	Annotations []AnnotationPage `json:"annotations,omitempty"`
}

// AnnotationPage holds what is painted on a canvas, or told beside it (§5.5).
type AnnotationPage struct {
	ID    string       `json:"id"`
	Type  string       `json:"type"`
	Items []Annotation `json:"items"`
}

// Annotation joins a resource with a canvas (§5.6).
type Annotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Body       Link   `json:"body"`
	Target     string `json:"target"`
}

// Range is a part of the object (§5.4). Its items are Ref of canvases and Range.
type Range struct {
	ID    string  `json:"id"`
	Type  string  `json:"type"`
	Label LangMap `json:"label"`
	Items []any   `json:"items"`
}

// NewManifest returns a manifest without canvases at the address id.
func NewManifest(id string, label LangMap) *Manifest {
	return &Manifest{Context: PresentationContext, ID: id, Type: "Manifest", Label: label, Items: []Canvas{}}
}

// Below returns the address of a part of the manifest, which keeps the query of
// its own.
func (m *Manifest) Below(path string) string {
	base, query, asked := strings.Cut(m.ID, "?")
	if asked {
		return base + path + "?" + query
	}
	return base + path
}

// Canvas returns the address of the canvas called name.
func (m *Manifest) Canvas(name string) string { return m.Below("/canvas/" + name) }

// Paint adds a canvas called name on which body alone is painted: as large as
// body, or as long, unless the canvas is given its measures afterwards.
func (m *Manifest) Paint(name string, label LangMap, body Link) *Canvas {
	id := m.Canvas(name)
	m.Items = append(m.Items, Canvas{ID: id, Type: "Canvas", Label: label, Height: body.Height, Width: body.Width, Duration: body.Duration,
		Items: []AnnotationPage{{ID: id + "#page", Type: "AnnotationPage", Items: []Annotation{
			{ID: id + "#painting", Type: "Annotation", Motivation: "painting", Body: body, Target: id}}}}})
	return &m.Items[len(m.Items)-1]
}

// Supplement adds texts of what is heard on the canvas, such as captions in
// WebVTT, each in its language (§5.6, supplementing).
func (c *Canvas) Supplement(texts ...Link) {
	page := AnnotationPage{ID: c.ID + "#texts", Type: "AnnotationPage", Items: []Annotation{}}
	for _, t := range texts {
		page.Items = append(page.Items, Annotation{ID: c.ID + "#text-" + t.Language, Type: "Annotation", Motivation: "supplementing", Body: t, Target: c.ID})
	}
	c.Annotations = []AnnotationPage{page}
}
