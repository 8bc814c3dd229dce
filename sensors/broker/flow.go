package broker

import (
	"context"
	"sync"
	"time"

	"github.com/mochi-mqtt/server/v2/packets"
	"golang.org/x/sync/semaphore"

	"yijianyou/sensors"
)

const (
	window    = 256      // messages of a connection between taking and answering, each of up to
	roomBytes = 16 << 10 // bytes; a larger one counts as several
	maxHeld   = 64 << 20 // bytes of payloads between taking and answering, of all connections together
)

// flow is the way of the messages of one connection: taken by the goroutine that
// reads, handed to the sink by another, committed somewhere else, and answered by
// a third, in the order in which they came (MQTT 5.0 section 4.6). So the one
// that reads goes on reading while nothing can be stored, and a device that does
// not read its answers stops nobody else.
type flow struct {
	ctx      context.Context // of the connection
	end      context.CancelFunc
	sink     Sink
	counters *Counters
	memory   *semaphore.Weighted // bytes of maxHeld
	write    func([]byte) error  // writes answers
	unstored func(error)         // a message was not stored; called once at most, must not block
	unread   func(error)         // answers could not be written

	window  *semaphore.Weighted
	pending chan *held // taken, not handed over; never full, because the window is as large

	mu    sync.Mutex
	order []*held       // taken and not answered, oldest first
	out   []byte        // answers that are due, encoded
	count int           // of them
	room  int64         // that they free
	due   chan struct{} // capacity 1

	failed sync.Once
}

// held is a message that is taken and not answered.
type held struct {
	message sensors.Message
	id      uint16 // of the packet
	qos     byte
	room    int64 // in the window
	stored  bool
}

// start makes the flow ready and starts its goroutines, which end with ctx.
func (f *flow) start(ctx context.Context) {
	f.ctx, f.end = context.WithCancel(ctx)
	f.window = semaphore.NewWeighted(window)
	f.pending = make(chan *held, window)
	f.due = make(chan struct{}, 1)
	go f.handOver()
	go f.answer()
}

// take takes a message in. It blocks while the window is full.
func (f *flow) take(m sensors.Message, pk packets.Packet) {
	size := int64(len(m.Payload))
	h := &held{message: m, id: pk.PacketID, qos: pk.FixedHeader.Qos, room: max(1, (size+roomBytes-1)/roomBytes)}
	if f.window.Acquire(f.ctx, h.room) != nil || f.memory.Acquire(f.ctx, size) != nil {
		return // the connection has ended
	}
	f.counters.Received.Add(1)
	h.message.Received = time.Now().UTC()
	if h.qos > 0 {
		f.mu.Lock()
		f.order = append(f.order, h)
		f.mu.Unlock()
	}
	f.pending <- h
	if f.ctx.Err() != nil { // perhaps since the last look of handOver
		f.giveUp()
	}
}

// skip answers a message that is not handed over, in its turn.
func (f *flow) skip(pk packets.Packet) {
	h := &held{id: pk.PacketID, qos: pk.FixedHeader.Qos, room: 1}
	if h.qos == 0 || f.window.Acquire(f.ctx, h.room) != nil {
		return
	}
	f.mu.Lock()
	f.order = append(f.order, h)
	f.mu.Unlock()
	f.settle(h)
}

// handOver gives the messages to the sink, in the order in which they came.
func (f *flow) handOver() {
	for {
		select {
		case h := <-f.pending:
			if err := f.sink.Offer(f.ctx, h.message, func(err error) { f.done(h, err) }); err != nil {
				f.done(h, err)
			}
		case <-f.ctx.Done():
			f.giveUp()
			return
		}
	}
}

// giveUp lets go of what was not handed over when the connection ended.
func (f *flow) giveUp() {
	for {
		select {
		case h := <-f.pending:
			f.done(h, f.ctx.Err())
		default:
			return
		}
	}
}

// done is called by the sink and never blocks. It has the message answered when
// it is stored. When it is not, the connection is ended, for only a device that
// connects anew sends again.
func (f *flow) done(h *held, err error) {
	f.memory.Release(int64(len(h.message.Payload)))
	h.message.Payload = nil
	switch {
	case err != nil:
		if h.qos > 0 {
			f.counters.Withheld.Add(1)
		}
		if f.ctx.Err() == nil {
			f.failed.Do(func() { f.unstored(err) })
		}
	case h.qos == 0:
		f.window.Release(h.room)
	default:
		f.settle(h)
	}
}

// settle marks h as stored; its answer is due when those before it are.
func (f *flow) settle(h *held) {
	f.mu.Lock()
	h.stored = true
	n := 0
	for ; n < len(f.order) && f.order[n].stored; n++ {
		first := f.order[n]
		f.out = first.appendAnswer(f.out)
		f.room += first.room
		f.order[n] = nil
	}
	f.order = f.order[n:]
	f.count += n
	f.mu.Unlock()
	if n > 0 {
		select {
		case f.due <- struct{}{}:
		default:
		}
	}
}

// answer writes the answers, as many at once as are due.
func (f *flow) answer() {
	var buf []byte
	for {
		select {
		case <-f.due:
		case <-f.ctx.Done():
			return
		}
		f.mu.Lock()
		buf, f.out = f.out, buf[:0]
		count, room := f.count, f.room
		f.count, f.room = 0, 0
		f.mu.Unlock()
		if err := f.write(buf); err != nil {
			f.unread(err)
			return
		}
		f.counters.Acknowledged.Add(int64(count))
		f.window.Release(room)
	}
}

// appendAnswer adds a PUBACK, or the PUBREC of QoS 2. Without a reason code,
// which means success, they are the same four bytes in 3.1.1 and 5.0 (section
// 3.4.2.1).
func (h *held) appendAnswer(b []byte) []byte {
	first := byte(packets.Puback << 4)
	if h.qos == 2 {
		first = packets.Pubrec << 4
	}
	return append(b, first, 2, byte(h.id>>8), byte(h.id))
}
