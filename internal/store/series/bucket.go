package series

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yijianyou/internal/store"
)

// dayMS is a day in milliseconds.
const dayMS = int64(24 * time.Hour / time.Millisecond)

// bucket is the points of a part of a day of a channel. Its id is made of the
// channel and of the time from which it goes. It goes to the start of the next
// in Starts, or to the end of the day.
type bucket struct {
	store.Meta `bson:",inline"`
	Channel    string    `bson:"-"`                 // by the id
	From       time.Time `bson:"-"`                 // by the id
	Count      int       `bson:"count"`             // 0 only in the first of a day that was cut
	First      time.Time `bson:"first"`             // of the points; the zero time when there are none
	Last       time.Time `bson:"last"`              // of the points
	Starts     []byte    `bson:"starts,omitempty"`  // first of a day: where the others begin, see starts
	Points     []byte    `bson:"points"`            // see codec.go
	Tail       []byte    `bson:"tail,omitempty"`    // of the last point, so that one is added without reading those before, see tailOf
	Summary    []byte    `bson:"summary,omitempty"` // see Summary
}

// dayOf returns the start of the day of ms.
func dayOf(ms int64) int64 { return ms - ms%dayMS }

// dateForm is how an id says the day, and startForm where a bucket begins in it.
const (
	dateForm  = "2006-01-02"
	startForm = "+00000000" // milliseconds since the start of the day
)

// bucketID returns the id of the bucket of channel that goes from the moment
// from: channel, blank, day, and for all but its first the milliseconds since. A
// blank is in no channel, so ids sort as (channel, from).
func bucketID(channel string, from int64) string {
	b := make([]byte, 0, len(channel)+1+len(dateForm)+len(startForm))
	b = append(append(b, channel...), ' ')
	b = timeOf(from).AppendFormat(b, dateForm)
	if offset := from - dayOf(from); offset > 0 {
		b = append(b, startForm...)
		for i := len(b) - 1; offset > 0; i-- {
			b[i] = byte('0' + offset%10)
			offset /= 10
		}
	}
	return string(b)
}

// named sets what the id of b says.
func (b *bucket) named() error {
	channel, when, ok := strings.Cut(b.ID, " ")
	day, offset := when, 0
	if len(when) == len(dateForm)+len(startForm) {
		day = when[:len(dateForm)]
		var err error
		offset, err = strconv.Atoi(when[len(dateForm):])
		ok = ok && err == nil && when[len(dateForm)] == '+'
	}
	from, err := time.Parse(dateForm, day)
	if !ok || err != nil || offset < 0 || int64(offset) >= dayMS {
		return errors.New("series: a bucket whose id says no channel and time")
	}
	b.Channel, b.From = channel, from.Add(time.Duration(offset)*time.Millisecond)
	return nil
}

// starts are where the buckets of a day begin, in milliseconds of the day,
// ascending. The first is 0 and is not stored; the others are stored as the
// differences, each a varint.
type starts []int64

// startsOf reads stored starts.
func startsOf(b []byte) (starts, error) {
	list, at := starts{0}, int64(0)
	for len(b) > 0 {
		d, n := binary.Uvarint(b)
		if n <= 0 || d == 0 || d >= uint64(dayMS) || at+int64(d) >= dayMS {
			return nil, fmt.Errorf("series: starts that are not ascending within the day")
		}
		at += int64(d)
		list, b = append(list, at), b[n:]
	}
	return list, nil
}

// encode returns the stored form; nil for a day of one bucket.
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
	return s[i], dayMS
}

// cut adds a start.
func (s starts) cut(at int64) starts {
	i, _ := slices.BinarySearch(s, at)
	return slices.Insert(s, i, at)
}
