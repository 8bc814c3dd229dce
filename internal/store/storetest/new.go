package storetest

import (
	"path/filepath"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

// New returns a store on a fresh SQLite file, closed when the test ends. Every
// func given to Update runs twice, so that a side effect in it shows.
func New(t testing.TB, collections ...store.Declared) *store.Store {
	t.Helper()
	return NewWith(t, store.Options{RunTwice: true}, collections...)
}

// NewWith is New with options of one's own: a clock, or no second run.
func NewWith(t testing.TB, opts store.Options, collections ...store.Declared) *store.Store {
	t.Helper()
	engine, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return NewOn(t, engine, opts, collections...)
}

// NewOn is NewWith on an engine of one's own.
func NewOn(t testing.TB, engine store.Engine, opts store.Options, collections ...store.Declared) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), engine, opts, collections...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}
