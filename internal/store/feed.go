package store

import (
	"time"

	"yijianyou/internal/actor"
)

// Op is what happened to a document. Never renumber.
type Op uint8

const (
	OpPut    Op = 1
	OpDelete Op = 2
)

// Change is one committed change of one document. Followers read the document
// itself; it may by then have changed again, which a later Change tells.
type Change struct {
	Token      Token       `bson:"-"` // where to continue after this change
	Collection string      `bson:"c"`
	ID         string      `bson:"i"`
	Org        actor.OrgID `bson:"o"`
	Rev        int64       `bson:"r"` // of the new document, or of the deleted one
	Op         Op          `bson:"p"`
	At         time.Time   `bson:"t"`
}

// Token is a place in the feed. Its zero value belongs to no epoch.
type Token struct {
	Epoch string `bson:"e" json:"epoch"` // random, of this life of the database
	Pos   string `bson:"p" json:"pos"`   // opaque to all but the engine; "" is the start of the epoch
}
