package broker

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net"
	"sync"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"
	"golang.org/x/sync/semaphore"

	"yijianyou/sensors"
)

const (
	maxPacket     = sensors.MaxPayload + 1<<10 // bytes of a packet: the payload, the topic, the properties of 5.0
	maxKeepaliveS = 1800
	maxExpiryS    = 30 * 24 * 3600 // of a session of 5.0
	expelEvery    = 10 * time.Second
)

// Sink takes messages in; sensors.Service is one.
type Sink interface {
	// Offer hands over a message and blocks while there is no room, until ctx
	// ends. When it returns nil, done is called once, from another goroutine: with
	// nil after the commit, with an error when the message was not stored. When it
	// returns an error done is not called.
	Offer(ctx context.Context, m sensors.Message, done func(error)) error
}

// Doors says who may come in; sensors.Service does.
type Doors interface {
	Authenticate(ctx context.Context, device sensors.DeviceID, secret, address string) (sensors.Device, error)
	Expelled(ctx context.Context, connected map[sensors.DeviceID]sensors.Proof) ([]sensors.DeviceID, error)
	NoteRefusal(ctx context.Context, r sensors.Refusal) error
	// ResumeSession returns whether the device has a session that lasts, and
	// whether it reads its command topic in it.
	ResumeSession(ctx context.Context, device sensors.DeviceID) (found, subscribed bool, err error)
	// KeepSession makes or changes it; EndSession ends it if there is one.
	KeepSession(ctx context.Context, device sensors.Device, subscribed bool) error
	EndSession(ctx context.Context, device sensors.DeviceID) error
}

// Options are what a Broker needs; only Log may be missing.
type Options struct {
	Listener net.Listener // taken over: Run closes it
	Sink     Sink
	Doors    Doors
	Log      *slog.Logger // nil means slog.Default()
}

// Broker is the embedded MQTT broker.
type Broker struct {
	Counters

	sink     Sink
	doors    Doors
	log      *slog.Logger
	listener *listener
	server   *mochi.Server
	memory   *semaphore.Weighted // bytes of maxHeld

	ctx context.Context // of Run

	mu       sync.Mutex
	sessions map[sensors.DeviceID]*session // that are connected
}

// New returns a broker that Run starts.
func New(o Options) *Broker {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	b := &Broker{sink: o.Sink, doors: o.Doors, log: o.Log, memory: semaphore.NewWeighted(maxHeld), sessions: make(map[sensors.DeviceID]*session)}
	b.listener = newListener(o.Listener, o.Log, &b.Counters)
	b.listener.goodbye = b.goodbye
	capabilities := mochi.NewDefaultServerCapabilities()
	capabilities.MaximumClientWritesPending = 64
	capabilities.MaximumSessionExpiryInterval = maxExpiryS
	capabilities.MaximumPacketSize = maxPacket
	capabilities.ReceiveMaximum = window
	capabilities.MaximumInflight = window
	capabilities.TopicAliasMaximum = 0 // an alias would pass the check of the topic
	capabilities.SharedSubAvailable = 0
	capabilities.WildcardSubAvailable = 0
	capabilities.SubIDAvailable = 0
	capabilities.RetainAvailable = 0
	capabilities.MinimumProtocolVersion = 4
	b.server = mochi.New(&mochi.Options{
		Capabilities: capabilities, ClientNetReadBufferSize: 8 << 10,
		SysTopicResendInterval: math.MaxInt32,                 // nobody may read $SYS
		Logger:                 slog.New(slog.DiscardHandler), // it logs whole packets; what matters is logged here
	})
	return b
}

// Address is where it listens.
func (b *Broker) Address() string { return b.listener.Address() }

// Run serves until ctx ends, then says good bye to all devices.
func (b *Broker) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b.ctx = ctx
	if err := b.server.AddHook(&hook{b: b}, nil); err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	if err := b.server.AddListener(b.listener); err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	if err := b.server.Serve(); err != nil {
		return fmt.Errorf("broker: %w", err)
	}
	tick := time.NewTicker(expelEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := b.expel(ctx); err != nil && ctx.Err() == nil {
				b.log.Warn("whether all MQTT devices may stay could not be asked", "err", err)
			}
		case <-ctx.Done():
			return b.server.Close()
		}
	}
}

// expel cuts off the devices that may not stay.
func (b *Broker) expel(ctx context.Context) error {
	connected := make(map[sensors.DeviceID]sensors.Proof)
	b.mu.Lock()
	for id, s := range b.sessions {
		connected[id] = s.proof
	}
	b.mu.Unlock()
	if len(connected) == 0 {
		return nil
	}
	out, err := b.doors.Expelled(ctx, connected)
	if err != nil {
		return err
	}
	for _, id := range out {
		b.mu.Lock()
		s := b.sessions[id]
		b.mu.Unlock()
		if s != nil && s.proof == connected[id] {
			s.expel()
		}
	}
	return nil
}

// enter makes s the session of its device and cuts off the one before.
func (b *Broker) enter(s *session) {
	id := sensors.DeviceID(s.device.ID)
	b.mu.Lock()
	before := b.sessions[id]
	b.sessions[id] = s
	b.mu.Unlock()
	b.Connections.Add(1)
	if before != nil {
		before.takenOver()
	}
}

// goodbye ends all sessions, each with the reason where the protocol has one.
func (b *Broker) goodbye() {
	b.mu.Lock()
	all := make([]*session, 0, len(b.sessions))
	for _, s := range b.sessions {
		all = append(all, s)
	}
	b.mu.Unlock()
	var left sync.WaitGroup
	for _, s := range all {
		left.Go(func() { s.disconnect(packets.ErrServerShuttingDown) })
	}
	left.Wait()
}

func (b *Broker) leave(s *session) {
	b.mu.Lock()
	if id := sensors.DeviceID(s.device.ID); b.sessions[id] == s {
		delete(b.sessions, id)
	}
	b.mu.Unlock()
	b.Connections.Add(-1)
}
