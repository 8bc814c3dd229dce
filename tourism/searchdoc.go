package tourism

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
)

var _ search.Source = (*Service)(nil)

// Collections implements search.Source: paths are not searched.
func (s *Service) Collections() []string {
	return []string{areaDocs.Name(), spotDocs.Name(), storyDocs.Name()}
}

// Map implements search.Source.
func (s *Service) Map(ctx context.Context, r store.Reader, collection, id string) ([]search.Entry, error) {
	switch collection {
	case areaDocs.Name():
		return entries(ctx, s, r, s.Areas, search.Area, id, s.areaDocument)
	case spotDocs.Name():
		return entries(ctx, s, r, s.Spots, search.Spot, id, s.spotDocument)
	case storyDocs.Name():
		return entries(ctx, s, r, s.Stories, search.Story, id, s.storyDocument)
	}
	return nil, nil
}

// Dependents implements search.Source: what belongs to a record shows its name
// and is seen only with it. What is published of a record may belong to another
// than its newest content does.
func (s *Service) Dependents(ctx context.Context, r store.Reader, ch store.Change) ([]search.Ref, error) {
	d := dependents{seen: make(map[search.Ref]bool)}
	switch ch.Collection {
	case areaDocs.Name():
		d.spots(ctx, r, ch.ID)
	case "museums":
		for _, area := range find(ctx, r, &d, areaDocs, "ofMuseum", "shownByMuseum", ch.ID) {
			d.spots(ctx, r, area)
			d.stories(ctx, r, area)
		}
	case spotDocs.Name(), "relics", "sites":
	default:
		return nil, nil
	}
	d.stories(ctx, r, ch.ID)
	return d.refs, d.err
}

// dependents gathers references, each once, until the first error.
type dependents struct {
	refs []search.Ref
	seen map[search.Ref]bool
	err  error
}

func (d *dependents) spots(ctx context.Context, r store.Reader, area string) {
	for _, spot := range find(ctx, r, d, spotDocs, "ofArea", "shownByArea", area) {
		d.stories(ctx, r, spot)
	}
}

func (d *dependents) stories(ctx context.Context, r store.Reader, subject string) {
	find(ctx, r, d, storyDocs, "ofSubject", "shownBySubject", subject)
}

// find adds the records that have value in an index of their newest content or in
// one of what is published, and returns the ids of those that are new.
func find[F Content](ctx context.Context, r store.Reader, d *dependents, docs *store.Collection[Record[F]], newest, shown, value string) (ids []string) {
	for _, index := range []string{newest, shown} {
		if d.err != nil {
			return ids
		}
		d.err = docs.Each(ctx, r, store.Query{Index: index, Equal: []any{value}}, func(rec *Record[F]) error {
			ref := search.Ref{Collection: docs.Name(), ID: rec.ID}
			if !d.seen[ref] {
				d.seen[ref] = true
				d.refs, ids = append(d.refs, ref), append(ids, rec.ID)
			}
			return nil
		})
	}
	return ids
}

// entries makes the one entry of a record. The public document is made from
// what tourists see, the staff document from the newest content.
func entries[F Content](ctx context.Context, s *Service, r store.Reader, g *Register[F], kind search.Kind, id string,
	document func(ctx context.Context, r store.Reader, f *F, public bool) (*search.Document, error)) ([]search.Entry, error) {
	e := search.Entry{Kind: kind, ID: id}
	rec, err := g.docs.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return []search.Entry{e}, nil
	}
	if err != nil {
		return nil, err
	}
	fields := withoutConfidential(rec.Fields)
	if e.Staff, err = document(ctx, r, &fields, false); err != nil {
		return nil, err
	}
	e.Staff.Facets["publication"] = []string{string(rec.Publication.State)}
	e.Staff.Facets["org"] = []string{string(rec.Org)}
	if e.Staff.Show == nil {
		e.Staff.Show = make(map[string]string)
	}
	e.Staff.Show["org"] = string(rec.Org)
	pub, err := publicOf(ctx, s.viewer(r), rec)
	if err != nil {
		return nil, err
	}
	if pub != nil && !grounds(&pub.Fields) {
		if e.Public, err = document(ctx, r, &pub.Fields, true); err != nil {
			return nil, err
		}
	}
	for _, d := range []*search.Document{e.Public, e.Staff} {
		if d != nil {
			d.Kind, d.ID, d.Org = kind, id, rec.Org
		}
	}
	return []search.Entry{e}, nil
}

