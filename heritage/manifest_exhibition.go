package heritage

import (
	"context"

	"yijianyou/media"
)

// ExhibitionManifests returns what IIIF manifests say of exhibitions: their own
// pictures, then the first picture of each published relic in the order of the
// sections.
func (s *Service) ExhibitionManifests() media.ManifestSource {
	return manifests[ExhibitionFields]{s: s, g: s.Exhibitions, make: exhibitionManifest}
}

func exhibitionManifest(ctx context.Context, p *projector, rec *Exhibition) (*media.Manifest, error) {
	v, err := p.exhibition(ctx, rec)
	if err != nil {
		return nil, err
	}
	images := append([]PublicImage{}, v.Images...)
	seen := make(map[string]bool)
	for _, img := range images {
		seen[img.AssetID] = true
	}
	for _, s := range v.Sections {
		for _, it := range s.Items {
			img := it.Relic.Image
			if img == nil || seen[img.AssetID] {
				continue
			}
			seen[img.AssetID] = true
			images = append(images, PublicImage{AssetID: img.AssetID, Caption: it.Relic.Name, Drawing: img.Drawing})
		}
	}
	m := manifestOf(v.Title, PublicText{Description: v.Summary, Images: images, Simulated: v.Simulated}, "/exhibitions/"+v.ID)
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
