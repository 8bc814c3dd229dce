package sensors

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// TestEverySampleAcknowledgedIsStoredOnce: eight publishers at once, each of
// whom sends most things twice.
func TestEverySampleAcknowledgedIsStoredOnce(t *testing.T) {
	w := newIngestWorldWith(t, store.Options{})
	const publishers, messages = 8, 60
	w.ground("g")
	for i := range publishers {
		w.device(fmt.Sprintf("thermo-%d", i), Instrument, "g")
		w.device(fmt.Sprintf("gate-%d", i), Gate, "g")
	}
	w.run()
	var wg sync.WaitGroup
	var acknowledged atomic.Int64
	for i := range publishers {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), 2))
			var mine []Message
			for n := range messages {
				m := w.says(fmt.Sprintf("thermo-%d", i), ReadingKind, w.measured(n*1000, n, "t", float64(n), "Cel"))
				c := w.says(fmt.Sprintf("gate-%d", i), CountKind, w.counted(n*60, n, 2, 1))
				mine = append(mine, m, c)
			}
			mine = append(mine, mine[:messages]...)
			random.Shuffle(len(mine), func(a, b int) { mine[a], mine[b] = mine[b], mine[a] })
			var answers sync.WaitGroup
			for _, m := range mine {
				answers.Add(1)
				if err := w.s.Offer(t.Context(), m, func(err error) {
					if err == nil {
						acknowledged.Add(1)
					}
					answers.Done()
				}); err != nil {
					t.Error(err)
				}
			}
			answers.Wait()
		})
	}
	wg.Wait()
	if n := acknowledged.Load(); n != publishers*messages*3 {
		t.Errorf("%d acknowledged, %d offered", n, publishers*messages*3)
	}
	for i := range publishers {
		if n := len(w.values(fmt.Sprintf("thermo-%d", i), "t")); n != messages {
			t.Errorf("thermo-%d has %d readings, want %d", i, n, messages)
		}
		if st := w.state(fmt.Sprintf("thermo-%d", i)); len(st.Last) != 1 || st.Last[0].Value != 0 || !st.Last[0].At.Equal(w.now()) {
			t.Errorf("last values %+v", st.Last)
		}
	}
	o := w.occupancy("g", "2026-11-28")
	if o.EnteredToday != publishers*messages*2 || o.Inside != publishers*messages || len(o.Gates) != publishers || !o.Simulated || o.AreaID != "area-g" {
		t.Errorf("%d entered, %d inside of %d gates", o.EnteredToday, o.Inside, len(o.Gates))
	}
}

// TestTwoNodesStoreTogether: what is said to two nodes at the same time, each
// message to both, is stored once, and the counts that both make anew are right.
func TestTwoNodesStoreTogether(t *testing.T) {
	w := newMongoWorld(t)
	const gates, messages = 4, 40
	w.ground("g")
	for i := range gates {
		w.device(fmt.Sprintf("gate-%d", i), Gate, "g")
	}
	var nodes []*Service
	for range 2 {
		nodes = append(nodes, w.serve())
		w.run()
	}
	var wg sync.WaitGroup
	for i := range gates {
		for _, node := range nodes {
			wg.Go(func() {
				var answers sync.WaitGroup
				for n := range messages {
					answers.Add(1)
					if err := node.Offer(t.Context(), w.says(fmt.Sprintf("gate-%d", i), CountKind, w.counted(n*30, n, 2, 1)), func(err error) {
						if err != nil {
							t.Error(err)
						}
						answers.Done()
					}); err != nil {
						t.Error(err)
					}
				}
				answers.Wait()
			})
		}
	}
	wg.Wait()
	if o := w.occupancy("g", "2026-11-28"); o.EnteredToday != gates*messages*2 || o.Inside != gates*messages {
		t.Errorf("%d entered, %d inside", o.EnteredToday, o.Inside)
	}
	stored, repeated := int64(0), int64(0)
	for _, node := range nodes {
		stored, repeated = stored+node.PipelineStats().Stored, repeated+node.PipelineStats().Repeated
	}
	if stored != gates*messages || repeated != stored {
		t.Errorf("%d stored, %d repeated", stored, repeated)
	}
}

