package heritage

import (
	"context"

	"yijianyou/internal/store"
	"yijianyou/search"
)

// Loaded returns the records that an import created, as the search knows them:
// they come into sight together when it is closed.
func (s *Service) Loaded(ctx context.Context, r store.Reader, load string) ([]search.Ref, error) {
	var d dependents
	find(ctx, r, &d, relicDocs, "byLoad", load)
	find(ctx, r, &d, siteDocs, "byLoad", load)
	return d.refs, d.err
}
