package broker

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"github.com/mochi-mqtt/server/v2/listeners"
)

const (
	maxConnections = 4096
	maxUnknown     = 256 // connections that have not logged in yet
	maxUnknownHere = 32  // of one address
	loginTimeout   = 10 * time.Second
	writeTimeout   = 10 * time.Second // for an answer; who does not read it by then is cut off
	maxFirstPacket = 4096             // bytes of a CONNECT
	connectHeader  = 1 << 4           // first byte of a CONNECT
)

var errFirstPacket = errors.New("the first packet is no CONNECT or too large")

// listener gives mochi its connections, within limits. A panic of the parser
// ends its connection and nothing else.
type listener struct {
	net.Listener
	log      *slog.Logger
	counters *Counters
	goodbye  func() // says good bye to all devices
	running  sync.WaitGroup

	mu      sync.Mutex
	open    map[*conn]struct{}
	unknown map[string]int // connections that have not logged in, by address
	waiting int            // sum of unknown
	closed  bool
}

func newListener(ln net.Listener, log *slog.Logger, counters *Counters) *listener {
	return &listener{Listener: ln, log: log, counters: counters, open: make(map[*conn]struct{}), unknown: make(map[string]int)}
}

// Init, ID, Address and Protocol implement listeners.Listener.
func (l *listener) Init(*slog.Logger) error { return nil }
func (l *listener) ID() string              { return "mqtt" }
func (l *listener) Address() string         { return l.Addr().String() }
func (l *listener) Protocol() string        { return "tcp" }

// Serve implements listeners.Listener: it accepts until the listener is closed.
func (l *listener) Serve(establish listeners.EstablishFn) {
	for {
		nc, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // such as too many open files
			l.log.Error("MQTT cannot accept a connection", "err", err)
			time.Sleep(100 * time.Millisecond)
			continue
		}
		l.serve(nc, establish)
	}
}

func (l *listener) serve(nc net.Conn, establish listeners.EstablishFn) {
	c := &conn{Conn: nc, address: hostOf(nc.RemoteAddr()), log: l.log}
	if !l.enter(c) {
		l.counters.refuse(refusedFull)
		nc.Close()
		return
	}
	l.running.Go(func() {
		defer l.leave(c)
		defer func() {
			p := recover()
			if p != nil {
				l.counters.refuse(refusedForm)
				l.log.Warn("an MQTT packet made the parser fail; its connection is ended", "address", c.address, "panic", p)
				l.log.Debug("where the parser failed", "stack", string(debug.Stack()))
			}
			if c.session != nil {
				c.session.over(p != nil)
			}
		}()
		if err := nc.SetReadDeadline(time.Now().Add(loginTimeout)); err != nil {
			return
		}
		err := establish(l.ID(), c)
		if !c.known {
			if !c.answered {
				l.counters.refuse(refusedFirst)
			}
			l.log.Debug("an MQTT connection did not log in", "address", c.address, "err", err)
		}
	})
}

// enter counts a connection; false when there are too many.
func (l *listener) enter(c *conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.open) >= maxConnections || l.waiting >= maxUnknown || l.unknown[c.address] >= maxUnknownHere {
		return false
	}
	l.open[c] = struct{}{}
	l.unknown[c.address]++
	l.waiting++
	c.leaveUnknown = sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.waiting--
		if l.unknown[c.address]--; l.unknown[c.address] == 0 {
			delete(l.unknown, c.address)
		}
	})
	return true
}

func (l *listener) leave(c *conn) {
	c.Close()
	c.leaveUnknown()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, c)
}

// Close implements listeners.Listener: it stops accepting and says good bye to all
// devices at once, which takes a second at most. It does not let mochi do so:
// Clients.GetByListener takes its read lock twice and deadlocks when a client
// leaves in between.
func (l *listener) Close(listeners.CloseFn) {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return
	}
	l.closed = true
	open := make([]*conn, 0, len(l.open))
	for c := range l.open {
		open = append(open, c)
	}
	l.mu.Unlock()
	if err := l.Listener.Close(); err != nil {
		l.log.Warn("the MQTT listener did not close", "err", err)
	}
	for _, c := range open {
		c.hurry(time.Second)
	}
	l.goodbye()
	for _, c := range open {
		c.Close()
	}
	l.running.Wait()
}

// conn is a connection. Its first packet is looked at before mochi allocates
// room for it, and every write has a time limit of its own; mochi's one deadline
// for both directions is that of reading.
type conn struct {
	net.Conn
	address string // without the port
	log     *slog.Logger

	checked bool   // the first packet is a CONNECT of a lawful size
	ahead   []byte // read for the check and not yet given on

	known        bool     // has logged in
	answered     bool     // a login was answered, whatever the answer
	session      *session // nil before the login; set by the goroutine that reads
	leaveUnknown func()

	mu    sync.Mutex
	limit time.Time // no write lasts beyond; zero: writeTimeout
}

// Read implements io.Reader.
func (c *conn) Read(p []byte) (int, error) {
	if !c.checked {
		if err := c.checkFirst(); err != nil {
			return 0, err
		}
		c.checked = true
	}
	if len(c.ahead) > 0 {
		n := copy(p, c.ahead)
		c.ahead = c.ahead[n:]
		return n, nil
	}
	return c.Conn.Read(p)
}

// checkFirst reads the fixed header of the first packet: a byte and a length of
// one to four bytes, seven bits each (MQTT 5.0 section 1.5.5).
func (c *conn) checkFirst() error {
	var b [1]byte
	size, shift := 0, 0
	for i := range 5 {
		if _, err := io.ReadFull(c.Conn, b[:]); err != nil {
			return err
		}
		c.ahead = append(c.ahead, b[0])
		switch {
		case i == 0 && b[0] != connectHeader:
			return errFirstPacket
		case i == 0:
			continue
		}
		size |= int(b[0]&0x7f) << shift
		if shift += 7; size > maxFirstPacket {
			return errFirstPacket
		}
		if b[0]&0x80 == 0 {
			return nil
		}
	}
	return errFirstPacket
}

// Write implements io.Writer.
func (c *conn) Write(p []byte) (int, error) {
	c.mu.Lock()
	limit := c.limit
	c.mu.Unlock()
	if limit.IsZero() {
		limit = time.Now().Add(writeTimeout)
	}
	if err := c.Conn.SetWriteDeadline(limit); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// SetDeadline implements net.Conn for mochi, which means how long it waits for
// the next packet.
func (c *conn) SetDeadline(t time.Time) error { return c.Conn.SetReadDeadline(t) }

// hurry lets no write, begun or not, last longer than d from now on.
func (c *conn) hurry(d time.Duration) {
	limit := time.Now().Add(d)
	c.mu.Lock()
	c.limit = limit
	c.mu.Unlock()
	_ = c.Conn.SetWriteDeadline(limit) // a closed connection ends its writes too
}

// hostOf is an address without its port.
func hostOf(a net.Addr) string {
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return ""
	}
	return host
}
