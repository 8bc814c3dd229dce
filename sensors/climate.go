package sensors

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// How far a ClimateState may be behind: so long, or so many samples.
const (
	climateEvery   = 5 * time.Minute
	climateSamples = 128
)

// climate judges the readings of one transaction.
type climate struct {
	s       *Service
	tx      *store.Tx
	now     time.Time
	rules   map[actor.OrgID][]*Rule
	windows map[actor.OrgID][]*Maintenance
	zones   map[ZoneID]*Zone
}

func (s *Service) climate(tx *store.Tx, now time.Time) *climate {
	return &climate{s: s, tx: tx, now: now, rules: map[actor.OrgID][]*Rule{}, windows: map[actor.OrgID][]*Maintenance{}, zones: map[ZoneID]*Zone{}}
}

// climateIn judges the fresh readings and counts of a batch by the rules.
func (s *Service) climateIn(tx *store.Tx, in *intake) error {
	if len(in.readings)+len(in.counts) == 0 {
		return nil
	}
	c := s.climate(tx, tx.Now())
	for _, id := range in.order {
		n := in.news[id]
		if n.newest == 0 {
			continue
		}
		if err := c.judge(n); err != nil {
			return err
		}
	}
	return nil
}

// rulesOf returns the rules of an instrument, in the order of their ids.
func (c *climate) rulesOf(d *Device) ([]*Rule, error) {
	all, err := c.rulesIn(d.Org)
	if err != nil {
		return nil, err
	}
	var list []*Rule
	for _, r := range all {
		if r.covers(d) && measures(d, &r.Fields.Rule) {
			list = append(list, r)
		}
	}
	return list, nil
}

// rulesIn returns the rules of an organisation, in the order of their ids.
func (c *climate) rulesIn(org actor.OrgID) ([]*Rule, error) {
	all, ok := c.rules[org]
	if ok {
		return all, nil
	}
	page, err := ruleDocs.Find(c.tx.Context(), c.tx, store.Query{Index: "byOrg", Equal: []any{string(org)}, Limit: maxRules})
	if err == nil {
		c.rules[org] = page.Items
	}
	return page.Items, err
}

// measures reports whether a device has every quantity that a rule cannot do without. Whoever passes a
// gate is present there.
func measures(d *Device, r *alarm.Rule) bool {
	has := func(q string) bool {
		return slices.ContainsFunc(d.Fields.Channels, func(ch Channel) bool { return ch.Quantity == q })
	}
	switch r.Kind {
	case alarm.Dew, alarm.Mould:
		return has(alarm.Temperature) && has(alarm.Humidity)
	case alarm.Dose:
		return has(alarm.Illuminance)
	case alarm.Hours:
		return d.Fields.Kind == Gate || has(alarm.Presence)
	case alarm.Passage: // by the tracker, see judgeEvent
		return false
	}
	return has(r.Quantity)
}

// quietOf returns the maintenance windows of an instrument that may still concern what is judged.
func (c *climate) quietOf(d *Device) ([]alarm.Quiet, error) {
	all, err := c.windowsOf(d.Org)
	return quietNow(quietIn(all, d), d), err
}

// windowsOf returns the maintenance windows of an organisation that may still concern what is judged.
func (c *climate) windowsOf(org actor.OrgID) ([]*Maintenance, error) {
	all, ok := c.windows[org]
	if ok {
		return all, nil
	}
	all, err := windowsFrom(c.tx.Context(), c.tx, org, c.now.Add(-clockBehind))
	if err == nil {
		c.windows[org] = all
	}
	return all, err
}

// quietNow adds that a device is being worked on until somebody says otherwise.
func quietNow(list []alarm.Quiet, d *Device) []alarm.Quiet {
	if d.Fields.Maintenance {
		list = append(list, alarm.Quiet{From: 0, Until: endOfTime})
	}
	return list
}

// windowsFrom returns the maintenance windows of an organisation that end at from or later, the first to end
// first, store.MaxLimit at the most.
func windowsFrom(ctx context.Context, r store.Reader, org actor.OrgID, from time.Time) ([]*Maintenance, error) {
	page, err := maintenanceDocs.Find(ctx, r, store.Query{Index: "byEnd", Equal: []any{string(org)}, From: from, Limit: store.MaxLimit})
	return page.Items, err
}

