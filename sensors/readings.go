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

// Measurements are a part of a channel.
type Measurements struct {
	Values    []Measured   // the oldest first
	Next      store.Cursor // where the next page begins; "" at the end
	Unit      string       // UCUM, as the channel has it
	Simulated bool         // 模拟数据: what the device says is made up
}

// Span is the part of a channel that is asked for.
type Span struct {
	From   time.Time    // inclusive; zero a day before Before
	Before time.Time    // exclusive; zero now
	Limit  int          // values; those of the moment of the last are all there, however many
	After  store.Cursor // "" or where the page before ended
}

// Readings returns what a channel of a device measured.
//
// Errors: ErrNotFound for a device that by may not see and for a channel that it
// does not have, ErrSpan, store.ErrCursor.
func (s *Service) Readings(ctx context.Context, by actor.Actor, id DeviceID, channel string, sp Span) (*Measurements, error) {
	d, err := s.Devices.read(ctx, s.st, by, string(id))
	if err != nil {
		return nil, err
	}
	n := d.Fields.channel(channel)
	if n < 0 {
		return nil, fault.InvalidFields([]fault.Field{heritage.ErrReference.At("query.channel")})
	}
	if err := sp.settle(s.st.Now()); err != nil {
		return nil, err
	}
	out := &Measurements{Values: []Measured{}, Unit: d.Fields.Channels[n].Unit, Simulated: d.Fields.Simulated}
	err = s.readingsOf(ctx, s.st, DeviceID(d.ID), channel, sp.From, sp.Before, func(at time.Time, value float64) error {
		if n := len(out.Values); n >= sp.Limit && at.After(out.Values[n-1].At) {
			out.Next = store.Cursor(strconv.FormatInt(at.UnixMilli(), 36))
			return errEnough
		}
		out.Values = append(out.Values, Measured{At: at, Value: value})
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return out, nil
}

// settle fills what is left open, and begins where the page before ended.
func (sp *Span) settle(now time.Time) error {
	if sp.Before.IsZero() {
		sp.Before = now
	}
	if sp.From.IsZero() {
		sp.From = sp.Before.Add(-defaultSpan)
	}
	if !sp.From.Before(sp.Before) {
		return fault.InvalidFields([]fault.Field{ErrSpan.At("query.to")})
	}
	if sp.After == "" {
		return nil
	}
	ms, err := strconv.ParseInt(string(sp.After), 36, 64)
	if err != nil {
		return store.ErrCursor.Wrap(err)
	}
	if next := time.UnixMilli(ms); next.After(sp.From) {
		sp.From = next
	}
	return nil
}
