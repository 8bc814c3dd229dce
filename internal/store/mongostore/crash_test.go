package mongostore_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
)

// openURI waits longer for a primary than the program would: a server that has
// been killed needs a while until it is one again.
func openURI(ctx context.Context, uri string) (store.Engine, error) {
	return mongostore.Open(ctx, uri, mongostore.Options{Select: time.Minute})
}

// openSettled opens the database after a process was killed, once the server is
// through with what that process had sent: it may still be committing. The
// server is the test's own, so nobody else's sessions are ended.
func openSettled(ctx context.Context, uri string) (store.Engine, error) {
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(uri).SetServerSelectionTimeout(time.Minute))
	if err != nil {
		return nil, err
	}
	defer client.Disconnect(context.WithoutCancel(ctx))
	admin := client.Database("admin")
	if err := admin.RunCommand(ctx, bson.D{{Key: "killAllSessions", Value: bson.A{}}}).Err(); err != nil {
		return nil, err
	}
	for {
		cur, err := admin.Aggregate(ctx, mongo.Pipeline{
			{{Key: "$currentOp", Value: bson.D{{Key: "idleSessions", Value: true}}}},
			{{Key: "$match", Value: bson.D{{Key: "transaction", Value: bson.D{{Key: "$exists", Value: true}}}}}},
		})
		if err != nil {
			return nil, err
		}
		open := cur.Next(ctx)
		if err := errors.Join(cur.Err(), cur.Close(ctx)); err != nil {
			return nil, err
		}
		if !open {
			break
		}
	}
	// What was committed becomes readable when the majority has it, and without
	// anybody who waits that takes until the next flush of the journal. A write
	// that is waited for brings it forward.
	journal := true
	all := options.Collection().SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journal})
	if _, err := client.Database("settled").Collection("settled", all).InsertOne(ctx, bson.D{}); err != nil {
		return nil, err
	}
	return openURI(ctx, uri)
}

func TestMain(m *testing.M) {
	storetest.StormChild(openURI)
	flag.Parse()
	// The tests wait for the server's disk, elections and kills more than they work.
	if p := flag.Lookup("test.parallel"); p.Value.String() == p.DefValue {
		if err := p.Value.Set("4"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

func TestNothingIsLostWhenTheProcessIsKilled(t *testing.T) {
	t.Parallel() // most of it is waiting
	storetest.Storm(t, mongotest.NewSet(t, 1).URI("storm"), openSettled, storetest.StormOptions{})
}

func TestNothingIsLostWhenTheServerIsKilled(t *testing.T) {
	t.Parallel() // most of it is waiting
	set := mongotest.NewSet(t, 1)
	storetest.Storm(t, set.URI("storm"), openSettled, storetest.StormOptions{MayFail: true, Kill: func(t *testing.T, _ *os.Process) {
		set.Kill(t, 0)
		set.Restart(t, 0)
	}})
}

type entry struct {
	store.Meta `bson:",inline"`
	Writer     int64 `bson:"writer"`
}

var entries = store.Define[entry](store.Spec{Name: "entries", Schema: 1, Feed: true, History: true, Indexes: []store.Index{
	{Name: "byWriter", Parts: []store.Part{{Path: "writer", Kind: store.Int}}},
}})

var tester = actor.SystemPart("test")

// TestNothingIsLostWhenThePrimaryIsKilled: four writers go on while the primary
// of three servers is killed, comes back and the next one is killed.
func TestNothingIsLostWhenThePrimaryIsKilled(t *testing.T) {
	t.Parallel() // most of it is waiting
	set := mongotest.NewSet(t, 3)
	e, err := mongostore.Open(t.Context(), set.URI("failover"), mongostore.Options{Select: 20 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), e, store.Options{}, entries)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	head, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const writers = 4
	var stop atomic.Bool
	var wg sync.WaitGroup
	var outcome [writers][]error
	var longest [writers]time.Duration
	progress := make(chan struct{}, 1)
	for i := range writers {
		wg.Go(func() {
			last := time.Now()
			for n := 0; !stop.Load(); n++ {
				err := st.Update(context.Background(), tester, func(tx *store.Tx) error {
					if err := entries.Put(tx, &entry{Meta: store.Meta{ID: fmt.Sprintf("%d-%06d", i, n)}, Writer: int64(i)}); err != nil {
						return err
					}
					d, err := entries.Get(tx.Context(), tx, "shared")
					if errors.Is(err, store.ErrNotFound) {
						d, err = &entry{Meta: store.Meta{ID: "shared"}, Writer: -1}, nil
					}
					if err != nil {
						return err
					}
					return entries.Put(tx, d)
				})
				outcome[i] = append(outcome[i], err)
				if err == nil {
					longest[i] = max(longest[i], time.Since(last))
					last = time.Now()
					select {
					case progress <- struct{}{}:
					default:
					}
				}
			}
		})
	}
	kills := max(1, storetest.Kills()/3)
	await := func(commits int) {
		for range commits {
			<-progress
		}
	}
	for range kills {
		await(50)
		primary, err := set.Primary(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		set.Kill(t, primary)
		await(50)
		set.Restart(t, primary)
	}
	stop.Store(true)
	wg.Wait()

	acked, unknown := int64(0), int64(0)
	var worst time.Duration
	for i := range outcome {
		worst = max(worst, longest[i])
		for n, err := range outcome[i] {
			_, got := entries.Get(t.Context(), st, fmt.Sprintf("%d-%06d", i, n))
			switch {
			case errors.Is(err, store.ErrOutcomeUnknown):
				unknown++
			case err == nil:
				acked++
				if got != nil {
					t.Errorf("%d-%06d was acknowledged: %v", i, n, got)
				}
			case !errors.Is(err, store.ErrUnavailable):
				t.Errorf("%d-%06d: %v", i, n, err)
			case !errors.Is(got, store.ErrNotFound):
				t.Errorf("%d-%06d was refused with %v and is there (%v)", i, n, err, got)
			}
		}
	}
	there := 0
	if there, err = entries.Count(t.Context(), st, store.Query{}, 1<<20); err != nil {
		t.Fatal(err)
	}
	shared, err := entries.Get(t.Context(), st, "shared")
	if err != nil {
		t.Fatal(err)
	}
	if int64(there-1) != shared.Rev || shared.Rev < acked || shared.Rev > acked+unknown {
		t.Errorf("%d acknowledged and %d unknown; %d documents, %d revisions of the shared one", acked, unknown, there-1, shared.Rev)
	}
	told, revs := 0, int64(0)
	for after := head; ; {
		changes, err := st.Changes(t.Context(), after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(changes) == 0 {
			break
		}
		for _, ch := range changes {
			if ch.ID != "shared" {
				told++
			} else if revs++; ch.Rev != revs {
				t.Fatalf("the feed tells revision %d of the shared document after %d", ch.Rev, revs-1)
			}
		}
		after = changes[len(changes)-1].Token
	}
	if told != there-1 || revs != shared.Rev {
		t.Errorf("the feed tells %d documents and %d revisions; there are %d and %d", told, revs, there-1, shared.Rev)
	}
	t.Logf("%d kills, %d acknowledged, %d unknown, none lost; longest stall %v", kills, acked, unknown, worst.Round(time.Millisecond))
}
