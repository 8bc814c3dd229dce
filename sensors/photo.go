package sensors

import (
	"context"

	"yijianyou/internal/store"
)

// UsesAsset reports whether any binding, ended ones too, names the picture: it
// shows how a tag was fixed to a relic and is kept as long as that is known.
func (s *Service) UsesAsset(ctx context.Context, r store.Reader, asset string) (bool, error) {
	n, err := bindingDocs.Count(ctx, r, store.Query{Index: "ofPhoto", Equal: []any{asset}}, 1)
	return n > 0, err
}
