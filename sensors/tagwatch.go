package sensors

import (
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// dueAtOnce is how many tags one tagsDueIn looks at.
const dueAtOnce = 200

// How soon it is asked again whether a tag is silent: one that no reader which
// works can see after a quarter of its time within these bounds, one whose
// readers have not spoken yet after askAgain.
const (
	askAgain      = 10 * time.Second
	askBlindAfter = time.Minute
)

// tagsDueIn does what time alone does to tags at the moment now: it confirms
// changes of zone whose dwell has passed, and finds out which tags are silent. It
// looks at dueAtOnce tags, the longest due first. hearing is since when what
// readers say comes in: before, nobody can be called silent.
func (s *Service) tagsDueIn(tx *store.Tx, now, hearing time.Time) error {
	t := s.tracker(tx, now)
	t.hearing = hearing
	page, err := tagStates.Find(t.ctx(), tx, store.Query{Index: "byDue", Before: now.Add(time.Millisecond), Limit: dueAtOnce})
	if err != nil {
		return err
	}
	for _, st := range page.Items {
		if err := t.tagDue(st); err != nil {
			return err
		}
	}
	return t.rejudge()
}

func (t *tracker) tagDue(st *TagState) error {
	tag, err := found(tagDocs.Get(t.ctx(), t.tx, st.ID))
	if err != nil {
		return err
	}
	if tag == nil {
		st.DueAt = nil
		return tagStates.Put(t.tx, st)
	}
	wait, err := t.confirm(tag, st)
	if err != nil {
		return err
	}
	ask, err := t.listen(tag, st)
	if err != nil {
		return err
	}
	st.await(tag, wait, ask)
	return tagStates.Put(t.tx, st)
}

// confirm lets time confirm where a tag is. One with a candidate has been stepped
// through all its sightings that came. When some may have failed to come, because
// nothing was heard for a part of the dwell, it waits once and returns until when.
func (t *tracker) confirm(tag *Tag, st *TagState) (wait time.Time, err error) {
	place, ok := st.place()
	if !ok {
		return time.Time{}, nil // made anew when the tag is next seen
	}
	due, ok := place.Due()
	if !ok || t.now.Before(due) {
		return time.Time{}, nil
	}
	_, since := place.Candidate()
	waited := st.DueAt != nil && st.DueAt.After(due)
	if since.Before(t.hearing) && t.now.Sub(t.hearing) < patience && !waited {
		return t.now.Add(patience), nil
	}
	c := &course{state: place}
	c.until(t.now)
	st.stand(c.state)
	st.timed(c.timed)
	if len(c.moves) == 0 {
		return time.Time{}, nil // it is where it was first seen
	}
	stay, err := t.stays(tag, c.moves, span{after: st.settledAt(), until: farFuture})
	if err != nil {
		return time.Time{}, err
	}
	st.begin(stay)
	return time.Time{}, nil
}

// silentAfter returns after how long the tag counts as silent, 0 never: what has
// left, is out of use or was never seen is not waited for.
func (st *TagState) silentAfter(tag *Tag) time.Duration {
	if tag.Fields.Retired || st.Gone || st.LastSeenAt == nil {
		return 0
	}
	return time.Duration(tag.Fields.SilentAfterS) * time.Second
}

// blind reports whether no reader that works could see the tag at some time since it
// was seen.
func (st *TagState) blind() bool { return st.BlindAt != nil && !st.BlindAt.Before(st.seenAt()) }

// Unheard reports that the silence of the tag says nothing, or nothing yet: since it
// was seen its readers were out.
func (st *TagState) Unheard() bool { return st.blind() && !st.Silent && !st.Gone }

// quietSince returns since when a working reader could have seen the tag.
func (st *TagState) quietSince() time.Time {
	if st.BlindAt != nil {
		return laterOf(*st.BlindAt, st.seenAt())
	}
	return st.seenAt()
}

// await sets when time next changes the state. What time confirms waits until
// wait; ask is when to look again whether the tag is silent, zero when that follows
// from when it was seen.
func (st *TagState) await(tag *Tag, wait, ask time.Time) {
	st.DueAt = nil
	if place, ok := st.place(); ok {
		if due, ok := place.Due(); ok {
			due = laterOf(due, wait)
			st.DueAt = &due
		}
	}
	after := st.silentAfter(tag)
	if after == 0 || st.Silent {
		return
	}
	if ask.IsZero() {
		ask = st.quietSince().Add(after)
	}
	if st.DueAt == nil || ask.Before(*st.DueAt) {
		st.DueAt = &ask
	}
}

// listen finds out whether a tag is silent: not seen for its time although a
// reader of its zone was at work and has spoken in the second half of it. Its time
// is longer than was set for one that is seen seldom or with gaps (locate.State,
// Patience). What no reader at work can see is not silent; the device that is down
// has an alarm for it, and so has one that lives and sees nothing any more. The
// time begins anew when a reader works again. The result is when to ask again, zero
// when that follows from when the tag was seen.
func (t *tracker) listen(tag *Tag, st *TagState) (ask time.Time, err error) {
	after := st.silentAfter(tag)
	if after == 0 || st.Silent || !st.blind() && t.now.Before(st.quietSince().Add(after)) {
		return time.Time{}, nil
	}
	if err := t.catchUp(tag, st); err != nil {
		return time.Time{}, err
	}
	set := after
	if after, err = t.patience(tag, st, set); err != nil {
		return time.Time{}, err
	}
	since := laterOf(st.quietSince(), t.hearing)
	works, spokenAt, err := t.readers(st.ZoneID)
	switch {
	case err != nil:
		return time.Time{}, err
	case !works:
		now := t.now
		st.BlindAt = &now
		return now.Add(min(max(set/4, askAgain), askBlindAfter)), nil
	case t.now.Before(since.Add(after)):
		return since.Add(after), nil
	case spokenAt.Before(since.Add(after / 2)):
		return t.now.Add(askAgain), nil
	}
	if deaf, err := t.deaf(st); err != nil || deaf {
		now := t.now
		st.BlindAt = &now
		return now.Add(askBlindAfter), err
	}
	st.Silent = true
	return time.Time{}, t.raiseSilent(tag, st, since.Add(after), after)
}

// patience returns after how long the tag counts as silent that was set to set.
func (t *tracker) patience(tag *Tag, st *TagState, set time.Duration) (time.Duration, error) {
	place, ok := st.place()
	if !ok {
		return set, nil
	}
	c := &course{state: place, dense: st.dense()}
	if _, err := t.recall(tag, c, st.seenAt(), st.LastKey, false); err != nil {
		return 0, err
	}
	st.paced(c.state)
	return c.state.Patience(set), nil
}

// catchUp brings LastSeenAt, which may be seenEvery behind, up to the newest
// sighting. Those between have changed nothing.
func (t *tracker) catchUp(tag *Tag, st *TagState) error {
	p, err := sightingSeries.Last(t.ctx(), t.tx, tag.ID)
	if err != nil {
		return err
	}
	last, err := sightedOf(p)
	if err == nil && last.after(st.seenAt(), st.LastKey) {
		st.see(last)
	}
	return err
}

// readers reports whether a reader of the zone is at work, and when the one that
// spoke last did. One in maintenance is not at work.
func (t *tracker) readers(zone ZoneID) (works bool, spokenAt time.Time, err error) {
	page, err := deviceDocs.Find(t.ctx(), t.tx, store.Query{Index: "byZone", Equal: []any{string(zone)}, Limit: dueAtOnce})
	if err != nil {
		return false, time.Time{}, err
	}
	for _, d := range page.Items {
		if f := d.Fields; f.Retired || f.Maintenance || f.Kind != Reader && f.Kind != Portal {
			continue
		}
		state, err := found(deviceStates.Get(t.ctx(), t.tx, d.ID))
		if err != nil {
			return false, time.Time{}, err
		}
		if state != nil && !state.Down && !state.Deaf {
			works, spokenAt = true, laterOf(spokenAt, state.LastHeardAt)
		}
	}
	return works, spokenAt, nil
}

func (t *tracker) raiseSilent(tag *Tag, st *TagState, at time.Time, after time.Duration) error {
	if tag.Binding == nil {
		return nil
	}
	z, err := t.zone(st.ZoneID)
	if err != nil {
		return err
	}
	seconds, where := int(after.Seconds()), z.name()
	_, err = t.s.raiseIn(t.tx, Alarm{Meta: store.Meta{Org: tag.Org}, Kind: TagSilent, RelicID: tag.Binding.RelicID, TagID: TagID(tag.ID),
		Carrier: tag.Binding.Carrier, ZoneID: st.ZoneID, DeviceID: st.LastDevice, OccurredAt: at, Certainty: Certain, Ground: heritage.Text{
			ZH: fmt.Sprintf("标签最后在%s被读到，其后 %d 秒没有读到，而该处读写器工作正常。", where.ZH, seconds),
			EN: fmt.Sprintf("The tag was last seen in %s and not for %d s since, although a reader is at work there.", where.EN, seconds)}})
	return err
}

// rebound lets the alarms of a tag follow when it is bound or unbound: a tag that
// hangs on nothing has none, and one that is silent or low already has them from
// now on.
func (t *tracker) rebound(tag *Tag, st *TagState) error {
	if tag.Binding == nil {
		const note = "标签已解除绑定 (the tag was unbound)"
		if err := t.s.clearIn(t.tx, OpenKey(TagSilent, tag.ID), note); err != nil {
			return err
		}
		return t.s.clearIn(t.tx, OpenKey(LowBattery, tag.ID), note)
	}
	if st.Silent {
		if err := t.raiseSilent(tag, st, t.now, st.silentAfter(tag)); err != nil {
			return err
		}
	}
	if st.LowBattery {
		return t.raiseLow(tag, st, t.now)
	}
	return nil
}

// heard ends the silence of a tag that has been seen again within its time.
func (t *tracker) heard(tag *Tag, st *TagState) error {
	after := st.silentAfter(tag)
	if !st.Silent || after != 0 && t.now.Sub(st.seenAt()) >= after {
		return nil
	}
	st.Silent = false
	return t.s.clearIn(t.tx, OpenKey(TagSilent, tag.ID), "重新读到标签 (the tag was seen again)")
}

// finish writes the state of a tag that has been seen; was is what it was before,
// and c what was said of its battery. That a tag at rest was seen again is no news.
func (t *tracker) finish(tag *Tag, st *TagState, was TagState, c charge) error {
	st.RelicID, st.Carrier = "", ""
	if tag.Binding != nil {
		st.RelicID, st.Carrier = tag.Binding.RelicID, tag.Binding.Carrier
	}
	if err := t.power(tag, st, c); err != nil {
		return err
	}
	if err := t.heard(tag, st); err != nil {
		return err
	}
	if err := t.copied(tag, st, was); err != nil {
		return err
	}
	wait := time.Time{}
	if t.late(st.seenAt()) {
		wait = t.now.Add(patience)
	}
	st.await(tag, wait, time.Time{})
	if st.looksLike(was) {
		return tagStates.PutQuiet(t.tx, st)
	}
	return tagStates.Put(t.tx, st)
}
