package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Task is one attempt at a job, as its Handler gets it. It is safe for
// concurrent use.
type Task struct {
	ID      string
	Kind    string
	Key     string
	Attempt int // from 1
	st      *Store
	lease   time.Duration
	fence   int64
	payload []byte
	stop    context.CancelCauseFunc // ends the context of the handler

	mu    sync.Mutex
	wrote time.Time // when progress was last stored
}

// Decode reads the payload into v, a pointer.
func (t *Task) Decode(v any) error {
	if err := decodeValue(t.payload, v); err != nil {
		return fmt.Errorf("store: payload of job %s %s: %w", t.Kind, t.ID, err)
	}
	return nil
}

// Fence makes the transaction fail when this attempt no longer has the job. A
// handler calls it in each transaction whose effect must not come from two
// workers.
//
// Errors: ErrLeaseLost.
func (t *Task) Fence(tx *Tx) error {
	if err := tx.Guard(jobGuard(t.ID)); err != nil {
		return err
	}
	_, err := t.job(tx)
	return err
}

// progressEvery is how often progress is stored at most.
const progressEvery = 500 * time.Millisecond

// Progress stores how far the work is, in units of the handler; total 0 is not
// known. It is stored at most twice a second, and always at the end. It also
// renews the lease, and ends the context of the handler when the job is cancelled.
//
// Errors: ErrLeaseLost, after which the handler should return.
func (t *Task) Progress(ctx context.Context, done, total int64) error {
	now := t.st.Now()
	t.mu.Lock()
	if now.Sub(t.wrote) < progressEvery && (total == 0 || done < total) {
		t.mu.Unlock()
		return nil
	}
	t.wrote = now
	t.mu.Unlock()
	cancelled := false
	err := t.change(ctx, func(job *Job, now time.Time) {
		job.Done, job.Total, job.DueAt = done, total, now.Add(t.lease)
		cancelled = job.Cancel
	})
	if err == nil && cancelled {
		t.stop(errCancelled)
	}
	return err
}

// errCancelled is why the context of a cancelled task ended.
var errCancelled = errors.New("store: the job was cancelled")

// renew extends the lease; errCancelled when the job shall stop.
func (t *Task) renew(ctx context.Context) error {
	var cancelled bool
	err := t.change(ctx, func(job *Job, now time.Time) {
		job.DueAt = now.Add(t.lease)
		cancelled = job.Cancel
	})
	if err == nil && cancelled {
		return errCancelled
	}
	return err
}

// change changes the job while this attempt has it.
func (t *Task) change(ctx context.Context, fn func(*Job, time.Time)) error {
	return t.st.Update(ctx, jobsActor, func(tx *Tx) error {
		job, err := t.job(tx)
		if err != nil {
			return err
		}
		fn(job, tx.now)
		return Jobs.Put(tx, job)
	})
}

// job returns the stored job if this attempt still has it.
func (t *Task) job(tx *Tx) (*Job, error) {
	job, err := Jobs.Get(tx.ctx, tx, t.ID)
	if errors.Is(err, ErrNotFound) || err == nil && (job.State != JobRunning || job.Fence != t.fence) {
		return nil, ErrLeaseLost.New()
	}
	return job, err
}
