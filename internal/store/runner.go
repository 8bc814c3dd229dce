package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
)

// Handler does the work of a job. ctx ends when the program stops, when the
// job is cancelled or when another worker has taken it over. An error means
// another attempt after a pause, unless its fault says that trying again
// cannot help: invalid, not found, denied, too large, unsupported.
type Handler func(ctx context.Context, t *Task) error

// RunnerOptions say what a Runner does. Only Handlers is required.
type RunnerOptions struct {
	Handlers map[string]Handler // by kind; jobs of other kinds are left to others
	Workers  int                // at the same time; 0 means 1
	Log      *slog.Logger       // nil means slog.Default
	Owner    string             // shown as the owner of running jobs; "" means random
	Lease    time.Duration      // after which a silent worker loses its job; 0 means a minute
	Poll     time.Duration      // between two looks for jobs of other processes; 0 means two seconds
	Keep     time.Duration      // how long ended jobs are kept; 0 means 30 days
	// Backoff is the pause after the attempt of that number; nil means 5 s
	// doubled each time, at most an hour.
	Backoff func(attempt int) time.Duration
	// After is the clock of the pauses; nil means time.After. What is due is
	// decided by the clock of the Store.
	After func(time.Duration) <-chan time.Time
}

// Runner takes jobs and runs their handlers.
type Runner struct {
	st    *Store
	o     RunnerOptions
	kinds []string

	mu     sync.Mutex
	pruned time.Time
}

// NewRunner returns a Runner; Run or Drain start it.
func NewRunner(st *Store, o RunnerOptions) *Runner {
	if o.Workers <= 0 {
		o.Workers = 1
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Owner == "" {
		o.Owner = ids.New()
	}
	if o.Lease <= 0 {
		o.Lease = time.Minute
	}
	if o.Poll <= 0 {
		o.Poll = 2 * time.Second
	}
	if o.Keep <= 0 {
		o.Keep = 30 * 24 * time.Hour
	}
	if o.Backoff == nil {
		o.Backoff = backoff
	}
	if o.After == nil {
		o.After = time.After
	}
	return &Runner{st: st, o: o, kinds: slices.Sorted(maps.Keys(o.Handlers))}
}

func backoff(attempt int) time.Duration {
	return min(5*time.Second<<min(attempt-1, 20), time.Hour)
}

// Run works until ctx ends and the handlers have returned. Jobs that it had to
// leave are queued again and do not lose an attempt.
func (r *Runner) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	for range r.o.Workers {
		wg.Go(func() { r.work(ctx) })
	}
	wg.Wait()
	return nil
}

func (r *Runner) work(ctx context.Context) {
	for ctx.Err() == nil {
		news := r.st.jobNews() // taken first: what is enqueued from here on is heard
		ran, err := r.step(ctx)
		if err != nil && ctx.Err() == nil {
			r.o.Log.Error("jobs: cannot take or settle a job", "error", err)
		}
		if ran && err == nil {
			continue
		}
		if err == nil {
			r.prune(ctx)
		}
		select {
		case <-news:
		case <-r.o.After(r.o.Poll):
		case <-ctx.Done():
		}
	}
}

// Drain runs what is due, one job after the other in the calling goroutine,
// until nothing is, and returns how many attempts that were.
func (r *Runner) Drain(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		ran, err := r.step(ctx)
		if err != nil || !ran {
			return n, err
		}
	}
}

// step takes and runs one job; ran is false when none was due.
func (r *Runner) step(ctx context.Context) (ran bool, err error) {
	job, err := r.st.claim(ctx, r.kinds, r.o.Owner, r.o.Lease)
	if err != nil || job == nil {
		return false, err
	}
	t := &Task{ID: job.ID, Kind: job.Kind, Key: job.Key, Attempt: job.Attempts, st: r.st, lease: r.o.Lease, fence: job.Fence, payload: job.Payload}
	return true, r.attempt(ctx, t)
}

