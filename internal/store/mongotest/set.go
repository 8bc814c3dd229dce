package mongotest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

// Set is a replica set whose servers a test kills and starts again.
type Set struct {
	nodes []*node
	uri   string
}

// NewSet starts a replica set of size servers (1 or 3) on fresh directories. It
// is gone at the end of the test. Elections time out after 2 s.
func NewSet(t testing.TB, size int) *Set {
	t.Helper()
	require(t)
	s, err := newSet(size)
	if s != nil {
		t.Cleanup(s.remove)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newSet(size int) (*Set, error) {
	s := &Set{}
	var hosts []string
	for range size {
		n, err := newNode()
		if err != nil {
			return s, err
		}
		s.nodes = append(s.nodes, n)
		hosts = append(hosts, n.host())
		if err := n.start(); err != nil {
			return s, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	uri, err := Initiate(ctx, hosts)
	s.uri = uri
	return s, err
}

func (s *Set) remove() {
	for _, n := range s.nodes {
		n.remove()
	}
}

// URI returns the URI of the set with the database named.
func (s *Set) URI(database string) string { return withDatabase(s.uri, database) }

// Size returns the number of servers.
func (s *Set) Size() int { return len(s.nodes) }

// Primary returns the number of the server that is primary now, or an error
// when none says so.
func (s *Set) Primary(ctx context.Context) (int, error) {
	for i, n := range s.nodes {
		if n.cmd == nil {
			continue
		}
		var hello struct {
			Primary bool `bson:"isWritablePrimary"`
		}
		err := direct(ctx, n.host(), func(c *mongo.Client) error {
			return c.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
		})
		if err == nil && hello.Primary {
			return i, nil
		}
	}
	return 0, fmt.Errorf("no primary among %d servers", len(s.nodes))
}

// Kill ends server i with SIGKILL. Its files stay.
func (s *Set) Kill(t testing.TB, i int) {
	t.Helper()
	if err := s.nodes[i].kill(); err != nil {
		t.Fatal(err)
	}
}

// Restart starts server i again on the files that it left, and returns at once.
func (s *Set) Restart(t testing.TB, i int) {
	t.Helper()
	if err := s.nodes[i].start(); err != nil {
		t.Fatal(err)
	}
}
