package index

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/search"
)

// full makes the disk of a generation as if it were full: files that are open go on,
// no new one can be made. mend ends that.
func full(t *testing.T, g *generation) (mend func()) {
	t.Helper()
	store := filepath.Join(g.dir, "store")
	if err := os.Rename(store, store+".away"); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Rename(store+".away", store); err != nil {
			t.Fatal(err)
		}
	}
}

func quiet() Options { return Options{Log: slog.New(slog.DiscardHandler)} }

// TestARebuildOnAFullDiskEnds: Bleve itself tries to merge again and again.
func TestARebuildOnAFullDiskEnds(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	x, err := Open(dir, search.Staff, quiet())
	if err != nil {
		t.Fatal(err)
	}
	docs := randomDocs(300, rand.New(rand.NewPCG(31, 32)))
	rebuild(t, x, docs[:200])
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	more := func(docs []*search.Document) {
		if err := r.Write(ctx, Batch{Put: docs}); err != nil {
			t.Fatal(err)
		}
	}
	for err == nil { // until Bleve has not merged by itself beforehand
		for _, part := range [][]*search.Document{docs[:100], docs[100:]} {
			more(part)
			if err := r.pour(); err != nil {
				t.Fatal(err)
			}
		}
		mend := full(t, r.gen)
		if err = r.gen.compact(); err == nil {
			mend()
		}
	}
	if !strings.Contains(err.Error(), "no such file") {
		t.Errorf("merged: %v", err)
	}
	more(docs[:1])
	if err := r.Commit(); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("committed: %v", err)
	}
	if _, err := os.Stat(r.gen.dir); !os.IsNotExist(err) {
		t.Errorf("the failed generation is still there: %v", err)
	}
	if got := x.Stats(); got.Documents != 200 {
		t.Errorf("%d documents are found, want those of the generation before", got.Documents)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	noneMapped(t, dir)
	if _, open := process.backgrounds.Load(filepath.Join(r.gen.dir, "store")); open {
		t.Error("a closed generation is still told of failures")
	}
}

// TestAFullDiskIsToldAndMended: a large batch says that it is not on disk, and gets
// there when there is room again.
func TestAFullDiskIsToldAndMended(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	x, err := Open(dir, search.Staff, quiet())
	if err != nil {
		t.Fatal(err)
	}
	docs := randomDocs(600, rand.New(rand.NewPCG(33, 34)))
	rebuild(t, x, docs[:200])
	mend, version := full(t, x.current), x.version.Load()
	if err := x.Write(ctx, Batch{Put: docs[200:400]}); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("written: %v", err)
	}
	if got := x.Stats(); got.Documents != 400 || x.version.Load() == version {
		t.Errorf("%d documents are found; old answers are kept: %v", got.Documents, x.version.Load() == version)
	}
	if err := x.Write(ctx, Batch{Put: docs[400:401]}); err == nil {
		t.Error("a small batch is taken while the disk is full")
	}
	mend()
	for x.Write(ctx, Batch{Put: docs[400:401]}) != nil { // an attempt of before may have been under way
	}
	if err := x.Write(ctx, Batch{Put: docs[400:]}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, search.Staff, quiet()); err != nil {
		t.Fatal(err)
	}
	if got := x.Stats(); got.Documents != 600 {
		t.Errorf("%d documents after all, want 600", got.Documents)
	}
	full(t, x.current)
	if err := x.Write(ctx, Batch{Put: docs[:1]}); err != nil {
		t.Errorf("a small batch waits for the disk: %v", err)
	}
	if err := x.Close(); err == nil {
		t.Error("closing says nothing of a batch that is not on disk")
	}
	noneMapped(t, dir)
}

// TestWhatIsCommittedAfterCloseIsOpenedNext: an index may be closed while it is built
// anew.
func TestWhatIsCommittedAfterCloseIsOpenedNext(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	x, err := Open(dir, search.Staff, quiet())
	if err != nil {
		t.Fatal(err)
	}
	docs := randomDocs(30, rand.New(rand.NewPCG(35, 36)))
	rebuild(t, x, docs[:10])
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(ctx, Batch{Put: docs}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	if x.Ready() {
		t.Error("a closed index answers")
	}
	if x, err = Open(dir, search.Staff, quiet()); err != nil {
		t.Fatalf("a generation is still open: %v", err)
	}
	if got := x.Stats(); got.Documents != 30 {
		t.Errorf("%d documents, want the 30 of the new generation", got.Documents)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestARebuildHoldsLittleOfLongDocuments however many come at once.
func TestARebuildHoldsLittleOfLongDocuments(t *testing.T) {
	x := fill(t, search.Public, nil)
	long := strings.Repeat("长", 100_000)
	docs := make([]*search.Document, 40)
	for i := range docs {
		docs[i] = &search.Document{Kind: search.Relic, ID: fmt.Sprint(i), Title: search.Text{ZH: "卷"}, Body: []string{long}}
	}
	most := 0
	whole, cut := Batch{Put: docs, Delete: []Ref{{search.Relic, "x"}}, Token: &store.Token{Epoch: "e"}}, Batch{}
	for piece := range whole.Pieces() {
		size := 0
		for _, d := range piece.Put {
			size += d.TextBytes()
		}
		if most = max(most, size); cut.Token != nil || cut.Put != nil && piece.Delete != nil {
			t.Error("the token is not in the last piece, or what is deleted not in the first")
		}
		cut.Put, cut.Delete, cut.Token = append(cut.Put, piece.Put...), append(cut.Delete, piece.Delete...), piece.Token
	}
	if most > pieceBytes || most < pieceBytes/2 || !reflect.DeepEqual(cut, whole) {
		t.Errorf("%d bytes are analysed at once; of %d documents there are %d", most, len(whole.Put), len(cut.Put))
	}
	r, err := x.Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(context.Background(), Batch{Put: docs}); err != nil {
		t.Fatal(err)
	}
	if n := len(r.gathered); n > 20 {
		t.Errorf("%d long documents of one batch are held, %d bytes", n, r.weight)
	}
	if err := r.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := x.Stats(); got.Documents != 40 {
		t.Errorf("%d documents", got.Documents)
	}
}
