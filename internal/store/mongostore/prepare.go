package mongostore

import (
	"bytes"
	"context"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"yijianyou/internal/store"
)

// The engine's own collections.
const (
	outbox = "_outbox" // the changes of each transaction, trimmed by the server
	guards = "_guards" // one document for each key of Guard, trimmed by the server
	kernel = "_kernel" // one document: the life of the database, see life.go
	idle   = "_idle"   // how far a quiet feed has come, see feed.go
)

// Documents that only serve for a while are trimmed by their field "at".
const (
	guardKeep = 24 * time.Hour
	idleKeep  = 90 * 24 * time.Hour
)

// Prepare implements store.Engine. An index whose declaration has changed is
// built anew; one that is declared no more is dropped when it is ours, for a
// unique one would go on refusing documents. Indexes that somebody else made
// stay.
func (e *Engine) Prepare(ctx context.Context, specs []store.Spec) error {
	if err := e.prepare(ctx, specs); err != nil {
		return fail(ctx, err)
	}
	e.mu.Lock()
	for _, s := range specs {
		e.indexes[s.Name] = s.Indexes
	}
	e.mu.Unlock()
	return fail(ctx, e.beginLife(ctx))
}

func (e *Engine) prepare(ctx context.Context, specs []store.Spec) error {
	names, err := e.db.ListCollectionNames(ctx, bson.D{})
	if err != nil {
		return err
	}
	there := make(map[string]bool)
	for _, n := range names {
		there[n] = true
	}
	for _, own := range []struct {
		name string
		keep time.Duration
	}{{outbox, e.opts.OutboxKeep}, {guards, guardKeep}, {idle, idleKeep}, {kernel, 0}} {
		if err := e.collection(ctx, own.name, there); err != nil {
			return err
		}
		if own.keep > 0 {
			if err := e.trimming(ctx, own.name, own.keep, there[own.name]); err != nil {
				return err
			}
		}
	}
	for _, s := range specs {
		if err := e.collection(ctx, s.Name, there); err != nil {
			return err
		}
		if err := e.index(ctx, s, there[s.Name]); err != nil {
			return err
		}
	}
	return nil
}

// collection creates what is not there. Another process may be doing the same.
func (e *Engine) collection(ctx context.Context, name string, there map[string]bool) error {
	if there[name] {
		return nil
	}
	err := e.db.CreateCollection(ctx, name)
	if hasCode(err, codeNamespaceExists) {
		return nil
	}
	return err
}

// native is an index as the server lists it.
type native struct {
	Name    string   `bson:"name"`
	Key     bson.Raw `bson:"key"`
	Unique  bool     `bson:"unique"`
	Partial bson.Raw `bson:"partialFilterExpression"`
	Keep    *int64   `bson:"expireAfterSeconds"`
}

func (e *Engine) natives(ctx context.Context, collection string) (map[string]native, error) {
	cur, err := e.db.Collection(collection).Indexes().List(ctx)
	if err != nil {
		return nil, err
	}
	var all []native
	if err := cur.All(ctx, &all); err != nil {
		return nil, err
	}
	out := make(map[string]native)
	for _, n := range all {
		out[n.Name] = n
	}
	return out, nil
}

// trimming keeps the index by which the server removes old documents.
func (e *Engine) trimming(ctx context.Context, collection string, keep time.Duration, existed bool) error {
	seconds := int64(keep / time.Second)
	if existed {
		have, err := e.natives(ctx, collection)
		if err != nil {
			return err
		}
		if n, ok := have["trim"]; ok {
			if n.Keep != nil && *n.Keep == seconds {
				return nil
			}
			return e.db.RunCommand(ctx, bson.D{{Key: "collMod", Value: collection}, {Key: "index", Value: bson.D{
				{Key: "name", Value: "trim"}, {Key: "expireAfterSeconds", Value: seconds}}}}).Err()
		}
	}
	_, err := e.db.Collection(collection).Indexes().CreateOne(ctx, mongo.IndexModel{
		Keys: bson.D{{Key: "at", Value: int32(1)}}, Options: options.Index().SetName("trim").SetExpireAfterSeconds(int32(seconds))})
	return err
}

// index brings the native indexes of a collection in line with its declaration.
func (e *Engine) index(ctx context.Context, spec store.Spec, existed bool) error {
	have := make(map[string]native)
	if existed {
		var err error
		if have, err = e.natives(ctx, spec.Name); err != nil {
			return err
		}
	}
	c := e.db.Collection(spec.Name)
	var missing []mongo.IndexModel
	var fresh []store.Index
	for _, ix := range spec.Indexes {
		model, same, err := compareIndex(ix, have)
		if err != nil {
			return err
		}
		if same {
			continue
		}
		if _, changed := have[ix.Name]; changed {
			if err := e.drop(ctx, spec.Name, ix.Name); err != nil {
				return err
			}
		}
		missing, fresh = append(missing, model), append(fresh, ix)
	}
	if len(missing) > 0 {
		if existed {
			if err := e.markAll(ctx, spec.Name, fresh); err != nil {
				return err
			}
		}
		if _, err := c.Indexes().CreateMany(ctx, missing); err != nil {
			return err
		}
	}
	for _, name := range leftover(spec, have) {
		if err := e.drop(ctx, spec.Name, name); err != nil {
			return err
		}
	}
	return nil
}

