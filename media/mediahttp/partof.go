package mediahttp

import (
	"context"
	"slices"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/iiif"
)

const (
	maxPartOf    = 10   // manifests that an info.json names
	maxPartOfHad = 1024 // pictures of which they are remembered
)

// partOf names manifests in which the public sees the picture (Image API 3.0 §5.7),
// at most maxPartOf, by kind and id: what no published record shows is named nowhere.
// It is remembered for as long as nothing is written.
func (h *handler) partOf(ctx context.Context, asset media.AssetID) ([]iiif.Ref, error) {
	return h.manifests.Of(asset, func() ([]iiif.Ref, error) {
		var out []iiif.Ref
		err := h.Store.Snapshot(ctx, func(r store.Reader) error {
			out = nil
			for _, shelf := range h.Shelves {
				ids, err := shelf.Source.Touched(ctx, r, store.Change{Collection: media.AssetsCollection(), ID: asset})
				if err != nil {
					return err
				}
				for _, id := range ids {
					if len(out) == maxPartOf {
						return nil
					}
					facts, err := shelf.Source.Manifest(ctx, r, actor.Nobody(), id)
					if fault.KindOf(err) == fault.NotFound && err != nil {
						continue
					}
					if err != nil {
						return err
					}
					if slices.ContainsFunc(facts.Pictures, func(p media.Picture) bool { return p.Asset == asset }) {
						out = append(out, iiif.Ref{ID: h.manifestAddress(shelf.Kind, id), Type: "Manifest", Label: words(facts.Label)})
					}
				}
			}
			return nil
		})
		return out, err
	})
}
