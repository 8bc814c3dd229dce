package sqlitestore_test

import (
	"path/filepath"
	"sync"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
)

func open(t testing.TB, file string, opts sqlitestore.Options) *sqlitestore.Engine {
	t.Helper()
	e, err := sqlitestore.Open(t.Context(), file, opts)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestContract(t *testing.T) {
	t.Parallel()
	var files sync.Map
	storetest.Run(t, func(t *testing.T) store.Engine {
		file := filepath.Join(t.TempDir(), "中文 100%?#.db")
		e := open(t, file, sqlitestore.Options{})
		files.Store(e, file)
		return e
	}, storetest.Again(func(t *testing.T, e store.Engine) store.Engine {
		file, _ := files.Load(e)
		return open(t, file.(string), sqlitestore.Options{})
	}))
}

func TestCloseLeavesNoGoroutine(t *testing.T) {
	storetest.Leaks(t, func(t *testing.T) store.Engine {
		return open(t, filepath.Join(t.TempDir(), "leak.db"), sqlitestore.Options{})
	})
}
