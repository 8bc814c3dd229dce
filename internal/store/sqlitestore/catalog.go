package sqlitestore

import (
	"bytes"
	"context"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
	"sync"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// catalog is what the engine knows of the prepared collections.
type catalog struct {
	mu         sync.RWMutex
	tables     map[string]*table
	generation int64 // of the index definitions in the file; another process may raise it
}

func (k *catalog) init() { k.tables = make(map[string]*table) }

func (k *catalog) table(collection string) (*table, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if t, ok := k.tables[collection]; ok {
		return t, nil
	}
	return nil, fmt.Errorf("sqlitestore: collection %q is not prepared", collection)
}

func (k *catalog) known() int64 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.generation
}

// table is one collection: its indexes and its statements. Immutable.
type table struct {
	name    string
	indexes map[string]*index
	ordered []*index // by number

	sqlGet, sqlRow, sqlInsert, sqlReplace, sqlDelete string
	sqlKeyIn, sqlKeyOut, sqlTaken                    string
	sqlFind, sqlByID                                 [2]string // forward, reverse
	sqlCount, sqlCountByID                           string
}

// index is a declared index with its number in the file.
type index struct {
	store.Index
	no uint16
}

// prefix returns the bytes with which every key of the index begins.
func (ix *index) prefix() []byte {
	return binary.BigEndian.AppendUint16(make([]byte, 0, 64), ix.no)
}

// keys returns the encoded keys of a document, without its id, sorted.
func (ix *index) keys(raw bson.Raw) [][]byte {
	values := ix.Keys(raw)
	keys := make([][]byte, len(values))
	for i, v := range values {
		keys[i] = store.AppendKey(ix.prefix(), v...)
	}
	sort.Slice(keys, func(i, j int) bool { return bytes.Compare(keys[i], keys[j]) < 0 })
	return keys
}

// The names of collections are letters and digits (store.Spec), so they may
// stand in SQL.
func newTable(name string) *table {
	d, k := "d_"+name, "k_"+name
	t := &table{name: name, indexes: make(map[string]*index)}
	t.sqlGet = "SELECT doc FROM " + d + " WHERE id = ?"
	t.sqlRow = "SELECT n, rev, doc FROM " + d + " WHERE id = ?"
	t.sqlInsert = "INSERT INTO " + d + " (id, rev, doc) VALUES (?, ?, ?)"
	t.sqlReplace = "UPDATE " + d + " SET rev = ?, doc = ? WHERE n = ?"
	t.sqlDelete = "DELETE FROM " + d + " WHERE n = ?"
	t.sqlKeyIn = "INSERT INTO " + k + " (key, n) VALUES (?, ?)"
	t.sqlKeyOut = "DELETE FROM " + k + " WHERE key = ?"
	t.sqlTaken = "SELECT n FROM " + k + " WHERE key >= ? AND key < ? LIMIT 2"
	for i, dir := range []string{"", " DESC"} {
		t.sqlFind[i] = "SELECT d.doc FROM " + k + " k CROSS JOIN " + d + " d ON d.n = k.n WHERE k.key >= ? AND k.key < ? ORDER BY k.key" + dir + " LIMIT ?"
		t.sqlByID[i] = "SELECT doc FROM " + d + " WHERE id >= ? AND id < ? ORDER BY id" + dir + " LIMIT ?"
	}
	t.sqlCount = "SELECT COUNT(*) FROM (SELECT 1 FROM " + k + " WHERE key >= ? AND key < ? LIMIT ?)"
	t.sqlCountByID = "SELECT COUNT(*) FROM (SELECT 1 FROM " + d + " WHERE id >= ? AND id < ? LIMIT ?)"
	return t
}

// definition is the stored text of an index; a change of it means a rebuild.
func definition(ix store.Index) string {
	var b strings.Builder
	for _, p := range ix.Parts {
		fmt.Fprintf(&b, "%s:%d:%t,", p.Path, p.Kind, p.Array)
	}
	fmt.Fprintf(&b, "unique=%t", ix.Unique)
	return b.String()
}

// Prepare creates the tables that are missing and makes the indexes those that
// specs declare: new and changed ones are built from the documents, dropped
// ones removed. Collections in the file that specs does not name are left.
//
// Errors: store.ErrDuplicate when documents break an index that has become
// unique; nothing is then changed.
func (e *Engine) Prepare(ctx context.Context, specs []store.Spec) error {
	tables := make(map[string]*table)
	var generation int64
	err := e.exclusive(ctx, func(c *conn) error {
		changed := false
		for _, spec := range specs {
			t, did, err := prepare(ctx, c, spec)
			if err != nil {
				return err
			}
			tables[spec.Name] = t
			changed = changed || did
		}
		if changed {
			if _, err := c.exec("UPDATE meta SET v = v + 1 WHERE k = 'catalog'"); err != nil {
				return err
			}
		}
		var err error
		generation, err = catalogGeneration(c)
		return err
	})
	if err != nil {
		return err
	}
	e.catalog.mu.Lock()
	defer e.catalog.mu.Unlock()
	for name, t := range tables {
		e.catalog.tables[name] = t
	}
	e.catalog.generation = generation
	return nil
}

