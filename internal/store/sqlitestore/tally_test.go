package sqlitestore_test

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

func TestTheMarkIsAnotherAfterEveryTransactionOfAnyProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "marks.db")
	st, e := openPapers(t, file, sqlitestore.Options{})
	other, e2 := openPapers(t, file, sqlitestore.Options{})
	quiet := func(e *sqlitestore.Engine) uint64 {
		t.Helper()
		n, ok := e.Mark()
		if !ok {
			t.Fatal("not quiet though nobody writes")
		}
		return n
	}
	last := quiet(e)
	for i, s := range []*store.Store{st, other, st, other} {
		p := &paper{Code: string(rune('a' + i))}
		if err := put(t.Context(), s, p); err != nil {
			t.Fatal(err)
		}
		one, two := quiet(e), quiet(e2)
		if one == last || one != two {
			t.Fatalf("write %d: marks %d and %d, %d before", i, one, two, last)
		}
		last = one
		if _, err := papers.Get(t.Context(), st, p.ID); err != nil {
			t.Fatal(err)
		}
		if now := quiet(e); now != last {
			t.Fatal("reading changed the mark")
		}
	}
	p := &paper{Code: "z"}
	err := other.Update(t.Context(), by, func(tx *store.Tx) error {
		if err := papers.Put(tx, p); err != nil {
			return err
		}
		if quiet(e) != last {
			t.Error("another mark before anything has taken effect")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if quiet(e) == last {
		t.Error("the same mark after another process has written")
	}
}

func TestAWriterThatDiedMakesReadersLookUntilTheNextWrites(t *testing.T) {
	file := filepath.Join(t.TempDir(), "died.db")
	st, e := openPapers(t, file, sqlitestore.Options{})
	if err := put(t.Context(), st, &paper{Code: "a"}); err != nil {
		t.Fatal(err)
	}
	sqlitestore.DieWriting(t, file)
	if _, ok := e.Mark(); ok {
		t.Error("quiet though a writer never ended")
	}
	if err := put(t.Context(), st, &paper{Code: "b"}); err != nil {
		t.Fatal(err)
	}
	for ok := false; !ok; {
		_, ok = e.Mark()
	}
}

// Whoever reads through a Memo after an Update has returned, on any engine, finds
// what it wrote or something newer.
func TestAMemoIsNeverBehindAnUpdateThatHasReturned(t *testing.T) {
	file := filepath.Join(t.TempDir(), "memo.db")
	st, _ := openPapers(t, file, sqlitestore.Options{})
	other, _ := openPapers(t, file, sqlitestore.Options{})
	p := &paper{Code: "a"}
	if err := put(t.Context(), st, p); err != nil {
		t.Fatal(err)
	}
	var done atomic.Int64 // revision of the last Update that has returned
	done.Store(p.Rev)
	memo := store.NewMemo[int64](st, 4)
	var made atomic.Int64
	read := func() int64 {
		rev, err := memo.Of(p.ID, func() (int64, error) {
			made.Add(1)
			got, err := papers.Get(context.Background(), st, p.ID)
			if err != nil {
				return 0, err
			}
			return got.Rev, nil
		})
		if err != nil {
			t.Error(err)
		}
		return rev
	}
	ctx, end := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				least := done.Load()
				if got := read(); got < least {
					t.Errorf("read revision %d after %d was done", got, least)
					return
				}
			}
		})
	}
	for n := range 200 {
		writer := []*store.Store{st, other}[n%2]
		var rev int64
		err := writer.Update(t.Context(), by, func(tx *store.Tx) error {
			got, err := papers.Get(tx.Context(), tx, p.ID)
			if err != nil {
				return err
			}
			if err := papers.Put(tx, got); err != nil {
				return err
			}
			rev = got.Rev
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		done.Store(rev)
	}
	end()
	readers.Wait()
	before := made.Load()
	for range 1000 {
		read()
	}
	if n := made.Load() - before; n > 2 {
		t.Errorf("read %d times though nothing was written", n)
	}
}
