package heritage

import (
	"context"
	"strconv"

	"yijianyou/internal/store"
	"yijianyou/search"
)

// maxSaid is how many bytes of the texts of its sections search holds of an
// exhibition; see search.MaxTextBytes.
const maxSaid = 600_000

// exhibitionDocument is what both indexes hold of an exhibition.
func exhibitionDocument(ctx context.Context, p *projector, rec *Exhibition, f *ExhibitionFields) (*search.Document, error) {
	about := f.Summary
	if about.IsZero() {
		about = f.Text
	}
	d := document(&rec.Meta, search.Exhibition, subject{name: f.Title, description: about, images: f.Images, simulated: f.Simulated, unverified: f.Unverified,
		notable: f.Notable, sortKey: f.SortKey})
	put(d, "type", string(f.Kind))
	sayCode(d, "exhibition-kind", f.Kind)
	say(d, f.Text.ZH, f.Text.EN)
	say(d, f.Organisers...)
	said := 0
	for _, s := range f.Sections {
		for _, t := range []string{s.Title.ZH, s.Title.EN, s.Text.ZH, s.Text.EN} {
			if said += len(t); said <= maxSaid {
				say(d, t)
			}
		}
	}
	d.FromYear, d.ToYear = yearOf(f.From), yearOf(f.Until)
	span := f.span()
	show(d, "period", Text{ZH: span, EN: span})
	day, err := p.museumDay(ctx, f.MuseumID)
	if err != nil {
		return nil, err
	}
	if status := f.StatusOn(day); status != "" {
		put(d, "status", string(status))
		d.Show = with(d.Show, "status", string(status))
		if status.On() && f.Kind != online {
			put(d, "onView", "true")
		}
	}
	return d, nil
}

// span is from when to when in ISO 8601 days; "" when nothing is known.
func (f *ExhibitionFields) span() string {
	switch {
	case f.From == "" && f.Until == "":
		return ""
	case f.Until == "":
		return string(f.From) + " –"
	}
	return string(f.From) + " – " + string(f.Until)
}

func yearOf(d Day) *int {
	t, ok := d.Time()
	if !ok {
		return nil
	}
	y := t.Year()
	return &y
}

func (m *SearchSource) publicExhibition(ctx context.Context, p *projector, rec *Exhibition) (*search.Document, error) {
	v, err := p.exhibition(ctx, rec)
	if err != nil {
		return nil, err
	}
	d, err := exhibitionDocument(ctx, p, rec, rec.Shown)
	if err != nil {
		return nil, err
	}
	if v.Museum != nil {
		if err := m.holder(ctx, p, d, v.Museum.ID); err != nil {
			return nil, err
		}
	}
	for _, h := range v.Halls {
		say(d, h.Name.ZH, h.Name.EN)
	}
	relics := 0
	for _, s := range v.Sections {
		for _, it := range s.Items {
			say(d, it.Relic.Name.ZH, it.Relic.Name.EN)
			if relics++; d.Image == "" && it.Relic.Image != nil {
				d.Image = it.Relic.Image.AssetID
			}
		}
	}
	d.Show = with(d.Show, "relics", strconv.Itoa(relics))
	return d, nil
}

func (m *SearchSource) staffExhibition(ctx context.Context, p *projector, rec *Exhibition) (*search.Document, error) {
	f := &rec.Fields
	d, err := exhibitionDocument(ctx, p, rec, f)
	if err != nil {
		return nil, err
	}
	put(d, "museum", string(f.MuseumID))
	say(d, f.InternalNotes)
	relics, err := relicsByID(ctx, p.r, f.RelicIDs)
	if err != nil {
		return nil, err
	}
	for _, id := range f.RelicIDs {
		switch relic := relics[id]; {
		case relic == nil:
		case relic.Org == rec.Org:
			say(d, relic.Fields.Name.ZH, relic.Fields.Name.EN)
		case relic.Shown != nil:
			say(d, relic.Shown.Name.ZH, relic.Shown.Name.EN)
		}
	}
	return d, sayHolder(ctx, p, d, f.MuseumID)
}

// onView adds the exhibitions in which a relic can be seen today to its document.
func (m *SearchSource) onView(ctx context.Context, p *projector, d *search.Document, rec *Relic) error {
	list, err := p.exhibitionsOf(ctx, rec)
	if err != nil {
		return err
	}
	for _, e := range list {
		say(d, e.Title.ZH, e.Title.EN)
		if e.Kind.Code != string(online) && len(d.Facets["onView"]) == 0 {
			put(d, "onView", "true")
			show(d, "exhibition", e.Title)
		}
	}
	return nil
}

// relicsOf gathers the relics that are in an exhibition for tourists, and those
// that were: their documents tell so. A removed exhibition is read from history.
func (d *dependents) relicsOf(ctx context.Context, r store.Reader, ch store.Change) {
	rec, err := exhibitionDocs.Get(ctx, r, ch.ID)
	if isGone(err) && ch.Op == store.OpDelete {
		rec, err = exhibitionDocs.AtRevision(ctx, r, ch.ID, ch.Rev)
	}
	if err != nil {
		d.err = unlessGone(err)
		return
	}
	d.relics(rec.Left)
	if rec.Shown != nil {
		d.relics(rec.Shown.RelicIDs)
	}
}

func (d *dependents) relics(ids []string) {
	for _, id := range ids {
		d.refs = append(d.refs, search.Ref{Collection: relicDocs.Name(), ID: id})
	}
}

// slack is how many days before the one that a calendar said last are looked at
// again: a feed that is behind may have missed a turn.
const slack = 8

// turned gathers the exhibitions that open or close by the day of a zone, and the
// relics in them.
func (d *dependents) turned(ctx context.Context, r store.Reader, zone string) {
	c, err := calendarDocs.Get(ctx, r, zone)
	if err != nil {
		d.err = unlessGone(err)
		return
	}
	to, ok := c.Day.Time()
	if !ok {
		return
	}
	from, ok := c.Was.Time()
	if !ok {
		from = to
	}
	since, after := string(DayOf(from.AddDate(0, 0, -slack))), string(DayOf(to.AddDate(0, 0, 1)))
	for _, index := range []string{"shownByFrom", "shownByEnd"} {
		if d.err != nil {
			return
		}
		d.err = exhibitionDocs.Each(ctx, r, store.Query{Index: index, From: since, Before: after}, func(rec *Exhibition) error {
			d.refs = append(d.refs, search.Ref{Collection: exhibitionDocs.Name(), ID: rec.ID})
			d.relics(rec.Shown.RelicIDs)
			return nil
		})
	}
}
