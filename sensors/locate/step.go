package locate

import (
	"math"
	"time"
)

// At returns the State at the moment now, which is not before the last sighting
// that was stepped (an earlier one changes nothing), and what time confirmed.
func At(st State, now time.Time) (State, Change) {
	ms := now.UnixMilli()
	ch := st.confirm(ms)
	st.forget(ms)
	return st, ch
}

// Step returns the State after a sighting that is not before the ones stepped
// already, and what it showed. outs are the outages that are known, at least those
// of the zone of st in the last Memory; nil none.
func Step(st State, s Sighting, outs *Outages) (State, Outcome) {
	var out Outcome
	ms := s.At.UnixMilli()
	out.Confirmed = st.confirm(ms)
	st.forget(ms)
	overruled := st.overruled(&s)
	if s.Zone == st.zone {
		st.lost = lost{}
	}
	home := record{}
	if !st.settled(&s) {
		home = st.missed(st.home(), ms, outs)
		if s.Zone != st.zone {
			st.lose(home)
		}
	}
	e := st.weigh(&s, home, ms, overruled)
	st.hear(&s, ms)
	fresh := st.memory.hear(&s, ms)
	out.Copied = st.double(&s, ms, fresh)
	if overruled || st.twin.zone == s.Zone && !s.Exit { // an exit is never left out of account
		return st, out
	}
	if fresh && st.zone != "" && (s.Zone == st.zone || e > 0) && st.challengers[0].zone != "" {
		st.refute(&s, ms)
	}
	switch {
	case s.Exit:
		out.Placed, out.Passed = st.leave(&s, home, e, ms)
	case st.zone == "":
		out.Placed = st.place(&s, ms)
	case st.zone != s.Zone:
		st.challenge(&s, home, e, ms)
	case st.guessed():
		st.guess(&s, ms)
	}
	st.postpone(&s, outs)
	return st, out
}

// settled reports whether a sighting is of the zone in which the tag rests: nothing
// need be weighed.
func (st *State) settled(s *Sighting) bool {
	return st.zone == "" || st.zone == s.Zone && st.challengers[0].zone == ""
}

// weigh returns what a sighting says for its zone; 0 for the present one.
func (st *State) weigh(s *Sighting, home record, ms int64, overruled bool) int64 {
	if overruled || st.zone == "" || st.zone == s.Zone {
		return 0
	}
	return st.speaksFor(s, home, ms)
}

// challenge adds what a sighting says for its zone. Of one second the most counts.
func (st *State) challenge(s *Sighting, home record, e, ms int64) *challenger {
	c := st.challenger(s.Zone, e)
	if c == nil {
		return nil
	}
	if c.zone == "" {
		*c = challenger{zone: s.Zone, since: ms, due: never, strongest: math.NaN()}
	}
	if ms/1000 != c.last/1000 {
		c.credit = 0
		if e < 0 {
			c.credit = e
			c.score += e
		}
	}
	if more := e - c.credit; more > 0 {
		c.score, c.credit = min(most, c.score+more), e
	}
	c.n++
	c.last = ms
	c.dwell = max(s.Dwell, Window).Milliseconds()
	c.strongest = stronger(c.strongest, s.RSSI)
	if c.score <= 0 {
		st.drop(c)
		return nil
	}
	if !s.Exit {
		c.due = st.dueBy(c, home)
	}
	return c
}

// challenger returns the challenger of a zone, or a free place for one that comes
// with evidence e: that of the weakest when all are taken. nil when it comes with
// nothing.
func (st *State) challenger(zone string, e int64) *challenger {
	weakest := &st.challengers[0]
	for i := range st.challengers {
		c := &st.challengers[i]
		if c.zone == zone {
			return c
		}
		if c.zone == "" {
			if e <= 0 {
				return nil
			}
			return c
		}
		if c.score < weakest.score {
			weakest = c
		}
	}
	if e <= weakest.score {
		return nil
	}
	*weakest = challenger{}
	return weakest
}

// drop takes a challenger out.
func (st *State) drop(c *challenger) {
	for i := range st.challengers {
		if &st.challengers[i] == c {
			copy(st.challengers[i:], st.challengers[i+1:])
			st.challengers[maxChallengers-1] = challenger{}
			return
		}
	}
}

// dueBy returns when a challenger is confirmed if nothing else is seen: when its
// dwell has passed and the present zone has had its time to see the tag, by the
// pace at which it does, the longer the weaker the evidence is. The silence of the
// present zone counts up to the newest sighting of the challenger: afterwards both
// are silent, which says nothing.
// An exit is no place to rest: its silence is complete from the first.
// While no reader of the present zone is at work it has no turn, and what lies still
// is heard the same again and again, which proves no more than once: then the
// challenger must hear the tag at least as strongly as its own readers did.
func (st *State) dueBy(c *challenger, home record) int64 {
	if st.exit {
		home.n, home.out = 0, false
	}
	sum := c.score + silence(home, c.last, silentMost)
	if sum < confirmed {
		return never
	}
	due := max(c.since+c.dwell, c.last+1) // what a sighting brings about comes after it
	if home.out {
		if st.outdoes(c, home) {
			return due
		}
		return never
	}
	if home.n == 0 {
		return due
	}
	return max(due, home.last+home.outMS+surePaces*home.pace()*max(0, most-sum)/(most-confirmed))
}

// postpone works out anew when challengers are due that have just lost evidence.
func (st *State) postpone(s *Sighting, outs *Outages) {
	if st.challengers[0].zone == "" {
		return
	}
	home := st.home()
	for i := range st.challengers {
		c := &st.challengers[i]
		if c.zone != "" && c.zone != st.zone && c.zone != s.Zone && c.due != never {
			c.due = max(st.dueBy(c, st.missed(home, c.last, outs)), s.At.UnixMilli()+1)
		}
	}
}

