package broker

import "sync/atomic"

// Counters is what the broker, or the client of one, counts since its start.
// app shows it under /metrics. It is safe for concurrent use.
type Counters struct {
	Connections  atomic.Int64 // open now
	Logins       atomic.Int64 // that succeeded
	Received     atomic.Int64 // messages taken
	Acknowledged atomic.Int64 // messages answered after their commit
	Withheld     atomic.Int64 // messages that could not be stored and were not answered
	Refused      [refusals]atomic.Int64
}

// refusal is why something was not taken, as metrics tell them apart.
type refusal int

const (
	refusedFull     refusal = iota // too many connections
	refusedFirst                   // the first packet was no small CONNECT, or did not come in time
	refusedLogin                   // name or secret
	refusedName                    // the client id of another
	refusedForeign                 // the topic of another
	refusedForm                    // a will, a retained message, a bad packet
	refusedStuck                   // did not read its answers
	refusedExpelled                // retired, removed or its secret ended while connected
	refusedTopic                   // of an external broker: a topic or a payload that is not of the contract
	refusals
)

// names of the refusals, as labels.
var names = [refusals]string{"full", "first-packet", "login", "client-id", "foreign-topic", "form", "stuck", "expelled", "contract"}

// Count returns the counters themselves.
func (c *Counters) Count() *Counters { return c }

// EachRefusal calls fn for every cause with how often it was one.
func (c *Counters) EachRefusal(fn func(cause string, count int64)) {
	for i := range c.Refused {
		fn(names[i], c.Refused[i].Load())
	}
}

func (c *Counters) refuse(r refusal) { c.Refused[r].Add(1) }
