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
// already, and what it showed.
func Step(st State, s Sighting) (State, Outcome) {
	var out Outcome
	st, out.Confirmed = At(st, s.At)
	overruled := st.overruled(s)
	st.hear(s)
	if overruled {
		return st, out
	}
	switch {
	case s.Exit:
		out.Placed, out.Passed = st.leave(s)
	case st.zone == "":
		out.Placed = st.place(s)
	case st.zone == s.Zone && !st.guessed():
		st.candidate = candidate{}
	case st.candidate.zone == s.Zone:
		st.candidate.n++
		st.candidate.strongest = stronger(st.candidate.strongest, s.RSSI)
	default:
		st.candidate = candidateOf(s)
	}
	return st, out
}

// candidateOf makes the zone of a sighting the candidate from then on.
func candidateOf(s Sighting) candidate {
	at := s.At.UnixMilli()
	return candidate{zone: s.Zone, since: at, due: at + max(s.Dwell, Window).Milliseconds(), n: 1, strongest: s.RSSI}
}

// guessed reports whether the tag is where it was first seen and nothing has
// confirmed that. Its zone is then its own candidate.
func (st *State) guessed() bool { return !st.exit && st.inner != st.zone }

// Recall makes st, which was read back, remember a sighting that it had been
// stepped with in the last Window before the next one.
func Recall(st State, s Sighting) State {
	st.forget(s.At.UnixMilli())
	st.hear(s)
	return st
}

// confirm makes the candidate the zone when its time has come.
func (st *State) confirm(now int64) Change {
	c := st.candidate
	if c.zone == "" || c.due > now {
		return Change{}
	}
	var ch Change
	if c.zone != st.zone {
		ch = Change{From: st.zone, To: c.zone, Since: moment(c.since), At: moment(c.due), Sightings: c.n, Strongest: c.strongest}
	}
	st.zone, st.exit, st.inner, st.candidate = c.zone, false, c.zone, candidate{}
	return ch
}

// place puts a tag that was never seen where it is seen.
func (st *State) place(s Sighting) Change {
	at := moment(s.At.UnixMilli())
	ch := Change{From: st.zone, To: s.Zone, Since: at, At: at, Sightings: 1, Strongest: s.RSSI}
	st.zone, st.exit, st.candidate = s.Zone, s.Exit, candidate{}
	if !s.Exit {
		st.candidate = candidateOf(s)
	}
	return ch
}

// leave notes a sighting at an exit.
func (st *State) leave(s Sighting) (Change, Passage) {
	var ch Change
	if st.zone != s.Zone {
		ch = st.place(s)
	}
	st.candidate = candidate{}
	at := s.At.UnixMilli()
	free := 0
	for free < maxPassages && st.passages[free].zone != "" {
		p := &st.passages[free]
		if p.zone == s.Zone { // it has not ended: forget has been here
			p.n++
			p.strongest = stronger(p.strongest, s.RSSI)
			return ch, p.seen(at)
		}
		free++
	}
	if free == maxPassages {
		copy(st.passages[:], st.passages[1:])
		free--
	}
	st.passages[free] = passage{zone: s.Zone, at: at, n: 1, strongest: s.RSSI}
	return ch, st.passages[free].seen(at)
}

func (p passage) seen(last int64) Passage {
	return Passage{Zone: p.zone, At: moment(p.at), LastAt: moment(last), Sightings: p.n, Strongest: p.strongest}
}

// overruled reports whether another zone has just seen the tag more strongly.
func (st *State) overruled(s Sighting) bool {
	for _, h := range st.heard[:st.heardN] {
		if h.zone != s.Zone && h.rssi > s.RSSI {
			return true
		}
	}
	return false
}

// hear remembers the strength of a sighting. Of the same zone only those are
// kept that are stronger than every later one.
func (st *State) hear(s Sighting) {
	if math.IsNaN(s.RSSI) {
		return
	}
	n := 0
	for _, h := range st.heard[:st.heardN] {
		if h.zone != s.Zone || h.rssi > s.RSSI {
			st.heard[n] = h
			n++
		}
	}
	if n == maxHeard {
		copy(st.heard[:], st.heard[1:])
		n--
	}
	st.heard[n] = heard{zone: s.Zone, at: s.At.UnixMilli(), rssi: s.RSSI}
	st.shorten(n + 1)
}

// forget drops what can no longer matter at the moment now.
func (st *State) forget(now int64) {
	n := 0
	for _, h := range st.heard[:st.heardN] {
		if now-h.at < Window.Milliseconds() {
			st.heard[n] = h
			n++
		}
	}
	st.shorten(n)
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
