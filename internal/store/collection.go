package store

import (
	"context"
	"fmt"
	"reflect"

	"go.mongodb.org/mongo-driver/bson"
)

// Collection is a typed view of the documents of one Spec. T is a struct that
// embeds Meta inline. A Collection is an immutable declaration: keep it in a
// package variable and give it to Open. It is safe for concurrent use.
type Collection[T any] struct {
	spec  Spec
	shape shape
}

// Define declares a collection. It panics on a mistake of the programmer: a
// bad name or index, or a T that does not embed Meta.
func Define[T any](spec Spec) *Collection[T] {
	if err := spec.check(); err != nil {
		panic(err)
	}
	if _, ok := any(new(T)).(headed); !ok {
		panic(fmt.Sprintf("store: %s: %T does not embed store.Meta", spec.Name, *new(T)))
	}
	return &Collection[T]{spec: spec, shape: shapeOf(reflect.TypeFor[T]())}
}

// Spec returns the declaration.
func (c *Collection[T]) Spec() Spec { return c.spec }

// Name returns the name of the collection.
func (c *Collection[T]) Name() string { return c.spec.Name }

// Get returns the document with id, or ErrNotFound.
func (c *Collection[T]) Get(ctx context.Context, r Reader, id string) (*T, error) {
	raws, err := r.source().Get(ctx, c.spec.Name, []string{id})
	if err != nil {
		return nil, err
	}
	if len(raws) == 0 {
		return nil, ErrNotFound.New()
	}
	return c.decode(raws[0])
}

// GetMany returns the documents that exist, in the order of ids; missing ones
// are left out. At most MaxLimit ids.
func (c *Collection[T]) GetMany(ctx context.Context, r Reader, ids []string) ([]*T, error) {
	if len(ids) == 0 {
		return []*T{}, nil
	}
	if len(ids) > MaxLimit {
		return nil, fmt.Errorf("store: %d ids, at most %d", len(ids), MaxLimit)
	}
	raws, err := r.source().Get(ctx, c.spec.Name, ids)
	if err != nil {
		return nil, err
	}
	return c.decodeAll(raws)
}

// Find returns a page of the documents in the range of an index.
//
// Errors: ErrCursor when q.After is not of this query; an error without a code
// when q is not one that the collection declares.
func (c *Collection[T]) Find(ctx context.Context, r Reader, q Query) (Page[T], error) {
	scan, err := q.plan(c.spec)
	if err != nil {
		return Page[T]{}, err
	}
	limit := scan.Limit
	scan.Limit++ // one more tells whether there is a next page
	raws, err := r.source().Find(ctx, scan)
	if err != nil {
		return Page[T]{}, err
	}
	var next Cursor
	if len(raws) > limit {
		raws = raws[:limit]
		if next, err = scan.seal(raws[limit-1]); err != nil {
			return Page[T]{}, err
		}
	}
	items, err := c.decodeAll(raws)
	return Page[T]{Items: items, Next: next}, err
}

// One returns the first document in the range of an index, or ErrNotFound.
func (c *Collection[T]) One(ctx context.Context, r Reader, q Query) (*T, error) {
	q.Limit = 1
	page, err := c.Find(ctx, r, q)
	if err != nil {
		return nil, err
	}
	if len(page.Items) == 0 {
		return nil, ErrNotFound.New()
	}
	return page.Items[0], nil
}

// Count counts the documents in the range of an index, but not beyond max: a
// result of max means "max or more".
func (c *Collection[T]) Count(ctx context.Context, r Reader, q Query, max int) (int, error) {
	q.Limit, q.After = 1, ""
	scan, err := q.plan(c.spec)
	if err != nil {
		return 0, err
	}
	return r.source().Count(ctx, scan, max)
}

