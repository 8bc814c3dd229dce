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
	b, err := s.docs.One(ctx, r, store.Query{Index: byChannel, Equal: []any{channel}, Reverse: true})
	if err != nil {
		return Point{}, err
	}
	points, err := pointsOf(b, b.From.UnixMilli())
	if err == nil && len(points) == 0 {
		err = errors.New("series: the last bucket is empty")
	}
	if err != nil {
		return Point{}, s.corrupt(b.ID, err)
	}
	return points[len(points)-1], nil
}

// HourBefore returns the start of the newest hour that begins before the moment
// at and in which the channel has points; ok is false when there is none.
func (s *Series) HourBefore(ctx context.Context, r store.Reader, channel string, at time.Time) (hour time.Time, ok bool, err error) {
	b, err := s.docs.One(ctx, r, store.Query{Index: byChannel, Equal: []any{channel}, Before: timeOf(hourOf(at.UnixMilli())), Reverse: true})
	if errors.Is(err, store.ErrNotFound) {
		return time.Time{}, false, nil
	}
	if err != nil {
		return time.Time{}, false, err
	}
	return timeOf(hourOf(b.From.UnixMilli())), true, nil
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
// some from from to before. Those of one hour are found by id, which a
// transaction that has just written them need not read again.
func (s *Series) each(ctx context.Context, r store.Reader, channel string, from, before time.Time, fn func(*bucket) error) error {
	some := func(b *bucket) error {
		if b.Count == 0 || b.Last.Before(from) || !b.First.Before(before) {
			return nil
		}
		return fn(b)
	}
	before = ceil(before)
	if !from.Before(before) {
		return nil
	}
	hour := from.UTC().Truncate(time.Hour)
	if !before.After(hour.Add(time.Hour)) {
		return s.eachOf(ctx, r, channel, hour.UnixMilli(), some)
	}
	q := store.Query{Index: byChannel, Equal: []any{channel}, From: hour, Before: before, Limit: bucketsAPage}
	return s.docs.Each(ctx, r, q, some)
}

// eachOf calls fn with the buckets of an hour of a channel.
func (s *Series) eachOf(ctx context.Context, r store.Reader, channel string, hour int64, fn func(*bucket) error) error {
	first, err := s.docs.Get(ctx, r, bucketID(channel, hour))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := startsOf(first.Starts)
	if err != nil {
		return s.corrupt(first.ID, err)
	}
	if err := fn(first); err != nil {
		return err
	}
	ids := make([]string, 0, len(list))
	for _, offset := range list[1:] {
		ids = append(ids, bucketID(channel, hour+offset))
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