// grounds reports whether f is the area of a museum, for which the museum's own
// document stands in the public index.
func grounds[F Content](f *F) bool {
	a, ok := any(f).(*AreaFields)
	return ok && a.MuseumID != ""
}

func (s *Service) areaDocument(_ context.Context, _ store.Reader, f *AreaFields, _ bool) (*search.Document, error) {
	d := &search.Document{
		Title: text(f.Name), Summary: summary(f.Description), Reading: f.Reading, SortKey: f.SortKey,
		Names: names(f.Aliases, f.FormerNames, []string{f.Traditional}), Body: body(f.Description, f.Address),
		Facets: map[string][]string{}, Weight: f.Notable, Point: point(f.Location), Image: image(f.Images), Show: map[string]string{},
	}
	for _, t := range []heritage.Text{f.Division.City, f.Division.County} {
		d.Body = append(d.Body, body(t)...)
	}
	facet(d, "city", f.Division.City.ZH)
	facet(d, "county", f.Division.County.ZH)
	show(d, "place", f.Division.City)
	facet(d, "grade", string(f.Grade))
	label(d, AreaGrades, f.Grade)
	for _, c := range f.Designations {
		label(d, Designations, c)
	}
	if f.Visiting != nil && f.Visiting.Admission != nil && f.Visiting.Admission.Free != nil {
		facet(d, "free", strconv.FormatBool(*f.Visiting.Admission.Free))
	}
	marks(d, f.Simulated, f.Unverified)
	return d, nil
}

func (s *Service) spotDocument(ctx context.Context, r store.Reader, f *SpotFields, public bool) (*search.Document, error) {
	d := &search.Document{
		Title: text(f.Name), Summary: summary(f.Description), Reading: f.Reading, SortKey: f.SortKey,
		Names: names(f.Aliases, f.FormerNames, []string{f.Traditional}), Body: body(f.Description, f.AccessNote),
		Facets: map[string][]string{}, Weight: f.Notable, Point: point(f.Location), Image: image(f.Images), Show: map[string]string{},
	}
	facet(d, "type", string(f.Kind))
	label(d, SpotKinds, f.Kind)
	facet(d, "area", string(f.AreaID))
	if f.Wheelchair == AccessYes {
		facet(d, "accessible", "true")
	}
	of, err := s.areaOf(ctx, r, f.AreaID, public)
	if err != nil {
		return nil, err
	}
	if of != nil {
		show(d, "area", of.Name)
		d.Body = append(d.Body, body(of.Name, of.Division.City, of.Division.County)...)
		facet(d, "city", of.Division.City.ZH)
		if d.Point == nil {
			d.Point = point(of.Location)
		}
	}
	marks(d, f.Simulated, f.Unverified)
	return d, nil
}

// areaOf returns the area of a spot as the document may show it, nil when it may
// not: to tourists what they see of it, to staff the newest.
func (s *Service) areaOf(ctx context.Context, r store.Reader, id AreaID, public bool) (*AreaFields, error) {
	if public {
		p, err := s.Areas.public(ctx, r, string(id))
		if err != nil {
			return nil, unlessNotFound(err)
		}
		return &p.Fields, nil
	}
	d, err := areaDocs.Get(ctx, r, string(id))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &d.Fields, nil
}

