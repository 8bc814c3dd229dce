package broker

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/sensors"
)

func TestTheAcknowledgementFollowsTheCommit(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		s := make(sink, 10)
		w := newWorld(t, s)
		d := w.login("reader-1", version)
		d.publish(ownTopic, 1)
		d.publish(ownTopic, 2)
		one, two := <-s, <-s
		if one.Org != "a-museum" || one.Device != "reader-1" || one.Kind != sensors.StatusKind || string(one.Payload) != `{"at":0}` || one.Received.IsZero() {
			t.Errorf("offered %+v", one.Message)
		}
		d.ping() // answered while both messages are not
		two.done(nil)
		d.ping() // answers come in the order of the messages
		one.done(nil)
		for id := range uint16(2) {
			if ack := d.want(packets.Puback); ack.PacketID != id+1 || ack.ReasonCode != 0 {
				t.Errorf("answer %d is to %d with reason %#x", id+1, ack.PacketID, ack.ReasonCode)
			}
		}
	})
}

func TestWhatIsNotStoredIsNotAcknowledged(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		s := make(sink, 10)
		w := newWorld(t, s)
		d := w.login("reader-1", version)
		d.publish(ownTopic, 1)
		go func() { (<-s).done(errTest) }()
		if reason := d.wantEnd(); version == 5 && reason != packets.ErrServerUnavailable.Code {
			t.Errorf("cut off with reason %#x", reason)
		}
		if n := w.Withheld.Load(); n != 1 || w.Acknowledged.Load() != 0 {
			t.Errorf("withheld %d, acknowledged %d", n, w.Acknowledged.Load())
		}
		again := w.login("reader-1", version)
		again.publish(ownTopic, 1)
		(<-s).done(nil)
		again.want(packets.Puback)
	})
}

func TestQoSTwoIsAnsweredByTheBook(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		s := make(sink, 10)
		w := newWorld(t, s)
		d := w.login("reader-1", version)
		for range 2 { // the second is sent again, as after a lost PUBREC
			d.publish(ownTopic, 7, qos(2))
			m := <-s
			d.ping()
			m.done(nil)
			if rec := d.want(packets.Pubrec); rec.PacketID != 7 || rec.ReasonCode != 0 {
				t.Errorf("PUBREC %d %#x", rec.PacketID, rec.ReasonCode)
			}
		}
		for range 2 {
			d.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Pubrel, Qos: 1}, PacketID: 7})
			if comp := d.want(packets.Pubcomp); comp.PacketID != 7 || comp.ReasonCode != 0 {
				t.Errorf("PUBCOMP %d %#x", comp.PacketID, comp.ReasonCode)
			}
		}
		d.publish(ownTopic, 0, qos(0))
		(<-s).done(nil)
		d.ping() // QoS 0 has no answer
	})
}

func TestADevicePublishesUnderItsOwnNameOnly(t *testing.T) {
	topics := map[string]string{
		"yjy/v1/a-museum/reader-2/status":    "reader-2",
		"yjy/v1/b-museum/reader-1/status":    "reader-1",
		"yjy/v1/a-museum/reader-1/command":   "reader-1",
		"yjy/v1/a-museum/reader-1/status/x":  "reader-1",
		"yjy/v1/a-museum/reader-1":           "reader-1",
		"yjy/v2/a-museum/reader-1/status":    "yjy/v2/a-museum/reader-1/status",
		"$SYS/broker/uptime":                 "$SYS/broker/uptime",
		"$share/g/yjy/v1/a-museum/reader-1/": "$share/g/yjy/v1/a-museum/reader-1/",
	}
	for topic, claimed := range topics {
		for name, version := range both {
			for _, q := range []byte{0, 1, 2} {
				t.Run(fmt.Sprintf("%s %s %d", topic, name, q), func(t *testing.T) {
					w := newWorld(t, storing{})
					d := w.login("reader-1", version)
					d.publish(topic, uint16(min(q, 1)), qos(q))
					switch {
					case version == 5 && q > 0 && topic[0] != '$':
						answer := d.want(map[byte]byte{1: packets.Puback, 2: packets.Pubrec}[q])
						if answer.ReasonCode != packets.ErrNotAuthorized.Code {
							t.Errorf("answered with %#x", answer.ReasonCode)
						}
						d.publish(ownTopic, 2)
						d.want(packets.Puback)
					case version == 5:
						if reason := d.wantEnd(); reason != packets.ErrNotAuthorized.Code {
							t.Errorf("cut off with %#x", reason)
						}
					default:
						d.wantEnd()
					}
					if got, want := w.noted(), "foreign-topic "+claimed+" broker.foreign_topic by reader-1"; !slices.Equal(got, []string{want}) {
						t.Errorf("noted %q, want %q", got, want)
					}
				})
			}
		}
	}
}

