package tourism

import (
	"context"
	"slices"
	"time"

	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// cityLand is a city: one walks where places are near, and rides where they are
// not, along straight lines.
type cityLand struct {
	req   *PlanRequest
	city  *city
	crowd map[int]Outlook // of the places of which it is known
	start int             // place where the visitor stands, -1 for none
}

// draftOfCity reads a city for a request.
//
// Errors: ErrPlanCity.
func (s *Service) draftOfCity(ctx context.Context, req *PlanRequest) (*draft, error) {
	c, err := s.city(ctx, req.City)
	if err != nil {
		return nil, err
	}
	l := &cityLand{req: req, city: c, start: -1}
	if l.crowd, err = s.outlooks(ctx, c); err != nil {
		return nil, err
	}
	access := make(map[int]route.Code)
	if req.Access != "" {
		if access, err = s.accessOf(ctx, c, req.Access); err != nil {
			return nil, err
		}
	}
	d := newDraft(req, l, c.zone)
	d.city = c
	for i := range c.places {
		d.add(l.place(i, d, access[i]))
		if c.places[i].id == req.StartSpot {
			l.start = i
		}
	}
	return d, nil
}

// place reads a place of the city; access is why somebody with the visitor's needs
// cannot go there.
func (l *cityLand) place(i int, d *draft, access route.Code) planPlace {
	p := &l.city.places[i]
	asked := slices.Contains(l.req.Must, p.id)
	out := planPlace{id: p.id, kind: p.kind, name: p.name, at: p.at, offered: p.at != nil && p.open, refused: access, stay: d.stay(p.minutes), shut: leftShut, worth: l.worth(p), madeUp: p.madeUp}
	switch {
	case p.at == nil:
		out.refused = leftNoPlace
	case p.madeUp && !asked:
		out.refused = leftDemo
	}
	spans, assumed := daySpans(p.hours, l.req.StartAt, p.zone, l.req.Minutes, out.stay)
	if assumed {
		out.shut, out.doubt = leftNight, byDaytime
	}
	out.begin = windowsOf(spans, d.until)
	return out
}

// worth is what a visit gives, apart from any crowd: 50, up to 500 for fame, 15 for
// each of three stories, 20 when it is old; doubled when the visitor is interested
// in it; and so much for each siteMinutes that a visit takes, up to mostWorthMinutes.
// What fills half a day is worth half a day: otherwise a handful of small places that
// lie together would keep a visitor from the one for which he has come. Fame counts by
// its square. This project's own choice, fitted to nothing.
func (l *cityLand) worth(p *cityPlace) int {
	w := 50 + int(500*p.fame*p.fame) + 15*min(3, p.told.all)
	if p.old {
		w += 20
	}
	w = l.req.liked(w, map[Code]bool{"heritage": p.old, "exhibitions": p.kind == StopMuseum, "stories": p.told.all > 0, "children": p.told.children > 0})
	return w * min(p.minutes, mostWorthMinutes) / siteMinutes
}

// mostWorthMinutes is how much of the length of a visit counts for its worth.
const mostWorthMinutes = 240

// outlooks asks what is to be expected of those places of a city whose visitors are
// counted.
func (s *Service) outlooks(ctx context.Context, c *city) (map[int]Outlook, error) {
	out := make(map[int]Outlook)
	if s.crowds == nil {
		return out, nil
	}
	counted, err := s.crowds.Areas(ctx, s.st)
	if err != nil {
		return nil, err
	}
	is := setOf(counted)
	for i := range c.places {
		p := &c.places[i]
		if !is[p.area] {
			continue
		}
		if out[i], err = s.expectations.Outlook(ctx, p.area, p.fields, closingOf(p.hours, p.zone)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// maxAccessSpots is how many spots of an area are asked whether they are accessible.
const maxAccessSpots = store.MaxLimit

// accessOf says of which places nobody with these needs is known to be able to visit
// them: an area is accessible when one of its sights is said to be.
func (s *Service) accessOf(ctx context.Context, c *city, access Code) (map[int]route.Code, error) {
	out, v := make(map[int]route.Code, len(c.places)), s.viewer(s.st)
	for i := range c.places {
		out[i] = leftUnknown
		area := c.places[i].area
		if area == "" || c.places[i].at == nil {
			continue
		}
		page, err := s.Spots.publicList(ctx, v, Filter{Area: area}, maxAccessSpots, "")
		if err != nil {
			return nil, err
		}
		for _, spot := range page.Items {
			if f := &spot.Fields; !Facility(f.Kind) && refused(f, access) == "" {
				out[i] = ""
				break
			}
		}
	}
	return out, nil
}

// apart returns the straight line between two places in metres.
func (l *cityLand) apart(a, b int) float64 { return float64(l.city.apart[a*len(l.city.places)+b]) }

// seconds implements land.
func (l *cityLand) seconds(a, b int) float64 {
	seconds, _ := l.req.between(l.apart(a, b))
	return seconds
}

// way implements land.
func (l *cityLand) way(a, b int) way {
	_, by := l.req.between(l.apart(a, b))
	return by
}

// fromStart implements land. Who says not where he is begins anywhere.
func (l *cityLand) fromStart(b int) (float64, way) {
	switch to := l.city.places[b].at; {
	case l.req.Start != nil && to != nil:
		return l.req.between(metres(*l.req.Start, *to))
	case l.start >= 0 && to != nil && l.city.places[l.start].at != nil:
		return l.req.between(l.apart(l.start, b))
	case l.req.Start != nil || l.start >= 0:
		return noWay()
	}
	return l.req.between(0)
}

// expected implements land.
func (l *cityLand) expected(i int, at time.Time) (comfort.Level, bool) {
	o, ok := l.crowd[i]
	if !ok {
		return comfort.NotAssessed, false
	}
	return o.Expected("", at)
}

// basis implements land: a forecast when any of the stops has one, as old as the
// oldest count.
func (l *cityLand) basis(stops []int) (all ExpectedBasis) {
	for _, i := range stops {
		o, ok := l.crowd[i]
		if !ok || o.Basis().Kind == "" {
			continue
		}
		b := o.Basis()
		if all.Kind == "" || b.AsOf.Before(all.AsOf) {
			all.AsOf = b.AsOf
		}
		if all.Kind != "forecast" {
			all.Kind = b.Kind
		}
		all.Simulated = all.Simulated || b.Simulated
	}
	return all
}
