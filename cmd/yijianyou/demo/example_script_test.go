package demo

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/sensors"
	"yijianyou/sensors/simulate"
)

// stage is the model house with its devices and chips, and a clock that the play
// moves. It stands in for the other domains: every relic is of the museum and
// graded second class, and handed out under an order when orders says so.
type stage struct {
	*testing.T
	st     *store.Store
	svc    *sensors.Service
	mu     sync.Mutex
	at     time.Time
	every  time.Duration // how often the watch looks
	tick   chan time.Time
	asked  chan struct{}
	orders map[heritage.RelicID]heritage.Cover
}

func newStage(t *testing.T, every time.Duration) *stage {
	s := &stage{T: t, at: time.Date(2026, 11, 28, 1, 0, 0, 0, time.UTC), every: every, tick: make(chan time.Time), asked: make(chan struct{}),
		orders: map[heritage.RelicID]heritage.Cover{}}
	s.st = storetest.NewWith(t, store.Options{Now: s.Now}, sensors.Collections()...)
	s.svc = sensors.New(sensors.Options{Store: s.st, Catalogue: s, Orders: s, Loans: s, Assets: s, Areas: s, Log: slog.New(slog.DiscardHandler),
		After: func(time.Duration) <-chan time.Time {
			s.asked <- struct{}{}
			return s.tick
		}})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for _, run := range []func(context.Context) error{s.svc.RunPipeline, s.svc.RunWatch} {
		running.Go(func() {
			if err := run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(func() { cancel(); running.Wait() })
	<-s.asked // the first round is over
	s.furnish()
	return s
}

func (s *stage) furnish() {
	ctx, by := s.Context(), By()
	for _, z := range ExampleZones() {
		must[*sensors.Zone](s.T)(s.svc.Zones.Create(ctx, by, z))
	}
	for _, d := range ExampleDevices() {
		must[*sensors.Device](s.T)(s.svc.Devices.Create(ctx, by, d))
	}
	for _, tag := range must[[]ExampleTag](s.T)(ExampleTags()) {
		must[*sensors.Tag](s.T)(s.svc.Tags.Create(ctx, by, tag.NewThing))
		must[*sensors.Tag](s.T)(s.svc.Bind(ctx, by, sensors.TagID(tag.ID), 0, tag.Bind))
	}
}

// Now implements simulate.Clock.
func (s *stage) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *stage) set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = t
}

// Wait implements simulate.Clock: the watch looks as time passes.
func (s *stage) Wait(ctx context.Context, t time.Time) error {
	for now := s.Now(); ctx.Err() == nil && now.Before(t); now = s.Now() {
		next := now.Truncate(s.every).Add(s.every)
		if next.After(t) {
			s.set(t)
			break
		}
		s.set(next)
		s.tick <- next
		<-s.asked
	}
	return ctx.Err()
}

// Publish implements simulate.Publisher.
func (s *stage) Publish(ctx context.Context, p simulate.Publication) error {
	if p.By != p.Device {
		return simulate.ErrRefused // the broker's rule
	}
	done := make(chan error, 1)
	err := s.svc.Offer(ctx, sensors.Message{Org: p.Org, Device: p.Device, Kind: p.Kind, Payload: p.Payload, Received: s.Now()}, func(err error) { done <- err })
	if err != nil {
		return err
	}
	return <-done
}

func (s *stage) RelicGlance(context.Context, store.Reader, heritage.RelicID) (heritage.RelicGlance, error) {
	return heritage.RelicGlance{Org: MuseumOrg, Name: heritage.Text{ZH: "演示藏品"}, Grade: "grade-2"}, nil
}

func (s *stage) RelicsWithin(context.Context, store.Reader, heritage.PlaceID, int) ([]heritage.RelicGlance, bool, error) {
	return nil, false, nil
}

func (s *stage) PlaceOrg(context.Context, store.Reader, heritage.PlaceID) (actor.OrgID, error) {
	return MuseumOrg, nil
}

func (s *stage) AreaOrg(context.Context, store.Reader, string) (actor.OrgID, error) {
	return AreaOrg, nil
}

func (s *stage) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, media.ErrNotFound.New()
}

