package load

import (
	"context"
	"errors"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// The kinds of job.
const (
	writeJob = "load.write"
	undoJob  = "load.undo"
)

// errand is what a job is to do.
type errand struct {
	Load string          `bson:"load"`
	By   heritage.Person `bson:"by"`
}

// Handlers are the jobs of this package, for the runner.
func (s *Service) Handlers() map[string]store.Handler {
	return map[string]store.Handler{
		writeJob: func(ctx context.Context, t *store.Task) error {
			var e errand
			if err := t.Decode(&e); err != nil {
				return err
			}
			return s.write(ctx, e, t.Progress)
		},
		undoJob: func(ctx context.Context, t *store.Task) error {
			var e errand
			if err := t.Decode(&e); err != nil {
				return err
			}
			return s.undo(ctx, e, t.Progress)
		},
	}
}

// progress tells how far a job has come.
type progress func(ctx context.Context, done, total int64) error

// Write begins to write the rows that are ready, and the doubtful ones that
// were accepted, as drafts. A durable job does it and goes on where it was cut
// off; the load is closed when it ends.
//
// Errors: ErrNotFound, ErrState, ErrNoName, ErrNothing.
func (s *Service) Write(ctx context.Context, by actor.Actor, id string) (*Load, error) {
	return s.begin(ctx, by, id, writeJob, "", func(tx *store.Tx, l *Load) error {
		if l.State != Checked && l.State != Closed {
			return ErrState.New()
		}
		t, err := s.target(l.Kind)
		if err != nil {
			return err
		}
		if err := t.checkMapping(l.Mapping, len(l.Header)); err != nil {
			return err
		}
		if l.Counts.Ready == 0 {
			return ErrNothing.New()
		}
		l.State = Writing
		return nil
	})
}

// Undo begins to take back what a load wrote: every draft that nobody has
// touched since is removed with a tombstone, the others stay and are counted.
// A load of which nothing was written is only marked.
//
// Errors: ErrNotFound, ErrState, store.ErrReason.
func (s *Service) Undo(ctx context.Context, by actor.Actor, id, reason string) (*Load, error) {
	if heritage.TidyText(reason) == "" {
		return nil, store.ErrReason.New()
	}
	return s.begin(ctx, by, id, undoJob, reason, func(tx *store.Tx, l *Load) error {
		if l.State == Cancelled || l.State == Undoing {
			return ErrState.New()
		}
		if l.State == Writing && l.JobID != "" {
			if err := store.CancelJob(tx, l.JobID); err != nil {
				return err
			}
		}
		l.State, l.Reason = Undoing, heritage.TidyText(reason)
		return nil
	})
}

// begin checks and changes a load and enqueues the job, in one transaction.
func (s *Service) begin(ctx context.Context, by actor.Actor, id, job, reason string, change func(*store.Tx, *Load) error) (*Load, error) {
	var out *Load
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		l, err := s.load(tx.Context(), tx, by, id)
		if err != nil {
			return err
		}
		if err := change(tx, l); err != nil {
			return err
		}
		if l.JobID, err = store.Enqueue(tx, store.NewJob{Kind: job, Key: id, Org: l.Org, Payload: errand{Load: id, By: heritage.PersonOf(by)}}); err != nil {
			return err
		}
		tx.Describe(job, reason)
		out = l
		return loads.Put(tx, l)
	})
	return out, err
}

// errRow is a row that cannot be written, with why.
type errRow struct {
	line int
	err  error
}

func (e errRow) Error() string { return e.err.Error() }
func (e errRow) Unwrap() error { return e.err }

