package heritage

import (
	"context"
	"errors"
	"strings"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// SearchSource tells search what the records of the catalogue say. The public
// documents are made from the public views and from nothing else.
type SearchSource struct{ s *Service }

// Search returns the source of the catalogue.
func (s *Service) Search() *SearchSource { return &SearchSource{s: s} }

var _ search.Source = (*SearchSource)(nil)

// Collections implements search.Source.
func (*SearchSource) Collections() []string {
	return []string{relicDocs.Name(), siteDocs.Name(), museumDocs.Name(), placeDocs.Name(), exhibitionDocs.Name()}
}

// Map implements search.Source. A place that is confidential is in neither
// index; nor is a record of an import that is not closed, unless it is published.
func (m *SearchSource) Map(ctx context.Context, r store.Reader, collection, id string) ([]search.Entry, error) {
	switch collection {
	case relicDocs.Name():
		return mapRecord(ctx, m.s, r, relicDocs, search.Relic, id, m.publicRelic, m.staffRelic)
	case siteDocs.Name():
		return mapRecord(ctx, m.s, r, siteDocs, search.Site, id, m.publicSite, m.staffSite)
	case museumDocs.Name():
		return mapRecord(ctx, m.s, r, museumDocs, search.Museum, id, m.publicMuseum, m.staffMuseum)
	case placeDocs.Name():
		return mapRecord(ctx, m.s, r, placeDocs, search.Place, id, m.publicPlace, m.staffPlace)
	case exhibitionDocs.Name():
		return mapRecord(ctx, m.s, r, exhibitionDocs, search.Exhibition, id, m.publicExhibition, m.staffExhibition)
	}
	return nil, nil
}

type documenter[F Content] func(context.Context, *projector, *Record[F]) (*search.Document, error)

func mapRecord[F Content](ctx context.Context, s *Service, r store.Reader, docs *store.Collection[Record[F]], kind search.Kind, id string,
	public, staff documenter[F]) ([]search.Entry, error) {
	e := search.Entry{Kind: kind, ID: id}
	rec, err := docs.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return []search.Entry{e}, nil
	}
	if err != nil {
		return nil, err
	}
	visible := rec.Shown != nil
	if !visible {
		if visible, err = s.visibleLoad(ctx, r, rec.LoadID); err != nil || !visible {
			return []search.Entry{e}, err
		}
	}
	p := s.projectorAt(r, dayByCalendar) // an entry depends on no clock
	if rec.Shown != nil {
		e.Public, err = public(ctx, p, rec)
		if err != nil && fault.KindOf(err) != fault.NotFound { // NotFound: hidden since it was published
			return nil, err
		}
	}
	if e.Staff, err = staff(ctx, p, rec); err != nil {
		return nil, err
	}
	if e.Staff != nil {
		lives(e.Staff, &rec.Lives)
	}
	return []search.Entry{e}, nil
}

// lives adds what only staff has: the facets of the three lives, and whose the record
// is.
func lives(d *search.Document, l *Lives) {
	put(d, "review", string(l.Review.State))
	put(d, "publication", string(l.Publication.State))
	put(d, "ledger", string(l.Ledger.State))
	put(d, "load", l.LoadID)
	put(d, "org", string(d.Org))
	d.Show = with(d.Show, "org", string(d.Org))
}

// put adds a value to a facet; an empty one is unknown and is left out.
func put(d *search.Document, facet string, values ...string) {
	for _, v := range values {
		if v == "" {
			continue
		}
		if d.Facets == nil {
			d.Facets = make(map[string][]string)
		}
		d.Facets[facet] = append(d.Facets[facet], v)
	}
}

// say adds texts to the body; empty ones are left out.
func say(d *search.Document, texts ...string) {
	for _, t := range texts {
		if t != "" {
			d.Body = append(d.Body, t)
		}
	}
}

// sayCode adds what a code says in words. What other words mean it, the lexicon knows.
func sayCode(d *search.Document, list string, codes ...vocab.Code) {
	for _, c := range codes {
		say(d, vocab.Must(list).Words(c)...)
	}
}

func show(d *search.Document, key string, t Text) {
	if d.Show == nil {
		d.Show = make(map[string]string)
	}
	if t.ZH != "" {
		d.Show[key+"Zh"] = t.ZH
	}
	if t.EN != "" {
		d.Show[key+"En"] = t.EN
	}
}

func flag(d *search.Document, facet string, on bool) {
	if on {
		put(d, facet, "true")
		if d.Show == nil {
			d.Show = make(map[string]string)
		}
		d.Show[facet] = "true"
	}
}

// subject is what every record tells search of itself.
type subject struct {
	name, description     Text
	aliases, former       []string
	traditional, reading  string
	images                []ImageRef
	simulated, unverified bool
	notable               float64
	sortKey               string
}

func document(rec *store.Meta, kind search.Kind, s subject) *search.Document {
	d := &search.Document{Kind: kind, ID: rec.ID, Org: rec.Org, Title: search.Text(s.name), Summary: search.Text(summary(s.description)),
		Reading: s.reading, Weight: s.notable, SortKey: s.sortKey}
	d.Names = append(append(d.Names, s.aliases...), s.former...)
	if s.traditional != "" {
		d.Names = append(d.Names, s.traditional)
	}
	if len(s.images) > 0 {
		d.Image = s.images[0].AssetID
	}
	say(d, s.description.ZH, s.description.EN)
	flag(d, "simulated", s.simulated)
	flag(d, "unverified", s.unverified)
	return d
}

// summaryRunes is how much of a description a list shows.
const summaryRunes = 160

func summary(t Text) Text { return Text{ZH: cut(t.ZH), EN: cut(t.EN)} }

func cut(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > summaryRunes {
		return string(r[:summaryRunes-1]) + "…"
	}
	return s
}

// when adds a period: words, eras and years.
func when(d *search.Document, p Period) {
	say(d, p.Text.ZH, p.Text.EN)
	show(d, "period", p.Text)
	of := eras(p)
	for _, c := range of {
		put(d, "era", string(c))
	}
	if len(of) == 1 { // of several the text names those that it means: 东魏至宋 is hardly 唐
		zh, en, _ := of[0].Label()
		say(d, zh, en)
	}
	d.FromYear, d.ToYear = within(p.FromYear), within(p.ToYear)
}

// within keeps a year inside what search can hold.
func within(y *int) *int {
	if y == nil {
		return nil
	}
	v := min(max(*y, -search.MaxYear), search.MaxYear)
	return &v
}

// where adds a division.
func where(d *search.Document, v Division) {
	for _, t := range []Text{v.Province, v.City, v.County, v.Township} {
		say(d, t.ZH, t.EN)
	}
	put(d, "city", v.City.ZH)
	put(d, "county", v.County.ZH)
	place := Text{ZH: v.City.ZH + v.County.ZH, EN: v.City.EN}
	if v.County.EN != "" && v.City.EN != "" {
		place.EN = v.County.EN + ", " + v.City.EN
	}
	show(d, "place", place)
}

func point(p *PublicPoint) *search.Point {
	if p == nil {
		return nil
	}
	return &search.Point{Lon: p.Lon, Lat: p.Lat}
}
