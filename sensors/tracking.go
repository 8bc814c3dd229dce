package sensors

import (
	"context"
	"errors"
	"slices"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
	"yijianyou/sensors/locate"
)

// seenEvery is how far LastSeenAt of a tag that rests may be behind.
const seenEvery = 10 * time.Second

// tracker is one transaction of tracking, with what it has looked up.
type tracker struct {
	s       *Service
	tx      *store.Tx
	now     time.Time
	hearing time.Time // since when sightings come in; zero always
	zones   map[ZoneID]*Zone
	devices map[DeviceID]*Device
	climate *climate // the rules and maintenance windows of passages

	outs     *locate.Outages // of outsOrg that ended after outsFrom; nil not read
	outsOrg  actor.OrgID
	outsFrom time.Time
	blind    []locate.Outage // whose tags are to be judged again
}

func (s *Service) tracker(tx *store.Tx, now time.Time) *tracker {
	return &tracker{s: s, tx: tx, now: now, zones: make(map[ZoneID]*Zone), devices: make(map[DeviceID]*Device), climate: s.climate(tx, now)}
}

func (t *tracker) ctx() context.Context { return t.tx.Context() }

// zone returns the zone, nil when there is none.
func (t *tracker) zone(id ZoneID) (*Zone, error) { return lookUp(t.ctx(), t.tx, t.zones, zoneDocs, id) }

// device returns the device, nil when there is none.
func (t *tracker) device(id DeviceID) (*Device, error) {
	return lookUp(t.ctx(), t.tx, t.devices, deviceDocs, id)
}

// lookUp reads a document once and keeps it in seen; nil when there is none.
func lookUp[K ~string, T any](ctx context.Context, r store.Reader, seen map[K]*T, docs *store.Collection[T], id K) (*T, error) {
	if doc, ok := seen[id]; ok || id == "" {
		return doc, nil
	}
	doc, err := found(docs.Get(ctx, r, string(id)))
	if err == nil {
		seen[id] = doc
	}
	return doc, err
}

// trackIn stores sightings in the series of their tags and derives where the
// tags are, their stays and passages, and the alarms that follow. Sightings may
// be late, repeated and in any order. A tag that is not registered with the
// organisation of the device goes to the quarantine list.
//
// In order and at rest a tag costs one append to its series and a write of its
// state every seenEvery, and nothing of the series is read; on the way one append,
// the reading of what came since its state was written, and one write of it.
//
// Errors: those of the store, series.ErrCrowded.
func (s *Service) trackIn(tx *store.Tx, sightings []Sighting) error {
	t := s.tracker(tx, tx.Now())
	byTag := make(map[TagID][]*Sighting)
	var ids []string
	for i := range sightings {
		x := &sightings[i]
		if byTag[x.Tag] == nil {
			ids = append(ids, string(x.Tag))
		}
		byTag[x.Tag] = append(byTag[x.Tag], x)
	}
	slices.Sort(ids)
	var strange []Refusal
	for part := range slices.Chunk(ids, store.MaxLimit) {
		refused, err := t.tags(part, byTag)
		if err != nil {
			return err
		}
		strange = append(strange, refused...)
	}
	if len(strange) == 0 {
		return nil
	}
	return s.refuseIn(tx, strange...)
}

