package storetest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/store"
)

// cursors: bound to their query, refused when tampered with, stable while
// documents come and go.
func (s *suite) cursors(t *testing.T) {
	ctx := t.Context()
	st, _ := s.fresh(t, store.Options{})
	put := func(n int64, tags ...string) *thing {
		d := &thing{Meta: store.Meta{ID: fmt.Sprintf("%02d", n)}, N: n, Name: name{ZH: "鼎"}, Tags: tags}
		update(t, st, func(tx *store.Tx) error { return things.Put(tx, d) })
		return d
	}
	var docs []*thing
	for n := range int64(10) {
		docs = append(docs, put(n*2, "铜器", fmt.Sprint(n%2)))
	}
	find := func(q store.Query) ([]int64, store.Cursor, error) {
		page, err := things.Find(ctx, st, q)
		var out []int64
		for _, d := range page.Items {
			out = append(out, d.N)
		}
		return out, page.Next, err
	}
	q := store.Query{Index: "byTag", Equal: []any{"铜器"}, Limit: 4}
	got, next, err := find(q)
	must(t, err)
	if diff := cmp.Diff([]int64{0, 2, 4, 6}, got); diff != "" {
		t.Errorf("first page (-want +got):\n%s", diff)
	}
	// The place stays valid when the document it names is removed and others
	// come before and after it; another limit is allowed.
	update(t, st, func(tx *store.Tx) error { return things.Delete(tx, docs[3].ID, docs[3].Rev, "撤销") })
	put(5, "铜器")
	put(7, "铜器")
	q.After, q.Limit = next, 3
	got, _, err = find(q)
	must(t, err)
	if diff := cmp.Diff([]int64{7, 8, 10}, got); diff != "" {
		t.Errorf("second page (-want +got):\n%s", diff)
	}
	for rule, other := range map[string]store.Query{
		"another value":     {Index: "byTag", Equal: []any{"0"}},
		"another direction": {Index: "byTag", Equal: []any{"铜器"}, Reverse: true},
		"another bound":     {Index: "byTag", Equal: []any{"铜器"}, From: int64(0)},
		"another index":     {Index: "byName", Equal: []any{"鼎"}},
		"order of ids":      {},
	} {
		other.After = next
		if _, _, err := find(other); !errors.Is(err, store.ErrCursor) {
			t.Errorf("%s: got %v, want ErrCursor", rule, err)
		}
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(next))
	must(t, err)
	refused := 0
	for i := range raw {
		bad := append([]byte(nil), raw...)
		bad[i] ^= 0x55
		q.After = store.Cursor(base64.RawURLEncoding.EncodeToString(bad))
		if _, _, err := find(q); errors.Is(err, store.ErrCursor) {
			refused++
		} else if err != nil {
			t.Errorf("byte %d changed: got %v, want ErrCursor or a page", i, err)
		}
	}
	if refused < len(raw)/2 {
		t.Errorf("%d of %d tampered cursors were refused", refused, len(raw))
	}
	for _, bad := range []store.Cursor{"x", "!", "AAAA", next[:len(next)/2], next + next} {
		q.After = bad
		if _, _, err := find(q); !errors.Is(err, store.ErrCursor) {
			t.Errorf("cursor %q: got %v, want ErrCursor", bad, err)
		}
	}
	// Reverse, with a range.
	rq := store.Query{Index: "byTag", Equal: []any{"铜器"}, From: int64(4), Before: int64(16), Reverse: true, Limit: 3}
	var all []int64
	for {
		got, next, err := find(rq)
		must(t, err)
		all = append(all, got...)
		if next == "" {
			break
		}
		rq.After = next
	}
	if diff := cmp.Diff([]int64{14, 12, 10, 8, 7, 5, 4}, all); diff != "" {
		t.Errorf("reverse over a range (-want +got):\n%s", diff)
	}
}

// undeclared: what is not declared is refused, with an error that is no fault
// of the user.
func (s *suite) undeclared(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	for rule, q := range map[string]store.Query{
		"an index that is not declared":     {Index: "byColour"},
		"an array part without its value":   {Index: "byTag"},
		"a value of another kind":           {Index: "byN", Equal: []any{"1"}},
		"more values than parts":            {Index: "byN", Equal: []any{1, 2}},
		"a prefix of a number":              {Index: "byN", Prefix: "1"},
		"a prefix together with a range":    {Index: "byName", Prefix: "鼎", From: "鼎"},
		"a bound beyond the last part":      {Index: "byN", Equal: []any{1}, From: 2},
		"a limit that is too large":         {Index: "byN", Limit: store.MaxLimit + 1},
		"a limit below one":                 {Index: "byN", Limit: -1},
		"a named type in place of a string": {Index: "byCode", Equal: []any{store.Cursor("x")}},
	} {
		if _, err := things.Find(t.Context(), st, q); err == nil {
			t.Errorf("%s: not refused", rule)
		}
	}
	type stray struct {
		store.Meta `bson:",inline"`
	}
	strays := store.Define[stray](store.Spec{Name: "strays", Schema: 1})
	if _, err := strays.Get(t.Context(), st, "x"); err == nil || errors.Is(err, store.ErrNotFound) {
		t.Errorf("a collection that was not opened: %v", err)
	}
}
