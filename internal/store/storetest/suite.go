package storetest

import (
	"context"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Open returns an engine on a new, empty database. The suite closes it.
type Open func(t *testing.T) store.Engine

// Option changes what Run does.
type Option func(*suite)

// Again gives Run a way to open the database of an engine once more while that
// one is still open, as a second process would. The suite closes the result.
// Without it the tests of two processes do not run.
func Again(open func(t *testing.T, e store.Engine) store.Engine) Option {
	return func(s *suite) { s.again = open }
}

type suite struct {
	open  Open
	again func(t *testing.T, e store.Engine) store.Engine
	slow  bool
}

// Run checks everything that package store promises on databases that open
// makes. With -short the sizes are smaller, see also size.go.
func Run(t *testing.T, open Open, opts ...Option) {
	s := &suite{open: open}
	for _, o := range opts {
		o(s)
	}
	for _, c := range []struct {
		name string
		run  func(*suite, *testing.T)
	}{
		{"Documents", (*suite).documents},
		{"Increments", (*suite).increments},
		{"OneWinnerPerRevision", (*suite).oneWinner},
		{"UniqueIndexHoldsUnderConcurrency", (*suite).uniqueWinner},
		{"UniqueIndex", (*suite).uniqueRules},
		{"GuardHoldsWriteSkew", (*suite).guard},
		{"EveryFuncTwice", (*suite).twice},
		{"AtomicOverCollections", (*suite).atomic},
		{"PanicLeavesNothing", (*suite).panics},
		{"NestedUpdateIsRefused", (*suite).nested},
		{"OwnWritesAreSeenInside", (*suite).ownWrites},
		{"ARefusedWriteEndsTheTransaction", (*suite).refusedWrite},
		{"TheRefusedWriteIsNamed", (*suite).refusedPlace},
		{"ManyWritesOfOneTransaction", (*suite).manyWrites},
		{"CloseEndsWaiting", (*suite).closeEndsWaiting},
		{"ContextEnded", (*suite).contextEnded},
		{"ContextEndsAtAnyMoment", (*suite).contextAnyMoment},
		{"ReadingEndsAtAnyMoment", (*suite).readingAnyMoment},
		{"BulkAndInteractive", (*suite).classes},
		{"IndexOrder", (*suite).indexOrder},
		{"Cursors", (*suite).cursors},
		{"QueriesThatAreNotDeclared", (*suite).undeclared},
		{"FeedIsCompleteAndResumable", (*suite).feedComplete},
		{"FeedEpoch", (*suite).feedEpoch},
		{"FeedWait", (*suite).feedWait},
		{"FeedQuiet", (*suite).feedQuiet},
		{"History", (*suite).history},
		{"UnknownFieldsAreKept", (*suite).unknownFields},
		{"SchemaUpgrade", (*suite).schema},
		{"ChangedIndexesAreRebuilt", (*suite).rebuilt},
		{"Snapshot", (*suite).snapshot},
		{"SnapshotSumIsConstant", (*suite).snapshotSum},
		{"LoadAndReadBack", (*suite).load},
		{"DumpAndRestore", (*suite).dump},
		{"RestoreRefusals", (*suite).restoreRefusals},
		{"Leases", (*suite).leases},
		{"LeaseAndFencedOutWriter", (*suite).leaseFence},
		{"JobsRunOnceCommitted", (*suite).jobsCommitted},
		{"JobsAreTriedAgain", (*suite).jobsRetried},
		{"JobsOneOfAKey", (*suite).jobsKeyed},
		{"JobsAreTakenOver", (*suite).jobsTakenOver},
		{"JobsAreCancelled", (*suite).jobsCancelled},
		{"JobsWakeTheirRunner", (*suite).jobsWake},
		{"JobsAreLeftWhenTheProgramStops", (*suite).jobsLeft},
		{"JobsOfManyRunners", (*suite).jobsMany},
		{"TwoProcesses", (*suite).twoProcesses},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // each on a database of its own
			c.run(s, t)
		})
	}
}

// tester acts in the tests.
var tester = actor.Actor{Kind: actor.Staff, ID: "u1", Name: "登记员", RequestID: "r1"}

// counter is the smallest document: no history, no feed.
type counter struct {
	store.Meta `bson:",inline"`
	N          int64 `bson:"n"`
}

var counters = store.Define[counter](store.Spec{Name: "counters", Schema: 1})

// thing has everything: history, feed, indexes of each kind.
type thing struct {
	store.Meta `bson:",inline"`
	Code       string    `bson:"code,omitempty"`
	Name       name      `bson:"name"`
	Tags       []string  `bson:"tags,omitempty"`
	N          int64     `bson:"n"`
	On         bool      `bson:"on"`
	At         time.Time `bson:"at"`
}

type name struct {
	ZH string `bson:"zh"`
	EN string `bson:"en,omitempty"`
}

var things = store.Define[thing](store.Spec{Name: "things", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byCode", Parts: []store.Part{{Path: "code"}}, Unique: true},
	{Name: "byName", Parts: []store.Part{{Path: "name.zh"}, {Path: "n", Kind: store.Int}}},
	{Name: "byTag", Parts: []store.Part{{Path: "tags", Array: true}, {Path: "n", Kind: store.Int}}},
	{Name: "byN", Parts: []store.Part{{Path: "n", Kind: store.Int}}},
}})

// part is a second collection with history and feed.
type part struct {
	store.Meta `bson:",inline"`
	Thing      string `bson:"thing"`
}

var parts = store.Define[part](store.Spec{Name: "parts", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byThing", Parts: []store.Part{{Path: "thing"}}},
}})

// fresh opens a store with the collections of the suite.
func (s *suite) fresh(t *testing.T, opts store.Options, more ...store.Declared) (*store.Store, store.Engine) {
	t.Helper()
	e := s.engine(t)
	return openOn(t, e, opts, append([]store.Declared{counters, things, parts}, more...)...), e
}

func (s *suite) engine(t *testing.T) store.Engine {
	t.Helper()
	e := s.open(t)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func openOn(t *testing.T, e store.Engine, opts store.Options, collections ...store.Declared) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), e, opts, collections...)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, st *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	must(t, st.Update(t.Context(), tester, fn))
}

// start is the token of the beginning of the present epoch.
func start(t *testing.T, st *store.Store) store.Token {
	t.Helper()
	head, err := st.Head(t.Context())
	must(t, err)
	return store.Token{Epoch: head.Epoch}
}

// follow reads changes after the token until there are want of them.
func follow(ctx context.Context, t *testing.T, st *store.Store, after store.Token, want, page int) []store.Change {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var all []store.Change
	for len(all) < want {
		if err := st.Wait(ctx, after); err != nil {
			t.Fatalf("after %d of %d changes: %v", len(all), want, err)
		}
		got, err := st.Changes(ctx, after, page)
		must(t, err)
		if len(got) > page {
			t.Fatalf("%d changes, limit %d", len(got), page)
		}
		if len(got) > 0 {
			after = got[len(got)-1].Token
		}
		all = append(all, got...)
	}
	return all
}
