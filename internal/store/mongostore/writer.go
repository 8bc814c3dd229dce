package mongostore

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/x/mongo/driver/topology"

	"yijianyou/internal/store"
)

// writer is one run of a transaction. A refused statement ends the transaction
// on the server, so the first failure is the answer to everything after it.
type writer struct {
	source
	failed error  // the first failure; nil while all is well
	cause  error  // what the driver said of it
	last   string // what was written last: where it collided, if it did
	ended  bool   // the func has returned
	begun  bool   // a statement has been sent
	in     *standing
	eager  bool // every write is sent at once
	late   bool // a write that had been kept for later was refused

	pending pending
}

var errEnded = errors.New("mongostore: the transaction has ended")

// again reports whether the transaction may succeed when it is run again. When
// there is no primary it is not: the caller waits no longer than he must.
func (w *writer) again() bool {
	var selection topology.ServerSelectionError
	return w.cause != nil && labelled(w.cause, labelTransient) && !errors.As(w.cause, &selection)
}

// note keeps the first failure.
func (w *writer) note(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	w.failed, w.cause = fail(ctx, err), err
	return w.failed
}

// ready reports whether another statement may be sent.
func (w *writer) ready(ctx context.Context) error {
	switch {
	case w.failed != nil:
		return w.failed
	case w.ended:
		return errEnded
	}
	w.begun = true
	return ctx.Err()
}

// reads is ready for a statement that reads the collection, or these documents
// of it, and finds there what was written before.
func (w *writer) reads(ctx context.Context, collection string, ids ...string) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	return w.flushFor(ctx, collection, ids...)
}

// Get waits, when it is the first statement, while others of this process
// stand in line for the same document. Later it would hold up a snapshot.
func (w *writer) Get(ctx context.Context, collection string, ids []string) ([]bson.Raw, error) {
	if !w.begun && len(ids) == 1 {
		if err := w.in.join(ctx, &w.engine.lanes, collection+"/"+ids[0]); err != nil {
			return nil, err
		}
	}
	if err := w.reads(ctx, collection, ids...); err != nil {
		return nil, err
	}
	docs, err := w.get(ctx, collection, ids)
	return docs, w.note(ctx, err)
}

func (w *writer) Find(ctx context.Context, scan store.Scan) ([]bson.Raw, error) {
	if err := w.reads(ctx, scan.Collection); err != nil {
		return nil, err
	}
	docs, err := w.find(ctx, scan)
	return docs, w.note(ctx, err)
}

func (w *writer) Count(ctx context.Context, scan store.Scan, max int) (int, error) {
	if err := w.reads(ctx, scan.Collection); err != nil {
		return 0, err
	}
	n, err := w.count(ctx, scan, max)
	return n, w.note(ctx, err)
}

// Put implements store.Writer.
func (w *writer) Put(ctx context.Context, collection, id string, raw bson.Raw, wasRev int64) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	raw, err := marked(collection, w.engine.declared(collection), raw)
	if err != nil {
		return err
	}
	if wasRev == 0 {
		return w.write(ctx, collection, id, len(raw), mongo.NewInsertOneModel().SetDocument(raw))
	}
	return w.write(ctx, collection, id, len(raw), mongo.NewReplaceOneModel().SetFilter(atRev(id, wasRev)).SetReplacement(raw))
}

// Delete implements store.Writer.
func (w *writer) Delete(ctx context.Context, collection, id string, wasRev int64) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	return w.write(ctx, collection, id, 0, mongo.NewDeleteOneModel().SetFilter(atRev(id, wasRev)))
}

// write keeps one write for later, or sends it at once. Nothing can be said
// against a revision of the history, which is added under a fresh id.
func (w *writer) write(ctx context.Context, collection, id string, size int, m mongo.WriteModel) error {
	if err := w.later(ctx, collection, id, size, m); err != nil || !w.eager || collection == history {
		return err
	}
	return w.flushFor(ctx, collection)
}

func atRev(id string, rev int64) bson.D {
	return bson.D{{Key: "_id", Value: id}, {Key: "rev", Value: rev}}
}

// Guard writes a document for the key: two transactions that do so collide.
func (w *writer) Guard(ctx context.Context, key string) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	w.last = guards + "/" + key
	_, err := w.engine.db.Collection(guards).UpdateOne(w.bind(ctx), bson.D{{Key: "_id", Value: key}},
		bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: int64(1)}}}, {Key: "$currentDate", Value: bson.D{{Key: "at", Value: true}}}},
		options.Update().SetUpsert(true))
	if hasCode(err, codeDuplicateKey) {
		// Another transaction has just made the document: as good as a collision.
		err = mongo.CommandError{Code: codeDuplicateKey, Message: err.Error(), Labels: []string{labelTransient}}
		w.failed, w.cause = store.ErrUnavailable.Wrap(err), err
		return w.failed
	}
	return w.note(ctx, err)
}

// outboxed is the changes of a transaction, or a part of very many.
type outboxed struct {
	ID      primitive.ObjectID `bson:"_id"`
	At      time.Time          `bson:"at"` // by the clock of this process, for the trimming only
	Changes []store.Change     `bson:"ch"`
}

// outboxBatch keeps a document of the outbox far below 16 MB.
const outboxBatch = 5000

// Publish implements store.Writer.
func (w *writer) Publish(ctx context.Context, changes []store.Change) error {
	for len(changes) > 0 {
		if err := w.ready(ctx); err != nil {
			return err
		}
		n := min(len(changes), outboxBatch)
		doc := outboxed{ID: primitive.NewObjectID(), At: time.Now(), Changes: changes[:n]}
		if _, err := w.engine.db.Collection(outbox).InsertOne(w.bind(ctx), doc); err != nil {
			return w.note(ctx, err)
		}
		changes = changes[n:]
	}
	return nil
}
