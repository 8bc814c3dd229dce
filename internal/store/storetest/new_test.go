package storetest_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

type note struct {
	store.Meta `bson:",inline"`
	N          int64  `bson:"n"`
	Text       string `bson:"text"`
}

var notes = store.Define[note](store.Spec{Name: "notes", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byText", Parts: []store.Part{{Path: "text"}}, Unique: true},
	{Name: "byN", Parts: []store.Part{{Path: "n", Kind: store.Int}}},
}})

func TestNewGivesAStoreThatWorks(t *testing.T) {
	st := storetest.New(t, notes)
	ctx := t.Context()
	by := actor.SystemPart("test")
	d := &note{Text: "莲鹤方壶"}
	if err := st.Update(ctx, by, func(tx *store.Tx) error { return notes.Put(tx, d) }); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if err := st.Update(context.Background(), by, func(tx *store.Tx) error {
					n, err := notes.Get(tx.Context(), tx, d.ID)
					if err != nil {
						return err
					}
					n.N++
					return notes.Put(tx, n)
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	got, err := notes.One(ctx, st, store.Query{Index: "byText", Equal: []any{"莲鹤方壶"}})
	if err != nil {
		t.Fatal(err)
	}
	if got.N != 400 || got.Rev != 401 {
		t.Fatalf("N %d, rev %d; want 400, 401", got.N, got.Rev)
	}
	err = st.Update(ctx, by, func(tx *store.Tx) error { return notes.Put(tx, &note{Text: "莲鹤方壶"}) })
	if !errors.Is(err, store.ErrDuplicate) {
		t.Fatalf("second document of one unique key: %v", err)
	}
	changes, err := st.Changes(ctx, store.Token{Epoch: changesEpoch(t, st)}, 1000)
	if err != nil || len(changes) != 401 {
		t.Fatalf("%d changes, %v", len(changes), err)
	}
}

func changesEpoch(t *testing.T, st *store.Store) string {
	head, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head.Epoch
}

func TestUpdateInsideAnUpdateIsRefusedWithAnyContext(t *testing.T) {
	st := storetest.New(t, notes)
	outer := t.Context()
	by := actor.SystemPart("test")
	for name, ctx := range map[string]func(*store.Tx) context.Context{
		"the context of the transaction": func(tx *store.Tx) context.Context { return tx.Context() },
		"the context from outside":       func(*store.Tx) context.Context { return outer },
	} {
		t.Run(name, func(t *testing.T) {
			var inner error
			if err := st.Update(outer, by, func(tx *store.Tx) error {
				inner = st.Update(ctx(tx), by, func(*store.Tx) error { return nil })
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if inner == nil {
				t.Error("it was not refused")
			}
		})
	}
}
