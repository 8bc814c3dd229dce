package mongotest

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

func TestDatabaseIsPutIntoTheURI(t *testing.T) {
	for _, c := range []struct{ uri, want string }{
		{"mongodb://h:1", "mongodb://h:1/d"},
		{"mongodb://h:1/", "mongodb://h:1/d"},
		{"mongodb://h:1/other?replicaSet=r", "mongodb://h:1/d?replicaSet=r"},
		{"mongodb://u:p@h:1,i:2/?replicaSet=r&tls=true", "mongodb://u:p@h:1,i:2/d?replicaSet=r&tls=true"},
	} {
		if got := withDatabase(c.uri, "d"); got != c.want {
			t.Errorf("withDatabase(%q) = %q, want %q", c.uri, got, c.want)
		}
	}
}

func TestEachTestHasADatabaseThatIsDropped(t *testing.T) {
	ctx := context.Background()
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(URI(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Disconnect(ctx)
	names := func() []string {
		list, err := client.ListDatabaseNames(ctx, bson.D{})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	var name string
	t.Run("writes", func(t *testing.T) {
		uri := Database(t)
		name = uri[strings.LastIndex(uri, "/")+1:]
		name, _, _ = strings.Cut(name, "?")
		if _, err := client.Database(name).Collection("c").InsertOne(ctx, bson.D{}); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(names(), name) {
			t.Fatalf("no database %s after a write", name)
		}
	})
	if slices.Contains(names(), name) {
		t.Errorf("database %s outlived its test", name)
	}
}

func TestServerAndFilesEndWithTheSet(t *testing.T) {
	s := NewSet(t, 1)
	n := s.nodes[0]
	s.Kill(t, 0)
	if _, err := os.Stat(n.dir); err != nil {
		t.Fatalf("a killed server lost its files: %v", err)
	}
	s.Restart(t, 0)
	if _, err := Initiate(t.Context(), []string{n.host()}); err != nil {
		t.Fatal(err)
	}
	s.remove()
	if _, err := os.Stat(n.dir); !os.IsNotExist(err) {
		t.Errorf("the files are still there: %v", err)
	}
}