// tags tracks the tags with these ids, at most store.MaxLimit, and returns what
// must be refused.
func (t *tracker) tags(ids []string, byTag map[TagID][]*Sighting) ([]Refusal, error) {
	all, err := t.tracked(ids)
	if err != nil {
		return nil, err
	}
	var refused []Refusal
	var known []*tracked
	var batches []series.Batch
	for _, w := range all {
		w.batch = series.Batch{Org: w.org(), Channel: w.id}
		for _, x := range byTag[TagID(w.id)] {
			if w.batch.Org == "" || w.batch.Org != x.Org {
				x.refused(ErrUnknownTag.At("tag"), UnknownTag)
				refused = append(refused, strangeTag(*x))
				continue
			}
			z, err := t.zone(x.Zone)
			if err != nil {
				return nil, err
			}
			w.batch.Points, w.from = append(w.batch.Points, pointOf(*x, z)), append(w.from, &x.Source)
		}
		if len(w.from) > 0 {
			known, batches = append(known, w), append(batches, w.batch)
		}
	}
	fresh, err := sightingSeries.AppendAllIn(t.tx, batches)
	if err != nil {
		return nil, err
	}
	for i, w := range known {
		tellRepeated(w.from, w.batch.Points, fresh[i])
		if w.fresh, err = sightedAll(fresh[i]); err != nil {
			return nil, err
		}
	}
	known = slices.DeleteFunc(known, (*tracked).quiet)
	if err := t.fetch(known); err != nil {
		return nil, err
	}
	for _, w := range known {
		if err := t.track(w.tag, w.state, w.fresh); err != nil {
			return nil, err
		}
	}
	return refused, nil
}

// ErrUnknownTag is a sighting of a tag that nobody has registered.
var ErrUnknownTag = fault.Define(fault.NotFound, "sensors.tag_unknown",
	"没有登记这个标签。请先在“标签”中登记。", "The tag is not registered. Register it under Tags first.")

func strangeTag(x Sighting) Refusal {
	return Refusal{Meta: store.Meta{Org: x.Org}, Kind: UnknownTag, Claimed: string(x.Tag), Device: x.Device}
}

// track brings the state of a tag up to fresh sightings, of which there is one at
// least.
func (t *tracker) track(tag *Tag, st *TagState, fresh []sighted) error {
	if place, ok := st.rests(fresh); ok {
		return t.rest(tag, st, place, fresh)
	}
	was := *st
	first, last := fresh[0], fresh[len(fresh)-1]
	place, ok := st.place()
	inOrder := ok && st.precedes(first)
	var p placed
	var err error
	if inOrder {
		p, err = t.goOn(tag, st, place)
	} else {
		settle := last.at
		if !ok {
			settle = farFuture // the rule has changed its form: all is made anew
		}
		p, err = t.goBack(tag, st, first, settle)
	}
	if err != nil {
		return err
	}
	st.follow(p)
	return t.finish(tag, st, was, p.charge)
}

// follow notes what a course came to.
func (st *TagState) follow(p placed) {
	if p.stepped {
		st.stand(p.state)
		st.see(p.last)
		st.timed(p.timed)
		st.paced(p.state)
	}
	st.begin(p.stay)
}

// placed is what a course came to.
type placed struct {
	stepped bool // to the end; false: state and last are as they were
	state   locate.State
	last    sighted   // newest sighting that was stepped
	stay    *Stay     // newest; nil as it was
	timed   time.Time // when the passing of time last changed the state; zero not in this course
	charge  charge
}

// goOn steps through what came after the last sighting that was stepped.
func (t *tracker) goOn(tag *Tag, st *TagState, place locate.State) (placed, error) {
	c := &course{state: place, charge: st.charge(), dense: st.dense()}
	if st.LastSeenAt != nil {
		c.hour = hourOf(*st.LastSeenAt)
	}
	if _, err := t.follow(tag, c, st.seenAt(), st.LastKey, farFuture); err != nil {
		return placed{}, err
	}
	c.until(t.knownUntil(st, c.last.at))
	p := placed{stepped: true, state: c.state, last: c.last, charge: c.charge, timed: c.timed}
	if err := t.passages(tag, c.passings, span{}); err != nil {
		return p, err
	}
	if len(c.moves) == 0 {
		return p, nil
	}
	var err error
	p.stay, err = t.stays(tag, c.moves, span{after: st.settledAt(), until: farFuture})
	return p, err
}

