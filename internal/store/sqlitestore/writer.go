package sqlitestore

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"yijianyou/internal/store"
)

// Limits of one group commit.
const (
	groupSize = 64
	groupTime = 20 * time.Millisecond
)

// bulkTurn is after how many groups in which a bulk transaction had to wait
// one of them goes first, however many interactive ones there are.
const bulkTurn = 8

// States of a request. The writer takes it before it lends the connection; the
// caller leaves it when its context ends. Whoever swaps first wins.
const (
	waiting int32 = iota
	taken
	left
)

// request is one waiting transaction.
type request struct {
	class store.Class
	alone func(*conn) error // set: runs in the writer, in a commit of its own
	state atomic.Int32
	turn  chan *tx   // the connection is lent
	ran   chan error // the func has returned
	done  chan error // the outcome
}

func newRequest(class store.Class) *request {
	return &request{class: class, turn: make(chan *tx, 1), ran: make(chan error, 1), done: make(chan error, 1)}
}

// writer owns the writing connection.
type writer struct {
	engine    *Engine
	conn      *conn
	turn      *turn // against the writers of other processes
	groupTime time.Duration

	mu      sync.Mutex
	queues  [2][]*request // by class
	passed  int           // groups in a row for which bulk had to wait
	stopped bool
	wake    chan struct{}
	ended   chan struct{}
}

func newWriter(e *Engine, c *conn, t *turn) *writer {
	return &writer{engine: e, conn: c, turn: t, groupTime: groupTime, wake: make(chan struct{}, 1), ended: make(chan struct{})}
}

// Update implements store.Engine.
func (e *Engine) Update(ctx context.Context, class store.Class, fn func(context.Context, store.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := e.enter(); err != nil {
		return err
	}
	defer e.leave()
	r := newRequest(class)
	e.writer.push(r)
	ran, failed := false, false
	for {
		// Whoever has failed gets his outcome at once, so his context does not
		// matter; whoever waits for the commit may leave.
		leave := ctx.Done()
		if failed {
			leave = nil
		}
		select {
		case err := <-r.done:
			return err
		default:
		}
		select {
		case err := <-r.done:
			return err
		case t := <-r.turn:
			ran, failed = true, !r.run(ctx, t, fn)
		case <-leave:
			if !r.state.CompareAndSwap(waiting, left) {
				// The writer has just taken it: the turn or the outcome is under way.
				select {
				case t := <-r.turn:
					ran, failed = true, !r.run(ctx, t, fn)
				case err := <-r.done:
					return err
				}
				continue
			}
			e.writer.forget(r)
			if ran {
				return store.ErrOutcomeUnknown.Wrap(ctx.Err())
			}
			return ctx.Err()
		}
	}
}

var errUnwound = errors.New("sqlitestore: the func did not return")

// run calls fn with the lent connection and gives it back whatever happens. A
// func that ends after its context does not count. It reports whether fn
// succeeded.
func (r *request) run(ctx context.Context, t *tx, fn func(context.Context, store.Writer) error) bool {
	err := errUnwound
	defer func() {
		t.conn = nil
		if err == errUnwound {
			r.state.Store(left) // a panic or an Exit: nobody waits any more
		} else {
			r.state.Store(waiting)
		}
		r.ran <- err
	}()
	if stopped := ctx.Err(); stopped != nil {
		err = stopped
		return false
	}
	got := fn(ctx, t)
	if got == nil {
		got = ctx.Err()
	}
	err = got
	return err == nil
}

// exclusive runs fn in the writer, in a commit of its own.
func (e *Engine) exclusive(ctx context.Context, fn func(*conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := e.enter(); err != nil {
		return err
	}
	defer e.leave()
	r := newRequest(store.Bulk)
	r.alone = fn
	e.writer.push(r)
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
		if r.state.CompareAndSwap(waiting, left) {
			e.writer.forget(r)
			return ctx.Err()
		}
		return <-r.done
	}
}

func (w *writer) push(r *request) {
	w.mu.Lock()
	w.queues[r.class] = append(w.queues[r.class], r)
	w.mu.Unlock()
	w.signal()
}

func (w *writer) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// forget removes a request that its caller has left, so that a queue is never
// longer than those who stand in it.
func (w *writer) forget(r *request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queues[r.class] = slices.DeleteFunc(w.queues[r.class], func(x *request) bool { return x == r })
}

// first takes the request that begins a group: an interactive one, unless bulk
// has waited for bulkTurn groups.
func (w *writer) first() *request {
	w.mu.Lock()
	defer w.mu.Unlock()
	order := [...]store.Class{store.Interactive, store.Bulk}
	if w.passed >= bulkTurn {
		order = [...]store.Class{store.Bulk, store.Interactive}
	}
	for _, class := range order {
		if r := w.take(class, false); r != nil {
			if class == store.Bulk || len(w.queues[store.Bulk]) == 0 {
				w.passed = 0
			} else {
				w.passed++
			}
			return r
		}
	}
	return nil
}

// next takes a request that joins a group, interactive ones first; no bulk one
// when noBulk is set, and none that must be alone.
func (w *writer) next(noBulk bool) *request {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.take(store.Interactive, true)
	if r == nil && !noBulk {
		r = w.take(store.Bulk, true)
	}
	return r
}

// take takes the oldest request of a class that its caller has not left. With
// joining set it takes none that must be alone.
func (w *writer) take(class store.Class, joining bool) *request {
	for len(w.queues[class]) > 0 {
		r := w.queues[class][0]
		if joining && r.alone != nil {
			return nil
		}
		w.queues[class][0] = nil
		w.queues[class] = w.queues[class][1:]
		if r.state.CompareAndSwap(waiting, taken) {
			return r
		}
	}
	return nil
}

func (w *writer) stop() {
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.signal()
	<-w.ended
}

func (w *writer) loop() {
	defer close(w.ended)
	for {
		if r := w.first(); r != nil {
			w.turn.take()
			if r.alone != nil {
				r.done <- w.alone(r.alone)
			} else {
				w.group(r)
			}
			w.turn.give()
			continue
		}
		w.mu.Lock()
		stopped := w.stopped
		w.mu.Unlock()
		if stopped {
			return
		}
		<-w.wake
	}
}

// begin opens the transaction of a commit and checks that the indexes are
// still those that this process knows.
func (w *writer) begin() error {
	w.conn.broken = nil
	if _, err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	generation, err := catalogGeneration(w.conn)
	if err == nil && generation != w.engine.catalog.known() {
		err = ErrChangedUnderneath.New()
	}
	if err != nil {
		w.rollback()
	}
	return err
}

// rollback ends the transaction without effect. SQLite may have ended it
// already, which it reports as an error of no interest.
func (w *writer) rollback() {
	_, _ = w.conn.exec("ROLLBACK")
	w.conn.broken = nil
}

// commit makes the transaction durable. After an error it has had no effect,
// save that a failed fsync leaves open what a crash right now would bring back.
func (w *writer) commit() error {
	w.turn.tally.begin(w.turn.alone)
	defer w.turn.tally.end()
	_, err := w.conn.exec("COMMIT")
	if err == nil {
		return nil
	}
	w.rollback()
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code() == lib.SQLITE_IOERR_FSYNC || e.Code() == lib.SQLITE_IOERR_DIR_FSYNC) {
		return store.ErrOutcomeUnknown.Wrap(err)
	}
	return w.engine.fail(err)
}

