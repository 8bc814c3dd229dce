package search

import "time"

// Result is a page of hits.
type Result struct {
	Total  int                     // all hits of the query, not only those of the page
	Items  []Hit                   // in the order asked; never nil
	Facets map[string][]FacetCount // a facet of Query.Count -> its values, most frequent first; never nil
	Spans  []int                   // how many there would be with the years of each of Query.Spans; nil without any
	Cursor string                  // "" when there are no more
	Help   *Help                   // when nothing has all that is asked and something could be changed; else nil
	// Partial is true when nothing has all that the text says. The hits are then what
	// has much of it, and titles spelt or sounding nearly like it.
	Partial bool
	// Weaker follow the hits when all of these are on the page and they are few: what has
	// most of what the text says, best first, at most twenty. Total, Facets and Cursor
	// are without them. Nil when there are none.
	Weaker []Hit
	// Cut is true when the words that are only begun begin more terms than are looked
	// at: there may be hits that are not among these, and a character more finds them.
	Cut  bool
	Took time.Duration
}

// Help is what may be done when nothing has all that a query asks.
type Help struct {
	Corrections []Completion // titles that are spelt or sound nearly like the text
	Without     []Relaxed    // filters without which something is found, most first
}

// Relaxed is a filter without which a query finds something.
type Relaxed struct {
	Filter string // "kind", "period", "place", "placed", "text" or "facet.NAME"
	Total  int    // what is found then
}

// Hit is one document found.
type Hit struct {
	Kind           Kind
	ID             string
	Title, Summary Text
	Highlight      Highlight
	Score          float64           // comparable inside one result only
	DistanceM      *float64          // from the centre of Query.Near, great circle, metres; nil without Near
	Image          string            // asset id, "" none
	Point          *Point            // nil unknown
	FromYear       *int              // as in the Document
	ToYear         *int              //
	Show           map[string]string // as in the Document, nil none
}

// Highlight is what matched, in the language of the query, as HTML: the text is
// escaped and the only element is <em> around each match. A member is "" when
// nothing in it matched.
type Highlight struct {
	Title   string
	Summary string // at most about 160 characters around the first match
	Name    string // the other name that matched when the title did not
}

// FacetCount is a value of a facet and how many hits have it.
type FacetCount struct {
	Value string
	Label string // in the language of the query
	Count int
}

// Suggestions answer a text that is being typed.
type Suggestions struct {
	Completions []Completion // titles that continue it, best first; never nil
	Corrections []Completion // titles that are spelt or sound nearly so; never nil, empty when there are completions
	Took        time.Duration
}

// Completion is a title that a text may be meant for.
type Completion struct {
	Text      string // the title in the language of the reader
	Highlight string // the same as HTML, <em> around what matched; "" when the match is not in it
	Name      string // the other name by which it was found, "" when it was the title
	Kind      Kind
	ID        string
}