func TestADeviceReadsItsCommandsOnly(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		w := newWorld(t, storing{})
		d := w.login("reader-1", version)
		var filters packets.Subscriptions
		for _, f := range []string{"yjy/v1/a-museum/reader-1/command", "yjy/v1/a-museum/reader-2/command", "#", "$SYS/#", "yjy/v1/+/reader-1/command", ownTopic} {
			filters = append(filters, packets.Subscription{Filter: f, Qos: 1})
		}
		d.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Subscribe, Qos: 1}, PacketID: 3, Filters: filters})
		codes := d.want(packets.Suback).ReasonCodes
		if len(codes) != len(filters) || codes[0] != 1 {
			t.Fatalf("answered with %x", codes)
		}
		for i, code := range codes[1:] {
			if code < 0x80 {
				t.Errorf("%s may be read", filters[i+1].Filter)
			}
		}
		if n := len(w.noted()); n != len(filters)-1 {
			t.Errorf("%d noted", n)
		}
	})
}

func TestRetainedMessagesAndWillsAreRefused(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		w := newWorld(t, storing{})
		d := w.login("reader-1", version)
		d.publish(ownTopic, 1, func(pk *packets.Packet) { pk.FixedHeader.Retain = true })
		if reason := d.wantEnd(); version == 5 && reason != packets.ErrRetainNotSupported.Code {
			t.Errorf("cut off with %#x", reason)
		}
		will := connectPacket("reader-1", version)
		will.Connect.WillFlag, will.Connect.WillTopic, will.Connect.WillPayload = true, ownTopic, []byte("x")
		if ack := w.dial(version).connect(will); ack.ReasonCode != map[byte]byte{4: 5, 5: packets.ErrNotAuthorized.Code}[version] {
			t.Errorf("a will is answered with %#x", ack.ReasonCode)
		}
		want := []string{"bad-payload reader-1 broker.retained by reader-1", "bad-payload reader-1 broker.will by reader-1"}
		if got := w.noted(); !slices.Equal(got, want) {
			t.Errorf("noted %q", got)
		}
	})
}

func TestWhoMayNotComeInIsToldWhyAndNothingMore(t *testing.T) {
	for name, c := range map[string]struct {
		change      func(*packets.Packet)
		fails       error
		want, want3 byte
		noted       string
	}{
		"unknown":       {change: func(pk *packets.Packet) { pk.Connect.Username = []byte("stranger") }, want: 0x86, want3: 5},
		"wrong secret":  {change: func(pk *packets.Packet) { pk.Connect.Password = []byte("guess") }, want: 0x86, want3: 5},
		"no secret":     {change: func(pk *packets.Packet) { pk.Connect.PasswordFlag, pk.Connect.Password = false, nil }, want: 0x86, want3: 5},
		"another's id":  {change: func(pk *packets.Packet) { pk.Connect.ClientIdentifier = "reader-2" }, want: 0x85, want3: 2, noted: "foreign-topic reader-2 broker.client_id by reader-1"},
		"no id":         {change: func(pk *packets.Packet) { pk.Connect.ClientIdentifier = "" }, want: 0x85, want3: 2, noted: "foreign-topic  broker.client_id by reader-1"},
		"throttled":     {fails: sensors.ErrDeviceThrottled.New(), want: 0x9f, want3: 3},
		"store is away": {fails: errTest, want: 0x88, want3: 3},
	} {
		t.Run(name, func(t *testing.T) {
			eachVersion(t, func(t *testing.T, version byte) {
				w := newWorld(t, storing{})
				first := w.login("reader-2", version)
				w.doors.mu.Lock()
				w.doors.fails = c.fails
				w.doors.mu.Unlock()
				pk, want := connectPacket("reader-1", version), c.want
				if c.change != nil {
					c.change(&pk)
				}
				if version == 4 {
					want = c.want3
				}
				d := w.dial(version)
				if ack := d.connect(pk); ack.ReasonCode != want {
					t.Errorf("answered with %#x, want %#x", ack.ReasonCode, want)
				}
				d.wantEnd()
				first.ping()
				if got := w.noted(); (c.noted == "") != (len(got) == 0) || c.noted != "" && got[0] != c.noted {
					t.Errorf("noted %q", got)
				}
			})
		})
	}
}