// goBack steps again from the start of the last hour before the first late
// sighting's in which the tag was seen, until an hour from which on nothing that was
// seen up to settle changes anything, and puts what that shows in the place of what was known.
func (t *tracker) goBack(tag *Tag, st *TagState, first sighted, settle time.Time) (placed, error) {
	c := &course{charge: st.charge(), dense: st.dense()}
	var from time.Time
	last, err := sightingSeries.LastBefore(t.ctx(), t.tx, tag.ID, hourOf(first.at))
	switch {
	case err == nil:
		hour := hourOf(last.At)
		base, err := t.hourAt(tag, hour)
		if err != nil {
			return placed{}, err
		}
		if base != nil {
			if state, err := locate.Parse(base.Place); err == nil {
				c.state, c.hour, from = state, hour, hour
			}
		}
	case !errors.Is(err, store.ErrNotFound):
		return placed{}, err
	}
	end, err := t.follow(tag, c, from, "", settle)
	if err != nil {
		return placed{}, err
	}
	sp := span{after: from, until: end, again: true}
	p := placed{stepped: end.Equal(farFuture), state: c.state, last: c.last, charge: c.charge}
	if p.stepped {
		c.until(t.knownUntil(st, c.last.at))
		p.state, p.timed = c.state, c.timed
	}
	if err := t.passages(tag, c.passings, sp); err != nil {
		return p, err
	}
	p.stay, err = t.stays(tag, c.moves, sp)
	return p, err
}

// patience is how long it takes for what a device has kept back to come once the
// first of it has, and for devices to come back after a pause of ours.
const patience = 5 * time.Second

// knownUntil returns up to when a tag can be judged by time alone, when it was last
// seen at the moment seen. Now, unless that came late: then more is on its way, and
// the watch waits for it before it confirms anything that it has not yet.
func (t *tracker) knownUntil(st *TagState, seen time.Time) time.Time {
	if !t.late(seen) {
		return t.now
	}
	if st.ConfirmedAt != nil {
		return laterOf(*st.ConfirmedAt, seen)
	}
	return seen
}

// span is a part of the time of a tag: what was confirmed after after and not
// after until. again: it was known before and is replaced.
type span struct {
	after, until time.Time
	again        bool
}

// rests reports whether sightings that come next leave the tag where it is, and
// returns its place.
func (st *TagState) rests(fresh []sighted) (place locate.State, ok bool) {
	place, ok = st.place()
	if !ok || !st.precedes(fresh[0]) {
		return place, false
	}
	return place, !slices.ContainsFunc(fresh, func(s sighted) bool { return s.seen.Exit || !place.Rests(s.seen.Zone) })
}

// rest notes that a tag was seen where it is. What came since the state was
// written has changed nothing, so it is not read again.
func (t *tracker) rest(tag *Tag, st *TagState, place locate.State, fresh []sighted) error {
	was, last := *st, fresh[len(fresh)-1]
	var book hourBook
	hour := hourOf(st.seenAt())
	for _, s := range fresh {
		if next := hourOf(s.at); next.After(hour) {
			hour = next
			place, _ = locate.At(place, hour)
			if _, err := t.keepHour(tag, &book, hour, place.Append(nil)); err != nil {
				return err
			}
		}
	}
	if book.read {
		place, _ = locate.At(place, last.at)
		st.stand(place)
		st.timed(time.Time{})
		c := &course{state: place, dense: st.dense()}
		if _, err := t.recall(tag, c, last.at, last.key, false); err != nil {
			return err
		}
		st.paced(c.state)
	}
	c, err := t.restCharge(tag, st, fresh)
	if err != nil {
		return err
	}
	st.see(last)
	return t.finish(tag, st, was, c)
}

// restCharge returns what is known of the battery of a tag at rest after fresh
// sightings. Those that came since the state was written may have said something
// of it too; they are of the seenEvery after it, and are read when the fresh ones
// do not outdo them.
func (t *tracker) restCharge(tag *Tag, st *TagState, fresh []sighted) (charge, error) {
	c, _ := st.charged(fresh)
	spoke := slices.ContainsFunc(fresh, func(s sighted) bool { return s.battery >= 0 })
	if st.BatteryAt == nil && !spoke || !c.judgedAt.Before(st.seenAt().Add(seenEvery)) {
		return c, nil
	}
	c = st.charge()
	err := t.sightings(tag, st.seenAt(), farFuture, func(s sighted) error {
		c.hear(s)
		return nil
	})
	return c, err
}
