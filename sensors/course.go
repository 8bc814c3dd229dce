package sensors

import (
	"errors"
	"hash/fnv"
	"math"
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
	outs     *locate.Outages // that are known
	dense    bool            // the tag is seen so often that a minute is as much as a State remembers
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
	next, out := locate.Step(c.state, s.seen, c.outs)
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
	if end, ok := c.state.Ended(now); ok {
		c.timed = laterOf(c.timed, end)
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

// recall makes the course remember what the tag was seen as up to the sighting (at,
// key): as much as a State remembers, of the last minute when that holds enough. It returns what came after that, in its order,
// when tail says that it is little.
func (t *tracker) recall(tag *Tag, c *course, at time.Time, key string, tail bool) (later []sighted, err error) {
	until := at.Add(time.Millisecond)
	if tail {
		until = farFuture
	}
	for _, back := range [...]time.Duration{time.Minute, locate.Memory} {
		if back < locate.Memory && !c.dense {
			continue
		}
		var known []sighted
		seconds := 0
		later = nil
		err = t.sightings(tag, at.Add(-back-time.Second).Truncate(time.Second), until, func(s sighted) error {
			switch {
			case !s.after(at, key):
				if len(known) == 0 || known[len(known)-1].at.Unix() != s.at.Unix() {
					seconds++
				}
				known = append(known, s)
			case tail:
				later = append(later, s)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if seconds <= locate.Slots && back < locate.Memory {
			continue
		}
		for _, s := range known {
			c.state, c.last = locate.Recall(c.state, s.seen), s
		}
		return later, nil
	}
	return later, nil
}

// errSettled ends a course at an hour from which on nothing has changed.
var errSettled = errors.New("sensors: the rest is as it was")

// follow steps through the stored sightings of the tag that come after (at, key),
// and keeps where it was at the start of each hour. It stops at the first hour that
// comes out as it was known when nothing that was seen up to settle is remembered
// any more, and returns it; farFuture when it went to the end.
func (t *tracker) follow(tag *Tag, c *course, at time.Time, key string, settle time.Time) (end time.Time, err error) {
	if c.outs, err = t.outages(tag.Org, at.Add(-locate.Memory)); err != nil {
		return farFuture, err
	}
	var later []sighted
	if !at.IsZero() {
		if later, err = t.recall(tag, c, at, key, key != ""); err != nil {
			return farFuture, err
		}
	}
	end = farFuture
	var book hourBook
	since := 0 // seconds in which the tag was seen after settle
	step := func(s sighted) error {
		if !s.after(at, key) {
			return nil
		}
		if hour := hourOf(s.at); hour.After(c.hour) {
			c.until(hour)
			same, err := t.keepHour(tag, &book, hour, c.state.Append(nil))
			if err != nil {
				return err
			}
			if same && (since > locate.Slots || !hour.Before(settle.Add(locate.Memory))) {
				end = hour
				return errSettled
			}
			c.hour = hour
		}
		if s.at.After(settle) && s.at.Unix() != c.last.at.Unix() {
			since++
		}
		c.step(s)
		return nil
	}
	if key == "" {
		err = t.sightings(tag, at, farFuture, step)
	}
	for i := 0; i < len(later) && err == nil; i++ {
		err = step(later[i])
	}
	if errors.Is(err, errSettled) {
		err = nil
	}
	return end, err
}

// spot returns where a device stands on the plan of its floor, as it is registered
// now: where it is drawn, else somewhere in the outline of its zone. When neither is
// drawn it stands nowhere.
func (t *tracker) spot(id DeviceID) (locate.Spot, error) {
	d, err := t.device(id)
	if err != nil || d == nil {
		return locate.Spot{}, err
	}
	z, err := t.zone(d.Fields.ZoneID)
	if err != nil || z == nil || z.Fields.Floor == "" {
		return locate.Spot{}, err
	}
	floor := fnv.New32a()
	floor.Write([]byte(z.Fields.Floor))
	s := locate.Spot{Known: true, Level: uint16(floor.Sum32())}
	switch {
	case d.Fields.PlanX != nil && d.Fields.PlanY != nil:
		s.X, s.Y = float32(*d.Fields.PlanX), float32(*d.Fields.PlanY)
	case len(z.Fields.Outline) > 0:
		low, high := z.Fields.Outline[0], z.Fields.Outline[0]
		for _, p := range z.Fields.Outline {
			low.X, low.Y, high.X, high.Y = min(low.X, p.X), min(low.Y, p.Y), max(high.X, p.X), max(high.Y, p.Y)
		}
		s.X, s.Y = float32((low.X+high.X)/2), float32((low.Y+high.Y)/2)
		s.Off = float32(math.Hypot(high.X-low.X, high.Y-low.Y) / 2)
	default:
		return locate.Spot{}, nil
	}
	return s, nil
}

// sightings calls fn with the stored sightings of the tag in their order.
func (t *tracker) sightings(tag *Tag, from, before time.Time, fn func(sighted) error) error {
	return sightingSeries.Range(t.ctx(), t.tx, tag.ID, laterOf(from, time.UnixMilli(0)), before, func(p series.Point) error {
		s, err := sightedOf(p)
		if err != nil {
			return err
		}
		if s.seen.Spot, err = t.spot(s.device()); err != nil {
			return err
		}
		return fn(s)
	})
}
