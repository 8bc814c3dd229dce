package sqlitestore_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

// TestProcessesTakeTurns: a process that writes without a pause, as an import
// does, leaves the file to another one after each of its transactions.
func TestProcessesTakeTurns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "turns.db")
	st, _ := openPapers(t, file, sqlitestore.Options{})
	other, _ := openPapers(t, file, sqlitestore.Options{})

	var written atomic.Int64 // transactions of the import
	ctx, end := context.WithCancel(t.Context())
	var importing sync.WaitGroup
	defer importing.Wait()
	defer end()
	importing.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			err := other.Update(context.Background(), by, func(tx *store.Tx) error {
				time.Sleep(25 * time.Millisecond) // a batch takes its time
				return papers.Put(tx, &paper{Code: fmt.Sprint("batch ", n)})
			}, store.AsBulk)
			if err != nil {
				t.Error(err)
				return
			}
			written.Add(1)
		}
	})
	for written.Load() < 3 {
		time.Sleep(time.Millisecond)
	}
	worst := int64(0)
	for n := range 100 {
		before := written.Load()
		if err := put(t.Context(), st, &paper{Code: fmt.Sprint("alarm ", n)}); err != nil {
			t.Fatal(err)
		}
		worst = max(worst, written.Load()-before)
	}
	// The batch under way, the next one when it began before we stood in line, and
	// some more on a machine that lets us sleep through them.
	if worst > 5 {
		t.Errorf("a transaction waited for %d batches of the other process", worst)
	}
}
