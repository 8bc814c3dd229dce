package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// pending are revisions of the history that are not sent yet. The history is
// only ever added to, under fresh ids and without a unique index, so nothing
// can be said against a single one; sent together they cost one answer of the
// server in place of one for each change.
type pending struct {
	docs  []any
	bytes int
}

// Limits of what is sent together.
const (
	pendingDocs  = 500
	pendingBytes = 8 << 20
)

var history = store.History.Name()

// keep adds a revision, and sends all of them when they have become many.
func (w *writer) keep(ctx context.Context, raw bson.Raw) error {
	w.pending.docs = append(w.pending.docs, raw)
	w.pending.bytes += len(raw)
	if len(w.pending.docs) < pendingDocs && w.pending.bytes < pendingBytes {
		return nil
	}
	return w.flush(ctx)
}

// flush sends the revisions that are not sent yet.
func (w *writer) flush(ctx context.Context) error {
	if len(w.pending.docs) == 0 {
		return nil
	}
	docs := w.pending.docs
	w.pending = pending{}
	_, err := w.engine.db.Collection(history).InsertMany(w.bind(ctx), docs)
	return w.note(ctx, err)
}
