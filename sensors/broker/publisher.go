package broker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

// What a publisher is told.
var (
	ErrPublishRefused = fault.Define(fault.Denied, "broker.publish_refused",
		"MQTT 代理没有接受这条消息（原因码 {reason}）。请核对设备的单位和名称。",
		"The MQTT broker did not take the message (reason code {reason}). Check organisation and name of the device.")
	errPublisherEnded = errors.New("broker: the publisher has ended")
)

const publisherWindow = 64

// PublisherOptions say who publishes where.
type PublisherOptions struct {
	Remote
	Org    actor.OrgID
	Device sensors.DeviceID
	Secret string
	As     sensors.DeviceID // whose name its topics bear; "" its own. Brokers refuse another's: only to try that out
	Window int              // messages that are sent and not acknowledged, at most; 0 means 64
	Log    *slog.Logger     // nil means slog.Default()
}

// Publisher plays a device: it keeps what was not acknowledged, connects again
// when the connection is lost, and sends it again in the same order. It is safe
// for concurrent use.
type Publisher struct {
	o     PublisherOptions
	space chan struct{} // one for each message that is kept

	mu      sync.Mutex
	ended   bool
	waiting []*outgoing // not sent on this connection, oldest first
	sent    []*outgoing // sent and perhaps acknowledged, oldest first; the first is not
	byID    map[uint16]*outgoing
	nextID  uint16
	news    chan struct{} // one is waiting; capacity 1
}

// outgoing is a message that is kept until it is acknowledged.
type outgoing struct {
	kind    sensors.SampleKind
	payload []byte
	done    func(error)
	id      uint16
	over    bool
}

// NewPublisher returns a publisher that Run connects.
func NewPublisher(o PublisherOptions) *Publisher {
	if o.As == "" {
		o.As = o.Device
	}
	if o.Window == 0 {
		o.Window = publisherWindow
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Publisher{o: o, space: make(chan struct{}, o.Window), byID: make(map[uint16]*outgoing), news: make(chan struct{}, 1)}
}

// Publish sends a message and returns when it is acknowledged. When ctx ends
// before, the message is kept and sent all the same.
//
// Errors: ErrPublishRefused; that of ctx.
func (p *Publisher) Publish(ctx context.Context, kind sensors.SampleKind, payload []byte) error {
	result := make(chan error, 1)
	if err := p.Send(ctx, kind, payload, func(err error) { result <- err }); err != nil {
		return err
	}
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Send hands over a message and returns when there is room for it; done is
// called once, with nil when it was acknowledged. done must not block.
func (p *Publisher) Send(ctx context.Context, kind sensors.SampleKind, payload []byte, done func(error)) error {
	select {
	case p.space <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		<-p.space
		return errPublisherEnded
	}
	p.waiting = append(p.waiting, &outgoing{kind: kind, payload: payload, done: done})
	p.wake()
	return nil
}

func (p *Publisher) wake() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// Run connects, and connects again whenever the connection is lost, until ctx
// ends. What is not acknowledged then is given up, and its done told so.
//
// Errors: ErrLoginRefused when the broker does not know the device or its secret.
func (p *Publisher) Run(ctx context.Context) error {
	defer p.giveUp()
	return keepConnected(ctx, p.connect, func(err error) error {
		p.o.Log.Debug("MQTT connection of a device lost", "device", p.o.Device, "err", err)
		if errors.Is(err, ErrLoginRefused) {
			return err
		}
		return nil
	})
}

func (p *Publisher) giveUp() {
	p.mu.Lock()
	left := append(p.sent, p.waiting...)
	p.sent, p.waiting, p.ended = nil, nil, true
	p.mu.Unlock()
	for _, m := range left {
		if !m.over {
			m.done(errPublisherEnded)
		}
	}
}

// connect lives one connection to its end; begun reports whether the login
// succeeded.
func (p *Publisher) connect(ctx context.Context) (begun bool, err error) {
	l, err := p.o.dial(ctx)
	if err != nil {
		return false, err
	}
	defer l.close()
	answer, err := l.login(packets.Packet{
		Connect: packets.ConnectParams{Clean: true, ClientIdentifier: string(p.o.Device),
			UsernameFlag: true, Username: []byte(p.o.Device), PasswordFlag: true, Password: []byte(p.o.Secret)},
	})
	if err != nil {
		return false, err
	}
	limit := p.o.Window
	if n := int(answer.Properties.ReceiveMaximum); n > 0 { // none means 65535, section 3.2.2.3.3
		limit = min(limit, n)
	}
	p.again()
	failed := make(chan error, 1)
	go func() { failed <- p.listen(l) }()
	return true, p.talk(ctx, l, limit, failed)
}

// again makes everything that was not acknowledged wait for being sent.
func (p *Publisher) again() {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []*outgoing
	for _, m := range append(p.sent, p.waiting...) {
		if !m.over {
			all = append(all, m)
		}
	}
	p.waiting, p.sent, p.byID = all, nil, make(map[uint16]*outgoing)
	p.wake()
}

// talk sends what waits, and pings, until the connection fails.
func (p *Publisher) talk(ctx context.Context, l *link, limit int, failed <-chan error) error {
	ping := time.NewTicker(linkKeepalive * time.Second / 2)
	defer ping.Stop()
	for {
		if err := p.sendWaiting(l, limit); err != nil {
			return err
		}
		select {
		case <-p.news:
		case <-ping.C:
			if err := l.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Pingreq}}); err != nil {
				return err
			}
		case err := <-failed:
			return err
		case <-ctx.Done():
			return l.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Disconnect}})
		}
	}
}

