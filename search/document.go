package search

import (
	"fmt"
	"regexp"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// Kind is the sort of thing that is found.
type Kind string

const (
	Relic      Kind = "relic"
	Site       Kind = "site"
	Museum     Kind = "museum"
	Place      Kind = "place"
	Area       Kind = "area"
	Spot       Kind = "spot"
	Story      Kind = "story"
	Exhibition Kind = "exhibition"
)

// Kinds lists every kind in the order in which screens show them.
var Kinds = []Kind{Relic, Site, Museum, Exhibition, Area, Spot, Story, Place}

var kindLabels = map[Kind]Text{
	Relic: {"文物", "Relics"}, Site: {"文物古迹", "Heritage sites"}, Museum: {"博物馆", "Museums"}, Place: {"场所", "Places"},
	Area: {"景区", "Scenic areas"}, Spot: {"景点设施", "Spots"}, Story: {"讲解", "Stories"}, Exhibition: {"展览", "Exhibitions"},
}

// ValidKind reports whether k is one of Kinds.
func ValidKind(k Kind) bool {
	_, ok := kindLabels[k]
	return ok
}

// Label returns the name of the kind in lang, "" for an unknown kind.
func (k Kind) Label(lang fault.Lang) string { return kindLabels[k].In(lang) }

// Text is a text in both languages; either may be empty.
type Text struct {
	ZH string `bson:"zh" json:"zh"`
	EN string `bson:"en" json:"en"`
}

// In returns the text in lang, or the other one when that is empty.
func (t Text) In(lang fault.Lang) string {
	if lang == fault.English && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// Point is a position in degrees, WGS-84.
type Point struct{ Lon, Lat float64 }

// Valid reports whether p lies on the globe.
func (p Point) Valid() bool {
	return p.Lon >= -180 && p.Lon <= 180 && p.Lat >= -90 && p.Lat <= 90
}

// Document is one record as one index holds it. Kind and ID name it; Org owns
// it and is what a staff scope compares.
type Document struct {
	Kind Kind
	ID   string // of the record; with Kind unique in an index
	Org  actor.OrgID

	Title, Summary Text
	Names          []string // every other name: former, traditional, alias, English variants
	Reading        string   // pinyin of the Chinese title, syllables parted by spaces, with or without tone marks; "" means automatic
	Body           []string // longer texts in any language, and the labels of codes in both
	Codes          []string // numbers and codes, matched whole and by prefix, letters and digits only, whatever the case

	// Guarded are short texts that only those find who have actor.LocationRead
	// in Org besides: a store location. They are never returned. The public
	// index refuses them.
	Guarded []string

	Facets           map[string][]string // name out of FacetNames -> values: codes or ids
	FromYear, ToYear *int                // first and last year, astronomical-free: -670 = 670 BCE; nil unknown; one alone counts for both
	Point            *Point              // nil when unknown or not to be shown
	Weight           float64             // 0..1 fame, a mild boost
	SortKey          string              // pinyin key, see chinese.SortKey; "" means made from Title
	Image            string              // asset id of the picture, "" none
	Show             map[string]string   // returned with the hit and not searched: period text, holder …
}

// FacetNames is every name that may stand in Document.Facets and Query.Facets.
// The kind of a document is a facet of its own, asked by Query.Kinds.
var FacetNames = []string{"category", "material", "grade", "era", "museum", "city", "county", "level", "batch", "class", "type",
	"condition", "source", "area", "theme", "audience", "accessible", "free", "onView", "status", "simulated", "unverified",
	"ledger", "review", "publication", "org", "load"}

var facetSet = func() map[string]bool {
	m := make(map[string]bool, len(FacetNames))
	for _, n := range FacetNames {
		m[n] = true
	}
	return m
}()

// ValidFacet reports whether name is one of FacetNames.
func ValidFacet(name string) bool { return facetSet[name] }

// Limits of a Document. A record that is longer is cut by the domain, which
// knows what matters.
const (
	MaxIDBytes    = 128
	MaxValueBytes = 128         // of a facet value and of a code
	MaxTextBytes  = 1 << 20     // of title, summary, names and body together
	MaxYear       = 600_000_000 // what a museum of natural history holds is not older
)

var documentID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]*$`)

// Check returns the mistake of the domain in d, if there is one. The feed
// refuses such a document loudly; the tests of a domain should call it.
func (d *Document) Check() error {
	switch {
	case !ValidKind(d.Kind):
		return fmt.Errorf("search: unknown kind %q", d.Kind)
	case len(d.ID) > MaxIDBytes || !documentID.MatchString(d.ID):
		return fmt.Errorf("search: bad %s id %q", d.Kind, d.ID)
	case d.Title.ZH == "" && d.Title.EN == "":
		return fmt.Errorf("search: %s %s has no title", d.Kind, d.ID)
	case d.Point != nil && !d.Point.Valid():
		return fmt.Errorf("search: %s %s lies off the globe", d.Kind, d.ID)
	case d.Weight < 0 || d.Weight > 1 || d.Weight != d.Weight:
		return fmt.Errorf("search: %s %s has weight %v, want 0 to 1", d.Kind, d.ID, d.Weight)
	}
	for name, values := range d.Facets {
		if !ValidFacet(name) {
			return fmt.Errorf("search: %s %s has the unknown facet %q", d.Kind, d.ID, name)
		}
		for _, v := range values {
			if v == "" || len(v) > MaxValueBytes {
				return fmt.Errorf("search: %s %s has a value of %d bytes in facet %s", d.Kind, d.ID, len(v), name)
			}
		}
	}
	for _, c := range d.Codes {
		if len(c) > MaxValueBytes {
			return fmt.Errorf("search: %s %s has a code of %d bytes", d.Kind, d.ID, len(c))
		}
	}
	if size := d.TextBytes(); size > MaxTextBytes {
		return fmt.Errorf("search: %s %s has %d bytes of text, at most %d", d.Kind, d.ID, size, MaxTextBytes)
	}
	for _, y := range []*int{d.FromYear, d.ToYear} {
		if y != nil && (*y < -MaxYear || *y > MaxYear) {
			return fmt.Errorf("search: %s %s has year %d", d.Kind, d.ID, *y)
		}
	}
	if d.FromYear != nil && d.ToYear != nil && *d.FromYear > *d.ToYear {
		return fmt.Errorf("search: %s %s begins after it ends", d.Kind, d.ID)
	}
	return nil
}

// TextBytes is how long the texts of d are together, see MaxTextBytes.
func (d *Document) TextBytes() int {
	size := len(d.Title.ZH) + len(d.Title.EN) + len(d.Summary.ZH) + len(d.Summary.EN)
	for _, list := range [][]string{d.Names, d.Body, d.Guarded} {
		for _, s := range list {
			size += len(s)
		}
	}
	return size
}

// Years returns the first and the last year; ok is false when both are unknown.
func (d *Document) Years() (from, to int, ok bool) {
	switch {
	case d.FromYear != nil && d.ToYear != nil:
		return *d.FromYear, *d.ToYear, true
	case d.FromYear != nil:
		return *d.FromYear, *d.FromYear, true
	case d.ToYear != nil:
		return *d.ToYear, *d.ToYear, true
	}
	return 0, 0, false
}
