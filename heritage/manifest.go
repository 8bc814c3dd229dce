package heritage

import (
	"context"
	"strconv"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// RelicManifests returns what IIIF manifests say of relics.
func (s *Service) RelicManifests() media.ManifestSource {
	return manifests[RelicFields]{s: s, g: s.Relics, make: relicManifest}
}

// SiteManifests returns what IIIF manifests say of sites.
func (s *Service) SiteManifests() media.ManifestSource {
	return manifests[SiteFields]{s: s, g: s.Sites, make: siteManifest}
}

// manifests implements media.ManifestSource. Staff who may read a record get
// its newest content; everybody else gets what is published.
type manifests[F Content] struct {
	s    *Service
	g    *Register[F]
	make func(context.Context, *projector, *Record[F]) (*media.Manifest, error)
}

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
		rec.Publication.Rev = rec.Rev
	}
	out, err := m.make(ctx, m.s.projector(r), rec)
	if err != nil {
		return nil, err
	}
	out.Rev, out.UpdatedAt = rec.Publication.Rev, rec.UpdatedAt
	if !ok && rec.Publication.At != nil {
		out.UpdatedAt = *rec.Publication.At
	}
	return out, nil
}

func relicManifest(ctx context.Context, p *projector, rec *Relic) (*media.Manifest, error) {
	v, err := p.relic(ctx, rec)
	if err != nil {
		return nil, err
	}
	m := manifestOf(v.Name, v.PublicText, "/relics/"+v.ID)
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
	m := manifestOf(v.Name, v.PublicText, "/sites/"+v.ID)
	tell(m, Text{"类别", "Class"}, label(v.Class))
	tell(m, Text{"保护级别", "Level of protection"}, label(v.Level))
	tell(m, Text{"时代", "Period"}, v.Period.Text)
	tell(m, Text{"所在地", "Place"}, Text{
		ZH: v.Division.Province.ZH + v.Division.City.ZH + v.Division.County.ZH,
		EN: join(", ", v.Division.County.EN, v.Division.City.EN, v.Division.Province.EN)})
	return m, nil
}

// manifestOf makes what all manifests have.
func manifestOf(name Text, t PublicText, page string) *media.Manifest {
	m := &media.Manifest{Label: media.Text(name), Summary: media.Text(t.Description), Page: page}
	drawing := false
	for _, img := range t.Images {
		m.Pictures = append(m.Pictures, media.Picture{Asset: img.AssetID, Caption: media.Text(img.Caption)})
		drawing = drawing || img.Drawing
	}
	var zh, en []string
	if drawing {
		zh, en = append(zh, "示意图，非文物照片"), append(en, "Drawing, not a photograph of the object")
	}
	if t.Simulated {
		zh, en = append(zh, "模拟数据"), append(en, "simulated data")
	}
	if len(zh) > 0 {
		m.Statement = &media.Pair{Label: media.Text{ZH: "说明", EN: "Note"}, Value: media.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}}
	}
	return m
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
