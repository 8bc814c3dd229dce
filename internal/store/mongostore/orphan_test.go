package mongostore

import (
	"context"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongotest"
)

type held struct {
	store.Meta `bson:",inline"`
}

var helds = store.Define[held](store.Spec{Name: "helds", Schema: 1})

// TestTransactionsOfDeadProcessesAreEnded: what a process left open when it was
// killed holds a document; another process gets it within seconds, not after
// the minute that the server would wait.
func TestTransactionsOfDeadProcessesAreEnded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	uri := mongotest.Database(t)
	open := func() (*Engine, *store.Store) {
		e, err := Open(t.Context(), uri, Options{})
		if err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(t.Context(), e, store.Options{}, helds)
		if err != nil {
			t.Fatal(err)
		}
		return e, st
	}
	dead, deadStore := open()
	// The dead process is one that stopped inside a func and lost its connections.
	reached, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		_ = deadStore.Update(t.Context(), actor.SystemPart("dead"), func(tx *store.Tx) error {
			if err := helds.Put(tx, &held{Meta: store.Meta{ID: "x"}}); err != nil {
				return err
			}
			// What was put is sent ahead of a reading that could see it.
			if n, err := helds.Count(tx.Context(), tx, store.Query{}, 9); err != nil || n != 1 {
				t.Errorf("%d documents inside, %v", n, err)
			}
			close(reached)
			<-t.Context().Done()
			return context.Canceled
		})
	}()
	t.Cleanup(func() { <-gone })
	<-reached
	if err := dead.client.Disconnect(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, st := open()
	defer st.Close()
	began := time.Now()
	if err := st.Update(t.Context(), actor.SystemPart("alive"), func(tx *store.Tx) error {
		return helds.Put(tx, &held{Meta: store.Meta{ID: "x"}})
	}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the document was held for %v", took)
	} else {
		t.Logf("held for %v", took.Round(time.Millisecond))
	}
}
