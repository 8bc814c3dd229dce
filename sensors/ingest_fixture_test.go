package sensors

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/sqlitestore"
)

// ingestWorld is a store with a clock of its own, the service on it, and a
// database that can be made to fail.
type ingestWorld struct {
	testing.TB
	st *store.Store
	s  *Service

	mu   sync.Mutex
	at   time.Time
	fail func() error // called for each attempt to write; nil none fails
	lost bool         // attempts that fail do so after the commit

	tracked []Sighting
}

// flaky is an engine whose writing fails when its world says so.
type flaky struct {
	store.Engine
	w *ingestWorld
}

func (f flaky) Update(ctx context.Context, class store.Class, fn func(context.Context, store.Writer) error) error {
	f.w.mu.Lock()
	failing, lost := f.w.fail, f.w.lost
	f.w.mu.Unlock()
	if failing == nil {
		return f.Engine.Update(ctx, class, fn)
	}
	err := failing()
	if err == nil || lost {
		if committed := f.Engine.Update(ctx, class, fn); committed != nil {
			return committed
		}
	}
	return err
}

func newIngestWorld(t testing.TB) *ingestWorld {
	return newIngestWorldWith(t, store.Options{RunTwice: true})
}

func newIngestWorldWith(t testing.TB, opts store.Options) *ingestWorld {
	engine, err := sqlitestore.Open(t.Context(), t.TempDir()+"/test.db", sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return newIngestWorldOn(t, engine, opts)
}

// newMongoWorld is a world on MongoDB.
func newMongoWorld(t testing.TB) *ingestWorld {
	engine, err := mongostore.Open(t.Context(), mongotest.Database(t), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return newIngestWorldOn(t, engine, store.Options{})
}

func newIngestWorldOn(t testing.TB, engine store.Engine, opts store.Options) *ingestWorld {
	w := &ingestWorld{TB: t, at: time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)}
	var err error
	opts.Now = w.now
	w.st, err = store.Open(t.Context(), flaky{engine, w}, opts, Collections()...)
	w.must(err)
	t.Cleanup(func() { w.must(w.st.Close()) })
	w.serve()
	return w
}

// serve makes a service on the store; a second one is another node.
func (w *ingestWorld) serve() *Service {
	no := noNeighbours{}
	w.s = New(Options{Store: w.st, Catalogue: no, Orders: no, Loans: no, Assets: no, Areas: no, Log: slog.New(slog.DiscardHandler), After: soon})
	w.s.track = w.track
	return w.s
}

// soon is a clock whose pauses are over at once.
func soon(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	c <- time.Time{}
	return c
}

// track keeps what the last transaction was to track.
func (w *ingestWorld) track(_ *store.Tx, list []Sighting) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, x := range list {
		if x.Tag == "dead" {
			panic("a defect")
		}
	}
	w.tracked = list
	return nil
}

func (w *ingestWorld) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *ingestWorld) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

func (w *ingestWorld) failWith(fail func() error, lost bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail, w.lost = fail, lost
}

func (w *ingestWorld) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// put writes documents in a transaction of the program.
func put[T any](w *ingestWorld, docs *store.Collection[T], doc *T) {
	w.Helper()
	w.must(w.st.Update(w.Context(), ingest, func(tx *store.Tx) error { return docs.Put(tx, doc) }))
}

// ground is a zone in which visitors of the area of the same name are counted.
func (w *ingestWorld) ground(id string, change ...func(*ZoneFields)) {
	z := &Zone{Meta: store.Meta{ID: id, Org: "demo-area"}, Fields: ZoneFields{Kind: Ground, AreaID: "area-" + id, TimeZone: "Asia/Shanghai", ResetAt: "04:00", StaleAfterS: 300, Simulated: true}}
	for _, fn := range change {
		fn(&z.Fields)
	}
	put(w, zoneDocs, z)
}

func (w *ingestWorld) device(id string, kind DeviceKind, zone string, change ...func(*DeviceFields)) {
	d := &Device{Meta: store.Meta{ID: id, Org: "demo-area"}, Fields: DeviceFields{Kind: kind, ZoneID: ZoneID(zone), SilentAfterS: 120}}
	if kind == Instrument {
		d.Fields.Channels = []Channel{{Name: "t", Quantity: "temperature", Unit: "Cel", Min: -40, Max: 80}, {Name: "rh", Quantity: "relative-humidity", Unit: "%", Max: 100}}
	}
	for _, fn := range change {
		fn(&d.Fields)
	}
	put(w, deviceDocs, d)
}

// says makes a message of a device that arrives now.
func (w *ingestWorld) says(device string, kind SampleKind, samples ...string) Message {
	return Message{Org: "demo-area", Device: DeviceID(device), Kind: kind, Payload: []byte("[" + strings.Join(samples, ",") + "]"), Received: w.now()}
}

// counted is a sample of a gate of so many seconds ago.
func (w *ingestWorld) counted(agoS, seq, in, out int) string {
	return fmt.Sprintf(`{"at":%d,"seq":%d,"in":%d,"out":%d}`, w.now().Add(-time.Duration(agoS)*time.Second).UnixMilli(), seq, in, out)
}

// measured is a reading of so many milliseconds ago.
func (w *ingestWorld) measured(agoMS, seq int, channel string, value float64, unit string) string {
	return fmt.Sprintf(`{"at":%d,"seq":%d,"channel":"%s","value":%v,"unit":"%s"}`, w.now().UnixMilli()-int64(agoMS), seq, channel, value, unit)
}

// run starts the pipeline; the returned func stops it and waits.
func (w *ingestWorld) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s := w.s
	go func() { ended <- s.RunPipeline(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			w.must(<-ended)
		})
	}
	w.Cleanup(stop)
	return stop
}

// stores stores messages as one batch and returns the reports.
func (w *ingestWorld) stores(list ...Message) []Report {
	w.Helper()
	reports := make([]Report, len(list))
	batch := make([]*offered, len(list))
	for i, m := range list {
		batch[i] = w.s.offered(m, func(r Report, err error) {
			w.Helper()
			if err != nil {
				w.Error(err)
			}
			reports[i] = r
		})
		w.s.pipe.room.TryAcquire(batch[i].room)
	}
	w.s.settle(w.Context(), batch)
	return reports
}

func (w *ingestWorld) state(device string) *DeviceState {
	w.Helper()
	st, err := deviceStates.Get(w.Context(), w.st, device)
	w.must(err)
	return st
}

func (w *ingestWorld) occupancy(zone, day string) *Occupancy {
	w.Helper()
	o, err := occupancyDocs.Get(w.Context(), w.st, zone+"/"+day)
	w.must(err)
	return o
}

func (w *ingestWorld) refusals() (list []*Refusal) {
	w.Helper()
	w.must(refusalDocs.Each(w.Context(), w.st, store.Query{}, func(r *Refusal) error {
		list = append(list, r)
		return nil
	}))
	return list
}

// values returns the readings of a channel, as milliseconds and value.
func (w *ingestWorld) values(device, channel string) (list []string) {
	w.Helper()
	w.must(w.s.readingsOf(w.Context(), w.st, DeviceID(device), channel, time.UnixMilli(0), w.now().Add(time.Hour), func(at time.Time, v float64) error {
		list = append(list, fmt.Sprint(at.UnixMilli(), "=", v))
		return nil
	}))
	return list
}

var errDown = errors.New("connection refused")
