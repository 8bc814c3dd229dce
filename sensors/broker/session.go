package broker

import (
	"context"
	"errors"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"
	"golang.org/x/sync/semaphore"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

const (
	window    = 256      // messages of a device between taking and answering, each of up to
	roomBytes = 16 << 10 // bytes; a larger one counts as several

	messagesPerS = 5000 // of a device, in the long run
	messageBurst = 5000
)

// session is a connection of a device that has logged in. The goroutine that
// reads takes messages into the window; one hands them to the sink, and one
// writes the answers, so that a device that does not read stops nobody else.
type session struct {
	b      *Broker
	cl     *mochi.Client
	conn   *conn
	device sensors.Device
	proof  sensors.Proof
	lasts  bool // the session of MQTT is kept beyond the connection

	ctx     context.Context
	end     context.CancelFunc
	window  *semaphore.Weighted
	pending chan held   // taken, not handed over; never full, because the window is as large
	answers chan answer // committed, not answered; never full likewise
	bucket  bucket

	// Of the goroutine that reads:
	entered bool // the broker knows it
	refused int  // times that something of it was refused
}

// held is a message that is taken and not answered.
type held struct {
	message sensors.Message
	answer  answer
}

// answer is what a device is told after the commit.
type answer struct {
	id   uint16 // of the packet
	qos  byte
	room int64 // in the window
}

func (b *Broker) newSession(cl *mochi.Client, c *conn, d sensors.Device, proof sensors.Proof) *session {
	s := &session{b: b, cl: cl, conn: c, device: d, proof: proof, window: semaphore.NewWeighted(window),
		pending: make(chan held, window), answers: make(chan answer, window), bucket: bucket{left: messageBurst, at: time.Now()}}
	s.ctx, s.end = context.WithCancel(b.ctx)
	return s
}

// run starts the two goroutines, which end with the session.
func (s *session) run() {
	go s.handOver()
	go s.answerAll()
}

// pace blocks while the device is too fast: nothing more is read from it.
func (s *session) pace() {
	wait := s.bucket.take(time.Now())
	if wait <= 0 {
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.ctx.Done():
	}
}

// take takes a message in. It blocks while the window of the device is full, so
// that nothing more is read from it.
func (s *session) take(kind sensors.SampleKind, pk packets.Packet) {
	size := int64(len(pk.Payload))
	room := max(1, (size+roomBytes-1)/roomBytes)
	if s.window.Acquire(s.ctx, room) != nil || s.b.memory.Acquire(s.ctx, size) != nil {
		return // the session has ended
	}
	s.b.Received.Add(1)
	s.pending <- held{
		message: sensors.Message{Org: s.device.Org, Device: sensors.DeviceID(s.device.ID), Kind: kind, Payload: pk.Payload, Received: time.Now().UTC()},
		answer:  answer{id: pk.PacketID, qos: pk.FixedHeader.Qos, room: room},
	}
}

// handOver gives the messages to the sink, in the order in which they came.
func (s *session) handOver() {
	for {
		select {
		case h := <-s.pending:
			if err := s.b.sink.Offer(s.ctx, h.message, func(err error) { s.done(h, err) }); err != nil {
				s.done(h, err)
			}
		case <-s.ctx.Done():
			for {
				select {
				case h := <-s.pending:
					s.done(h, s.ctx.Err())
				default:
					return
				}
			}
		}
	}
}

// done is called by the sink, never blocks, and has the message answered when it
// is stored. When it is not, the device is cut off, for only a device that
// connects anew sends again.
func (s *session) done(h held, err error) {
	s.b.memory.Release(int64(len(h.message.Payload)))
	switch {
	case err != nil:
		if h.answer.qos > 0 {
			s.b.Withheld.Add(1)
		}
		s.window.Release(h.answer.room)
		if s.ctx.Err() == nil {
			s.b.log.Warn("an MQTT message was not stored; the device is cut off and sends it again", "device", s.device.ID, "err", err)
			go s.cut(packets.ErrServerUnavailable)
		}
	case h.answer.qos == 0:
		s.window.Release(h.answer.room)
	default:
		s.answers <- h.answer
	}
}

// answerAll writes the answers, as many at once as there are.
func (s *session) answerAll() {
	buf := make([]byte, 0, 4*window)
	for {
		var first answer
		select {
		case first = <-s.answers:
		case <-s.ctx.Done():
			return
		}
		room, n := first.room, 1
		buf = first.appendTo(buf[:0])
		for more := true; more && n < window; {
			select {
			case a := <-s.answers:
				buf, room, n = a.appendTo(buf), room+a.room, n+1
			default:
				more = false
			}
		}
		s.cl.Lock() // no packet of mochi's is torn by ours
		_, err := s.conn.Write(buf)
		s.cl.Unlock()
		if err != nil {
			s.stuck(err)
			return
		}
		s.b.Acknowledged.Add(int64(n))
		s.window.Release(room)
	}
}

// appendTo adds a PUBACK, or the PUBREC of QoS 2. Without a reason code, which
// means success, they are the same four bytes in 3.1.1 and 5.0 (section 3.4.2.1).
func (a answer) appendTo(b []byte) []byte {
	first := byte(packets.Puback << 4)
	if a.qos == 2 {
		first = packets.Pubrec << 4
	}
	return append(b, first, 2, byte(a.id>>8), byte(a.id))
}

// cut ends the connection, with the reason where the protocol has one.
func (s *session) cut(code packets.Code) {
	s.end()
	s.conn.hurry(2 * time.Second)
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
