package sensors

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
)

// alarmWorld is a store with a clock of its own, a catalogue of a few relics and
// the service on them.
type alarmWorld struct {
	*testing.T
	st     *store.Store
	s      *Service
	mu     sync.Mutex
	at     time.Time
	relics map[heritage.RelicID]string // grade
	loans  map[heritage.MovementID]*heritage.Movement
	told   map[heritage.MovementID]bool // that they are overdue
}

func newAlarmWorld(t *testing.T) *alarmWorld {
	return newAlarmWorldOn(t, enginetest.SQLite)
}

func newAlarmWorldOn(t *testing.T, open enginetest.Open) *alarmWorld {
	w := &alarmWorld{T: t, at: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC), relics: map[heritage.RelicID]string{},
		loans: map[heritage.MovementID]*heritage.Movement{}, told: map[heritage.MovementID]bool{}}
	w.st = open(t, store.Options{Now: w.now}, Collections()...)
	w.s = New(Options{Store: w.st, Catalogue: w, Orders: w, Loans: w, Assets: noNeighbours{}, Areas: noNeighbours{}})
	return w
}

func (w *alarmWorld) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *alarmWorld) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

func (w *alarmWorld) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// RelicGlance implements Catalogue.
func (w *alarmWorld) RelicGlance(_ context.Context, _ store.Reader, id heritage.RelicID) (heritage.RelicGlance, error) {
	grade, ok := w.relics[id]
	if !ok {
		return heritage.RelicGlance{}, heritage.ErrNotFound.New()
	}
	return heritage.RelicGlance{Org: "demo-museum", Name: heritage.Text{ZH: "演示藏品"}, Number: "No. " + string(id), Grade: grade}, nil
}

// RelicsWithin implements Catalogue.
func (w *alarmWorld) RelicsWithin(context.Context, store.Reader, heritage.PlaceID, int) ([]heritage.RelicGlance, bool, error) {
	return nil, false, nil
}

// PlaceOrg implements Catalogue.
func (w *alarmWorld) PlaceOrg(context.Context, store.Reader, heritage.PlaceID) (actor.OrgID, error) {
	return "demo-museum", nil
}

// Covering implements Orders: nothing is allowed out.
func (w *alarmWorld) Covering(context.Context, store.Reader, heritage.RelicID, time.Time) (heritage.Cover, error) {
	return heritage.Cover{}, nil
}

// Glance implements Loans.
func (w *alarmWorld) Glance(_ context.Context, _ store.Reader, id heritage.MovementID) (*heritage.Movement, error) {
	if o, ok := w.loans[id]; ok {
		return o, nil
	}
	return nil, heritage.ErrNotFound.New()
}

// Late implements Loans.
func (w *alarmWorld) Late(_ context.Context, _ store.Reader, now time.Time, limit int) ([]*heritage.Movement, error) {
	var due []*heritage.Movement
	for id, o := range w.loans {
		if o.Overdue(now) && !w.told[id] && len(due) < limit {
			due = append(due, o)
		}
	}
	return due, nil
}

// NoteLateIn implements Loans.
func (w *alarmWorld) NoteLateIn(_ *store.Tx, id heritage.MovementID) error {
	w.told[id] = true
	return nil
}

// in runs fn in a transaction of the program. It runs twice; what the neighbours
// were told the first time is forgotten.
func (w *alarmWorld) in(fn func(*store.Tx) error) {
	w.Helper()
	told := maps.Clone(w.told)
	w.must(w.st.Update(w.Context(), actor.SystemPart("sensors"), func(tx *store.Tx) error {
		w.told = maps.Clone(told)
		return fn(tx)
	}))
}

// raise raises an exit alarm of a tag on a relic, seen now.
func (w *alarmWorld) raise(tag TagID, relic heritage.RelicID) *Alarm {
	w.Helper()
	return w.raiseAs(Alarm{Kind: UnlawfulExit, TagID: tag, RelicID: relic, Carrier: OnBox})
}

func (w *alarmWorld) raiseAs(a Alarm) *Alarm {
	w.Helper()
	var out *Alarm
	if a.Org == "" {
		a.Org = "demo-museum"
	}
	if a.OccurredAt.IsZero() {
		a.OccurredAt = w.now()
	}
	w.in(func(tx *store.Tx) (err error) {
		out, err = w.s.raiseIn(tx, a)
		return err
	})
	return out
}

// stored returns the alarm as it is stored.
func (w *alarmWorld) stored(id string) *Alarm {
	w.Helper()
	a, err := alarmDocs.Get(w.Context(), w.st, id)
	w.must(err)
	return a
}

// alarms counts the alarms of the demo museum.
func (w *alarmWorld) alarms() int {
	w.Helper()
	n, err := alarmDocs.Count(w.Context(), w.st, store.Query{Index: "byOrg", Equal: []any{"demo-museum"}}, 1000)
	w.must(err)
	return n
}

// refused fails unless err is want.
func (w *alarmWorld) refused(err, want error, why string) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Fatalf("%s: got %v, want %v", why, err, want)
	}
}