// alone runs fn in a commit of its own.
func (w *writer) alone(fn func(*conn) error) error {
	w.conn.broken = nil
	if _, err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return w.engine.fail(err)
	}
	err := fn(w.conn)
	if err == nil {
		err = w.conn.broken
	}
	if err != nil {
		w.rollback()
		return w.engine.fail(err)
	}
	return w.commit()
}

// group runs first and whatever else waits, and commits them together.
func (w *writer) group(first *request) {
	if err := w.begin(); err != nil {
		first.done <- w.engine.fail(err)
		return
	}
	started := time.Now()
	var members []*request
	published, interactive := false, false
	for r := first; r != nil; {
		// The first has no neighbours to spare, so it needs no savepoint.
		savepoint := len(members) > 0
		t, err := w.lend(r, savepoint)
		switch {
		case w.conn.broken != nil:
			w.rollback()
			if len(members) == 0 {
				r.done <- w.verdict(err, w.conn.broken)
				return
			}
			w.apart(append(members, r))
			return
		case err != nil:
			r.done <- err
			if !savepoint {
				w.rollback()
				return
			}
		default:
			members = append(members, r)
			published = published || t.published
			interactive = interactive || r.class == store.Interactive
		}
		if len(members) >= groupSize || time.Since(started) > w.groupTime {
			break
		}
		r = w.next(interactive)
	}
	if err := w.commit(); err != nil {
		if len(members) > 1 && !errors.Is(err, store.ErrOutcomeUnknown) {
			w.apart(members)
			return
		}
		for _, r := range members {
			r.done <- err
		}
		return
	}
	for _, r := range members {
		r.done <- nil
	}
	if published {
		w.engine.announce()
	}
}

// lend runs one request on the open transaction. With savepoint set a failure
// undoes this request only.
func (w *writer) lend(r *request, savepoint bool) (*tx, error) {
	if savepoint {
		if _, err := w.conn.exec("SAVEPOINT s"); err != nil {
			r.state.Store(waiting)
			return nil, err
		}
	}
	t := &tx{engine: w.engine, conn: w.conn}
	r.turn <- t
	err := <-r.ran
	if !savepoint || w.conn.broken != nil {
		return t, err
	}
	if err != nil {
		if _, undo := w.conn.exec("ROLLBACK TO s"); undo != nil {
			w.conn.broken = undo
		}
	}
	if _, end := w.conn.exec("RELEASE s"); end != nil {
		w.conn.broken = end
	}
	return t, err
}

// apart runs the members of a group that failed as a whole again, each in a
// commit of its own, so that only those fail that fail by themselves.
func (w *writer) apart(members []*request) {
	for _, r := range members {
		if !r.state.CompareAndSwap(waiting, taken) {
			continue // its caller has gone with ErrOutcomeUnknown
		}
		if err := w.begin(); err != nil {
			r.done <- w.engine.fail(err)
			continue
		}
		t, err := w.lend(r, false)
		if err != nil || w.conn.broken != nil {
			broken := w.conn.broken
			w.rollback()
			r.done <- w.verdict(err, broken)
			continue
		}
		err = w.commit()
		r.done <- err
		if err == nil && t.published {
			w.engine.announce()
		}
	}
}

// verdict is the outcome of a request that is undone: the error of its func,
// or that of the database when the func made light of it.
func (w *writer) verdict(err, broken error) error {
	if err != nil {
		return err
	}
	return w.engine.fail(broken)
}
