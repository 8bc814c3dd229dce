package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
	"yijianyou/sensors"
	"yijianyou/sensors/broker"
	"yijianyou/tourism"
)

// grounds is an area of eight devices that publish without a pause: four gates
// and four instruments.
type grounds struct {
	settings map[string]string // data directory and database
	area     string
	devices  []*testDevice
	begin    time.Time // of the first sample of each
}

// testDevice is a device and what was sent in its name.
type testDevice struct {
	id           sensors.DeviceID
	kind         sensors.SampleKind
	secret       string
	sent         atomic.Int64 // samples, numbered from 0 and a millisecond apart
	acknowledged atomic.Int64
	waiting      sync.WaitGroup

	mu    sync.Mutex
	known map[int64]bool // numbers of the acknowledged samples
}

// engines are the places to keep data in, each fresh.
func engines(t *testing.T) map[string]func(t *testing.T) map[string]string {
	return map[string]func(t *testing.T) map[string]string{
		"SQLite": func(t *testing.T) map[string]string { return map[string]string{"data": t.TempDir()} },
		"MongoDB": func(t *testing.T) map[string]string {
			return map[string]string{"data": t.TempDir(), "database": mongotest.NewSet(t, 1).URI("scenario")} // a dropped database waits for what the killed left open
		},
	}
}

// core opens the services beside no server.
func (g *grounds) core(t *testing.T, use func(*Core)) {
	t.Helper()
	cfg, err := config.Load(config.Sources{Flags: g.settings})
	if err != nil {
		t.Fatal(err)
	}
	core, err := OpenCore(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := core.Close(); err != nil {
			t.Error(err)
		}
	}()
	use(core)
}

// newGrounds registers the area and its devices.
func newGrounds(t *testing.T, settings map[string]string) *grounds {
	t.Helper()
	g := &grounds{settings: settings, begin: time.Now().UTC().Truncate(time.Millisecond)}
	g.core(t, func(c *Core) {
		settle(t, c)
		g.register(t, c)
	})
	return g
}

func (g *grounds) register(t *testing.T, c *Core) {
	t.Helper()
	by := actor.SystemPart("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	area, err := c.Tourism.Areas.Create(t.Context(), by, tourism.NewRecord[tourism.AreaFields]{Org: testOrg, Fields: tourism.AreaFields{Name: heritage.Text{ZH: "场景园"}, Simulated: true}})
	must(err)
	g.area = area.ID
	reset := g.begin.Add(20 * time.Hour) // Shanghai is eight hours ahead: the day does not end within the next hours
	zone, err := c.Sensors.Zones.Create(t.Context(), by, sensors.NewThing[sensors.ZoneFields]{Org: testOrg,
		Fields: sensors.ZoneFields{Kind: sensors.Ground, Name: heritage.Text{ZH: "全园"}, AreaID: area.ID, ResetAt: reset.Format("15:04"), Simulated: true}})
	must(err)
	for i := range 8 {
		d := &testDevice{id: sensors.DeviceID(fmt.Sprintf("scenario-%d", i)), kind: sensors.CountKind, known: make(map[int64]bool)}
		f := sensors.DeviceFields{Kind: sensors.Gate, Name: heritage.Text{ZH: fmt.Sprintf("设备 %d", i)}, ZoneID: sensors.ZoneID(zone.ID)}
		if i >= 4 {
			d.kind, f.Kind = sensors.ReadingKind, sensors.Instrument
			f.Channels = []sensors.Channel{{Name: "light", Quantity: "illuminance", Unit: "lx", Max: 200_000}}
		}
		_, err := c.Sensors.Devices.Create(t.Context(), by, sensors.NewThing[sensors.DeviceFields]{ID: string(d.id), Org: testOrg, Fields: f})
		must(err)
		d.secret, err = c.Sensors.RotateSecret(t.Context(), by, d.id)
		must(err)
		g.devices = append(g.devices, d)
	}
}

// publish lets a device publish to a broker, sample after sample, until ctx
// ends; then it waits until all are acknowledged, and stops.
func (g *grounds) publish(ctx context.Context, t *testing.T, d *testDevice, at string) {
	u, err := url.Parse("mqtt://" + at)
	if err != nil {
		t.Error(err)
		return
	}
	p := broker.NewPublisher(broker.PublisherOptions{Remote: broker.Remote{URL: u}, Org: testOrg, Device: d.id, Secret: d.secret, Log: slog.New(slog.DiscardHandler)})
	life, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(life) }()
	for ctx.Err() == nil {
		if !g.send(ctx, t, d, p) {
			break
		}
	}
	d.waiting.Wait()
	end()
	if err := <-ended; err != nil {
		t.Errorf("%s: %v", d.id, err)
	}
}

// send sends the next sample of a device; false when ctx ended before there was
// room for it.
func (g *grounds) send(ctx context.Context, t *testing.T, d *testDevice, p *broker.Publisher) bool {
	n := d.sent.Load()
	at := g.begin.Add(time.Duration(n) * time.Millisecond).UnixMilli()
	payload := fmt.Appendf(nil, `{"at":%d,"seq":%d,"in":1,"out":0}`, at, n)
	if d.kind == sensors.ReadingKind {
		payload = fmt.Appendf(nil, `{"at":%d,"seq":%d,"channel":"light","value":%d,"unit":"lx"}`, at, n, n%200_000)
	}
	d.waiting.Add(1)
	err := p.Send(ctx, d.kind, payload, func(err error) {
		defer d.waiting.Done()
		if err != nil {
			if t.Context().Err() == nil {
				t.Errorf("%s: sample %d: %v", d.id, n, err)
			}
			return
		}
		d.mu.Lock()
		d.known[n] = true
		d.mu.Unlock()
		d.acknowledged.Add(1)
	})
	if err != nil {
		d.waiting.Done()
		return false
	}
	d.sent.Add(1)
	return true
}

