package broker

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/sensors"
)

// flood publishes without ever reading an answer, until it is cut off, and
// returns how many messages it got rid of.
func (d *device) flood() (sent int) {
	pk := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Publish, Qos: 1}, ProtocolVersion: d.version, TopicName: ownTopic, Payload: []byte("[]")}
	for ; ; sent++ {
		pk.PacketID = uint16(sent%65535 + 1)
		if writePacket(d.Conn, pk) != nil {
			return sent
		}
	}
}

func TestADeviceThatFloodsAndNeverReadsIsCutOffAndSlowsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storing{})
		flooder := w.login("reader-1", 4)
		flooded := make(chan int)
		go func() { flooded <- flooder.flood() }()
		began := time.Now()
		synctest.Wait() // the flooder's window is full and its answer is not read
		for i := range 7 {
			d := w.login(fmt.Sprintf("reader-%d", i+2), 4)
			for n := range 100 {
				d.publish(strings.Replace(ownTopic, "reader-1", fmt.Sprintf("reader-%d", i+2), 1), uint16(n+1))
				d.want(packets.Puback)
			}
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("seven others waited %v", took)
		}
		if n := <-flooded; n > 2*window+2 {
			t.Errorf("%d messages were taken from who does not read", n)
		}
		if took := time.Since(began); took != writeTimeout {
			t.Errorf("cut off after %v, want %v", took, writeTimeout)
		}
		if n := w.Refused[refusedStuck].Load(); n != 1 {
			t.Errorf("%d counted as stuck", n)
		}
		w.stop()
	})
}

func TestADeviceThatIsTooFastIsSlowedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storing{})
		d := w.login("reader-1", 5)
		began := time.Now()
		const n = messageBurst + 2*messagesPerS
		for i := range n {
			d.publish(ownTopic, uint16(i%65535+1))
			d.want(packets.Puback)
		}
		if took := time.Since(began); took < 1990*time.Millisecond || took > 2100*time.Millisecond {
			t.Errorf("%d messages took %v, want 2 s", n, took)
		}
		w.stop()
	})
}

func TestWhileNothingCanBeStoredDevicesStayConnected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := make(sink) // takes nothing until the test does
		w := newWorld(t, s)
		d := w.login("reader-1", 5)
		for id := range uint16(window) {
			d.publish(ownTopic, id+1)
		}
		for range 10 {
			time.Sleep(30 * time.Second)
			d.ping()
		}
		go func() {
			for m := range s {
				m.done(nil)
			}
		}()
		for id := range uint16(window) {
			if ack := d.want(packets.Puback); ack.PacketID != id+1 {
				t.Fatalf("answer %d has id %d", id, ack.PacketID)
			}
		}
		d.Close()
		w.stop()
		close(s)
	})
}

func TestTheFirstPacketIsASmallLoginInTime(t *testing.T) {
	big := connectPacket("reader-1", 5)
	big.Connect.Password = bytes.Repeat([]byte("x"), maxFirstPacket)
	for name, first := range map[string][]byte{
		"HTTP":            []byte("GET / HTTP/1.1\r\n\r\n"),
		"a publish":       {0x30, 0x00},
		"a long length":   {0x10, 0xff, 0xff, 0xff, 0x7f},
		"an endless one":  {0x10, 0xff, 0xff, 0xff, 0xff, 0xff},
		"a large one":     encoded(t, big),
		"nothing":         nil,
		"half of it":      encoded(t, connectPacket("reader-1", 5))[:20],
		"an old protocol": encoded(t, packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Connect}, ProtocolVersion: 3, Connect: packets.ConnectParams{ProtocolName: []byte("MQIsdp"), ClientIdentifier: "reader-1"}}),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, storing{})
				c := w.pipes.dial()
				began := time.Now()
				go c.Write(first) // may end in the middle
				if _, err := io.Copy(io.Discard, c); err != nil {
					t.Error(err)
				}
				if took := time.Since(began); took > loginTimeout {
					t.Errorf("cut off after %v", took)
				}
				w.login("reader-1", 5).Close()
				w.stop()
				if n := w.Refused[refusedFirst].Load(); n != 1 {
					t.Errorf("%d counted", n)
				}
			})
		})
	}
}