// sendWaiting sends as much of what waits as the broker takes, in large writes.
func (p *Publisher) sendWaiting(l *link, limit int) error {
	var buf bytes.Buffer
	for m := p.next(limit); m != nil; m = p.next(limit) {
		pk := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Publish, Qos: 1}, ProtocolVersion: linkVersion,
			TopicName: address{org: p.o.Org, device: p.o.As, kind: m.kind}.topic(), PacketID: m.id, Payload: m.payload}
		if err := pk.PublishEncode(&buf); err != nil {
			return fmt.Errorf("broker: %w", err)
		}
		if buf.Len() < 16<<10 {
			continue
		}
		if err := l.write(buf.Bytes()); err != nil {
			return err
		}
		buf.Reset()
	}
	if buf.Len() == 0 {
		return nil
	}
	return l.write(buf.Bytes())
}

// next returns the oldest message that waits, now counted as sent; nil when
// there is none or the broker takes no more.
func (p *Publisher) next(limit int) *outgoing {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) == 0 || len(p.byID) >= limit {
		return nil
	}
	m := p.waiting[0]
	p.waiting = p.waiting[1:]
	for {
		p.nextID++
		if _, taken := p.byID[p.nextID]; p.nextID != 0 && !taken {
			break
		}
	}
	m.id = p.nextID
	p.byID[m.id] = m
	p.sent = append(p.sent, m)
	return m
}

// listen reads the acknowledgements until the connection fails.
func (p *Publisher) listen(l *link) error {
	for {
		pk, err := l.read(maxAnswer)
		if err != nil {
			return err
		}
		if pk.FixedHeader.Type == packets.Puback {
			p.acknowledged(pk.PacketID, pk.ReasonCode)
		}
	}
}

func (p *Publisher) acknowledged(id uint16, reason byte) {
	p.mu.Lock()
	m := p.byID[id]
	if m == nil {
		p.mu.Unlock()
		return
	}
	delete(p.byID, id)
	m.over = true
	n := 0
	for n < len(p.sent) && p.sent[n].over {
		n++
	}
	p.sent = p.sent[n:]
	if len(p.waiting) > 0 {
		p.wake()
	}
	p.mu.Unlock()
	<-p.space
	if reason >= packets.ErrUnspecifiedError.Code {
		m.done(ErrPublishRefused.New(fault.P("reason", reason)))
		return
	}
	m.done(nil)
}