// quietIn returns those of the windows that concern an instrument.
func quietIn(windows []*Maintenance, d *Device) (list []alarm.Quiet) {
	for _, m := range windows {
		if m.covers(d) {
			list = append(list, alarm.Quiet{From: m.Fields.From.UnixMilli(), Until: m.Fields.Until.UnixMilli()})
		}
	}
	return list
}

// endOfTime is after every sample, in milliseconds.
const endOfTime = int64(1) << 52

func (c *climate) zone(id ZoneID) (*Zone, error) {
	z, ok := c.zones[id]
	if !ok {
		var err error
		if z, err = found(zoneDocs.Get(c.tx.Context(), c.tx, string(id))); err != nil {
			return nil, err
		}
		c.zones[id] = z
	}
	return z, nil
}

// clockOf is the clock by which a rule judges in a zone, which may be nil: its own, or that of
// the zone.
func (s *Service) clockOf(rule *alarm.Rule, z *Zone) (*time.Location, error) {
	name := rule.TimeZone
	if name == "" && z != nil {
		name = z.Fields.TimeZone
	}
	return s.places.of(cmp.Or(name, defaultTimeZone))
}

// judging is the course of one instrument that is under way.
type judging struct {
	*climate
	device  *Device
	zone    *Zone
	rules   []*Rule
	state   *ClimateState
	course  alarm.Course
	fresh   *news // has all readings after course.Until, so that the series need not be read; nil it may not
	steps   int   // samples that were read
	changed bool  // the state must be written
}

// open returns what is known of an instrument; nil when it has no rules.
func (c *climate) open(d *Device) (*judging, error) {
	rules, err := c.rulesOf(d)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	j := &judging{climate: c, device: d, rules: rules}
	if j.zone, err = c.zone(d.Fields.ZoneID); err != nil {
		return nil, err
	}
	if j.state, err = found(climateStates.Get(c.tx.Context(), c.tx, d.ID)); err != nil {
		return nil, err
	}
	if j.state == nil {
		j.state, j.changed = &ClimateState{Meta: store.Meta{ID: d.ID, Org: d.Org}}, true
	}
	quiet, err := c.quietOf(d)
	if err != nil {
		return nil, err
	}
	j.course = alarm.Course{Begun: j.state.Begun, Until: j.state.Until, Mark: j.state.Mark}
	for _, r := range rules {
		e, err := j.entry(r, quiet)
		if err != nil {
			return nil, err
		}
		j.course.Rules = append(j.course.Rules, e)
	}
	return j, j.leaveOthers()
}

// entry returns what is known of one rule. One that has changed, and an instrument that has
// been moved to another zone, begin anew, with what they remember of samples.
func (j *judging) entry(r *Rule, quiet []alarm.Quiet) (*alarm.Entry, error) {
	rule := r.Fields.Rule
	loc, err := j.s.clockOf(&rule, j.zone)
	if err != nil {
		return nil, err
	}
	judge, err := alarm.NewJudge(rule, loc, quiet)
	if err != nil {
		return nil, err
	}
	e := &alarm.Entry{Judge: judge}
	old := j.ruleState(r.ID)
	if old == nil || old.Memory != judge.Memory() {
		j.changed = true
		return e, nil
	}
	now, err1 := judge.Parse(old.Now)
	kept, err2 := judge.Parse(old.Kept)
	if err1 != nil || err2 != nil { // of another version of the program
		j.changed = true
		return e, nil
	}
	e.Now, e.Kept, e.Episodes = now, kept, slices.Clone(old.Episodes)
	if old.Rev != r.Rev || old.ZoneID != j.device.Fields.ZoneID {
		e.Now.Rebase()
		e.Kept.Rebase()
		e.Episodes, j.changed = nil, true
	}
	return e, nil
}

func (j *judging) ruleState(id string) *RuleState {
	for i := range j.state.Rules {
		if j.state.Rules[i].RuleID == id {
			return &j.state.Rules[i]
		}
	}
	return nil
}