// TestAFailingDatabaseKeepsTheBatchAndTheAcknowledgements: nothing is told until
// the batch is stored, and one that was stored though the answer got lost is not
// stored twice.
func TestAFailingDatabaseKeepsTheBatchAndTheAcknowledgements(t *testing.T) {
	for name, lost := range map[string]bool{"nothing was written": false, "the answer was lost": true} {
		t.Run(name, func(t *testing.T) {
			w := newIngestWorld(t)
			w.ground("g")
			w.device("gate", Gate, "g")
			failures, told := 0, 0
			w.failWith(func() error {
				if failures++; failures > 5 {
					return nil // the second message may be in a batch of its own, after the first was told
				}
				if told > 0 {
					t.Error("acknowledged before the commit")
				}
				if lost {
					return store.ErrOutcomeUnknown.Wrap(errDown)
				}
				return store.ErrUnavailable.Wrap(errDown)
			}, lost)
			w.run()
			done := make(chan error, 2)
			for n := range 2 {
				w.must(w.s.Offer(t.Context(), w.says("gate", CountKind, w.counted(n, n, 3, 1)), func(err error) { told++; done <- err }))
			}
			for range 2 {
				w.must(<-done)
			}
			if o := w.occupancy("g", "2026-11-28"); o.EnteredToday != 6 || o.Inside != 4 {
				t.Errorf("%d entered, %d inside", o.EnteredToday, o.Inside)
			}
			if !w.s.pipe.troubleAt().Equal(w.now()) {
				t.Error("the trouble was not noted")
			}
		})
	}
}

func TestAMessageThatCannotBeStoredDoesNotHarmOthers(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate", Gate, "g")
	w.device("reader", Reader, "g")
	w.run()
	results := make(map[int]error)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for n := range 40 {
		m := w.says("gate", CountKind, w.counted(n, n, 1, 0))
		if n == 17 { // the func panics at it
			m = w.says("reader", SightingKind, fmt.Sprintf(`{"at":%d,"tag":"dead"}`, w.now().UnixMilli()))
		}
		wg.Add(1)
		w.must(w.s.Offer(t.Context(), m, func(err error) {
			mu.Lock()
			defer mu.Unlock()
			results[n] = err
			wg.Done()
		}))
	}
	wg.Wait()
	for n, err := range results {
		if (err != nil) != (n == 17) {
			t.Errorf("message %d: %v", n, err)
		}
	}
	if o := w.occupancy("g", "2026-11-28"); o.EnteredToday != 39 {
		t.Errorf("%d entered", o.EnteredToday)
	}
}

func TestAMomentThatIsTooFullGoesToTheQuarantineList(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate", Gate, "g")
	var crowd []string
	for n := range 600 {
		crowd = append(crowd, w.counted(0, n, 1, 0))
	}
	reports := w.stores(w.says("gate", CountKind, w.counted(5, 0, 7, 0)), w.says("gate", CountKind, crowd...))
	if reports[0].Stored != 1 || reports[1].Stored != 0 || len(reports[1].Refused) != 1 {
		t.Errorf("%+v", reports)
	}
	if list := w.refusals(); len(list) != 1 || list[0].Code != "series.crowded" || list[0].Org != "demo-area" {
		t.Errorf("%+v", list)
	}
	if o := w.occupancy("g", "2026-11-28"); o.EnteredToday != 7 {
		t.Errorf("%d entered", o.EnteredToday)
	}
}

