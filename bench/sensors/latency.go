package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yijianyou/bench/bed"
)

// How latency is measured: so many publishers, at these rates of samples, in
// messages of so many.
const latencyPublishers = 16

var (
	latencyRates   = []int{1000, 5000, 20000}
	latencySamples = []int{1, 50}
)

// latency prints how long samples take to be acknowledged at given rates, and
// what the server needs for them.
func latency(ctx context.Context, o options, folder string) error {
	us, err := newOurs(ctx, o, filepath.Join(folder, "ours"), latencyPublishers)
	if err != nil {
		return err
	}
	defer us.server.Kill()
	l := &load{kind: sampleKind(o), window: o.window, tagsEach: max(1, o.tags/latencyPublishers)}
	disk, stored := diskUse(us.server.Data), us.stored
	fmt.Printf("%s, %d publishers, %d tags, from when a message is due to its acknowledgement\n", o.kind, latencyPublishers, o.tags)
	for _, rate := range latencyRates {
		for _, samples := range latencySamples {
			took, err := l.pace(ctx, us, rate, samples, time.Duration(o.seconds)*time.Second)
			if err != nil {
				return fmt.Errorf("%d samples a second, %d a message: %w", rate, samples, err)
			}
			fmt.Printf("%6d samples/s, %2d a message   p50 %.1f ms   p99 %.1f ms   worst %.1f ms   (%d messages)\n", rate, samples,
				at(took, 0.50), at(took, 0.99), at(took, 1), len(took))
		}
	}
	if us.stored, err = us.storedSamples(ctx); err != nil {
		return err
	}
	grown := float64(diskUse(us.server.Data)-disk) / (us.stored - stored)
	fmt.Printf("resident %d MB   disk %.1f MB for a million samples\n", resident(us.pid())>>20, grown)
	return nil
}

// pace lets publishers publish at a rate of samples a second for a time, each
// message at its moment whatever became of those before, and returns how long
// each took.
func (l *load) pace(ctx context.Context, us *ours, rate, samples int, during time.Duration) (took []time.Duration, err error) {
	publishers, leave, err := l.connect(ctx, us, latencyPublishers)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, leave()) }()
	gap := time.Duration(float64(time.Second) * float64(samples*latencyPublishers) / float64(rate))
	each := int(during / gap)
	var mu sync.Mutex
	var unanswered, senders sync.WaitGroup
	begin := time.Now().Add(100 * time.Millisecond)
	for i, pub := range publishers {
		payloads := make([][]byte, each)
		for n := range payloads {
			payloads[n] = l.many(i, samples)
		}
		first := begin.Add(gap * time.Duration(i) / latencyPublishers)
		unanswered.Add(each)
		senders.Go(func() {
			for n, payload := range payloads {
				due := first.Add(gap * time.Duration(n))
				_ = bed.Pause(ctx, time.Until(due)) // an end of ctx ends the sending too
				sent := pub.Send(ctx, l.kind, payload, func(failed error) {
					mu.Lock()
					took, err = append(took, time.Since(due)), errors.Join(err, failed)
					mu.Unlock()
					unanswered.Done()
				})
				if sent != nil {
					mu.Lock()
					err = errors.Join(err, sent)
					mu.Unlock()
					unanswered.Done()
				}
			}
		})
	}
	senders.Wait()
	unanswered.Wait()
	slices.Sort(took)
	return took, errors.Join(err, us.check(ctx, latencyPublishers*(each*samples+1)))
}

// at is the quantile q of sorted times, in milliseconds.
func at(took []time.Duration, q float64) float64 {
	return float64(took[min(len(took)-1, int(q*float64(len(took))))].Microseconds()) / 1000
}

// diskUse is how many bytes the files of a folder have.
func diskUse(folder string) (bytes int64) {
	_ = filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error { // what is gone meanwhile does not count
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			bytes += info.Size()
		}
		return nil
	})
	return bytes
}

// resident is how many bytes of memory a process has, 0 when that is not known.
func resident(pid int) int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(text)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			return kb << 10
		}
	}
	return 0
}
