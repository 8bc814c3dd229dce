package storetest

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"yijianyou/internal/store"
)

// sortable has one field of each kind of part; each may be absent or null.
type sortable struct {
	store.Meta `bson:",inline"`
	S          any `bson:"s,omitempty"`
	I          any `bson:"i,omitempty"`
	B          any `bson:"b,omitempty"`
	T          any `bson:"t,omitempty"`
	A          any `bson:"a,omitempty"`
	Sub        sub `bson:"sub"`
}

type sub struct {
	S any `bson:"s,omitempty"`
}

var sortables = store.Define[sortable](store.Spec{Name: "sortables", Schema: 1, Indexes: []store.Index{
	{Name: "s", Parts: []store.Part{{Path: "s"}}},
	{Name: "i", Parts: []store.Part{{Path: "i", Kind: store.Int}}},
	{Name: "t", Parts: []store.Part{{Path: "t", Kind: store.Time}}},
	{Name: "bs", Parts: []store.Part{{Path: "b", Kind: store.Bool}, {Path: "s"}}},
	{Name: "sit", Parts: []store.Part{{Path: "sub.s"}, {Path: "i", Kind: store.Int}, {Path: "t", Kind: store.Time}}},
	{Name: "as", Parts: []store.Part{{Path: "a", Array: true}, {Path: "s"}, {Path: "b", Kind: store.Bool}}},
	{Name: "ba", Parts: []store.Part{{Path: "b", Kind: store.Bool}, {Path: "a", Array: true}, {Path: "i", Kind: store.Int}}},
}})

