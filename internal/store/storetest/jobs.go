package storetest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

type work struct {
	Name string `bson:"name"`
	N    int    `bson:"n"`
}

// never is a clock whose pauses do not end.
func never(time.Duration) <-chan time.Time { return nil }

func runner(st *store.Store, handlers map[string]store.Handler, more ...func(*store.RunnerOptions)) *store.Runner {
	o := store.RunnerOptions{Handlers: handlers, After: never, Log: slog.New(slog.DiscardHandler)}
	for _, m := range more {
		m(&o)
	}
	return store.NewRunner(st, o)
}

func enqueue(t *testing.T, st *store.Store, n store.NewJob) (id string) {
	t.Helper()
	update(t, st, func(tx *store.Tx) (err error) {
		id, err = store.Enqueue(tx, n)
		return err
	})
	return id
}

func drain(t *testing.T, r *store.Runner, want int) {
	t.Helper()
	n, err := r.Drain(t.Context())
	must(t, err)
	if n != want {
		t.Errorf("%d attempts, want %d", n, want)
	}
}

func wantJob(t *testing.T, st *store.Store, id string, state store.JobState, attempts int, code string) *store.Job {
	t.Helper()
	job, err := store.Jobs.Get(t.Context(), st, id)
	must(t, err)
	got := ""
	if job.Fault != nil {
		got = job.Fault.Code
		if job.Fault.ZH == "" || job.Fault.EN == "" {
			t.Errorf("fault without words: %+v", job.Fault)
		}
	}
	if job.State != state || job.Attempts != attempts || got != code {
		t.Errorf("job is %s after %d attempts with fault %q, want %s after %d with %q", job.State, job.Attempts, got, state, attempts, code)
	}
	return job
}

// jobsCommitted: a job runs when its transaction commits, in the order in
// which jobs are due, and not before its time.
func (s *suite) jobsCommitted(t *testing.T) {
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now, RunTwice: true})
	var ran []string
	r := runner(st, map[string]store.Handler{"a": func(ctx context.Context, t *store.Task) error {
		var w work
		if err := t.Decode(&w); err != nil {
			return err
		}
		ran = append(ran, fmt.Sprintf("%s %d", w.Name, w.N))
		return t.Progress(ctx, 3, 3)
	}})
	later := enqueue(t, st, store.NewJob{Kind: "a", Payload: work{"later", 2}, RunAt: clk.now().Add(time.Hour)})
	id := enqueue(t, st, store.NewJob{Kind: "a", Payload: work{"now", 1}, Org: "henan"})
	other := enqueue(t, st, store.NewJob{Kind: "nobody's"})
	boom := errors.New("boom")
	if err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
		if _, err := store.Enqueue(tx, store.NewJob{Kind: "a", Payload: work{"never", 0}}); err != nil {
			return err
		}
		return boom
	}); !errors.Is(err, boom) {
		t.Error(err)
	}
	drain(t, r, 1)
	job := wantJob(t, st, id, store.JobDone, 1, "")
	if job.Done != 3 || job.Total != 3 || job.Org != "henan" || job.AskedBy != "u1" || job.Owner != "" {
		t.Errorf("job %+v", job)
	}
	wantJob(t, st, later, store.JobQueued, 0, "")
	wantJob(t, st, other, store.JobQueued, 0, "")
	clk.pass(time.Hour)
	drain(t, r, 1)
	if diff := cmp.Diff([]string{"now 1", "later 2"}, ran); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var errHopeless = fault.Define(fault.Invalid, "storetest.hopeless", "无法处理。", "Cannot be processed.")

// jobsRetried: an attempt that fails is made again after a longer and longer
// pause, as often as the job allows, unless trying again cannot help.
func (s *suite) jobsRetried(t *testing.T) {
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now, RunTwice: true})
	var result error
	r := runner(st, map[string]store.Handler{
		"fails":  func(context.Context, *store.Task) error { return result },
		"panics": func(context.Context, *store.Task) error { panic("a mistake") },
	})
	result = errors.New("disk on fire")
	id := enqueue(t, st, store.NewJob{Kind: "fails", MaxAttempts: 3})
	pauses := []time.Duration{5 * time.Second, 10 * time.Second}
	for i, pause := range pauses {
		drain(t, r, 1)
		wantJob(t, st, id, store.JobQueued, i+1, "internal")
		clk.pass(pause - time.Millisecond)
		drain(t, r, 0)
		clk.pass(time.Millisecond)
	}
	drain(t, r, 1)
	wantJob(t, st, id, store.JobFailed, 3, "internal")
	clk.pass(time.Hour)
	drain(t, r, 0)
	result = nil
	update(t, st, func(tx *store.Tx) error { return store.RetryJob(tx, id) })
	drain(t, r, 1)
	wantJob(t, st, id, store.JobDone, 1, "")
	err := st.Update(t.Context(), tester, func(tx *store.Tx) error { return store.RetryJob(tx, id) })
	if !errors.Is(err, store.ErrJobState) {
		t.Errorf("running a finished job again: %v", err)
	}
	result = errHopeless.New()
	hopeless := enqueue(t, st, store.NewJob{Kind: "fails"})
	drain(t, r, 1)
	wantJob(t, st, hopeless, store.JobFailed, 1, "storetest.hopeless")
	panics := enqueue(t, st, store.NewJob{Kind: "panics", MaxAttempts: 1})
	drain(t, r, 1)
	wantJob(t, st, panics, store.JobFailed, 1, "internal")
}