// leftover returns the native indexes of ours that spec no longer declares. Ours
// are those whose filter names their own mark.
func leftover(spec store.Spec, have map[string]native) []string {
	declared := make(map[string]bool)
	for _, ix := range spec.Indexes {
		declared[ix.Name] = true
	}
	var out []string
	for name, n := range have {
		if !declared[name] && marksItself(name, n.Partial) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func marksItself(name string, filter bson.Raw) bool {
	all, ok := filter.Lookup("$and").ArrayOK()
	if !ok {
		return false
	}
	conditions, err := all.Values()
	if err != nil {
		return false
	}
	return slices.ContainsFunc(conditions, func(v bson.RawValue) bool {
		d, ok := v.DocumentOK()
		_, err := d.LookupErr(markField + "." + name)
		return ok && err == nil
	})
}

// drop removes an index. Another process may have done the same.
func (e *Engine) drop(ctx context.Context, collection, name string) error {
	_, err := e.db.Collection(collection).Indexes().DropOne(ctx, name)
	if hasCode(err, codeIndexNotFound) {
		return nil
	}
	return err
}

// compareIndex returns the native form of ix, and whether it is there already.
func compareIndex(ix store.Index, have map[string]native) (model mongo.IndexModel, same bool, err error) {
	keys, filter := pattern(fields(ix), 1), partial(ix)
	model = mongo.IndexModel{Keys: keys, Options: options.Index().SetName(ix.Name).SetUnique(ix.Unique).SetPartialFilterExpression(filter)}
	n, ok := have[ix.Name]
	if !ok {
		return model, false, nil
	}
	key, err := bson.Marshal(keys)
	if err != nil {
		return model, false, err
	}
	want, err := bson.Marshal(filter)
	if err != nil {
		return model, false, err
	}
	return model, n.Unique == ix.Unique && bytes.Equal(n.Key, key) && bytes.Equal(n.Partial, want), nil
}

// markAll sets the marks of documents that were written before the indexes
// were declared. It reads the collection once, as the building of an index
// does, and only what the types alone do not decide.
func (e *Engine) markAll(ctx context.Context, collection string, indexes []store.Index) error {
	c := e.db.Collection(collection)
	var types bson.A
	seen := make(map[string]bool)
	doubtful := func(path, t string) {
		if !seen[path+" "+t] {
			seen[path+" "+t] = true
			types = append(types, bson.D{{Key: path, Value: bson.D{{Key: "$type", Value: t}}}})
		}
	}
	for _, ix := range indexes {
		for _, p := range ix.Parts {
			for at, r := range p.Path {
				if r == '.' {
					doubtful(p.Path[:at], "array")
				}
			}
			if !p.Array {
				doubtful(p.Path, "array")
			}
			if p.Kind == store.Int {
				doubtful(p.Path, "double")
			}
		}
	}
	cur, err := c.Find(ctx, bson.D{{Key: "$or", Value: types}})
	if err != nil {
		return err
	}
	defer cur.Close(context.WithoutCancel(ctx))
	for cur.Next(ctx) {
		marks, err := marks(collection, indexes, cur.Current)
		if err != nil {
			return err
		}
		if len(marks) == 0 {
			continue
		}
		var set bson.D
		for _, m := range marks {
			set = append(set, bson.E{Key: markField + "." + m.Key, Value: true})
		}
		if _, err := c.UpdateByID(ctx, cur.Current.Lookup("_id"), bson.D{{Key: "$set", Value: set}}); err != nil {
			return err
		}
	}
	return cur.Err()
}

// loadBatch is how many documents Load sends at a time.
const loadBatch = 1000

// Load implements store.Engine.
func (e *Engine) Load(ctx context.Context, collection string, docs []bson.Raw) error {
	indexes := e.declared(collection)
	for len(docs) > 0 {
		n := min(len(docs), loadBatch)
		batch := make([]any, n)
		for i, raw := range docs[:n] {
			m, err := marked(collection, indexes, raw)
			if err != nil {
				return err
			}
			batch[i] = m
		}
		if _, err := e.db.Collection(collection).InsertMany(ctx, batch); err != nil {
			return fail(ctx, err)
		}
		docs = docs[n:]
	}
	return nil
}
