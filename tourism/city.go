package tourism

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// city is what the planner needs of a city: its public areas, museums and sites.
// It is shared and not changed.
type city struct {
	name     heritage.Text
	zone     *time.Location // of the first that names one
	places   []cityPlace
	apart    []float32 // straight lines between the places in metres, row by row; 0 where a position is unknown
	unlisted int       // that are not planned because no position is published, or not that they are open
}

// cityPlace is an area, a museum or a site of a city.
type cityPlace struct {
	id      StopID
	kind    StopKind
	name    heritage.Text
	at      *Position // nil unknown, or too rough to go by
	open    bool      // to visitors
	hours   *heritage.OpeningHours
	zone    *time.Location
	minutes int // of a visit
	fame    float64
	old     bool // is protected, or shows relics
	told    told
	madeUp  bool // no real place

	area   AreaID      // whose counts tell how full it is, "" none
	fields *AreaFields // of area
}

// Bounds of what is read of a city; what is beyond is not planned, the least known
// first.
const (
	maxCityRead   = 1000 // areas, museums and sites, of each
	maxCityPlaces = 300
	maxCities     = 20 // remembered
)

// roughM is the precision of a position from which on nobody can be sent there by
// it.
const roughM = 10_000

// Minutes of a visit where none are published. This project's own choice.
const (
	museumMinutes, areaMinutes, siteMinutes = 120, 120, 45
)

// city returns what is public of a city now.
//
// Errors: ErrPlanCity when there is nothing.
func (s *Service) city(ctx context.Context, name string) (*city, error) {
	return s.cities.Of(name, func() (*city, error) {
		known, err := s.catalogue.City(ctx, s.st, name, maxCityRead)
		if err != nil {
			return nil, err
		}
		areas, err := s.areasOf(ctx, name)
		if err != nil {
			return nil, err
		}
		c, err := joinCity(areas, known)
		if err != nil {
			return nil, err
		}
		if len(c.places) == 0 {
			return nil, ErrPlanCity.New()
		}
		c.keepMostFamous()
		ids := make([]string, len(c.places))
		for i := range c.places {
			ids[i] = string(c.places[i].id)
		}
		stories, err := s.stories(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i := range c.places {
			c.places[i].told = stories[i]
		}
		c.measure()
		return c, nil
	})
}

// areasOf returns the areas that tourists see in a city.
func (s *Service) areasOf(ctx context.Context, name string) ([]*Public[AreaFields], error) {
	var out []*Public[AreaFields]
	v := s.viewer(s.st)
	for q := (store.Query{Index: "shownByCity", Equal: []any{name}, Limit: store.MaxLimit}); len(out) < maxCityRead; {
		page, err := areaDocs.Find(ctx, s.st, q)
		if err != nil {
			return nil, err
		}
		for _, rec := range page.Items {
			p, err := publicOf(ctx, v, rec)
			if err != nil {
				return nil, err
			}
			if p != nil {
				out = append(out, p)
			}
		}
		if q.After = page.Next; page.Next == "" {
			break
		}
	}
	return out, nil
}

// joinCity makes one list of what is there: the grounds of a museum are the museum,
// and the protected units inside an area are the area.
func joinCity(areas []*Public[AreaFields], known []heritage.Landmark) (*city, error) {
	c := &city{}
	grounds, inside := make(map[string]*Public[AreaFields]), make(map[string]bool)
	for _, a := range areas {
		f := &a.Fields
		for _, id := range f.SiteIDs {
			inside[string(id)] = true
		}
		if f.MuseumID != "" {
			grounds[string(f.MuseumID)] = a
			continue
		}
		p := cityPlace{id: StopID(a.ID), kind: StopArea, name: f.Name, open: true, minutes: areaMinutes, fame: f.Notable, old: len(f.SiteIDs)+len(f.Designations) > 0, madeUp: f.Simulated}
		if f.Visiting != nil {
			p.hours = f.Visiting.Hours
		}
		p.of(a)
		if err := c.add(p, f.TimeZone, f.Division); err != nil {
			return nil, err
		}
	}
	for i := range known {
		v := &known[i]
		if v.Kind == heritage.KindSite && inside[v.ID] {
			continue
		}
		p := cityPlace{id: StopID(v.ID), kind: StopKind(v.Kind), name: v.Name, at: sure(v.Location), open: v.Open, hours: v.Hours, minutes: museumMinutes, fame: v.Notable, old: true, madeUp: v.Simulated}
		if p.kind == StopSite {
			p.minutes = siteMinutes
		} else if a := grounds[v.ID]; a != nil {
			p.of(a)
		}
		if err := c.add(p, v.TimeZone, v.Division); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// of takes over what a published area says of a place that it is.
func (p *cityPlace) of(a *Public[AreaFields]) {
	p.area, p.fields = AreaID(a.ID), &a.Fields
	if a.Fields.Minutes != nil {
		p.minutes = *a.Fields.Minutes
	}
	if p.at == nil && a.Fields.Location != nil {
		p.at = sure(a.Fields.Location.View())
	}
}

// sure returns a position by which one can go somewhere, else nil.
func sure(p *heritage.PublicPoint) *Position {
	if p == nil || p.PrecisionM >= roughM {
		return nil
	}
	return &Position{Lon: p.Lon, Lat: p.Lat}
}

func (c *city) add(p cityPlace, zone string, of heritage.Division) error {
	if zone == "" {
		zone = "Asia/Shanghai"
	}
	var err error
	if p.zone, err = time.LoadLocation(zone); err != nil {
		return err
	}
	if c.zone == nil {
		c.zone = p.zone
	}
	if c.name.ZH == "" || c.name.EN == "" && of.City.EN != "" {
		c.name = of.City
	}
	if p.at == nil || !p.open {
		c.unlisted++
	}
	c.places = append(c.places, p)
	return nil
}

// keepMostFamous drops what is beyond the bound: first what cannot be planned, then
// what is less known. Of the rest the order stays.
func (c *city) keepMostFamous() {
	if len(c.places) <= maxCityPlaces {
		return
	}
	slices.SortStableFunc(c.places, func(a, b cityPlace) int {
		if x, y := a.at != nil && a.open, b.at != nil && b.open; x != y {
			if x {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.fame, a.fame)
	})
	c.places = c.places[:maxCityPlaces]
}

// measure lays the straight lines between the places.
func (c *city) measure() {
	n := len(c.places)
	c.apart = make([]float32, n*n)
	for a := range n {
		for b := range a {
			if from, to := c.places[a].at, c.places[b].at; from != nil && to != nil {
				m := float32(metres(*from, *to))
				c.apart[a*n+b], c.apart[b*n+a] = m, m
			}
		}
	}
}
