package store

import (
	"context"

	"go.mongodb.org/mongo-driver/bson"
)

// Source reads committed documents, or those of a transaction.
//
// Get returns the documents that exist, in the order of ids; a missing one is
// left out. Find returns them in the order of the scan. Count counts up to max.
type Source interface {
	Get(ctx context.Context, collection string, ids []string) ([]bson.Raw, error)
	Find(ctx context.Context, scan Scan) ([]bson.Raw, error)
	Count(ctx context.Context, scan Scan, max int) (int, error)
}

// Writer changes documents inside a transaction.
//
// Put inserts when wasRev is 0 (ErrConflict if the id exists) and replaces the
// document whose rev is wasRev otherwise (ErrConflict if it is not). A unique
// index that holds the key for another id gives ErrDuplicate with the
// parameter "index". Delete removes the document whose rev is wasRev. After an
// error of one of them nothing more is asked of the Writer. An engine may send
// writes later than it is given them, if it then finds what was refused by
// running the func again: a func that has failed has always been told at the
// statement that was refused.
//
// Guard makes this transaction conflict with every other that guards the same
// key at the same time: one of them runs again after the other.
//
// Publish appends to the feed, in order.
type Writer interface {
	Source
	Put(ctx context.Context, collection, id string, raw bson.Raw, wasRev int64) error
	Delete(ctx context.Context, collection, id string, wasRev int64) error
	Guard(ctx context.Context, key string) error
	Publish(ctx context.Context, changes []Change) error
}

// Class tells an engine which transactions may wait.
type Class uint8

const (
	Interactive Class = iota // somebody waits for it
	Bulk                     // imports, rebuilds: after what is interactive
)

// Engine keeps documents. Everything in it is safe for concurrent use.
//
// Prepare creates what is missing and makes the indexes of these collections
// those that are declared, built from the documents that are there; documents
// that break an index which has become unique give ErrDuplicate.
//
// Update runs fn in a transaction and commits. It may run fn several times. An
// error of fn aborts and is returned as it is. A nil result is durable. When
// ctx ends after fn did, the result is ErrOutcomeUnknown. Failures of the
// database are ErrUnavailable, ErrDiskFull or ErrCorrupt.
//
// Snapshot runs fn over one unchanging state of all collections.
//
// Head returns the token of the newest change. Changes returns up to limit
// changes after the token, oldest first, none when there are none, and ErrEpoch
// when the token is of another epoch or too old to continue from. Wait returns
// nil as soon as there may be something after the token.
//
// NewEpoch forgets the feed: every token issued before is refused. Restore
// calls it. Load writes documents as they are, without history or feed, into a
// prepared and otherwise unused database.
type Engine interface {
	Source
	Prepare(ctx context.Context, specs []Spec) error
	Update(ctx context.Context, class Class, fn func(context.Context, Writer) error) error
	Snapshot(ctx context.Context, fn func(Source) error) error
	Head(ctx context.Context) (Token, error)
	Changes(ctx context.Context, after Token, limit int) ([]Change, error)
	Wait(ctx context.Context, after Token) error
	NewEpoch(ctx context.Context) error
	Load(ctx context.Context, collection string, docs []bson.Raw) error
	Ping(ctx context.Context) error
	Close() error
}

// Checker is an Engine that can examine everything that it keeps.
//
// Check reads the whole database and returns ErrCorrupt, whose cause names the
// first deviation, when it is damaged or its indexes do not fit its documents.
type Checker interface {
	Check(ctx context.Context) error
}

// Marker is an Engine that can tell, for next to nothing, that nothing has been
// written.
//
// Mark returns a number that is another one after every transaction of any process
// whose Update has returned. quiet is false while one may be taking effect, and the
// number then says nothing.
type Marker interface {
	Mark() (mark uint64, quiet bool)
}
