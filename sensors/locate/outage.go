package locate

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Outage is a time in which no reader of a zone is at work, so that not being seen
// there says nothing of a tag. Who listens to the readers finds it out: by their
// silence, or by Deaf.
type Outage struct {
	Zone  string
	From  time.Time
	Until time.Time // not before From; zero: it lasts
}

// Outages is a set of Outage. The zero value has none. It is not changed once made
// and may be shared.
type Outages struct {
	spans []outSpan // by zone, then from; those of a zone do not touch
}

// outSpan is an Outage in Unix milliseconds; until never: it lasts.
type outSpan struct {
	zone        string
	from, until int64
}

// OutagesOf returns the set of a list in any order, in which some may be there
// twice, overlap or touch: they are one.
func OutagesOf(list ...Outage) Outages {
	var spans []outSpan
	for _, x := range list {
		s := outSpan{zone: x.Zone, from: x.From.UnixMilli(), until: never}
		if !x.Until.IsZero() {
			s.until = x.Until.UnixMilli()
		}
		if s.from < s.until {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b outSpan) int {
		return cmp.Or(cmp.Compare(a.zone, b.zone), cmp.Compare(a.from, b.from))
	})
	n := 0
	for _, s := range spans {
		if n > 0 && spans[n-1].zone == s.zone && s.from <= spans[n-1].until {
			spans[n-1].until = max(spans[n-1].until, s.until)
			continue
		}
		spans[n] = s
		n++
	}
	return Outages{spans: spans[:n]}
}

// Has reports whether no reader of a zone is at work at a moment.
func (o *Outages) Has(zone string, at time.Time) bool {
	_, now := o.within(zone, math.MinInt64, at.UnixMilli())
	return now
}

// within returns for how much of the time from one moment to another no reader of
// a zone was at work, in milliseconds, and whether none is at its end.
func (o *Outages) within(zone string, from, until int64) (ms int64, now bool) {
	if o == nil {
		return 0, false
	}
	for i := range o.spans {
		s := &o.spans[i]
		if s.zone != zone || s.from > until || s.until <= from {
			continue
		}
		now = now || s.until > until
		if from != math.MinInt64 {
			ms += min(s.until, until) - max(s.from, from)
		}
	}
	return ms, now
}
