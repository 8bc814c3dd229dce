package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

var dumped = []store.Declared{counters, things, parts}

// filled returns a store with documents, history, a job and a lease, and its dump.
func (s *suite) filled(t *testing.T) (*store.Store, store.Engine, []byte, store.Summary) {
	t.Helper()
	st, e := s.fresh(t, store.Options{})
	for batch := range size(5, 20) {
		update(t, st, func(tx *store.Tx) error {
			for i := range 30 {
				d := &thing{Meta: store.Meta{Org: "henan"}, Code: fmt.Sprintf("%d-%d", batch, i), Name: name{ZH: "鼎\x00" + string(rune('a'+i))},
					Tags: []string{"铜器"}, N: int64(i), At: time.UnixMilli(int64(i) - 15).UTC()}
				if err := things.Put(tx, d); err != nil {
					return err
				}
				if i == 7 {
					if err := things.Delete(tx, d.ID, 1, "重复登记"); err != nil {
						return err
					}
				}
			}
			return counters.Put(tx, &counter{N: int64(batch)})
		})
	}
	enqueue(t, st, store.NewJob{Kind: "a", Payload: work{"x", 1}})
	_, err := st.Lease(t.Context(), "l", "a", time.Minute)
	must(t, err)
	var out bytes.Buffer
	sum, err := store.Dump(t.Context(), st, &out)
	must(t, err)
	return st, e, out.Bytes(), sum
}

// contents reads every document of every collection.
func contents(t *testing.T, st *store.Store, e store.Engine) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, spec := range st.Specs() {
		scan := store.Scan{Collection: spec.Name, Limit: 100}
		for {
			raws, err := e.Find(t.Context(), scan)
			must(t, err)
			for _, raw := range raws {
				out[spec.Name] = append(out[spec.Name], string(raw))
			}
			if len(raws) < scan.Limit {
				break
			}
			id, _ := raws[len(raws)-1].Lookup("_id").StringValueOK()
			scan.After = &store.Position{ID: id}
		}
	}
	return out
}

// dump: what is dumped from one engine is restored in SQLite, from there back
// in the engine, byte by byte the same documents, in a new epoch.
func (s *suite) dump(t *testing.T) {
	ctx := t.Context()
	st, e, first, sum := s.filled(t)
	want := contents(t, st, e)
	n := int64(0)
	for name, docs := range want {
		n += int64(len(docs))
		if sum.Collections[name] != int64(len(docs)) {
			t.Errorf("%s: the summary says %d, there are %d", name, sum.Collections[name], len(docs))
		}
	}
	if sum.Documents != n || sum.Bytes != int64(len(first)) || sum.Digest == "" || sum.At.IsZero() {
		t.Errorf("summary %+v; want %d documents, %d bytes", sum, n, len(first))
	}
	head, err := st.Head(ctx)
	must(t, err)

	middle, err := sqlitestore.Open(ctx, filepath.Join(t.TempDir(), "middle.db"), sqlitestore.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, middle.Close()) })
	last := s.engine(t)
	in := first
	for _, target := range []store.Engine{middle, last} {
		// Hidden behind a plain reader the second time: loaded as it comes.
		var r io.Reader = bytes.NewReader(in)
		if target == last {
			r = io.MultiReader(r)
		}
		got, err := store.Restore(ctx, target, dumped, r)
		must(t, err)
		if diff := cmp.Diff(sum.Collections, got.Collections); diff != "" {
			t.Errorf("summaries (-dump +restore):\n%s", diff)
		}
		restored := openOn(t, target, store.Options{}, dumped...)
		if diff := cmp.Diff(want, contents(t, restored, target)); diff != "" {
			t.Errorf("documents (-before +after):\n%s", diff)
		}
		if _, err := restored.Changes(ctx, head, 10); !errors.Is(err, store.ErrEpoch) {
			t.Errorf("a token from before: %v", err)
		}
		d, err := things.One(ctx, restored, store.Query{Index: "byCode", Equal: []any{"3-4"}})
		must(t, err)
		d.N = 99
		update(t, restored, func(tx *store.Tx) error { return things.Put(tx, d) })
		d.N = 4
		update(t, restored, func(tx *store.Tx) error { return things.Put(tx, d) })
		if old, err := things.AtRevision(ctx, restored, d.ID, 2); err != nil || old.N != 99 {
			t.Errorf("history goes on: %+v, %v", old, err)
		}
		var out bytes.Buffer
		sum, err = store.Dump(ctx, restored, &out)
		must(t, err)
		in, want = out.Bytes(), contents(t, restored, target)
	}
}

// restoreRefusals: a target that is not empty, and dumps that are cut, altered
// or not for this program, each with its fault and nothing loaded.
func (s *suite) restoreRefusals(t *testing.T) {
	ctx := t.Context()
	st, e, good, _ := s.filled(t)
	before := contents(t, st, e)
	if _, err := store.Restore(ctx, e, dumped, bytes.NewReader(good)); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("into a database that is not empty: %v", err)
	}
	if diff := cmp.Diff(before, contents(t, st, e)); diff != "" {
		t.Errorf("the database was changed:\n%s", diff)
	}
	altered := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 0x20
		return b
	}
	newer := store.Define[thing](store.Spec{Name: "things", Schema: 2, Upgrade: func(int, bson.M) error { return nil }})
	newerEngine := s.engine(t)
	newerStore := openOn(t, newerEngine, store.Options{}, counters, newer, parts)
	var newerDump bytes.Buffer
	_, err := store.Dump(ctx, newerStore, &newerDump)
	must(t, err)
	empty := s.engine(t)
	for _, c := range []struct {
		rule string
		in   []byte
		with []store.Declared
		want error
	}{
		{"nothing", nil, dumped, store.ErrDumpFormat},
		{"another file", []byte("PK\x03\x04 a spreadsheet"), dumped, store.ErrDumpFormat},
		{"cut in the middle", good[:len(good)/2], dumped, store.ErrDumpDamaged},
		{"without its last byte", good[:len(good)-1], dumped, store.ErrDumpDamaged},
		{"without its digest", good[:len(good)-37], dumped, store.ErrDumpDamaged},
		{"followed by more", append(bytes.Clone(good), 0), dumped, store.ErrDumpDamaged},
		{"altered in the middle", altered(len(good) / 2), dumped, store.ErrDumpDamaged},
		{"altered in its digest", altered(len(good) - 1), dumped, store.ErrDumpDamaged},
		{"a collection that the program does not know", good, []store.Declared{counters, things}, store.ErrDumpCollection},
		{"a newer schema", newerDump.Bytes(), dumped, store.ErrDumpNewer},
	} {
		if _, err := store.Restore(ctx, empty, c.with, bytes.NewReader(c.in)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.rule, err, c.want)
		}
	}
	for _, spec := range openOn(t, empty, store.Options{}, dumped...).Specs() {
		if n, err := empty.Count(ctx, store.Scan{Collection: spec.Name, Limit: 1}, 1); err != nil || n != 0 {
			t.Errorf("%s holds %d documents of a refused dump, %v", spec.Name, n, err)
		}
	}
	if _, err := store.Restore(ctx, empty, dumped, bytes.NewReader(good)); err != nil {
		t.Errorf("the good one after all: %v", err)
	}
}
