package store

import (
	"time"

	"yijianyou/internal/actor"
)

// Meta is what every stored document carries. Embed it in the domain struct as
//
//	store.Meta `bson:",inline"`
//
// The kernel fills everything but ID (set it from Tx.NewID, or to a stable name
// of your own) and Org.
type Meta struct {
	ID        string      `bson:"_id"`       // UUIDv7 or a stable key; unique in its collection
	Org       actor.OrgID `bson:"org"`       // who owns the record; empty only for city-wide reference data
	Rev       int64       `bson:"rev"`       // 0 before the first Put, then 1, 2, … (after those of a deleted namesake); Put expects the stored one
	CreatedAt time.Time   `bson:"createdAt"` // UTC, milliseconds
	UpdatedAt time.Time   `bson:"updatedAt"` // UTC, milliseconds
	Schema    int         `bson:"schema"`    // version of the stored form, see Spec.Upgrade
}

// Head returns the Meta itself: it is how the kernel finds it in a document.
func (m *Meta) Head() *Meta { return m }

type headed interface{ Head() *Meta }
