package mongostore_test

import (
	"sync"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	var uris sync.Map // by engine
	open := func(t *testing.T, uri string) store.Engine {
		e, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		uris.Store(e, uri)
		return e
	}
	storetest.Run(t, func(t *testing.T) store.Engine { return open(t, mongotest.Database(t)) }, storetest.Slow,
		storetest.Again(func(t *testing.T, e store.Engine) store.Engine {
			uri, _ := uris.Load(e)
			return open(t, uri.(string))
		}))
}

func TestCloseLeavesNoGoroutine(t *testing.T) {
	uri := mongotest.Database(t)
	storetest.Leaks(t, func(t *testing.T) store.Engine {
		e, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
}
