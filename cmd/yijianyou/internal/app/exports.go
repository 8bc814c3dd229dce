package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// exports joins searchhttp.Records with imports, whose columns a list leaves in,
// and with the audit trail.
type exports struct{ core *Core }

// Columns implements searchhttp.Records.
func (e exports) Columns(kind search.Kind) ([]string, bool) {
	heading, err := e.core.Loads.Columns(heritage.Kind(kind))
	return heading, err == nil // there is no other error than that there are none
}

// Cells implements searchhttp.Records.
func (e exports) Cells(ctx context.Context, by actor.Actor, kind search.Kind, id string) ([]string, bool, error) {
	return e.core.Loads.Cells(ctx, by, heritage.Kind(kind), id)
}

// Exported implements searchhttp.Records. The entry reads "12/40 csv: q=鼎": twelve
// of forty rows were of this organisation.
func (e exports) Exported(ctx context.Context, by actor.Actor, rows map[actor.OrgID]int, what string) error {
	return e.core.Store.Update(ctx, by, func(tx *store.Tx) error {
		for _, org := range slices.Sorted(maps.Keys(rows)) {
			if err := tx.Audit(org, "search", "", "search.export", fmt.Sprintf("%d/%s", rows[org], what)); err != nil {
				return err
			}
		}
		return nil
	})
}
