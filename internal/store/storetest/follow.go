package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/store"
)

// feedComplete: a follower that starts before 8 writers sees each committed
// change once, those of one document in the order of its revisions, those of
// one transaction in its order, and can continue from any token.
func (s *suite) feedComplete(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	each := size(10, 60)
	after := start(t, st)
	perTx := 3
	want := writers * each * perTx
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		together(writers, func(i int) {
			id := fmt.Sprintf("shared-%d", i%3)
			for n := range each {
				err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
					d := &thing{Meta: store.Meta{Org: "henan"}, Code: fmt.Sprintf("%d/%d", i, n)}
					if err := things.Put(tx, d); err != nil {
						return err
					}
					shared, err := parts.Get(tx.Context(), tx, id)
					if errors.Is(err, store.ErrNotFound) {
						shared = &part{Meta: store.Meta{ID: id}}
					} else if err != nil {
						return err
					}
					if err := parts.Put(tx, shared); err != nil {
						return err
					}
					return things.Delete(tx, d.ID, d.Rev, "试")
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}()
	all := follow(t.Context(), t, st, after, want, 17)
	<-ended
	if more, err := st.Changes(t.Context(), all[len(all)-1].Token, 10); err != nil || len(more) != 0 {
		t.Errorf("%d changes beyond the last, %v", len(more), err)
	}
	revs := map[string]int64{}
	for i := range all {
		ch := all[i]
		if ch.At.IsZero() || ch.At.Location() != time.UTC {
			t.Fatalf("time %v of change %d", ch.At, i)
		}
		if ch.Collection == "parts" {
			if ch.Rev != revs[ch.ID]+1 || ch.Op != store.OpPut {
				t.Fatalf("change %d: %s at revision %d after %d", i, ch.ID, ch.Rev, revs[ch.ID])
			}
			revs[ch.ID] = ch.Rev
			// The transaction around it: put, this one, delete, next to each other.
			put, del := all[i-1], all[i+1]
			if put.ID != del.ID || put.Op != store.OpPut || del.Op != store.OpDelete || put.Org != "henan" || del.Rev != 1 {
				t.Fatalf("around change %d: %+v, %+v", i, put, del)
			}
		}
	}
	if len(all) != want {
		t.Fatalf("%d changes, want %d", len(all), want)
	}
	for i := 0; i < len(all)-3; i += 1 + len(all)/40 {
		got, err := st.Changes(t.Context(), all[i].Token, 3)
		must(t, err)
		if diff := cmp.Diff(all[i+1:i+4], got); diff != "" {
			t.Fatalf("continued after change %d (-want +got):\n%s", i, diff)
		}
	}
	head, err := st.Head(t.Context())
	must(t, err)
	if got, err := st.Changes(t.Context(), head, 3); err != nil || len(got) != 0 {
		t.Errorf("%d changes after the head, %v", len(got), err)
	}
}

// feedEpoch: tokens of another life of the database are refused.
func (s *suite) feedEpoch(t *testing.T) {
	st, e := s.fresh(t, store.Options{})
	for i := range 3 {
		update(t, st, func(tx *store.Tx) error { return parts.Put(tx, &part{Thing: fmt.Sprint(i)}) })
	}
	head, err := st.Head(t.Context())
	must(t, err)
	for rule, token := range map[string]store.Token{
		"the zero token":     {},
		"another epoch":      {Epoch: "another", Pos: head.Pos},
		"a place of no kind": {Epoch: head.Epoch, Pos: "no place"},
	} {
		if _, err := st.Changes(t.Context(), token, 10); !errors.Is(err, store.ErrEpoch) {
			t.Errorf("%s: got %v, want ErrEpoch", rule, err)
		}
	}
	must(t, e.NewEpoch(t.Context()))
	for _, old := range []store.Token{head, {Epoch: head.Epoch}} {
		if _, err := st.Changes(t.Context(), old, 10); !errors.Is(err, store.ErrEpoch) {
			t.Errorf("a token of the old epoch: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		if err := st.Wait(ctx, old); err != nil && !errors.Is(err, store.ErrEpoch) {
			t.Errorf("waiting with a token of the old epoch: %v", err)
		}
		cancel()
	}
	begin, err := st.Head(t.Context())
	must(t, err)
	if begin.Epoch == head.Epoch {
		t.Error("the epoch is the same")
	}
	update(t, st, func(tx *store.Tx) error { return parts.Put(tx, &part{Thing: "neu"}) })
	for _, token := range []store.Token{begin, {Epoch: begin.Epoch}} {
		got, err := st.Changes(t.Context(), token, 10)
		must(t, err)
		if len(got) != 1 {
			t.Errorf("%d changes in the new epoch, want 1", len(got))
		}
	}
}

// feedWait: Wait sleeps until there is a change, returns at once when there
// already is one, and ends with its context.
func (s *suite) feedWait(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	head, err := st.Head(t.Context())
	must(t, err)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := st.Wait(short, head); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("nothing happened and Wait returned %v", err)
	}
	long, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	woken := make(chan error, 3)
	for range 3 {
		go func() { woken <- st.Wait(long, head) }()
	}
	update(t, st, func(tx *store.Tx) error { return counters.Put(tx, &counter{}) }) // not fed
	update(t, st, func(tx *store.Tx) error { return parts.Put(tx, &part{}) })
	for range 3 {
		if err := <-woken; err != nil {
			t.Error(err)
		}
	}
	if err := st.Wait(long, head); err != nil {
		t.Errorf("a change is there: %v", err)
	}
	got, err := st.Changes(t.Context(), head, 10)
	must(t, err)
	if len(got) != 1 || got[0].Collection != "parts" {
		t.Errorf("changes %+v, want the one of parts", got)
	}
}

// feedQuiet: what is put quietly is stored like anything else and not told; what
// follows is.
func (s *suite) feedQuiet(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	doc := &part{Thing: "loud"}
	update(t, st, func(tx *store.Tx) error { return parts.Put(tx, doc) })
	head, err := st.Head(t.Context())
	must(t, err)
	update(t, st, func(tx *store.Tx) error {
		doc.Thing = "quiet"
		return parts.PutQuiet(tx, doc)
	})
	got, err := parts.Get(t.Context(), st, doc.ID)
	must(t, err)
	if got.Thing != "quiet" || got.Rev != 2 {
		t.Errorf("stored %+v", got)
	}
	if told, err := st.Changes(t.Context(), head, 10); err != nil || len(told) != 0 {
		t.Errorf("told %+v, %v", told, err)
	}
	update(t, st, func(tx *store.Tx) error { return parts.Put(tx, doc) })
	if told, err := st.Changes(t.Context(), head, 10); err != nil || len(told) != 1 || told[0].Rev != 3 {
		t.Errorf("told %+v, %v", told, err)
	}
}