// movedIn takes an instrument that has changed out of the groups of rules that no longer concern
// it: it may never measure again, and with no rule left nobody would look. One that is retired
// stays: whoever retired it did not answer the alarm.
func (c *climate) movedIn(d *Device) error {
	if d.Fields.Retired {
		return nil
	}
	st, err := found(climateStates.Get(c.tx.Context(), c.tx, d.ID))
	if err != nil || st == nil {
		return err
	}
	j := &judging{climate: c, device: d, state: st}
	if j.rules, err = c.rulesOf(d); err != nil {
		return err
	}
	if err := j.leaveOthers(); err != nil || len(j.rules) > 0 || len(st.Rules) == 0 {
		return err
	}
	st.Rules, st.DueAt = nil, nil
	return climateStates.Put(c.tx, st)
}

// leaveOthers takes the instrument out of the groups of rules that no longer concern it.
func (j *judging) leaveOthers() error {
	for _, old := range j.state.Rules {
		i := slices.IndexFunc(j.rules, func(r *Rule) bool { return r.ID == old.RuleID })
		if i >= 0 && old.ZoneID == j.device.Fields.ZoneID {
			continue
		}
		j.changed = true
		if err := j.s.leaveGroupIn(j.tx, groupKey(old.RuleID, old.ZoneID), DeviceID(j.device.ID), "测点已移走或规则不再适用 (the sensor was moved or the rule applies no more)"); err != nil {
			return err
		}
	}
	return nil
}

// judge judges what is new of a device, from its oldest to its newest fresh sample.
func (c *climate) judge(n *news) error {
	oldest, newest := n.oldest, n.newest
	j, err := c.open(n.device)
	if err != nil || j == nil {
		return err
	}
	if j.course.TooLate(newest) { // all of it
		if j.changed {
			return j.save(nil)
		}
		return nil
	}
	was := j.course.Until
	if j.course.Begun && n.readings != nil && n.before <= was && oldest > was { // all that is not judged yet came just now
		j.fresh = n
	}
	if j.course.Begun && oldest <= was {
		j.changed = true // stepped again: the kept states must not be behind what was told
	}
	if err := j.advance(oldest, newest); err != nil {
		return err
	}
	if j.changed || j.steps > climateSamples || j.course.Until-was >= climateEvery.Milliseconds() {
		return j.save(nil)
	}
	return nil
}

// advance steps through what is new and does what follows.
func (j *judging) advance(oldest, newest int64) error {
	var failed error
	err := j.course.Advance(j.samples, oldest, newest, j.now.UnixMilli(), func(e *alarm.Entry, ch alarm.Change) {
		if failed == nil {
			failed = j.tell(e, ch)
		}
	})
	return cmp.Or(err, failed)
}

// samples implements alarm.Samples.
func (j *judging) samples(after, until int64, fn func(alarm.Sample)) error {
	judges := make([]*alarm.Judge, len(j.course.Rules))
	for i, e := range j.course.Rules {
		judges[i] = e.Judge
	}
	var list []alarm.Sample
	var err error
	if j.fresh != nil && after == j.course.Until {
		list, err = gather(j.device, judges, j.fresh.each)
	} else {
		list, err = j.s.samplesOf(j.tx.Context(), j.tx, j.device, judges, time.UnixMilli(after+1), time.UnixMilli(until+1))
	}
	j.steps += len(list)
	for _, x := range list {
		fn(x)
	}
	return err
}

// inOrder is the order in which samples are judged.
func inOrder(a, b alarm.Sample) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Quantity, b.Quantity))
}

// save writes how far the rules have come, and when to look again: at due, or with nil when a rule
// asks for it.
func (j *judging) save(due *time.Time) error {
	st := j.state
	st.Org, st.Begun, st.Until, st.Mark, st.DueAt = j.device.Org, j.course.Begun, j.course.Until, j.course.Mark, due
	st.Rules = st.Rules[:0]
	for i, e := range j.course.Rules {
		r := j.rules[i]
		st.Rules = append(st.Rules, RuleState{RuleID: r.ID, Rev: r.Rev, ZoneID: j.device.Fields.ZoneID, Memory: e.Judge.Memory(),
			Now: e.Judge.Append(nil, &e.Now), Kept: e.Judge.Append(nil, &e.Kept), Episodes: e.Episodes})
	}
	if next, ok := j.course.Due(j.now.UnixMilli()); ok && due == nil {
		at := time.UnixMilli(next).UTC()
		st.DueAt = &at
	}
	return climateStates.Put(j.tx, st)
}
