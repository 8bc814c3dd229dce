package sensors

import (
	"errors"
	"time"

	"yijianyou/internal/store/series"
	"yijianyou/sensors/locate"
)

// course is a tag's way through part of its sightings: the state, and what it
// showed on the way.
type course struct {
	state    locate.State
	moves    []move
	passings []passing
	last     sighted   // newest that was stepped or recalled
	hour     time.Time // of the newest that was stepped; zero none
	timed    time.Time // when the passing of time last changed the state; zero never
	charge   charge
}

// move is a change of zone.
type move struct {
	locate.Change
	inner string // zone before it that was no exit; "" none
}

// passing is a passage through an exit as far as the course saw it.
type passing struct {
	locate.Passage
	device DeviceID // of the first sighting
	inner  string   // zone before it that was no exit; "" none
	back   bool     // the tag was outside already: it comes back
	begun  bool     // its first sighting is in the course; else device, inner and back are not known
}

// step takes the next sighting.
func (c *course) step(s sighted) {
	c.until(s.at)
	inner, gone := c.state.Inner(), c.state.Gone()
	next, out := locate.Step(c.state, s.seen)
	if !out.Placed.IsZero() {
		c.moves = append(c.moves, move{out.Placed, inner})
	}
	if p := out.Passed; !p.IsZero() {
		c.pass(passing{Passage: p, device: s.device(), inner: inner, back: gone, begun: p.Sightings == 1})
	}
	c.state, c.last = next, s
	c.charge.hear(s)
}

// until lets time pass.
func (c *course) until(now time.Time) {
	inner := c.state.Inner()
	if due, ok := c.state.Due(); ok && !due.After(now) {
		c.timed = due
	}
	next, ch := locate.At(c.state, now)
	if !ch.IsZero() {
		c.moves = append(c.moves, move{ch, inner})
	}
	c.state = next
}

// pass notes a passage, or what is new of it.
func (c *course) pass(p passing) {
	for i := range c.passings {
		if old := &c.passings[i]; old.Zone == p.Zone && old.At.Equal(p.At) {
			old.Passage = p.Passage
			return
		}
	}
	c.passings = append(c.passings, p)
}

// errSettled ends a course at an hour from which on nothing has changed.
var errSettled = errors.New("sensors: the rest is as it was")

// follow steps through the stored sightings of the tag that come after (at, key),
// and keeps where it was at the start of each hour. It stops at the first hour
// after settle that comes out as it was known, and returns it; farFuture when it
// went to the end.
func (t *tracker) follow(tag *Tag, c *course, at time.Time, key string, settle time.Time) (end time.Time, err error) {
	end = farFuture
	var book hourBook
	err = t.sightings(tag, at.Add(-locate.Window), farFuture, func(s sighted) error {
		if !s.after(at, key) {
			c.state, c.last = locate.Recall(c.state, s.seen), s
			return nil
		}
		if hour := hourOf(s.at); hour.After(c.hour) {
			c.until(hour)
			same, err := t.keepHour(tag, &book, hour, c.state.Append(nil))
			if err != nil {
				return err
			}
			if same && hour.After(settle) {
				end = hour
				return errSettled
			}
			c.hour = hour
		}
		c.step(s)
		return nil
	})
	if errors.Is(err, errSettled) {
		err = nil
	}
	return end, err
}

// sightings calls fn with the stored sightings of the tag in their order.
func (t *tracker) sightings(tag *Tag, from, before time.Time, fn func(sighted) error) error {
	return sightingSeries.Range(t.ctx(), t.tx, tag.ID, laterOf(from, time.UnixMilli(0)), before, func(p series.Point) error {
		s, err := sightedOf(p)
		if err != nil {
			return err
		}
		return fn(s)
	})
}
