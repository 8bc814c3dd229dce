package broker

import (
	"context"
	"errors"
	"strings"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

const (
	messagesPerS = 10_000 // of a device, in the long run
	messageBurst = 20_000
	shortestWait = 10 * time.Millisecond // of a device that is too fast
)

// session is a connection of a device that has logged in.
type session struct {
	flow
	b      *Broker
	cl     *mochi.Client
	conn   *conn
	device sensors.Device
	proof  sensors.Proof
	below  string // what the topics of its samples begin with
	lasts  bool   // the session of MQTT is kept beyond the connection

	// Of the goroutine that reads:
	bucket  bucket
	entered bool // the broker knows it
	refused int  // times that something of it was refused
}

func (b *Broker) newSession(cl *mochi.Client, c *conn, d sensors.Device, proof sensors.Proof) *session {
	s := &session{b: b, cl: cl, conn: c, device: d, proof: proof, below: address{org: d.Org, device: sensors.DeviceID(d.ID)}.topic(), bucket: bucket{left: messageBurst, at: time.Now()}}
	s.sink, s.counters, s.memory = b.sink, &b.Counters, b.memory
	s.write, s.unstored, s.unread = s.writeAnswers, s.notStored, s.stuck
	s.start(b.ctx)
	return s
}

// kindOf reads a topic of samples of the device itself.
func (s *session) kindOf(topic string) (sensors.SampleKind, bool) {
	level, ok := strings.CutPrefix(topic, s.below)
	if !ok {
		return "", false
	}
	return kindOf(level)
}

// pace blocks while the device is too fast: nothing more is read from it.
func (s *session) pace() {
	wait := s.bucket.take(time.Now())
	if wait < shortestWait {
		return // it will wait when it owes more
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.ctx.Done():
	}
}

func (s *session) writeAnswers(b []byte) error {
	s.cl.Lock() // no packet of mochi's is torn by ours
	defer s.cl.Unlock()
	_, err := s.conn.Write(b)
	return err
}

func (s *session) notStored(err error) {
	s.b.log.Warn("an MQTT message was not stored; the device is cut off and sends it again", "device", s.device.ID, "err", err)
	go s.cut(packets.ErrServerUnavailable)
}

// cut ends the connection, with the reason where the protocol has one.
func (s *session) cut(code packets.Code) {
	s.conn.hurry(2 * time.Second)
	s.disconnect(code)
}

func (s *session) disconnect(code packets.Code) {
	s.end()
	if s.cl.Properties.ProtocolVersion == 5 {
		_ = s.b.server.DisconnectClient(s.cl, code) // returns the code
	}
	s.cl.Stop(code)
}

func (s *session) takenOver() { go s.cut(packets.ErrSessionTakenOver) }

func (s *session) expel() {
	s.b.refuse(refusedExpelled)
	s.b.log.Warn("an MQTT device was cut off: retired, removed, or its secret was ended", "device", s.device.ID)
	go s.cut(packets.ErrNotAuthorized)
}

// loggedRefusals is how many refusals of a connection are logged one by one.
const loggedRefusals = 5

// note counts and logs what was refused and puts it on the quarantine list. Only
// the goroutine that reads calls it.
func (s *session) note(cause refusal, r sensors.Refusal) {
	s.b.refuse(cause)
	if s.refused++; s.refused <= loggedRefusals {
		s.b.log.Warn("refused over MQTT", "device", s.device.ID, "kind", r.Kind, "code", r.Code, "address", s.conn.address)
	}
	ctx, cancel := context.WithTimeout(s.ctx, loginTimeout)
	defer cancel()
	if err := s.b.doors.NoteRefusal(ctx, r.From(s.device, s.conn.address)); err != nil && s.ctx.Err() == nil {
		s.b.log.Warn("a refusal could not be noted yet", "kind", r.Kind, "err", err)
	}
}

// badForm notes that a device sends what is not spoken here.
func (s *session) badForm(code *fault.Code) {
	s.note(refusedForm, sensors.Refusal{Kind: sensors.BadPayload, Claimed: s.device.ID, Code: code.ID()})
}

// over is called when the connection has ended, also when the parser failed.
func (s *session) over(failed bool) {
	if failed {
		s.badForm(ErrPacket)
	}
	s.end()
	if s.entered {
		s.b.leave(s)
	}
}

// stuck ends a connection to which nothing can be written.
func (s *session) stuck(err error) {
	var timeout interface{ Timeout() bool }
	if errors.As(err, &timeout) && timeout.Timeout() && s.ctx.Err() == nil {
		s.b.refuse(refusedStuck)
		s.b.log.Warn("an MQTT device does not read its acknowledgements and was cut off", "device", s.device.ID)
	}
	s.end()
	s.cl.Stop(err)
}

// bucket says how long a device that is too fast must wait.
type bucket struct {
	left float64
	at   time.Time
}

// take counts a message at now and returns how long it has to wait.
func (b *bucket) take(now time.Time) time.Duration {
	b.left = min(messageBurst, b.left+now.Sub(b.at).Seconds()*messagesPerS)
	b.at = now
	if b.left--; b.left >= 0 {
		return 0
	}
	return time.Duration(-b.left / messagesPerS * float64(time.Second))
}
