package app

import (
	"testing"

	"yijianyou/heritage/heritagehttp/heritagehttptest"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
)

// TestTheCatalogueOnMongoDB runs the scenarios of the catalogue's HTTP, which
// package heritagehttp runs on SQLite, on a real replica set.
func TestTheCatalogueOnMongoDB(t *testing.T) {
	heritagehttptest.Run(t, func(t *testing.T, collections ...store.Declared) *store.Store {
		engine, err := mongostore.Open(t.Context(), mongotest.Database(t), mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(t.Context(), engine, store.Options{RunTwice: true}, collections...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		})
		return st
	})
}
