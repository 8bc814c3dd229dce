package heritage

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// RelicManifests returns what IIIF manifests say of relics.
func (s *Service) RelicManifests() media.ManifestSource {
	return manifests[RelicFields]{s: s, g: s.Relics, make: relicManifest, kept: true}
}

// SiteManifests returns what IIIF manifests say of sites.
func (s *Service) SiteManifests() media.ManifestSource {
	return manifests[SiteFields]{s: s, g: s.Sites, make: siteManifest}
}

// MuseumManifests returns what IIIF collections say of museums.
func (s *Service) MuseumManifests() media.ManifestSource {
	return manifests[MuseumFields]{s: s, g: s.Museums, make: museumManifest}
}

// manifests implements media.ManifestSource. Staff who may read a record get
// its newest content; everybody else gets what is published.
type manifests[F Content] struct {
	s    *Service
	g    *Register[F]
	make func(context.Context, *projector, *Record[F]) (*media.Manifest, error)
	kept bool                                                                // by museums: there is an index shownByMuseum
	also func(context.Context, store.Reader, store.Change) ([]string, error) // what else a change touches; nil is nothing
}

// Manifest implements media.ManifestSource.
func (m manifests[F]) Manifest(ctx context.Context, r store.Reader, by actor.Actor, id string) (*media.Manifest, error) {
	rec, err := existing(m.g.docs.Get(ctx, r, id))
	if err != nil {
		return nil, err
	}
	ok, err := m.g.mayRead(ctx, r, by, rec)
	if err != nil {
		return nil, err
	}
	if ok {
		newest := rec.Fields
		rec.Shown = &newest
	}
	out, err := m.make(ctx, m.s.projector(r), rec)
	if err != nil || out.Provider == nil {
		return out, err
	}
	out.Provider, err = m.s.Provider(ctx, r, MuseumID(out.Provider.ID))
	return out, err
}

// Published implements media.ManifestSource.
func (m manifests[F]) Published(ctx context.Context, r store.Reader, museum string, limit int, after store.Cursor) (store.Page[media.Manifest], error) {
	var out store.Page[media.Manifest]
	q := store.Query{Index: "shownByName", Limit: limit, After: after}
	if museum != "" {
		if !m.kept {
			return out, nil
		}
		q.Index, q.Equal = "shownByMuseum", []any{museum}
	}
	page, err := m.g.docs.Find(ctx, r, q)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	p := m.s.projector(r)
	for _, rec := range page.Items {
		facts, err := m.make(ctx, p, rec)
		if err != nil && fault.KindOf(err) == fault.NotFound { // hidden since it was published
			continue
		}
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, facts)
	}
	return out, nil
}

