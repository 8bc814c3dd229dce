package tourism

import (
	"errors"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
)

// wait is the figure of the queue.
func wait(t *testing.T, c *Crowd) comfort.Figure {
	t.Helper()
	for _, f := range c.Figures {
		if f.Formula.ID == "queue-little" {
			return f
		}
	}
	t.Fatal("no figure of the queue")
	return comfort.Figure{}
}

func TestAQueueIsCountedByHandAndAges(t *testing.T) {
	now := time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)
	w := newWorldWith(t, store.Options{RunTwice: true, Now: func() time.Time { return now }})
	g := gates{}
	w.crowds = g
	ctx := t.Context()
	id := w.counted(g, limited(1000, 5000), Counted{State: comfort.Live, Inside: 100, AsOf: now})
	look := func() *Crowd {
		t.Helper()
		c, err := w.PublicCrowd(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if f := wait(t, look()); f.Result.State() != comfort.Unknown || f.Inputs[0].Lack() != comfort.NoSource {
		t.Errorf("never counted: %s %q", f.Result.State(), f.Inputs[0].Lack())
	}
	before := look().Index.Confidence
	c, err := w.CountQueue(ctx, watcher, id, QueueCount{Waiting: 30, Served: 120})
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := wait(t, c).Result.Value(); !ok || v != 15 || c.Index.Comfort.Confidence <= before || c.Queue.By.Name != "d" || wait(t, c).Inputs[0].Source() != comfort.ByHand {
		t.Errorf("%v %v %+v", v, ok, c.Queue)
	}
	for _, s := range []struct {
		after time.Duration
		want  comfort.State
	}{{10 * time.Minute, comfort.Live}, {11 * time.Minute, comfort.Stale}, {61 * time.Minute, comfort.Unknown}} {
		now = time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC).Add(s.after)
		if f := wait(t, look()); f.Result.State() != s.want || s.want == comfort.Unknown && f.Inputs[0].Lack() != comfort.TooOld {
			t.Errorf("after %s: %s %q, want %s", s.after, f.Result.State(), f.Inputs[0].Lack(), s.want)
		}
	}
	for _, q := range []struct {
		count QueueCount
		value float64
		known bool
	}{{QueueCount{}, 0, true}, {QueueCount{Waiting: 5}, 0, false}} { // nobody waits; a queue that does not move
		if c, err = w.CountQueue(ctx, manager, id, q.count); err != nil {
			t.Fatal(err)
		}
		if v, ok := wait(t, c).Result.Value(); ok != q.known || v != q.value {
			t.Errorf("%+v: %v %v", q.count, v, ok)
		}
	}
}

func TestAQueueIsOfAnAreaOnesOwnAndOfItsSpots(t *testing.T) {
	w, g := newCountedWorld(t)
	ctx := t.Context()
	id := w.counted(g, limited(10, 100), Counted{State: comfort.Live})
	there, elsewhere := w.spot(id, "索道"), w.spot(w.area("别处").ID, "别处")
	if _, err := w.CountQueue(ctx, watcher, id, QueueCount{Waiting: 3, Served: 60, SpotID: SpotID(there.ID)}); err != nil {
		t.Error(err)
	}
	if _, err := w.CountQueue(ctx, stranger, id, QueueCount{Waiting: 3}); !errors.Is(err, ErrNotFound) {
		t.Errorf("another area's manager: %v", err)
	}
	auditor := actor.Actor{Kind: actor.Staff, ID: "a", Grants: []actor.Grant{{Role: actor.Auditor, Org: org}}}
	if _, err := w.CountQueue(ctx, auditor, id, QueueCount{Waiting: 3}); !errors.Is(err, ErrDenied) {
		t.Errorf("the auditor: %v", err)
	}
	_, err := w.CountQueue(ctx, watcher, id, QueueCount{Waiting: -1, Served: maxServed + 1, SpotID: SpotID(elsewhere.ID)})
	want := []string{"waiting tourism.queue_count", "served tourism.queue_count", "spotId tourism.other_area"}
	if got := faultsOf(err); len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("%v", got)
	}
}

func TestAClosedAreaHasNoQueueAndNoIndex(t *testing.T) {
	w, g := newCountedWorld(t)
	ctx := t.Context()
	a, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "园"}, Capacity: limited(10, 100), Visiting: &heritage.Visiting{Hours: shut()}}})
	if err != nil {
		t.Fatal(err)
	}
	g[AreaID(a.ID)] = Counted{State: comfort.Live}
	c, err := w.CountQueue(ctx, watcher, a.ID, QueueCount{Waiting: 30, Served: 60})
	if err != nil || wait(t, c).Result.State() != comfort.Closed || c.Index.State != comfort.Closed {
		t.Errorf("%+v %v", c, err)
	}
}
