package mongostore

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/readpref"

	"yijianyou/internal/store"
)

// Update implements store.Engine.
func (e *Engine) Update(ctx context.Context, class store.Class, fn func(context.Context, store.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := e.enter(); err != nil {
		return err
	}
	defer e.running.Done()
	if class == store.Bulk {
		select {
		case e.bulk <- struct{}{}:
			defer func() { <-e.bulk }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	began := time.Now()
	var in standing
	var orphaned error
	defer in.leave()
	eager := false
	for attempt := 1; ; attempt++ {
		w, err := e.attempt(ctx, &in, eager, fn)
		if w == nil {
			return err
		}
		if w.late {
			eager = true // and the func is told at the right place
			continue
		}
		colliding := time.Since(began)
		if colliding > e.opts.RetryFor {
			return store.ErrUnavailable.Wrap(errors.Join(err, orphaned))
		}
		if err := e.orphan.end(ctx, e, colliding); err != nil {
			orphaned = err // told when all is in vain
		}
		if err := in.move(ctx, &e.lanes, w.last); err != nil {
			return err
		}
		if attempt > 2 { // whoever has a lane to himself need not wait
			if err := pause(ctx, attempt); err != nil {
				return err
			}
		}
	}
}

// pause waits a little, longer with each attempt, and never as long as another.
func pause(ctx context.Context, attempt int) error {
	most := time.Millisecond << min(attempt, 6)
	t := time.NewTimer(rand.N(most))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// attempt runs the transaction once. A writer in the result says that it came
// to nothing and may be run again; err is then why.
func (e *Engine) attempt(ctx context.Context, in *standing, eager bool, fn func(context.Context, store.Writer) error) (again *writer, err error) {
	session, err := e.client.StartSession(options.Session().SetCausalConsistency(false))
	if err != nil {
		return nil, fail(ctx, err)
	}
	handedOver := false
	defer func() { // also when fn panics
		if !handedOver {
			e.abandon(ctx, session)
		}
	}()
	err = session.StartTransaction(options.Transaction().SetReadConcern(readconcern.Snapshot()).
		SetWriteConcern(durable()).SetReadPreference(readpref.Primary()))
	if err != nil {
		return nil, fail(ctx, err)
	}
	patient, stop := e.patient(ctx)
	defer stop()
	w := &writer{source: source{engine: e, session: session, patient: patient}, in: in, eager: eager}
	err = fn(ctx, w)
	if err == nil && w.failed == nil {
		err = w.flush(ctx)
	}
	w.ended = true
	switch stopped := ctx.Err(); {
	case stopped != nil && err == nil:
		return nil, stopped
	case stopped == nil && (w.late || w.again()):
		return w, w.cause
	case err != nil:
		return nil, err
	case w.failed != nil:
		return nil, w.failed // fn made light of it, but the server has ended the transaction
	}
	handedOver = true
	return e.settle(ctx, w)
}

// patient returns the context of the statements of a transaction. It ends a
// while after ctx does: a statement that is given up while it is under way may
// arrive after the abort that follows it, and would begin the transaction anew
// with nobody to end it. Between the statements ctx counts at once.
func (e *Engine) patient(ctx context.Context) (patient context.Context, stop func()) {
	patient, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unhook := context.AfterFunc(ctx, func() {
		t := time.NewTimer(e.opts.Select)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-patient.Done():
		}
	})
	return patient, func() { unhook(); cancel() }
}

// abandon ends a transaction without effect, whatever became of ctx. Without
// it the server would hold what was written until it loses patience.
func (e *Engine) abandon(ctx context.Context, session mongo.Session) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), e.opts.Select)
	defer cancel()
	// An abort that does not arrive is made up for by the next collision.
	_ = session.AbortTransaction(ctx)
	session.EndSession(ctx)
}

// settle commits. When ctx ends first the commit goes on without the caller,
// who is told that he does not know.
func (e *Engine) settle(ctx context.Context, w *writer) (again *writer, err error) {
	done := make(chan error, 1)
	e.running.Add(1)
	go func() {
		defer e.running.Done()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), e.opts.CommitFor)
		defer cancel()
		err := commit(ctx, w.session)
		done <- err
		if !decided(err) {
			e.kill(w.session)
		}
		e.abandon(ctx, w.session)
	}()
	select {
	case err = <-done:
	case <-ctx.Done():
		return nil, store.ErrOutcomeUnknown.Wrap(ctx.Err())
	}
	switch {
	case err == nil:
		return nil, nil
	case !decided(err):
		return nil, store.ErrOutcomeUnknown.Wrap(err)
	case labelled(err, labelTransient):
		return w, err
	}
	return nil, fail(ctx, err)
}

// kill ends, on the server, a transaction whose commit got no answer: the
// driver refuses to abort it. What is committed stays committed; what is not
// would hold its documents for a minute.
func (e *Engine) kill(session mongo.Session) {
	ctx, cancel := context.WithTimeout(context.Background(), e.opts.Select)
	defer cancel()
	_ = e.client.Database("admin").RunCommand(ctx, bson.D{{Key: "killSessions", Value: bson.A{session.ID()}}}).Err()
}

// decided reports whether err, the answer to a commit, says what became of it:
// nil, or an error that the server itself gave and that leaves no doubt. A
// broken connection, a deadline, a majority that cannot be reached say nothing.
func decided(err error) bool {
	var ce mongo.CommandError
	return err == nil || errors.As(err, &ce) && ce.Code != 0 && !ce.HasErrorLabel(labelUnknown) && !mongo.IsNetworkError(err)
}

// commit repeats the commit until the server has answered or ctx ends. To
// repeat it does no harm: the server remembers what became of the transaction.
func commit(ctx context.Context, session mongo.Session) error {
	for attempt := 1; ; attempt++ {
		err := session.CommitTransaction(ctx)
		if decided(err) {
			return err
		}
		if pause(ctx, attempt) != nil {
			return err
		}
	}
}
