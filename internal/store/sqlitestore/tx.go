package sqlitestore

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// tx is the Writer that one run of a func is lent. It must not be used after
// the func has returned.
type tx struct {
	engine    *Engine
	conn      *conn // nil after the end
	published bool
}

var errEnded = errors.New("sqlitestore: the transaction has ended")

// with runs fn on the connection unless the transaction or ctx has ended. The
// statements themselves are never interrupted.
func (t *tx) with(ctx context.Context, collection string, fn func(*table, *conn) error) error {
	if t.conn == nil {
		return errEnded
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	tab, err := t.engine.catalog.table(collection)
	if err != nil {
		return err
	}
	return t.engine.fail(fn(tab, t.conn))
}

func (t *tx) Get(ctx context.Context, collection string, ids []string) (docs []bson.Raw, err error) {
	err = t.with(ctx, collection, func(tab *table, c *conn) error {
		docs, err = tab.get(ctx, c, ids)
		return err
	})
	return docs, err
}

func (t *tx) Find(ctx context.Context, scan store.Scan) (docs []bson.Raw, err error) {
	err = t.with(ctx, scan.Collection, func(tab *table, c *conn) error {
		docs, err = tab.find(context.Background(), c, scan)
		return err
	})
	return docs, err
}

func (t *tx) Count(ctx context.Context, scan store.Scan, max int) (n int, err error) {
	err = t.with(ctx, scan.Collection, func(tab *table, c *conn) error {
		n, err = tab.count(context.Background(), c, scan, max)
		return err
	})
	return n, err
}

// Put implements store.Writer.
func (t *tx) Put(ctx context.Context, collection, id string, raw bson.Raw, wasRev int64) error {
	return t.with(ctx, collection, func(tab *table, c *conn) error {
		if wasRev == 0 {
			return tab.insert(c, id, raw)
		}
		return tab.replace(c, id, raw, wasRev)
	})
}

// Delete implements store.Writer.
func (t *tx) Delete(ctx context.Context, collection, id string, wasRev int64) error {
	return t.with(ctx, collection, func(tab *table, c *conn) error {
		row, err := c.row(tab.sqlRow, []byte(id))
		if err != nil {
			return err
		}
		if row == nil || row[1].(int64) != wasRev {
			return store.ErrConflict.New()
		}
		n := row[0].(int64)
		if err := tab.rekey(c, id, n, blob(row[2]), nil); err != nil {
			return err
		}
		_, err = c.exec(tab.sqlDelete, n)
		return err
	})
}

// Guard does nothing: transactions here already run one after the other.
func (t *tx) Guard(ctx context.Context, _ string) error {
	if t.conn == nil {
		return errEnded
	}
	return ctx.Err()
}

// Publish implements store.Writer.
func (t *tx) Publish(ctx context.Context, changes []store.Change) error {
	if t.conn == nil {
		return errEnded
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, ch := range changes {
		if err := t.engine.publish(t.conn, ch); err != nil {
			return t.engine.fail(err)
		}
	}
	t.published = t.published || len(changes) > 0
	return nil
}

// insert adds a document that is not there.
func (t *table) insert(c *conn, id string, raw bson.Raw) error {
	if id == "" {
		return fmt.Errorf("sqlitestore: %s: a document without id", t.name)
	}
	row, err := c.row(t.sqlRow, []byte(id))
	if err != nil {
		return err
	}
	if row != nil {
		return store.ErrConflict.New()
	}
	n, err := c.insert(t.sqlInsert, []byte(id), revOf(raw), []byte(raw))
	if err != nil {
		return err
	}
	return t.rekey(c, id, n, nil, raw)
}

func (t *table) replace(c *conn, id string, raw bson.Raw, wasRev int64) error {
	row, err := c.row(t.sqlRow, []byte(id))
	if err != nil {
		return err
	}
	if row == nil || row[1].(int64) != wasRev {
		return store.ErrConflict.New()
	}
	n := row[0].(int64)
	if _, err := c.exec(t.sqlReplace, revOf(raw), []byte(raw), n); err != nil {
		return err
	}
	return t.rekey(c, id, n, blob(row[2]), raw)
}

// rekey takes out the keys that only old has and adds those that only next
// has. Either may be nil.
func (t *table) rekey(c *conn, id string, n int64, old, next bson.Raw) error {
	for _, ix := range t.ordered {
		if old != nil && next != nil && ix.SameKeys(old, next) {
			continue
		}
		var was, now [][]byte
		if old != nil {
			was = ix.keys(old)
		}
		if next != nil {
			now = ix.keys(next)
		}
		for _, key := range missing(was, now) {
			if _, err := c.exec(t.sqlKeyOut, store.AppendKey(key, id)); err != nil {
				return err
			}
		}
		for _, key := range missing(now, was) {
			if err := t.addKey(c, ix, key, id, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// missing returns what of a is not in b; both are sorted.
func missing(a, b [][]byte) [][]byte {
	var out [][]byte
	for _, key := range a {
		for len(b) > 0 && bytes.Compare(b[0], key) < 0 {
			b = b[1:]
		}
		if len(b) == 0 || !bytes.Equal(b[0], key) {
			out = append(out, key)
		}
	}
	return out
}

func revOf(raw bson.Raw) int64 {
	rev, _ := raw.Lookup("rev").AsInt64OK()
	return rev
}

// loadBatch is how many documents Load writes in one commit.
const loadBatch = 500

// Load implements store.Engine.
func (e *Engine) Load(ctx context.Context, collection string, docs []bson.Raw) error {
	t, err := e.catalog.table(collection)
	if err != nil {
		return err
	}
	for len(docs) > 0 {
		batch := docs[:min(loadBatch, len(docs))]
		docs = docs[len(batch):]
		err := e.exclusive(ctx, func(c *conn) error {
			for _, raw := range batch {
				id, ok := raw.Lookup("_id").StringValueOK()
				if !ok {
					return fmt.Errorf("sqlitestore: %s: a document without id", collection)
				}
				if err := t.insert(c, id, raw); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
