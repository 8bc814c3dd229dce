package series

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// AppendIn adds points to a channel and returns those that were not there yet,
// in their order, each once. Of two points with the same time and key the first
// stays, whatever the second says.
//
// Errors: ErrCrowded; an error without a code for points that break the limits
// of this package, which the caller must have checked.
func (s *Series) AppendIn(tx *store.Tx, org actor.OrgID, channel string, points []Point) (fresh []Point, err error) {
	all, err := s.AppendAllIn(tx, []Batch{{Org: org, Channel: channel, Points: points}})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// AppendAllIn is AppendIn for several channels, each named once, with few
// readings of the database: fresh[i] are those of batches[i]. After an error
// nothing is written.
func (s *Series) AppendAllIn(tx *store.Tx, batches []Batch) (fresh [][]Point, err error) {
	p := &plan{series: s, tx: tx, fresh: make([][]Point, len(batches)), docs: make(map[string]*bucket)}
	channels := make(map[string]bool, len(batches))
	for i, b := range batches {
		if channels[b.Channel] {
			return nil, fmt.Errorf("series: %s: channel %q is named twice", s.docs.Name(), b.Channel)
		}
		channels[b.Channel] = true
		points, err := b.sorted()
		if err != nil {
			return nil, fmt.Errorf("series: %s: %w", s.docs.Name(), err)
		}
		p.split(i, b, points)
	}
	if err := p.load(); err != nil {
		return nil, err
	}
	for _, h := range p.parts {
		if err := p.merge(h); err != nil {
			return nil, err
		}
	}
	return p.fresh, p.write()
}

// before is the order of points.
func before(a, b Point) int {
	if c := cmp.Compare(a.At.UnixMilli(), b.At.UnixMilli()); c != 0 {
		return c
	}
	return cmp.Compare(a.Key, b.Key)
}

// Years of points.
const (
	firstYear = 1970
	lastYear  = 9999
)

// sorted returns the points in their order, each once, after checking them.
func (b Batch) sorted() ([]Point, error) {
	if b.Channel == "" || len(b.Channel) > MaxChannel || strings.Contains(b.Channel, " ") {
		return nil, fmt.Errorf("a channel of %d bytes, 1 to %d without a blank are allowed", len(b.Channel), MaxChannel)
	}
	ascending := true
	for i, p := range b.Points {
		if y := p.At.UTC().Year(); y < firstYear || y > lastYear {
			return nil, fmt.Errorf("channel %q: a point of the year %d", b.Channel, y)
		}
		if len(p.Key) > MaxKey || len(p.Data) > MaxData {
			return nil, fmt.Errorf("channel %q: a point with a key of %d and data of %d bytes", b.Channel, len(p.Key), len(p.Data))
		}
		ascending = ascending && (i == 0 || before(b.Points[i-1], p) < 0)
	}
	if ascending {
		return b.Points, nil
	}
	points := slices.Clone(b.Points)
	slices.SortStableFunc(points, before)
	return slices.CompactFunc(points, func(a, b Point) bool { return before(a, b) == 0 }), nil
}

// timeOf returns the moment of ms.
func timeOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
