package mongotest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// Environment variables of tests against MongoDB.
const (
	EnvURI     = "YJY_TEST_MONGODB_URI" // a replica set that is already there
	EnvRequire = "YJY_REQUIRE_MONGODB"  // "1": a test that cannot have one fails
)

// shared is the one server of this test process.
var shared = sync.OnceValues(func() (*Set, error) { return newSet(1) })

// URI returns the URI of a replica set, without a database. The server is
// shared by all tests of the process.
func URI(t testing.TB) string {
	t.Helper()
	if uri := os.Getenv(EnvURI); uri != "" {
		return uri
	}
	require(t)
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s.uri
}

// Database returns the URI of a database of the test's own, which does not
// exist yet and is dropped when the test ends.
func Database(t testing.TB) string {
	t.Helper()
	uri, name := URI(t), "yjy_"+random()
	t.Cleanup(func() {
		ctx := context.Background()
		client, err := mongo.Connect(ctx, options.Client().ApplyURI(uri))
		if err != nil {
			t.Error(err)
			return
		}
		defer client.Disconnect(ctx)
		if err := client.Database(name).Drop(ctx); err != nil {
			t.Error(err)
		}
	})
	return withDatabase(uri, name)
}

// require skips the test, or fails it where MongoDB is required, when there is
// no mongod.
func require(t testing.TB) {
	t.Helper()
	_, err := binary()
	if err == nil {
		return
	}
	if os.Getenv(EnvRequire) == "1" {
		t.Fatalf("MongoDB is required by %s=1: %v", EnvRequire, err)
	}
	sayOnce(err)
	t.Skipf("no MongoDB: %v", err)
}

var said sync.Once

func sayOnce(err error) {
	said.Do(func() { fmt.Fprintf(os.Stderr, "tests against MongoDB are skipped: %v\n", err) })
}

// withDatabase puts the name of a database into a MongoDB URI.
func withDatabase(uri, name string) string {
	scheme, rest, _ := strings.Cut(uri, "://")
	rest, query, found := strings.Cut(rest, "?")
	hosts, _, _ := strings.Cut(rest, "/")
	uri = scheme + "://" + hosts + "/" + name
	if found {
		uri += "?" + query
	}
	return uri
}

func random() string {
	b := make([]byte, 6)
	rand.Read(b)
	return hex.EncodeToString(b)
}
