package sensors

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// readingSeries keeps what instruments measured: a channel for each channel of
// each instrument. Data is the value, see valueBytes; the key is the sequence.
var readingSeries = series.Define("readings")

// readingChannel names the channel of a channel of a device.
func readingChannel(device DeviceID, channel string) string { return string(device) + "/" + channel }

// seqKey is the key of a sample: "" without a sequence, else how many bytes it
// has and these, highest first, so that keys are ordered as the sequences are.
func seqKey(seq int64) string {
	if seq < 0 {
		return ""
	}
	n := (bits.Len64(uint64(seq)) + 7) / 8
	var b [9]byte
	binary.BigEndian.PutUint64(b[1:], uint64(seq))
	b[8-n] = byte(n)
	return string(b[8-n:])
}

// valueBytes is a value as its IEEE 754 bytes, highest first, without the
// zeros at the end.
func valueBytes(v float64) []byte {
	b := binary.BigEndian.AppendUint64(nil, math.Float64bits(v))
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}

func valueOf(b []byte) float64 {
	var full [8]byte
	copy(full[:], b)
	return math.Float64frombits(binary.BigEndian.Uint64(full[:]))
}

// readingsIn stores the readings of a batch and tells the states of their
// devices which values are new.
func (in *intake) readingsIn(tx *store.Tx) error {
	if len(in.readings) == 0 {
		return nil
	}
	slices.SortFunc(in.readings, func(a, b *Reading) int {
		return cmp.Or(cmp.Compare(a.Device, b.Device), cmp.Compare(a.Channel.Name, b.Channel.Name), a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
	})
	var groups [][]*Reading
	var batches []series.Batch
	for list := in.readings; len(list) > 0; {
		first, n := list[0], 1
		for n < len(list) && list[n].Device == first.Device && list[n].Channel.Name == first.Channel.Name {
			n++
		}
		points := make([]series.Point, n)
		for i, r := range list[:n] {
			points[i] = series.Point{At: r.At, Key: seqKey(r.Seq), Data: valueBytes(r.Value)}
		}
		groups = append(groups, list[:n])
		batches = append(batches, series.Batch{Org: first.Org, Channel: readingChannel(first.Device, first.Channel.Name), Points: points})
		list = list[n:]
	}
	fresh, err := readingSeries.AppendAllIn(tx, batches)
	if err != nil {
		return err
	}
	for i, group := range groups {
		tellRepeated(group, batches[i].Points, fresh[i])
		if n := len(fresh[i]); n > 0 {
			in.news[group[0].Device].read(group[0].Channel.Name, fresh[i])
			if err := in.newest(tx, group[0], fresh[i][n-1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// read notes the fresh readings of a channel, before the state of the device knows of them.
func (n *news) read(channel string, fresh []series.Point) {
	if n.readings == nil {
		n.readings = make(map[string][]series.Point)
		for _, v := range n.state.Last {
			n.before = max(n.before, v.At.UnixMilli())
		}
	}
	n.readings[channel] = fresh
	n.measured(fresh)
}

// each calls fn with the fresh readings of a channel.
func (n *news) each(channel string, fn func(time.Time, float64) error) error {
	for _, pt := range n.readings[channel] {
		if err := fn(pt.At, valueOf(pt.Data)); err != nil {
			return err
		}
	}
	return nil
}

// measured notes of when the fresh readings of a channel are.
func (n *news) measured(fresh []series.Point) {
	first, last := fresh[0].At.UnixMilli(), fresh[len(fresh)-1].At.UnixMilli()
	if n.newest == 0 {
		n.oldest, n.newest = first, last
		return
	}
	n.oldest, n.newest = min(n.oldest, first), max(n.newest, last)
}

// newest notes the newest of fresh readings of a channel in the state of its
// device, unless a newer one is known.
func (in *intake) newest(tx *store.Tx, r *Reading, pt series.Point) error {
	st := in.news[r.Device].state
	i := slices.IndexFunc(st.Last, func(v LastValue) bool { return v.Channel == r.Channel.Name })
	if i >= 0 && pt.At.Before(st.Last[i].At) {
		return nil
	}
	if i >= 0 && pt.At.Equal(st.Last[i].At) { // of one moment, that with the greater sequence
		var err error
		if pt, err = readingSeries.Last(tx.Context(), tx, readingChannel(r.Device, r.Channel.Name)); err != nil {
			return err
		}
	}
	v := LastValue{Channel: r.Channel.Name, Value: valueOf(pt.Data), Unit: r.Channel.Unit, At: pt.At}
	if i < 0 {
		st.Last = append(st.Last, v)
	} else {
		st.Last[i] = v
	}
	in.news[r.Device].shows = true
	return nil
}

// readingsOf calls fn with the values of a channel of a device from from
// (inclusive) to before (exclusive), oldest first. Who may see them is the
// caller's to say.
func (s *Service) readingsOf(ctx context.Context, r store.Reader, device DeviceID, channel string, from, before time.Time, fn func(at time.Time, value float64) error) error {
	return readingSeries.Range(ctx, r, readingChannel(device, channel), from, before, func(pt series.Point) error {
		return fn(pt.At, valueOf(pt.Data))
	})
}
