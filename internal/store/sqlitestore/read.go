package sqlitestore

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sync"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// pool lends connections for reading: at most cap(slots) at a time to short
// readings, any number to snapshots, which may themselves read outside.
type pool struct {
	open  func(context.Context) (*conn, error)
	slots chan struct{}
	mu    sync.Mutex
	idle  []*conn
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return p.open(ctx)
}

// give takes c back; one that is surplus or met a failure is closed.
func (p *pool) give(c *conn) {
	p.mu.Lock()
	if c.broken == nil && len(p.idle) < cap(p.slots) {
		p.idle = append(p.idle, c)
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	_ = c.close() // a connection for reading has nothing to lose
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var first error
	for _, c := range p.idle {
		if err := c.close(); err != nil && first == nil {
			first = err
		}
	}
	p.idle = nil
	return first
}

// reading lends a connection to fn.
func (e *Engine) reading(ctx context.Context, fn func(*conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := e.enter(); err != nil {
		return err
	}
	defer e.leave()
	select {
	case e.reads.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.reads.slots }()
	c, err := e.reads.take(ctx)
	if err != nil {
		return err
	}
	defer e.reads.give(c)
	return e.fail(fn(c))
}

// Get implements store.Source.
func (e *Engine) Get(ctx context.Context, collection string, ids []string) (docs []bson.Raw, err error) {
	t, err := e.catalog.table(collection)
	if err != nil {
		return nil, err
	}
	err = e.reading(ctx, func(c *conn) error {
		docs, err = t.get(ctx, c, ids)
		return err
	})
	return docs, err
}

// Find implements store.Source.
func (e *Engine) Find(ctx context.Context, scan store.Scan) (docs []bson.Raw, err error) {
	t, err := e.catalog.table(scan.Collection)
	if err != nil {
		return nil, err
	}
	err = e.reading(ctx, func(c *conn) error {
		docs, err = t.find(ctx, c, scan)
		return err
	})
	return docs, err
}

// Count implements store.Source.
func (e *Engine) Count(ctx context.Context, scan store.Scan, max int) (n int, err error) {
	t, err := e.catalog.table(scan.Collection)
	if err != nil {
		return 0, err
	}
	err = e.reading(ctx, func(c *conn) error {
		n, err = t.count(ctx, c, scan, max)
		return err
	})
	return n, err
}

// Snapshot runs fn over one unchanging state. The Source may be used by several
// goroutines, until fn returns. A long snapshot makes the log of the database
// grow meanwhile.
func (e *Engine) Snapshot(ctx context.Context, fn func(store.Source) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
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
	s := &snapshot{engine: e, conn: c}
	defer s.end()
	// The first reading fixes the state.
	if _, err := c.row("SELECT v FROM meta WHERE k = 'epoch'"); err != nil {
		return e.fail(err)
	}
	return fn(s)
}

type snapshot struct {
	engine *Engine
	mu     sync.Mutex
	conn   *conn // nil after the end
}

func (s *snapshot) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.conn.exec("COMMIT"); err != nil {
		s.conn.broken = err // not to be lent again
	}
	s.conn = nil
}

func (s *snapshot) with(ctx context.Context, collection string, fn func(*table, *conn) error) error {
	t, err := s.engine.catalog.table(collection)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil {
		return fmt.Errorf("sqlitestore: the snapshot has ended")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.engine.fail(fn(t, s.conn))
}

func (s *snapshot) Get(ctx context.Context, collection string, ids []string) (docs []bson.Raw, err error) {
	err = s.with(ctx, collection, func(t *table, c *conn) error {
		docs, err = t.get(ctx, c, ids)
		return err
	})
	return docs, err
}

func (s *snapshot) Find(ctx context.Context, scan store.Scan) (docs []bson.Raw, err error) {
	err = s.with(ctx, scan.Collection, func(t *table, c *conn) error {
		docs, err = t.find(ctx, c, scan)
		return err
	})
	return docs, err
}

func (s *snapshot) Count(ctx context.Context, scan store.Scan, max int) (n int, err error) {
	err = s.with(ctx, scan.Collection, func(t *table, c *conn) error {
		n, err = t.count(ctx, c, scan, max)
		return err
	})
	return n, err
}

// get reads the documents that exist in the order of ids. One look-up is far
// shorter than setting up its interruption, so the context is only looked at.
func (t *table) get(ctx context.Context, c *conn, ids []string) ([]bson.Raw, error) {
	docs := make([]bson.Raw, 0, len(ids))
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := c.query(context.Background(), t.sqlGet, func(row []driver.Value) error {
			docs = append(docs, blob(row[0]))
			return nil
		}, []byte(id))
		if err != nil {
			return nil, err
		}
	}
	return docs, nil
}

func (t *table) find(ctx context.Context, c *conn, scan store.Scan) ([]bson.Raw, error) {
	from, to, err := t.bounds(scan)
	if err != nil {
		return nil, err
	}
	sql := t.sqlFind[0]
	switch {
	case scan.Index.Name == store.ByID && scan.Reverse:
		sql = t.sqlByID[1]
	case scan.Index.Name == store.ByID:
		sql = t.sqlByID[0]
	case scan.Reverse:
		sql = t.sqlFind[1]
	}
	docs := make([]bson.Raw, 0, min(scan.Limit, 64))
	err = c.query(ctx, sql, func(row []driver.Value) error {
		docs = append(docs, blob(row[0]))
		return nil
	}, from, to, scan.Limit)
	return docs, err
}

func (t *table) count(ctx context.Context, c *conn, scan store.Scan, max int) (int, error) {
	from, to, err := t.bounds(scan)
	if err != nil {
		return 0, err
	}
	sql := t.sqlCount
	if scan.Index.Name == store.ByID {
		sql = t.sqlCountByID
	}
	n := 0
	err = c.query(ctx, sql, func(row []driver.Value) error {
		n = int(row[0].(int64))
		return nil
	}, from, to, max)
	return n, err
}

// blob returns a value that is empty or bytes.
func blob(v driver.Value) []byte {
	b, _ := v.([]byte)
	return b
}

// bounds returns the range [from, to) of key bytes that scan covers.
func (t *table) bounds(scan store.Scan) (from, to []byte, err error) {
	if scan.Index.Name == store.ByID {
		from, to = idBounds(scan)
		return from, to, nil
	}
	ix, ok := t.indexes[scan.Index.Name]
	if !ok {
		return nil, nil, fmt.Errorf("sqlitestore: %s.%s is not prepared", scan.Collection, scan.Index.Name)
	}
	prefix := store.AppendKey(ix.prefix(), scan.Equal...)
	from, to = prefix, after(prefix)
	switch {
	case scan.Prefix != "":
		from = store.AppendStringPrefix(clone(prefix), scan.Prefix)
		to = after(from)
	default:
		if scan.From != nil {
			from = store.AppendKey(clone(prefix), scan.From)
		}
		if scan.Before != nil {
			to = store.AppendKey(clone(prefix), scan.Before)
		}
	}
	if scan.After != nil {
		at := store.AppendKey(store.AppendKey(ix.prefix(), scan.After.Key...), scan.After.ID)
		from, to = beyond(scan.Reverse, from, to, at)
	}
	return from, to, nil
}

// idBounds is bounds for the order of ids, whose keys are the ids themselves.
func idBounds(scan store.Scan) (from, to []byte) {
	text := func(v any) []byte { return []byte(v.(string)) }
	from, to = []byte{}, []byte{0xFF} // no UTF-8 begins with FF
	switch {
	case len(scan.Equal) == 1:
		from = text(scan.Equal[0])
		to = append(clone(from), 0)
	case scan.Prefix != "":
		from = []byte(scan.Prefix)
		to = after(from)
	default:
		if scan.From != nil {
			from = text(scan.From)
		}
		if scan.Before != nil {
			to = text(scan.Before)
		}
	}
	if scan.After != nil {
		from, to = beyond(scan.Reverse, from, to, []byte(scan.After.ID))
	}
	return from, to
}

// beyond narrows [from, to) to what follows the key at in the direction.
func beyond(reverse bool, from, to, at []byte) ([]byte, []byte) {
	if reverse {
		if string(at) < string(to) {
			to = at
		}
	} else if next := append(clone(at), 0); string(next) > string(from) {
		from = next
	}
	return from, to
}

// after returns the smallest key that is greater than every key with prefix.
func after(prefix []byte) []byte {
	out := clone(prefix)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i] != 0xFF {
			out[i]++
			return out[:i+1]
		}
	}
	return []byte{0xFF, 0xFF, 0xFF} // not reached: numbers of indexes end below FFFF
}

func clone(b []byte) []byte { return append(make([]byte, 0, len(b)+32), b...) }
