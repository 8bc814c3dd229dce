package sensors

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// ErrStopping is that the program stops; the message was not stored.
var ErrStopping = fault.Define(fault.Unavailable, "sensors.stopping",
	"系统正在停止，数据没有保存。请稍后重发。", "The system is stopping and did not store the samples. Send them again later.")

// Limits of what waits and of what one transaction stores.
const (
	waitingMessages = 4096
	waitingSamples  = 200_000 // in memory, those being stored included
	batchMessages   = 4000
	batchSamples    = 20_000
)

// Pauses between attempts to store a batch.
const (
	firstPause = 50 * time.Millisecond
	longPause  = 5 * time.Second
)

// maxConflicts is after how many conflicts a batch counts as one that cannot be
// stored.
const maxConflicts = 5

// offered is a message on its way into the store.
type offered struct {
	Message
	samples []sample
	bad     []Rejection
	done    func(Report, error)
	room    int64 // that it takes of waitingSamples
}

// pipeline is the queue of messages and what is known of storing them.
type pipeline struct {
	queue   chan *offered
	room    *semaphore.Weighted
	offers  sync.RWMutex    // held for reading by each Offer
	life    context.Context // ends when RunPipeline does
	end     context.CancelFunc
	started atomic.Bool

	trouble atomic.Int64 // when storing last failed, in milliseconds; 0 never
	storing atomic.Int64 // when the oldest message of the batch came that is being stored, in milliseconds; 0 none is
	stats   pipelineCounters
}

func newPipeline() *pipeline {
	p := &pipeline{queue: make(chan *offered, waitingMessages), room: semaphore.NewWeighted(waitingSamples)}
	p.life, p.end = context.WithCancel(context.Background())
	return p
}

// Offer hands a message over to be stored. It returns nil when it has been taken:
// done is then called once, from another goroutine, and must not block: with
// nil after the commit, also when samples of it were bad and went to the
// quarantine list instead, or with an error when it was not stored and must be
// sent again. Offer blocks while too much is waiting, until ctx ends; the payload
// is not used after it has returned.
//
// Errors: that of ctx, ErrStopping; done is then not called.
func (s *Service) Offer(ctx context.Context, m Message, done func(error)) error {
	return s.offer(ctx, m, func(_ Report, err error) { done(err) })
}

func (s *Service) offer(ctx context.Context, m Message, done func(Report, error)) error {
	return s.pipe.put(ctx, s.offered(m, done)) // decoded here, so that all who offer do it at once
}

// offered decodes a message.
func (s *Service) offered(m Message, done func(Report, error)) *offered {
	o := &offered{Message: m, done: done}
	if o.Received.IsZero() {
		o.Received = s.st.Now()
	}
	o.Received = o.Received.UTC().Truncate(time.Millisecond)
	o.samples, o.bad = decode(m.Kind, m.Payload)
	o.Payload = nil
	o.room = int64(1 + len(o.samples) + len(o.bad))
	return o
}

// put puts a message into the queue.
func (p *pipeline) put(ctx context.Context, o *offered) error {
	p.offers.RLock()
	defer p.offers.RUnlock()
	if p.life.Err() != nil {
		return ErrStopping.New()
	}
	if !p.room.TryAcquire(o.room) {
		waiting, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(p.life, cancel)()
		if err := p.room.Acquire(waiting, o.room); err != nil {
			if ctx.Err() == nil {
				return ErrStopping.New()
			}
			return ctx.Err()
		}
	}
	select {
	case p.queue <- o:
		return nil
	case <-ctx.Done():
		p.room.Release(o.room)
		return ctx.Err()
	case <-p.life.Done():
		p.room.Release(o.room)
		return ErrStopping.New()
	}
}

// RunPipeline stores what is offered, until ctx ends; what then waits is not
// stored. It is called once. It takes what is there, up to batchMessages,
// and stores them in one transaction; while the database fails it tries the
// same messages again.
func (s *Service) RunPipeline(ctx context.Context) error {
	if !s.pipe.started.CompareAndSwap(false, true) {
		return errors.New("sensors: RunPipeline is called once")
	}
	defer s.pipe.stop()
	for {
		batch := s.pipe.take(ctx)
		if batch == nil {
			return nil
		}
		s.pipe.storing.Store(oldest(batch))
		s.settle(ctx, batch)
		s.pipe.storing.Store(0)
	}
}

