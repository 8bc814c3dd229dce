package heritage

import (
	"context"
	"time"

	"yijianyou/internal/store"
)

// What a tourist may see of an exhibition; see public.go. Of its relics it is the
// published ones and nothing of the others, not even that there are some; of its
// halls those that are published and lie in no store.

// PublicExhibition is what a tourist may see of an exhibition.
type PublicExhibition struct {
	ID         string          `json:"id"`
	Title      Text            `json:"title"`
	Kind       Coded           `json:"kind"`
	Status     Status          `json:"status" enum:"upcoming,open,closed,permanent" doc:"today, by the calendar of the museum"`
	Museum     *Named          `json:"museum"`
	Halls      []Named         `json:"halls" nullable:"false"`
	From       Day             `json:"from" doc:"first day; empty unknown"`
	Until      Day             `json:"until" doc:"last day; empty for a permanent one and when it is not announced"`
	Summary    Text            `json:"summary"`
	Text       Text            `json:"text"`
	Organisers []string        `json:"organisers" nullable:"false"`
	URL        string          `json:"url"`
	Sections   []PublicSection `json:"sections" nullable:"false" doc:"told of one exhibition only; empty in lists"`
	Images     []PublicImage   `json:"images" nullable:"false"`
	Sources    []Source        `json:"sources" nullable:"false"`
	Simulated  bool            `json:"simulated"`
	Unverified bool            `json:"unverified"`
}

// PublicSection is a Section.
type PublicSection struct {
	Title Text         `json:"title"`
	Text  Text         `json:"text"`
	Items []PublicItem `json:"items" nullable:"false"`
}

// PublicItem is a SectionItem with what a list shows of the relic.
type PublicItem struct {
	Relic  RelicCard `json:"relic"`
	Label  Text      `json:"label"`
	OnView bool      `json:"onView" doc:"the exhibition is on and the relic is there"`
}

// RelicCard is what a list shows of a published relic.
type RelicCard struct {
	ID     string       `json:"id"`
	Name   Text         `json:"name"`
	Period Text         `json:"period"`
	Image  *PublicImage `json:"image"`
}

// ShownIn is an exhibition in which a relic can be seen now.
type ShownIn struct {
	ID     string `json:"id"`
	Title  Text   `json:"title"`
	Kind   Coded  `json:"kind"`
	Museum *Named `json:"museum"`
	Until  Day    `json:"until"`
}

// exhibition returns the public view of rec with its sections; ErrNotFound when it
// is not published.
func (p *projector) exhibition(ctx context.Context, rec *Exhibition) (*PublicExhibition, error) {
	v, err := p.exhibitionHead(ctx, rec)
	if err != nil {
		return nil, err
	}
	relics, err := relicsByID(ctx, p.r, rec.Shown.RelicIDs)
	if err != nil {
		return nil, err
	}
	for _, s := range rec.Shown.Sections {
		section := PublicSection{Title: s.Title, Text: s.Text, Items: []PublicItem{}}
		for _, it := range s.Items {
			relic := relics[string(it.RelicID)]
			if relic == nil || relic.Shown == nil {
				continue
			}
			section.Items = append(section.Items, PublicItem{Relic: cardOf(relic), Label: it.Label, OnView: v.Status.On() && relic.onViewIn(rec)})
		}
		v.Sections = append(v.Sections, section)
	}
	return v, nil
}

// exhibitionHead is exhibition without the sections.
func (p *projector) exhibitionHead(ctx context.Context, rec *Exhibition) (*PublicExhibition, error) {
	f := rec.Shown
	if f == nil {
		return nil, ErrNotFound.New()
	}
	t := publicText(Text{}, f.Images, f.Sources, f.Simulated, f.Unverified)
	v := &PublicExhibition{ID: rec.ID, Title: f.Title, Kind: codedOf("exhibition-kind", f.Kind), Halls: []Named{}, From: f.From, Until: f.Until,
		Summary: f.Summary, Text: f.Text, Organisers: all(f.Organisers), URL: f.URL, Sections: []PublicSection{},
		Images: t.Images, Sources: t.Sources, Simulated: f.Simulated, Unverified: f.Unverified}
	day, err := p.museumDay(ctx, f.MuseumID)
	if err != nil {
		return nil, err
	}
	v.Status = f.StatusOn(day)
	if v.Museum, err = p.named(ctx, KindMuseum, string(f.MuseumID)); err != nil {
		return nil, err
	}
	for _, id := range f.PlaceIDs {
		hall, err := p.hall(ctx, id)
		if err != nil {
			return nil, err
		}
		if hall != nil {
			v.Halls = append(v.Halls, *hall)
		}
	}
	return v, nil
}

