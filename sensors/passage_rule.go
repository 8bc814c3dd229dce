package sensors

import (
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors/alarm"
)

// Passages that no order covers are judged by rules of the kind alarm.Passage, and by nothing
// else. Where none of an organisation's is about a passage, or none watches at its hour, the
// built-in one judges: a rule makes a passage graver and says why, it cannot make it lawful.
//
// A maintenance window mutes a passage only when it names the device that saw it: that the lamps
// of a room are changed must not open its doors.

// builtInPassage judges what no rule of the organisation does: always, by what is at stake.
var builtInPassage = alarm.Rule{Kind: alarm.Passage, Severity: int(alarm.Least), Source: alarm.Source{Text: "出馆与移动须有出库单"}}

// event is a passage that no order covers.
type event struct {
	at     time.Time
	zones  []ZoneID // where it was: the exit, or the two rooms
	device DeviceID // that saw it; "" not known any more
}

// verdict is what the rules say of an event.
type verdict struct {
	rule  *Rule // that is the gravest; nil the built-in one
	muted bool  // recorded only
}

// concerns reports whether a rule of passages is about an event.
func (r *Rule) concerns(e event) bool {
	f := &r.Fields
	return !f.Disabled && f.Rule.Kind == alarm.Passage && (f.ZoneID == "" || slices.Contains(e.zones, f.ZoneID)) && (f.DeviceID == "" || f.DeviceID == e.device)
}

// judgeEvent asks the rules what to do of an event of the organisation that has the zones.
func (t *tracker) judgeEvent(org actor.OrgID, e event) (verdict, error) {
	rules, err := t.climate.rulesIn(org)
	if err != nil {
		return verdict{}, err
	}
	z, err := t.zone(e.zones[0])
	if err != nil {
		return verdict{}, err
	}
	quiet, err := t.quietAt(org, e)
	if err != nil {
		return verdict{}, err
	}
	var gravest *Rule
	for _, r := range rules {
		if !r.concerns(e) || gravest != nil && gravest.Fields.Rule.Severity <= r.Fields.Rule.Severity {
			continue
		}
		loc, err := t.s.clockOf(&r.Fields.Rule, z)
		kind := alarm.ChangeKind(0)
		if err == nil {
			kind, err = passed(r.Fields.Rule, loc, e.at, quiet)
		}
		if err != nil { // a rule that cannot be read must not keep the alarm from being raised
			t.s.log.Error("a rule of passages is skipped", "rule", r.ID, "error", err)
			continue
		}
		if kind != 0 {
			gravest = r
		}
	}
	if gravest != nil {
		return verdict{rule: gravest, muted: len(quiet) > 0}, nil
	}
	kind, err := passed(builtInPassage, time.UTC, e.at, quiet)
	return verdict{muted: kind == alarm.Mute}, err
}

// passed lets a rule judge one uncovered passage: alarm.Raise, alarm.Mute, or 0 when it does not watch.
func passed(rule alarm.Rule, loc *time.Location, at time.Time, quiet []alarm.Quiet) (alarm.ChangeKind, error) {
	judge, err := alarm.NewJudge(rule, loc, quiet)
	if err != nil {
		return 0, err
	}
	_, c := judge.Step(alarm.State{}, &alarm.Sample{At: at.UnixMilli(), Quantity: alarm.Uncovered, Value: 1}, at.UnixMilli())
	if c.Len() == 0 {
		return 0, nil
	}
	return c.At(0).Kind, nil
}

// quietAt returns the maintenance of the device that saw an event, as far as the event falls into it.
func (t *tracker) quietAt(org actor.OrgID, e event) ([]alarm.Quiet, error) {
	d, err := t.device(e.device)
	if err != nil || d == nil {
		return nil, err
	}
	windows, err := t.climate.windowsOf(org)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(quietOfDoor(windows, d), func(q alarm.Quiet) bool {
		return e.at.UnixMilli() < q.From || e.at.UnixMilli() >= q.Until
	}), nil
}

// quietOfDoor returns when passages that a device sees are recorded only.
func quietOfDoor(windows []*Maintenance, d *Device) []alarm.Quiet {
	return quietNow(quietIn(naming(windows, d), d), d)
}

// naming returns those of the windows that name a device.
func naming(windows []*Maintenance, d *Device) []*Maintenance {
	return slices.DeleteFunc(slices.Clone(windows), func(m *Maintenance) bool { return m.Fields.DeviceID != DeviceID(d.ID) })
}

// raiseEvent raises the alarm of an event, or records it, and returns its id.
func (t *tracker) raiseEvent(a Alarm, e event) (id string, err error) {
	v, err := t.judgeEvent(a.Org, e)
	if err != nil {
		return "", err
	}
	stake := alarm.Least
	if v.rule != nil {
		a.RuleID, stake = v.rule.ID, Severity(v.rule.Fields.Rule.Severity)
		z, err := t.zone(v.rule.Fields.ZoneID)
		if err != nil {
			return "", err
		}
		source := v.rule.Fields.Rule.Source
		if z.kind() == Store { // its source may say which store it is
			source = alarm.Source{Text: "该库房的规则", EN: "the rule of that store"}
		}
		a.Ground = heritage.Text{ZH: a.Ground.ZH + "依据：" + source.Text, EN: a.Ground.EN + " Source: " + source.English()}
	}
	if v.muted {
		return t.s.recordIn(t.tx, a, stake, windowNote)
	}
	raised, err := t.s.raiseAt(t.tx, a, stake)
	if err != nil {
		return "", err
	}
	return raised.ID, nil
}
