package series

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// bucketsAPage is how many buckets a reading asks for at a time.
const bucketsAPage = 50

// Range calls fn with the points of a channel from from (inclusive) to before
// (exclusive), in their order. The points may be kept. Unless r is a
// transaction or a snapshot, points that come meanwhile may be among them or not.
//
// Errors: those of fn, which end the reading.
func (s *Series) Range(ctx context.Context, r store.Reader, channel string, from, before time.Time, fn func(Point) error) error {
	first, end := ceil(from).UnixMilli(), ceil(before).UnixMilli()
	return s.each(ctx, r, channel, from, before, func(b *bucket) error {
		points, err := pointsWithin(b, first, end)
		if err != nil {
			return s.corrupt(b.ID, err)
		}
		for _, pt := range points {
			if err := fn(pt); err != nil {
				return err
			}
		}
		return nil
	})
}

// Last returns the newest point of a channel, of one moment that with the
// greatest key.
//
// Errors: store.ErrNotFound when the channel has none.
func (s *Series) Last(ctx context.Context, r store.Reader, channel string) (Point, error) {
	return s.LastBefore(ctx, r, channel, timeOf(endOfTime))
}

// LastBefore is Last among the points before the moment before.
func (s *Series) LastBefore(ctx context.Context, r store.Reader, channel string, before time.Time) (Point, error) {
	end := ceil(before).UnixMilli()
	q := store.Query{Index: store.ByID, From: bucketID(channel, 0), Before: endID(channel, end), Reverse: true, Limit: 1}
	for {
		page, err := s.docs.Find(ctx, r, q)
		if err != nil {
			return Point{}, err
		}
		for _, b := range page.Items {
			points, err := pointsWithin(b, 0, end)
			if err != nil {
				return Point{}, s.corrupt(b.ID, err)
			}
			if len(points) > 0 {
				return points[len(points)-1], nil
			}
		}
		if page.Next == "" {
			return Point{}, store.ErrNotFound.New()
		}
		q.After = page.Next
	}
}

// endOfTime is after every point, in milliseconds.
var endOfTime = time.Date(lastYear+1, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

// endID returns an id that is after those of the buckets of a channel that go from
// a moment before end, in milliseconds, and not after those of the others.
func endID(channel string, end int64) string {
	if end >= endOfTime {
		return channel + "!" // what follows the blank
	}
	return bucketID(channel, max(end, 0))
}

// Summaries calls fn with summaries that together cover the points of a channel
// from from to before: those of whole buckets as they are stored, and one made
// of the points of each bucket that reaches beyond. The series must have been
// defined with Summary.
func (s *Series) Summaries(ctx context.Context, r store.Reader, channel string, from, before time.Time, fn func(summary []byte) error) error {
	return s.each(ctx, r, channel, from, before, func(b *bucket) error {
		if within(b.First, from, before) && within(b.Last, from, before) {
			return fn(b.Summary)
		}
		points, err := pointsOf(b, b.From.UnixMilli())
		if err != nil {
			return s.corrupt(b.ID, err)
		}
		var inside []Point
		for _, pt := range points {
			if within(pt.At, from, before) {
				inside = append(inside, pt)
			}
		}
		if len(inside) == 0 {
			return nil
		}
		return fn(s.summarise(pairs(inside)))
	})
}

// each calls fn with the buckets of a channel that have points and may have
// some from from to before. Those of the first day are found by id, which a
// transaction that has just written them need not read again.
func (s *Series) each(ctx context.Context, r store.Reader, channel string, from, before time.Time, fn func(*bucket) error) error {
	first, end := max(ceil(from).UnixMilli(), 0), ceil(before).UnixMilli()
	if first >= end {
		return nil
	}
	some := func(b *bucket) error {
		if b.Count == 0 || b.Last.UnixMilli() < first || b.First.UnixMilli() >= end {
			return nil
		}
		return fn(b)
	}
	next := dayOf(first) + dayMS
	if err := s.eachOf(ctx, r, channel, first, min(end, next), some); err != nil || end <= next {
		return err
	}
	q := store.Query{Index: store.ByID, From: bucketID(channel, next), Before: endID(channel, end), Limit: bucketsAPage}
	return s.docs.Each(ctx, r, q, some)
}

// eachOf calls fn with the buckets of a channel from first to end, which are in
// one day.
func (s *Series) eachOf(ctx context.Context, r store.Reader, channel string, first, end int64, fn func(*bucket) error) error {
	day := dayOf(first)
	head, err := s.docs.Get(ctx, r, bucketID(channel, day))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := startsOf(head.Starts)
	if err != nil {
		return s.corrupt(head.ID, err)
	}
	var ids []string
	for i, from := range list {
		switch {
		case day+from >= end || i+1 < len(list) && day+list[i+1] <= first:
		case from == 0:
			if err := fn(head); err != nil {
				return err
			}
		default:
			ids = append(ids, bucketID(channel, day+from))
		}
	}
	for part := range slices.Chunk(ids, bucketsAPage) {
		docs, err := s.docs.GetMany(ctx, r, part)
		if err != nil {
			return err
		}
		for _, b := range docs {
			if err := fn(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// ceil returns the first whole millisecond that is not before t.
func ceil(t time.Time) time.Time {
	if down := t.Truncate(time.Millisecond); down.Before(t) {
		return down.Add(time.Millisecond)
	}
	return t
}

func within(t, from, before time.Time) bool { return !t.Before(from) && t.Before(before) }

func pairs(points []Point) iter.Seq2[time.Time, []byte] {
	return func(yield func(time.Time, []byte) bool) {
		for _, pt := range points {
			if !yield(pt.At, pt.Data) {
				return
			}
		}
	}
}

// corrupt is the fault of a bucket that cannot be read.
func (s *Series) corrupt(id string, cause error) error {
	return store.ErrCorrupt.Wrap(cause, fault.P("file", s.docs.Name()+"/"+id))
}