// hall returns a place that may be told to tourists, nil for any other.
func (p *projector) hall(ctx context.Context, id PlaceID) (*Named, error) {
	secret, err := p.s.confidential(ctx, p.r, id)
	if err != nil || secret {
		return nil, err
	}
	return p.named(ctx, KindPlace, string(id))
}

// cardOf returns the card of a published relic.
func cardOf(rec *Relic) RelicCard {
	c := RelicCard{ID: rec.ID, Name: rec.Shown.Name, Period: rec.Shown.Period.Text}
	if len(rec.Shown.Images) > 0 {
		img := PublicImage(rec.Shown.Images[0])
		c.Image = &img
	}
	return c
}

// relicsByID reads relics by their ids; those that are gone are missing.
func relicsByID(ctx context.Context, r store.Reader, ids []string) (map[string]*Relic, error) {
	out := make(map[string]*Relic, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), store.MaxLimit)
		list, err := relicDocs.GetMany(ctx, r, ids[:n])
		if err != nil {
			return nil, err
		}
		for _, rec := range list {
			out[rec.ID] = rec
		}
		ids = ids[n:]
	}
	return out, nil
}

// exhibitionsOf returns the exhibitions in which tourists can see the relic today,
// by title, at most 50.
func (p *projector) exhibitionsOf(ctx context.Context, rec *Relic) ([]ShownIn, error) {
	out := []ShownIn{}
	if rec.Shown == nil {
		return out, nil
	}
	page, err := exhibitionDocs.Find(ctx, p.r, store.Query{Index: "shownOfRelic", Equal: []any{rec.ID}, Limit: store.MaxLimit})
	if err != nil {
		return nil, err
	}
	for _, e := range page.Items {
		if !rec.onViewIn(e) || len(out) == 50 {
			continue
		}
		v, err := p.exhibitionHead(ctx, e)
		if err != nil {
			return nil, err
		}
		if v.Status.On() {
			out = append(out, ShownIn{ID: v.ID, Title: v.Title, Kind: v.Kind, Museum: v.Museum, Until: v.Until})
		}
	}
	return out, nil
}

// PublicExhibition is PublicRelic for an exhibition.
func (s *Service) PublicExhibition(ctx context.Context, id string) (*PublicExhibition, int64, error) {
	return publicOne(ctx, s, exhibitionDocs, id, s.projector(s.st).exhibition)
}

// PublicExhibitions returns a page of the published exhibitions without their
// sections: by title, or with a Status by their last day, of closed ones the last
// first. With a Status a page may be shorter than limit although more follow.
//
// Errors: ErrFilter, store.ErrCursor.
func (s *Service) PublicExhibitions(ctx context.Context, f PublicFilter, limit int, after store.Cursor) ([]*PublicExhibition, store.Cursor, error) {
	p := s.projector(s.st)
	if f.Status == "" {
		return publicPage(ctx, s, exhibitionDocs, KindExhibition, f, limit, after, p.exhibitionHead)
	}
	q, err := f.byStatus(s.Now())
	if err != nil {
		return nil, "", err
	}
	q.Limit, q.After = limit, after
	return publicPageOf(ctx, s.st, exhibitionDocs, q, func(ctx context.Context, rec *Exhibition) (*PublicExhibition, error) {
		v, err := p.exhibitionHead(ctx, rec)
		if err == nil && v.Status != f.Status && !(f.Status == Open && v.Status.On()) {
			return nil, ErrNotFound.New() // the range is wider than the status
		}
		return v, err
	})
}

// byStatus is the range in which exhibitions of a status lie: whatever the time
// zone of a museum, its day is that of UTC, the one before or the one after.
func (f PublicFilter) byStatus(now time.Time) (store.Query, error) {
	q := store.Query{Index: "shownByEnd"}
	if f.Category != "" || f.Level != "" || f.Set != "" || f.Relic != "" {
		return q, ErrFilter.New()
	}
	if f.Museum != "" {
		q.Index, q.Equal = "shownByMuseumEnd", []any{string(f.Museum)}
	}
	now = now.UTC()
	switch f.Status {
	case Open, Permanent, Upcoming:
		q.From = string(DayOf(now.AddDate(0, 0, -1)))
	case Closed:
		q.Before, q.Reverse = string(DayOf(now.AddDate(0, 0, 1))), true
	default:
		return q, ErrFilter.New()
	}
	return q, nil
}
