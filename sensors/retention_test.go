package sensors

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/internal/store/series"
)

// lent is an Orders under which one relic is out.
type lent struct{ relic heritage.RelicID }

func (l lent) Covering(_ context.Context, _ store.Reader, relic heritage.RelicID, _ time.Time) (heritage.Cover, error) {
	if relic == l.relic {
		return heritage.Cover{Movement: "m-open"}, nil
	}
	return heritage.Cover{}, nil
}

// What is old is of a year before the world begins.
const (
	oldDays  = 365
	keptDays = 40
)

// retentionWorld fills a world with what is old, recent, and old but under
// something open.
func retentionWorld(t *testing.T, w *alarmWorld) {
	t.Helper()
	w.s.retention = Retention{Sightings: keptDays, Readings: keptDays, Counts: keptDays, Stays: keptDays, Passages: keptDays, Deliveries: 20, Refusals: keptDays}
	w.s.orders = lent{"relic-lent"}
	w.loans["m-open"] = &heritage.Movement{State: heritage.Out}
	w.loans["m-closed"] = &heritage.Movement{State: heritage.Returned}
	old, recent := w.now().Add(-oldDays*24*time.Hour), w.now().Add(-time.Hour)
	alarm := w.raise("t-alarm", "relic-alarm")
	down := w.raiseAs(Alarm{Kind: DeviceDown, DeviceID: "i-down"})
	if !alarm.Open || !down.Open {
		t.Fatal("the alarms are not open")
	}
	w.in(func(tx *store.Tx) error {
		put := func(s *series.Series, channel string) error {
			var points []series.Point
			for day := range 250 {
				points = append(points, series.Point{At: old.Add(time.Duration(day) * 24 * time.Hour), Data: []byte("x")})
			}
			_, err := s.AppendIn(tx, "demo-museum", channel, append(points, series.Point{At: recent, Data: []byte("x")}))
			return err
		}
		for _, tag := range []string{"t-alarm", "t-lent", "t-plain"} {
			if err := put(sightingSeries, tag); err != nil {
				return err
			}
		}
		if err := bindingDocs.Put(tx, &BindingRecord{Meta: store.Meta{ID: "b", Org: "demo-museum"}, TagID: "t-lent", Binding: Binding{ID: "b", RelicID: "relic-lent", From: old}}); err != nil {
			return err
		}
		for _, err := range []error{put(readingSeries, "i-down/rh"), put(readingSeries, "i/rh"), put(countSeries, "z/g")} {
			if err != nil {
				return err
			}
		}
		for _, s := range []struct {
			id       string
			until    *time.Time
			movement heritage.MovementID
			relic    heritage.RelicID
			tag      TagID
		}{{"old", &old, "m-closed", "r", "t"}, {"recent", &recent, "", "r", "t"}, {"lasting", nil, "", "r", "t"}, {"moving", &old, "m-open", "r", "t"}, {"lent", &old, "", "relic-lent", "t"}, {"alarmed", &old, "", "", "t-alarm"}} {
			if err := stayDocs.Put(tx, &Stay{Meta: store.Meta{ID: s.id, Org: "demo-museum"}, TagID: s.tag, RelicID: s.relic, ZoneID: "z", From: old, ConfirmedAt: old, Until: s.until, MovementID: s.movement}); err != nil {
				return err
			}
			if s.until == nil {
				continue
			}
			if err := passageDocs.Put(tx, &Passage{Meta: store.Meta{ID: s.id, Org: "demo-museum"}, TagID: s.tag, RelicID: s.relic, ZoneID: "z", At: *s.until, LastAt: *s.until, MovementID: s.movement}); err != nil {
				return err
			}
		}
		for id, at := range map[string]time.Time{"old": old, "recent": recent} {
			if err := refusalDocs.Put(tx, &Refusal{Meta: store.Meta{ID: id, Org: "demo-museum"}, Kind: BadPayload, FirstAt: old, LastAt: at}); err != nil {
				return err
			}
		}
		for id, alarm := range map[string]string{"d-open": alarm.ID, "d-closed": "gone"} {
			if err := deliveryDocs.Put(tx, &Delivery{Meta: store.Meta{ID: id, Org: "demo-museum"}, AlarmID: alarm, State: Delivered}); err != nil {
				return err
			}
		}
		return nil
	})
}

