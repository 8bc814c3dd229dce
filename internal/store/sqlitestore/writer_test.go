package sqlitestore_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
)

// busy is a store whose writer is held up by a transaction until release is
// called, so that others queue behind it.
type busy struct {
	t       *testing.T
	st      *store.Store
	e       *sqlitestore.Engine
	release func()
	wg      sync.WaitGroup
}

func newBusy(t *testing.T) *busy {
	b := &busy{t: t}
	b.st, b.e = openPapers(t, filepath.Join(t.TempDir(), "busy.db"), sqlitestore.Options{})
	sqlitestore.GroupWithoutLimit(b.e)
	inside, release := b.hold("first")
	<-inside
	b.release = release
	return b
}

// hold starts a transaction that waits inside its func for release; inside is
// closed when it is there.
func (b *busy) hold(id string) (inside <-chan struct{}, release func()) {
	in, gate := make(chan struct{}), make(chan struct{})
	b.start(context.Background(), id, func() error { close(in); <-gate; return nil }, nil)
	return in, func() { close(gate) }
}

// start begins a transaction that puts a document called id and then calls fn.
func (b *busy) start(ctx context.Context, id string, fn func() error, outcome func(error), opts ...store.UpdateOption) {
	b.wg.Go(func() {
		err := b.st.Update(ctx, by, func(tx *store.Tx) error {
			if err := papers.Put(tx, &paper{Meta: store.Meta{ID: id}, Code: id}); err != nil {
				return err
			}
			return fn()
		}, opts...)
		if outcome != nil {
			outcome(err)
		} else if err != nil {
			b.t.Errorf("%s: %v", id, err)
		}
	})
}

// queued waits until n transactions wait.
func (b *busy) queued(n int) {
	for sqlitestore.Queued(b.e) < n {
		runtime.Gosched()
	}
}

func (b *busy) there(id string) bool {
	_, err := papers.Get(b.t.Context(), b.st, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		b.t.Error(err)
	}
	return err == nil
}

func nothing() error { return nil }

func TestCancelledWhileQueuedIsNotRun(t *testing.T) {
	b := newBusy(t)
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error)
	b.start(ctx, "queued", func() error { t.Error("it ran"); return nil }, func(err error) { got <- err })
	b.queued(1)
	cancel()
	if err := <-got; !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrOutcomeUnknown) {
		t.Errorf("got %v, want the error of the context", err)
	}
	b.release()
	b.wg.Wait()
	if b.there("queued") || !b.there("first") {
		t.Error("the wrong one was written")
	}
}

func TestCancelledBeforeTheCommitIsUnknown(t *testing.T) {
	b := newBusy(t)
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error)
	b.start(ctx, "ran", nothing, func(err error) { got <- err })
	b.queued(1)
	inside, next := b.hold("next") // keeps the commit of both waiting
	b.queued(2)
	b.release()
	<-inside
	cancel()
	if err := <-got; !errors.Is(err, store.ErrOutcomeUnknown) {
		t.Errorf("got %v, want ErrOutcomeUnknown", err)
	}
	next()
	b.wg.Wait()
	if !b.there("ran") {
		t.Error("it was not committed with its neighbour")
	}
}

