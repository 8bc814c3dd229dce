package sensors

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// groupKey is under which the alarm of a rule in a zone is open: the instruments of a room that
// find the same are one alarm.
func groupKey(rule string, zone ZoneID) string { return OpenKey(Climate, rule+"/"+string(zone)) }

// windowNote is why somebody was not told.
const windowNote = "维护窗口内，只作记录 (in a maintenance window: recorded only)"

// tell does what a change of a rule asks for.
func (j *judging) tell(e *alarm.Entry, ch alarm.Change) error {
	j.changed = true
	i := 0
	for j.course.Rules[i] != e {
		i++
	}
	r := j.rules[i]
	key := groupKey(r.ID, j.device.Fields.ZoneID)
	switch ch.Kind {
	case alarm.Raise:
		_, err := j.s.raiseAt(j.tx, j.alarm(e, r, ch), alarm.Severity(r.Fields.Rule.Severity))
		return err
	case alarm.Clear:
		note := fmt.Sprintf("恢复正常，最远为 %s (back within its bounds, furthest out %[1]s)", amount(ch.Value, figureUnit(&r.Fields.Rule)))
		return j.s.leaveGroupIn(j.tx, key, DeviceID(j.device.ID), note)
	case alarm.Mute:
		_, err := j.s.recordIn(j.tx, j.alarm(e, r, ch), alarm.Severity(r.Fields.Rule.Severity), windowNote)
		return err
	case alarm.Belated:
		_, err := j.s.recordIn(j.tx, j.alarm(e, r, ch), alarm.Severity(r.Fields.Rule.Severity), "补传的读数中发现，已经结束 (found in late readings, and over)")
		return err
	}
	return nil // Unmute: what was only recorded has ended
}

// alarm makes the alarm of a change.
func (j *judging) alarm(e *alarm.Entry, r *Rule, ch alarm.Change) Alarm {
	since := time.UnixMilli(ch.Since).UTC()
	a := Alarm{Meta: store.Meta{Org: j.device.Org}, Kind: Climate, RuleID: r.ID, ZoneID: j.device.Fields.ZoneID, DeviceID: DeviceID(j.device.ID),
		OccurredAt: since, LastAt: time.UnixMilli(ch.At).UTC(), Certainty: Certain, Simulated: j.device.Fields.Simulated,
		Late:    j.now.Sub(time.UnixMilli(ch.At)) > lateAfter,
		Measure: &AlarmMeasure{Kind: r.Fields.Rule.Kind, Quantity: r.Fields.Rule.Quantity, Unit: figureUnit(&r.Fields.Rule), Value: ch.Value, Bound: ch.Bound, Above: ch.Above},
		Members: alarm.Group{{Name: j.device.ID, Since: ch.Since, Value: ch.Value}}, Affected: 1}
	a.Ground = j.ground(r, ch, since.In(e.Judge.Clock()))
	return a
}

// kindOfRule are the words of what a rule finds, in both languages.
var kindOfRule = map[alarm.Kind]heritage.Text{
	alarm.Limit:   {ZH: "", EN: ""},
	alarm.Rate:    {ZH: "变化", EN: "change of "},
	alarm.Swing:   {ZH: "波动", EN: "swing of "},
	alarm.Silence: {ZH: "没有读数的时间", EN: "time without readings of "},
	alarm.Stuck:   {ZH: "数值不动的时间", EN: "time without a change of "},
	alarm.Spike:   {ZH: "孤立尖峰的次数", EN: "number of lone peaks of "},
	alarm.Dew:     {ZH: "表面高于露点的余量", EN: "margin of the surface above the dew point"},
	alarm.Mould:   {ZH: "霉变指数", EN: "mould index"},
	alarm.Dose:    {ZH: "本年曝光量", EN: "light dose of this year"},
}

