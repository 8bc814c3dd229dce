package sensors

import (
	"context"
	"errors"
	"strconv"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// ErrSpan is a span of time that ends before it begins.
var ErrSpan = fault.Define(fault.Invalid, "sensors.span",
	"结束时间须晚于开始时间。", "The end of the time must be after its beginning.")

// defaultSpan is how far back readings go when no beginning is asked for.
const defaultSpan = 24 * time.Hour

// Measured is a value of a channel.
type Measured struct {
	At    time.Time // by the clock of the device
	Value float64
}

// Span is a part of a channel.
type Span struct {
	From   time.Time    // inclusive; zero a day before Before
	Before time.Time    // exclusive; zero now
	Limit  int          // values; those of the moment of the last are all there, however many
	After  store.Cursor // "" or where the page before ended
}

// Readings returns what a channel of a device measured, the oldest first, and
// where the next page begins, "" at the end.
//
// Errors: ErrNotFound for a device that by may not see and for a channel that it
// does not have, ErrSpan, store.ErrCursor.
func (s *Service) Readings(ctx context.Context, by actor.Actor, id DeviceID, channel string, sp Span) ([]Measured, store.Cursor, error) {
	d, err := s.Devices.read(ctx, s.st, by, string(id))
	if err != nil {
		return nil, "", err
	}
	if d.Fields.channel(channel) < 0 {
		return nil, "", fault.InvalidFields([]fault.Field{heritage.ErrReference.At("query.channel")})
	}
	if sp.Before.IsZero() {
		sp.Before = s.st.Now()
	}
	if sp.From.IsZero() {
		sp.From = sp.Before.Add(-defaultSpan)
	}
	if !sp.From.Before(sp.Before) {
		return nil, "", fault.InvalidFields([]fault.Field{ErrSpan.At("query.to")})
	}
	if sp.After != "" {
		ms, err := strconv.ParseInt(string(sp.After), 36, 64)
		if err != nil {
			return nil, "", store.ErrCursor.Wrap(err)
		}
		if next := time.UnixMilli(ms); next.After(sp.From) {
			sp.From = next
		}
	}
	full := errors.New("the page is full")
	out, next := []Measured{}, store.Cursor("")
	err = s.readingsOf(ctx, s.st, DeviceID(d.ID), channel, sp.From, sp.Before, func(at time.Time, value float64) error {
		if n := len(out); n >= sp.Limit && at.After(out[n-1].At) {
			next = store.Cursor(strconv.FormatInt(at.UnixMilli(), 36))
			return full
		}
		out = append(out, Measured{At: at, Value: value})
		return nil
	})
	if err != nil && !errors.Is(err, full) {
		return nil, "", err
	}
	return out, next, nil
}
