package heritage

import (
	"context"
	"strconv"

	"yijianyou/internal/store"
	"yijianyou/search"
)

// relicDocument is what both indexes hold of a relic: f is the published
// content for one and the newest for the other.
func relicDocument(rec *Relic, f *RelicFields) *search.Document {
	d := document(&rec.Meta, search.Relic, subject{f.Name, f.Description, f.Aliases, f.FormerNames, f.Traditional, f.Reading, f.Images, f.Simulated, f.Unverified, f.Notable, f.SortKey})
	put(d, "category", string(f.Category))
	put(d, "grade", string(f.Grade))
	sayCode(d, "relic-category", f.Category)
	sayCode(d, "relic-grade", f.Grade)
	sayCode(d, "material", f.Materials...)
	for _, c := range f.Materials {
		put(d, "material", string(c))
	}
	when(d, f.Period)
	say(d, f.FindPlace.ZH, f.FindPlace.EN)
	return d
}

func (m *SearchSource) publicRelic(ctx context.Context, p *projector, rec *Relic) (*search.Document, error) {
	v, err := p.relic(ctx, rec)
	if err != nil {
		return nil, err
	}
	d := relicDocument(rec, rec.Shown)
	if v.Museum != nil {
		if err := m.holder(ctx, p, d, v.Museum.ID); err != nil {
			return nil, err
		}
	}
	if v.Gallery != nil {
		put(d, "onView", "true")
		say(d, v.Gallery.Name.ZH, v.Gallery.Name.EN)
		show(d, "gallery", v.Gallery.Name)
	}
	if err := m.onView(ctx, p, d, rec); err != nil {
		return nil, err
	}
	for _, n := range []*Named{v.PartOf, v.FindSite} {
		if n != nil {
			say(d, n.Name.ZH, n.Name.EN)
		}
	}
	return d, nil
}

// holder adds a published museum: where it is, and by what names it goes.
func (m *SearchSource) holder(ctx context.Context, p *projector, d *search.Document, id string) error {
	mus, err := museumDocs.Get(ctx, p.r, id)
	if err != nil {
		return err
	}
	v, err := p.museum(ctx, mus)
	if err != nil {
		return err
	}
	put(d, "museum", id)
	put(d, "city", v.Division.City.ZH)
	put(d, "county", v.Division.County.ZH)
	say(d, v.Name.ZH, v.Name.EN)
	say(d, v.Aliases...)
	show(d, "holder", v.Name)
	d.Point = point(v.Location)
	return nil
}

func (m *SearchSource) staffRelic(ctx context.Context, p *projector, rec *Relic) (*search.Document, error) {
	f := &rec.Fields
	d := relicDocument(rec, f)
	if f.Number != nil {
		d.Codes = append(d.Codes, f.Number.Value)
		d.Show = with(d.Show, "number", f.Number.Value)
	}
	for _, n := range f.OtherNumbers {
		d.Codes = append(d.Codes, n.Value)
	}
	put(d, "museum", string(f.MuseumID))
	put(d, "source", string(f.Acquisition))
	put(d, "condition", string(f.Preservation))
	say(d, f.AcquiredFrom, f.InternalNotes, f.Defects)
	if err := sayHolder(ctx, p, d, f.MuseumID); err != nil {
		return nil, err
	}
	return d, guardPlace(ctx, p, d, f.PlaceID)
}

// sayHolder adds the museum of a staff document and where that is, if it may be known
// there.
func sayHolder(ctx context.Context, p *projector, d *search.Document, id MuseumID) error {
	if id == "" {
		return nil
	}
	mus, err := museumDocs.Get(ctx, p.r, string(id))
	if isGone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	f := &mus.Fields
	secret := f.Location != nil && f.Location.Confidential
	if mus.Org != d.Org {
		if mus.Shown == nil {
			return nil
		}
		f = mus.Shown
	}
	say(d, f.Name.ZH, f.Name.EN)
	show(d, "holder", f.Name)
	d.Point = point(publicPoint(f.Location, secret, false))
	return nil
}

// guardPlace adds where a thing stands, for those who may know.
func guardPlace(ctx context.Context, p *projector, d *search.Document, id PlaceID) error {
	for range maxDepth {
		if id == "" {
			return nil
		}
		place, err := placeDocs.Get(ctx, p.r, string(id))
		if isGone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, t := range []string{place.Fields.Name.ZH, place.Fields.Name.EN, place.Fields.Code} {
			if t != "" {
				d.Guarded = append(d.Guarded, t)
			}
		}
		id = place.Fields.ParentID
	}
	return nil
}

