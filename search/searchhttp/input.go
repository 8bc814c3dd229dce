package searchhttp

import (
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// FacetInput has a parameter for each of search.FacetNames; a test compares them.
type FacetInput struct {
	Category    []string `query:"facet.category,explode" doc:"category of relics; repeat for any of several"`
	Material    []string `query:"facet.material,explode"`
	Grade       []string `query:"facet.grade,explode"`
	Era         []string `query:"facet.era,explode"`
	Museum      []string `query:"facet.museum,explode"`
	City        []string `query:"facet.city,explode"`
	County      []string `query:"facet.county,explode"`
	Level       []string `query:"facet.level,explode"`
	Batch       []string `query:"facet.batch,explode"`
	Class       []string `query:"facet.class,explode"`
	Type        []string `query:"facet.type,explode"`
	Condition   []string `query:"facet.condition,explode"`
	Source      []string `query:"facet.source,explode"`
	Area        []string `query:"facet.area,explode"`
	Theme       []string `query:"facet.theme,explode"`
	Audience    []string `query:"facet.audience,explode"`
	Accessible  []string `query:"facet.accessible,explode"`
	Free        []string `query:"facet.free,explode"`
	OnView      []string `query:"facet.onView,explode"`
	Status      []string `query:"facet.status,explode" doc:"of exhibitions: open permanent upcoming closed"`
	Simulated   []string `query:"facet.simulated,explode"`
	Unverified  []string `query:"facet.unverified,explode"`
	Ledger      []string `query:"facet.ledger,explode" doc:"staff view only finds it"`
	Review      []string `query:"facet.review,explode" doc:"staff view only finds it"`
	Publication []string `query:"facet.publication,explode" doc:"staff view only finds it"`
	Org         []string `query:"facet.org,explode" doc:"staff view only finds it"`
	Load        []string `query:"facet.load,explode" doc:"staff view only finds it"`

	unknown bool // a parameter facet.NAME of another name was given
}

// Resolve notes facets that nobody declared; they must not be passed over in
// silence, for the answer would be too large.
func (f *FacetInput) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	for name := range u.Query() {
		if facet, ok := strings.CutPrefix(name, "facet."); ok && !search.ValidFacet(facet) {
			f.unknown = true
		}
	}
	return nil
}

func (f *FacetInput) chosen() map[string][]string {
	out := make(map[string][]string)
	for name, values := range map[string][]string{"category": f.Category, "material": f.Material, "grade": f.Grade, "era": f.Era, "museum": f.Museum,
		"city": f.City, "county": f.County, "level": f.Level, "batch": f.Batch, "class": f.Class, "type": f.Type, "condition": f.Condition, "source": f.Source,
		"area": f.Area, "theme": f.Theme, "audience": f.Audience, "accessible": f.Accessible, "free": f.Free, "onView": f.OnView, "status": f.Status, "simulated": f.Simulated,
		"unverified": f.Unverified, "ledger": f.Ledger, "review": f.Review, "publication": f.Publication, "org": f.Org, "load": f.Load} {
		for _, v := range values {
			if v != "" {
				out[name] = append(out[name], v)
			}
		}
	}
	if f.unknown {
		out["?"] = nil // search.Query refuses it and names the known ones
	}
	return out
}

// Question is what is looked for. Exported as FacetInput is.
type Question struct {
	FacetInput
	Q      string   `query:"q" doc:"words, names, pinyin, initials, codes; at most 256 characters; empty lists all that the filters allow"`
	Kind   []string `query:"kind,explode" doc:"relic site museum place area spot story exhibition; repeat for any of several"`
	Period string   `query:"period" maxLength:"64" doc:"FROM..TO in years, negative for BCE, either may be missing; one year; or a period in words"`
	Near   string   `query:"near" maxLength:"64" doc:"LATITUDE,LONGITUDE,KILOMETRES (WGS-84)"`
	Box    string   `query:"box" maxLength:"128" doc:"SOUTH,WEST,NORTH,EAST in degrees (WGS-84); WEST more than EAST reaches over the date line"`
	Placed bool     `query:"placed" doc:"only what has a position that may be shown"`
	Within string   `query:"within" maxLength:"4096" doc:"corners of a polygon: LATITUDE,LONGITUDE;LATITUDE,LONGITUDE;… (WGS-84), 3 to 100"`
	Sort   string   `query:"sort" enum:"relevance,name,distance,year" default:"relevance"`
}

