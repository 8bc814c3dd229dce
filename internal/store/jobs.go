package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// JobState is where a job stands.
type JobState string

const (
	JobQueued    JobState = "queued"    // waits for DueAt and a worker
	JobRunning   JobState = "running"   // a worker has it until DueAt, then another may take it
	JobDone      JobState = "done"      // ended well
	JobFailed    JobState = "failed"    // ended for good: out of attempts, or trying again cannot help
	JobCancelled JobState = "cancelled" // ended by Cancel
)

// Ended reports whether s is final.
func (s JobState) Ended() bool { return s == JobDone || s == JobFailed || s == JobCancelled }

// Job is durable work: it survives the process, is tried again after a failure
// and has one worker at a time. It runs at least once, so a handler must bear
// being run again after it had finished but could not say so.
type Job struct {
	Meta        `bson:",inline"`
	Kind        string    `bson:"kind"`             // which Handler, such as "media.pyramid"
	Key         string    `bson:"key,omitempty"`    // see NewJob
	Active      string    `bson:"active,omitempty"` // kind and key while the job has not ended
	State       JobState  `bson:"state"`
	DueAt       time.Time `bson:"dueAt"`           // queued: not before; running: end of the lease; ended: when
	Payload     bson.Raw  `bson:"payload"`         // {"v": …}
	Again       bson.Raw  `bson:"again,omitempty"` // payload of another run, asked for while this one was running
	Attempts    int       `bson:"attempts"`        // begun so far, the present one included
	MaxAttempts int       `bson:"maxAttempts"`
	Owner       string    `bson:"owner,omitempty"`     // the worker, while running
	Fence       int64     `bson:"fence"`               // grows each time that a worker takes the job
	Cancel      bool      `bson:"cancel,omitempty"`    // asked for while running
	Done        int64     `bson:"done"`                // progress, in units of the handler
	Total       int64     `bson:"total"`               // 0 is not known
	Fault       *JobFault `bson:"fault,omitempty"`     // of the last attempt; nil when it went well
	AskedBy     string    `bson:"askedBy,omitempty"`   // id of the actor who enqueued it
	StartedAt   time.Time `bson:"startedAt,omitempty"` // of the last attempt; zero before the first
}

// JobFault is what went wrong, in public words.
type JobFault struct {
	Code string `bson:"code" json:"code"`
	ZH   string `bson:"zh" json:"zh"`
	EN   string `bson:"en" json:"en"`
}

// Jobs is the collection of all jobs. Indexes: byState (state, kind, dueAt),
// byActive (unique), byKind (kind, createdAt), byKey (kind, key, createdAt).
var Jobs = Define[Job](Spec{Name: "jobs", Schema: 1, Indexes: []Index{
	{Name: "byState", Parts: []Part{{Path: "state"}, {Path: "kind"}, {Path: "dueAt", Kind: Time}}},
	{Name: "byActive", Parts: []Part{{Path: "active"}}, Unique: true},
	{Name: "byKind", Parts: []Part{{Path: "kind"}, {Path: "createdAt", Kind: Time}}},
	{Name: "byKey", Parts: []Part{{Path: "kind"}, {Path: "key"}, {Path: "createdAt", Kind: Time}}},
}})

// NewJob describes work to be done.
type NewJob struct {
	Kind string
	// Key, when not empty, makes the job the only one of its kind and key that
	// has not ended: Enqueue then renews the one that is there. One that waits
	// gets the newer payload, one that runs will run again with it.
	Key         string
	Org         actor.OrgID // whose work it is; empty for the city's
	Payload     any         // anything that BSON can hold; read it with Task.Decode
	RunAt       time.Time   // not before; zero is now
	MaxAttempts int         // 0 means 8
}

const defaultAttempts = 8

// Enqueue adds a job in the transaction and returns its id: it runs if and only
// if the transaction commits.
func Enqueue(tx *Tx, n NewJob) (id string, err error) {
	if n.Kind == "" || n.MaxAttempts < 0 {
		return "", errors.New("store: a job needs a kind and a number of attempts that is not negative")
	}
	payload, err := bson.Marshal(bson.D{{Key: "v", Value: n.Payload}})
	if err != nil {
		return "", fmt.Errorf("store: payload of job %s: %w", n.Kind, err)
	}
	due := n.RunAt.UTC().Truncate(time.Millisecond)
	if n.RunAt.IsZero() {
		due = tx.now
	}
	tx.enqueued = true
	if n.Key != "" {
		job, err := Jobs.One(tx.ctx, tx, Query{Index: "byActive", Equal: []any{activeKey(n.Kind, n.Key)}})
		if err == nil {
			if job.State == JobRunning {
				job.Again = payload
			} else {
				job.Payload = payload
				if due.Before(job.DueAt) {
					job.DueAt = due
				}
			}
			return job.ID, Jobs.Put(tx, job)
		}
		if !errors.Is(err, ErrNotFound) {
			return "", err
		}
	}
	job := &Job{Meta: Meta{Org: n.Org}, Kind: n.Kind, Key: n.Key, Active: activeKey(n.Kind, n.Key), State: JobQueued, DueAt: due,
		Payload: payload, MaxAttempts: n.MaxAttempts, AskedBy: tx.by.ID}
	if job.MaxAttempts == 0 {
		job.MaxAttempts = defaultAttempts
	}
	err = Jobs.Put(tx, job)
	return job.ID, err
}

