package sensors

import (
	"sync/atomic"
	"time"
)

// PipelineStats is how storing goes. Counts are since the start.
type PipelineStats struct {
	Messages int64         // of which somebody was told what became of them
	Withheld int64         // of these, that were not stored and must be sent again
	Stored   int64         // samples
	Repeated int64         // samples
	Refused  int64         // samples, or messages as a whole
	Batches  int64         // transactions, those that failed included
	Failures int64         // of the database
	Waiting  int           // messages in the queue
	Behind   time.Duration // how long ago the oldest message came that is being stored
}

type pipelineCounters struct {
	messages, withheld, stored, repeated, refused, batches, failures atomic.Int64
}

func (c *pipelineCounters) count(r Report, err error) {
	c.messages.Add(1)
	if err != nil {
		c.withheld.Add(1)
		return
	}
	c.stored.Add(int64(r.Stored))
	c.repeated.Add(int64(r.Repeated))
	c.refused.Add(int64(len(r.Refused)))
}

// PipelineStats returns how storing goes on this node.
func (s *Service) PipelineStats() PipelineStats {
	c := &s.pipe.stats
	return PipelineStats{Messages: c.messages.Load(), Withheld: c.withheld.Load(), Stored: c.stored.Load(), Repeated: c.repeated.Load(),
		Refused: c.refused.Load(), Batches: c.batches.Load(), Failures: c.failures.Load(), Waiting: len(s.pipe.queue), Behind: s.pipe.behind(s.st.Now())}
}

// behind returns how long ago the oldest message came that is being stored.
func (p *pipeline) behind(now time.Time) time.Duration {
	if ms := p.storing.Load(); ms != 0 {
		return max(now.Sub(time.UnixMilli(ms)), 0)
	}
	return 0
}

// troubleAt returns when storing last failed; the zero time when it never did.
func (p *pipeline) troubleAt() time.Time {
	if ms := p.trouble.Load(); ms != 0 {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}

// oldest returns when the oldest of some messages came, in milliseconds.
func oldest(batch []*offered) int64 {
	first := batch[0].Received
	for _, o := range batch {
		first = earlierOf(first, o.Received)
	}
	return first.UnixMilli()
}