func TestWhatIsNotTakenIsOnTheQuarantineListAndAcknowledged(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("thermo", Instrument, "g")
	w.device("gate", Gate, "g")
	w.device("old", Gate, "g", func(f *DeviceFields) { f.Retired = true })
	foreign := w.says("gate", CountKind, w.counted(0, 0, 1, 0))
	foreign.Org = "demo-museum"
	day := 24 * 3600
	got := w.stores(
		w.says("nobody", CountKind, w.counted(0, 0, 1, 0)),
		foreign,
		w.says("old", CountKind, w.counted(0, 0, 1, 0)),
		w.says("gate", "position", "{}"),
		w.says("gate", ReadingKind, w.measured(0, 0, "t", 1, "Cel")),
		w.says("gate", CountKind, w.counted(-121, 1, 1, 0), w.counted(-119, 2, 1, 0), w.counted(30*day+1, 3, 1, 0), w.counted(30*day, 4, 1, 0), `{}`),
		w.says("thermo", ReadingKind, w.measured(0, 0, "uv", 1, "uW/lm"), w.measured(0, 0, "t", 1, "[degF]"), w.measured(0, 0, "t", 80.5, "Cel"), w.measured(0, 0, "rh", -0.001, "%"), w.measured(0, 0, "t", 80, "Cel")),
	)
	for i, want := range []struct {
		stored  int
		refused []string
	}{
		{0, []string{"sensors.message_device "}},
		{0, []string{"sensors.message_org "}},
		{0, []string{"sensors.message_retired "}},
		{0, []string{"sensors.payload_kind "}},
		{0, []string{"sensors.sample_sort "}},
		{2, []string{"sensors.sample_missing samples[4].at", "sensors.sample_clock samples[0].at", "sensors.sample_clock samples[2].at"}},
		{1, []string{"sensors.sample_channel samples[0].channel", "sensors.sample_unit samples[1].unit", "sensors.sample_number samples[2].value", "sensors.sample_number samples[3].value"}},
	} {
		var refused []string
		for _, r := range got[i].Refused {
			refused = append(refused, r.Field.Code.ID()+" "+r.Field.Path)
		}
		if got[i].Stored != want.stored || fmt.Sprint(refused) != fmt.Sprint(want.refused) {
			t.Errorf("message %d: stored %d, refused %v, want %+v", i, got[i].Stored, refused, want)
		}
	}
	kinds := map[RefusalKind]int64{}
	for _, r := range w.refusals() {
		kinds[r.Kind] += r.Count
	}
	if fmt.Sprint(kinds) != fmt.Sprint(map[RefusalKind]int64{UnknownDevice: 1, ForeignTopic: 1, RetiredDevice: 1, BadPayload: 7, BadClock: 2}) {
		t.Errorf("quarantine list: %v", kinds)
	}
	if _, err := deviceStates.Get(t.Context(), w.st, "old"); !errors.Is(err, store.ErrNotFound) {
		t.Error("a retired device counts as heard")
	}
}

func TestARepeatedSampleIsToldApart(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate", Gate, "g")
	w.device("thermo", Instrument, "g")
	got := w.stores(
		w.says("gate", CountKind, w.counted(2, 1, 1, 0), w.counted(1, 2, 1, 0), w.counted(2, 1, 1, 0)),
		w.says("gate", CountKind, w.counted(1, 2, 1, 0), w.counted(1, 3, 1, 0)),
		w.says("thermo", ReadingKind, w.measured(1, 1, "t", 20, "Cel"), w.measured(1, 1, "rh", 50, "%")))
	if fmt.Sprint(got) != "[{2 1 []} {1 1 []} {2 0 []}]" {
		t.Errorf("%+v", got)
	}
	again := w.stores(w.says("thermo", ReadingKind, w.measured(1, 1, "t", 20, "Cel"), w.measured(0, 2, "t", 21, "Cel")))
	if again[0].Stored != 1 || again[0].Repeated != 1 {
		t.Errorf("%+v", again)
	}
}

func TestSightingsAreToldApartToo(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("reader", Reader, "g")
	w.s.track = w.s.trackIn
	put(w, tagDocs, &Tag{Meta: store.Meta{ID: "aa01", Org: "demo-area"}})
	put(w, tagDocs, &Tag{Meta: store.Meta{ID: "aa02", Org: "demo-museum"}})
	seen := func(tag string, agoMS int) string {
		return fmt.Sprintf(`{"at":%d,"tag":"%s"}`, w.now().UnixMilli()-int64(agoMS), tag)
	}
	got := w.stores(w.says("reader", SightingKind, seen("aa01", 1), seen("aa02", 0), seen("aa01", 0), seen("ffff", 0)), w.says("reader", SightingKind, seen("aa01", 1), seen("aa01", 2)))
	if got[0].Stored+got[1].Stored != 3 || got[0].Repeated+got[1].Repeated != 1 {
		t.Errorf("%+v", got)
	}
	var refused []string
	for _, r := range got[0].Refused {
		refused = append(refused, r.Field.Code.ID()+" "+r.Field.Path)
	}
	if fmt.Sprint(refused) != "[sensors.tag_unknown samples[1].tag sensors.tag_unknown samples[3].tag]" {
		t.Errorf("%v", refused)
	}
	if again := w.stores(w.says("reader", SightingKind, seen("aa01", 0))); again[0].Stored != 0 || again[0].Repeated != 1 {
		t.Errorf("%+v", again)
	}
}

