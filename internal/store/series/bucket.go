package series

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"time"

	"yijianyou/internal/store"
)

// byChannel is the index of buckets.
const byChannel = "byChannel"

// hourMS is an hour in milliseconds.
const hourMS = int64(time.Hour / time.Millisecond)

// bucket is the points of a part of an hour of a channel. Its id is made of the
// channel and of the time from which it goes. It goes to the start of the next
// in Starts, or to the end of the hour.
type bucket struct {
	store.Meta `bson:",inline"`
	Channel    string    `bson:"channel"`
	From       time.Time `bson:"from"`
	Count      int       `bson:"count"`             // 0 only in the first of an hour that was cut
	First      time.Time `bson:"first"`             // of the points; the zero time when there are none
	Last       time.Time `bson:"last"`              // of the points
	Starts     []byte    `bson:"starts,omitempty"`  // first of an hour: where the others begin, see starts
	Points     []byte    `bson:"points"`            // see codec.go
	Tail       []byte    `bson:"tail,omitempty"`    // of the last point, so that one is added without reading those before, see tailOf
	Summary    []byte    `bson:"summary,omitempty"` // see Summary
}

// hourOf returns the start of the hour of ms.
func hourOf(ms int64) int64 { return ms - ms%hourMS }

// bucketID returns the id of the bucket of channel that goes from the moment
// from: the hour, and for all but its first the milliseconds since.
func bucketID(channel string, from int64) string {
	hour := hourOf(from)
	b := make([]byte, 0, len(channel)+24)
	b = append(append(b, channel...), '/')
	b = time.UnixMilli(hour).UTC().AppendFormat(b, "2006-01-02T15")
	if from != hour {
		b = strconv.AppendInt(append(b, '+'), from-hour, 10)
	}
	return string(b)
}

// starts are where the buckets of an hour begin, in milliseconds of the hour,
// ascending. The first is 0 and is not stored; the others are stored as the
// differences, each a varint.
type starts []int64

// startsOf reads stored starts.
func startsOf(b []byte) (starts, error) {
	list, at := starts{0}, int64(0)
	for len(b) > 0 {
		d, n := binary.Uvarint(b)
		if n <= 0 || d == 0 || d >= uint64(hourMS) || at+int64(d) >= hourMS {
			return nil, fmt.Errorf("series: starts that are not ascending within the hour")
		}
		at += int64(d)
		list, b = append(list, at), b[n:]
	}
	return list, nil
}

// encode returns the stored form; nil for an hour of one bucket.
func (s starts) encode() []byte {
	var b []byte
	for i := 1; i < len(s); i++ {
		b = binary.AppendUvarint(b, uint64(s[i]-s[i-1]))
	}
	return b
}

// span returns from where to where the bucket goes that holds the offset.
func (s starts) span(offset int64) (from, before int64) {
	i, found := slices.BinarySearch(s, offset)
	if !found {
		i--
	}
	if i+1 < len(s) {
		return s[i], s[i+1]
	}
	return s[i], hourMS
}

// cut adds a start.
func (s starts) cut(at int64) starts {
	i, _ := slices.BinarySearch(s, at)
	return slices.Insert(s, i, at)
}
