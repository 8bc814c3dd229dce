package alarm

// Sample is a value that was measured.
type Sample struct {
	At       int64  // milliseconds since 1970 UTC
	Quantity string // of the channel
	Value    float64
}

// Phase is how far it has come. Never renumber.
type Phase uint8

const (
	Fine     Phase = iota // within its bounds, or nothing known yet
	Pending               // out, but not for long enough
	Raised                // an alarm
	Clearing              // an alarm that is good again, but not for long enough
)

// On reports whether there is an alarm.
func (p Phase) On() bool { return p == Raised || p == Clearing }

// ChangeKind is what a step did.
type ChangeKind uint8

const (
	Raise   ChangeKind = iota + 1 // an alarm that somebody must be told of
	Clear                         // it has ended
	Mute                          // what would have been raised falls into a maintenance window
	Unmute                        // it has ended in the window, or was never told
	Belated                       // late samples show that there was one from Since to At, which is over
)

// Change is a transition of a state.
type Change struct {
	Kind  ChangeKind
	At    int64   // of the sample, or of the moment, that made it
	Since int64   // when it began to be out; of Clear and Unmute when it was out for the last time
	Value float64 // the figure; of Clear and Unmute the one furthest out
	Bound float64 // that it passed
	Above bool    // it is above it, else below
}

// Changes are what one step did, in their order: at most three, since a sample after a
// silence that was muted tells of the silence twice and ends it.
type Changes struct {
	list [3]Change
	n    int
}

// Len is how many changes there were.
func (c *Changes) Len() int { return c.n }

// At returns one of them.
func (c *Changes) At(i int) Change { return c.list[i] }

func (c *Changes) add(x Change) {
	c.list[c.n] = x
	c.n++
}
