package locate

import "time"

// Presence is what it means that a tag is not seen. Never renumber.
type Presence uint8

const (
	Present   Presence = iota // it is seen, or has not been unseen for its time
	ReaderOut                 // nobody could see it: no reader of its zone is at work
	Returning                 // unseen for its time, but its readers were out and have not been back for so long
	Missing                   // a reader of its zone has been at work for the whole of its time and has not seen it
	Left                      // it went through an exit and is not waited for
)

// MissingAt returns when a tag that was last seen at the moment seen is missing
// unless it is seen before: when a reader of its zone has been at work for the
// whole of its Patience, without a break. ok is false when that is never as things
// are: it has left, was never seen, or the readers are out.
func (st State) MissingAt(seen time.Time, floor time.Duration, outs *Outages) (at time.Time, ok bool) {
	if st.zone == "" || st.exit {
		return time.Time{}, false
	}
	from, patience := seen.UnixMilli(), st.Patience(floor).Milliseconds()
	if outs != nil {
		for _, s := range outs.spans { // of a zone in the order of time
			if s.zone != st.zone || s.from >= from+patience || s.until <= from {
				continue
			}
			if s.until == never {
				return time.Time{}, false
			}
			from = s.until
		}
	}
	return moment(from + patience), true
}

// Presence returns what it means that the tag has not been seen since the moment
// seen, now.
func (st State) Presence(seen, now time.Time, floor time.Duration, outs *Outages) Presence {
	at, ok := st.MissingAt(seen, floor, outs)
	switch {
	case st.zone == "":
		return Present
	case st.exit:
		return Left
	case ok && !now.Before(at):
		return Missing
	case outs.Has(st.zone, now):
		return ReaderOut
	case now.Sub(seen) >= st.Patience(floor):
		return Returning
	}
	return Present
}
