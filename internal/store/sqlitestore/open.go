package sqlitestore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Format of the file; user_version of SQLite holds it.
const format = 1

// applicationID marks the file as ours ("YJYo"); never change.
const applicationID = 0x594A596F

// Options change how an Engine behaves. The zero value is right for production.
type Options struct {
	Readers  int   // connections for reading; 0 means twice the processors, at least 4
	FeedKeep int64 // how many of the newest changes are kept; 0 means 1,048,576
	MaxBytes int64 // largest size of the file, beyond which the disk counts as full; 0 means no limit
}

// Engine is a database in one SQLite file, with its -wal and -shm and the locks
// -next and -writing beside it.
// It is safe for concurrent use.
type Engine struct {
	file   string
	opts   Options
	writer *writer
	reads  pool

	catalog catalog

	mu     sync.Mutex
	closed bool
	active sync.WaitGroup
	done   chan struct{} // closed by Close
	news   chan struct{} // closed and replaced at each commit with changes
}

var (
	_ store.Engine  = (*Engine)(nil)
	_ store.Checker = (*Engine)(nil)
	_ store.Marker  = (*Engine)(nil)
)

// Open opens the database in file and creates it when it is absent. Its
// directory must exist.
//
// Errors: ErrFile, ErrForeign, ErrNewerFormat, store.ErrCorrupt,
// store.ErrDiskFull, store.ErrUnavailable.
func Open(ctx context.Context, file string, opts Options) (*Engine, error) {
	if opts.Readers <= 0 {
		opts.Readers = max(4, 2*runtime.GOMAXPROCS(0))
	}
	if opts.FeedKeep <= 0 {
		opts.FeedKeep = 1 << 20
	}
	e := &Engine{file: file, opts: opts, done: make(chan struct{}), news: make(chan struct{})}
	e.catalog.init()
	c, err := e.dialWriter(ctx)
	if err != nil {
		return nil, e.fail(err)
	}
	if err := e.format(ctx, c); err != nil {
		return nil, e.fail(errors.Join(err, c.close()))
	}
	e.reads = pool{open: e.dialReader, slots: make(chan struct{}, opts.Readers)}
	t, err := openTurn(file)
	if err != nil {
		return nil, e.fail(errors.Join(ErrFile.Wrap(err, fault.P("file", e.name())), c.close()))
	}
	e.writer = newWriter(e, c, t)
	go e.writer.loop()
	return e, nil
}

func (e *Engine) dialWriter(ctx context.Context) (*conn, error) {
	pragmas := []string{"busy_timeout=10000", "page_size=8192", "cache_size=-16384", "cell_size_check=1"}
	if e.opts.MaxBytes > 0 {
		pragmas = append(pragmas, fmt.Sprintf("max_page_count=%d", max(1, e.opts.MaxBytes/8192)))
	}
	return dial(ctx, e.file, pragmas...)
}

func (e *Engine) dialReader(ctx context.Context) (*conn, error) {
	c, err := dial(ctx, e.file, "busy_timeout=10000", "cache_size=-4096", "cell_size_check=1", "query_only=1")
	return c, e.fail(err)
}

// format makes an empty file ours and refuses one that is not.
func (e *Engine) format(ctx context.Context, c *conn) error {
	row, err := c.row("SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT COUNT(*) FROM sqlite_schema)")
	if err != nil {
		return err
	}
	name := fault.P("file", e.name())
	app, version, tables := row[0].(int64), row[1].(int64), row[2].(int64)
	switch {
	case app != applicationID && (app != 0 || version != 0 || tables != 0):
		return ErrForeign.New(name)
	case app == applicationID && version > format:
		return ErrNewerFormat.New(name)
	}
	for _, p := range []string{"journal_mode=WAL", "synchronous=FULL", "journal_size_limit=67108864"} {
		if err := c.once("PRAGMA " + p); err != nil {
			return err
		}
	}
	if app == applicationID {
		return nil
	}
	// Two processes may get here at once: the second finds the tables.
	if _, err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, sql := range []string{
		"CREATE TABLE IF NOT EXISTS meta (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
		"CREATE TABLE IF NOT EXISTS indexes (no INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, UNIQUE (collection, name))",
		"CREATE TABLE IF NOT EXISTS feed (pos INTEGER PRIMARY KEY AUTOINCREMENT, change BLOB NOT NULL)",
		"INSERT OR IGNORE INTO meta VALUES ('epoch', '" + rand.Text() + "'), ('catalog', 0), ('feedFloor', 0)",
		fmt.Sprintf("PRAGMA application_id=%d", applicationID),
		fmt.Sprintf("PRAGMA user_version=%d", format),
		"COMMIT",
	} {
		if err := c.once(sql); err != nil {
			return err
		}
	}
	return syncDir(filepath.Dir(e.file))
}

// syncDir makes the names of new files durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// name is what people are told of the file: its place is no business of theirs.
func (e *Engine) name() string { return filepath.Base(e.file) }

// enter is called ahead of every use of the database, leave after it.
func (e *Engine) enter() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return store.ErrUnavailable.Wrap(errClosed)
	}
	e.active.Add(1)
	return nil
}

func (e *Engine) leave() { e.active.Done() }

// Ping reads one page of the database.
func (e *Engine) Ping(ctx context.Context) error {
	_, err := e.Head(ctx)
	return err
}

// Close refuses new work, waits for what is under way and closes the file. A
// second Close does nothing.
func (e *Engine) Close() error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil
	}
	e.closed = true
	close(e.done)
	e.mu.Unlock()
	e.active.Wait()
	e.writer.stop()
	// The last connection to close writes the log back into the file.
	return e.fail(errors.Join(e.reads.close(), e.writer.conn.close(), e.writer.turn.close()))
}