// Touched implements media.ManifestSource: a manifest shows pictures and the name
// of the museum.
func (m manifests[F]) Touched(ctx context.Context, r store.Reader, ch store.Change) ([]string, error) {
	index := ""
	switch ch.Collection {
	case m.g.docs.Name():
		return []string{ch.ID}, nil
	case media.AssetsCollection():
		index = "shownByAsset"
	case museumDocs.Name():
		if m.kept {
			index = "shownByMuseum"
		}
	}
	var ids []string
	if index != "" {
		err := m.g.docs.Each(ctx, r, store.Query{Index: index, Equal: []any{ch.ID}}, func(rec *Record[F]) error {
			ids = append(ids, rec.ID)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if m.also != nil {
		more, err := m.also(ctx, r, ch)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Provider returns what manifests tell of a museum that provides what they show,
// nil when it is not published.
func (s *Service) Provider(ctx context.Context, r store.Reader, id MuseumID) (*media.Agent, error) {
	rec, err := museumDocs.Get(ctx, r, string(id))
	if isGone(err) {
		return nil, nil
	}
	if err != nil || rec.Shown == nil {
		return nil, err
	}
	return &media.Agent{ID: rec.ID, Name: media.Text(rec.Shown.Name), Website: rec.Shown.Website}, nil
}

// providedBy names a museum as the provider; Manifest adds what it does not know.
func providedBy(museum *Named) *media.Agent {
	if museum == nil {
		return nil
	}
	return &media.Agent{ID: museum.ID, Name: media.Text(museum.Name)}
}

func relicManifest(ctx context.Context, p *projector, rec *Relic) (*media.Manifest, error) {
	v, err := p.relic(ctx, rec)
	if err != nil {
		return nil, err
	}
	m := manifestOf(v.ID, v.Name, v.PublicText, "/relics/"+v.ID)
	m.Provider, m.NavYear = providedBy(v.Museum), v.Period.FromYear
	tell(m, Text{"类别", "Category"}, label(v.Category))
	tell(m, Text{"级别", "Grade"}, label(v.Grade))
	tell(m, Text{"年代", "Period"}, v.Period.Text)
	tell(m, Text{"质地", "Material"}, labels(v.Materials))
	for _, d := range v.Dimensions {
		cm := strconv.FormatFloat(d.ValueMM/10, 'f', -1, 64) + " cm"
		tell(m, d.Kind.Label, Text{ZH: cm, EN: cm})
	}
	if v.Museum != nil {
		tell(m, Text{"收藏单位", "Holder"}, v.Museum.Name)
	}
	tell(m, Text{"出土地点", "Find place"}, v.FindPlace)
	return m, nil
}

func siteManifest(ctx context.Context, p *projector, rec *Site) (*media.Manifest, error) {
	v, err := p.site(ctx, rec)
	if err != nil {
		return nil, err
	}
	m := manifestOf(v.ID, v.Name, v.PublicText, "/sites/"+v.ID)
	m.NavYear = v.Period.FromYear
	tell(m, Text{"类别", "Class"}, label(v.Class))
	tell(m, Text{"保护级别", "Level of protection"}, label(v.Level))
	tell(m, Text{"时代", "Period"}, v.Period.Text)
	tell(m, Text{"所在地", "Place"}, Text{
		ZH: v.Division.Province.ZH + v.Division.City.ZH + v.Division.County.ZH,
		EN: join(", ", v.Division.County.EN, v.Division.City.EN, v.Division.Province.EN)})
	return m, nil
}

func museumManifest(ctx context.Context, p *projector, rec *Museum) (*media.Manifest, error) {
	v, err := p.museum(ctx, rec)
	if err != nil {
		return nil, err
	}
	m := manifestOf(v.ID, v.Name, v.PublicText, "/museums/"+v.ID)
	m.Provider = &media.Agent{ID: v.ID, Name: media.Text(v.Name)}
	tell(m, Text{"等级", "Grade"}, label(v.Grade))
	tell(m, Text{"地址", "Address"}, v.Address)
	return m, nil
}

// What must be said of pictures and records; see Presentation 3.0 requiredStatement.
var (
	drawingNote   = Text{"示意图，非文物照片", "Drawing, not a photograph of the object"}
	simulatedNote = Text{"模拟数据", "Simulated data"}
)

// manifestOf makes what all manifests have; page is the path of the record in the
// guide, below which the JSON API has it too.
func manifestOf(id string, name Text, t PublicText, page string) *media.Manifest {
	m := &media.Manifest{ID: id, Label: media.Text(name), Summary: media.Text(t.Description), Page: page, Data: "/api/v1" + page, Notes: NotesOf(t.Simulated)}
	for _, img := range t.Images {
		m.Pictures = append(m.Pictures, PictureOf(ImageRef(img)))
	}
	return m
}

// NotesOf returns what a manifest must say of a record.
func NotesOf(simulated bool) []media.Text {
	if !simulated {
		return nil
	}
	return []media.Text{media.Text(simulatedNote)}
}

// PictureOf returns a picture of a record as a manifest shows it.
func PictureOf(img ImageRef) media.Picture {
	p := media.Picture{Asset: img.AssetID, Caption: media.Text(img.Caption)}
	if img.Drawing {
		p.Notes = []media.Text{media.Text(drawingNote)}
	}
	return p
}

// tell adds a line of metadata; an unknown value is left out.
func tell(m *media.Manifest, label, value Text) {
	if !value.IsZero() {
		m.Metadata = append(m.Metadata, media.Pair{Label: media.Text(label), Value: media.Text(value)})
	}
}

func label(c *Coded) Text {
	if c == nil {
		return Text{}
	}
	return c.Label
}

func labels(list []Coded) Text {
	var zh, en []string
	for _, c := range list {
		zh, en = append(zh, c.Label.ZH), append(en, c.Label.EN)
	}
	return Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// join joins what is not empty.
func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
