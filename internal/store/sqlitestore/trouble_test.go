package sqlitestore_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

type paper struct {
	store.Meta `bson:",inline"`
	Code       string `bson:"code"`
	Text       string `bson:"text"`
}

var papers = store.Define[paper](store.Spec{Name: "papers", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byCode", Parts: []store.Part{{Path: "code"}}, Unique: true},
}})

var by = actor.SystemPart("test")

func openPapers(t *testing.T, file string, opts sqlitestore.Options) (*store.Store, *sqlitestore.Engine) {
	t.Helper()
	e := open(t, file, opts)
	st, err := store.Open(t.Context(), e, store.Options{}, papers)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st, e
}

func put(ctx context.Context, st *store.Store, p *paper) error {
	return st.Update(ctx, by, func(tx *store.Tx) error { return papers.Put(tx, p) })
}

// TestFullDisk: what was acknowledged stays, what was refused left no trace,
// small neighbours of a large transaction go through, and work goes on when
// space returns.
//
// The disk is a limit on the size of the file; YJY_TEST_SMALL_DISK may name a
// directory on a real one of a few MiB, where the log fills up first.
func TestFullDisk(t *testing.T) {
	ctx := t.Context()
	file, opts := filepath.Join(t.TempDir(), "full.db"), sqlitestore.Options{MaxBytes: 2 << 20}
	small := os.Getenv("YJY_TEST_SMALL_DISK")
	if small != "" {
		file, opts = filepath.Join(small, "full.db"), sqlitestore.Options{}
	}
	st, e := openPapers(t, file, opts)
	text := strings.Repeat("x", 20_000)
	var kept []string
	var full error
	for i := 0; full == nil; i++ {
		p := &paper{Code: fmt.Sprint(i), Text: text}
		if full = put(ctx, st, p); full == nil {
			kept = append(kept, p.ID)
		} else if p.ID != "" || p.Rev != 0 {
			t.Errorf("a refused document became %+v", p.Meta)
		}
	}
	if !errors.Is(full, store.ErrDiskFull) || len(kept) < 20 {
		t.Fatalf("after %d documents: %v", len(kept), full)
	}
	// Groups in which some do not fit: every answer is the truth.
	var mu sync.Mutex
	answers := map[string]error{}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for n := range 10 {
				p := &paper{Meta: store.Meta{ID: fmt.Sprintf("g-%d-%d", w, n)}, Code: fmt.Sprintf("g%d-%d", w, n)}
				if w%2 == 0 {
					p.Text = strings.Repeat("y", 300_000)
				}
				err := put(ctx, st, p)
				mu.Lock()
				answers[fmt.Sprintf("g-%d-%d", w, n)] = err
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fits := 0
	for id, err := range answers {
		_, got := papers.Get(ctx, st, id)
		switch {
		case err == nil && got == nil:
			fits++
		case errors.Is(err, store.ErrDiskFull) && errors.Is(got, store.ErrNotFound):
		default:
			t.Errorf("%s: answered %v, is %v", id, err, got)
		}
	}
	t.Logf("%d documents until the disk was full; %d small ones fitted after that", len(kept), fits)
	for _, id := range kept {
		if _, err := papers.Get(ctx, st, id); err != nil {
			t.Errorf("%s was acknowledged: %v", id, err)
		}
	}
	if err := e.Check(ctx); err != nil {
		t.Error(err)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}

	if small != "" { // move to where there is space
		roomy := filepath.Join(t.TempDir(), "full.db")
		for _, suffix := range []string{"", "-wal"} { // the log could not be written back
			content, err := os.ReadFile(file + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(roomy+suffix, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		file = roomy
	}
	st, e = openPapers(t, file, sqlitestore.Options{MaxBytes: 64 << 20})
	if err := put(ctx, st, &paper{Code: "again", Text: text}); err != nil {
		t.Errorf("when there is space again: %v", err)
	}
	for _, id := range kept {
		if _, err := papers.Get(ctx, st, id); err != nil {
			t.Errorf("%s was acknowledged: %v", id, err)
		}
	}
	if err := e.Check(ctx); err != nil {
		t.Error(err)
	}
}

// TestFilesThatCannotBeOpened: each gives the fault that says what to do, which
// names the file and not where it lies, and is left as it was.
func TestFilesThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	good := filepath.Join(dir, "good.db")
	st, _ := openPapers(t, good, sqlitestore.Options{})
	for i := range 50 {
		if err := put(t.Context(), st, &paper{Code: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	header := append([]byte(nil), bytes...)
	for i := 100; i < 8192; i++ {
		header[i] = 0xA5 // the root of the schema
	}
	newer := append([]byte(nil), bytes...)
	newer[63] = 99 // user_version
	foreign := append([]byte(nil), bytes...)
	copy(foreign[68:72], "GPKG") // application_id
	readOnly := filepath.Join(dir, "readonly")
	if err := os.Mkdir(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	type trouble struct {
		rule string
		file string
		want error
	}
	table := []trouble{
		{"a text", write("text.db", []byte(strings.Repeat("not a database\n", 1000))), store.ErrCorrupt},
		{"a damaged schema", write("schema.db", header), store.ErrCorrupt},
		{"a newer format", write("newer.db", newer), sqlitestore.ErrNewerFormat},
		{"a database of another program", write("foreign.db", foreign), sqlitestore.ErrForeign},
		{"a directory that is not there", filepath.Join(dir, "none", "x.db"), sqlitestore.ErrFile},
		{"a directory in place of a file", dir, sqlitestore.ErrFile},
		{"a file in place of the directory", filepath.Join(good, "x.db"), sqlitestore.ErrFile},
	}
	if os.Geteuid() != 0 { // root may write anywhere
		table = append(table, trouble{"a directory that may not be written", filepath.Join(readOnly, "x.db"), sqlitestore.ErrFile})
	}
	for _, c := range table {
		before, _ := os.ReadFile(c.file)
		e, err := sqlitestore.Open(t.Context(), c.file, sqlitestore.Options{})
		if err == nil {
			e.Close()
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.rule, err, c.want)
			continue
		}
		for _, lang := range []fault.Lang{fault.Chinese, fault.English} {
			text := fault.Of(err).Text(lang)
			if !strings.Contains(text, filepath.Base(c.file)) || strings.Contains(text, dir) {
				t.Errorf("%s: %q", c.rule, text)
			}
		}
		after, _ := os.ReadFile(c.file)
		if string(before) != string(after) {
			t.Errorf("%s: the file was changed", c.rule)
		}
	}
}

// TestDamagedPage: a page that went bad under a database that is in use is
// reported as damage, by reading and by Check, and never as an empty result.
func TestDamagedPage(t *testing.T) {
	ctx := t.Context()
	file := filepath.Join(t.TempDir(), "damaged.db")
	st, _ := openPapers(t, file, sqlitestore.Options{})
	var ids []string
	for i := range 400 {
		p := &paper{Code: fmt.Sprint(i), Text: strings.Repeat("文", 200)}
		if err := put(ctx, st, p); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, p.ID)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for page := 12; page*8192 < len(bytes); page += 2 {
		for i := range 64 {
			bytes[page*8192+i] = 0xFF
		}
	}
	if err := os.WriteFile(file, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := sqlitestore.Open(ctx, file, sqlitestore.Options{})
	if err != nil {
		if !errors.Is(err, store.ErrCorrupt) {
			t.Fatalf("opening: %v", err)
		}
		return
	}
	st, err = store.Open(ctx, e, store.Options{}, papers)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	damaged := 0
	for _, id := range ids {
		if _, err := papers.Get(ctx, st, id); errors.Is(err, store.ErrCorrupt) {
			damaged++
		} else if err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	if damaged == 0 {
		t.Error("no reading noticed the damage")
	}
	if err := e.Check(ctx); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("Check: %v", err)
	}
}

// TestCheckFindsAMissingKey: Check compares what the documents call for with
// what the indexes hold.
func TestCheckFindsAMissingKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys.db")
	st, e := openPapers(t, file, sqlitestore.Options{})
	if err := put(t.Context(), st, &paper{Code: "A"}); err != nil {
		t.Fatal(err)
	}
	if err := e.Check(t.Context()); err != nil {
		t.Fatalf("a whole database: %v", err)
	}
	sqlitestore.Tamper(t, file, "DELETE FROM k_papers")
	if err := e.Check(t.Context()); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("without a key: %v", err)
	}
	sqlitestore.Tamper(t, file, "INSERT INTO k_papers VALUES (x'0001', 1), (x'0002', 1)")
	if err := e.Check(t.Context()); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("with wrong keys: %v", err)
	}
}

// TestIndexesChangedByAnotherVersion: a process that knows other indexes than
// the file now has writes no more, so that it cannot leave keys out.
func TestIndexesChangedByAnotherVersion(t *testing.T) {
	file := filepath.Join(t.TempDir(), "versions.db")
	st, _ := openPapers(t, file, sqlitestore.Options{})
	if err := put(t.Context(), st, &paper{Code: "A"}); err != nil {
		t.Fatal(err)
	}
	next := store.Define[paper](store.Spec{Name: "papers", Schema: 1, Indexes: []store.Index{
		{Name: "byText", Parts: []store.Part{{Path: "text"}}}}})
	other := open(t, file, sqlitestore.Options{})
	defer other.Close()
	more := store.Define[paper](store.Spec{Name: "more", Schema: 1})
	if _, err := store.Open(t.Context(), other, store.Options{}, papers, more); err != nil {
		t.Fatal(err)
	}
	if err := put(t.Context(), st, &paper{Code: "B"}); err != nil {
		t.Errorf("another process has added a collection: %v", err)
	}
	if _, err := store.Open(t.Context(), other, store.Options{}, next); err != nil {
		t.Fatal(err)
	}
	if err := put(t.Context(), st, &paper{Code: "C"}); !errors.Is(err, sqlitestore.ErrChangedUnderneath) {
		t.Errorf("another process has changed an index: %v", err)
	}
}
