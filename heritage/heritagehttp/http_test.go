package heritagehttp_test

import (
	"testing"

	"yijianyou/heritage/heritagehttp/heritagehttptest"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

func TestScenarios(t *testing.T) {
	heritagehttptest.Run(t, func(t *testing.T, c ...store.Declared) *store.Store { return storetest.New(t, c...) })
}