// jobsKeyed: of one kind and key there is one job that has not ended.
func (s *suite) jobsKeyed(t *testing.T) {
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now, RunTwice: true})
	var seen []int
	var meanwhile func()
	r := runner(st, map[string]store.Handler{"a": func(_ context.Context, t *store.Task) error {
		var w work
		if err := t.Decode(&w); err != nil {
			return err
		}
		seen = append(seen, w.N)
		if meanwhile != nil {
			meanwhile()
		}
		return nil
	}})
	job := func(n int) store.NewJob { return store.NewJob{Kind: "a", Key: "asset-1", Payload: work{N: n}} }
	first := enqueue(t, st, job(1))
	if second := enqueue(t, st, job(2)); second != first {
		t.Error("two jobs of one key wait")
	}
	if other := enqueue(t, st, store.NewJob{Kind: "a", Key: "asset-2", Payload: work{N: 10}}); other == first {
		t.Error("another key is the same job")
	}
	drain(t, r, 2)
	meanwhile = func() {
		meanwhile = nil
		if again := enqueue(t, st, job(4)); again == first {
			t.Error("a job that had ended came back")
		}
	}
	enqueue(t, st, job(3))
	drain(t, r, 2) // the second run is the one asked for during the first
	if diff := cmp.Diff([]int{2, 10, 3, 4}, seen); diff != "" {
		t.Errorf("payloads seen (-want +got):\n%s", diff)
	}
	if n, err := store.Jobs.Count(t.Context(), st, store.Query{Index: "byActive"}, 10); err != nil || n != 0 {
		t.Errorf("%d keys are still taken, %v", n, err)
	}
	var ids [writers]string
	together(writers, func(i int) {
		if err := st.Update(t.Context(), tester, func(tx *store.Tx) (err error) {
			ids[i], err = store.Enqueue(tx, job(i))
			return err
		}); err != nil {
			t.Error(err)
		}
	})
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("several jobs of one key: %v", ids)
			break
		}
	}
}

// jobsTakenOver: a worker that is silent for longer than its lease loses the
// job, and what it then writes is refused; one that renews keeps it; one that
// dies each time fails the job in the end.
func (s *suite) jobsTakenOver(t *testing.T) {
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now})
	id := enqueue(t, st, store.NewJob{Kind: "a"})
	asleep, wake := make(chan *store.Task), make(chan struct{})
	renew := make(chan time.Time)
	pauses := make(chan struct{}, 100)
	slow := runner(st, map[string]store.Handler{"a": func(ctx context.Context, task *store.Task) error {
		asleep <- task
		<-wake
		return st.Update(context.WithoutCancel(ctx), tester, func(tx *store.Tx) error {
			if err := task.Fence(tx); err != nil {
				return err
			}
			return counters.Put(tx, &counter{Meta: store.Meta{ID: "result"}, N: 1})
		})
	}}, func(o *store.RunnerOptions) {
		o.After = func(time.Duration) <-chan time.Time { pauses <- struct{}{}; return renew }
	})
	fast := runner(st, map[string]store.Handler{"a": func(_ context.Context, task *store.Task) error {
		return st.Update(t.Context(), tester, func(tx *store.Tx) error {
			if err := task.Fence(tx); err != nil {
				return err
			}
			return counters.Put(tx, &counter{Meta: store.Meta{ID: "result"}, N: 2})
		})
	}})
	ended := make(chan error, 1)
	go func() { _, err := slow.Drain(t.Context()); ended <- err }()
	<-asleep
	drain(t, fast, 0) // its lease runs
	<-pauses
	clk.pass(50 * time.Second)
	renew <- clk.now()
	<-pauses // the renewal is done and the next pause begins
	clk.pass(50 * time.Second)
	drain(t, fast, 0) // it was renewed
	clk.pass(11 * time.Second)
	drain(t, fast, 1) // it was silent for too long
	wake <- struct{}{}
	must(t, <-ended)
	wantJob(t, st, id, store.JobDone, 2, "")
	c, err := counters.Get(t.Context(), st, "result")
	must(t, err)
	if c.N != 2 {
		t.Error("the worker that had lost the job has written")
	}

	// A worker that dies in the middle never says so. Its attempts count.
	dead := enqueue(t, st, store.NewJob{Kind: "dies", MaxAttempts: 2})
	for range 2 {
		died := make(chan struct{})
		go func() {
			defer close(died)
			_, _ = runner(st, map[string]store.Handler{"dies": func(context.Context, *store.Task) error {
				runtime.Goexit()
				return nil
			}}).Drain(t.Context())
		}()
		<-died
		clk.pass(2 * time.Minute)
	}
	drain(t, runner(st, map[string]store.Handler{"dies": func(context.Context, *store.Task) error { t.Error("it ran again"); return nil }}), 0)
	wantJob(t, st, dead, store.JobFailed, 2, "store.job_lost")
}