func TestASecondConnectionOfADeviceTakesOver(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		s := make(sink, 10)
		w := newWorld(t, s)
		first := w.login("reader-1", version)
		first.publish(ownTopic, 1)
		held := <-s
		ended := make(chan byte)
		go func() { ended <- first.wantEnd() }()
		second := w.login("reader-1", version)
		if reason := <-ended; version == 5 && reason != packets.ErrSessionTakenOver.Code {
			t.Errorf("the first is cut off with %#x", reason)
		}
		held.done(nil) // nobody is there to be told
		second.publish(ownTopic, 1)
		(<-s).done(nil)
		second.want(packets.Puback)
	})
}

// subscribe asks for the commands of reader-1.
func (d *device) subscribe() {
	d.t.Helper()
	d.send(packets.Packet{FixedHeader: packets.FixedHeader{Type: packets.Subscribe, Qos: 1}, PacketID: 3,
		Filters: packets.Subscriptions{{Filter: "yjy/v1/a-museum/reader-1/command", Qos: 1}}})
	if codes := d.want(packets.Suback).ReasonCodes; len(codes) != 1 || codes[0] != 1 {
		d.t.Fatalf("subscription answered with %x", codes)
	}
}

func TestASessionThatLastsSurvivesARestart(t *testing.T) {
	eachVersion(t, func(t *testing.T, version byte) {
		known := newDoors()
		lasting := connectPacket("reader-1", version)
		lasting.Connect.Clean = false
		lasting.Properties.SessionExpiryInterval, lasting.Properties.SessionExpiryIntervalFlag = 1<<32-1, true

		w := newWorldWith(t, storing{}, known)
		d := w.dial(version)
		if ack := d.connect(lasting); ack.SessionPresent {
			t.Error("a first login finds a session")
		}
		d.subscribe()
		d.Close()
		w.stop()

		w = newWorldWith(t, storing{}, known)
		d = w.dial(version)
		if ack := d.connect(lasting); !ack.SessionPresent {
			t.Error("the session is gone with the restart")
		}
		if subs := w.server.Topics.Subscribers("yjy/v1/a-museum/reader-1/command").Subscriptions; len(subs) != 1 {
			t.Errorf("%d subscriptions after the restart", len(subs))
		}
		d.publish(ownTopic, 1)
		d.want(packets.Puback)
		d.Close()
		w.stop()

		w = newWorldWith(t, storing{}, known)
		d = w.dial(version)
		if ack := d.connect(connectPacket("reader-1", version)); ack.SessionPresent {
			t.Error("a clean login resumes a session")
		}
		d.Close()
		w.stop()
		w = newWorldWith(t, storing{}, known)
		if ack := w.dial(version).connect(lasting); ack.SessionPresent {
			t.Error("a session survives a clean login")
		}
	})
}

func TestWhoIsExpelledIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storing{})
		one, two := w.login("reader-1", 5), w.login("reader-2", 5)
		w.doors.mu.Lock()
		w.doors.expelled = []sensors.DeviceID{"reader-1"}
		w.doors.mu.Unlock()
		began := time.Now()
		if reason := one.wantEnd(); reason != packets.ErrNotAuthorized.Code {
			t.Errorf("cut off with %#x", reason)
		}
		if took := time.Since(began); took > expelEvery {
			t.Errorf("cut off after %v", took)
		}
		two.ping()
		w.stop()
	})
}

func TestAtTheEndEveryDeviceIsToldAndNobodyHoldsItUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storing{})
		told := make(chan byte, 4)
		for i := range 4 {
			d := w.login(fmt.Sprintf("reader-%d", i+1), 5)
			go func() { told <- d.wantEnd() }()
		}
		w.login("reader-5", 5) // reads nothing
		synctest.Wait()
		began := time.Now()
		w.stop()
		if took := time.Since(began); took > time.Second {
			t.Errorf("the end took %v", took)
		}
		for range 4 {
			if reason := <-told; reason != packets.ErrServerShuttingDown.Code {
				t.Errorf("told %#x", reason)
			}
		}
	})
}
