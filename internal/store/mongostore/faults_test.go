package mongostore

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongotest"
)

// failNext makes the server fail commands, which a mongod started for tests
// can do, until the test ends.
func failNext(t *testing.T, e *Engine, mode any, data bson.D) {
	t.Helper()
	admin := e.client.Database("admin")
	set := func(mode any) error {
		return admin.RunCommand(context.Background(), bson.D{{Key: "configureFailPoint", Value: "failCommand"},
			{Key: "mode", Value: mode}, {Key: "data", Value: data}}).Err()
	}
	if err := set(mode); err != nil {
		t.Skipf("this server has no fail points: %v", err)
	}
	t.Cleanup(func() {
		if err := set("off"); err != nil {
			t.Error(err)
		}
	})
}

func times(n int) bson.D { return bson.D{{Key: "times", Value: n}} }

func commands(names ...string) bson.E { return bson.E{Key: "failCommands", Value: names} }

func openStore(t *testing.T, opts Options) (*Engine, *store.Store) {
	t.Helper()
	e := openTest(t, opts)
	st, err := store.Open(t.Context(), e, store.Options{}, helds, feds)
	if err != nil {
		t.Fatal(err)
	}
	return e, st
}

type fed struct {
	store.Meta `bson:",inline"`
}

var feds = store.Define[fed](store.Spec{Name: "feds", Schema: 1, Feed: true})

var tester = actor.SystemPart("test")

func put(t *testing.T, st *store.Store, id string, runs *atomic.Int64) error {
	t.Helper()
	return st.Update(t.Context(), tester, func(tx *store.Tx) error {
		runs.Add(1)
		return feds.Put(tx, &fed{Meta: store.Meta{ID: id}})
	})
}

