package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync"
	"time"

	"yijianyou/cmd/yijianyou/demo"
	"yijianyou/internal/fault"
	"yijianyou/sensors"
	"yijianyou/sensors/broker"
	"yijianyou/sensors/simulate"
)

// ErrNoBroker is a simulator without a server to play to.
var ErrNoBroker = fault.Define(fault.Unavailable, "app.no_broker",
	"没有找到 MQTT 代理的地址。请先启动带演示数据的服务（make run），或用 --broker 指明地址。",
	"No address of an MQTT broker is known. Start the server with the demo data first (make run), or name it with --broker.")

// DemoSecret returns the secret of a device of the demo: made of the key of the
// data directory, so that the simulator knows it and nobody else.
func (c *Core) DemoSecret() (func(sensors.DeviceID) string, error) {
	key, err := c.Dir.Secret()
	if err != nil {
		return nil, err
	}
	return func(id sensors.DeviceID) string {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("demo device " + id))
		return hex.EncodeToString(mac.Sum(nil))
	}, nil
}

// fleet plays devices over MQTT: each has a connection of its own, from its
// first message on. It is safe for concurrent use.
type fleet struct {
	remote broker.Remote
	secret func(sensors.DeviceID) string
	log    *slog.Logger

	ctx    context.Context
	stop   context.CancelFunc
	wg     sync.WaitGroup
	mu     sync.Mutex
	joined map[sensors.DeviceID]*broker.Publisher
}

func newFleet(ctx context.Context, brokerURL string, secret func(sensors.DeviceID) string, log *slog.Logger) (*fleet, error) {
	if brokerURL == "" {
		return nil, ErrNoBroker.New()
	}
	u, err := broker.ParseURL(brokerURL)
	if err != nil {
		return nil, err
	}
	f := &fleet{remote: broker.Remote{URL: u}, secret: secret, log: log, joined: map[sensors.DeviceID]*broker.Publisher{}}
	f.ctx, f.stop = context.WithCancel(ctx)
	return f, nil
}

// Publish implements simulate.Publisher.
func (f *fleet) Publish(ctx context.Context, p simulate.Publication) error {
	var err error
	if p.By == p.Device {
		err = f.device(p).Publish(ctx, p.Kind, p.Payload)
	} else {
		err = f.lie(ctx, p)
	}
	if errors.Is(err, broker.ErrPublishRefused) {
		return simulate.ErrRefused
	}
	return err
}

func (f *fleet) device(p simulate.Publication) *broker.Publisher {
	f.mu.Lock()
	defer f.mu.Unlock()
	d, ok := f.joined[p.By]
	if !ok {
		d = broker.NewPublisher(broker.PublisherOptions{Remote: f.remote, Org: p.Org, Device: p.By, Secret: f.secret(p.By), Log: f.log})
		f.joined[p.By] = d
		f.wg.Go(func() { f.run(f.ctx, p.By, d) })
	}
	return d
}

func (f *fleet) run(ctx context.Context, id sensors.DeviceID, d *broker.Publisher) {
	if err := d.Run(ctx); err != nil && ctx.Err() == nil {
		f.log.Warn("a simulated device was refused", "device", id, "error", err)
	}
}

// lie publishes under another's name over a connection of its own, which ends
// with it.
func (f *fleet) lie(ctx context.Context, p simulate.Publication) error {
	lying, stop := context.WithCancel(f.ctx)
	defer stop()
	d := broker.NewPublisher(broker.PublisherOptions{Remote: f.remote, Org: p.Org, Device: p.By, Secret: f.secret(p.By), As: p.Device, Log: f.log})
	f.wg.Go(func() { f.run(lying, p.By, d) })
	return d.Publish(ctx, p.Kind, p.Payload)
}

// Close disconnects every device.
func (f *fleet) Close() {
	f.stop()
	f.wg.Wait()
}

// wallClock is the real time.
type wallClock struct{}

// Now implements simulate.Clock.
func (wallClock) Now() time.Time { return time.Now() }

// Wait implements simulate.Clock.
func (wallClock) Wait(ctx context.Context, t time.Time) error {
	timer := time.NewTimer(time.Until(t))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Simulate plays a script of the demo's world to a broker; "" is that of the
// server that runs on the same database. The server's own heartbeat is silent
// meanwhile.
func (c *Core) Simulate(ctx context.Context, s *simulate.Script, brokerURL string) (simulate.Tally, error) {
	w, err := demo.World()
	if err != nil {
		return simulate.Tally{}, err
	}
	secret, err := c.DemoSecret()
	if err != nil {
		return simulate.Tally{}, err
	}
	const guest = "simulate"
	known, err := demo.TakeScene(ctx, c.Store, guest)
	if err != nil {
		return simulate.Tally{}, err
	}
	defer func() { _ = demo.LeaveScene(context.WithoutCancel(ctx), c.Store, guest) }() // else it ends by its time
	if brokerURL == "" {
		brokerURL = known
	}
	f, err := newFleet(ctx, brokerURL, secret, c.Log)
	if err != nil {
		return simulate.Tally{}, err
	}
	defer f.Close()
	keep, end := context.WithCancel(ctx)
	defer end()
	go func() {
		for (wallClock{}).Wait(keep, time.Now().Add(5*time.Second)) == nil {
			if _, err := demo.TakeScene(keep, c.Store, guest); err != nil && keep.Err() == nil {
				c.Log.Warn("the scene cannot be kept", "error", err)
			}
		}
	}()
	if err := (wallClock{}).Wait(ctx, time.Now().Add(heartbeatLook)); err != nil { // until the heartbeat is silent
		return simulate.Tally{}, nil
	}
	return simulate.NewPlayer(w, s, wallClock{}, f).Play(ctx)
}