func (s *stage) Covering(_ context.Context, _ store.Reader, relic heritage.RelicID, _ time.Time) (heritage.Cover, error) {
	return s.orders[relic], nil
}

func (s *stage) Glance(context.Context, store.Reader, heritage.MovementID) (*heritage.Movement, error) {
	return nil, heritage.ErrNoMovement.New()
}

func (s *stage) Late(context.Context, store.Reader, time.Time, int) ([]*heritage.Movement, error) {
	return nil, nil
}

func (s *stage) NoteLateIn(*store.Tx, heritage.MovementID) error { return nil }

// play plays a script, at most for so long.
func (s *stage) play(name string, longest time.Duration) {
	s.Helper()
	script := must[*simulate.Script](s.T)(Script(name))
	if script.For == 0 || script.For > longest {
		script.For = longest
	}
	must[simulate.Tally](s.T)(simulate.NewPlayer(must[simulate.World](s.T)(World()), script, s, s).Play(s.Context()))
}

// alarms returns the alarms of the museum.
func (s *stage) alarms() []*sensors.NamedAlarm {
	s.Helper()
	page, err := s.svc.Alarms(s.Context(), By(), sensors.AlarmFilter{Org: MuseumOrg}, 200, "")
	if err != nil {
		s.Fatal(err)
	}
	return page.Items
}

// carried returns the relic on the chip of the demo's nth example.
func (s *stage) carried(n int) (sensors.TagID, heritage.RelicID) {
	s.Helper()
	tag := must[*sensors.Tag](s.T)(s.svc.Tags.Record(s.Context(), By(), string(TagIDOf(n))))
	return sensors.TagID(tag.ID), tag.Binding.RelicID
}

func TestTheTheftIsOneAlarmWithinASecond(t *testing.T) {
	s := newStage(t, 250*time.Millisecond)
	s.play("theft", time.Minute)
	tag, relic := s.carried(1)
	list := s.alarms()
	if len(list) != 1 {
		t.Fatalf("%d alarms, want 1: %+v", len(list), list)
	}
	a := list[0]
	if a.Kind != sensors.UnlawfulExit || a.TagID != tag || a.RelicID != relic || a.Carrier != sensors.OnBody || !a.Simulated || a.RaisedAt.Sub(a.OccurredAt) > time.Second {
		t.Errorf("got %+v", a)
	}
}

func TestTheLoanIsSilentUnderAnOrderAndAnAlarmWithoutOne(t *testing.T) {
	for _, ordered := range []bool{true, false} {
		s := newStage(t, 250*time.Millisecond)
		_, relic := s.carried(13)
		if ordered {
			s.orders[relic] = heritage.Cover{Movement: "m1", Outside: true}
		}
		s.play("lawful-loan", time.Minute)
		list := must[[]sensors.Happening](t)(s.svc.Timeline(t.Context(), By(), relic, time.Time{}, time.Time{}, 0))
		i := slices.IndexFunc(list, func(h sensors.Happening) bool { return h.Kind == sensors.HappenedPassage })
		if i < 0 || (list[i].MovementID == "m1") != ordered || (len(s.alarms()) == 0) != ordered {
			t.Errorf("ordered %v: %d alarms, %+v", ordered, len(s.alarms()), list)
		}
	}
}

func TestTheDeadReaderIsOneAlarmThatEndsByItself(t *testing.T) {
	s := newStage(t, time.Second)
	s.play("dead-reader", time.Hour)
	list := s.alarms()
	if len(list) != 1 || list[0].Kind != sensors.DeviceDown || list[0].State != sensors.Resolved || list[0].Affected == 0 {
		t.Errorf("got %+v", list)
	}
}

func TestNothingHappensOnAQuietDay(t *testing.T) {
	s := newStage(t, time.Second)
	s.play(Heartbeat, 20*time.Minute)
	for _, a := range s.alarms() {
		t.Errorf("%s of %s%s: %s", a.Kind, a.TagID, a.DeviceID, a.Ground.EN)
	}
	for _, p := range must[[]sensors.Position](t)(s.svc.Positions(t.Context(), By(), MuseumOrg)) {
		if p.ZoneID == "" || p.Gone || p.Silent || !p.Simulated {
			t.Errorf("got %+v", p)
		}
	}
}
