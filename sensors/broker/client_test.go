package broker

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/sensors"
)

// anybody lets everybody do everything.
type anybody struct{ mochi.HookBase }

func (anybody) Provides(event byte) bool {
	return event == mochi.OnConnectAuthenticate || event == mochi.OnACLCheck
}
func (anybody) OnConnectAuthenticate(*mochi.Client, packets.Packet) bool { return true }
func (anybody) OnACLCheck(*mochi.Client, string, bool) bool              { return true }

// until asks again and again until ok; only the end of the test ends the wait.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-t.Context().Done():
			t.Fatal(what)
		case <-tick.C:
		}
	}
}

// elsewhere is a broker that is not ours: it lets everybody do everything and
// keeps sessions in memory.
type elsewhere struct {
	*mochi.Server
	address string
}

func newElsewhere(t *testing.T) *elsewhere {
	ln, err := net.Listen("tcp", "127.0.0.1:0") // pipes hold nothing, and a broker that resumes a session writes before it reads
	if err != nil {
		t.Fatal(err)
	}
	e := &elsewhere{address: ln.Addr().String(), Server: mochi.New(&mochi.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)})}
	if err := errors.Join(e.AddHook(&anybody{}, nil), e.AddListener(listeners.NewNet("t", ln)), e.Serve()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// inflight is how many messages a session waits to be acknowledged, -1 when there
// is no such session.
func (e *elsewhere) inflight(name string) int {
	cl, ok := e.Clients.Get(name)
	if !ok {
		return -1
	}
	return cl.State.Inflight.Len()
}

// client runs a client of that broker until the returned func is called.
func (e *elsewhere) client(t *testing.T, query string, s Sink, d *doors) (*Client, func()) {
	u, err := ParseURL("mqtt://node:secret@" + e.address + query)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(ClientOptions{Remote: Remote{URL: u},
		Sink: s, Noter: d, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	return c, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// publish waits until somebody reads topic, and publishes to it.
func (e *elsewhere) publish(t *testing.T, topic, payload string) {
	t.Helper()
	until(t, "somebody reads "+topic, func() bool {
		subs := e.Topics.Subscribers(topic)
		return len(subs.Subscriptions)+len(subs.Shared) > 0
	})
	if err := e.Publish(topic, []byte(payload), false, 1); err != nil {
		t.Fatal(err)
	}
}

func TestAClientAcknowledgesAfterTheCommitAndGetsTheRestAgain(t *testing.T) {
	e, s := newElsewhere(t), make(sink, 10)
	c, end := e.client(t, "?client=node-1", s, newDoors())
	for _, payload := range []string{"a", "b", "c"} {
		e.publish(t, ownTopic, payload)
	}
	one := <-s
	if one.Org != "a-museum" || one.Device != "reader-1" || one.Kind != sensors.StatusKind || string(one.Payload) != "a" || one.Received.IsZero() {
		t.Errorf("offered %+v", one.Message)
	}
	one.done(nil)
	(<-s).done(errTest) // the connection is begun anew
	stored := make(chan string, 10)
	go func() {
		for m := range s {
			stored <- string(m.Payload)
			m.done(nil)
		}
	}()
	until(t, "all are acknowledged", func() bool { return e.inflight("node-1") == 0 })
	end()
	if n := e.inflight("node-1"); n != 0 {
		t.Errorf("the session holds %d messages after the end", n)
	}
	close(s)
	again := make(map[string]bool)
	for len(stored) > 0 {
		again[<-stored] = true
	}
	if !again["b"] || !again["c"] {
		t.Errorf("brought again: %v", again)
	}
	if c.Logins.Load() != 2 || c.Withheld.Load() == 0 {
		t.Errorf("%d logins, %d withheld", c.Logins.Load(), c.Withheld.Load())
	}
}

func TestWhatIsNotOfTheContractIsNotedAndAcknowledged(t *testing.T) {
	e, s, d := newElsewhere(t), make(sink, 10), newDoors()
	_, end := e.client(t, "", s, d)
	e.publish(t, "yjy/v1/Bad Org/reader-1/status", "x")
	e.publish(t, ownTopic, strings.Repeat("x", sensors.MaxPayload+1))
	e.publish(t, ownTopic, "good")
	m := <-s
	if string(m.Payload) != "good" {
		t.Errorf("offered %d bytes", len(m.Payload))
	}
	m.done(nil)
	until(t, "all are acknowledged", func() bool { return e.inflight(clientName) == 0 })
	end()
	var noted []string
	for _, r := range d.noted {
		noted = append(noted, string(r.Kind)+" "+r.Claimed+" "+r.Code)
	}
	if want := []string{"foreign-topic reader-1 broker.foreign_topic", "bad-payload reader-1 broker.payload_size"}; !slices.Equal(noted, want) {
		t.Errorf("noted %q", noted)
	}
}

func TestNodesShareTheWork(t *testing.T) {
	e, s := newElsewhere(t), make(sink, 100)
	_, end1 := e.client(t, "?client=node-1&share=nodes", s, newDoors())
	_, end2 := e.client(t, "?client=node-2&share=nodes", s, newDoors())
	until(t, "both are there", func() bool { return e.inflight("node-1") == 0 && e.inflight("node-2") == 0 })
	for range 20 {
		e.publish(t, ownTopic, "x")
	}
	for range 20 {
		(<-s).done(nil)
	}
	end1()
	end2()
	if n := len(s); n > 0 {
		t.Errorf("%d messages came twice", n)
	}
}

func TestTheURLOfABroker(t *testing.T) {
	for text, want := range map[string]string{"mqtt://h": "h:1883", "mqtts://h/": "h:8883", "mqtt://u:p@h:1?client=c": "h:1", "http://h": "", "mqtt://": "", "mqtt://h/x": "", "::": ""} {
		u, err := ParseURL(text)
		if want == "" {
			if !errors.Is(err, ErrBrokerURL) {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if err != nil || u.Host != want {
			t.Errorf("%s: %v %v", text, u, err)
		}
	}
	c := NewClient(ClientOptions{Remote: Remote{URL: &url.URL{Scheme: "mqtts", Host: "h:1", User: url.UserPassword("u", "p")}}})
	if c.Address() != "mqtts://h:1" {
		t.Errorf("the address shows %s", c.Address())
	}
}
