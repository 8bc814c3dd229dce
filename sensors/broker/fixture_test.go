package broker

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"

	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/internal/store"
	"yijianyou/sensors"
)

const testSecret = "0123456789abcdef"

// doors lets in reader-1 to reader-9 of a-museum, and remembers what was noted.
type doors struct {
	mu       sync.Mutex
	fails    error // what every login is told
	expelled []sensors.DeviceID
	noted    []sensors.Refusal
	sessions map[sensors.DeviceID]bool // subscribed
}

func newDoors() *doors { return &doors{sessions: make(map[sensors.DeviceID]bool)} }

func (d *doors) Authenticate(_ context.Context, id sensors.DeviceID, secret, _ string) (sensors.Device, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fails != nil {
		return sensors.Device{}, d.fails
	}
	if len(id) != 8 || id[:7] != "reader-" || secret != testSecret {
		return sensors.Device{}, sensors.ErrDeviceRefused.New()
	}
	return sensors.Device{Meta: store.Meta{ID: string(id), Org: "a-museum"}}, nil
}

func (d *doors) Expelled(_ context.Context, connected map[sensors.DeviceID]sensors.Proof) (out []sensors.DeviceID, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range d.expelled {
		if connected[id] == sensors.ProofOf(testSecret) {
			out = append(out, id)
		}
	}
	return out, nil
}

func (d *doors) NoteRefusal(_ context.Context, r sensors.Refusal) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.noted = append(d.noted, r)
	return nil
}

func (d *doors) ResumeSession(_ context.Context, id sensors.DeviceID) (found, subscribed bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	subscribed, found = d.sessions[id]
	return found, subscribed, nil
}

func (d *doors) KeepSession(_ context.Context, dev sensors.Device, subscribed bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions[sensors.DeviceID(dev.ID)] = subscribed
	return nil
}

func (d *doors) EndSession(_ context.Context, id sensors.DeviceID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.sessions, id)
	return nil
}

// offered is a message as the sink got it.
type offered struct {
	sensors.Message
	done func(error)
}

// sink hands what it is offered to the test, which commits it.
type sink chan offered

func (s sink) Offer(ctx context.Context, m sensors.Message, done func(error)) error {
	select {
	case s <- offered{m, done}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// storing commits everything at once.
type storing struct{}

func (storing) Offer(_ context.Context, _ sensors.Message, done func(error)) error {
	go done(nil)
	return nil
}

// pipes is a listener without a network: what is written to one of its
// connections blocks until the other end reads it.
type pipes struct {
	dialled chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newPipes() *pipes { return &pipes{dialled: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialled:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1883} }

func (p *pipes) dial() net.Conn {
	a, b := net.Pipe()
	select {
	case p.dialled <- b:
		return a
	case <-p.closed:
		a.Close()
		return a
	}
}

// world is a running broker.
type world struct {
	*Broker
	t     testing.TB
	pipes *pipes
	doors *doors
	stop  func()
}

func newWorld(t testing.TB, s Sink) *world { return newWorldWith(t, s, newDoors()) }

func newWorldWith(t testing.TB, s Sink, d *doors) *world {
	w := &world{t: t, pipes: newPipes(), doors: d}
	w.Broker = New(Options{Listener: w.pipes, Sink: s, Doors: d, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(w.stop)
	return w
}

// noted returns what was noted, as kind, claimed name and code.
func (w *world) noted() (out []string) {
	w.doors.mu.Lock()
	defer w.doors.mu.Unlock()
	for _, r := range w.doors.noted {
		out = append(out, string(r.Kind)+" "+r.Claimed+" "+r.Code+" by "+string(r.Device))
	}
	return out
}

// remote is the broker as a publisher names it.
func (w *world) remote() Remote {
	return Remote{connect: func(context.Context) (net.Conn, error) { return w.pipes.dial(), nil }}
}

// device is a connection that speaks packets.
type device struct {
	net.Conn
	t       testing.TB
	r       *bufio.Reader
	version byte
}

func (w *world) dial(version byte) *device {
	c := w.pipes.dial()
	w.t.Cleanup(func() { c.Close() })
	return &device{Conn: c, t: w.t, r: bufio.NewReader(c), version: version}
}

// connectPacket is a lawful login of a device.
func connectPacket(id string, version byte) packets.Packet {
	return packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Connect}, ProtocolVersion: version,
		Connect: packets.ConnectParams{ProtocolName: []byte("MQTT"), Clean: true, Keepalive: 60, ClientIdentifier: id,
			UsernameFlag: true, Username: []byte(id), PasswordFlag: true, Password: []byte(testSecret)}}
}

// login connects a device and wants it to be let in.
func (w *world) login(id string, version byte) *device {
	w.t.Helper()
	d := w.dial(version)
	if ack := d.connect(connectPacket(id, version)); ack.ReasonCode != 0 {
		w.t.Fatalf("login of %s answered with %#x", id, ack.ReasonCode)
	}
	return d
}

func (d *device) connect(pk packets.Packet) packets.Packet {
	d.t.Helper()
	d.send(pk)
	return d.want(packets.Connack)
}

func (d *device) send(pk packets.Packet) {
	d.t.Helper()
	pk.ProtocolVersion = d.version
	if err := writePacket(d.Conn, pk); err != nil {
		d.t.Fatal(err)
	}
}

// want reads the next packet, which must be of a type.
func (d *device) want(kind byte) packets.Packet {
	d.t.Helper()
	pk, err := readPacket(d.r, d.version, maxAnswer)
	if err != nil {
		d.t.Fatalf("wants packet type %d: %v", kind, err)
	}
	if pk.FixedHeader.Type != kind {
		d.t.Fatalf("got packet type %d with reason %#x, want %d", pk.FixedHeader.Type, pk.ReasonCode, kind)
	}
	return pk
}

// wantEnd reads on until the connection is ended and returns the reason code of
// the DISCONNECT before, 0 when there was none.
func (d *device) wantEnd() (reason byte) {
	d.t.Helper()
	for {
		pk, err := readPacket(d.r, d.version, maxAnswer)
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe):
			return reason
		case err != nil:
			d.t.Fatalf("wants the end: %v", err)
		case pk.FixedHeader.Type == packets.Disconnect:
			reason = pk.ReasonCode
		}
	}
}

// publish sends a message of QoS 1 and the given id.
func (d *device) publish(topic string, id uint16, change ...func(*packets.Packet)) {
	d.t.Helper()
	pk := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Publish, Qos: 1}, TopicName: topic, PacketID: id, Payload: []byte(`{"at":0}`)}
	for _, c := range change {
		c(&pk)
	}
	d.send(pk)
}

// ping shows that everything sent before was read and that the connection lives.
func (d *device) ping() {
	d.t.Helper()
	d.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Pingreq}})
	d.want(packets.Pingresp)
}

func qos(n byte) func(*packets.Packet) { return func(pk *packets.Packet) { pk.FixedHeader.Qos = n } }

const ownTopic = "yjy/v1/a-museum/reader-1/status"

var both = map[string]byte{"3.1.1": 4, "5.0": 5}

func eachVersion(t *testing.T, fn func(t *testing.T, version byte)) {
	for name, v := range both {
		t.Run(name, func(t *testing.T) { fn(t, v) })
	}
}

var errTest = errors.New("the database is away")