func siteDocument(rec *Site, f *SiteFields) *search.Document {
	d := document(&rec.Meta, search.Site, subject{f.Name, f.Description, f.Aliases, f.FormerNames, f.Traditional, f.Reading, f.Images, f.Simulated, f.Unverified, f.Notable, f.SortKey})
	put(d, "class", string(f.Class))
	put(d, "type", string(f.Type))
	put(d, "level", string(f.Level))
	if f.Batch != nil {
		put(d, "batch", strconv.Itoa(*f.Batch))
	}
	sayCode(d, "site-class", f.Class)
	sayCode(d, "site-type", f.Type)
	sayCode(d, "protection-level", f.Level)
	when(d, f.Period)
	if f.OfficialNumber != "" {
		d.Codes = append(d.Codes, f.OfficialNumber)
	}
	return d
}

func (m *SearchSource) publicSite(ctx context.Context, p *projector, rec *Site) (*search.Document, error) {
	v, err := p.site(ctx, rec)
	if err != nil {
		return nil, err
	}
	d := siteDocument(rec, rec.Shown)
	where(d, v.Division)
	for _, t := range []Text{v.Address, v.AsListed.Province, v.AsListed.City, v.AsListed.County, v.AsListed.Township} {
		say(d, t.ZH, t.EN)
	}
	d.Point = point(v.Location)
	for _, n := range []*Named{v.MergedInto, v.Supplements, v.PartOf} {
		if n != nil {
			say(d, n.Name.ZH, n.Name.EN)
		}
	}
	return d, nil
}

func (m *SearchSource) staffSite(_ context.Context, _ *projector, rec *Site) (*search.Document, error) {
	f := &rec.Fields
	d := siteDocument(rec, f)
	where(d, f.Division)
	if f.SurveyNumber != "" {
		d.Codes = append(d.Codes, f.SurveyNumber)
	}
	put(d, "condition", string(f.Condition))
	for _, t := range []Text{f.AsListed.Province, f.AsListed.City, f.AsListed.County, f.AsListed.Township} {
		say(d, t.ZH, t.EN)
	}
	say(d, f.User, f.Keeper, f.ThreatNote, f.FateNote, f.InternalNotes)
	if f.Unopened {
		for _, t := range []string{f.Address.ZH, f.Address.EN} {
			if t != "" {
				d.Guarded = append(d.Guarded, t)
			}
		}
	} else {
		say(d, f.Address.ZH, f.Address.EN)
	}
	d.Point = point(publicPoint(f.Location, false, f.Unopened))
	return d, nil
}

func museumDocument(rec *Museum, f *MuseumFields) *search.Document {
	d := document(&rec.Meta, search.Museum, subject{f.Name, f.Description, f.Aliases, f.FormerNames, f.Traditional, f.Reading, f.Images, f.Simulated, f.Unverified, f.Notable, f.SortKey})
	put(d, "grade", string(f.Grade))
	sayCode(d, "museum-grade", f.Grade)
	sayCode(d, "holder-nature", f.Nature)
	where(d, f.Division)
	say(d, f.Address.ZH, f.Address.EN)
	if f.Visiting != nil && f.Visiting.Admission != nil && f.Visiting.Admission.Free != nil {
		put(d, "free", strconv.FormatBool(*f.Visiting.Admission.Free))
	}
	return d
}

func (m *SearchSource) publicMuseum(ctx context.Context, p *projector, rec *Museum) (*search.Document, error) {
	v, err := p.museum(ctx, rec)
	if err != nil {
		return nil, err
	}
	d := museumDocument(rec, rec.Shown)
	d.Point = point(v.Location)
	return d, nil
}

func (m *SearchSource) staffMuseum(_ context.Context, _ *projector, rec *Museum) (*search.Document, error) {
	d := museumDocument(rec, &rec.Fields)
	say(d, rec.Fields.InternalNotes)
	d.Point = point(publicPoint(rec.Fields.Location, false, false))
	return d, nil
}

func placeDocument(rec *Place, f *PlaceFields) *search.Document {
	d := document(&rec.Meta, search.Place, subject{name: f.Name, description: f.Description, images: f.Images, simulated: f.Simulated, unverified: f.Unverified, sortKey: f.SortKey})
	put(d, "category", string(f.Kind))
	sayCode(d, "place-kind", f.Kind)
	return d
}

