package sqlitestore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"

	"modernc.org/sqlite"
)

// conn is one connection with its prepared statements. It is not safe for
// concurrent use. It speaks to the driver itself: database/sql would copy every
// document once more and lock three times for each statement.
type conn struct {
	dc    driver.Conn
	stmts map[string]driver.Stmt
	// broken is the first error after which SQLite may have undone the whole
	// transaction. The writer clears it when it has rolled back.
	broken error
}

// dial opens a connection to file and sets it up with pragmas.
func dial(ctx context.Context, file string, pragmas ...string) (*conn, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	connector, err := sqlite.NewConnector((&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}).String())
	if err != nil {
		return nil, err
	}
	dc, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c := &conn{dc: dc, stmts: make(map[string]driver.Stmt)}
	for _, p := range pragmas {
		if err := c.once("PRAGMA " + p); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	return c, nil
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.dc.Close())...)
}

// once runs a statement that will not be repeated.
func (c *conn) once(sql string) error {
	s, err := c.dc.Prepare(sql)
	if err != nil {
		return c.note(err)
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(context.Background(), nil)
	if err != nil {
		return c.note(errors.Join(err, s.Close()))
	}
	err = drain(rows, func([]driver.Value) error { return nil })
	return c.note(errors.Join(err, s.Close()))
}

func (c *conn) prepared(sql string) (driver.Stmt, error) {
	if s, ok := c.stmts[sql]; ok {
		return s, nil
	}
	s, err := c.dc.Prepare(sql)
	if err != nil {
		return nil, err
	}
	c.stmts[sql] = s
	return s, nil
}

// exec runs a writing statement and returns how many rows it changed. It is
// never interrupted.
func (c *conn) exec(sql string, args ...any) (int64, error) {
	s, err := c.prepared(sql)
	if err != nil {
		return 0, c.note(err)
	}
	res, err := s.(driver.StmtExecContext).ExecContext(context.Background(), named(args))
	if err != nil {
		return 0, c.note(err)
	}
	return res.RowsAffected()
}

// insert runs an INSERT and returns the rowid.
func (c *conn) insert(sql string, args ...any) (int64, error) {
	s, err := c.prepared(sql)
	if err != nil {
		return 0, c.note(err)
	}
	res, err := s.(driver.StmtExecContext).ExecContext(context.Background(), named(args))
	if err != nil {
		return 0, c.note(err)
	}
	return res.LastInsertId()
}

// query calls each for every row; the values are each's to keep, the slice is not.
func (c *conn) query(ctx context.Context, sql string, each func([]driver.Value) error, args ...any) error {
	s, err := c.prepared(sql)
	if err != nil {
		return c.note(err)
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(ctx, named(args))
	if err != nil {
		return c.note(err)
	}
	return c.note(drain(rows, each))
}

// row returns the first row, nil when there is none.
func (c *conn) row(sql string, args ...any) ([]driver.Value, error) {
	var out []driver.Value
	err := c.query(context.Background(), sql, func(row []driver.Value) error {
		if out == nil {
			out = append(out, row...)
		}
		return nil
	}, args...)
	return out, err
}

func drain(rows driver.Rows, each func([]driver.Value) error) error {
	dest := make([]driver.Value, len(rows.Columns()))
	for {
		err := rows.Next(dest)
		if err == io.EOF {
			return rows.Close()
		}
		if err == nil {
			err = each(dest)
		}
		if err != nil {
			return errors.Join(err, rows.Close())
		}
	}
}

func named(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case string, []byte, int64:
			out[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
		case int:
			out[i] = driver.NamedValue{Ordinal: i + 1, Value: int64(v)}
		default:
			panic(fmt.Sprintf("sqlitestore: argument of type %T", a))
		}
	}
	return out
}

// note remembers an error that may have undone the transaction.
func (c *conn) note(err error) error {
	if err != nil && c.broken == nil && undoes(err) {
		c.broken = err
	}
	return err
}
