package heritage

import (
	"context"

	"yijianyou/internal/store"
	"yijianyou/media"
)

// Assets is what the catalogue needs of media: to see whether a picture exists
// and to say who may see it.
type Assets interface {
	// Asset returns the asset with id, or a NotFound fault.
	Asset(ctx context.Context, r store.Reader, id string) (*media.Asset, error)
	// SetShown writes of which grades the published records of shower are that show
	// an asset, "" for a record without one and nil when none does, in the
	// transaction of the caller. A NotFound fault when it is gone.
	SetShown(tx *store.Tx, asset, shower string, grades []string) error
	// FollowShown is SetShown for pictures of records that the actor does not
	// touch: his right is not asked.
	FollowShown(tx *store.Tx, asset, shower string, grades []string) error
}

// Followers are the domains above, whose records tourists see only while they see
// the record of the catalogue to which those belong.
type Followers interface {
	// SightChanged is called when a record has come into the sight of tourists or
	// gone out of it, in the same transaction and after the record is saved.
	SightChanged(tx *store.Tx, kind Kind, id string) error
}

// Loads tells records of an import that is not closed yet from the others.
type Loads interface {
	// Visible reports whether the records of the load may be seen by others than
	// the import itself. An unknown load is visible: its record was removed.
	Visible(ctx context.Context, r store.Reader, load string) (bool, error)
}

// SortKey returns the key by which a Chinese name sorts among others: its
// pinyin. It is chinese.SortKey of package search.
type SortKey func(name string) string