// acknowledged is how many samples of all devices were.
func (g *grounds) acknowledged() (n int64) {
	for _, d := range g.devices {
		n += d.acknowledged.Load()
	}
	return n
}

// awaitAcknowledged waits until n more samples of all devices were.
func (g *grounds) awaitAcknowledged(t *testing.T, n int64) {
	t.Helper()
	want := g.acknowledged() + n
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for g.acknowledged() < want {
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-tick.C:
		}
	}
}

// promised are the numbers of the samples that were acknowledged, by device.
func (g *grounds) promised() map[sensors.DeviceID]map[int64]bool {
	out := make(map[sensors.DeviceID]map[int64]bool)
	for _, d := range g.devices {
		d.mu.Lock()
		out[d.id] = maps.Clone(d.known)
		d.mu.Unlock()
	}
	return out
}

// stored are the samples that the store has: of an instrument their numbers, of
// a gate how many people it counted, which is how many samples it has.
func (g *grounds) stored(t *testing.T, c *Core) (numbers map[sensors.DeviceID]map[int64]bool, counts map[sensors.DeviceID]int64) {
	t.Helper()
	numbers, counts = make(map[sensors.DeviceID]map[int64]bool), make(map[sensors.DeviceID]int64)
	today, err := c.Sensors.OccupancyNow(t.Context(), c.Store, g.area)
	if err != nil {
		t.Fatal(err)
	}
	for _, gate := range today.Gates {
		for _, h := range gate.Today.Hours {
			counts[sensors.DeviceID(gate.Gate.ID)] += int64(h.In)
		}
	}
	for _, d := range g.devices {
		if d.kind != sensors.ReadingKind {
			continue
		}
		of := make(map[int64]bool)
		for span := (sensors.Span{From: g.begin, Before: g.begin.Add(24 * time.Hour), Limit: store.MaxLimit}); ; {
			got, err := c.Sensors.Readings(t.Context(), actor.SystemPart("test"), d.id, "light", span)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range got.Values {
				n := v.At.Sub(g.begin).Milliseconds()
				if of[n] || int64(v.Value) != n%200_000 {
					t.Errorf("%s: sample %d is there twice or is not what was sent: %v", d.id, n, v.Value)
				}
				of[n] = true
			}
			if span.After = got.Next; got.Next == "" {
				break
			}
		}
		numbers[d.id], counts[d.id] = of, int64(len(of))
	}
	return numbers, counts
}

// kept wants every sample that was promised to be in the store.
func (g *grounds) kept(t *testing.T, c *Core, promised map[sensors.DeviceID]map[int64]bool) {
	t.Helper()
	numbers, counts := g.stored(t, c)
	for id, of := range promised {
		if counts[id] < int64(len(of)) {
			t.Errorf("%s: %d samples were acknowledged and %d are stored", id, len(of), counts[id])
		}
		if numbers[id] == nil {
			continue
		}
		for n := range of {
			if !numbers[id][n] {
				t.Errorf("%s: sample %d was acknowledged and is lost", id, n)
			}
		}
	}
}

// exact wants the store to have what was sent, each sample once.
func (g *grounds) exact(t *testing.T, c *Core) {
	t.Helper()
	_, counts := g.stored(t, c)
	for _, d := range g.devices {
		if counts[d.id] != d.sent.Load() || d.acknowledged.Load() != d.sent.Load() {
			t.Errorf("%s: %d sent, %d acknowledged, %d stored", d.id, d.sent.Load(), d.acknowledged.Load(), counts[d.id])
		}
	}
}

// flags are the settings as flags of the command line.
func (g *grounds) flags(more ...string) []string {
	for _, name := range slices.Sorted(maps.Keys(g.settings)) {
		if name != "data" {
			more = append(more, "--"+name, g.settings[name])
		}
	}
	return more
}

// TestKilledWhileDevicesPublish kills the real program with SIGKILL while eight
// devices publish, several times over. After each kill every acknowledged sample
// is in the store; in the end each sample that was sent is there once.
func TestKilledWhileDevicesPublish(t *testing.T) {
	for name, engine := range engines(t) {
		t.Run(name, func(t *testing.T) {
			g := newGrounds(t, engine(t))
			at := freePort(t)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var publishers sync.WaitGroup
			for _, d := range g.devices {
				publishers.Go(func() { g.publish(ctx, t, d, at) })
			}
			rounds := storetest.Kills()
			for round := range rounds {
				p := launch(t, g.settings["data"], g.flags("--mqtt-listen", at)...)
				g.awaitAcknowledged(t, int64(300+137*(round%7))) // another moment in every round
				p.kill(t)
				promised := g.promised()
				g.core(t, func(c *Core) { g.kept(t, c, promised) })
			}
			p := launch(t, g.settings["data"], g.flags("--mqtt-listen", at)...)
			stop()
			publishers.Wait()
			p.stop(t)
			g.core(t, func(c *Core) { g.exact(t, c) })
			t.Logf("%d samples were acknowledged in %d rounds; none was lost, none counts twice", g.acknowledged(), rounds)
		})
	}
}