func TestOneThatFailsDoesNotHurtItsNeighbours(t *testing.T) {
	b := newBusy(t)
	boom := errors.New("boom")
	var order []string
	note := func(id string, err error) func() error {
		return func() error { order = append(order, id); return err }
	}
	b.start(t.Context(), "a", note("a", nil), nil)
	b.queued(1)
	b.start(t.Context(), "b", note("b", boom), func(err error) {
		if !errors.Is(err, boom) {
			t.Errorf("b: %v", err)
		}
	})
	b.queued(2)
	b.wg.Go(func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_ = b.st.Update(t.Context(), by, func(tx *store.Tx) error {
			if err := papers.Put(tx, &paper{Meta: store.Meta{ID: "c"}, Code: "c"}); err != nil {
				return err
			}
			panic("a mistake")
		})
	})
	b.queued(3)
	b.start(t.Context(), "d", note("d", nil), nil)
	b.queued(4)
	b.release()
	b.wg.Wait()
	for id, want := range map[string]bool{"first": true, "a": true, "b": false, "c": false, "d": true} {
		if b.there(id) != want {
			t.Errorf("%s is there: %t", id, !want)
		}
	}
	if diff := cmp.Diff([]string{"a", "b", "d"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if err := b.e.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestInteractiveGoesBeforeBulk(t *testing.T) {
	b := newBusy(t)
	var order []string
	for i, c := range []struct {
		id   string
		opts []store.UpdateOption
	}{
		{"bulk 1", []store.UpdateOption{store.AsBulk}}, {"bulk 2", []store.UpdateOption{store.AsBulk}}, {"somebody waits", nil},
	} {
		b.start(t.Context(), c.id, func() error { order = append(order, c.id); return nil }, nil, c.opts...)
		b.queued(i + 1)
	}
	b.release()
	b.wg.Wait()
	if diff := cmp.Diff([]string{"somebody waits", "bulk 1", "bulk 2"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

// TestBulkIsNotStarved: under interactive load without a pause, a bulk
// transaction gets its turn after a bounded number of commits.
func TestBulkIsNotStarved(t *testing.T) {
	st, e := openPapers(t, filepath.Join(t.TempDir(), "fair.db"), sqlitestore.Options{})
	sqlitestore.OneByOne(e)
	inside, begin := make(chan struct{}), make(chan struct{})
	var commits atomic.Int64
	var stop atomic.Bool
	var wg sync.WaitGroup
	for range 4 { // whenever one commits, others wait
		wg.Go(func() {
			for !stop.Load() {
				if err := put(context.Background(), st, &paper{Code: ids.New()}); err != nil {
					t.Error(err)
					return
				}
				commits.Add(1)
			}
		})
	}
	wg.Go(func() { // takes the writer, so that the others queue
		if err := st.Update(context.Background(), by, func(tx *store.Tx) error { close(inside); <-begin; return papers.Put(tx, &paper{Code: ids.New()}) }); err != nil {
			t.Error(err)
		}
	})
	<-inside
	done := make(chan int64)
	go func() {
		err := st.Update(context.Background(), by, func(tx *store.Tx) error { return papers.Put(tx, &paper{Code: ids.New()}) }, store.AsBulk)
		if err != nil {
			t.Error(err)
		}
		done <- commits.Load()
	}()
	for sqlitestore.Queued(e) < 5 {
		runtime.Gosched()
	}
	before := commits.Load()
	close(begin)
	after := <-done
	stop.Store(true)
	wg.Wait()
	if n := after - before; n > 40 {
		t.Errorf("a bulk transaction waited for %d commits", n)
	}
}

// TestALeftPlaceIsNotKept: whoever gives up does not stay in the queue.
func TestALeftPlaceIsNotKept(t *testing.T) {
	b := newBusy(t)
	ctx, cancel := context.WithCancel(t.Context())
	var left sync.WaitGroup
	left.Add(20)
	for i := range 20 {
		b.start(ctx, fmt.Sprint(i), nothing, func(err error) {
			if !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			left.Done()
		})
	}
	b.queued(20)
	cancel()
	left.Wait()
	if n := sqlitestore.Queued(b.e); n != 0 {
		t.Errorf("%d still queue", n)
	}
	b.release()
	b.wg.Wait()
}

func TestCloseWaitsForWhatIsUnderWay(t *testing.T) {
	b := newBusy(t)
	head, err := b.st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waiting := make(chan error)
	go func() { waiting <- b.st.Wait(context.Background(), head) }()
	b.start(t.Context(), "queued", nothing, nil)
	b.queued(1)
	closed := make(chan error)
	go func() { closed <- b.st.Close() }()
	if err := <-waiting; !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Wait: %v", err)
	}
	if err := put(t.Context(), b.st, &paper{}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Update after Close: %v", err)
	}
	if _, err := papers.Get(t.Context(), b.st, "first"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Get after Close: %v", err)
	}
	b.release()
	b.wg.Wait()
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// TestFeedIsShortened: beyond FeedKeep the oldest changes go, whoever needs
// them is told to rebuild, and everybody else goes on.
func TestFeedIsShortened(t *testing.T) {
	ctx := t.Context()
	st, _ := openPapers(t, filepath.Join(t.TempDir(), "feed.db"), sqlitestore.Options{FeedKeep: 1500})
	start, err := st.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for batch := range 10 {
		if err := st.Update(ctx, by, func(tx *store.Tx) error {
			for i := range 500 {
				if err := papers.Put(tx, &paper{Code: fmt.Sprintf("%d/%d", batch, i)}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, token := range []store.Token{start, {Epoch: start.Epoch}, {Epoch: start.Epoch, Pos: "100"}, {Epoch: start.Epoch, Pos: "5001"}} {
		if _, err := st.Changes(ctx, token, 1); !errors.Is(err, store.ErrEpoch) {
			t.Errorf("%+v: got %v, want ErrEpoch", token, err)
		}
	}
	got, err := st.Changes(ctx, store.Token{Epoch: start.Epoch, Pos: "3500"}, 5000)
	if err != nil || len(got) != 1500 {
		t.Errorf("%d of the newest 1500 changes, %v", len(got), err)
	}
}

// TestAnotherProcessIsHeard: a follower sees the commit of another process
// soon, without being told by it.
func TestAnotherProcessIsHeard(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two.db")
	st, _ := openPapers(t, file, sqlitestore.Options{})
	other, _ := openPapers(t, file, sqlitestore.Options{})
	head, err := st.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan error)
	began := time.Now()
	go func() { heard <- st.Wait(t.Context(), head) }()
	if err := put(t.Context(), other, &paper{}); err != nil {
		t.Fatal(err)
	}
	if err := <-heard; err != nil {
		t.Fatal(err)
	}
	if d := time.Since(began); d > 5*time.Second {
		t.Errorf("heard after %v", d)
	}
}
