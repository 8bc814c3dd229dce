package mongostore

import (
	"bytes"
	"context"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"yijianyou/internal/store"
)

// source reads: committed documents, or those of a session.
type source struct {
	engine  *Engine
	session mongo.Session   // nil, a snapshot, or the one of a transaction
	patient context.Context // of a transaction: see Engine.attempt; nil otherwise
}

// bind gives the context of an operation the session of s.
func (s source) bind(ctx context.Context) context.Context {
	if s.patient != nil {
		ctx = s.patient
	}
	return mongo.NewSessionContext(ctx, s.session)
}

// Get implements store.Source.
func (s source) Get(ctx context.Context, collection string, ids []string) ([]bson.Raw, error) {
	docs, err := s.get(ctx, collection, ids)
	return docs, fail(ctx, err)
}

func (s source) get(ctx context.Context, collection string, ids []string) ([]bson.Raw, error) {
	if err := s.engine.known(collection); err != nil || len(ids) == 0 {
		return nil, err
	}
	var filter any = bson.D{{Key: "$in", Value: ids}}
	if len(ids) == 1 {
		filter = ids[0]
	}
	cur, err := s.engine.db.Collection(collection).Find(s.bind(ctx), bson.D{{Key: "_id", Value: filter}},
		options.Find().SetBatchSize(int32(len(ids)+1)))
	if err != nil {
		return nil, err
	}
	found, err := s.drain(ctx, cur)
	if err != nil || len(ids) == 1 {
		return found, err
	}
	byID := make(map[string]bson.Raw, len(found))
	for _, raw := range found {
		byID[raw.Lookup("_id").StringValue()] = raw
	}
	docs := make([]bson.Raw, 0, len(found))
	for _, id := range ids {
		if raw, ok := byID[id]; ok {
			docs = append(docs, raw)
		}
	}
	return docs, nil
}

// Find implements store.Source.
func (s source) Find(ctx context.Context, scan store.Scan) ([]bson.Raw, error) {
	docs, err := s.find(ctx, scan)
	return docs, fail(ctx, err)
}

func (s source) find(ctx context.Context, scan store.Scan) ([]bson.Raw, error) {
	sp := spanOf(scan)
	if err := s.engine.known(scan.Collection); err != nil || sp.empty() {
		return nil, err
	}
	limit := scan.Limit
	if scan.After != nil && keyOnly(scan.Index) {
		limit++ // for the document that may stand at the place itself
	}
	cur, err := s.engine.db.Collection(scan.Collection).Find(s.bind(ctx), bson.D{}, command(scan, sp, limit))
	if err != nil {
		return nil, err
	}
	docs, err := s.drain(ctx, cur)
	if err != nil {
		return nil, err
	}
	if scan.After != nil && keyOnly(scan.Index) && len(docs) > 0 && passed(scan, docs[0]) {
		docs = docs[1:]
	}
	return docs[:min(len(docs), scan.Limit)], nil
}

// command makes the options of the one kind of query there is.
func command(scan store.Scan, sp span, limit int) *options.FindOptions {
	hint, direction := scan.Index.Name, int32(1)
	if scan.Index.Name == store.ByID {
		hint = idIndex
	}
	if scan.Reverse {
		direction = -1
	}
	opts := options.Find().SetHint(hint).SetMin(sp.document(sp.lo)).SetMax(sp.document(sp.hi)).
		SetLimit(int64(limit)).SetBatchSize(int32(min(limit, 1<<20)) + 1)
	if rest := sp.fields[len(scan.Equal):]; len(rest) > 0 {
		opts.SetSort(pattern(rest, direction))
	}
	return opts
}

// passed reports whether raw stands at scan.After or before it. Two documents
// never share a unique key, but another may have taken it since.
func passed(scan store.Scan, raw bson.Raw) bool {
	at := store.AppendKey(nil, scan.After.Key...)
	for _, key := range scan.Index.Keys(raw) {
		if bytes.Equal(store.AppendKey(nil, key...), at) {
			id := raw.Lookup("_id").StringValue()
			return scan.Reverse && id >= scan.After.ID || !scan.Reverse && id <= scan.After.ID
		}
	}
	return false
}

// Count implements store.Source. It reads the index and no documents.
func (s source) Count(ctx context.Context, scan store.Scan, max int) (int, error) {
	n, err := s.count(ctx, scan, max)
	return n, fail(ctx, err)
}

func (s source) count(ctx context.Context, scan store.Scan, max int) (int, error) {
	sp := spanOf(scan)
	if err := s.engine.known(scan.Collection); err != nil || max <= 0 || sp.empty() {
		return 0, err
	}
	scan.Reverse = false
	last := sp.fields[len(sp.fields)-1]
	show := bson.D{{Key: last, Value: 1}}
	if last != "_id" {
		show = append(show, bson.E{Key: "_id", Value: 0})
	}
	cur, err := s.engine.db.Collection(scan.Collection).Find(s.bind(ctx), bson.D{}, command(scan, sp, max).SetProjection(show))
	if err != nil {
		return 0, err
	}
	ctx = s.bind(ctx)
	defer cur.Close(context.WithoutCancel(ctx))
	n := 0
	for cur.Next(ctx) {
		n++
	}
	return n, cur.Err()
}

// drain returns the documents of a cursor and closes it.
func (s source) drain(ctx context.Context, cur *mongo.Cursor) ([]bson.Raw, error) {
	ctx = s.bind(ctx)
	defer cur.Close(context.WithoutCancel(ctx))
	var docs []bson.Raw
	for cur.Next(ctx) {
		raw, err := unmarked(cur.Current)
		if err != nil {
			return nil, err
		}
		docs = append(docs, raw)
	}
	return docs, cur.Err()
}

// Snapshot implements store.Engine. The server keeps the state of the first
// read for five minutes (minSnapshotHistoryWindowInSeconds).
func (e *Engine) Snapshot(ctx context.Context, fn func(store.Source) error) error {
	session, err := e.client.StartSession(options.Session().SetSnapshot(true))
	if err != nil {
		return fail(ctx, err)
	}
	defer session.EndSession(context.WithoutCancel(ctx))
	return fn(source{engine: e, session: session})
}