// Each calls fn for every document in the range of an index, page by page. It
// is not one snapshot unless r is a transaction. q.Limit is the size of a page.
func (c *Collection[T]) Each(ctx context.Context, r Reader, q Query, fn func(*T) error) error {
	if q.Limit == 0 {
		q.Limit = 500
	}
	for {
		page, err := c.Find(ctx, r, q)
		if err != nil {
			return err
		}
		for _, doc := range page.Items {
			if err := fn(doc); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

// Put inserts doc when its Rev is 0 and replaces the stored document whose
// revision is doc.Rev otherwise. It fills the Meta of doc; when the transaction
// runs again the Meta is first put back as it was. A document that comes back
// under the id of a deleted one, in a collection with history, continues its
// revisions, so that no revision ever names two states.
//
// Errors: ErrConflict when another writer was first, ErrDuplicate when a unique
// index has the key; both end the transaction, see Store.Update. ErrNewerSchema.
func (c *Collection[T]) Put(tx *Tx, doc *T) error { return c.put(tx, doc, true) }

// PutQuiet is Put without an entry in the feed: for a change of high-rate state
// that nobody who follows the feed need hear of. Others of the same document are.
func (c *Collection[T]) PutQuiet(tx *Tx, doc *T) error { return c.put(tx, doc, false) }

func (c *Collection[T]) put(tx *Tx, doc *T, feed bool) error {
	m := any(doc).(headed).Head()
	named := m.ID != ""
	if !named {
		tx.touch(m)
		m.ID = tx.NewID()
	}
	var stored before // of a fresh id there is nothing to read
	var err error
	if named {
		if stored, err = tx.before(c.spec, m.ID); err != nil {
			return err
		}
	}
	if m.Rev != stored.Rev {
		return tx.w.refuse(ErrConflict.New())
	}
	if stored.Schema > c.spec.Schema {
		return ErrNewerSchema.New()
	}
	last := stored.Rev
	if named && stored.raw == nil && c.spec.History {
		if last, err = tx.lastRevision(c.spec, m.ID); err != nil {
			return err
		}
	}
	tx.touch(m)
	m.Rev = last + 1
	m.CreatedAt, m.UpdatedAt, m.Schema = stored.CreatedAt, tx.now, c.spec.Schema
	if stored.raw == nil {
		m.CreatedAt = tx.now
	}
	raw, err := bson.Marshal(doc)
	if err != nil {
		return fmt.Errorf("store: %s: %w", c.spec.Name, err)
	}
	if stored.raw != nil {
		if raw, err = c.shape.keepUnknown(stored.raw, raw); err != nil {
			return fmt.Errorf("store: %s: %w", c.spec.Name, err)
		}
	}
	if err := tx.w.Put(tx.ctx, c.spec.Name, m.ID, raw, stored.Rev); err != nil {
		return err
	}
	return tx.record(c.spec, *m, stored, OpPut, feed)
}

// Delete removes the document with id when its revision is rev. The reason is
// kept in the history of a collection that has one, and is required there.
//
// Errors: ErrNotFound, ErrConflict, ErrReason, ErrNewerSchema.
func (c *Collection[T]) Delete(tx *Tx, id string, rev int64, reason string) error {
	stored, err := tx.before(c.spec, id)
	switch {
	case err != nil:
		return err
	case stored.raw == nil:
		return ErrNotFound.New()
	case stored.Rev != rev:
		return tx.w.refuse(ErrConflict.New())
	case stored.Schema > c.spec.Schema:
		return ErrNewerSchema.New()
	case c.spec.History && reason == "":
		return ErrReason.New()
	}
	if err := tx.w.Delete(tx.ctx, c.spec.Name, id, rev); err != nil {
		return err
	}
	if reason != "" {
		tx.reason = reason
	}
	return tx.record(c.spec, stored.Meta, stored, OpDelete, true)
}

func (c *Collection[T]) decodeAll(raws []bson.Raw) ([]*T, error) {
	docs := make([]*T, len(raws))
	for i, raw := range raws {
		doc, err := c.decode(raw)
		if err != nil {
			return nil, err
		}
		docs[i] = doc
	}
	return docs, nil
}

// decode reads a stored document, lifting it to the newest schema first.
func (c *Collection[T]) decode(raw bson.Raw) (*T, error) {
	raw, err := c.spec.lift(raw)
	if err != nil {
		return nil, err
	}
	doc := new(T)
	if err := bson.Unmarshal(raw, doc); err != nil {
		return nil, fmt.Errorf("store: %s: %w", c.spec.Name, err)
	}
	return doc, nil
}

// lift upgrades raw to the schema of s. A newer document is left as it is.
func (s Spec) lift(raw bson.Raw) (bson.Raw, error) {
	from := int(int64At(raw, "schema"))
	if from >= s.Schema {
		return raw, nil
	}
	var doc bson.M
	if err := bson.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("store: %s: %w", s.Name, err)
	}
	for v := max(from, 1); v < s.Schema; v++ {
		if err := s.Upgrade(v, doc); err != nil {
			return nil, fmt.Errorf("store: %s: upgrade of %v from schema %d: %w", s.Name, doc["_id"], v, err)
		}
	}
	return bson.Marshal(doc)
}

func int64At(raw bson.Raw, key string) int64 {
	n, _ := raw.Lookup(key).AsInt64OK()
	return n
}
