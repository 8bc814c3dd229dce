package search

import (
	"math"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/fault"
)

// Limits of a query.
const (
	MaxTextRunes    = 256    // of Text after trimming
	MaxLimit        = 200    // hits on a page
	DefaultLimit    = 20     // when Limit is 0
	MaxRadiusKM     = 20_000 // half round the globe
	MaxFacetValues  = 64     // values chosen in one facet
	MaxCursorBytes  = 2048
	MaxSuggestLimit = 20
	MaxCorners      = 100 // of Query.Within
)

// Sort is the order of the hits. Equal hits follow in the order of kind and id.
type Sort string

const (
	Relevance  Sort = "relevance" // best first; without text, the most famous first
	ByName     Sort = "name"      // by the pinyin of the title
	ByDistance Sort = "distance"  // nearest first; needs Near
	ByYear     Sort = "year"      // oldest first, unknown last
)

// Sorts lists every order.
var Sorts = []Sort{Relevance, ByName, ByDistance, ByYear}

// Near is a circle on the globe.
type Near struct {
	Point
	KM float64 // radius, great circle; more than 0, at most MaxRadiusKM
}

// Box is a part of the globe between two parallels and two meridians, borders
// included. West more than East reaches over the date line.
type Box struct{ South, West, North, East float64 }

// Has reports whether p lies in the box.
func (b Box) Has(p Point) bool {
	if p.Lat < b.South || p.Lat > b.North {
		return false
	}
	if b.West <= b.East {
		return b.West <= p.Lon && p.Lon <= b.East
	}
	return p.Lon >= b.West || p.Lon <= b.East
}

func (b Box) valid() bool {
	return finite(b.South, b.West, b.North, b.East) && Point{b.West, b.South}.Valid() && Point{b.East, b.North}.Valid() && b.South <= b.North
}

// validPolygon reports whether there are three corners or more, not all on one
// meridian, and on one side of the date line.
func validPolygon(corners []Point) bool {
	if len(corners) < 3 || len(corners) > MaxCorners {
		return false
	}
	west, east := 180.0, -180.0
	for _, p := range corners {
		if !finite(p.Lon, p.Lat) || !p.Valid() {
			return false
		}
		west, east = min(west, p.Lon), max(east, p.Lon)
	}
	return west < east && east-west <= 180
}

// Query is a question within a Scope. Make it with NewQuery and fill what is
// wanted; the zero Query is refused.
type Query struct {
	scope Scope

	Text             string              // "" finds everything that the filters allow
	Kinds            []Kind              // any of them; none means all
	Facets           map[string][]string // facet name -> chosen values: any value of a facet, all facets
	FromYear, ToYear *int                // finds what overlaps the years, both inclusive, by more than the turn from one stretch to the next; nil leaves that side open
	Near             *Near               // finds only what lies in the circle
	Placed           bool                // finds only what has a position that may be shown
	Box              *Box                // finds only what lies in the box
	Within           []Point             // finds only what lies in the polygon; its corners in order, nil none
	Sort             Sort                // "" means Relevance
	Limit            int                 // 1 to MaxLimit; 0 means DefaultLimit
	Cursor           string              // "" or where the page before ended
	Count            []string            // facets to be counted, "kind" among them; nil means none
	Spans            []Span              // to be counted as the values of a facet are: what is chosen of years is ignored for them
	Lang             fault.Lang          // of labels and highlights
}

// NewQuery returns a query for everything in scope.
func NewQuery(scope Scope) Query { return Query{scope: scope} }

// Scope returns the scope that the query was built with.
func (q Query) Scope() Scope { return q.scope }

// Normal returns q trimmed, with its defaults filled in, or the faults in it.
//
// Errors: ErrInvalid with a field for each mistake, paths as in the HTTP query:
// q, kind, facet.NAME, period, near, box, within,
// sort, limit, cursor.
func (q Query) Normal() (Query, error) {
	var wrong []fault.Field
	q.Text = strings.TrimSpace(strings.ToValidUTF8(q.Text, "\uFFFD"))
	if n := utf8.RuneCountInString(q.Text); n > MaxTextRunes {
		wrong = append(wrong, ErrTextTooLong.At("q", fault.P("max", MaxTextRunes), fault.P("length", n)))
	}
	for _, k := range q.Kinds {
		if !ValidKind(k) {
			wrong = append(wrong, ErrKind.At("kind", fault.P("known", joinKinds())))
			break
		}
	}
	for name, values := range q.Facets {
		switch {
		case !ValidFacet(name):
			wrong = append(wrong, ErrFacet.At("facet", fault.P("known", strings.Join(FacetNames, " "))))
		case len(values) > MaxFacetValues:
			wrong = append(wrong, ErrFacetValues.At("facet."+name, fault.P("max", MaxFacetValues)))
		}
	}
	for _, name := range q.Count {
		if name != "kind" && !ValidFacet(name) {
			wrong = append(wrong, ErrFacet.At("facets", fault.P("known", "kind "+strings.Join(FacetNames, " "))))
			break
		}
	}
	for _, y := range []*int{q.FromYear, q.ToYear} {
		if y != nil && (*y < -MaxYear || *y > MaxYear) || q.FromYear != nil && q.ToYear != nil && *q.FromYear > *q.ToYear {
			wrong = append(wrong, ErrYears.At("period", fault.P("max", MaxYear)))
			break
		}
	}
	if n := q.Near; n != nil && (!finite(n.Lon, n.Lat, n.KM) || !n.Valid() || n.KM <= 0 || n.KM > MaxRadiusKM) {
		wrong = append(wrong, ErrNear.At("near", fault.P("max", MaxRadiusKM)))
	}
	if q.Box != nil && !q.Box.valid() {
		wrong = append(wrong, ErrBox.At("box"))
	}
	if q.Within != nil && !validPolygon(q.Within) {
		wrong = append(wrong, ErrPolygon.At("within", fault.P("max", MaxCorners)))
	}
	switch q.Sort {
	case "":
		q.Sort = Relevance
	case Relevance, ByName, ByYear:
	case ByDistance:
		if q.Near == nil {
			wrong = append(wrong, ErrSortNear.At("sort"))
		}
	default:
		wrong = append(wrong, ErrSort.At("sort"))
	}
	if q.Limit == 0 {
		q.Limit = DefaultLimit
	}
	if q.Limit < 1 || q.Limit > MaxLimit {
		wrong = append(wrong, ErrLimit.At("limit", fault.P("max", MaxLimit)))
	}
	if len(q.Cursor) > MaxCursorBytes {
		wrong = append(wrong, ErrCursor.At("cursor"))
	}
	return q, fault.InvalidFields(wrong)
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

func joinKinds() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, " ")
}
