package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"yijianyou/bench/bed"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/sensors/broker"
)

// account is what a publisher logs in with.
type account struct {
	url    *url.URL
	org    actor.OrgID
	device sensors.DeviceID
	secret string
}

// load is what publishers publish.
type load struct {
	kind     sensors.SampleKind
	messages int
	window   int
	tagsEach int           // tags that a reader sees in turn
	made     map[int]int64 // samples of each publisher so far, over all measurements: no two are alike
	begin    time.Time
}

// measure lets n publishers publish all messages together, and returns how many
// were acknowledged a second, and the processor time of the broker for each, in
// microseconds.
func (l *load) measure(ctx context.Context, p peer, n int) (rate, worked float64, err error) {
	publishers, leave, err := l.connect(ctx, p, n)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, leave()) }()
	each := l.messages / n
	payloads := make([][][]byte, n)
	for i := range payloads {
		for range each {
			payloads[i] = append(payloads[i], l.payload(i))
		}
	}
	var failed atomic.Pointer[error]
	var unanswered, senders sync.WaitGroup
	before, err := bed.Processor(p.pid())
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	for i, pub := range publishers {
		unanswered.Add(each)
		senders.Go(func() {
			for _, payload := range payloads[i] {
				err := pub.Send(ctx, l.kind, payload, func(err error) {
					if err != nil {
						failed.Store(&err)
					}
					unanswered.Done()
				})
				if err != nil {
					failed.Store(&err)
					unanswered.Done()
				}
			}
		})
	}
	senders.Wait()
	unanswered.Wait()
	took := time.Since(began)
	after, err := bed.Processor(p.pid())
	if err != nil {
		return 0, 0, err
	}
	if err := failed.Load(); err != nil {
		return 0, 0, *err
	}
	return float64(each*n) / took.Seconds(), float64((after - before).Microseconds()) / float64(each*n), p.check(ctx, each*n+n)
}

// connect lets n publishers connect and say one thing each. leave ends them.
func (l *load) connect(ctx context.Context, p peer, n int) (publishers []*broker.Publisher, leave func() error, err error) {
	if l.begin.IsZero() {
		l.begin, l.made = time.Now().Add(-28*24*time.Hour), make(map[int]int64)
	}
	life, end := context.WithCancel(ctx)
	var running sync.WaitGroup
	var ended error
	leave = func() error {
		end()
		running.Wait()
		return ended
	}
	publishers = make([]*broker.Publisher, n)
	for i := range publishers {
		a := p.login(i)
		publishers[i] = broker.NewPublisher(broker.PublisherOptions{Remote: broker.Remote{URL: a.url}, Org: a.org, Device: a.device, Secret: a.secret,
			Window: l.window, Log: slog.New(slog.DiscardHandler)})
		running.Go(func() {
			if err := publishers[i].Run(life); err != nil {
				ended = err
			}
		})
	}
	for i, pub := range publishers { // all are connected before the time runs
		if err := pub.Publish(ctx, l.kind, l.payload(i)); err != nil {
			return nil, nil, errors.Join(err, leave())
		}
	}
	return publishers, leave, nil
}

// many is the next message of publisher i with so many samples.
func (l *load) many(i, samples int) []byte {
	if samples == 1 {
		return l.payload(i)
	}
	out := []byte{'['}
	for n := range samples {
		if n > 0 {
			out = append(out, ',')
		}
		out = append(out, l.payload(i)...)
	}
	return append(out, ']')
}

// payload is the next message of publisher i: one sample a second, as if it had
// been cut off for weeks and sent what it kept.
func (l *load) payload(i int) []byte {
	n := l.made[i]
	l.made[i]++
	at := l.begin.Add(time.Duration(n) * time.Second).UnixMilli()
	switch l.kind {
	case sensors.SightingKind:
		return fmt.Appendf(nil, `{"at":%d,"seq":%d,"tag":%q,"rssi":-52.5,"antenna":1}`, at, n, tagName(i, int(n)%l.tagsEach))
	case sensors.CountKind:
		return fmt.Appendf(nil, `{"at":%d,"seq":%d,"in":1,"out":0}`, at, n)
	case sensors.StatusKind:
		return fmt.Appendf(nil, `{"at":%d,"seq":%d,"battery":87}`, at, n)
	}
	return fmt.Appendf(nil, `{"at":%d,"seq":%d,"channel":"temperature","value":%d.5,"unit":"Cel"}`, at, n, 18+n%5)
}

func tagName(publisher, n int) string { return fmt.Sprintf("e28011700000%04x%04x", publisher, n) }
