package sensors

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// The watch looks every watchEvery. Of several nodes the one that has the lease
// looks; when it dies another takes over after watchLease.
const (
	watchEvery = 250 * time.Millisecond
	watchLease = 10 * time.Second
	watchRest  = 10 * time.Second // of a part that failed
	farBehind  = 5 * time.Second  // when what devices say is stored so late, none of them is called silent
	watchName  = "sensors-watch"
)

// watchPart is something that happens because time has passed.
type watchPart struct {
	name string
	// due asks an index whether something may be due at now.
	due func(ctx context.Context, r store.Reader, now time.Time) (bool, error)
	// moveIn does some of what is due, which is then due no more.
	moveIn func(tx *store.Tx, now time.Time) error
}

// parts are the parts of the watch, in their order.
func (w *watch) parts() []watchPart {
	s := w.s
	return []watchPart{
		{"devices", anyDue(deviceStates, "byDue"), w.devicesDueIn}, // before tags: what no reader sees is not silent
		{"tags", anyDue(tagStates, "byDue"), func(tx *store.Tx, now time.Time) error { return s.tagsDueIn(tx, now, w.hearing) }},
		{"climate", anyDue(climateStates, "byDue"), func(tx *store.Tx, now time.Time) error { return s.climateDueIn(tx, now, w.hearing) }},
		{"escalation", anyDue(alarmDocs, "byEscalation"), s.escalateIn},
		{"overdue", marked("overdue"), s.overdueIn},
	}
}

// anyDue asks whether the index of a collection, whose only part is a time, has
// something up to now.
func anyDue[T any](docs *store.Collection[T], index string) func(context.Context, store.Reader, time.Time) (bool, error) {
	return func(ctx context.Context, r store.Reader, now time.Time) (bool, error) {
		n, err := docs.Count(ctx, r, store.Query{Index: index, Before: now.Add(time.Millisecond)}, 1)
		return n > 0, err
	}
}

// marked asks whether a part is to look again, see dueIn.
func marked(part string) func(context.Context, store.Reader, time.Time) (bool, error) {
	return func(ctx context.Context, r store.Reader, now time.Time) (bool, error) {
		mark, err := found(watchMarks.Get(ctx, r, part))
		return mark == nil || !now.Before(mark.NextAt), err
	}
}

// watch is the watch of one node. It is used by one goroutine.
type watch struct {
	s       *Service
	owner   string
	lease   *store.Lease         // nil while another node has it
	askAt   time.Time            // when to ask for the lease, or to renew it
	looked  time.Time            // the last round
	hearing time.Time            // since when devices that speak are heard
	paused  map[string]time.Time // parts that failed, until when
}

// RunWatch does what must happen because time has passed: devices that are not
// heard count as down, tags are where they have been long enough, alarms that
// nobody answers go on to others. It runs until ctx ends. Failures are logged, and
// the next round tries again.
func (s *Service) RunWatch(ctx context.Context) error {
	w := s.watch()
	defer w.release(ctx)
	for {
		w.round(ctx)
		select {
		case <-s.after(watchEvery):
		case <-ctx.Done():
			return nil
		}
	}
}

func (s *Service) watch() *watch {
	return &watch{s: s, owner: ids.New(), paused: make(map[string]time.Time)}
}

// release gives the lease back, so that another node need not wait.
func (w *watch) release(ctx context.Context) {
	if w.lease == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := w.lease.Release(ctx); err != nil {
		w.s.log.Warn("the watch could not be given back", "error", err)
	}
}

// round looks once.
func (w *watch) round(ctx context.Context) {
	now := w.s.st.Now()
	held, err := w.hold(ctx, now)
	if err == nil && held {
		if now.Sub(w.looked) > watchLease || w.s.pipe.behind(now) > farBehind { // the machine slept, or is too slow
			w.hearing = now
		}
		w.hearing = laterOf(w.hearing, w.s.pipe.troubleAt())
		for _, part := range w.parts() {
			if err = w.do(ctx, part, now); err != nil {
				break
			}
		}
	}
	w.looked = now
	if err == nil || ctx.Err() != nil {
		return
	}
	w.hearing = now
	if errors.Is(err, store.ErrLeaseLost) {
		w.lease, w.askAt = nil, now.Add(watchLease/3)
		return
	}
	w.s.log.Error("the watch failed", "error", err)
}

// hold takes or renews the lease when it is time; false while another has it.
func (w *watch) hold(ctx context.Context, now time.Time) (bool, error) {
	if now.Before(w.askAt) {
		return w.lease != nil, nil
	}
	if w.lease != nil {
		if err := w.lease.Renew(ctx); err != nil {
			return false, err
		}
		w.askAt = now.Add(watchLease / 3)
		return true, nil
	}
	lease, err := w.s.st.Lease(ctx, watchName, w.owner, watchLease)
	switch {
	case errors.Is(err, store.ErrLeaseHeld):
		w.askAt = now.Add(watchLease / 3)
		return false, nil
	case err != nil:
		return false, err
	}
	w.lease, w.askAt, w.hearing = lease, now.Add(watchLease/3), now
	return true, nil
}

// do does what is due of a part. Failures of the database end the round; another
// must not stop the other parts, and this one rests for a while.
func (w *watch) do(ctx context.Context, part watchPart, now time.Time) error {
	if now.Before(w.paused[part.name]) {
		return nil
	}
	due, err := part.due(ctx, w.s.st, now)
	if err != nil || !due {
		return err
	}
	err = w.s.st.Update(ctx, ingest, func(tx *store.Tx) error {
		if err := tx.Fence(w.lease); err != nil {
			return err
		}
		return part.moveIn(tx, now)
	})
	if err == nil || errors.Is(err, store.ErrLeaseLost) || temporary(err) {
		return err
	}
	w.paused[part.name] = now.Add(watchRest)
	w.s.log.Error("a part of the watch failed", "part", part.name, "error", err)
	return nil
}

// devicesDueIn deals with devices that were not heard until their DueAt. Those
// that could not have been heard, because we did not listen or could not store
// what they said, get their time once more.
func (w *watch) devicesDueIn(tx *store.Tx, now time.Time) error {
	page, err := deviceStates.Find(tx.Context(), tx, store.Query{Index: "byDue", Before: now.Add(time.Millisecond), Limit: watchPage})
	if err != nil {
		return err
	}
	for _, st := range page.Items {
		d, err := found(deviceDocs.Get(tx.Context(), tx, st.ID))
		if err != nil {
			return err
		}
		if d != nil && !d.Fields.Retired && !st.Down {
			if again := d.Fields.dueAfter(w.hearing); again.After(now) {
				st.DueAt = &again
				if err := deviceStates.Put(tx, st); err != nil {
					return err
				}
				continue
			}
		}
		if err := w.s.deviceDueIn(tx, st); err != nil {
			return err
		}
	}
	return nil
}
