package mongostore

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/event"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/readpref"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/x/mongo/driver/connstring"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// DefaultDatabase is used when the URI names none.
const DefaultDatabase = "yijianyou"

const appName = "yijianyou"

// Options change how an Engine behaves. The zero value is right for production.
type Options struct {
	// Select is how long an operation looks for a primary before it is
	// ErrUnavailable; 0 means 5 s.
	Select time.Duration

	// CommitFor is how long a commit without an answer is repeated before it is
	// ErrOutcomeUnknown; 0 means 30 s.
	CommitFor time.Duration

	// RetryFor is how long a transaction that collides runs again before it is
	// ErrUnavailable; 0 means 120 s, longer than the minute for which a server
	// lets a transaction live. A deadline of the context comes before it.
	RetryFor time.Duration

	// OutboxKeep is how long the outbox keeps its documents, in whole seconds;
	// 0 means an hour. The feed does not need them: it is read from the oplog.
	OutboxKeep time.Duration

	// IdleNote is how often Wait notes how far an unchanged feed has come, so
	// that a follower of a quiet feed need not rebuild when the oplog has moved
	// on; 0 means a minute.
	IdleNote time.Duration

	monitor *event.CommandMonitor // of the tests
}

func (o Options) filled() Options {
	for _, d := range []struct {
		at    *time.Duration
		value time.Duration
	}{{&o.Select, 5 * time.Second}, {&o.CommitFor, 30 * time.Second}, {&o.RetryFor, 120 * time.Second},
		{&o.OutboxKeep, time.Hour}, {&o.IdleNote, time.Minute}} {
		if *d.at == 0 {
			*d.at = d.value
		}
	}
	return o
}

// Engine is a store.Engine on one database of a replica set.
type Engine struct {
	source
	opts   Options
	client *mongo.Client
	db     *mongo.Database
	bulk   chan struct{} // one place for each bulk transaction that may run
	lanes  lanes
	orphan orphans

	mu      sync.Mutex
	indexes map[string][]store.Index // by collection, set by Prepare
	noted   map[string]time.Time     // when Wait noted the idle place
	closed  bool
	running sync.WaitGroup // transactions and commits under way
}

var _ store.Engine = (*Engine)(nil)

// bulkWidth is how many bulk transactions of one process run at a time.
const bulkWidth = 2

// Open connects to the replica set that uri names, and checks that it can do
// what is needed. Read and write concern, read preference and retries of the
// URI are overruled: they are part of what package store promises.
//
// Errors: ErrURI, ErrStandalone, ErrTooOld, ErrRefused, store.ErrUnavailable
// within Options.Select when no primary answers.
func Open(ctx context.Context, uri string, opts Options) (*Engine, error) {
	opts = opts.filled()
	cs, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, ErrURI.New() // the text of the cause may hold a part of the password
	}
	name := cs.Database
	if name == "" {
		name = DefaultDatabase
	}
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(uri).SetAppName(appName).
		SetServerSelectionTimeout(opts.Select).SetConnectTimeout(opts.Select).
		SetReadConcern(readconcern.Majority()).SetWriteConcern(durable()).SetReadPreference(readpref.Primary()).
		SetRetryReads(true).SetRetryWrites(true).SetMonitor(opts.monitor))
	if err != nil {
		return nil, ErrURI.New()
	}
	e := &Engine{opts: opts, client: client, db: client.Database(name), bulk: make(chan struct{}, bulkWidth),
		indexes: make(map[string][]store.Index), noted: make(map[string]time.Time)}
	e.source = source{engine: e}
	if err := e.examine(ctx); err != nil {
		e.disconnect(ctx)
		return nil, err
	}
	return e, nil
}

func durable() *writeconcern.WriteConcern {
	journal := true
	return &writeconcern.WriteConcern{W: "majority", Journal: &journal}
}

// examine asks the server what it is.
func (e *Engine) examine(ctx context.Context) error {
	var hello struct {
		Set  string `bson:"setName"`
		Msg  string `bson:"msg"`
		Wire int    `bson:"maxWireVersion"`
	}
	if err := e.client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return fail(ctx, err)
	}
	if hello.Wire < 13 {
		return ErrTooOld.New(fault.P("version", "5.0"))
	}
	if hello.Set == "" && hello.Msg != "isdbgrid" {
		return ErrStandalone.New()
	}
	// hello needs no login; this does.
	return fail(ctx, e.db.RunCommand(ctx, bson.D{{Key: "listCollections", Value: 1}, {Key: "nameOnly", Value: true}}).Err())
}

// Ping reports whether a primary answers.
func (e *Engine) Ping(ctx context.Context) error {
	return fail(ctx, e.client.Ping(ctx, readpref.Primary()))
}

// Close waits for the transactions under way and ends the connections. A
// second call does nothing.
func (e *Engine) Close() error {
	e.mu.Lock()
	was := e.closed
	e.closed = true
	e.mu.Unlock()
	if was {
		return nil
	}
	e.running.Wait()
	return e.disconnect(context.Background())
}

func (e *Engine) disconnect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), e.opts.Select)
	defer cancel()
	return e.client.Disconnect(ctx)
}

// enter counts a transaction; it is refused once the engine is closed.
func (e *Engine) enter() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return store.ErrUnavailable.Wrap(errClosed)
	}
	e.running.Add(1)
	return nil
}

// known refuses a collection that has not been prepared.
func (e *Engine) known(collection string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := e.indexes[collection]; !ok {
		return fmt.Errorf("mongostore: %s: not a declared collection", collection)
	}
	return nil
}

// declared returns the indexes of a prepared collection.
func (e *Engine) declared(collection string) []store.Index {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.indexes[collection]
}
