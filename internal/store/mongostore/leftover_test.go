package mongostore

import (
	"testing"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"yijianyou/internal/store"
)

// TestIndexesThatAreDeclaredNoMoreAreDropped: ours only; what an operator has
// made for his own ends stays, under whatever name.
func TestIndexesThatAreDeclaredNoMoreAreDropped(t *testing.T) {
	e := openTest(t, Options{})
	code := []store.Part{{Path: "code"}}
	spec := func(indexes ...store.Index) []store.Spec {
		return []store.Spec{{Name: "c", Schema: 1, Indexes: indexes}}
	}
	before := spec(store.Index{Name: "old", Parts: code, Unique: true}, store.Index{Name: "slow", Parts: code}, store.Index{Name: "stays", Parts: code})
	if err := e.Prepare(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	partial := bson.D{{Key: "code", Value: bson.D{{Key: "$type", Value: "string"}}}}
	if _, err := e.db.Collection("c").Indexes().CreateMany(t.Context(), []mongo.IndexModel{
		{Keys: bson.D{{Key: "theirs", Value: 1}}},
		{Keys: bson.D{{Key: "code", Value: 1}, {Key: "theirs", Value: 1}}, Options: options.Index().SetName("reports").SetPartialFilterExpression(partial)},
	}); err != nil {
		t.Fatal(err)
	}
	// The same parts under another name, no longer unique.
	after := spec(store.Index{Name: "stays", Parts: code}, store.Index{Name: "new", Parts: code})
	for range 2 {
		if err := e.Prepare(t.Context(), after); err != nil {
			t.Fatal(err)
		}
		have, err := e.natives(t.Context(), "c")
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]bool{"old": false, "slow": false, "stays": true, "new": true, "theirs_1": true, "reports": true, idIndex: true} {
			if _, there := have[name]; there != want {
				t.Errorf("index %s is there: %t", name, there)
			}
		}
	}
	var docs []bson.Raw
	for _, id := range []string{"a", "b"} {
		raw, err := bson.Marshal(bson.D{{Key: "_id", Value: id}, {Key: "code", Value: "same"}})
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, raw)
	}
	if err := e.Load(t.Context(), "c", docs); err != nil {
		t.Errorf("the key is no longer unique: %v", err)
	}
}
