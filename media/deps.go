package media

import (
	"context"

	"yijianyou/internal/store"
)

// Users are the domains whose records name assets.
type Users interface {
	// UsesAsset reports whether the newest content of any record, published or
	// not, or what tourists see of one, names the asset. Who begins to name one
	// calls Guard.
	UsesAsset(ctx context.Context, r store.Reader, asset AssetID) (bool, error)
	// Reshow tells by FollowShown which published records show the asset now.
	Reshow(tx *store.Tx, asset AssetID) error
}