// spotOf returns the spot of a story likewise.
func (s *Service) spotOf(ctx context.Context, r store.Reader, id string, public bool) (*SpotFields, error) {
	if public {
		p, err := s.Spots.public(ctx, r, id)
		if err != nil {
			return nil, unlessNotFound(err)
		}
		return &p.Fields, nil
	}
	d, err := spotDocs.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &d.Fields, nil
}

func (s *Service) storyDocument(ctx context.Context, r store.Reader, f *StoryFields, public bool) (*search.Document, error) {
	d := &search.Document{
		Title: text(f.Title), Summary: summary(f.Text), SortKey: f.SortKey, Body: body(f.Text),
		Facets: map[string][]string{}, Image: image(f.Images), Show: map[string]string{"subjectKind": f.Subject.Kind, "subjectId": f.Subject.ID},
	}
	facet(d, "audience", string(f.Audience))
	name, ok, err := s.viewer(r).named(ctx, f.Subject.Kind, f.Subject.ID)
	if err != nil {
		return nil, err
	}
	if ok { // what is hidden is not named here, not even for staff of another room
		show(d, "subject", name)
		if err := s.sayWhere(ctx, r, d, f.Subject, public); err != nil {
			return nil, err
		}
	}
	marks(d, f.Simulated, f.Unverified)
	return d, nil
}

// sayWhere adds to a story about a spot its names and its area: it is sought by
// them as the spot is.
func (s *Service) sayWhere(ctx context.Context, r store.Reader, d *search.Document, about Subject, public bool) error {
	if about.Kind != string(KindSpot) {
		return nil
	}
	spot, err := s.spotOf(ctx, r, about.ID, public)
	if err != nil || spot == nil {
		return err
	}
	d.Body = append(append(d.Body, body(spot.Name)...), names(spot.Aliases, spot.FormerNames)...)
	of, err := s.areaOf(ctx, r, spot.AreaID, public)
	if err != nil || of == nil {
		return err
	}
	d.Body = append(d.Body, body(of.Name)...)
	return nil
}

func text(t heritage.Text) search.Text { return search.Text{ZH: t.ZH, EN: t.EN} }

// summary is the first paragraph of a text.
func summary(t heritage.Text) search.Text {
	zh, _, _ := strings.Cut(t.ZH, "\n")
	en, _, _ := strings.Cut(t.EN, "\n")
	return search.Text{ZH: zh, EN: en}
}

func body(texts ...heritage.Text) []string {
	var out []string
	for _, t := range texts {
		for _, s := range []string{t.ZH, t.EN} {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

func names(lists ...[]string) []string {
	var out []string
	for _, l := range lists {
		for _, n := range l {
			if n != "" {
				out = append(out, n)
			}
		}
	}
	return out
}

func facet(d *search.Document, name, value string) {
	if value != "" {
		d.Facets[name] = append(d.Facets[name], value)
	}
}

func label(d *search.Document, list List, code Code) {
	if t, ok := list.Find(code); ok {
		d.Body = append(d.Body, t.ZH, t.EN)
	}
}

func show(d *search.Document, name string, t heritage.Text) {
	if t.ZH != "" {
		d.Show[name+"Zh"] = t.ZH
	}
	if t.EN != "" {
		d.Show[name+"En"] = t.EN
	}
}

// marks adds the flags that a list shows beside the name.
func marks(d *search.Document, simulated, unverified bool) {
	if simulated {
		facet(d, "simulated", "true")
		d.Show["simulated"] = "true"
	}
	if unverified {
		facet(d, "unverified", "true")
		d.Show["unverified"] = "true"
	}
}

func point(p *heritage.GeoPoint) *search.Point {
	if p == nil || p.Confidential {
		return nil
	}
	return &search.Point{Lon: p.Lon, Lat: p.Lat}
}

func image(list []heritage.ImageRef) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].AssetID
}

func in(t heritage.Text, lang fault.Lang) string {
	if lang == fault.English && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}
