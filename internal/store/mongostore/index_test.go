package mongostore

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/event"

	"yijianyou/internal/store"
	"yijianyou/internal/store/mongotest"
)

func openTest(t *testing.T, opts Options) *Engine {
	t.Helper()
	e, err := Open(t.Context(), mongotest.Database(t), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// oddities are values that may stand where an index is declared.
var oddities = []any{
	"", "x", "鼎", "a\x00b", int32(2), int64(2), int64(math.MaxInt64), int64(math.MinInt64), 2.0, 2.5, -0.0, math.NaN(), math.Inf(1),
	float64(1 << 53), true, false, time.UnixMilli(0).UTC(), time.UnixMilli(-62135596800000).UTC(), nil, bson.D{}, bson.D{{Key: "b", Value: "x"}},
	bson.A{}, bson.A{"x"}, bson.A{"x", "y", "x"}, bson.A{int64(2), 2.5}, bson.A{2.5}, bson.A{nil}, bson.A{bson.A{"x"}}, bson.A{true},
	bson.A{bson.D{{Key: "b", Value: "x"}}}, primitive.Binary{Data: []byte("x")}, primitive.Regex{Pattern: "x"}, primitive.NewObjectID(),
	primitive.Decimal128{}, primitive.Symbol("x"), primitive.Timestamp{T: 1}, primitive.MinKey{}, primitive.MaxKey{},
}

func oddDocuments(t *testing.T) []bson.Raw {
	var docs []bson.Raw
	add := func(d bson.D) {
		raw, err := bson.Marshal(append(bson.D{{Key: "_id", Value: fmt.Sprintf("%04d", len(docs))}, {Key: "rev", Value: int64(1)}}, d...))
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, raw)
	}
	add(nil)
	for _, v := range oddities {
		add(bson.D{{Key: "a", Value: v}, {Key: "n", Value: int64(1)}})
		add(bson.D{{Key: "a", Value: v}})
		add(bson.D{{Key: "a", Value: bson.D{{Key: "b", Value: v}}}, {Key: "n", Value: int64(1)}})
		add(bson.D{{Key: "a", Value: bson.A{bson.D{{Key: "b", Value: v}}}}, {Key: "n", Value: int64(1)}})
	}
	return docs
}

// oddIndexes declares every kind over them, plain and dotted, alone and followed
// by another part.
func oddIndexes() []store.Index {
	var out []store.Index
	for _, kind := range []store.PartKind{store.String, store.Int, store.Bool, store.Time} {
		for _, path := range []string{"a", "a.b"} {
			for _, array := range []bool{false, true} {
				name := fmt.Sprintf("k%d%v%d", kind, array, len(path))
				p := store.Part{Path: path, Kind: kind, Array: array}
				out = append(out,
					store.Index{Name: name, Parts: []store.Part{p}},
					store.Index{Name: name + "n", Parts: []store.Part{p, {Path: "n", Kind: store.Int}}})
			}
		}
	}
	return out
}

// TestNativeIndexesHoldWhatIsDeclared compares, for every declared index and
// every key that there is, what the server finds with what store.Index.Keys says.
func TestNativeIndexesHoldWhatIsDeclared(t *testing.T) {
	docs, indexes := oddDocuments(t), oddIndexes()
	spec := store.Spec{Name: "odd", Schema: 1, Indexes: indexes}
	for name, fill := range map[string]func(*testing.T, *Engine){
		"declared before the documents": func(t *testing.T, e *Engine) {
			if err := e.Prepare(t.Context(), []store.Spec{spec}); err != nil {
				t.Fatal(err)
			}
			if err := e.Load(t.Context(), "odd", docs); err != nil {
				t.Fatal(err)
			}
		},
		"declared after the documents": func(t *testing.T, e *Engine) {
			if err := e.Prepare(t.Context(), []store.Spec{{Name: "odd", Schema: 1}}); err != nil {
				t.Fatal(err)
			}
			if err := e.Load(t.Context(), "odd", docs); err != nil {
				t.Fatal(err)
			}
			if err := e.Prepare(t.Context(), []store.Spec{spec}); err != nil {
				t.Fatal(err)
			}
		},
		"put one by one": func(t *testing.T, e *Engine) {
			if err := e.Prepare(t.Context(), []store.Spec{spec}); err != nil {
				t.Fatal(err)
			}
			if err := e.Update(t.Context(), store.Interactive, func(ctx context.Context, w store.Writer) error {
				for _, raw := range docs {
					if err := w.Put(ctx, "odd", raw.Lookup("_id").StringValue(), raw, 0); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := openTest(t, Options{})
			fill(t, e)
			for _, ix := range indexes {
				checkIndex(t, e, ix, docs)
			}
			got, err := e.Find(t.Context(), store.Scan{Collection: "odd", Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			for i := range got { // the server puts _id first, which it already is
				if !slices.Equal(got[i], docs[i]) {
					t.Fatalf("document %d was not returned as it was given:\n%v\n%v", i, docs[i], got[i])
				}
			}
		})
	}
}

func checkIndex(t *testing.T, e *Engine, ix store.Index, docs []bson.Raw) {
	t.Helper()
	type keyed struct {
		key []byte
		id  string
	}
	byFirst := map[any][]keyed{}
	var all []keyed
	for _, raw := range docs {
		for _, key := range ix.Keys(raw) {
			k := keyed{store.AppendKey(nil, key...), raw.Lookup("_id").StringValue()}
			byFirst[key[0]] = append(byFirst[key[0]], k)
			all = append(all, k)
		}
	}
	check := func(equal []any, want []keyed) {
		t.Helper()
		slices.SortFunc(want, func(a, b keyed) int {
			if c := slices.Compare(a.key, b.key); c != 0 {
				return c
			}
			return slices.Compare([]byte(a.id), []byte(b.id))
		})
		var ids []string
		for _, k := range want {
			ids = append(ids, k.id)
		}
		scan := store.Scan{Collection: "odd", Index: ix, Equal: equal, Limit: 1000}
		for _, reverse := range []bool{false, true} {
			scan.Reverse = reverse
			if reverse {
				slices.Reverse(ids)
			}
			got, err := e.Find(t.Context(), scan)
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, raw := range got {
				found = append(found, raw.Lookup("_id").StringValue())
			}
			if diff := cmp.Diff(ids, found); diff != "" {
				t.Errorf("%s of %q, reverse %t (-want +got):\n%s", ix.Name, equal, reverse, diff)
			}
		}
		n, err := e.Count(t.Context(), scan, 1000)
		if err != nil || n != len(ids) {
			t.Errorf("%s of %q: counted %d, want %d, %v", ix.Name, equal, n, len(ids), err)
		}
	}
	if !ix.Parts[0].Array {
		check(nil, all)
	}
	for v, want := range byFirst {
		check([]any{v}, want)
	}
}

// TestEveryQueryIsOneRangeOfItsIndex asks the server how it runs each query that
// the engine has sent.
func TestEveryQueryIsOneRangeOfItsIndex(t *testing.T) {
	var mu sync.Mutex
	var sent []bson.Raw
	e := openTest(t, Options{monitor: &event.CommandMonitor{Started: func(_ context.Context, ev *event.CommandStartedEvent) {
		if ev.CommandName == "find" {
			mu.Lock()
			defer mu.Unlock()
			sent = append(sent, slices.Clone(ev.Command))
		}
	}}})
	indexes := []store.Index{
		{Name: "byCode", Parts: []store.Part{{Path: "code"}}, Unique: true},
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "on", Kind: store.Bool}, {Path: "at", Kind: store.Time}}},
		{Name: "byTag", Parts: []store.Part{{Path: "org"}, {Path: "tags", Array: true}, {Path: "name.zh"}, {Path: "n", Kind: store.Int}}},
	}
	if err := e.Prepare(t.Context(), []store.Spec{{Name: "c", Schema: 1, Indexes: indexes}}); err != nil {
		t.Fatal(err)
	}
	at := func(i int) time.Time { return time.UnixMilli(int64(i) * 1000).UTC() }
	var docs []bson.Raw
	for i := range 500 {
		raw, err := bson.Marshal(bson.M{"_id": fmt.Sprintf("%03d", i), "code": fmt.Sprintf("c%03d", i), "org": fmt.Sprintf("o%d", i%2),
			"on": i%4 < 2, "at": at(i), "tags": bson.A{"all", fmt.Sprintf("t%d", i%5)}, "name": bson.M{"zh": fmt.Sprintf("n%d", i%10)}, "n": int64(i)})
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, raw)
	}
	if err := e.Load(t.Context(), "c", docs); err != nil {
		t.Fatal(err)
	}
	scans := map[string]store.Scan{
		"all by id":                     {},
		"one by id":                     {Equal: []any{"007"}},
		"a range of ids after a cursor": {From: "100", Before: "400", After: &store.Position{ID: "200"}},
		"a prefix of ids":               {Prefix: "1"},
		"all by a unique key":           {Index: indexes[0]},
		"one by a unique key":           {Index: indexes[0], Equal: []any{"c100"}},
		"after a unique key":            {Index: indexes[0], After: &store.Position{Key: []any{"c100"}, ID: "100"}},
		"all by a compound key":         {Index: indexes[1]},
		"equal prefix":                  {Index: indexes[1], Equal: []any{"o1"}},
		"equal prefix and range":        {Index: indexes[1], Equal: []any{"o1", true}, From: at(100), Before: at(300)},
		"the same after a cursor":       {Index: indexes[1], Equal: []any{"o1", true}, From: at(100), Before: at(300), After: &store.Position{Key: []any{"o1", true, at(201)}, ID: "201"}},
		"range of a middle part":        {Index: indexes[1], Equal: []any{"o1"}, From: true, After: &store.Position{Key: []any{"o1", true, at(201)}, ID: "201"}},
		"element of an array":           {Index: indexes[2], Equal: []any{"o1", "all"}},
		"element and prefix":            {Index: indexes[2], Equal: []any{"o1", "all"}, Prefix: "n"},
		"element after a cursor":        {Index: indexes[2], Equal: []any{"o1", "all"}, After: &store.Position{Key: []any{"o1", "all", "n5", int64(255)}, ID: "255"}},
		"every part":                    {Index: indexes[2], Equal: []any{"o1", "all", "n5", int64(255)}},
	}
	for name, scan := range scans {
		for _, reverse := range []bool{false, true} {
			scan.Collection, scan.Limit, scan.Reverse = "c", 5, reverse
			mu.Lock()
			sent = nil
			mu.Unlock()
			got, err := e.Find(t.Context(), scan)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 {
				t.Errorf("%s, reverse %t: nothing found", name, reverse)
			}
			explain(t, e, fmt.Sprintf("%s, reverse %t", name, reverse), sent[0], "FETCH")
			if reverse {
				continue
			}
			if _, err := e.Count(t.Context(), scan, 5); err != nil {
				t.Fatal(err)
			}
			explain(t, e, name+", counted", sent[1], "PROJECTION_COVERED")
		}
	}
}

// explain fails the test unless the plan of a sent find is one index scan that
// reads no more keys than it returns, and one beyond.
func explain(t *testing.T, e *Engine, name string, sent bson.Raw, allowed string) {
	t.Helper()
	var cmd bson.D
	elems, err := sent.Elements()
	if err != nil {
		t.Fatal(err)
	}
	for _, el := range elems {
		switch el.Key() {
		case "find", "filter", "hint", "min", "max", "sort", "limit", "projection":
			cmd = append(cmd, bson.E{Key: el.Key(), Value: el.Value()})
		}
	}
	raw, err := e.db.RunCommand(t.Context(), bson.D{{Key: "explain", Value: cmd}, {Key: "verbosity", Value: "executionStats"}}).Raw()
	if err != nil {
		t.Fatal(name, err)
	}
	stages := stagesOf(raw.Lookup("queryPlanner", "winningPlan").Document())
	for _, s := range stages {
		if s != "IXSCAN" && s != "LIMIT" && s != allowed {
			t.Errorf("%s: the plan has %v", name, stages)
			break
		}
	}
	if !slices.Contains(stages, "IXSCAN") {
		t.Errorf("%s: the plan has no index scan: %v", name, stages)
	}
	stats := raw.Lookup("executionStats").Document()
	keys, returned := stats.Lookup("totalKeysExamined").AsInt64(), stats.Lookup("nReturned").AsInt64()
	if keys > returned+1 {
		t.Errorf("%s: %d keys read for %d documents", name, keys, returned)
	}
	if allowed != "FETCH" && stats.Lookup("totalDocsExamined").AsInt64() > 0 {
		t.Errorf("%s: documents were read", name)
	}
}

func stagesOf(plan bson.Raw) []string {
	if inner, ok := plan.Lookup("queryPlan").DocumentOK(); ok {
		plan = inner
	}
	stages := []string{plan.Lookup("stage").StringValue()}
	if inner, ok := plan.Lookup("inputStage").DocumentOK(); ok {
		stages = append(stages, stagesOf(inner)...)
	}
	return stages
}

func TestAListOfMixedTypesUnderAUniqueIndexIsRefused(t *testing.T) {
	ix := store.Index{Name: "u", Unique: true, Parts: []store.Part{{Path: "a", Array: true}}}
	for _, c := range []struct {
		list    bson.A
		refused bool
	}{{bson.A{}, false}, {bson.A{"x", "y"}, false}, {bson.A{"x", nil}, true}, {bson.A{"x", int64(1)}, true}} {
		raw, err := bson.Marshal(bson.D{{Key: "a", Value: c.list}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := marked("c", []store.Index{ix}, raw); (err != nil) != c.refused {
			t.Errorf("%v: %v", c.list, err)
		}
	}
}
