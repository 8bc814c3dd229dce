package store

import (
	"reflect"
	"testing"

	"go.mongodb.org/mongo-driver/bson"
)

// TestSameKeysAreTheSameKeys: what SameKeys calls the same has the same keys, and
// a document whose keys differ is never called the same.
func TestSameKeysAreTheSameKeys(t *testing.T) {
	docs := []bson.M{
		{}, {"a": "x"}, {"a": "y"}, {"a": nil}, {"a": int32(1)}, {"a": int64(1)}, {"a": "x", "b": bson.M{"c": "x"}}, {"a": "x", "b": bson.M{"c": "y"}},
		{"a": "x", "b": "c"}, {"a": "x", "b": bson.M{}}, {"a": "x", "l": bson.A{"p", "q"}}, {"a": "x", "l": bson.A{"q", "p"}}, {"other": "x", "a": "x"},
	}
	indexes := []Index{
		{Name: "one", Parts: []Part{{Path: "a"}}},
		{Name: "int", Parts: []Part{{Path: "a", Kind: Int}}},
		{Name: "deep", Parts: []Part{{Path: "a"}, {Path: "b.c"}}},
		{Name: "list", Parts: []Part{{Path: "a"}, {Path: "l", Array: true}}},
	}
	same := 0
	for _, ix := range indexes {
		for _, a := range docs {
			for _, b := range docs {
				rawA, rawB := marshal(t, a), marshal(t, b)
				equal := reflect.DeepEqual(ix.Keys(rawA), ix.Keys(rawB))
				if ix.SameKeys(rawA, rawB) {
					same++
					if !equal {
						t.Errorf("%s: %v and %v are called the same", ix.Name, a, b)
					}
				}
			}
		}
	}
	if least := len(indexes) * len(docs); same <= least {
		t.Errorf("%d pairs are the same, more than the %d of a document with itself were expected", same, least)
	}
}

func marshal(t *testing.T, doc bson.M) bson.Raw {
	t.Helper()
	raw, err := bson.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
