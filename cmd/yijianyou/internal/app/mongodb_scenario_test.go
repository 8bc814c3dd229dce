package app

import (
	"testing"

	"yijianyou/heritage/heritagehttp/heritagehttptest"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
)

// TestTheCatalogueOnMongoDB runs the scenarios of the catalogue's HTTP, which
// package heritagehttp runs on SQLite, on a real replica set.
func TestTheCatalogueOnMongoDB(t *testing.T) {
	heritagehttptest.Run(t, func(t *testing.T, collections ...store.Declared) *store.Store {
		return enginetest.MongoDB(t, store.Options{}, collections...)
	})
}
