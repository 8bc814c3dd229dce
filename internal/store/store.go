package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"yijianyou/internal/actor"
)

// Store is a set of collections on an engine. It is safe for concurrent use.
type Store struct {
	engine   Engine
	specs    []Spec
	now      func() time.Time
	runTwice bool
	inside   goroutines // that are inside a func of Update

	jobsMu   sync.Mutex
	jobsNews chan struct{} // closed when a job is enqueued; nil when nobody waits
}

// Options change how a Store behaves. The zero value is right for production.
type Options struct {
	Now      func() time.Time // nil means time.Now
	RunTwice bool             // run the func of every Update twice, the first time for nothing: shows side effects in tests
}

// Open prepares the collections on engine: it creates what is missing and
// leaves what is there. The kernel's own collections are always included.
func Open(ctx context.Context, engine Engine, opts Options, collections ...Declared) (*Store, error) {
	s := &Store{engine: engine, now: opts.Now, runTwice: opts.RunTwice}
	if s.now == nil {
		s.now = time.Now
	}
	var err error
	if s.specs, err = specsOf(collections); err != nil {
		return nil, err
	}
	if err := engine.Prepare(ctx, s.specs); err != nil {
		return nil, err
	}
	return s, nil
}

// specsOf returns the declarations of the kernel's own collections and of
// these.
func specsOf(collections []Declared) ([]Spec, error) {
	var specs []Spec
	seen := make(map[string]bool)
	for _, c := range append(kernelCollections(), collections...) {
		spec := c.Spec()
		if seen[spec.Name] {
			return nil, errors.New("store: collection " + spec.Name + " is declared twice")
		}
		seen[spec.Name] = true
		specs = append(specs, spec)
	}
	return specs, nil
}

func (s *Store) source() Source { return s.engine }

// Specs returns the declarations of all collections, the kernel's own included.
func (s *Store) Specs() []Spec { return s.specs }

// Now returns the time by the clock of the store, UTC, milliseconds.
func (s *Store) Now() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// UpdateOption changes how one Update runs.
type UpdateOption func(*updateOptions)

type updateOptions struct{ class Class }

// AsBulk lets interactive transactions go first.
func AsBulk(o *updateOptions) { o.class = Bulk }

type insideUpdate struct{}

// Update runs fn in a transaction on behalf of by, and commits. See the package
// comment for what fn may do. An error of fn aborts and is returned as it is.
// After ErrConflict, ErrDuplicate or a failure of the database from a Put, a
// Delete, a Guard or an Audit the transaction is over: everything that fn still
// does with the Tx fails with that error, and so does the Update.
//
// Errors: those of fn and of the kernel, ErrUnavailable, ErrDiskFull,
// ErrOutcomeUnknown. An Update inside an Update is refused.
func (s *Store) Update(ctx context.Context, by actor.Actor, fn func(*Tx) error, opts ...UpdateOption) error {
	if ctx.Value(insideUpdate{}) != nil || s.inside.here() {
		return errNested
	}
	var o updateOptions
	for _, opt := range opts {
		opt(&o)
	}
	if s.runTwice {
		err := s.engine.Update(ctx, o.class, func(ctx context.Context, w Writer) error {
			if err := s.run(ctx, w, by, fn, nil); err != nil {
				return err
			}
			return errAgain
		})
		if !errors.Is(err, errAgain) {
			return err
		}
	}
	var last *Tx
	err := s.engine.Update(ctx, o.class, func(ctx context.Context, w Writer) error {
		if last != nil {
			last.undo()
		}
		return s.run(ctx, w, by, fn, &last)
	})
	if err != nil && last != nil {
		last.undo()
	}
	if err == nil && last.enqueued {
		s.announceJob()
	}
	return err
}

var (
	errAgain  = errors.New("store: run again")
	errNested = errors.New("store: Update inside an Update")
)

// run calls fn once and publishes what it changed. With keep nil the run is
// for nothing and leaves no trace in the documents that fn was given.
func (s *Store) run(ctx context.Context, w Writer, by actor.Actor, fn func(*Tx) error, keep **Tx) error {
	ctx = context.WithValue(ctx, insideUpdate{}, true)
	tx := &Tx{ctx: ctx, w: newStrict(w), by: by, now: s.Now()}
	if keep == nil {
		defer tx.undo()
	} else {
		*keep = tx
	}
	if err := tx.w.outcome(s.inside.call(func() error { return fn(tx) })); err != nil {
		return err
	}
	if len(tx.changes) == 0 {
		return nil
	}
	return tx.w.Publish(ctx, tx.changes)
}

// Snapshot runs fn with a Reader of one unchanging state of all collections.
func (s *Store) Snapshot(ctx context.Context, fn func(Reader) error) error {
	return s.engine.Snapshot(ctx, func(src Source) error { return fn(reading{src}) })
}

type reading struct{ src Source }

func (r reading) source() Source { return r.src }

// Head returns the token of the newest change. Take it before a full reading
// of the documents and follow from it: nothing is then missed.
func (s *Store) Head(ctx context.Context) (Token, error) { return s.engine.Head(ctx) }

// Changes returns up to limit committed changes after the token, oldest first.
//
// Errors: ErrEpoch when the follower must rebuild from the documents.
func (s *Store) Changes(ctx context.Context, after Token, limit int) ([]Change, error) {
	return s.engine.Changes(ctx, after, limit)
}

// Wait returns nil when there may be changes after the token, or the error of ctx.
func (s *Store) Wait(ctx context.Context, after Token) error { return s.engine.Wait(ctx, after) }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.engine.Ping(ctx) }

// Check examines the whole database where the engine can (see Checker); able
// is false where it cannot, because the database examines itself.
//
// Errors: ErrCorrupt.
func (s *Store) Check(ctx context.Context) (able bool, err error) {
	c, ok := s.engine.(Checker)
	if !ok {
		return false, nil
	}
	return true, c.Check(ctx)
}

// Close ends the engine.
func (s *Store) Close() error { return s.engine.Close() }

func kernelCollections() []Declared { return []Declared{History, Jobs, leases} }
