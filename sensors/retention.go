package sensors

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// RetentionJob is the kind of the job that removes what has been kept long enough.
const RetentionJob = "sensors.retention"

// Retention says for how many days each kind is kept; 0 is for good. Samples, stays
// and passages must be kept for longer than clockBehind: what comes late changes
// them. What is under an open alarm or of a relic that is out is kept
// until that has ended.
type Retention struct {
	Sightings  int // the newest day before that of each tag stays
	Readings   int
	Counts     int // the figures of the days stay (Occupancy)
	Stays      int // since they ended
	Passages   int
	Deliveries int
	Refusals   int // since they last happened
}

// How much a transaction of the job looks at, and how often the job runs.
const (
	retentionBatch = 100
	retentionEvery = 24 * time.Hour
)

var retentionActor = actor.SystemPart("retention")

// retentionRun is how far the run of a job has come, so that one that was killed
// goes on from there. Its id is that of the job; it is removed when the run ends.
type retentionRun struct {
	store.Meta `bson:",inline"`
	Now        time.Time `bson:"now"`     // when it began: what is old is decided by it
	Part       int       `bson:"part"`    // of retentionParts
	After      string    `bson:"after"`   // last channel or id of the part that was looked at
	Removed    []int     `bson:"removed"` // documents, by part
}

var retentionRuns = store.Define[retentionRun](store.Spec{Name: "retentionruns", Schema: 1})

// retentionPart removes what is old of one kind. step looks at up to
// retentionBatch things whose names come after the name after.
type retentionPart struct {
	name string
	days func(Retention) int
	step func(k *remover, after string) (looked, error)
}

var retentionParts = [...]retentionPart{
	{"sightings", func(r Retention) int { return r.Sightings }, (*remover).sightings},
	{"readings", func(r Retention) int { return r.Readings }, (*remover).readings},
	{"counts", func(r Retention) int { return r.Counts }, (*remover).counts},
	{"stays", func(r Retention) int { return r.Stays }, (*remover).stays},
	{"passages", func(r Retention) int { return r.Passages }, (*remover).passages},
	{"deliveries", func(r Retention) int { return r.Deliveries }, (*remover).deliveries},
	{"refusals", func(r Retention) int { return r.Refusals }, (*remover).refusals},
}

// RetentionHandlers returns the handler of the job that removes what is old.
func (s *Service) RetentionHandlers() map[string]store.Handler {
	return map[string]store.Handler{RetentionJob: s.runRetention}
}

// BeginRetention sees to it that the job runs each day.
func (s *Service) BeginRetention(ctx context.Context) error { return s.nextRetention(ctx) }

// nextRetention asks for the next run. However often it is called before then,
// there is one.
func (s *Service) nextRetention(ctx context.Context) error {
	return s.st.Update(ctx, retentionActor, func(tx *store.Tx) error {
		at := tx.Now().Truncate(retentionEvery).Add(retentionEvery)
		_, err := store.Enqueue(tx, store.NewJob{Kind: RetentionJob, Key: "at/" + at.Format(time.RFC3339), RunAt: at})
		return err
	})
}

// runRetention removes what is old in small transactions, after which others go
// first, and writes one line into the audit trail.
func (s *Service) runRetention(ctx context.Context, task *store.Task) error {
	if err := s.nextRetention(ctx); err != nil {
		return err
	}
	for ended := false; !ended; {
		err := s.st.Update(ctx, retentionActor, func(tx *store.Tx) (err error) {
			if err := task.Fence(tx); err != nil {
				return err
			}
			ended, err = s.retainIn(tx, task.ID)
			return err
		}, store.AsBulk)
		if err != nil {
			return err
		}
	}
	return nil
}

// retainIn does the next batch of a run; ended is whether that was the last.
func (s *Service) retainIn(tx *store.Tx, id string) (ended bool, err error) {
	run, err := retentionRuns.Get(tx.Context(), tx, id)
	if errors.Is(err, store.ErrNotFound) {
		run, err = &retentionRun{Meta: store.Meta{ID: id}, Now: tx.Now(), Removed: make([]int, len(retentionParts))}, nil
	}
	if err != nil {
		return false, err
	}
	for run.Part < len(retentionParts) {
		part := retentionParts[run.Part]
		days := part.days(s.retention)
		if days == 0 {
			run.Part, run.After = run.Part+1, ""
			continue
		}
		k := &remover{s: s, tx: tx, now: run.Now, before: run.Now.Add(-time.Duration(days) * 24 * time.Hour)}
		l, err := part.step(k, run.After)
		if err != nil {
			return false, fmt.Errorf("retention of %s: %w", part.name, err)
		}
		run.Removed[run.Part] += l.removed
		if run.After = l.last; !l.more {
			run.Part, run.After = run.Part+1, ""
		}
		return false, retentionRuns.Put(tx, run)
	}
	if run.Rev > 0 {
		if err := retentionRuns.Delete(tx, run.ID, run.Rev, ""); err != nil {
			return false, err
		}
	}
	return true, tx.Audit("", "retention", id, "retention.run", run.said(s.retention))
}

// said is the line of the audit trail.
func (r *retentionRun) said(kept Retention) string {
	var b strings.Builder
	for i, part := range retentionParts {
		if i > 0 {
			b.WriteString(", ")
		}
		if days := part.days(kept); days > 0 {
			fmt.Fprintf(&b, "%s %d d: %d", part.name, days, r.Removed[i])
		} else {
			fmt.Fprintf(&b, "%s kept", part.name)
		}
	}
	return b.String()
}