func catalogGeneration(c *conn) (int64, error) {
	row, err := c.row("SELECT v FROM meta WHERE k = 'catalog'")
	if err != nil {
		return 0, err
	}
	return row[0].(int64), nil
}

// prepare makes one collection; changed is whether an index of a collection
// that was there before is another now.
func prepare(ctx context.Context, c *conn, spec store.Spec) (t *table, changed bool, err error) {
	t = newTable(spec.Name)
	row, err := c.row("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", "d_"+spec.Name)
	if err != nil {
		return nil, false, err
	}
	fresh := row[0].(int64) == 0
	if fresh {
		for _, sql := range []string{
			"CREATE TABLE d_" + spec.Name + " (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, rev INTEGER NOT NULL, doc BLOB NOT NULL)",
			"CREATE TABLE k_" + spec.Name + " (key BLOB PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
		} {
			if err := c.once(sql); err != nil {
				return nil, false, err
			}
		}
	}
	type entry struct {
		no  int64
		def string
	}
	stored := make(map[string]entry)
	err = c.query(ctx, "SELECT name, no, definition FROM indexes WHERE collection = ?", func(row []driver.Value) error {
		stored[row[0].(string)] = entry{row[1].(int64), row[2].(string)}
		return nil
	}, spec.Name)
	if err != nil {
		return nil, false, err
	}
	var build []*index
	for _, ix := range spec.Indexes {
		was, ok := stored[ix.Name]
		delete(stored, ix.Name)
		no := was.no
		if !ok || was.def != definition(ix) {
			if ok {
				if err := dropIndex(c, spec.Name, was.no); err != nil {
					return nil, false, err
				}
			}
			no, err = c.insert("INSERT INTO indexes (collection, name, definition) VALUES (?, ?, ?)", spec.Name, ix.Name, definition(ix))
			if err != nil {
				return nil, false, err
			}
			if no >= 0xFFFF {
				return nil, false, fmt.Errorf("sqlitestore: more than %d indexes were ever declared", 0xFFFE)
			}
			changed = true
		}
		entry := &index{Index: ix, no: uint16(no)}
		if no != was.no {
			build = append(build, entry)
		}
		t.indexes[ix.Name] = entry
		t.ordered = append(t.ordered, entry)
	}
	for _, gone := range stored {
		changed = true
		if err := dropIndex(c, spec.Name, gone.no); err != nil {
			return nil, false, err
		}
	}
	if len(build) > 0 && !fresh {
		err = t.build(ctx, c, build)
	}
	return t, changed && !fresh, err
}

func dropIndex(c *conn, collection string, no int64) error {
	if _, err := c.exec("DELETE FROM indexes WHERE no = ?", no); err != nil {
		return err
	}
	prefix := (&index{no: uint16(no)}).prefix()
	_, err := c.exec("DELETE FROM k_"+collection+" WHERE key >= ? AND key < ?", prefix, after(prefix))
	return err
}

// build fills new indexes from the documents, in portions of rowids.
func (t *table) build(ctx context.Context, c *conn, indexes []*index) error {
	last := int64(-1 << 63)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		type found struct {
			n   int64
			raw bson.Raw
		}
		var batch []found
		err := c.query(context.Background(), "SELECT n, doc FROM d_"+t.name+" WHERE n > ? ORDER BY n LIMIT 500", func(row []driver.Value) error {
			batch = append(batch, found{row[0].(int64), blob(row[1])})
			return nil
		}, last)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, f := range batch {
			id, ok := f.raw.Lookup("_id").StringValueOK()
			if !ok {
				return fmt.Errorf("sqlitestore: row %d of %s has no id", f.n, t.name)
			}
			for _, ix := range indexes {
				for _, key := range ix.keys(f.raw) {
					if err := t.addKey(c, ix, key, id, f.n); err != nil {
						return err
					}
				}
			}
			last = f.n
		}
	}
}

// addKey stores one key of the document in row n.
func (t *table) addKey(c *conn, ix *index, key []byte, id string, n int64) error {
	if ix.Unique {
		taken := false
		err := c.query(context.Background(), t.sqlTaken, func(row []driver.Value) error {
			taken = taken || row[0].(int64) != n
			return nil
		}, key, after(key))
		if err != nil {
			return err
		}
		if taken {
			return store.ErrDuplicate.New(fault.P("index", ix.Name))
		}
	}
	_, err := c.exec(t.sqlKeyIn, store.AppendKey(key, id), n)
	return err
}
