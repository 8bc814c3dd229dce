package heritage

import (
	"context"
	"errors"

	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// This file is the one place that says what a tourist may see. It reads Shown
// and never Fields, with one exception: what has become confidential since the
// publication (a coordinate, a store) is hidden at once.
//
// Never public: numbers of relics, places that are not published or lie in a
// store, internal notes, whom something was acquired from and for how much,
// states of preservation, threats, confidential coordinates, the exact place of
// unopened tombs and buried sites, drafts.

// projector makes public views. It remembers the names that it looked up; make
// one for each request.
type projector struct {
	s     *Service
	r     store.Reader
	memo  map[string]*Named
	today dayIn
	days  map[MuseumID]Day // by the calendar of a museum
}

// projector makes views as of now, by the clock of the store.
func (s *Service) projector(r store.Reader) *projector { return s.projectorAt(r, s.dayByClock) }

func (s *Service) projectorAt(r store.Reader, today dayIn) *projector {
	return &projector{s: s, r: r, memo: make(map[string]*Named), today: today, days: make(map[MuseumID]Day)}
}

// named returns a published record by name, nil when there is none.
func (p *projector) named(ctx context.Context, kind Kind, id string) (*Named, error) {
	if id == "" {
		return nil, nil
	}
	key := string(kind) + "/" + id
	if n, ok := p.memo[key]; ok {
		return n, nil
	}
	g, err := p.s.look(ctx, p.r, kind, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	var n *Named
	if err == nil && g.shown != nil && !g.store {
		n = &Named{ID: id, Name: *g.shown}
	}
	p.memo[key] = n
	return n, nil
}

// relic returns the public view of rec; ErrNotFound when it is not published.
func (p *projector) relic(ctx context.Context, rec *Relic) (*PublicRelic, error) {
	f := rec.Shown
	if f == nil {
		return nil, ErrNotFound.New()
	}
	v := &PublicRelic{
		ID: rec.ID, PublicNames: publicNames(f.Name, f.Aliases, f.FormerNames, f.Traditional, f.Reading),
		Category: coded("relic-category", f.Category), Grade: coded("relic-grade", f.Grade), Period: publicPeriod(f.Period),
		Materials:    codedList("material", f.Materials),
		Quantity:     PublicQuantity{Traditional: f.Quantity.Traditional, Actual: f.Quantity.Actual, Unit: coded("quantity-unit", f.Quantity.Unit)},
		Dimensions:   make([]PublicDimension, 0, len(f.Dimensions)),
		Mass:         PublicMass{Grams: f.Mass.Grams, Range: coded("mass-range", f.Mass.Range), Approximate: f.Mass.Approx, Source: f.Mass.Source},
		Completeness: coded("completeness", f.Completeness),
		FindPlace:    f.FindPlace, FoundYear: f.FoundYear, Parts: []Named{}, Exhibitions: []ShownIn{},
		PublicText: publicText(f.Description, f.Images, f.Sources, f.Simulated, f.Unverified),
	}
	for _, d := range f.Dimensions {
		v.Dimensions = append(v.Dimensions, PublicDimension{Kind: codedOf("dimension-kind", d.Kind), ValueMM: d.ValueMM, Approximate: d.Approx, Note: d.Note, Source: d.Source})
	}
	var err error
	if v.Museum, err = p.named(ctx, KindMuseum, string(f.MuseumID)); err != nil {
		return nil, err
	}
	if v.FindSite, err = p.named(ctx, KindSite, string(f.FindSite)); err != nil {
		return nil, err
	}
	if v.PartOf, err = p.named(ctx, KindRelic, string(f.PartOf)); err != nil {
		return nil, err
	}
	if rec.Ledger.State == Held {
		place, err := p.s.gallery(ctx, p.r, rec.stands())
		if err != nil {
			return nil, err
		}
		if place != nil {
			v.Gallery = &Named{ID: place.ID, Name: place.Shown.Name}
		}
	}
	return v, nil
}

// parts returns the published parts of a set, at most 200.
func (p *projector) parts(ctx context.Context, id string) ([]Named, error) {
	page, err := relicDocs.Find(ctx, p.r, store.Query{Index: "shownOfSet", Equal: []any{id}, Limit: 200})
	if err != nil {
		return nil, err
	}
	out := make([]Named, 0, len(page.Items))
	for _, d := range page.Items {
		out = append(out, Named{ID: d.ID, Name: d.Shown.Name})
	}
	return out, nil
}

// site returns the public view of rec; ErrNotFound when it is not published.
func (p *projector) site(ctx context.Context, rec *Site) (*PublicSite, error) {
	f := rec.Shown
	if f == nil {
		return nil, ErrNotFound.New()
	}
	v := &PublicSite{
		ID: rec.ID, PublicNames: publicNames(f.Name, f.Aliases, f.FormerNames, f.Traditional, f.Reading),
		Class: coded("site-class", f.Class), Type: coded("site-type", f.Type), Level: coded("protection-level", f.Level),
		Batch: f.Batch, ListedOn: f.ListedOn, OfficialNumber: f.OfficialNumber, Period: publicPeriod(f.Period),
		Division: f.Division, AsListed: f.AsListed, Address: f.Address,
		OpenToPublic: f.OpenToPublic, Visiting: publicVisiting(f.Visiting),
		PublicText: publicText(f.Description, f.Images, f.Sources, f.Simulated, f.Unverified),
	}
	secret := rec.Fields.Location != nil && rec.Fields.Location.Confidential
	v.LocationFuzzed = f.Unopened || rec.Fields.Unopened
	v.Location = publicPoint(f.Location, secret, v.LocationFuzzed)
	if v.LocationFuzzed {
		v.Address, v.Division.Township, v.AsListed.Township = Text{}, Text{}, Text{}
	}
	var err error
	if v.MergedInto, err = p.named(ctx, KindSite, string(f.MergedInto)); err != nil {
		return nil, err
	}
	if v.Supplements, err = p.named(ctx, KindSite, string(f.Supplements)); err != nil {
		return nil, err
	}
	if v.PartOf, err = p.named(ctx, KindSite, string(f.PartOf)); err != nil {
		return nil, err
	}
	return v, nil
}

// museum returns the public view of rec; ErrNotFound when it is not published.
func (p *projector) museum(_ context.Context, rec *Museum) (*PublicMuseum, error) {
	f := rec.Shown
	if f == nil {
		return nil, ErrNotFound.New()
	}
	secret := rec.Fields.Location != nil && rec.Fields.Location.Confidential
	return &PublicMuseum{
		ID: rec.ID, PublicNames: publicNames(f.Name, f.Aliases, f.FormerNames, f.Traditional, f.Reading),
		Grade: coded("museum-grade", f.Grade), Nature: coded("holder-nature", f.Nature),
		Division: f.Division, Address: f.Address, Location: publicPoint(f.Location, secret, false), TimeZone: f.TimeZone,
		Phone: f.Phone, Website: f.Website, Visiting: publicVisiting(f.Visiting),
		PublicText: publicText(f.Description, f.Images, f.Sources, f.Simulated, f.Unverified),
	}, nil
}

// place returns the public view of rec; ErrNotFound when it is not published,
// or when it has come to lie in a store since.
func (p *projector) place(ctx context.Context, rec *Place) (*PublicPlace, error) {
	f := rec.Shown
	if f == nil {
		return nil, ErrNotFound.New()
	}
	secret, err := p.s.confidential(ctx, p.r, PlaceID(rec.ID))
	if err != nil {
		return nil, err
	}
	if secret || f.Store {
		return nil, ErrNotFound.New()
	}
	hidden := rec.Fields.Location != nil && rec.Fields.Location.Confidential
	v := &PublicPlace{ID: rec.ID, Name: f.Name, Kind: coded("place-kind", f.Kind), Location: publicPoint(f.Location, hidden, false),
		PublicText: publicText(f.Description, f.Images, nil, f.Simulated, f.Unverified)}
	if v.Museum, err = p.named(ctx, KindMuseum, string(f.MuseumID)); err != nil {
		return nil, err
	}
	v.Parent, err = p.named(ctx, KindPlace, string(f.ParentID))
	return v, err
}

func publicNames(name Text, aliases, former []string, traditional, reading string) PublicNames {
	return PublicNames{Name: name, Aliases: all(aliases), FormerNames: all(former), Traditional: traditional, Reading: reading}
}

// all returns list, or an empty list for nil, so that JSON has [] and not null.
func all(list []string) []string { return append([]string{}, list...) }

func publicText(description Text, images []ImageRef, sources []Source, simulated, unverified bool) PublicText {
	t := PublicText{Description: description, Images: make([]PublicImage, 0, len(images)), Sources: append([]Source{}, sources...),
		Simulated: simulated, Unverified: unverified}
	for _, img := range images {
		t.Images = append(t.Images, PublicImage(img))
	}
	return t
}

func publicPeriod(p Period) PublicPeriod {
	read := dating.Parse(p.Text.ZH)
	v := PublicPeriod{Text: p.Text, FromYear: p.FromYear, ToYear: p.ToYear, Approximate: p.Approx, Eras: []Coded{}}
	if read.Clear() && p.says(read) {
		v.Printed = Text{ZH: read.In(fault.Chinese), EN: read.In(fault.English)}
	}
	for _, c := range erasOf(p, read) {
		zh, en, _ := c.Label()
		v.Eras = append(v.Eras, Coded{Code: string(c), Label: Text{ZH: zh, EN: en}})
	}
	return v
}

// eras returns the eras of the facet in which p lies: those that its words
// name, else those that its years tell.
func eras(p Period) []dating.Code { return erasOf(p, dating.Parse(p.Text.ZH)) }

func erasOf(p Period, read dating.Period) []dating.Code {
	if p.Kind == "foreign" { // the eras are those of China
		return nil
	}
	if codes := read.Eras(); len(codes) > 0 {
		return codes
	}
	return dating.Dynasties(p.FromYear, p.ToYear)
}

func publicPoint(p *GeoPoint, secret, fuzzed bool) *PublicPoint {
	if p == nil || p.Confidential || secret {
		return nil
	}
	q := *p
	if fuzzed {
		q = q.fuzzed()
	}
	return &PublicPoint{Lon: q.Lon, Lat: q.Lat, PrecisionM: q.PrecisionM, Datum: WGS84, Unverified: q.Unverified}
}

func publicVisiting(v *Visiting) *PublicVisiting {
	if v == nil {
		return nil
	}
	out := &PublicVisiting{Hours: v.Hours, Admission: v.Admission}
	if b := v.Booking; b != nil {
		out.Booking = &PublicBooking{Required: b.Required, DaysAhead: b.DaysAhead, Channels: make([]PublicChannel, 0, len(b.Channels)), Note: b.Note, Source: b.Source}
		for _, c := range b.Channels {
			out.Booking.Channels = append(out.Booking.Channels, PublicChannel{Kind: codedOf("booking-channel", c.Kind), Name: c.Name, URL: c.URL, Phone: c.Phone})
		}
	}
	if d := v.Identity; d != nil {
		out.Identity = &PublicIdentity{Documents: codedList("identity-document", d.Documents), Note: d.Note, Source: d.Source}
	}
	return out
}

// coded returns the code with its labels, nil for none. A code that the list no
// longer has is its own label.
func coded(list string, code vocab.Code) *Coded {
	if code == "" {
		return nil
	}
	t, ok := vocab.Must(list).Term(code)
	if !ok {
		return &Coded{Code: string(code), Label: Text{ZH: string(code), EN: string(code)}}
	}
	return &Coded{Code: string(code), Label: Text{ZH: t.ZH, EN: t.EN}}
}

// codedOf is coded for a code that a rule requires.
func codedOf(list string, code vocab.Code) Coded {
	if c := coded(list, code); c != nil {
		return *c
	}
	return Coded{}
}

func codedList(list string, codes []vocab.Code) []Coded {
	out := make([]Coded, 0, len(codes))
	for _, c := range codes {
		out = append(out, codedOf(list, c))
	}
	return out
}