// jobsCancelled: a job that waits ends at once, one that runs is told to stop.
func (s *suite) jobsCancelled(t *testing.T) {
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now, RunTwice: true})
	cancel := func(id string) {
		update(t, st, func(tx *store.Tx) error { return store.CancelJob(tx, id) })
	}
	waits := enqueue(t, st, store.NewJob{Kind: "a", Key: "k"})
	cancel(waits)
	wantJob(t, st, waits, store.JobCancelled, 0, "")
	for how, run := range map[string]func(ctx context.Context, task *store.Task, renew chan<- time.Time) error{
		"by the renewal": func(ctx context.Context, _ *store.Task, renew chan<- time.Time) error {
			renew <- time.Time{}
			<-ctx.Done()
			return ctx.Err()
		},
		"by its progress": func(ctx context.Context, task *store.Task, _ chan<- time.Time) error {
			if err := task.Progress(ctx, 1, 2); err != nil {
				return err
			}
			<-ctx.Done()
			return ctx.Err()
		},
	} {
		renew := make(chan time.Time)
		id := enqueue(t, st, store.NewJob{Kind: "a", Key: "k"}) // the key is free again
		drain(t, runner(st, map[string]store.Handler{"a": func(ctx context.Context, task *store.Task) error {
			cancel(task.ID)
			return run(ctx, task, renew)
		}}, func(o *store.RunnerOptions) { o.After = func(time.Duration) <-chan time.Time { return renew } }), 1)
		if job := wantJob(t, st, id, store.JobCancelled, 1, ""); job.Active != "" {
			t.Errorf("%s: the key of a cancelled job is still taken", how)
		}
	}
	err := st.Update(t.Context(), tester, func(tx *store.Tx) error { return store.CancelJob(tx, "none") })
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("cancelling what is not there: %v", err)
	}
}

// jobsWake: a runner whose pauses never end starts a job as soon as it is
// committed, and old ended jobs are removed.
func (s *suite) jobsWake(t *testing.T) {
	clk := newClock()
	st, _ := s.fresh(t, store.Options{Now: clk.now})
	ctx, cancel := context.WithCancel(t.Context())
	ran := make(chan string)
	pauses := make(chan time.Duration, 1000)
	r := runner(st, map[string]store.Handler{"a": func(_ context.Context, task *store.Task) error {
		ran <- task.ID
		return nil
	}}, func(o *store.RunnerOptions) {
		o.Poll = 7 * time.Second
		o.After = func(d time.Duration) <-chan time.Time { pauses <- d; return nil }
	})
	ended := make(chan error)
	go func() { ended <- r.Run(ctx) }()
	resting := func() {
		for d := range pauses {
			if d == 7*time.Second {
				return
			}
		}
	}
	var ids []string
	for range 3 {
		resting()
		ids = append(ids, enqueue(t, st, store.NewJob{Kind: "a"}))
		if got := <-ran; got != ids[len(ids)-1] {
			t.Errorf("ran %s, want %s", got, ids[len(ids)-1])
		}
	}
	resting()
	clk.pass(31 * 24 * time.Hour)
	last := enqueue(t, st, store.NewJob{Kind: "a"})
	<-ran
	resting()
	cancel()
	must(t, <-ended)
	left, err := store.Jobs.Find(t.Context(), st, store.Query{})
	must(t, err)
	if len(left.Items) != 1 || left.Items[0].ID != last {
		t.Errorf("%d jobs are left, want the last one", len(left.Items))
	}
}

// jobsLeft: when the program stops, the job goes back and loses no attempt.
func (s *suite) jobsLeft(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	id := enqueue(t, st, store.NewJob{Kind: "a"})
	ctx, cancel := context.WithCancel(t.Context())
	r := runner(st, map[string]store.Handler{"a": func(ctx context.Context, _ *store.Task) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	}})
	must(t, r.Run(ctx))
	wantJob(t, st, id, store.JobQueued, 0, "")
}

// jobsMany: several runners share the work and none of it is done twice at
// the same time.
func (s *suite) jobsMany(t *testing.T) {
	st, _ := s.fresh(t, store.Options{})
	total := size(20, 80)
	for range total {
		enqueue(t, st, store.NewJob{Kind: "a"})
	}
	var mu sync.Mutex
	times := map[string]int{}
	var ended atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	together(3, func(int) {
		r := runner(st, map[string]store.Handler{"a": func(_ context.Context, task *store.Task) error {
			mu.Lock()
			times[task.ID]++
			mu.Unlock()
			if ended.Add(1) == int64(total) {
				cancel()
			}
			return nil
		}}, func(o *store.RunnerOptions) { o.Workers, o.After = 2, time.After; o.Poll = 10 * time.Millisecond })
		if err := r.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	for id, n := range times {
		if n != 1 {
			t.Errorf("job %s ran %d times", id, n)
		}
	}
	if len(times) != total {
		t.Errorf("%d jobs ran, want %d", len(times), total)
	}
}
