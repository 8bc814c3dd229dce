package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/search"
)

func TestOneProcessAtATime(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, search.Public, Options{LockWait: 50 * time.Millisecond}); !errors.Is(err, search.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	if b, _ := process.backgrounds.Load(x.current.background.path); !x.Ready() || b != x.current.background {
		t.Error("the second opening has harmed the first")
	}
}

func TestAnIndexOfAnotherFormatIsNotUsed(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.gen.bleve.SetInternal(formatKey, []byte("0")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Commit(), x.Close()); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, search.Public, Options{}); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if x.Ready() {
		t.Error("it is used")
	}
	if _, err := x.Search(context.Background(), search.NewQuery(search.PublicScope()), nil); !errors.Is(err, search.ErrBuilding) {
		t.Errorf("got %v, want ErrBuilding", err)
	}
}

func TestTokenStandsInItsBatchAndOutlivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := x.Token(); ok {
		t.Error("an empty index has a token")
	}
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	want := store.Token{Epoch: "e", Pos: "7"}
	if err := x.Write(context.Background(), Batch{Put: sampleDocs(t), Token: &want}); err != nil {
		t.Fatal(err)
	}
	if err := x.Write(context.Background(), Batch{Delete: []Ref{{search.Relic, "hu-henan"}}}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, search.Public, Options{}); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if got, ok := x.Token(); !ok || got != want {
		t.Errorf("token %+v", got)
	}
	if n := x.Stats().Documents; n != uint64(len(sampleDocs(t))-1) {
		t.Errorf("%d documents, want all but one", n)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v in %s, want one generation and the pointer", entries, filepath.Base(dir))
	}
}

func TestSwapWhileSearching(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	stop, failed := make(chan struct{}), make(chan error, 4)
	for range 4 {
		go func() {
			for {
				select {
				case <-stop:
					failed <- nil
					return
				default:
				}
				q := search.NewQuery(search.PublicScope())
				q.Text = "莲鹤"
				if res, err := x.Search(context.Background(), q, nil); err != nil || res.Total != 3 {
					failed <- fmt.Errorf("total %d, %v", res.Total, err)
					return
				}
			}
		}()
	}
	for range 5 {
		r, err := x.Rebuild()
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Write(context.Background(), Batch{Put: sampleDocs(t)}); err != nil {
			t.Fatal(err)
		}
		if err := r.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	for range 4 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

func TestDigestsTellDocumentsApart(t *testing.T) {
	docs := sampleDocs(t)
	x := fill(t, search.Public, docs)
	n := 0
	err := x.Digests(context.Background(), func(ref Ref, digest string) error {
		n++
		i := slices.IndexFunc(docs, func(d *search.Document) bool { return d.Kind == ref.Kind && d.ID == ref.ID })
		want, err := Digest(docs[i])
		if err != nil || digest != want {
			t.Errorf("%v: %s, want %s", ref, digest, want)
		}
		return nil
	})
	if err != nil || n != len(docs) {
		t.Errorf("%d digests, %v", n, err)
	}
}

// TestADamagedIndexIsNotUsed: a wrong byte anywhere in a segment leaves the index
// not ready, for the feed to build a new one.
func TestADamagedIndexIsNotUsed(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rebuild(t, x, sampleDocs(t))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for _, share := range []float64{0, 0.3, 0.6, 1} {
		again := t.TempDir()
		if err := os.CopyFS(again, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(again, "*", "store", "*.zap"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%v, %v: want one segment", files, err)
		}
		raw, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		raw[int(share*float64(len(raw)-1))] ^= 1
		if err := os.WriteFile(files[0], raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if x, err = Open(again, search.Public, Options{}); err != nil {
			t.Fatal(err)
		}
		if x.Ready() {
			t.Errorf("an index with a wrong byte after %v of a segment is used", share)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestAFileThatNoStateKnowsIsRemoved: a process may be killed when a file is written
// and nothing names it yet, or before it is whole.
func TestAFileThatNoStateKnowsIsRemoved(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	docs := sampleDocs(t)
	rebuild(t, x, docs)
	store := filepath.Join(x.current.dir, "store")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(store, "*.zap"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for i, content := range [][]byte{whole, whole[:len(whole)/2], nil} {
		left = append(left, filepath.Join(store, fmt.Sprintf("%012x.zap", 0x100+i)))
		if err := os.WriteFile(left[i], content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if x, err = Open(dir, search.Public, Options{}); err != nil {
		t.Fatal(err)
	}
	if got := x.Stats(); got.Documents != uint64(len(docs)) {
		t.Errorf("%d documents, want %d", got.Documents, len(docs))
	}
	if err := x.Write(context.Background(), Batch{Put: docs[:1]}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for _, file := range left {
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", filepath.Base(file), err)
		}
	}
}