// guessed reports whether the tag is where it was first seen and nothing has
// confirmed that. Its zone is then its own challenger.
func (st *State) guessed() bool { return !st.exit && st.inner != st.zone }

// guess makes the present zone its own challenger unless it is.
func (st *State) guess(s *Sighting, ms int64) {
	for i := range st.challengers {
		c := &st.challengers[i]
		if c.zone == st.zone {
			c.n++
			c.strongest = stronger(c.strongest, s.RSSI)
			return
		}
		if c.zone == "" {
			dwell := max(s.Dwell, Window).Milliseconds()
			*c = challenger{zone: s.Zone, since: ms, dwell: dwell, due: ms + dwell, n: 1, strongest: s.RSSI, score: confirmed, last: ms, credit: seenMost}
			return
		}
	}
}

// Recall makes st, which was read back, remember a sighting that it had been
// stepped with before.
func Recall(st State, s Sighting) State {
	ms := s.At.UnixMilli()
	st.forget(ms)
	st.hear(&s, ms)
	st.memory.hear(&s, ms)
	return st
}

// confirm makes the challenger whose time has come the zone.
func (st *State) confirm(now int64) Change {
	next := st.next()
	if next == nil || next.due > now {
		return Change{}
	}
	c := *next
	var ch Change
	if c.zone != st.zone {
		ch = Change{From: st.zone, To: c.zone, Since: moment(c.since), At: moment(c.due), Sightings: c.n, Strongest: c.strongest}
		st.since, st.lost = c.since, lost{}
	}
	st.zone, st.exit, st.inner = c.zone, false, c.zone
	clear(st.challengers[:])
	return ch
}

// place puts a tag where it is seen.
func (st *State) place(s *Sighting, ms int64) Change {
	at := moment(ms)
	ch := Change{From: st.zone, To: s.Zone, Since: at, At: at, Sightings: 1, Strongest: s.RSSI}
	st.zone, st.since, st.exit, st.lost = s.Zone, ms, s.Exit, lost{}
	clear(st.challengers[:])
	if !s.Exit {
		st.guess(s, ms)
	}
	return ch
}

// leave notes a sighting at an exit.
func (st *State) leave(s *Sighting, home record, e, ms int64) (Change, Passage) {
	var ch Change
	if st.zone != s.Zone && st.zone != "" {
		score := min(e, 0)
		if c := st.challenge(s, home, e, ms); c != nil {
			score = c.score
		}
		if score+silence(home, ms, silentExit) < passes {
			return Change{}, Passage{}
		}
	}
	if st.zone != s.Zone {
		ch = st.place(s, ms)
	} else if s.RSSI < portalDBm && !st.passing(s.Zone) {
		return ch, Passage{} // it lies somewhere about the exit
	}
	return ch, st.pass(s, ms)
}

// passing reports whether a passage through the zone goes on.
func (st *State) passing(zone string) bool {
	for _, p := range st.passages {
		if p.zone == zone { // it has not ended: forget has been here
			return true
		}
	}
	return false
}

// pass notes a sighting of a passage.
func (st *State) pass(s *Sighting, ms int64) Passage {
	free := 0
	for free < maxPassages && st.passages[free].zone != "" {
		p := &st.passages[free]
		if p.zone == s.Zone {
			p.n++
			p.strongest = stronger(p.strongest, s.RSSI)
			return p.seen(ms)
		}
		free++
	}
	if free == maxPassages {
		copy(st.passages[:], st.passages[1:])
		free--
	}
	st.passages[free] = passage{zone: s.Zone, at: ms, n: 1, strongest: s.RSSI}
	return st.passages[free].seen(ms)
}

func (p passage) seen(last int64) Passage {
	return Passage{Zone: p.zone, At: moment(p.at), LastAt: moment(last), Sightings: p.n, Strongest: p.strongest}
}

// overruled reports whether another zone has just seen the tag more strongly.
func (st *State) overruled(s *Sighting) bool {
	for _, h := range st.heard[:st.heardN] {
		if h.zone != s.Zone && h.rssi > s.RSSI {
			return true
		}
	}
	return false
}

// hear remembers the strength of a sighting. Of the same zone only those are
// kept that are stronger than every later one.
func (st *State) hear(s *Sighting, ms int64) {
	if math.IsNaN(s.RSSI) {
		return
	}
	n := 0
	for i := range st.heard[:st.heardN] {
		if h := &st.heard[i]; h.zone != s.Zone || h.rssi > s.RSSI {
			st.heard[n] = *h
			n++
		}
	}
	if n == maxHeard {
		copy(st.heard[:], st.heard[1:])
		n--
	}
	st.heard[n] = heard{zone: s.Zone, at: ms, rssi: s.RSSI}
	st.shorten(n + 1)
}

// forget drops what can no longer matter at the moment now.
func (st *State) forget(now int64) {
	n := 0
	for i := range st.heard[:st.heardN] {
		if now-st.heard[i].at < Window.Milliseconds() {
			st.heard[n] = st.heard[i]
			n++
		}
	}
	st.shorten(n)
	st.memory.forget(now)
	if st.twin.zone != "" && now-st.twin.last >= TwinTime.Milliseconds() {
		st.twin = twin{}
	}
	if st.passages[0].zone == "" {
		return
	}
	n = 0
	for _, p := range st.passages {
		if p.zone != "" && now-p.at < PassageTime.Milliseconds() {
			st.passages[n] = p
			n++
		}
	}
	clear(st.passages[n:])
}

// shorten keeps the first n of heard.
func (st *State) shorten(n int) {
	if n < st.heardN {
		clear(st.heard[n:st.heardN])
	}
	st.heardN = n
}
