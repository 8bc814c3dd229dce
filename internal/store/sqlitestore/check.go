package sqlitestore

import (
	"bytes"
	"context"
	"database/sql/driver"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Check reads the whole file: the pages and trees of SQLite, then, for every
// prepared collection, that each document has its id and revision, and that
// the keys in the file are exactly those that the documents call for.
//
// Errors: store.ErrCorrupt, whose cause names the first deviation.
func (e *Engine) Check(ctx context.Context) error {
	if err := e.enter(); err != nil {
		return err
	}
	defer e.leave()
	c, err := e.reads.take(ctx)
	if err != nil {
		return err
	}
	defer e.reads.give(c)
	if _, err := c.exec("BEGIN"); err != nil {
		return e.fail(err)
	}
	err = e.check(ctx, c)
	if _, end := c.exec("COMMIT"); end != nil {
		c.broken = end
	}
	return e.fail(err)
}

func (e *Engine) check(ctx context.Context, c *conn) error {
	damaged := func(cause error) error { return store.ErrCorrupt.Wrap(cause, fault.P("file", e.name())) }
	row, err := c.row("SELECT integrity_check FROM pragma_integrity_check LIMIT 1")
	if err != nil {
		return err
	}
	if row == nil || row[0] != "ok" {
		return damaged(fmt.Errorf("sqlitestore: integrity_check: %v", row))
	}
	e.catalog.mu.RLock()
	tables := make([]*table, 0, len(e.catalog.tables))
	for _, t := range e.catalog.tables {
		tables = append(tables, t)
	}
	e.catalog.mu.RUnlock()
	for _, t := range tables {
		if err := t.check(ctx, c, damaged); err != nil {
			return err
		}
	}
	return nil
}

// check compares the documents of one collection with its keys: each key that
// a document calls for is there, and there are no others.
func (t *table) check(ctx context.Context, c *conn, damaged func(error) error) error {
	var want, documents int64
	err := c.query(ctx, "SELECT n, id, rev, doc FROM d_"+t.name, func(row []driver.Value) error {
		documents++
		n, id, rev, raw := row[0].(int64), blob(row[1]), row[2].(int64), bson.Raw(blob(row[3]))
		if err := store.Valid(raw); err != nil {
			return damaged(fmt.Errorf("sqlitestore: %s %q: %w", t.name, id, err))
		}
		if own, ok := raw.Lookup("_id").StringValueOK(); !ok || own != string(id) || revOf(raw) != rev {
			return damaged(fmt.Errorf("sqlitestore: %s %q at revision %d holds another document", t.name, id, rev))
		}
		for _, ix := range t.ordered {
			var last []byte
			for _, key := range ix.keys(raw) {
				if bytes.Equal(key, last) {
					continue
				}
				last = key
				want++
				at, err := c.row("SELECT n FROM k_"+t.name+" WHERE key = ?", store.AppendKey(clone(key), string(id)))
				if err != nil {
					return err
				}
				if at == nil || at[0].(int64) != n {
					return damaged(fmt.Errorf("sqlitestore: %s.%s lacks the key of %q", t.name, ix.Name, id))
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	row, err := c.row("SELECT COUNT(*) FROM k_" + t.name)
	if err != nil {
		return err
	}
	if got := row[0].(int64); got != want {
		return damaged(fmt.Errorf("sqlitestore: %s has %d keys, its %d documents call for %d", t.name, got, documents, want))
	}
	return nil
}