// take waits for a message and takes those with it that wait too; nil when ctx
// has ended.
func (p *pipeline) take(ctx context.Context) []*offered {
	if ctx.Err() != nil {
		return nil
	}
	var batch []*offered
	select {
	case o := <-p.queue:
		batch = append(batch, o)
	case <-ctx.Done():
		return nil
	}
	for n := batch[0].room; len(batch) < batchMessages && n < batchSamples; {
		select {
		case o := <-p.queue:
			batch = append(batch, o)
			n += o.room
		default:
			return batch
		}
	}
	return batch
}

// stop refuses what waits and what is still offered.
func (p *pipeline) stop() {
	p.end()
	p.offers.Lock() // no Offer is under way, and none comes after
	defer p.offers.Unlock()
	for {
		select {
		case o := <-p.queue:
			p.tell(o, Report{}, ErrStopping.New())
		default:
			return
		}
	}
}

// tell tells who offered a message what became of it.
func (p *pipeline) tell(o *offered, r Report, err error) {
	p.room.Release(o.room)
	p.stats.count(r, err)
	o.done(r, err)
}

// settle stores a batch and tells everybody. When it cannot be stored, though the
// database answers, it is halved to find the message that is to blame, so that
// the others do not suffer.
func (s *Service) settle(ctx context.Context, batch []*offered) {
	reports, err := s.persist(ctx, batch)
	switch {
	case err == nil:
		for i, o := range batch {
			s.pipe.tell(o, reports[i], nil)
		}
	case ctx.Err() == nil && len(batch) > 1:
		s.settle(ctx, batch[:len(batch)/2])
		s.settle(ctx, batch[len(batch)/2:])
	case ctx.Err() == nil:
		s.putAside(ctx, batch[0], err)
	default:
		for _, o := range batch {
			s.pipe.tell(o, Report{}, ErrStopping.Wrap(err))
		}
	}
}

// putAside deals with a message that cannot be stored. When the fault is that of
// the message, it goes to the quarantine list; otherwise it is ours, and whoever
// sent it keeps it.
func (s *Service) putAside(ctx context.Context, o *offered, err error) {
	if !errors.Is(err, series.ErrCrowded) {
		s.log.Error("a message could not be stored", "device", o.Device, "kind", o.Kind, "error", err)
		s.pipe.tell(o, Report{}, err)
		return
	}
	o.samples, o.bad = nil, []Rejection{{Index: -1, Field: series.ErrCrowded.At("", fault.P("max", series.MaxPoints)), kind: BadPayload}}
	reports, err := s.persist(ctx, []*offered{o})
	if err != nil {
		s.pipe.tell(o, Report{}, err)
		return
	}
	s.pipe.tell(o, reports[0], nil)
}

// persist stores a batch. It tries until the database answers or ctx ends.
func (s *Service) persist(ctx context.Context, batch []*offered) ([]Report, error) {
	conflicts := 0
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		reports, err := s.attempt(ctx, batch)
		if fault.KindOf(err) == fault.Conflict {
			conflicts++
		}
		if err == nil || ctx.Err() != nil || !temporary(err) || conflicts >= maxConflicts {
			return reports, err
		}
		s.pipe.stats.failures.Add(1)
		s.pipe.trouble.Store(s.st.Now().UnixMilli())
		s.log.Warn("samples could not be stored and wait", "messages", len(batch), "again", pause, "error", err)
		select {
		case <-s.after(pause):
		case <-ctx.Done():
			return nil, err
		}
	}
}

// attempt stores a batch in one transaction.
func (s *Service) attempt(ctx context.Context, batch []*offered) (reports []Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			reports, err = nil, fmt.Errorf("sensors: panic while samples were stored: %v\n%s", p, debug.Stack())
		}
	}()
	s.pipe.stats.batches.Add(1)
	err = s.st.Update(ctx, ingest, func(tx *store.Tx) error {
		reports, err = s.takeIn(tx, batch)
		return err
	})
	return reports, err
}

// ingest acts when samples are stored.
var ingest = actor.SystemPart("sensors")

// temporary reports whether the same batch may be stored later. A conflict is
// that of another node which was first, and is gone at the next attempt.
func temporary(err error) bool {
	if errors.Is(err, store.ErrCorrupt) || errors.Is(err, store.ErrNewerSchema) {
		return false
	}
	kind := fault.KindOf(err)
	return kind == fault.Unavailable || kind == fault.Unknown || kind == fault.Conflict
}
