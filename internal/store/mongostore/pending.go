package mongostore

import (
	"context"
	"errors"
	"slices"

	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"yijianyou/internal/store"
)

// pending are writes of a transaction that are not sent yet. Sent together
// they cost one answer of the server for each collection, in place of one for
// each document. They are sent before a reading that could see them and before
// the commit.
//
// What the server then refuses was accepted long ago. The transaction is run
// again from the start, each write sent at once, so that the refusal reaches the
// func at the statement that it belongs to (writer.late).
type pending struct {
	batches []*pendingBatch // in the order in which the collections came
	bytes   int
	docs    int
}

// pendingBatch is what waits for one collection.
type pendingBatch struct {
	collection string
	models     []mongo.WriteModel
	replaces   int64 // of them must each match a document
	deletes    int64
	bytes      int
	ids        map[string]bool
	last       string
}

// Limits of what is sent together.
const (
	pendingDocs  = 500
	pendingBytes = 8 << 20
)

var history = store.History.Name()

func (p *pending) of(collection string) *pendingBatch {
	for _, b := range p.batches {
		if b.collection == collection {
			return b
		}
	}
	return nil
}

// add keeps a write of the document with id for later.
func (p *pending) add(collection, id string, size int, m mongo.WriteModel) {
	b := p.of(collection)
	if b == nil {
		b = &pendingBatch{collection: collection, ids: make(map[string]bool)}
		p.batches = append(p.batches, b)
	}
	switch m.(type) {
	case *mongo.ReplaceOneModel:
		b.replaces++
	case *mongo.DeleteOneModel:
		b.deletes++
	}
	b.models, b.last, b.ids[id] = append(b.models, m), id, true
	b.bytes += size
	p.docs++
	p.bytes += size
}

// later keeps a write of a transaction, and sends all of them when they have
// become many.
func (w *writer) later(ctx context.Context, collection, id string, size int, m mongo.WriteModel) error {
	w.pending.add(collection, id, size, m)
	if w.pending.docs < pendingDocs && w.pending.bytes < pendingBytes {
		return nil
	}
	return w.flush(ctx)
}

// flush sends everything that is not sent yet.
func (w *writer) flush(ctx context.Context) error {
	batches := w.pending.batches
	w.pending = pending{}
	for _, b := range batches {
		if err := w.send(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// flushFor sends what a reading of the collection could see: all of it, or
// only when one of these ids is waiting.
func (w *writer) flushFor(ctx context.Context, collection string, ids ...string) error {
	b := w.pending.of(collection)
	if b == nil || len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return b.ids[id] }) {
		return nil
	}
	w.pending.batches = slices.DeleteFunc(w.pending.batches, func(x *pendingBatch) bool { return x == b })
	w.pending.docs -= len(b.models)
	w.pending.bytes -= b.bytes
	return w.send(ctx, b)
}

// errNoMatch says that a revision which the transaction has read is not there.
var errNoMatch = errors.New("mongostore: a document is not at the revision that was read")

func (w *writer) send(ctx context.Context, b *pendingBatch) error {
	if b.collection != history {
		w.last = b.collection + "/" + b.last
	}
	res, err := w.engine.db.Collection(b.collection).BulkWrite(w.bind(ctx), b.models, options.BulkWrite().SetOrdered(true))
	switch {
	case err == nil && (res.MatchedCount != b.replaces || res.DeletedCount != b.deletes):
		w.late, w.failed, w.cause = !w.eager, store.ErrConflict.Wrap(errNoMatch), errNoMatch
		return w.failed
	case hasCode(err, codeDuplicateKey) && !labelled(err, labelTransient):
		w.late = !w.eager
	}
	return w.note(ctx, err)
}
