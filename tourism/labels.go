package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
)

// Labels names the values of the facets of areas, spots and stories as by may
// know them: the published name of an area for everybody, that of a hidden one
// for those who may read it. A value that is not known to him is its own label.
func (s *Service) Labels(by actor.Actor) search.Labels { return labelsFor{s, by} }

type labelsFor struct {
	s  *Service
	by actor.Actor
}

// Label implements search.Labels.
func (l labelsFor) Label(ctx context.Context, facet, value string, lang fault.Lang) string {
	lists := map[string]List{"grade": AreaGrades, "type": SpotKinds, "audience": Audiences}
	if t, ok := lists[facet].Find(Code(value)); ok {
		return in(heritage.Text{ZH: t.ZH, EN: t.EN}, lang)
	}
	switch {
	case facet == "area":
		if name, ok, err := l.s.viewer(l.s.st).named(ctx, string(KindArea), value); err == nil && ok {
			return in(name, lang)
		}
		if d, err := l.s.Areas.read(ctx, l.s.st, l.by, value); err == nil {
			return in(d.Fields.Name, lang)
		}
	case facet == "accessible" && value == "true":
		return in(heritage.Text{ZH: "轮椅可通行", EN: "Wheelchair accessible"}, lang)
	}
	return value
}