// kept says what is left, sorted by kind.
func kept(t *testing.T, st *store.Store) string {
	t.Helper()
	var b strings.Builder
	for _, s := range []*series.Series{sightingSeries, readingSeries, countSeries} {
		for after := ""; ; {
			c, ok, err := s.Next(t.Context(), st, after)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			n := 0
			if err := s.Range(t.Context(), st, c.Name, time.UnixMilli(0), farFuture, func(series.Point) error { n++; return nil }); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s %d, ", c.Name, n)
			after = c.Name
		}
	}
	list := func(ids []string, err error) {
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.Join(ids, " ") + "; ")
	}
	list(idsOf(t, st, stayDocs))
	list(idsOf(t, st, passageDocs))
	list(idsOf(t, st, deliveryDocs))
	list(idsOf(t, st, refusalDocs))
	return b.String()
}

func idsOf[T any](t *testing.T, st *store.Store, docs *store.Collection[T]) (list []string, err error) {
	err = docs.Each(t.Context(), st, store.Query{Index: store.ByID}, func(doc *T) error {
		list = append(list, any(doc).(interface{ Head() *store.Meta }).Head().ID)
		return nil
	})
	return list, err
}

// what is left: sightings, readings and counts of what is under an open alarm or
// out, and of the others the recent one, of tags with the newest day before it.
const wantKept = "t-alarm 251, t-lent 251, t-plain 2, i-down/rh 251, i/rh 1, z/g 1, " +
	"alarmed lasting lent moving recent; alarmed lent moving recent; d-open; recent; "

// TestWhatIsOldGoesUnlessSomethingOpenNeedsIt: whether the job runs through or is
// cut off after each batch, and it says once what it did.
func TestWhatIsOldGoesUnlessSomethingOpenNeedsIt(t *testing.T) {
	for engine, world := range map[string]func(*testing.T) *alarmWorld{
		"SQLite":  newAlarmWorld,
		"MongoDB": func(t *testing.T) *alarmWorld { return newAlarmWorldOn(t, enginetest.MongoDB) },
	} {
		t.Run(engine, func(t *testing.T) {
			w := world(t)
			retentionWorld(t, w)
			w.must(w.s.BeginRetention(t.Context()))
			w.pass(30 * 24 * time.Hour) // so old are the deliveries now
			killed := errors.New("killed")
			batches := 0
			handlers := map[string]store.Handler{RetentionJob: func(ctx context.Context, task *store.Task) error {
				// A process that dies behind each of its transactions.
				ended := false
				if err := w.st.Update(ctx, retentionActor, func(tx *store.Tx) (err error) {
					ended, err = w.s.retainIn(tx, task.ID)
					return err
				}, store.AsBulk); err != nil {
					return err
				}
				if batches++; batches < 6 && !ended {
					return killed
				}
				return w.s.runRetention(ctx, task)
			}}
			runner := store.NewRunner(w.st, store.RunnerOptions{Handlers: handlers, Backoff: func(int) time.Duration { return 0 }})
			if _, err := runner.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := kept(t, w.st); got != wantKept {
				t.Errorf("kept\n%s, want\n%s", got, wantKept)
			}
			var said []string
			w.must(store.History.Each(t.Context(), w.st, store.Query{Index: "byTime"}, func(r *store.Revision) error {
				if r.Collection == "retention" {
					said = append(said, r.Reason)
				}
				return nil
			}))
			if len(said) != 1 || !strings.Contains(said[0], "sightings 40 d: 249, readings 40 d: 250, counts 40 d: 250, stays 40 d: 1, passages 40 d: 1, deliveries 20 d: 1, refusals 40 d: 1") || batches < 6 {
				t.Errorf("after %d batches the audit trail says %q", batches, said)
			}
			if left, err := idsOf(t, w.st, retentionRuns); err != nil || len(left) != 0 {
				t.Errorf("%v is left of the run (%v)", left, err)
			}
		})
	}
}

// TestWhatIsKeptForGoodIsNotLookedAt: 0 days is for good.
func TestWhatIsKeptForGoodIsNotLookedAt(t *testing.T) {
	w := newAlarmWorld(t)
	retentionWorld(t, w)
	w.s.retention = Retention{}
	before := kept(t, w.st)
	w.in(func(tx *store.Tx) error {
		ended, err := w.s.retainIn(tx, "run")
		if err == nil && !ended {
			t.Error("there is more to do")
		}
		return err
	})
	if after := kept(t, w.st); after != before {
		t.Errorf("kept %s of %s", after, before)
	}
}
