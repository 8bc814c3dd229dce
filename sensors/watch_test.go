package sensors

import (
	"context"
	"errors"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// round looks once, a quarter of a second later.
func (w *ingestWorld) round(of *watch) {
	w.pass(watchEvery)
	of.round(w.Context())
}

// rounds looks for as long as d.
func (w *ingestWorld) rounds(of *watch, d time.Duration) {
	for end := w.now().Add(d); w.now().Before(end); {
		w.round(of)
	}
}

func (w *ingestWorld) open(kind AlarmKind) int {
	w.Helper()
	n, err := alarmDocs.Count(w.Context(), w.st, store.Query{Index: "open", Prefix: OpenKey(kind, "")}, 100)
	w.must(err)
	return n
}

func (w *ingestWorld) watched() *watch {
	w.s.loans = noLoans{}
	return w.s.watch()
}

// noLoans is a catalogue in which nothing is overdue.
type noLoans struct{ Loans }

func (noLoans) Late(context.Context, store.Reader, time.Time, int) ([]*heritage.Movement, error) {
	return nil, nil
}

func TestADeviceThatIsNotHeardIsDownAndUpAgain(t *testing.T) {
	w := newIngestWorld(t)
	w.device("reader", Reader, "z")
	look := w.watched()
	w.round(look)
	w.stores(w.alive("reader", 0))
	w.rounds(look, 129*time.Second)
	if w.state("reader").Down || w.open(DeviceDown) != 0 {
		t.Error("down before its time")
	}
	w.rounds(look, 2*time.Second)
	if st := w.state("reader"); !st.Down || st.DueAt != nil || w.open(DeviceDown) != 1 {
		t.Errorf("not down: %+v", st)
	}
	w.rounds(look, time.Minute)
	w.stores(w.alive("reader", 0))
	if st := w.state("reader"); st.Down || st.DueAt == nil || w.open(DeviceDown) != 0 {
		t.Errorf("heard again, but down: %+v", st)
	}
}

// TestADeviceThatSpeaksIsNeverDown: however seldom the state is written, a device
// that speaks a little more often than it must is not down.
func TestADeviceThatSpeaksIsNeverDown(t *testing.T) {
	w := newIngestWorld(t)
	w.device("reader", Reader, "z", func(f *DeviceFields) { f.SilentAfterS = 10 })
	look := w.watched()
	for range 30 {
		w.stores(w.alive("reader", 0))
		w.rounds(look, 9750*time.Millisecond)
		if w.state("reader").Down {
			t.Fatal("down")
		}
	}
}

// TestNobodyIsDownBecauseWeDidNotListen: after the program was stopped, or could
// not store what devices said, they get their time once more.
func TestNobodyIsDownBecauseWeDidNotListen(t *testing.T) {
	for name, trouble := range map[string]func(*ingestWorld, *watch) *watch{
		"stopped": func(w *ingestWorld, _ *watch) *watch {
			w.pass(10 * time.Minute)
			return w.watched()
		},
		"asleep": func(w *ingestWorld, look *watch) *watch {
			w.pass(10 * time.Minute)
			return look
		},
		"database down": func(w *ingestWorld, look *watch) *watch {
			w.failWith(func() error { return store.ErrUnavailable.Wrap(errDown) }, false)
			w.rounds(look, 10*time.Minute)
			w.failWith(nil, false)
			return look
		},
		"the pipeline is slow": func(w *ingestWorld, look *watch) *watch {
			w.rounds(look, 120*time.Second)
			w.s.pipe.storing.Store(w.now().UnixMilli())
			w.rounds(look, 20*time.Second)
			w.s.pipe.storing.Store(0)
			return look
		},
		"only the pipeline failed": func(w *ingestWorld, look *watch) *watch {
			w.rounds(look, 120*time.Second)
			w.s.pipe.trouble.Store(w.now().UnixMilli())
			w.rounds(look, 20*time.Second)
			return look
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newIngestWorld(t)
			w.device("reader", Reader, "z")
			look := w.watched()
			w.round(look)
			w.stores(w.alive("reader", 0))
			look = trouble(w, look)
			w.rounds(look, 100*time.Second)
			if w.state("reader").Down {
				t.Error("down at once")
			}
			w.rounds(look, 35*time.Second)
			if !w.state("reader").Down {
				t.Error("silent for its whole time, but not down")
			}
		})
	}
}

// TestOneNodeWatches: the other waits for the lease, and takes over when the
// first is gone, at once when it leaves and after the lease when it dies.
func TestOneNodeWatches(t *testing.T) {
	w := newIngestWorld(t)
	first, second := w.watched(), w.watched()
	w.rounds(first, time.Second)
	w.rounds(second, time.Second)
	if first.lease == nil || second.lease != nil {
		t.Fatal("not one watch")
	}
	for range 30 {
		w.round(first)
		w.round(second)
	}
	if first.lease == nil || second.lease != nil {
		t.Fatal("the lease went over to the other")
	}
	w.rounds(second, watchLease+watchLease/3+time.Second) // the first says no more
	if second.lease == nil {
		t.Fatal("nobody took over")
	}
	w.round(first)
	if first.lease != nil {
		t.Error("the first still believes that it has the lease")
	}
	second.release(t.Context())
	w.rounds(first, watchLease/3+time.Second)
	if first.lease == nil {
		t.Error("the lease was not given back")
	}
}

// TestAWatchThatLostItsLeaseDoesNothing: it is fenced out in the transaction.
func TestAWatchThatLostItsLeaseDoesNothing(t *testing.T) {
	w := newIngestWorld(t)
	w.device("reader", Reader, "z")
	look := w.watched()
	w.round(look)
	w.stores(w.alive("reader", 0))
	w.rounds(look, 129*time.Second)
	look.askAt = w.now().Add(time.Hour) // it does not notice
	_, err := w.st.Lease(t.Context(), watchName, "another", time.Hour)
	if !errors.Is(err, store.ErrLeaseHeld) {
		t.Fatal(err)
	}
	w.pass(watchLease + time.Second)
	_, err = w.st.Lease(t.Context(), watchName, "another", time.Hour)
	w.must(err)
	look.looked = w.now()
	w.round(look)
	if w.state("reader").Down || look.lease != nil {
		t.Error("it went on without the lease")
	}
}

func TestAPartThatFailsDoesNotStopTheOthers(t *testing.T) {
	w := newIngestWorld(t)
	look := w.watched()
	w.s.loans = brokenLoans{}
	w.device("reader", Reader, "z")
	w.round(look)
	w.stores(w.alive("reader", 0))
	w.rounds(look, 135*time.Second)
	if !w.state("reader").Down {
		t.Error("the devices were not looked at")
	}
}

// brokenLoans is a catalogue that fails, but not for the database.
type brokenLoans struct{ Loans }

func (brokenLoans) Late(context.Context, store.Reader, time.Time, int) ([]*heritage.Movement, error) {
	return nil, errors.New("a defect")
}

func TestTheWatchEndsWithItsContextAndGivesTheLeaseBack(t *testing.T) {
	w := newIngestWorld(t)
	w.s.loans = noLoans{}
	ctx, cancel := context.WithCancel(t.Context())
	rounds := 0
	w.s.after = func(time.Duration) <-chan time.Time {
		if rounds++; rounds == 3 {
			cancel()
			return nil
		}
		return soon(0)
	}
	w.must(w.s.RunWatch(ctx))
	lease, err := w.st.Lease(context.WithoutCancel(ctx), watchName, "another", time.Minute)
	if err != nil || lease.Fence != 2 {
		t.Errorf("%+v %v", lease, err)
	}

}