func TestWhatTheServerSaysBecomesAFault(t *testing.T) {
	e, st := openStore(t, Options{Select: time.Second, CommitFor: 2 * time.Second})
	for name, c := range map[string]struct {
		mode any
		data bson.D
		want error
		runs int64
		is   bool // whether the document is there afterwards
	}{
		"no room to write": {mode: times(1), data: bson.D{commands("insert"), {Key: "errorCode", Value: 14031}}, want: store.ErrDiskFull, runs: 1},
		"no right to write": {mode: times(1), data: bson.D{commands("insert"), {Key: "errorCode", Value: 13}},
			want: ErrRefused, runs: 1},
		"not a primary any more, for one statement": {mode: times(1), data: bson.D{commands("insert"), {Key: "errorCode", Value: 10107},
			{Key: "errorLabels", Value: bson.A{labelTransient}}}, runs: 2, is: true},
		"the connection breaks within":           {mode: times(1), data: bson.D{commands("insert"), {Key: "closeConnection", Value: true}}, runs: 2, is: true},
		"the connection breaks at the commit":    {mode: times(3), data: bson.D{commands("commitTransaction"), {Key: "closeConnection", Value: true}}, runs: 1, is: true},
		"the commit collides":                    {mode: times(1), data: bson.D{commands("commitTransaction"), {Key: "errorCode", Value: 251}, {Key: "errorLabels", Value: bson.A{labelTransient}}}, runs: 2, is: true},
		"the answer to the commit never arrives": {mode: "alwaysOn", data: bson.D{commands("commitTransaction"), {Key: "closeConnection", Value: true}}, want: store.ErrOutcomeUnknown, runs: 1},
	} {
		t.Run(name, func(t *testing.T) {
			failNext(t, e, c.mode, c.data)
			var runs atomic.Int64
			err := put(t, st, name, &runs)
			if !errors.Is(err, c.want) || runs.Load() != c.runs {
				t.Errorf("%v after %d runs, want %v after %d", err, runs.Load(), c.want, c.runs)
			}
			if _, err := feds.Get(t.Context(), st, name); (err == nil) != c.is {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
	t.Run("reading without a primary", func(t *testing.T) {
		failNext(t, e, "alwaysOn", bson.D{commands("find"), {Key: "errorCode", Value: 189}})
		if _, err := feds.Get(t.Context(), st, "x"); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%v, want ErrUnavailable", err)
		}
	})
}

// TestARefusedStatementEndsTheTransaction: the server has ended it, so a func
// that makes light of the failure must not look as if it had succeeded.
func TestARefusedStatementEndsTheTransaction(t *testing.T) {
	e := openTest(t, Options{})
	if err := e.Prepare(t.Context(), []store.Spec{{Name: "c", Schema: 1}}); err != nil {
		t.Fatal(err)
	}
	raw, err := bson.Marshal(bson.D{{Key: "_id", Value: "x"}, {Key: "rev", Value: int64(1)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(t.Context(), "c", []bson.Raw{raw}); err != nil {
		t.Fatal(err)
	}
	var first, second error
	runs := 0
	err = e.Update(t.Context(), store.Interactive, func(ctx context.Context, w store.Writer) error {
		runs++
		first = w.Put(ctx, "c", "x", raw, 0)
		_, second = w.Get(ctx, "c", []string{"x"})
		return nil
	})
	for what, err := range map[string]error{"insert over a document": first, "the statement after it": second, "the commit": err} {
		if !errors.Is(err, store.ErrConflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if runs != 2 { // the first sent the insert only before it was to be seen
		t.Errorf("%d runs", runs)
	}
}

func TestWhatIsConfiguredWronglyIsSaid(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	for _, c := range []struct {
		name, uri string
		want      *fault.Code
	}{
		{"no URI", "127.0.0.1:27017", ErrURI},
		{"a bad escape in the password", "mongodb://u:geheim%zz@127.0.0.1/", ErrURI},
		{"nobody listens", "mongodb://" + nobody + "/?replicaSet=yjy", store.ErrUnavailable},
		{"another replica set", strings.Replace(mongotest.URI(t), "replicaSet=yjy", "replicaSet=other", 1), store.ErrUnavailable},
		{"no replica set", mongotest.Standalone(t), ErrStandalone},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			_, err := Open(t.Context(), c.uri, Options{Select: time.Second})
			if !errors.Is(err, c.want) {
				t.Fatalf("%v, want %s", err, c.want.ID())
			}
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("the error tells the password: %v", err)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestTheDatabaseOfTheURIIsUsed(t *testing.T) {
	e := openTest(t, Options{})
	if !strings.HasPrefix(e.db.Name(), "yjy_") {
		t.Errorf("database %s", e.db.Name())
	}
	plain, err := Open(t.Context(), mongotest.URI(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if plain.db.Name() != DefaultDatabase {
		t.Errorf("database %s without a name", plain.db.Name())
	}
}

func TestAClosedEngineRefuses(t *testing.T) {
	e, st := openStore(t, Options{})
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Errorf("a second close: %v", err)
	}
	var runs atomic.Int64
	if err := put(t, st, "x", &runs); !errors.Is(err, store.ErrUnavailable) || runs.Load() != 0 {
		t.Errorf("%v after %d runs", err, runs.Load())
	}
	if _, err := feds.Get(t.Context(), st, "x"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("reading: %v", err)
	}
}

func TestAFollowerBehindTheOplogMustRebuild(t *testing.T) {
	e, st := openStore(t, Options{})
	head, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	failNext(t, e, times(1), bson.D{commands("aggregate"), {Key: "errorCode", Value: codeHistoryLost}})
	if _, err := st.Changes(t.Context(), head, 10); !errors.Is(err, store.ErrEpoch) {
		t.Errorf("%v, want ErrEpoch", err)
	}
}

// TestAFollowerOfAQuietFeedNeedNotRebuild: the oplog has moved on with writes
// that are not fed; Wait has noted that nothing was missed.
func TestAFollowerOfAQuietFeedNeedNotRebuild(t *testing.T) {
	e, st := openStore(t, Options{IdleNote: time.Millisecond})
	var runs atomic.Int64
	if err := put(t, st, "before", &runs); err != nil {
		t.Fatal(err)
	}
	head, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	waited := make(chan error)
	go func() { waited <- st.Wait(ctx, head) }()
	for { // until Wait has noted a place
		n, err := e.db.Collection(idle).CountDocuments(t.Context(), bson.D{{Key: "_id", Value: head.Pos}})
		if err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			break
		}
	}
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := put(t, st, "after", &runs); err != nil {
		t.Fatal(err)
	}
	failNext(t, e, times(1), bson.D{commands("aggregate"), {Key: "errorCode", Value: codeHistoryLost}})
	changes, err := st.Changes(t.Context(), head, 10)
	if err != nil || len(changes) != 1 || changes[0].ID != "after" {
		t.Errorf("%v, %v", changes, err)
	}
}

func TestATokenThatIsNoneMeansRebuild(t *testing.T) {
	_, st := openStore(t, Options{})
	head, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, pos := range []string{"x", ":", "x:0", "82:0", head.Pos + "0x", ":-1", strings.Repeat("F", 100) + ":0", strings.TrimSuffix(head.Pos, ":0") + ":-1", "17", "00:0", "8200:0", "FFFF:0", "zz:0"} {
		if _, err := st.Changes(t.Context(), store.Token{Epoch: head.Epoch, Pos: pos}, 10); !errors.Is(err, store.ErrEpoch) {
			t.Errorf("%q: %v, want ErrEpoch", pos, err)
		}
	}
}

// TestAPageMayEndWithinATransaction: the feed goes on with the next change of
// the same transaction.
func TestAPageMayEndWithinATransaction(t *testing.T) {
	_, st := openStore(t, Options{})
	at, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, ids := range []string{"abcde", "f", "ghi"} {
		if err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
			for _, id := range ids {
				if err := feds.Put(tx, &fed{Meta: store.Meta{ID: string(id)}}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	got := ""
	for {
		if err := st.Wait(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		changes, err := st.Changes(t.Context(), at, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, ch := range changes {
			got, at = got+ch.ID, ch.Token
		}
		if len(got) >= 9 {
			break
		}
	}
	if got != "abcdefghi" {
		t.Errorf("the feed tells %s", got)
	}
}

// TestVeryManyChangesOfOneTransactionAreCut: no document of the outbox comes
// near the 16 MB of the server, and no change is lost between two of them.
func TestVeryManyChangesOfOneTransactionAreCut(t *testing.T) {
	e, st := openStore(t, Options{})
	at, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	many := make([]store.Change, 2*outboxBatch+7)
	for i := range many {
		many[i] = store.Change{Collection: "feds", ID: "x", Rev: int64(i), Op: store.OpPut, At: time.UnixMilli(0).UTC()}
	}
	if err := e.Update(t.Context(), store.Bulk, func(ctx context.Context, w store.Writer) error { return w.Publish(ctx, many) }); err != nil {
		t.Fatal(err)
	}
	if n, err := e.db.Collection(outbox).CountDocuments(t.Context(), bson.D{}); err != nil || n != 3 {
		t.Errorf("%d documents in the outbox, want 3, %v", n, err)
	}
	for next := int64(0); next < int64(len(many)); {
		changes, err := st.Changes(t.Context(), at, 1000)
		if err != nil || len(changes) == 0 {
			t.Fatalf("after %d: %d changes, %v", next, len(changes), err)
		}
		for _, ch := range changes {
			if ch.Rev != next {
				t.Fatalf("change %d where %d was expected", ch.Rev, next)
			}
			next, at = next+1, ch.Token
		}
	}
}
