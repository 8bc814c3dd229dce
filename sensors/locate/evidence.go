package locate

import "math"

// Evidence is counted in thousandths of a nat (natural logarithm of a ratio of
// probabilities), so that sums are exact. doc.go says where the figures are from.
const (
	confirmed   = 3000 // evidence with which a zone takes the place of the present one
	passes      = 2000 // likewise an exit
	most        = 6000 // no more is remembered, so that an error is soon undone
	seenMost    = 1500 // of one sighting, for its being at all
	silentMost  = 1500 // of the silence of the present zone
	silentExit  = 3000 // likewise at an exit
	perDB       = 245  // of one dB by which a sighting is stronger than what it is compared with
	strayDB     = 6    // half of how much weaker a stray sighting is than one in place
	strongMost  = 2000
	weakMost    = -2500
	againstMost = 4000
	againstLow  = -500
	habitDB     = 4   // by how much a sighting must be stronger than the strays before it
	strongDB    = 9   // by as much it is nothing like them
	habitPerDB  = 400 // of one dB above that
	habitSlots  = 3   // so many strays make a habit
	priorPace   = 5000
	priorSlots  = 2
	portalDBm   = -62 // what passes a portal is as strong as that, or stronger
	portalPerDB = 200
	portalMost  = 1000
	portalLow   = -3000
	surePaces   = 2    // so many paces of the present zone must pass without a read when the evidence is just enough
	usualDBm    = -66  // of a tag in its place of which nothing is remembered
	outdoDB     = 0    // by how much another zone must outdo one whose readers are out
	recent      = 3000 // for how long a challenger says how strong the tag is, milliseconds
)

// pace returns the time between two slots of a record, in milliseconds.
func (r record) pace() int64 {
	if r.n == 0 {
		return priorPace
	}
	return max(1000, (r.last-r.first+priorPace*priorSlots)/int64(r.n-1+priorSlots))
}

// home returns the record of the zone in which the tag is.
func (st *State) home() record { return st.memory.of(st.zone, st.since, never) }

// missed completes the record of the zone in which the tag is by how far its readers
// were out from its last slot to the moment now, and by how it was heard before.
func (st *State) missed(home record, now int64, outs *Outages) record {
	if outs != nil && len(outs.spans) > 0 {
		home.outMS, home.out = outs.within(st.zone, home.last, max(home.last, now))
	}
	if st.lost.known {
		home.known, home.sum = 1, float64(st.lost.level)/100
	}
	return home
}

// lose remembers how the tag was heard where no reader is at work any more.
func (st *State) lose(home record) {
	if level, ok := home.level(); ok && home.out && home.n > 0 && !st.lost.known && !st.exit {
		st.lost = lost{known: true, level: int64(math.Round(100 * level))}
	}
}

// outdoes reports whether a challenger hears the tag as strongly as the zone whose
// readers are out did, or as is usual when that is not remembered.
func (st *State) outdoes(c *challenger, home record) bool {
	level, ok := st.memory.of(c.zone, c.since, never).level()
	if !ok {
		return c.score >= most // nothing can be weighed but how often it is seen
	}
	own, known := home.level()
	if !known {
		own = usualDBm
	}
	return level >= own+outdoDB
}

// silence returns what it says against the present zone that it has not seen the
// tag since its last slot, at most most: one expected read that is missing is one
// nat.
func silence(home record, now, most int64) int64 {
	if home.n == 0 && home.out {
		return 0
	}
	if home.n == 0 {
		return most
	}
	return min(most, max(0, now-home.last-home.outMS)*1000/home.pace())
}

// speaksFor returns how much likelier a sighting is when the tag is in its zone
// than when it is where it was: by how often that zone sees the tag from there, and
// by its strength against that of the present zone and against earlier strays.
func (st *State) speaksFor(s *Sighting, home record, now int64) int64 {
	strays := st.memory.of(s.Zone, st.since, st.begun(s.Zone, home.last))
	habit, habitual := strays.level()
	habitual = habitual && strays.n >= habitSlots
	if habitual && s.RSSI > habit+strongDB {
		strays.n = 0 // none was like that
	}
	share := (float64(strays.n) + 0.3*priorSlots) / float64(home.n+priorSlots)
	e := min(seenMost, int64(1000*math.Log(0.9/min(share, 0.9))))
	level, ok := st.loudest(s.Zone, home, now)
	if !ok && home.out {
		level, ok = usualDBm, true
	}
	if s.Exit && math.IsNaN(s.RSSI) {
		return passes // nothing can be weighed, and an exit is believed
	}
	if !ok || math.IsNaN(s.RSSI) {
		return e
	}
	by := bounded(perDB*(s.RSSI-level+strayDB), weakMost, strongMost)
	if habitual {
		by = min(by, bounded(habitPerDB*(s.RSSI-habit-habitDB), weakMost, strongMost))
	}
	if s.Exit {
		by = min(by, bounded(portalPerDB*(s.RSSI-portalDBm), portalLow, portalMost))
	}
	return e + by
}

// begun returns since when a zone challenges, last when it does not: what it has
// heard before that, and the present zone outlived, was a stray.
func (st *State) begun(zone string, last int64) int64 {
	for _, c := range st.challengers {
		if c.zone == zone {
			return min(c.since, last)
		}
	}
	return last
}

// loudest returns the level of the present zone or of another challenger that has
// just seen the tag, whichever is greater.
func (st *State) loudest(but string, home record, now int64) (dBm float64, ok bool) {
	dBm, ok = home.level()
	for _, c := range st.challengers {
		if c.zone == "" || c.zone == but || c.zone == st.zone {
			continue
		}
		r := st.memory.of(c.zone, c.since, never)
		if level, known := r.level(); known && now-r.last < recent && (!ok || level > dBm) {
			dBm, ok = level, true
		}
	}
	return dBm, ok
}

// refute takes from all challengers but the zone of s what its sighting there says
// against them.
func (st *State) refute(s *Sighting, now int64) {
	n := 0
	for _, c := range st.challengers {
		if c.zone == "" {
			break
		}
		if c.zone != s.Zone {
			against := int64(seenMost)
			if level, ok := st.memory.of(c.zone, c.since, never).level(); ok && !math.IsNaN(s.RSSI) {
				against = int64(min(againstMost, max(againstLow, seenMost+perDB*(s.RSSI-level+strayDB))))
			}
			if c.zone == st.zone {
				against = c.score // a place that was only guessed is given up
			}
			c.score = min(most, c.score-against)
		}
		if c.score > 0 {
			st.challengers[n] = c
			n++
		}
	}
	clear(st.challengers[n:])
}

func bounded(v float64, low, high int64) int64 {
	return int64(min(float64(high), max(float64(low), v)))
}
