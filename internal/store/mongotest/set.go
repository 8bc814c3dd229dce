package mongotest

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readpref"
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
		if err := n.start(inSet...); err != nil {
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

// Standalone starts a server that is no member of a replica set and returns its
// URI. It is gone at the end of the test.
func Standalone(t testing.TB) string {
	t.Helper()
	require(t)
	n, err := newNode()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.remove() })
	if err := n.start(); err != nil {
		t.Fatal(err)
	}
	if err := direct(t.Context(), n.host(), func(c *mongo.Client) error { return c.Ping(t.Context(), nil) }); err != nil {
		t.Fatal(err)
	}
	return "mongodb://" + n.host() + "/"
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

// Pause stops server i where it is, as a machine that hangs; it answers nobody
// until Resume.
func (s *Set) Pause(t testing.TB, i int) { s.signal(t, i, syscall.SIGSTOP) }

// Resume lets a server go on that was paused.
func (s *Set) Resume(t testing.TB, i int) { s.signal(t, i, syscall.SIGCONT) }

func (s *Set) signal(t testing.TB, i int, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(s.nodes[i].pid, sig); err != nil {
		t.Fatal(err)
	}
}

// Await waits until the set has a primary.
func (s *Set) Await(ctx context.Context) error {
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(s.uri).SetServerSelectionTimeout(time.Minute))
	if err != nil {
		return err
	}
	defer client.Disconnect(context.WithoutCancel(ctx))
	return client.Ping(ctx, readpref.Primary())
}

// Restart starts server i again on the files that it left, and returns at once.
func (s *Set) Restart(t testing.TB, i int) {
	t.Helper()
	if err := s.nodes[i].start(inSet...); err != nil {
		t.Fatal(err)
	}
}
