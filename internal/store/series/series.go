package series

import (
	"iter"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Limits of a series.
const (
	MaxPoints  = 512  // of a bucket, and so of one moment of a channel
	MaxChannel = 300  // bytes of the name of a channel, in which there is no blank
	MaxKey     = 200  // bytes of a key
	MaxData    = 1024 // bytes of the data of a point
)

// ErrCrowded is that a moment of a channel would hold more than MaxPoints
// points. Nothing is written then.
var ErrCrowded = fault.Define(fault.TooLarge, "series.crowded",
	"同一毫秒内的数据超过 {max} 条，没有保存。请检查设备的时钟和序号。",
	"More than {max} samples of one millisecond; they were not stored. Check the clock and the running numbers of the device.")

// Point is something at a moment. Points are ordered by At, then by Key, and
// At and Key together are what a point is known by.
type Point struct {
	At   time.Time // 1970 to 9999; whole milliseconds, what is finer is dropped; read back in UTC
	Key  string    // tells points of one moment apart; may be empty
	Data []byte    // what it says; may be empty
}

// Batch is the points to append to one channel.
type Batch struct {
	Org     actor.OrgID // who owns the channel
	Channel string      // any text of 1 to MaxChannel bytes without a blank
	Points  []Point     // in any order, also twice
}

// Series is a kind of points, each in a channel. It is an immutable
// declaration: keep it in a package variable and give it to store.Open. It is
// safe for concurrent use.
type Series struct {
	docs      *store.Collection[bucket]
	summarise func(iter.Seq2[time.Time, []byte]) []byte
}

// Option changes a Series.
type Option func(*Series)

// Summary lets every bucket carry what fn makes of its points, which it gets
// in their order as time and data; there is at least one. The data must not be
// kept. Changing what fn makes of points changes buckets when they next change.
func Summary(fn func(points iter.Seq2[time.Time, []byte]) []byte) Option {
	return func(s *Series) { s.summarise = fn }
}

// Define declares a series, kept in the collection called name.
func Define(name string, opts ...Option) *Series {
	s := &Series{docs: store.Define[bucket](store.Spec{Name: name, Schema: 3, Upgrade: upgrade})}
	for _, o := range opts {
		o(s)
	}
	return s
}

// Spec implements store.Declared.
func (s *Series) Spec() store.Spec { return s.docs.Spec() }
