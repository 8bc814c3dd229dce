package series

import (
	"time"

	"yijianyou/internal/store"
)

// ForgetIn removes the buckets of a channel that go from days before the day of
// the moment before, at most max of them, and returns how many that were: fewer
// than max is all. Points of the day of before stay, whatever their time.
func (s *Series) ForgetIn(tx *store.Tx, channel string, before time.Time, max int) (removed int, err error) {
	end := dayOf(before.UnixMilli())
	if end <= 0 {
		return 0, nil
	}
	page, err := s.docs.Find(tx.Context(), tx, store.Query{Index: store.ByID, From: bucketID(channel, 0), Before: endID(channel, end), Limit: max})
	if err != nil {
		return 0, err
	}
	for _, b := range page.Items {
		if err := s.docs.Delete(tx, b.ID, b.Rev, ""); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}
