package alarm

import "slices"

// maxEpisodes is how many ended episodes a Course remembers of a rule.
const maxEpisodes = 32

// Episode is an alarm that somebody was told of.
type Episode struct {
	Since int64 `bson:"since" json:"since"`                 // when it began to be out
	End   int64 `bson:"end,omitempty" json:"end,omitempty"` // when it was cleared; 0 it is not
}

// Open reports that it goes on.
func (e Episode) Open() bool { return e.End == 0 }

// meets reports whether two episodes have a moment in common.
func (e Episode) meets(o Episode) bool {
	return (o.Open() || e.Since <= o.End) && (e.Open() || o.Since <= e.End)
}

// spell is an episode that was found, with the changes that made it.
type spell struct {
	Episode
	raise, clear Change
}

// spells adds what a step did. An ending without a beginning is that of an episode which was
// under way where the stepping began.
func spells(list []spell, c *Changes) []spell {
	for i := range c.n {
		switch x := c.list[i]; x.Kind {
		case Raise:
			list = append(list, spell{Episode: Episode{Since: x.Since}, raise: x})
		case Clear:
			if n := len(list); n > 0 && list[n-1].Open() {
				list[n-1].End, list[n-1].clear = x.At, x
			} else {
				list = append(list, spell{Episode: Episode{Since: minTime, End: x.At}, clear: x})
			}
		}
	}
	return list
}

const minTime = -1 << 62

// reconcile compares what was found from the moment mark on with what was told, and tells of the
// difference: what nobody knew of, what has ended after all, what goes on after all, what was
// not so.
func (e *Entry) reconcile(found []spell, mark, until int64, tell func(*Entry, Change)) {
	told := e.Episodes
	if e.Kept.phase.On() && e.Kept.told && (len(found) == 0 || found[0].Since != minTime) {
		found = append([]spell{{Episode: Episode{Since: minTime}}}, found...) // under way at the mark, and not ended
	}
	e.Episodes = nil
	for _, f := range found {
		before := match(told, f.Episode)
		switch {
		case before == nil && f.Since == minTime: // it ended before anybody remembers
			continue
		case before == nil && f.Open():
			tell(e, f.raise)
		case before == nil:
			tell(e, Change{Kind: Belated, At: f.End, Since: f.Since, Value: f.clear.Value, Bound: f.clear.Bound, Above: f.clear.Above})
		case before.Open() && !f.Open():
			tell(e, f.clear)
		case !before.Open() && f.Open():
			tell(e, Change{Kind: Raise, At: until, Since: before.Since, Value: e.Now.value, Bound: f.raise.Bound, Above: e.Now.above})
		}
		if f.Since == minTime {
			f.Since = before.Since
		}
		if before != nil && !f.Open() {
			before.End = f.End // what comes after it is another
		}
		e.Episodes = append(e.Episodes, f.Episode)
	}
	for _, t := range told {
		if t.Open() && !slices.ContainsFunc(found, func(f spell) bool { return t.meets(f.Episode) }) {
			tell(e, Change{Kind: Clear, At: until, Since: t.Since, Value: e.Now.value, Above: e.Now.above})
		}
	}
	e.forget(mark)
}

// match returns the episode that was told of and has a moment in common with one that was
// found, one that goes on before the others; nil for none.
func match(told []Episode, found Episode) (best *Episode) {
	for i := range told {
		if t := &told[i]; t.meets(found) && (best == nil || t.Open()) {
			best = t
		}
	}
	return best
}

// forget leaves out the episodes that ended before a moment, and the oldest of too many.
func (e *Entry) forget(before int64) {
	kept := e.Episodes[:0]
	for _, ep := range e.Episodes {
		if ep.Open() || ep.End >= before {
			kept = append(kept, ep)
		}
	}
	if n := len(kept) - maxEpisodes; n > 0 {
		kept = kept[n:]
	}
	e.Episodes = kept
}