func (m *SearchSource) publicPlace(ctx context.Context, p *projector, rec *Place) (*search.Document, error) {
	v, err := p.place(ctx, rec)
	if err != nil {
		return nil, err
	}
	d := placeDocument(rec, rec.Shown)
	if v.Museum != nil {
		if err := m.holder(ctx, p, d, v.Museum.ID); err != nil {
			return nil, err
		}
	}
	if v.Location != nil {
		d.Point = point(v.Location)
	}
	return d, nil
}

// staffPlace leaves out what is confidential: a place in a store is found in
// the list of places and not by search.
func (m *SearchSource) staffPlace(ctx context.Context, p *projector, rec *Place) (*search.Document, error) {
	secret, err := p.s.confidential(ctx, p.r, PlaceID(rec.ID))
	if err != nil || secret {
		return nil, err
	}
	f := &rec.Fields
	d := placeDocument(rec, f)
	if f.Code != "" {
		d.Codes = append(d.Codes, f.Code)
	}
	put(d, "museum", string(f.MuseumID))
	say(d, f.InternalNotes)
	if err := sayHolder(ctx, p, d, f.MuseumID); err != nil {
		return nil, err
	}
	if own := publicPoint(f.Location, false, false); own != nil {
		d.Point = point(own)
	}
	return d, nil
}

func with(m map[string]string, key, value string) map[string]string {
	if m == nil {
		m = make(map[string]string)
	}
	m[key] = value
	return m
}

// Dependents implements search.Source: a relic and a place show their museum,
// a relic the places around it, its set, the site that it is from and the
// exhibitions that it is in, a site what it belongs to, an exhibition its museum,
// halls and relics, and both the day.
func (m *SearchSource) Dependents(ctx context.Context, r store.Reader, ch store.Change) ([]search.Ref, error) {
	var d dependents
	switch ch.Collection {
	case museumDocs.Name():
		find(ctx, r, &d, relicDocs, "ofMuseum", ch.ID)
		find(ctx, r, &d, placeDocs, "ofMuseum", ch.ID)
		find(ctx, r, &d, exhibitionDocs, "ofMuseum", ch.ID)
		find(ctx, r, &d, exhibitionDocs, "shownByMuseum", ch.ID)
	case placeDocs.Name():
		below(ctx, r, &d, ch.ID, 0)
	case relicDocs.Name():
		find(ctx, r, &d, relicDocs, "ofSet", ch.ID)
		find(ctx, r, &d, exhibitionDocs, "ofRelic", ch.ID)
		find(ctx, r, &d, exhibitionDocs, "shownOfRelic", ch.ID)
	case exhibitionDocs.Name():
		d.relicsOf(ctx, r, ch)
	case calendarDocs.Name():
		d.turned(ctx, r, ch.ID)
	case siteDocs.Name():
		find(ctx, r, &d, relicDocs, "ofSite", ch.ID)
		for _, index := range []string{"ofMerger", "ofSupplement", "ofWhole"} {
			find(ctx, r, &d, siteDocs, index, ch.ID)
		}
	}
	return d.refs, d.err
}

// dependents gathers references until an error.
type dependents struct {
	refs []search.Ref
	err  error
}

func find[F Content](ctx context.Context, r store.Reader, d *dependents, docs *store.Collection[Record[F]], index, id string) {
	if d.err != nil {
		return
	}
	d.err = docs.Each(ctx, r, store.Query{Index: index, Equal: []any{id}}, func(rec *Record[F]) error {
		d.refs = append(d.refs, search.Ref{Collection: docs.Name(), ID: rec.ID})
		return nil
	})
}

// below gathers what stands in a place and in the places inside it.
func below(ctx context.Context, r store.Reader, d *dependents, id string, depth int) {
	if depth == maxDepth {
		return
	}
	find(ctx, r, d, relicDocs, "ofPlace", id)
	find(ctx, r, d, relicDocs, "awayAt", id)
	find(ctx, r, d, exhibitionDocs, "ofPlace", id)
	from := len(d.refs)
	find(ctx, r, d, placeDocs, "ofParent", id)
	for _, ref := range append([]search.Ref(nil), d.refs[from:]...) {
		below(ctx, r, d, ref.ID, depth+1)
	}
}
