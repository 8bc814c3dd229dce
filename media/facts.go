package media

import (
	"context"
	"errors"
	"slices"

	"yijianyou/internal/store"
)

// Facts are what staff want to know of an asset beside itself.
type Facts struct {
	Rights      Rights
	Why         Why
	Fixity      *Fixity
	Served      bool  // everybody gets it now
	Working     bool  // tiles are being made or wait for it: of the picture, or of what the public gets
	Done, Total int64 // of that, rows of tiles; Total 0 is not known
}

// Facts returns what follows for a from everything else. It asks nobody's right.
func (s *Service) Facts(ctx context.Context, a *Asset) (Facts, error) {
	var f Facts
	err := s.st.Snapshot(ctx, func(r store.Reader) (err error) {
		if f.Rights, f.Why, err = s.Rights(ctx, r, a); err != nil {
			return err
		}
		if f.Fixity, err = s.FixityOf(ctx, r, a.ID); err != nil {
			return err
		}
		want := formOf(a, f.Rights)
		public := f.Rights.Audience == Public
		f.Served = public && a.made(want)
		kind, key := "", ""
		switch {
		case a.State == Uploaded || a.State == Processing:
			kind, key = JobPyramid, a.ID
		case a.State == Ready && public && !f.Served:
			kind, key = JobDraw, drawKey(a, want)
		default:
			return nil
		}
		job, err := store.Jobs.One(ctx, r, store.Query{Index: "byKey", Equal: []any{kind, key}, Reverse: true})
		switch {
		case errors.Is(err, store.ErrNotFound) || err == nil && job.State == store.JobDone: // a changed policy asks for it soon
			f.Working, err = true, nil
		case err == nil && !job.State.Ended():
			f.Working, f.Done, f.Total = true, job.Done, job.Total
		}
		return err
	})
	return f, err
}

// Grades returns the codes that a Rule may name.
func (s *Service) Grades() []string { return slices.Clone(s.cfg.Grades) }