func encoded(t testing.TB, pk packets.Packet) []byte {
	var buf bytes.Buffer
	if err := writePacket(&buf, pk); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestConnectionsThatDoNotLogInAreFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storing{})
		known := w.login("reader-1", 5)
		var idle []net.Conn
		for range maxUnknownHere {
			idle = append(idle, w.pipes.dial())
		}
		one := w.pipes.dial()
		if _, err := one.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("one more is told %v", err)
		}
		if n := w.Refused[refusedFull].Load(); n != 1 {
			t.Errorf("%d counted", n)
		}
		known.ping()
		for _, c := range idle {
			c.Close()
		}
		synctest.Wait()
		w.login("reader-2", 5).Close()
		known.Close()
		w.stop()
	})
}

func TestALargePacketEndsItsConnection(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		w := newWorld(t, storing{})
		d := w.login("reader-1", version)
		d.publish(ownTopic, 1, func(pk *packets.Packet) { pk.Payload = make([]byte, sensors.MaxPayload) })
		d.want(packets.Puback)
		go d.Write(append([]byte{0x32, 0x80, 0x80, 0x80, 0x01}, make([]byte, 100)...)) // 2 MiB to come
		d.wantEnd()
		d = w.login("reader-1", version)
		go writePacket(d.Conn, packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Publish, Qos: 1}, ProtocolVersion: version, TopicName: ownTopic, PacketID: 1,
			Payload: make([]byte, sensors.MaxPayload+1)})
		d.wantEnd()
		want := []string{"bad-payload reader-1 broker.packet by reader-1", "bad-payload reader-1 broker.payload_size by reader-1"}
		if got := w.noted(); !slices.Equal(got, want) {
			t.Errorf("noted %q", got)
		}
	})
}

func TestASilentConnectionEndsAfterItsKeepalive(t *testing.T) {
	for asked, want := range map[uint16]time.Duration{10: 15 * time.Second, 0: 45 * time.Minute, 65535: 45 * time.Minute} {
		t.Run(fmt.Sprint(asked), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, storing{})
				pk := connectPacket("reader-1", 5)
				pk.Connect.Keepalive = asked
				d := w.dial(5)
				if ack := d.connect(pk); asked != 10 && (!ack.Properties.ServerKeepAliveFlag || ack.Properties.ServerKeepAlive != maxKeepaliveS) {
					t.Errorf("told %v %d", ack.Properties.ServerKeepAliveFlag, ack.Properties.ServerKeepAlive)
				}
				began := time.Now()
				d.wantEnd()
				if took := time.Since(began); took != want {
					t.Errorf("ended after %v, want %v", took, want)
				}
				w.stop()
			})
		})
	}
}

// FuzzPackets sends arbitrary bytes as a stranger, and as a device that has
// logged in. Whatever they are, and though the parser fails on some, nothing but
// the connection ends, and another device is served.
func FuzzPackets(f *testing.F) {
	f.Add(false, byte(4), encoded(f, connectPacket("reader-1", 4)))
	f.Add(false, byte(5), encoded(f, connectPacket("reader-1", 5)))
	publish := packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Publish, Qos: 1}, ProtocolVersion: 5, TopicName: ownTopic, PacketID: 1, Payload: []byte("[]")}
	f.Add(true, byte(5), encoded(f, publish))
	publish.ProtocolVersion, publish.FixedHeader.Qos = 4, 2
	f.Add(true, byte(4), encoded(f, publish))
	f.Add(true, byte(5), encoded(f, packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Subscribe, Qos: 1}, ProtocolVersion: 5, PacketID: 3,
		Filters: packets.Subscriptions{{Filter: "yjy/v1/a-museum/reader-1/command", Qos: 1}}}))
	f.Add(true, byte(5), []byte{0x62, 0x02, 0x00, 0x07, 0xc0, 0x00, 0xf0, 0x00})
	f.Fuzz(func(t *testing.T, known bool, version byte, bytes []byte) {
		w := newWorld(t, storing{})
		version = 4 + version%2
		d := w.dial(version)
		if known {
			d.connect(connectPacket("reader-1", version))
		}
		read := make(chan struct{})
		go func() {
			defer close(read)
			io.Copy(io.Discard, d.r)
		}()
		d.Write(bytes)
		d.Close()
		<-read
		other := w.login("reader-2", 5)
		other.publish("yjy/v1/a-museum/reader-2/status", 1)
		other.want(packets.Puback)
		other.Close()
		w.stop()
		if n := w.Connections.Load(); n != 0 || len(w.sessions) != 0 {
			t.Errorf("%d connections and %d sessions are left", n, len(w.sessions))
		}
	})
}
