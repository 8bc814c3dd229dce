package enginetest

import (
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
)

// Open opens a store with the collections in a fresh database of one engine. It is
// closed when the test ends.
type Open func(t testing.TB, o store.Options, collections ...store.Declared) *store.Store

// Each runs the test once on each engine, every func given to Update twice. Without
// a mongod its part is skipped with one line.
func Each(t *testing.T, test func(t *testing.T, open Open)) {
	for _, on := range []struct {
		engine string
		open   Open
	}{{"SQLite", SQLite}, {"MongoDB", MongoDB}} {
		t.Run(on.engine, func(t *testing.T) { test(t, on.open) })
	}
}

// SQLite is the Open of a file.
func SQLite(t testing.TB, o store.Options, collections ...store.Declared) *store.Store {
	t.Helper()
	o.RunTwice = true
	return storetest.NewWith(t, o, collections...)
}

// MongoDB is the Open of a real replica set.
func MongoDB(t testing.TB, o store.Options, collections ...store.Declared) *store.Store {
	t.Helper()
	o.RunTwice = true
	engine, err := mongostore.Open(t.Context(), mongotest.Database(t), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return storetest.NewOn(t, engine, o, collections...)
}