// Values in no order, chosen to be awkward: empty, with zero bytes, one the
// prefix of another, beyond the basic plane, decomposed, long.
var (
	someStrings = []string{"", "\x00", "\x00\x00", "\x00\x01", "a", "a\x00", "a\x00b", "a\x01", "ab", "B", "Z", "é", "e\u0301", "鼎", "鼎盖",
		"莲鹤方壶", "\uffff", "𠀀", "\U0010ffff", "a" + strings.Repeat("长", 300), "a" + strings.Repeat("长", 300) + "b"}
	someInts  = []int64{math.MinInt64, math.MinInt64 + 1, -1 << 53, -670, -256, -1, 0, 1, 255, 256, 1<<53 + 1, math.MaxInt64}
	someTimes = []time.Time{time.Date(-670, 1, 1, 0, 0, 0, 0, time.UTC), time.UnixMilli(-1).UTC(), time.UnixMilli(0).UTC(),
		time.UnixMilli(1).UTC(), time.Date(2026, 5, 1, 8, 0, 0, int(7*time.Millisecond), time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	someBools = []bool{false, true}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// sometimes returns v, or now and then nothing or null.
func sometimes(r *rand.Rand, v any) any {
	switch r.IntN(10) {
	case 0:
		return nil
	case 1:
		return primitive.Null{}
	}
	return v
}

// row is a key of the model: the values of the parts and the id.
type row struct {
	key []any
	id  string
}

// model returns the rows of an index over the documents, in their order. It
// knows nothing of how an engine makes keys.
func model(docs []*sortable, ix store.Index) []row {
	var rows []row
	for _, d := range docs {
		fields := map[string]any{"s": d.S, "i": d.I, "b": d.B, "t": d.T, "sub.s": d.Sub.S}
		keys := [][]any{{}}
		for _, p := range ix.Parts {
			var values []any
			if p.Array {
				list, _ := d.A.([]string)
				seen := map[string]bool{}
				for _, v := range list {
					if !seen[v] {
						seen[v] = true
						values = append(values, v)
					}
				}
			} else if v := fields[p.Path]; v != nil && v != (primitive.Null{}) {
				values = []any{v}
			}
			var next [][]any
			for _, k := range keys {
				for _, v := range values {
					next = append(next, append(slices.Clone(k), v))
				}
			}
			keys = next
		}
		for _, k := range keys {
			rows = append(rows, row{k, d.ID})
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		for i := range a.key {
			if c := compare(a.key[i], b.key[i]); c != 0 {
				return c
			}
		}
		return strings.Compare(a.id, b.id)
	})
	return rows
}

func compare(a, b any) int {
	switch a := a.(type) {
	case string:
		return strings.Compare(a, b.(string))
	case int64:
		return cmp.Compare(a, b.(int64))
	case time.Time:
		return a.Compare(b.(time.Time))
	case bool:
		if a == b.(bool) {
			return 0
		} else if a {
			return 1
		}
		return -1
	}
	panic(fmt.Sprintf("%T", a))
}

// matches reports whether the model's row is in the range of q.
func (r row) matches(q store.Query) bool {
	for i, v := range q.Equal {
		if compare(r.key[i], v) != 0 {
			return false
		}
	}
	if q.Prefix == "" && q.From == nil && q.Before == nil {
		return true
	}
	v := r.key[len(q.Equal)]
	return !(q.Prefix != "" && !strings.HasPrefix(v.(string), q.Prefix) ||
		q.From != nil && compare(v, q.From) < 0 || q.Before != nil && compare(v, q.Before) >= 0)
}

// indexOrder: generated documents, generated queries, and a model that says
// what each query finds, in which order, page by page.
func (s *suite) indexOrder(t *testing.T) {
	st, _ := s.fresh(t, store.Options{}, sortables)
	r := rand.New(rand.NewPCG(7, 11))
	var docs []*sortable
	for i := range size(150, 400) {
		d := &sortable{S: sometimes(r, pick(r, someStrings)), I: sometimes(r, pick(r, someInts)), B: sometimes(r, pick(r, someBools)),
			T: sometimes(r, pick(r, someTimes)), Sub: sub{S: sometimes(r, pick(r, someStrings[:6]))}}
		var list []string
		for range r.IntN(4) {
			list = append(list, pick(r, someStrings[:10]))
		}
		if list != nil {
			d.A = sometimes(r, list)
		}
		if i%3 == 0 {
			d.ID = fmt.Sprintf("%s-%d", pick(r, []string{"a", "礼器", "B"}), i)
		}
		docs = append(docs, d)
	}
	for batch := range slices.Chunk(docs, 50) {
		update(t, st, func(tx *store.Tx) error {
			for _, d := range batch {
				if err := sortables.Put(tx, d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	// Change and remove some, so that keys move.
	update(t, st, func(tx *store.Tx) error {
		for _, d := range docs[:40] {
			d.I, d.S = pick(r, someInts), pick(r, someStrings)
			if err := sortables.Put(tx, d); err != nil {
				return err
			}
		}
		for _, d := range docs[len(docs)-20:] {
			if err := sortables.Delete(tx, d.ID, d.Rev, ""); err != nil {
				return err
			}
		}
		return nil
	})
	docs = docs[:len(docs)-20]
	indexes := append(slices.Clone(sortables.Spec().Indexes), store.Index{})
	for _, ix := range indexes {
		t.Run("by "+ix.Name, func(t *testing.T) {
			rows := model(docs, ix)
			parts := ix.Parts
			if ix.Name == store.ByID {
				rows = byID(docs)
				parts = []store.Part{{Path: "_id"}}
			}
			for range s.slower(60, 80, 200) {
				s.checkQuery(t, st, rows, generated(r, ix.Name, parts, rows))
			}
		})
	}
}

func byID(docs []*sortable) []row {
	var rows []row
	for _, d := range docs {
		rows = append(rows, row{[]any{d.ID}, d.ID})
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.id, b.id) })
	return rows
}

// generated makes a query on the index: mostly of values that occur.
func generated(r *rand.Rand, index string, parts []store.Part, rows []row) store.Query {
	q := store.Query{Index: index, Reverse: r.IntN(2) == 0, Limit: 1 + r.IntN(9)}
	if r.IntN(4) == 0 {
		q.Limit = 200
	}
	least := 0
	for i, p := range parts {
		if p.Array {
			least = i + 1
		}
	}
	n := least + r.IntN(len(parts)-least+1)
	like, other := pick(r, rows), pick(r, rows)
	q.Equal = slices.Clone(like.key[:n])
	if n == len(parts) {
		return q
	}
	v, w := like.key[n], other.key[n]
	switch r.IntN(6) {
	case 0:
		q.From = v
	case 1:
		q.Before = v
	case 2:
		q.From, q.Before = v, w // sometimes the wrong way round: empty
	case 3:
		if s, ok := v.(string); ok {
			runes := []rune(s)
			q.Prefix = string(runes[:min(len(runes), 1+r.IntN(2))])
		}
	}
	return q
}

func (s *suite) checkQuery(t *testing.T, st *store.Store, rows []row, q store.Query) {
	t.Helper()
	var want, got []string
	for _, r := range rows {
		if r.matches(q) {
			want = append(want, r.id)
		}
	}
	if q.Reverse {
		slices.Reverse(want)
	}
	first := q
	for pages := 0; ; pages++ {
		page, err := sortables.Find(t.Context(), st, q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		for _, d := range page.Items {
			got = append(got, d.ID)
		}
		if page.Next == "" {
			break
		}
		if len(page.Items) != q.Limit || pages > len(rows) {
			t.Fatalf("%+v: a page of %d with a next one, after %d pages", q, len(page.Items), pages)
		}
		q.After = page.Next
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("%+v (-want +got):\n%s", first, diff)
	}
	for _, limit := range []int{1, 3, len(rows) + 1} {
		n, err := sortables.Count(t.Context(), st, first, limit)
		must(t, err)
		if n != min(limit, len(want)) {
			t.Errorf("%+v: count %d up to %d, want %d", first, n, limit, min(limit, len(want)))
		}
	}
}