// ground says in words what is out, where, since when (by the clock of since), by how much and by which limit.
func (j *judging) ground(r *Rule, ch alarm.Change, since time.Time) heritage.Text {
	rule, where, local := r.Fields.Rule, j.zone.name(), since.Format("2006-01-02 15:04")
	if rule.Kind == alarm.Hours {
		return heritage.Text{
			ZH: fmt.Sprintf("%s：自 %s 起，在允许的时段以外有人（%s 人）。依据：%s", where.ZH, local, amount(ch.Value, ""), rule.Source.Text),
			EN: fmt.Sprintf("%s: since %s somebody has been there outside the hours (%s present). Source: %s", where.EN, local, amount(ch.Value, ""), rule.Source.English()),
		}
	}
	q, _ := QuantityNamed(rule.Quantity)
	what := kindOfRule[rule.Kind]
	zh, en := q.Label.ZH+what.ZH, what.EN+inSentence(q.Label.EN)
	than, enThan := "低于", "below"
	if ch.Above {
		than, enThan = "高于", "above"
	}
	if ch.Value == ch.Bound {
		than, enThan = "达到", "at"
	}
	unit := figureUnit(&rule)
	return heritage.Text{
		ZH: fmt.Sprintf("%s：%s自 %s 起越限，现为 %s，%s %s。依据：%s", where.ZH, zh, local, amount(ch.Value, unit), than, amount(ch.Bound, unit), rule.Source.Text),
		EN: fmt.Sprintf("%s: %s is out since %s, now %s, %s %s. Source: %s", where.EN, en, local, amount(ch.Value, unit), enThan, amount(ch.Bound, unit), rule.Source.English()),
	}
}

// inSentence begins a label small, unless it begins with a name such as UV.
func inSentence(label string) string {
	if len(label) > 1 && 'a' <= label[1] && label[1] <= 'z' {
		return strings.ToLower(label[:1]) + label[1:]
	}
	return label
}

// figureUnit is the unit of what a rule compares.
func figureUnit(r *alarm.Rule) string {
	switch r.Kind {
	case alarm.Silence, alarm.Stuck:
		return "s"
	case alarm.Dew:
		return "K"
	case alarm.Dose:
		return "lx.h"
	case alarm.Spike, alarm.Mould, alarm.Hours, alarm.Passage:
		return ""
	}
	return r.Unit
}

// amount writes a figure with its unit, to two decimals.
func amount(v float64, unit string) string {
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
	if s == "-0" || s == "" {
		s = "0"
	}
	if unit == "Cel" {
		unit = "°C"
	}
	return strings.TrimSpace(s + " " + unit)
}

// leaveGroupIn takes an instrument out of the alarm that is open under a key; the last one ends
// it.
func (s *Service) leaveGroupIn(tx *store.Tx, key string, device DeviceID, note string) error {
	open, err := openAlarm(tx, key)
	if err != nil || open == nil || len(open.Members) > 0 && !open.Members.Has(string(device)) {
		return err
	}
	if open.Members.Leave(string(device)) || len(open.Members) == 0 {
		return s.clearIn(tx, key, note)
	}
	open.Affected = len(open.Members)
	tx.Describe("alarm.leave", string(device))
	return alarmDocs.Put(tx, open)
}

// dropRuleIn ends every alarm of a rule.
func (s *Service) dropRuleIn(tx *store.Tx, rule, note string) error {
	page, err := alarmDocs.Find(tx.Context(), tx, store.Query{Index: "open", Prefix: OpenKey(Climate, rule+"/"), Limit: store.MaxLimit})
	if err != nil {
		return err
	}
	for _, a := range page.Items {
		if err := s.clearIn(tx, a.OpenKey, note); err != nil {
			return err
		}
	}
	return nil
}

// recordIn keeps an alarm of which nobody is told: it is resolved as it is raised.
func (s *Service) recordIn(tx *store.Tx, a Alarm, severity Severity, note string) (id string, err error) {
	now := tx.Now()
	a.ID, a.Rev, a.RaisedAt, a.Samples = tx.NewID(), 0, now, max(a.Samples, 1)
	if a.Severity, err = s.severityIn(tx, &a, severity); err != nil {
		return "", err
	}
	a.AnswerBy = now
	a.resolve()
	a.step(now, raiser, StepRaise, "")
	a.step(now, raiser, StepResolve, note)
	tx.Describe("alarm.record", note)
	return a.ID, alarmDocs.Put(tx, &a)
}
