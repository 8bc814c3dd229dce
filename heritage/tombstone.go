package heritage

import (
	"context"
	"errors"
	"slices"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Tombstone says that a record was removed, by whom and why. The record itself
// can still be read from the history. Its Org is that of the record and
// CreatedAt the time of removal. Tombstones are never changed or removed.
type Tombstone struct {
	store.Meta `bson:",inline"`
	Kind       Kind   `bson:"kind"`
	Doc        string `bson:"doc"` // id of the record
	LastRev    int64  `bson:"lastRev"`
	Name       Text   `bson:"name"`
	Number     string `bson:"number,omitempty"`
	LoadID     string `bson:"loadId,omitempty"`
	WasPublic  bool   `bson:"wasPublic,omitempty"` // it was published at least once
	Guarded    bool   `bson:"guarded,omitempty"`   // a store, or a place in one: for those who may know such places
	Reason     string `bson:"reason"`
	By         Person `bson:"by"`
}

var tombstones = store.Define[Tombstone](store.Spec{Name: "tombstones", Schema: 1, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byDoc", Parts: []store.Part{{Path: "doc"}}},
	{Name: "byTime", Parts: []store.Part{{Path: "createdAt", Kind: store.Time}}},
}})

// Tombstones returns the removed records of an organisation, the newest first.
// org "" means every one, for those who may read all. A page may be shorter than
// limit although more follow: confidential places are told to those only who may
// know where things are stored.
//
// Errors: ErrOrg when org is needed, ErrDenied, store.ErrCursor.
func (s *Service) Tombstones(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Tombstone], error) {
	org, all, err := oneOrg(by, actor.RecordRead, org)
	if errors.Is(err, ErrNotFound) {
		return store.Page[Tombstone]{}, ErrDenied.New()
	}
	if err != nil {
		return store.Page[Tombstone]{}, err
	}
	q := store.Query{Index: "byTime", Reverse: true, Limit: limit, After: after}
	if !all {
		q.Index, q.Equal = "byOrg", []any{string(org)}
	}
	page, err := tombstones.Find(ctx, s.st, q)
	page.Items = slices.DeleteFunc(page.Items, func(t *Tombstone) bool { return t.Guarded && !by.Can(actor.LocationRead, t.Org) })
	return page, err
}
