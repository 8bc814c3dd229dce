package sensors

import (
	"context"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// RefusalList returns the quarantine list of an organisation, the newest first.
// What devices that nobody knows have sent belongs to no organisation: it is the
// list of those who may read devices everywhere and name none.
//
// Errors: ErrOrg when one must be named, ErrDenied, ErrNotFound, store.ErrCursor.
func (s *Service) RefusalList(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Refusal], error) {
	if _, all := by.Orgs(actor.DeviceRead); org != "" || !all {
		var err error
		if org, err = oneOrg(by, actor.DeviceRead, org); err != nil {
			return store.Page[Refusal]{}, err
		}
	}
	return refusalDocs.Find(ctx, s.st, store.Query{Index: "byOrg", Equal: []any{string(org)}, Reverse: true, Limit: limit, After: after})
}

// Dismiss takes an entry off the quarantine list, because somebody has seen to
// it. It comes back when the cause does.
//
// Errors: ErrNotFound, ErrDenied.
func (s *Service) Dismiss(ctx context.Context, by actor.Actor, id string) error {
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		r, err := refusalDocs.Get(tx.Context(), tx, id)
		if errors.Is(err, store.ErrNotFound) {
			return ErrNotFound.New()
		}
		if err != nil {
			return err
		}
		if err := may(by, actor.DeviceWrite, actor.DeviceRead, r.Org); err != nil {
			return err
		}
		if err := refusalDocs.Delete(tx, id, r.Rev, ""); err != nil {
			return err
		}
		return tx.Audit(r.Org, refusalDocs.Name(), id, "refusal.dismiss", string(r.Kind))
	})
}