// attempt runs the handler while it renews the lease, and settles the job.
func (r *Runner) attempt(ctx context.Context, t *Task) error {
	work, stop := context.WithCancelCause(ctx)
	t.stop = stop
	var renewing sync.WaitGroup
	ended := make(chan struct{})
	renewing.Go(func() { r.renew(ctx, t, stop, ended) })
	err, cause := func() (error, error) {
		defer renewing.Wait()
		defer close(ended) // also when the handler unwinds its goroutine
		defer stop(nil)
		err := r.handle(work, t)
		return err, context.Cause(work)
	}()
	if errors.Is(cause, ErrLeaseLost) || errors.Is(err, ErrLeaseLost) {
		r.o.Log.Warn("jobs: another worker has taken the job", "kind", t.Kind, "job", t.ID)
		return nil
	}
	// Settled even while the program stops.
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	settled := t.change(settle, func(job *Job, now time.Time) {
		switch {
		case err == nil:
			job.setFault(nil)
			job.end(JobDone, now)
		case errors.Is(cause, errCancelled) || job.Cancel:
			job.end(JobCancelled, now)
		case ctx.Err() != nil:
			job.queue(now)
			job.Attempts--
		case job.Attempts >= job.MaxAttempts || !mayMend(err):
			job.setFault(err)
			job.end(JobFailed, now)
		default:
			job.setFault(err)
			job.queue(now.Add(r.o.Backoff(job.Attempts)))
		}
	})
	if err != nil && ctx.Err() == nil && !errors.Is(cause, errCancelled) {
		r.o.Log.Warn("jobs: an attempt failed", "kind", t.Kind, "job", t.ID, "attempt", t.Attempt, "error", err)
	}
	if errors.Is(settled, ErrLeaseLost) {
		r.o.Log.Warn("jobs: another worker has taken the job", "kind", t.Kind, "job", t.ID)
		return nil
	}
	return settled
}

// handle calls the handler; a panic is an error like others.
func (r *Runner) handle(ctx context.Context, t *Task) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("store: panic in the handler of job %s: %v\n%s", t.Kind, p, debug.Stack())
		}
	}()
	return r.o.Handlers[t.Kind](ctx, t)
}

// renew keeps the lease until ended is closed, and stops the work when the job
// is cancelled or lost.
func (r *Runner) renew(ctx context.Context, t *Task, stop context.CancelCauseFunc, ended <-chan struct{}) {
	for {
		select {
		case <-r.o.After(r.o.Lease / 3):
		case <-ended:
			return
		}
		err := t.renew(context.WithoutCancel(ctx))
		switch {
		case errors.Is(err, errCancelled), errors.Is(err, ErrLeaseLost):
			stop(err)
			return
		case err != nil:
			r.o.Log.Warn("jobs: cannot renew the lease of a job", "kind", t.Kind, "job", t.ID, "error", err)
		}
	}
}

// mayMend reports whether another attempt could end otherwise.
func mayMend(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound, fault.Denied, fault.TooLarge, fault.Unsupported:
		return false
	}
	return true
}

// prune removes jobs that ended long ago, once an hour, a hundred of each
// state and kind at a time.
func (r *Runner) prune(ctx context.Context) {
	now := r.st.Now()
	r.mu.Lock()
	due := now.Sub(r.pruned) >= time.Hour
	if due {
		r.pruned = now
	}
	r.mu.Unlock()
	if !due {
		return
	}
	err := r.st.Update(ctx, jobsActor, func(tx *Tx) error {
		for _, kind := range r.kinds {
			for _, state := range []JobState{JobDone, JobFailed, JobCancelled} {
				page, err := Jobs.Find(tx.ctx, tx, Query{Index: "byState", Equal: []any{string(state), kind}, Before: now.Add(-r.o.Keep), Limit: 100})
				if err != nil {
					return err
				}
				for _, job := range page.Items {
					if err := Jobs.Delete(tx, job.ID, job.Rev, ""); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}, AsBulk)
	if err != nil && ctx.Err() == nil {
		r.o.Log.Error("jobs: cannot remove old jobs", "error", err)
	}
}

// decodeValue reads the member v of a payload.
func decodeValue(payload bson.Raw, v any) error {
	rv, err := payload.LookupErr("v")
	if err != nil {
		return err
	}
	return rv.Unmarshal(v)
}
