package sensors

import (
	"context"
	"sync"
	"time"

	"yijianyou/internal/store"
)

// meanHolds is for how long, by the clock of the instrument, the mean of a day stands
// before it is worked out again: it moves slowly, and each visitor asks for it.
const meanHolds = 5 * time.Minute

// dayMeans keeps the means that were worked out last, by device and channel. It is safe
// for concurrent use.
type dayMeans struct {
	mu   sync.Mutex
	kept map[meanKey]keptMean
}

type meanKey struct {
	device  DeviceID
	channel string
}

type keptMean struct {
	until time.Time // of the newest value when it was worked out
	mean  float64
}

// of returns the mean for a newest value at at; ok is false when it is to be worked out.
func (d *dayMeans) of(k meanKey, at time.Time) (mean float64, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, known := d.kept[k]
	age := at.Sub(m.until)
	return m.mean, known && age >= 0 && age < meanHolds
}

func (d *dayMeans) keep(k meanKey, m keptMean) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept == nil {
		d.kept = make(map[meanKey]keptMean)
	}
	d.kept[k] = m
}

// A mean of a day needs so many of its 24 hours (GB 3095: twenty).
const (
	meanHours   = 24
	fewestHours = 20
)

// dayMean is the mean of the hourly means of the 24 hours up to at; nil when too few of
// them have a value.
func (s *Service) dayMean(ctx context.Context, r store.Reader, d DeviceID, channel string, at time.Time) (*float64, error) {
	key := meanKey{d, channel}
	if mean, ok := s.means.of(key, at); ok {
		return &mean, nil
	}
	var sums, ns [meanHours]float64
	err := s.readingsOf(ctx, r, d, channel, at.Add(-meanHours*time.Hour), at, func(t time.Time, v float64) error {
		if i := int(at.Sub(t) / time.Hour); i >= 0 && i < meanHours {
			sums[i], ns[i] = sums[i]+v, ns[i]+1
		}
		return nil
	})
	mean, hours := 0.0, 0.0
	for i, n := range ns {
		if n > 0 {
			mean, hours = mean+sums[i]/n, hours+1
		}
	}
	if err != nil || hours < fewestHours {
		return nil, err
	}
	mean /= hours
	s.means.keep(key, keptMean{until: at, mean: mean})
	return &mean, nil
}