// activeKey is the unique key of a job that has not ended, "" without a Key.
func activeKey(kind, key string) string {
	if key == "" {
		return ""
	}
	return kind + "\x00" + key
}

// CancelJob ends a job that waits and asks one that runs to stop: its context
// ends at the next Progress or renewal of its lease. One that has ended stays as it is.
//
// Errors: ErrNotFound.
func CancelJob(tx *Tx, id string) error {
	job, err := Jobs.Get(tx.ctx, tx, id)
	if err != nil {
		return err
	}
	switch {
	case job.State.Ended():
		return nil
	case job.State == JobRunning:
		job.Cancel, job.Again = true, nil
	default:
		job.end(JobCancelled, tx.now)
	}
	return Jobs.Put(tx, job)
}

// RetryJob queues a job that failed or was cancelled once more, with all its
// attempts.
//
// Errors: ErrNotFound, ErrJobState when it has not ended or went well,
// ErrDuplicate when another job has taken its place.
func RetryJob(tx *Tx, id string) error {
	job, err := Jobs.Get(tx.ctx, tx, id)
	if err != nil {
		return err
	}
	if job.State != JobFailed && job.State != JobCancelled {
		return ErrJobState.New()
	}
	tx.enqueued = true
	job.queue(tx.now)
	job.Attempts, job.Active = 0, activeKey(job.Kind, job.Key)
	return Jobs.Put(tx, job)
}

// queue makes the job wait until at.
func (j *Job) queue(at time.Time) {
	j.State, j.DueAt, j.Owner, j.Cancel = JobQueued, at, "", false
}

// end makes s the final state, unless another run was asked for meanwhile.
func (j *Job) end(s JobState, now time.Time) {
	if j.Again != nil {
		j.queue(now)
		j.Payload, j.Again, j.Attempts, j.Done, j.Total = j.Again, nil, 0, 0, 0
		return
	}
	j.State, j.DueAt, j.Owner, j.Active, j.Cancel = s, now, "", "", false
}

// setFault keeps the public words of err.
func (j *Job) setFault(err error) {
	j.Fault = nil
	if f := fault.Of(err); f != nil {
		j.Fault = &JobFault{Code: f.Code().ID(), ZH: f.Text(fault.Chinese), EN: f.Text(fault.English)}
	}
}

// jobNews returns a channel that is closed when a job is enqueued through s.
func (s *Store) jobNews() <-chan struct{} {
	s.jobsMu.Lock()
	defer s.jobsMu.Unlock()
	if s.jobsNews == nil {
		s.jobsNews = make(chan struct{})
	}
	return s.jobsNews
}

func (s *Store) announceJob() {
	s.jobsMu.Lock()
	defer s.jobsMu.Unlock()
	if s.jobsNews != nil {
		close(s.jobsNews)
		s.jobsNews = nil
	}
}

// claim takes the job of these kinds that has been due longest and returns it
// running, or nil when there is none. A job whose worker has not been heard of
// since its lease ended counts as due; when it has no attempts left it fails.
func (s *Store) claim(ctx context.Context, kinds []string, owner string, lease time.Duration) (*Job, error) {
	var claimed *Job
	err := s.Update(ctx, jobsActor, func(tx *Tx) error {
		claimed = nil
		for {
			job, err := oldestDue(tx, kinds)
			if err != nil || job == nil {
				return err
			}
			if err := tx.Guard(jobGuard(job.ID)); err != nil {
				return err
			}
			lost := job.State == JobRunning
			if lost && (job.Cancel || job.Attempts >= job.MaxAttempts) {
				if job.Cancel {
					job.end(JobCancelled, tx.now)
				} else {
					job.setFault(ErrJobLost.New())
					job.end(JobFailed, tx.now)
				}
				if err := Jobs.Put(tx, job); err != nil {
					return err
				}
				continue
			}
			job.State, job.Owner, job.DueAt, job.StartedAt = JobRunning, owner, tx.now.Add(lease), tx.now
			job.Attempts++
			job.Fence++
			if err := Jobs.Put(tx, job); err != nil {
				return err
			}
			claimed = job
			return nil
		}
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

func oldestDue(tx *Tx, kinds []string) (*Job, error) {
	var oldest *Job
	for _, kind := range kinds {
		for _, state := range []JobState{JobQueued, JobRunning} {
			job, err := Jobs.One(tx.ctx, tx, Query{Index: "byState", Equal: []any{string(state), kind}, Before: tx.now.Add(time.Millisecond)})
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if oldest == nil || job.DueAt.Before(oldest.DueAt) {
				oldest = job
			}
		}
	}
	return oldest, nil
}

var jobsActor = actor.SystemPart("jobs")

func jobGuard(id string) string { return "job:" + id }
