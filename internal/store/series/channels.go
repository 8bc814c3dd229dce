package series

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Channel is a channel that has points.
type Channel struct {
	Name   string
	Org    actor.OrgID // who owns it
	Oldest time.Time   // start of the day of its oldest point
}

// Next returns the first channel whose name comes after the name after, "" for the
// first of all; ok is false when there is none. It is one read of an index.
func (s *Series) Next(ctx context.Context, r store.Reader, after string) (c Channel, ok bool, err error) {
	q := store.Query{Index: store.ByID, Limit: 1}
	if after != "" {
		q.From = after + "!" // what follows the blank of its ids
	}
	page, err := s.docs.Find(ctx, r, q)
	if err != nil || len(page.Items) == 0 {
		return Channel{}, false, err
	}
	b := page.Items[0]
	return Channel{Name: b.Channel, Org: b.Org, Oldest: timeOf(dayOf(b.From.UnixMilli()))}, true, nil
}