// write writes every ready row, in batches, and closes the load. Run again
// after it was cut off, it goes on with the rows that are not yet written.
func (s *Service) write(ctx context.Context, e errand, tell progress) error {
	l, err := loads.Get(ctx, s.st, e.Load)
	if err != nil {
		return err
	}
	if l.State != Writing { // closed by an earlier run, or being undone
		return nil
	}
	t, err := s.target(l.Kind)
	if err != nil {
		return err
	}
	holders, err := s.holding(ctx, l)
	if err != nil {
		return err
	}
	by := onBehalf(e.By)
	total := int64(l.Counts.Ready)
	for done := int64(0); ; {
		n, err := s.writeBatch(ctx, by, t, l.ID, holders)
		var bad errRow
		if errors.As(err, &bad) {
			if err := s.markFaulty(ctx, by, l.ID, bad); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		done += int64(n)
		if err := tell(ctx, done, max(total, done)); err != nil {
			return err
		}
	}
	return s.finish(ctx, by, l.ID, Writing, Closed)
}

// writeBatch writes the next rows in one transaction: drafts, rows and counts
// together. It returns how many, 0 when none is left.
func (s *Service) writeBatch(ctx context.Context, by actor.Actor, t target, id string, holders Holding) (int, error) {
	n := 0
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		n = 0
		l, err := loads.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		if l.State != Writing {
			return ErrState.New()
		}
		page, err := rows.Find(tx.Context(), tx, store.Query{Index: "byState", Equal: []any{id, string(Ready)}, Limit: batch})
		if err != nil {
			return err
		}
		for _, row := range page.Items {
			tx.Describe("load.create", l.File)
			record, err := t.create(tx, l, holders, row)
			if err != nil {
				switch fault.KindOf(err) {
				case fault.Invalid, fault.Conflict, fault.Denied, fault.NotFound:
					if !errors.Is(err, store.ErrConflict) {
						return errRow{row.Line, err}
					}
				}
				return err
			}
			row.RecordID, row.State = record, Written
			if err := rows.Put(tx, row); err != nil {
				return err
			}
			l.Counts.move(Ready, Written)
			n++
		}
		if n == 0 {
			return nil
		}
		tx.Describe("load.progress", "")
		return loads.Put(tx, l)
	}, store.AsBulk)
	return n, err
}

// markFaulty says in a row why it could not be written.
func (s *Service) markFaulty(ctx context.Context, by actor.Actor, id string, bad errRow) error {
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		l, err := loads.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		row, err := rows.Get(tx.Context(), tx, rowID(id, bad.line))
		if err != nil {
			return err
		}
		f := fault.Of(bad.err)
		row.Problems = append(row.Problems, Problem{Column: -1, Code: f.Code().ID(), Fatal: true,
			Message: heritage.Text{ZH: f.Text(fault.Chinese), EN: f.Text(fault.English)}})
		for _, field := range f.Fields() {
			row.Problems = append(row.Problems, Problem{Column: -1, Code: field.Code.ID(), Fatal: true,
				Message: heritage.Text{ZH: field.Text(fault.Chinese), EN: field.Text(fault.English)}})
		}
		l.Counts.move(row.State, Faulty)
		row.State = Faulty
		if err := rows.Put(tx, row); err != nil {
			return err
		}
		tx.Describe("load.progress", "")
		return loads.Put(tx, l)
	})
}

// finish takes a load from one state to the next.
func (s *Service) finish(ctx context.Context, by actor.Actor, id string, from, to State) error {
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		l, err := loads.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		if l.State != from {
			return nil
		}
		now := tx.Now()
		l.State, l.JobID = to, ""
		if to == Closed {
			l.ClosedAt = &now
		} else {
			l.UndoneAt = &now
		}
		tx.Describe("load."+string(to), l.Reason)
		return loads.Put(tx, l)
	})
}

// undo takes back the written rows of a load, last first, and marks it undone.
func (s *Service) undo(ctx context.Context, e errand, tell progress) error {
	l, err := loads.Get(ctx, s.st, e.Load)
	if err != nil {
		return err
	}
	if l.State != Undoing {
		return nil
	}
	t, err := s.target(l.Kind)
	if err != nil {
		return err
	}
	by := onBehalf(e.By)
	total := int64(l.Counts.Written)
	for done := int64(0); ; {
		n, err := s.undoBatch(ctx, by, t, l.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		done += int64(n)
		if err := tell(ctx, done, max(total, done)); err != nil {
			return err
		}
	}
	return s.finish(ctx, by, l.ID, Undoing, Cancelled)
}

func (s *Service) undoBatch(ctx context.Context, by actor.Actor, t target, id string) (int, error) {
	n := 0
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		n = 0
		l, err := loads.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		page, err := rows.Find(tx.Context(), tx, store.Query{Index: "byState", Equal: []any{id, string(Written)}, Reverse: true, Limit: batch})
		if err != nil {
			return err
		}
		for _, row := range page.Items {
			ok, err := t.remove(tx, row.RecordID, l.Reason)
			if err != nil {
				return err
			}
			row.State = Kept
			if ok {
				row.State, row.RecordID = Undone, ""
			}
			l.Counts.move(Written, row.State)
			if err := rows.Put(tx, row); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return nil
		}
		tx.Describe("load.progress", "")
		return loads.Put(tx, l)
	}, store.AsBulk)
	return n, err
}
