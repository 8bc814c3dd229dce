package tourism

import (
	"context"

	"golang.org/x/sync/errgroup"

	"yijianyou/internal/store"
)

// told counts the stories of a record.
type told struct{ all, children int }

// Bounds of counting stories.
const (
	maxToldOf   = 20 // of one record
	askedAtOnce = 8  // records; a database elsewhere answers them side by side
)

// stories counts the published stories of each of these records, in their order.
func (s *Service) stories(ctx context.Context, ids []string) ([]told, error) {
	out := make([]told, len(ids))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(askedAtOnce)
	for i, id := range ids {
		group.Go(func() error {
			page, err := storyDocs.Find(ctx, s.st, store.Query{Index: "shownBySubject", Equal: []any{id}, Limit: maxToldOf})
			if err != nil {
				return err
			}
			out[i].all = len(page.Items)
			for _, story := range page.Items {
				if story.Shown.Audience == "children" {
					out[i].children++
				}
			}
			return nil
		})
	}
	return out, group.Wait()
}
