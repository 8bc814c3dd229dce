package heritage

import (
	"context"

	"yijianyou/internal/store"
)

// Landmark is a museum or a site as somebody who wants to go there may know it.
type Landmark struct {
	Kind      Kind
	ID        string
	Name      Text
	Division  Division
	Location  *PublicPoint // nil unknown, or nobody may know the exact place
	TimeZone  string       // "" not said
	Open      bool         // to visitors; of a site only when it is said, or has hours
	Hours     *OpeningHours
	Notable   float64 // fame, 0 to 1
	Simulated bool
}

// City returns the museums and then the sites that are published in a city, by name and
// at most so many of each. The city goes by its Chinese name in the records, 郑州市.
// A site that was merged into another is left out.
func (s *Service) City(ctx context.Context, r store.Reader, city string, most int) ([]Landmark, error) {
	p := s.projector(r)
	out, err := inCity(ctx, r, museumDocs, city, most, func(ctx context.Context, rec *Museum) (*Landmark, error) {
		v, err := p.museum(ctx, rec)
		if err != nil {
			return nil, err
		}
		return &Landmark{Kind: KindMuseum, ID: v.ID, Name: v.Name, Division: v.Division, Location: v.Location, TimeZone: v.TimeZone, Open: true,
			Hours: hoursOf(v.Visiting), Notable: rec.Shown.Notable, Simulated: v.Simulated}, nil
	})
	if err != nil {
		return nil, err
	}
	sites, err := inCity(ctx, r, siteDocs, city, most, func(ctx context.Context, rec *Site) (*Landmark, error) {
		v, err := p.site(ctx, rec)
		if err != nil {
			return nil, err
		}
		if v.MergedInto != nil {
			return nil, ErrNotFound.New()
		}
		d := &Landmark{Kind: KindSite, ID: v.ID, Name: v.Name, Division: v.Division, Hours: hoursOf(v.Visiting), Notable: rec.Shown.Notable, Simulated: v.Simulated}
		if !v.LocationFuzzed {
			d.Location = v.Location
		}
		d.Open = d.Hours != nil
		if v.OpenToPublic != nil {
			d.Open = *v.OpenToPublic
		}
		return d, nil
	})
	return append(out, sites...), err
}

func hoursOf(v *PublicVisiting) *OpeningHours {
	if v == nil {
		return nil
	}
	return v.Hours
}

func inCity[F Content](ctx context.Context, r store.Reader, docs *store.Collection[Record[F]], city string, most int,
	project func(context.Context, *Record[F]) (*Landmark, error)) ([]Landmark, error) {
	var out []Landmark
	for q := (store.Query{Index: "shownByCity", Equal: []any{city}, Limit: store.MaxLimit}); len(out) < most; {
		page, next, err := publicPageOf(ctx, r, docs, q, project)
		if err != nil {
			return nil, err
		}
		for _, d := range page {
			out = append(out, *d)
		}
		if q.After = next; next == "" {
			break
		}
	}
	return out[:min(len(out), most)], nil
}
