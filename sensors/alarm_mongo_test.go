package sensors

import (
	"errors"
	"sync"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
)

// TestManyWhoRaiseAtOnceRaiseOne: on the engine whose transactions really run at
// the same time.
func TestManyWhoRaiseAtOnceRaiseOne(t *testing.T) {
	w := newAlarmWorldOn(t, enginetest.MongoDB)
	const writers = 8
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			errs[i] = w.st.Update(t.Context(), actor.SystemPart("sensors"), func(tx *store.Tx) error {
				_, err := w.s.raiseIn(tx, Alarm{Meta: store.Meta{Org: "demo-museum"}, Kind: UnlawfulExit, TagID: "aa01",
					OccurredAt: w.now().Add(time.Duration(i) * countEvery), Ground: heritage.Text{ZH: "没有出库单。"}})
				return err
			})
		})
	}
	wg.Wait()
	w.must(errors.Join(errs...))
	all := w.all()
	if len(all) != 1 || all[0].Certainty != Certain || !all[0].OccurredAt.Equal(w.now()) || all[0].LastAt.Sub(w.now()) != (writers-1)*countEvery {
		t.Fatalf("%d alarms, the first %+v", len(all), all[0])
	}
	people := []actor.Actor{zhang, li, keeper}
	won := make([]error, len(people))
	for i, by := range people {
		wg.Go(func() { _, won[i] = w.s.Acknowledge(t.Context(), by, all[0].ID, all[0].Rev, "") })
	}
	wg.Wait()
	taken := 0
	for _, err := range won {
		if err == nil {
			taken++
		} else if !errors.Is(err, store.ErrConflict) {
			t.Errorf("the others are told %v", err)
		}
	}
	if got := w.stored(all[0].ID); taken != 1 || len(got.Steps) != 2 {
		t.Fatalf("%d acknowledged, steps %+v", taken, got.Steps)
	}
}