func TestTheTrackerGetsEverySightingWithItsSource(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("reader-b", Reader, "g")
	w.device("reader-a", Portal, "g")
	at := w.now().UnixMilli()
	w.stores(
		w.says("reader-b", SightingKind, fmt.Sprintf(`{"at":%d,"tag":"aa02","rssi":-50}`, at), fmt.Sprintf(`{"at":%d,"tag":"aa01","seq":2}`, at-1)),
		w.says("reader-a", SightingKind, fmt.Sprintf(`{"at":%d,"tag":"aa01","seq":2,"antenna":3}`, at), fmt.Sprintf(`{"at":%d,"tag":"aa02","seq":1,"battery":9}`, at)))
	var got []string
	for _, x := range w.tracked {
		got = append(got, fmt.Sprintf("%d %s %s %s %s %d %s %v %d %d", x.At.UnixMilli()-at, x.Device, x.Kind, x.Zone, x.Org, x.Seq, x.Tag, x.RSSI, x.Antenna, x.BatteryPercent))
	}
	slices.Sort(got)
	want := []string{"-1 reader-b reader g demo-area 2 aa01 NaN 0 -1", "0 reader-a portal g demo-area 1 aa02 NaN 0 9", "0 reader-a portal g demo-area 2 aa01 NaN 3 -1", "0 reader-b reader g demo-area -1 aa02 -50 0 -1"}
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("%q", got)
	}
}

// TestStoppingTellsEverybody: what waits when the program stops is not stored and
// its senders know, each once.
func TestStoppingTellsEverybody(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate", Gate, "g")
	trying := make(chan bool)
	w.failWith(func() error {
		select {
		case trying <- true:
		default:
		}
		return store.ErrUnavailable.Wrap(errDown)
	}, false)
	stop := w.run()
	var taken, told, late atomic.Int64
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			for i := 0; ; i++ {
				err := w.s.Offer(context.Background(), w.says("gate", CountKind, w.counted(n, i, 1, 0)), func(err error) {
					if err == nil {
						t.Error("acknowledged what cannot be stored")
					}
					told.Add(1)
				})
				if errors.Is(err, ErrStopping) {
					late.Add(1)
					return
				}
				w.must(err)
				taken.Add(1)
			}
		})
	}
	<-trying
	stop()
	wg.Wait()
	if taken.Load() != told.Load() || late.Load() != 20 {
		t.Errorf("%d taken, %d told, %d refused", taken.Load(), told.Load(), late.Load())
	}
	if w.s.pipe.room.TryAcquire(waitingSamples) == false {
		t.Error("room was not given back")
	}
	if err := w.s.RunPipeline(t.Context()); err == nil {
		t.Error("ran a second time")
	}
}

func TestOfferWaitsForRoomUntilItsContextEnds(t *testing.T) {
	w := newIngestWorld(t)
	for range waitingMessages {
		w.must(w.s.Offer(t.Context(), w.says("gate", CountKind), func(error) {}))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.s.Offer(ctx, w.says("gate", CountKind), func(error) { t.Error("told") }); !errors.Is(err, context.Canceled) {
		t.Errorf("the queue is full: %v", err)
	}
	if got := w.s.pipe.take(t.Context()); len(got) != batchMessages {
		t.Errorf("a batch of %d", len(got))
	}
}

func TestCaptureAnswersAfterTheCommit(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g")
	w.device("gate", Gate, "g")
	stop := w.run()
	m := w.says("gate", CountKind, w.counted(0, 1, 4, 0), `{"at":"soon"}`)
	m.Received = w.now()
	r, err := w.s.Capture(t.Context(), m)
	if err != nil || r.Stored != 1 || len(r.Refused) != 1 || r.Refused[0].Index != 1 {
		t.Errorf("%+v %v", r, err)
	}
	if o := w.occupancy("g", "2026-11-28"); o.EnteredToday != 4 {
		t.Errorf("%d entered", o.EnteredToday)
	}
	if s := w.s.PipelineStats(); s.Messages != 1 || s.Stored != 1 || s.Refused != 1 || s.Waiting != 0 || s.Batches != 1 {
		t.Errorf("%+v", s)
	}
	stop()
	if _, err := w.s.Capture(t.Context(), m); !errors.Is(err, ErrStopping) || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("stopped: %v", err)
	}
}
