package heritage

import (
	"context"
	"strconv"
	"strings"

	"yijianyou/internal/store"
	"yijianyou/media"
)

// ExhibitionManifests returns what IIIF manifests say of exhibitions: their own
// pictures, then the first picture of each published relic in the order of the
// sections, which are its ranges.
func (s *Service) ExhibitionManifests() media.ManifestSource {
	return manifests[ExhibitionFields]{s: s, g: s.Exhibitions, make: exhibitionManifest, kept: true, also: exhibitionsTouched}
}

func exhibitionManifest(ctx context.Context, p *projector, rec *Exhibition) (*media.Manifest, error) {
	v, err := p.exhibition(ctx, rec)
	if err != nil {
		return nil, err
	}
	m := manifestOf(v.ID, v.Title, PublicText{Description: v.Summary, Images: v.Images, Simulated: v.Simulated}, "/exhibitions/"+v.ID)
	m.Provider = providedBy(v.Museum)
	if year, err := strconv.Atoi(year(v.From)); err == nil {
		m.NavYear = &year
	}
	seen := make(map[string]bool)
	for _, img := range v.Images {
		seen[img.AssetID] = true
	}
	for _, s := range v.Sections {
		part := media.Range{Label: media.Text(s.Title)}
		for _, it := range s.Items {
			img := it.Relic.Image
			if img == nil {
				continue
			}
			part.Pictures = append(part.Pictures, img.AssetID)
			if !seen[img.AssetID] {
				seen[img.AssetID] = true
				m.Pictures = append(m.Pictures, PictureOf(ImageRef{AssetID: img.AssetID, Caption: it.Relic.Name, Drawing: img.Drawing}))
			}
		}
		m.Structures = append(m.Structures, part)
	}
	tell(m, Text{"类型", "Kind"}, v.Kind.Label)
	if v.Museum != nil {
		tell(m, Text{"举办单位", "Museum"}, v.Museum.Name)
	}
	for _, h := range v.Halls {
		tell(m, Text{"展厅", "Hall"}, h.Name)
	}
	span := rec.Shown.span()
	tell(m, Text{"展期", "Dates"}, Text{ZH: span, EN: span})
	return m, nil
}

// year is the year of a day, "" for none.
func year(d Day) string {
	y, _, _ := strings.Cut(string(d), "-")
	return y
}

// exhibitionsTouched returns the exhibitions whose manifests show a relic, one of
// its pictures, or a hall.
func exhibitionsTouched(ctx context.Context, r store.Reader, ch store.Change) (ids []string, err error) {
	find := func(index, id string) error {
		return exhibitionDocs.Each(ctx, r, store.Query{Index: index, Equal: []any{id}}, func(rec *Exhibition) error {
			ids = append(ids, rec.ID)
			return nil
		})
	}
	switch ch.Collection {
	case relicDocs.Name():
		err = find("shownOfRelic", ch.ID)
	case placeDocs.Name():
		err = find("ofPlace", ch.ID)
	case media.AssetsCollection():
		err = relicDocs.Each(ctx, r, store.Query{Index: "shownByAsset", Equal: []any{ch.ID}}, func(rec *Relic) error {
			return find("shownOfRelic", rec.ID)
		})
	}
	return ids, err
}
