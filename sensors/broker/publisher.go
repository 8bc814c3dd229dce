package broker

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
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
	ErrLoginRefused = fault.Define(fault.Unauthenticated, "broker.login_refused",
		"MQTT 代理拒绝登录（原因码 {reason}）。请核对设备名和密钥。",
		"The MQTT broker refused the login (reason code {reason}). Check name and secret of the device.")
	errPublisherEnded = errors.New("broker: the publisher has ended")
)

const (
	publisherWindow    = 64
	publisherKeepalive = 30 // seconds
	publisherVersion   = 5
	longestBackoff     = 5 * time.Second
)

// PublisherOptions say who publishes where.
type PublisherOptions struct {
	URL    *url.URL    // mqtt://host:port or mqtts://host:port
	TLS    *tls.Config // of mqtts; nil is the system's trust
	Org    actor.OrgID
	Device sensors.DeviceID
	Secret string
	Window int          // messages that are sent and not acknowledged, at most; 0 means 64
	Log    *slog.Logger // nil means slog.Default()

	dial func(ctx context.Context) (net.Conn, error) // nil means by URL
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
	for failures := 0; ; failures++ {
		begun, err := p.connect(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrLoginRefused):
			return err
		case begun:
			failures = 0
		}
		p.o.Log.Debug("MQTT connection of a device lost", "device", p.o.Device, "err", err)
		select {
		case <-time.After(min(longestBackoff, 50*time.Millisecond<<min(failures, 10))):
		case <-ctx.Done():
			return nil
		}
	}
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
	c, err := p.dial(ctx)
	if err != nil {
		return false, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Now().Add(time.Second)) }) // a closed one needs none
	defer stop()
	r := bufio.NewReader(c)
	limit, err := p.login(c, r)
	if err != nil {
		return false, err
	}
	p.again()
	failed := make(chan error, 1)
	go func() { failed <- p.listen(c, r) }()
	err = p.talk(ctx, c, min(limit, p.o.Window), failed)
	c.Close()
	return true, err
}

func (p *Publisher) dial(ctx context.Context) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, loginTimeout)
	defer cancel()
	if p.o.dial != nil {
		return p.o.dial(ctx)
	}
	switch p.o.URL.Scheme {
	case "mqtt":
		return new(net.Dialer).DialContext(ctx, "tcp", p.o.URL.Host)
	case "mqtts":
		return (&tls.Dialer{Config: p.o.TLS}).DialContext(ctx, "tcp", p.o.URL.Host)
	}
	return nil, ErrBrokerURL.New()
}

// login says who this is and returns how many messages the broker takes
// unanswered.
func (p *Publisher) login(c net.Conn, r *bufio.Reader) (limit int, err error) {
	if err := c.SetDeadline(time.Now().Add(loginTimeout)); err != nil {
		return 0, err
	}
	err = writePacket(c, packets.Packet{
		FixedHeader: packets.FixedHeader{Type: packets.Connect}, ProtocolVersion: publisherVersion,
		Connect: packets.ConnectParams{ProtocolName: []byte("MQTT"), Clean: true, Keepalive: publisherKeepalive, ClientIdentifier: string(p.o.Device),
			UsernameFlag: true, Username: []byte(p.o.Device), PasswordFlag: true, Password: []byte(p.o.Secret)},
	})
	if err != nil {
		return 0, err
	}
	answer, err := readPacket(r, publisherVersion)
	if err != nil {
		return 0, err
	}
	switch code := answer.ReasonCode; {
	case answer.FixedHeader.Type != packets.Connack:
		return 0, fmt.Errorf("broker: packet type %d in answer to the login", answer.FixedHeader.Type)
	case code == packets.ErrBadUsernameOrPassword.Code || code == packets.ErrNotAuthorized.Code || code == packets.ErrClientIdentifierNotValid.Code:
		return 0, ErrLoginRefused.New(fault.P("reason", code))
	case code != 0:
		return 0, fmt.Errorf("broker: login answered with reason code %d", code)
	}
	if limit = int(answer.Properties.ReceiveMaximum); limit == 0 {
		limit = 65535 // section 3.2.2.3.3
	}
	return limit, c.SetDeadline(time.Time{})
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
func (p *Publisher) talk(ctx context.Context, c net.Conn, limit int, failed <-chan error) error {
	w := bufio.NewWriterSize(c, 16<<10)
	ping := time.NewTicker(publisherKeepalive * time.Second / 2)
	defer ping.Stop()
	for {
		if err := p.sendWaiting(c, w, limit); err != nil {
			return err
		}
		select {
		case <-p.news:
		case <-ping.C:
			if err := writePacket(w, packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Pingreq}}); err != nil {
				return err
			}
		case err := <-failed:
			return err
		case <-ctx.Done():
			return errors.Join(writePacket(w, packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Disconnect}, ProtocolVersion: publisherVersion}), w.Flush())
		}
	}
}

func (p *Publisher) sendWaiting(c net.Conn, w *bufio.Writer, limit int) error {
	if err := c.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	var buf bytes.Buffer
	for m := p.next(limit); m != nil; m = p.next(limit) {
		buf.Reset()
		pk := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Publish, Qos: 1}, ProtocolVersion: publisherVersion,
			TopicName: address{org: p.o.Org, device: p.o.Device, kind: m.kind}.topic(), PacketID: m.id, Payload: m.payload}
		if err := pk.PublishEncode(&buf); err != nil {
			return fmt.Errorf("broker: %w", err)
		}
		if _, err := w.Write(buf.Bytes()); err != nil {
			return err
		}
	}
	return w.Flush()
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
func (p *Publisher) listen(c net.Conn, r *bufio.Reader) error {
	for {
		if err := c.SetReadDeadline(time.Now().Add(publisherKeepalive * time.Second * 3 / 2)); err != nil {
			return err
		}
		pk, err := readPacket(r, publisherVersion)
		if err != nil {
			return err
		}
		switch pk.FixedHeader.Type {
		case packets.Puback:
			p.acknowledged(pk.PacketID, pk.ReasonCode)
		case packets.Disconnect:
			return fmt.Errorf("broker: disconnected with reason code %d", pk.ReasonCode)
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