// searchInput is GET /api/v1/search.
type searchInput struct {
	Asker
	Question
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"20" doc:"how many hits at most"`
	Apart  int    `query:"apart" minimum:"0" maximum:"20" doc:"also answers each kind by itself, with so many hits of each"`
	Cursor string `query:"cursor" maxLength:"2048" doc:"where the page before ended, as its answer said"`
}

// query makes the query within scope; how much of its answer is wanted, in which
// language and counted how is left to the caller.
func (in *Question) query(scope search.Scope, d Deps) (search.Query, error) {
	q := search.NewQuery(scope)
	q.Text, q.Facets, q.Placed, q.Sort = in.Q, in.chosen(), in.Placed, search.Sort(in.Sort)
	for _, list := range in.Kind {
		for kind := range strings.SplitSeq(list, ",") {
			if kind != "" {
				q.Kinds = append(q.Kinds, search.Kind(kind))
			}
		}
	}
	var wrong []fault.Field
	var ok bool
	if in.Period != "" {
		if q.FromYear, q.ToYear, ok = parsePeriod(in.Period); !ok && d.Periods != nil {
			var from, to int
			if from, to, ok = d.Periods(in.Period); ok {
				q.FromYear, q.ToYear = &from, &to
			}
		}
		if !ok {
			wrong = append(wrong, search.ErrYears.At("period", fault.P("max", search.MaxYear)))
		}
	}
	if in.Near != "" {
		if q.Near, ok = parseNear(in.Near); !ok {
			wrong = append(wrong, search.ErrNear.At("near", fault.P("max", search.MaxRadiusKM)))
		}
	}
	if in.Box != "" {
		if q.Box, ok = parseBox(in.Box); !ok {
			wrong = append(wrong, search.ErrBox.At("box"))
		}
	}
	if in.Within != "" {
		if q.Within, ok = parsePolygon(in.Within); !ok {
			wrong = append(wrong, search.ErrPolygon.At("within", fault.P("max", search.MaxCorners)))
		}
	}
	return q, fault.InvalidFields(wrong)
}

// parsePeriod parses FROM..TO, FROM.., ..TO or one year.
func parsePeriod(s string) (from, to *int, ok bool) {
	year := func(s string) (*int, bool) {
		s = strings.TrimSpace(s)
		if s == "" {
			return nil, true
		}
		n, err := strconv.Atoi(s)
		return &n, err == nil
	}
	a, b, open := strings.Cut(s, "..")
	from, okFrom := year(a)
	if !open {
		return from, from, okFrom && from != nil
	}
	to, okTo := year(b)
	return from, to, okFrom && okTo && (from != nil || to != nil)
}

// parseNear parses LATITUDE,LONGITUDE,KILOMETRES.
func parseNear(s string) (*search.Near, bool) {
	n, ok := numbers(s, 3)
	if !ok {
		return nil, false
	}
	return &search.Near{Point: search.Point{Lat: n[0], Lon: n[1]}, KM: n[2]}, true
}

// parseBox parses SOUTH,WEST,NORTH,EAST.
func parseBox(s string) (*search.Box, bool) {
	n, ok := numbers(s, 4)
	if !ok {
		return nil, false
	}
	return &search.Box{South: n[0], West: n[1], North: n[2], East: n[3]}, true
}

// parsePolygon parses LATITUDE,LONGITUDE;LATITUDE,LONGITUDE;…
func parsePolygon(s string) (corners []search.Point, ok bool) {
	for pair := range strings.SplitSeq(s, ";") {
		n, ok := numbers(pair, 2)
		if !ok || len(corners) == search.MaxCorners {
			return nil, false
		}
		corners = append(corners, search.Point{Lat: n[0], Lon: n[1]})
	}
	return corners, true
}

// numbers parses n numbers between commas.
func numbers(s string, n int) ([]float64, bool) {
	parts := strings.Split(s, ",")
	if len(parts) != n {
		return nil, false
	}
	out := make([]float64, n)
	for i, p := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}
