package broker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"time"

	"github.com/mochi-mqtt/server/v2/packets"
	"golang.org/x/sync/semaphore"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

// ErrSubscription is what the log says when an external broker does not let the
// program read.
var ErrSubscription = fault.Define(fault.Denied, "broker.subscription",
	"MQTT 代理不允许订阅 {topic}（原因码 {reason}）。请在代理的访问控制中允许本程序读取。",
	"The MQTT broker does not let the program subscribe to {topic} (reason code {reason}). Allow it to in the broker's access control.")

const (
	clientName    = "yijianyou"
	clientExpiryS = 7 * 24 * 3600 // how long the external broker keeps messages for a program that is away
	// subscribePacket is the id of the SUBSCRIBE. Ids of the two directions are apart (MQTT 5, 2.2.1), but mochi refuses one
	// that a message of its own still has (0x91), and those it counts from 1.
	subscribePacket  = 65535
	subscribeTimeout = 10 * time.Second
)

// Noter notes what was refused; sensors.Service does.
type Noter interface {
	NoteRefusal(ctx context.Context, r sensors.Refusal) error
}

// ClientOptions are what a Client needs; only Log may be missing.
type ClientOptions struct {
	Remote // of the URL: user and password to log in with; client=NAME for the client id; share=GROUP to share the work with others
	Sink   Sink
	Noter  Noter
	Log    *slog.Logger // nil means slog.Default()
}

// Client takes the place of the embedded broker where there is one already: it
// reads the samples of all devices from it, with a session that lasts, and
// acknowledges each after its commit. Who may publish what is the other broker's
// to guard: organisation and device are taken from the topic.
//
// It keeps the session itself and not by a library, because the manual
// acknowledgements of paho.golang (0.23) forget messages that come right after
// the CONNACK, which is when a broker delivers what has waited.
type Client struct {
	Counters
	o      ClientOptions
	name   string
	prefix string // of the topic filters, for a shared subscription
	memory *semaphore.Weighted
}

// NewClient returns a client that Run connects.
func NewClient(o ClientOptions) *Client {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	c := &Client{o: o, name: clientName, memory: semaphore.NewWeighted(maxHeld)}
	if o.URL != nil {
		q := o.URL.Query()
		if name := q.Get("client"); name != "" {
			c.name = name
		}
		if group := q.Get("share"); group != "" {
			c.prefix = "$share/" + group + "/"
		}
	}
	return c
}

// Address is the other broker, without what to log in with.
func (c *Client) Address() string {
	return (&url.URL{Scheme: c.o.URL.Scheme, Host: c.o.URL.Host}).String()
}

// Run reads until ctx ends, and connects again whenever the connection is lost.
func (c *Client) Run(ctx context.Context) error {
	said := ""
	return keepConnected(ctx, c.connect, func(err error) error {
		if text := fmt.Sprint(err); text != said { // once each, not at every attempt
			said = text
			c.o.Log.Warn("the MQTT broker cannot be read; trying again", "err", err)
		}
		return nil
	})
}

// connect lives one connection to its end.
func (c *Client) connect(ctx context.Context) (begun bool, err error) {
	l, err := c.o.dial(ctx)
	if err != nil {
		return false, err
	}
	defer l.close()
	pk := packets.Packet{
		Connect: packets.ConnectParams{ClientIdentifier: c.name},
		Properties: packets.Properties{SessionExpiryInterval: clientExpiryS, SessionExpiryIntervalFlag: true, ReceiveMaximum: window,
			MaximumPacketSize: maxPacket},
	}
	if c.o.URL != nil && c.o.URL.User != nil {
		password, given := c.o.URL.User.Password()
		pk.Connect.UsernameFlag, pk.Connect.Username = true, []byte(c.o.URL.User.Username())
		pk.Connect.PasswordFlag, pk.Connect.Password = given, []byte(password)
	}
	if _, err := l.login(pk); err != nil {
		return false, err
	}
	c.Logins.Add(1)
	c.Connections.Add(1)
	defer c.Connections.Add(-1)
	if err := l.send(c.subscription()); err != nil {
		return true, err
	}
	return true, c.listen(ctx, l)
}

// subscription asks for the samples of all devices.
func (c *Client) subscription() packets.Packet {
	pk := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Subscribe, Qos: 1}, PacketID: subscribePacket}
	for _, kind := range sensors.SampleKinds {
		pk.Filters = append(pk.Filters, packets.Subscription{Filter: c.prefix + topicRoot + "+/+/" + string(kind), Qos: 1})
	}
	return pk
}

// listen takes messages until the connection fails.
func (c *Client) listen(ctx context.Context, l *link) error {
	f := &flow{sink: c.o.Sink, counters: &c.Counters, memory: c.memory, write: l.write, unread: func(error) { l.conn.Close() }}
	f.unstored = func(err error) {
		c.o.Log.Warn("an MQTT message was not stored; the connection is begun anew and brings it again", "err", err)
		l.conn.Close()
	}
	f.start(ctx)
	defer f.end()
	go c.ping(f.ctx, l)
	late := time.AfterFunc(subscribeTimeout, func() { l.conn.Close() })
	defer late.Stop()
	for {
		pk, err := l.read(maxPacket)
		switch {
		case ctx.Err() != nil:
			return l.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Disconnect}})
		case err != nil:
			return err
		}
		switch pk.FixedHeader.Type {
		case packets.Suback:
			late.Stop()
			if err := c.subscribed(pk.ReasonCodes); err != nil {
				return err
			}
			c.o.Log.Info("reading MQTT messages from a broker", "address", c.Address(), "client", c.name)
		case packets.Publish:
			c.take(f, pk)
		}
	}
}

// subscribed returns which subscription was refused, nil when none was.
func (c *Client) subscribed(codes []byte) error {
	var errs []error
	for i, f := range c.subscription().Filters {
		if i >= len(codes) {
			return errors.New("broker: fewer answers than subscriptions")
		}
		if code := codes[i]; code >= packets.ErrUnspecifiedError.Code {
			errs = append(errs, ErrSubscription.New(fault.P("topic", f.Filter), fault.P("reason", code)))
		}
	}
	return errors.Join(errs...)
}

// take takes a message in. One that is not of the contract is noted and
// acknowledged, or it would come again and again.
func (c *Client) take(f *flow, pk packets.Packet) {
	from, ok := parseTopic(pk.TopicName)
	if ok && len(pk.Payload) <= sensors.MaxPayload {
		f.take(sensors.Message{Org: from.org, Device: from.device, Kind: from.kind, Payload: pk.Payload}, pk)
		return
	}
	r := sensors.Refusal{Kind: sensors.ForeignTopic, Claimed: string(from.device), Code: ErrForeignTopic.ID()}
	if ok {
		r = sensors.Refusal{Kind: sensors.BadPayload, Claimed: string(from.device), Code: ErrPayloadSize.ID()}
	}
	c.refuse(refusedTopic)
	ctx, cancel := context.WithTimeout(f.ctx, loginTimeout)
	defer cancel()
	if err := c.o.Noter.NoteRefusal(ctx, r); err != nil {
		c.o.Log.Warn("a refusal could not be noted yet", "kind", r.Kind, "err", err)
	}
	f.skip(pk)
}

// ping keeps the connection alive.
func (c *Client) ping(ctx context.Context, l *link) {
	tick := time.NewTicker(linkKeepalive * time.Second / 2)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := l.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Pingreq}}); err != nil && !errors.Is(err, net.ErrClosed) {
				c.o.Log.Debug("MQTT ping failed", "err", err)
			}
		case <-ctx.Done():
			return
		}
	}
}
