package broker

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/internal/fault"
)

// ErrLoginRefused is what somebody is told whom the broker does not let in.
var ErrLoginRefused = fault.Define(fault.Unauthenticated, "broker.login_refused",
	"MQTT 代理拒绝登录（原因码 {reason}）。请核对名称和密钥。",
	"The MQTT broker refused the login (reason code {reason}). Check name and secret.")

const (
	linkVersion    = 5  // of MQTT
	linkKeepalive  = 30 // seconds
	longestBackoff = 5 * time.Second
)

// Remote is a broker elsewhere.
type Remote struct {
	URL *url.URL    // mqtt://host:port or mqtts://host:port
	TLS *tls.Config // of mqtts; nil is the system's trust

	connect func(ctx context.Context) (net.Conn, error) // nil means by URL
}

// ParseURL reads the URL of a broker; the port is 1883, or 8883 of mqtts, unless
// it says otherwise.
//
// Errors: ErrBrokerURL.
func ParseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "mqtt" && u.Scheme != "mqtts") || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
		return nil, ErrBrokerURL.New()
	}
	if u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), map[string]string{"mqtt": "1883", "mqtts": "8883"}[u.Scheme])
	}
	return u, nil
}

// link is a connection to a broker. Reading is for one goroutine, writing for
// any.
type link struct {
	conn net.Conn
	r    *bufio.Reader
	stop func() bool
	mu   sync.Mutex // of writing
}

// dial opens a connection. When ctx ends it fails within a second, so that there
// is time for a good bye.
func (r Remote) dial(ctx context.Context) (*link, error) {
	c, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.SetReadDeadline(time.Now().Add(time.Second)) }) // a closed one needs none
	return &link{conn: c, r: bufio.NewReaderSize(c, 16<<10), stop: stop}, nil
}

func (r Remote) open(ctx context.Context) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, loginTimeout)
	defer cancel()
	switch {
	case r.connect != nil:
		return r.connect(ctx)
	case r.URL.Scheme == "mqtts":
		return (&tls.Dialer{Config: r.TLS}).DialContext(ctx, "tcp", r.URL.Host)
	}
	return new(net.Dialer).DialContext(ctx, "tcp", r.URL.Host)
}

func (l *link) close() {
	l.stop()
	l.conn.Close()
}

// login sends the CONNECT and returns the CONNACK.
//
// Errors: ErrLoginRefused when the broker does not let in whoever this is; others
// may pass.
func (l *link) login(pk packets.Packet) (packets.Packet, error) {
	pk.FixedHeader.Type = packets.Connect
	pk.Connect.ProtocolName, pk.Connect.Keepalive = []byte("MQTT"), linkKeepalive
	if err := l.send(pk); err != nil {
		return packets.Packet{}, err
	}
	if err := l.conn.SetReadDeadline(time.Now().Add(loginTimeout)); err != nil {
		return packets.Packet{}, err
	}
	answer, err := readPacket(l.r, linkVersion, maxAnswer)
	if err != nil {
		return answer, err
	}
	switch code := answer.ReasonCode; {
	case answer.FixedHeader.Type != packets.Connack:
		return answer, fmt.Errorf("broker: packet type %d in answer to the login", answer.FixedHeader.Type)
	case code == packets.ErrBadUsernameOrPassword.Code || code == packets.ErrNotAuthorized.Code || code == packets.ErrClientIdentifierNotValid.Code:
		return answer, ErrLoginRefused.New(fault.P("reason", code))
	case code != 0:
		return answer, fmt.Errorf("broker: login answered with reason code %d", code)
	}
	return answer, nil
}

func (l *link) send(pk packets.Packet) error {
	pk.ProtocolVersion = linkVersion
	return writePacket(writerFunc(l.write), pk)
}

// write writes whole packets.
func (l *link) write(b []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := l.conn.Write(b)
	return err
}

// read reads the next packet of at most limit bytes. A DISCONNECT is an error.
func (l *link) read(limit int) (packets.Packet, error) {
	if err := l.conn.SetReadDeadline(time.Now().Add(linkKeepalive * time.Second * 3 / 2)); err != nil {
		return packets.Packet{}, err
	}
	pk, err := readPacket(l.r, linkVersion, limit)
	if err == nil && pk.FixedHeader.Type == packets.Disconnect {
		err = fmt.Errorf("broker: disconnected with reason code %d", pk.ReasonCode)
	}
	return pk, err
}

// writerFunc is an io.Writer that is one func.
type writerFunc func([]byte) error

// Write implements io.Writer.
func (f writerFunc) Write(b []byte) (int, error) {
	if err := f(b); err != nil {
		return 0, err
	}
	return len(b), nil
}

// keepConnected calls live, which lives one connection to its end and reports
// whether its login succeeded, again and again until ctx ends, waiting longer
// after each login that did not. lost is told each error and may end it with one
// of its own.
func keepConnected(ctx context.Context, live func(context.Context) (begun bool, err error), lost func(error) error) error {
	for failures := 0; ; failures++ {
		begun, err := live(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if begun {
			failures = 0
		}
		if err := lost(err); err != nil {
			return err
		}
		select {
		case <-time.After(min(longestBackoff, 50*time.Millisecond<<min(failures, 10))):
		case <-ctx.Done():
			return nil
		}
	}
}
